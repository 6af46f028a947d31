//! Small pictures: kinds of nodes, and statuses. A status has a shape and a word of its own, so that colour is
//! never all that tells two apart.

use halter_engine::state::Status;
use yew::prelude::*;

use super::layout::Icon;

/// A status with its word.
pub(crate) fn chip(status: Status) -> Html {
    html! {
        <span class="chip" data-chip={status.name()}>
            <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true">{ glyph(status) }</svg>
            { status.name() }
        </span>
    }
}

/// The shape of a status.
fn glyph(status: Status) -> Html {
    match status {
        Status::Starting => html! { <circle r="4" class="outline" /> },
        Status::Running => html! { <path class="solid" d="M-4 -6L6 0L-4 6Z" /> },
        // One bar has come down, the other is on its way: not HALTED yet.
        Status::Halting => {
            html! { <><path class="solid" d="M-5 -6h3.5v12h-3.5z" /><path class="dashed" d="M2 -5.5h3v11h-3z" /></> }
        }
        Status::Halted => {
            html! { <path class="solid" d="M-5 -6h3.5v12h-3.5zM1.5 -6h3.5v12h-3.5z" /> }
        }
        Status::Completed => html! { <path class="stroke" d="M-5 0.5L-1.5 4.5L5.5 -4" /> },
        Status::Error => html! { <path class="stroke" d="M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5" /> },
        Status::Exception => {
            html! { <path class="solid" d="M1.5 -7L-5 1.5H-0.5L-1.5 7L5 -1.5H0.5Z" /> }
        }
    }
}

/// A status at the corner of a node; running needs none, the token is there.
pub(super) fn mark(status: Status) -> Option<Html> {
    if matches!(status, Status::Running | Status::Starting) {
        return None;
    }
    Some(
        html! { <><circle class="mark-back" r="9" /><g class="mark-glyph" transform="scale(.72)">{ glyph(status) }</g></> },
    )
}

/// At the corner of a node that keeps its ThreadRun from being HALTED: sand that still runs.
pub(super) fn delaying() -> Html {
    html! {
        <><circle class="mark-back" r="9" /><path class="stroke" d="M-3 -5H3M-3 5H3M-2.5 -5C-2.5 -1 2.5 1 2.5 5M2.5 -5C2.5 -1 -2.5 1 -2.5 5" /></>
    }
}

/// What the token shows of its thread.
pub(super) fn token(status: Status) -> Html {
    html! { <g class="token-glyph" transform="scale(.62)">{ glyph(status) }</g> }
}

/// What a node does.
pub(super) fn of(icon: Icon) -> Html {
    match icon {
        Icon::Task => html! {
            <><rect class="stroke" x="-7" y="-6" width="14" height="12" rx="2" /><path class="stroke" d="M-3.5 -2.5L-0.5 0L-3.5 2.5M1 3h3" /></>
        },
        Icon::Event => html! {
            <><rect class="stroke" x="-7.5" y="-5.5" width="15" height="11" rx="1.5" /><path class="stroke" d="M-7 -5L0 1.5L7 -5" /></>
        },
        Icon::Start => html! {
            <path class="stroke" d="M-7 -4H6M6 -4L3 -7M6 -4L3 -1M-2 -4C1 -4 -1 5 2 5H6M6 5L3 2M6 5L3 8" />
        },
        Icon::Wait => html! {
            <path class="stroke" d="M-7 -5H-4C-1 -5 -2 0 1 0H7M-7 5H-4C-1 5 -2 0 1 0M7 0L4 -3M7 0L4 3" />
        },
        Icon::Sleep => html! {
            <><circle class="stroke" r="7" /><path class="stroke" d="M0 -4V0L3 2" /></>
        },
        Icon::UserTask => html! {
            <><circle class="stroke" cy="-3.5" r="3.2" /><path class="stroke" d="M-6.5 7C-6.5 0.5 6.5 0.5 6.5 7" /></>
        },
        Icon::Throw => html! {
            <path class="stroke" d="M-7 6V2C-7 -2 -4 -3 0 -3H7M7 -3L3 -7M7 -3L3 1" />
        },
        Icon::Condition => html! {
            <><path class="stroke" d="M0 -8L8 0L0 8L-8 0Z" /><path class="stroke" d="M-1.8 -2.2C-1.4 -4.4 2.2 -4 1.8 -1.6C1.6 -0.4 0 -0.2 0 1.2M0 3.6V3.7" /></>
        },
        Icon::Fail => {
            html! { <path class="stroke" d="M0 -7L7.5 6.5H-7.5ZM0 -2V2M0 4.4V4.5" /> }
        }
        Icon::None => Html::default(),
    }
}
