//! The lines that tie a lane to the lane that it belongs to.

use std::ops::Range;

use yew::prelude::*;

use super::lanes::{Stage, Tie, TieKind};

const CORNER: f64 = 10.0;

/// Those that are seen where these lanes are.
fn seen<'a>(stage: &'a Stage, drawn: &'a Range<usize>) -> impl Iterator<Item = &'a Tie> {
    let ties = stage.ties.iter();
    ties.filter(|tie| tie.lanes.0 < drawn.end && tie.lanes.1 >= drawn.start)
}

/// From each lane to its parent's, at the left. Lanes say the same in words, so these are only for the eye.
pub(super) fn gutter(stage: &Stage, drawn: &Range<usize>) -> Html {
    let ties = seen(stage, drawn).map(|tie| {
        let ((x, top), (left, y)) = (tie.from, tie.to);
        let corner = CORNER.min(left - x).max(0.0);
        let path = format!("M{x} {top}V{}Q{x} {y} {} {y}H{left}", y - corner, x + corner);
        html! { <path class={tie.kind.class()} d={path} /> }
    });
    html! {
        <svg class="ties" width={stage.width.to_string()} height={stage.height.to_string()} aria-hidden="true">
            { for ties }
        </svg>
    }
}

/// From the node at which a thread was interrupted to its handler.
pub(super) fn to_handlers(stage: &Stage, drawn: &Range<usize>) -> Html {
    let ties =
        seen(stage, drawn).filter(|tie| tie.kind == TieKind::Handler).filter_map(|tie| tie.node);
    html! {
        <svg class="ties ties--above" width={stage.width.to_string()} height={stage.height.to_string()} aria-hidden="true">
            { for ties.map(|(x, top, bottom)| html! {
                <g class="node-tie">
                    <path d={format!("M{x} {top}V{}", bottom - 5.0)} />
                    <path class="node-tie-head" d={format!("M{} {}L{x} {bottom}L{} {}Z", x - 5.0, bottom - 8.0, x + 5.0, bottom - 8.0)} />
                </g>
            }) }
        </svg>
    }
}
