//! What a ThreadRun has left on its nodes: where it has been, what it took, where it is.

use std::collections::HashSet;

use halter_engine::state::Status;
use halter_session::view::{NodeRunView, ThreadView};

use crate::layout::{NodeBox, SpecLayout};

/// The edges that a ThreadRun took, by the indices of their nodes.
#[must_use]
pub fn taken(thread: Option<&ThreadView>) -> HashSet<(u16, u16)> {
    let pairs = thread.into_iter().flat_map(|thread| thread.node_runs.windows(2));
    pairs
        .filter_map(|pair| match pair {
            [from, to] => Some((from.node, to.node)),
            _ => None,
        })
        .collect()
}

/// The NodeRuns at each node, the oldest first.
#[must_use]
pub fn visits<'a>(
    layout: &SpecLayout,
    thread: Option<&'a ThreadView>,
) -> Vec<Vec<&'a NodeRunView>> {
    let mut visits = vec![Vec::new(); layout.nodes.len()];
    for run in thread.into_iter().flat_map(|thread| &thread.node_runs) {
        if let Some(visits) = visits.get_mut(run.node as usize) {
            visits.push(run);
        }
    }
    visits
}

/// What stands at a node's corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    /// It keeps its ThreadRun from being HALTED.
    Delays,
    /// Its status. A node that runs has none: the token is there.
    Status(Status),
}

/// What stands at the corner of the node whose latest NodeRun this is.
#[must_use]
pub fn corner(thread: Option<&ThreadView>, latest: Option<&NodeRunView>) -> Option<Corner> {
    let latest = latest?;
    if latest.delays {
        return Some(Corner::Delays);
    }
    let current = thread.filter(|thread| has_token(thread)).and_then(|run| run.node_runs.last());
    // Where the token is, it shows the status by itself.
    if current.is_some_and(|run| run.position == latest.position) {
        return None;
    }
    match latest.status {
        Status::Running | Status::Starting => None,
        status @ (Status::Halting
        | Status::Halted
        | Status::Completed
        | Status::Error
        | Status::Exception) => Some(Corner::Status(status)),
    }
}

/// Where the corner is, from the node's middle.
#[must_use]
pub fn corner_of(place: &NodeBox) -> (f64, f64) {
    (place.width / 2.0 - 3.0, 2.0 - place.height / 2.0)
}

/// Where a ThreadRun's token stands. One that completed is nowhere any more.
#[must_use]
pub fn token(layout: &SpecLayout, thread: &ThreadView) -> Option<(f64, f64)> {
    let run = thread.node_runs.last().filter(|_| has_token(thread))?;
    let place = layout.nodes.get(run.node as usize)?;
    Some(if place.short.is_empty() {
        (place.x, place.y)
    } else {
        (place.x - place.width / 2.0 + 18.0, place.y - place.height / 2.0)
    })
}

fn has_token(thread: &ThreadView) -> bool {
    thread.status != Status::Completed
}
