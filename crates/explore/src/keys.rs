//! What is kept of the parts of a state that waits, and by which key they are found again.
//!
//! A key tells more than a fingerprint: it knows numbers of events, positions and times as they are. Of NodeRuns that a
//! ThreadRun has left behind no rule reads anything but how many there are and at which nodes they were; forms are the
//! exception, whose actions may come due later, and child WfRuns, which may end later.

use std::hash::Hash;

use halter_engine::List;
use halter_engine::state::{NodeRun, NodeRunDetail, RunState, Status, ThreadRun};

use crate::canonical::{Bytes, Print};
use crate::parts::Key;

/// NodeRuns up to which a ThreadRun is looked for: of one that went further there is hardly another.
const FAR: usize = 64;

/// The key of a ThreadRun; `None` if nobody is to look for it.
pub(crate) fn of_thread(thread: &ThreadRun, print: Print, bytes: &mut Bytes) -> Option<Key> {
    if thread.node_runs.len() > FAR {
        return None;
    }
    bytes.clear();
    print.own.hash(bytes);
    (thread.archived, thread.node_runs.len() as u32, thread.trigger).hash(bytes);
    thread.failure_being_handled.hash(bytes);
    if print.refers {
        thread.halt_reasons.hash(bytes);
        if let Some(node_run) = thread.current() {
            node_run.detail.hash(bytes);
        }
    }
    let behind = thread.node_runs.len().saturating_sub(1);
    for node_run in thread.node_runs.iter().take(behind) {
        node_run.node.hash(bytes);
        if is_read_later(&node_run.detail) {
            node_run.detail.hash(bytes);
        }
    }
    Some(bytes.fingerprint())
}

/// The key of what stands beside the ThreadRuns, of a state without them.
pub(crate) fn of_rest(rest: &RunState, bytes: &mut Bytes) -> Key {
    bytes.clear();
    rest.hash(bytes);
    bytes.fingerprint()
}

/// A ThreadRun as it is kept: what it has left behind is forgotten.
pub(crate) fn kept(thread: &ThreadRun) -> ThreadRun {
    let behind = thread.node_runs.len().saturating_sub(1);
    let node_runs = thread.node_runs.iter().enumerate();
    let node_runs: List<NodeRun> = node_runs
        .map(|(index, node_run)| {
            let stays = index == behind || is_read_later(&node_run.detail);
            if stays { node_run.clone() } else { left_behind(node_run.node) }
        })
        .collect();
    ThreadRun { node_runs, ..thread.clone() }
}

/// Whether rules read what a NodeRun has done also when its ThreadRun has left it.
fn is_read_later(detail: &NodeRunDetail) -> bool {
    match detail {
        NodeRunDetail::UserTask(_) | NodeRunDetail::RunChildWf { .. } => true,
        NodeRunDetail::Plain
        | NodeRunDetail::Task(_)
        | NodeRunDetail::ExternalEvent { .. }
        | NodeRunDetail::StartThread(_)
        | NodeRunDetail::StartMultipleThreads(_)
        | NodeRunDetail::WaitForThreads(_)
        | NodeRunDetail::Sleep { .. }
        | NodeRunDetail::ThrowEvent(_)
        | NodeRunDetail::WaitForChildWf(_) => false,
    }
}

fn left_behind(node: u16) -> NodeRun {
    NodeRun {
        node,
        status: Status::Completed,
        failures: Vec::new(),
        failure_handlers: Vec::new(),
        error_message: None,
        detail: NodeRunDetail::Plain,
    }
}
