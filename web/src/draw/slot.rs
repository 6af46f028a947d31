//! An edge on which a step can stand, as the graph shows it while somebody draws. It is part of the first page: what happens there is
//! fetched late.

use web_sys::Element;
use yew::prelude::*;

use super::{Msg, Slot};
use crate::sender::Sender;

/// The button on an edge, at this place of the lane.
pub(crate) fn view(
    slot: &Slot,
    (left, top): (f64, f64),
    tabindex: &'static str,
    sender: &Sender,
) -> Html {
    let Slot { from, to, .. } = slot;
    let name = format!("Add a step between {from} and {to}");
    let open = {
        let slot = slot.clone();
        sender.batch_callback(move |event: MouseEvent| {
            let pressed = event.target_dyn_into::<Element>()?;
            let button = pressed.closest(".slot").ok().flatten()?;
            let place = button.get_bounding_client_rect();
            let at = (place.left().round() as i32, place.bottom().round() as i32);
            Some(Msg::Menu(slot.clone(), at))
        })
    };
    html! {
        <button
            type="button"
            class="slot"
            style={format!("left:{left:.1}px;top:{top:.1}px")}
            {tabindex}
            aria-label={name.clone()}
            aria-haspopup="menu"
            title={name}
            data-slot-from={from.clone()}
            data-slot-to={to.clone()}
            onclick={open}
        >
            <span aria-hidden="true">{ "+" }</span>
        </button>
    }
}

/// What begins an interrupt of a thread: it is pressed, or dragged to the thread that is to handle it.
pub(crate) fn interrupt(thread: &str, tabindex: &'static str, sender: &Sender) -> Html {
    let name = format!("Add an interrupt to thread {thread}");
    let thread = thread.to_owned();
    let msg = Msg::Interrupt(thread.clone(), None);
    html! {
        <button
            type="button"
            class="slot-interrupt"
            {tabindex}
            aria-label={name}
            title="Press it, or drag it to the thread that handles the interrupt"
            data-draw-interrupt={thread}
            onclick={sender.callback(move |_: MouseEvent| msg.clone())}
        >
            { "+ interrupt" }
        </button>
    }
}
