//! The panel: all lessons, or a page of the one that is taken.

use yew::prelude::*;

use super::{Msg, course, page};
use crate::layout::Tab;
use crate::model::Model;
use crate::sender::Sender;

/// The button in the page's head.
pub(crate) fn button(model: &Model, sender: &Sender) -> Html {
    let open = model.tab == Tab::Lessons && model.layout.story.open;
    html! {
        <button type="button" class="quiet learn-open" aria-pressed={open.to_string()} title="Short lessons, each with things to do"
            onclick={sender.callback(|_| Msg::Open)}>{ "Lessons" }</button>
    }
}

/// The panel.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    match model.learn.taken() {
        Some((lesson, taking)) => page::view(model, lesson, taking, sender),
        None => course::view(model, sender),
    }
}
