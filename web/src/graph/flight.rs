//! The event that is on its way: from the top of the view to the node at which it interrupts or is waited for, and on
//! to the handler.

use halter_session::view::RunView;
use yew::prelude::*;

use super::icon;
use super::lanes::{Stage, Who};
use super::layout::{Icon, NodeBox, SpecLayout};
use super::viewport::View;

/// How far it stands above a lane's upper edge, and from its left.
const ABOVE: f64 = 12.0;
const ASIDE: f64 = 24.0;

/// The event; screen readers hear of it from the step's announcement.
pub(super) fn view(run: &RunView, stage: &Stage, layouts: &[SpecLayout], view: &View) -> Html {
    let Some(flight) = &run.flight else {
        return Html::default();
    };
    let at = flight.at.and_then(|thread| at_thread(run, stage, layouts, thread));
    let (x, y) = at.unwrap_or(((view.left + view.width / 2.0) / view.zoom, view.top / view.zoom));
    html! {
        <p key={flight.event.clone()} class="flight" style={format!("transform:translate({x:.0}px,{y:.0}px)")} aria-hidden="true" data-flight={
            flight.at.map_or_else(|| "arrived".to_owned(), |thread| thread.to_string())
        }>
            <svg viewBox="-9 -9 18 18" width="16" height="16">{ icon::of(Icon::Event) }</svg>
            { flight.event.clone() }
        </p>
    }
}

/// At the node of a ThreadRun, where its handler's tie begins; or at its lane, if that is folded, or it has only started.
fn at_thread(
    run: &RunView,
    stage: &Stage,
    layouts: &[SpecLayout],
    thread: u32,
) -> Option<(f64, f64)> {
    let lane = stage.lanes.get(stage.lane_of(thread)?)?;
    let has_nodes = matches!(lane.who, Who::Thread { .. }) && !lane.folded;
    let node = run.thread(thread).and_then(|run| {
        let layout = layouts.get(lane.spec as usize)?;
        layout.nodes.get(run.node_runs.last()?.node as usize)
    });
    let node = node.filter(|node| has_nodes && !node.short.is_empty());
    let (left, top) = lane.nodes;
    Some(match node.map(NodeBox::foot) {
        Some((x, y)) => (lane.x + left + x, lane.y + top + y),
        None => (lane.x + ASIDE, lane.y - ABOVE),
    })
}
