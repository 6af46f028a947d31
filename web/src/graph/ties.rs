//! The lines that tie a lane to the lane that it belongs to.

use std::collections::BTreeSet;
use std::ops::Range;

use yew::prelude::*;

use super::lanes::{Stage, Tie};

/// Those that lead to one of these lanes.
fn to_lanes<'a>(stage: &'a Stage, drawn: &'a Range<usize>) -> impl Iterator<Item = &'a Tie> {
    stage.ties.iter().filter(|tie| drawn.contains(&tie.lanes.1))
}

/// One for each lane above or among these that has another beneath them: what it goes down to is out of view.
fn past_lanes<'a>(stage: &'a Stage, drawn: &'a Range<usize>) -> impl Iterator<Item = &'a Tie> {
    let mut of = BTreeSet::new();
    let past = |tie: &&Tie| tie.lanes.0 < drawn.end && tie.lanes.1 >= drawn.end;
    stage.ties.iter().filter(past).filter(move |tie| of.insert(tie.lanes.0))
}

/// From each lane to its parent's, at the left. Lanes say the same in words, so these are only for the eye. Only as much of
/// a line is drawn as is in view: a thousand dashed lines of a thousand lanes' height take seconds.
pub(super) fn gutter(stage: &Stage, drawn: &Range<usize>) -> Html {
    let first = stage.lanes.get(drawn.start).map_or(0.0, |lane| lane.y);
    let last = drawn.end.checked_sub(1).and_then(|last| stage.lanes.get(last));
    let last = last.map_or(0.0, |lane| lane.y + lane.height);
    let past = past_lanes(stage, drawn).map(|tie| {
        let (x, top) = tie.from;
        (tie.kind, format!("M{x} {}V{last}", top.max(first)))
    });
    let ties = to_lanes(stage, drawn).map(|tie| (tie.kind, tie.path(first)));
    html! {
        <svg class="ties" width={stage.width.to_string()} height={stage.height.to_string()} aria-hidden="true">
            { for past.chain(ties).map(|(kind, path)| html! { <path class={kind.class()} d={path} /> }) }
        </svg>
    }
}

/// From the node at which a thread was interrupted to its handler.
pub(super) fn to_handlers(stage: &Stage, drawn: &Range<usize>) -> Html {
    let ties = to_lanes(stage, drawn).filter_map(Tie::from_node);
    html! {
        <svg class="ties ties--above" width={stage.width.to_string()} height={stage.height.to_string()} aria-hidden="true">
            { for ties.map(|(line, head)| html! {
                <g class="node-tie"><path d={line} /><path class="node-tie-head" d={head} /></g>
            }) }
        </svg>
    }
}
