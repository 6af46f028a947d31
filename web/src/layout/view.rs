//! The buttons that open the drawers, and the widths for the style sheet.

use yew::prelude::*;

use super::{Layout, Msg, Side};
use crate::model::Model;
use crate::sender::Sender;

/// The drawers' widths, for the style sheet.
pub(crate) fn style(layout: &Layout) -> String {
    format!("--source-width:{}px;--story-width:{}px", layout.source.width, layout.story.width)
}

/// The button in the page's head that opens or closes a drawer.
pub(crate) fn toggle(model: &Model, side: Side, sender: &Sender) -> Html {
    let open = model.layout.drawer(side).open;
    let verb = if open { "Hide" } else { "Show" };
    let (shape, controls) = match side {
        Side::Source => ("M2 3h12v10H2zM6.5 3v10", "source"),
        Side::Story => ("M2 3h12v10H2zM9.5 3v10", "story"),
    };
    html! {
        <button type="button" class={classes!("quiet", "drawer-toggle", open.then_some("drawer-toggle--open"))}
            aria-expanded={open.to_string()} aria-controls={controls}
            aria-label={format!("{verb} {}", side.name())} title={format!("{verb} {}", side.name())}
            onclick={sender.callback(move |_| Msg::Toggle(side))}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path class="stroke" d={shape} /></svg>
            <span class="drawer-word" aria-hidden="true">{ match side { Side::Source => "Source", Side::Story => "Story" } }</span>
        </button>
    }
}
