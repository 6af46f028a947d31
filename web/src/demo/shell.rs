//! The full screen, and the keys of a presenter.

use gloo_events::EventListener;
use gloo_utils::document;
use web_sys::KeyboardEvent;

use super::{Effect, Msg};
use crate::msg;
use crate::sender::Sender;

/// Does what the model asks for. What the browser refuses is shown in the window all the same.
pub(crate) fn perform(effect: Effect) {
    match effect {
        Effect::Enter => {
            if let Some(root) = document().document_element() {
                let _ = root.request_fullscreen();
            }
        }
        Effect::Leave => {
            if document().fullscreen_element().is_some() {
                document().exit_fullscreen();
            }
        }
    }
}

/// Who leaves the full screen by the browser's own key leaves the demo.
pub(crate) fn listen(sender: &Sender) -> EventListener {
    let sender = sender.clone();
    EventListener::new(&document(), "fullscreenchange", move |_| {
        if document().fullscreen_element().is_none() {
            sender.send_message(Msg::End);
        }
    })
}

/// What a key does while a demo is shown. A clicker sends the keys for pages.
pub(crate) fn shortcut(event: &KeyboardEvent) -> Option<msg::Msg> {
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return None;
    }
    document().query_selector(".demo").ok().flatten()?;
    match &*event.key() {
        "ArrowRight" | "ArrowDown" | "PageDown" | " " => Some(msg::Msg::Forward),
        "ArrowLeft" | "ArrowUp" | "PageUp" | "Backspace" => Some(msg::Msg::Back),
        "Home" => Some(msg::Msg::GoTo(0)),
        "End" => Some(msg::Msg::GoTo(usize::MAX)),
        "Escape" => Some(Msg::End.into()),
        _ => None,
    }
}
