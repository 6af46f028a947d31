//! Small pictures: kinds of nodes, and statuses with their words.

use halter_engine::state::Status;
use halter_picture::shapes::{self, Form, Ink, Part};
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
    drawn(shapes::status(status))
}

fn drawn(parts: &[Part]) -> Html {
    html! { <>{ for parts.iter().map(|(ink, form)| part(*ink, *form)) }</> }
}

fn part(ink: Ink, form: Form) -> Html {
    let class = ink.class();
    match form {
        Form::Path(path) => html! { <path {class} d={path} /> },
        Form::Rect(width, height, radius) => html! {
            <rect {class} x={(-width / 2.0).to_string()} y={(-height / 2.0).to_string()}
                width={width.to_string()} height={height.to_string()} rx={radius.to_string()} />
        },
        Form::Circle(below, radius) => html! {
            <circle {class} cy={below.to_string()} r={radius.to_string()} />
        },
    }
}

/// A status at the corner of a node.
pub(super) fn mark(status: Status) -> Html {
    html! { <><circle class="mark-back" r="9" /><g class="mark-glyph" transform="scale(.72)">{ glyph(status) }</g></> }
}

/// At the corner of a node that keeps its ThreadRun from being HALTED.
pub(super) fn delaying() -> Html {
    html! { <><circle class="mark-back" r="9" />{ drawn(&[shapes::DELAYING]) }</> }
}

/// What the token shows of its thread.
pub(super) fn token(status: Status) -> Html {
    html! { <g class="token-glyph" transform="scale(.62)">{ glyph(status) }</g> }
}

/// What a node does.
pub(super) fn of(icon: Icon) -> Html {
    drawn(shapes::icon(icon))
}
