//! The edge of a drawer, which makes it wider or narrower: by pointer, or by arrow keys.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};
use yew::prelude::*;

use super::{Msg, Side, WIDTHS};
use crate::sender::Sender;

/// How much an arrow key makes of it, in CSS pixels.
const STEP: u32 = 24;

/// Of which drawer.
#[derive(Properties, Clone)]
pub(crate) struct Props {
    pub(crate) side: Side,
    /// In CSS pixels.
    pub(crate) width: u32,
    pub(crate) sender: Sender,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        (self.side, self.width) == (other.side, other.width)
    }
}

/// The edge.
#[component]
pub(crate) fn Divider(props: &Props) -> Html {
    let (side, width) = (props.side, props.width);
    let sender = props.sender.clone();
    let onkeydown = {
        let sender = sender.clone();
        Callback::from(move |event: KeyboardEvent| {
            let to = match (&*event.key(), side) {
                ("ArrowRight", Side::Source) | ("ArrowLeft", Side::Story) => width + STEP,
                ("ArrowLeft", Side::Source) | ("ArrowRight", Side::Story) => {
                    width.saturating_sub(STEP)
                }
                ("Home", _) => WIDTHS.0,
                ("End", _) => WIDTHS.2,
                _ => return,
            };
            event.prevent_default();
            sender.send_message(Msg::Resize(side, to));
            sender.send_message(Msg::Resized);
        })
    };
    let onpointerdown = Callback::from(|event: PointerEvent| {
        if let Some(edge) = edge(&event) {
            event.prevent_default();
            // Refused only if the pointer is gone.
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
    });
    let onpointermove = {
        let sender = sender.clone();
        Callback::from(move |event: PointerEvent| {
            let held = edge(&event).filter(|edge| edge.has_pointer_capture(event.pointer_id()));
            let page = held.and_then(|edge| edge.parent_element());
            let Some(page) = page.map(|page| page.get_bounding_client_rect()) else {
                return;
            };
            let x = f64::from(event.client_x());
            let to = match side {
                Side::Source => x - page.left(),
                Side::Story => page.right() - x,
            };
            sender.send_message(Msg::Resize(side, to.max(0.0) as u32));
        })
    };
    let onpointerup = sender.callback(|_: PointerEvent| Msg::Resized);
    html! {
        <div
            class="divider"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label={format!("Width of the {}", side.name())}
            aria-valuenow={width.to_string()}
            aria-valuemin={WIDTHS.0.to_string()}
            aria-valuemax={WIDTHS.2.to_string()}
            data-divider={side.name()}
            {onkeydown}
            {onpointerdown}
            {onpointermove}
            {onpointerup}
        />
    }
}

/// Yew listens at the page's root: the edge is what was hit.
fn edge(event: &PointerEvent) -> Option<HtmlElement> {
    event.target().and_then(|target| target.dyn_into().ok())
}
