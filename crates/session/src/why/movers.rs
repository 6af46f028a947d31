//! What would move a ThreadRun that waits: who, outside of the run, must do what. A ThreadRun that waits for others
//! is moved by what moves them.

use std::collections::HashSet;

use halter_engine::Choice;
use halter_engine::program::NodeKind;
use halter_engine::state::{
    HaltReason, NodeRunDetail, Status, TaskStatus, ThreadNumber, ThreadRun, WaitingStatus,
};

use crate::words::{Names, capital, duration};

/// So many ThreadRuns are looked into, and so many sentences told: beyond, nobody reads them.
const MAX_LOOKED_AT: usize = 200;
const MAX_TOLD: usize = 12;

/// One sentence for each that would move it; none if it is over.
pub(super) fn of(names: &Names<'_>, number: ThreadNumber) -> Vec<String> {
    let mut movers = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![number];
    while let Some(number) = open.pop() {
        if !seen.insert(number) || seen.len() > MAX_LOOKED_AT || movers.len() == MAX_TOLD {
            continue;
        }
        if let Some(run) = names.state.thread(number) {
            let mut found = look(names, number, run);
            for mover in found.told {
                if !movers.contains(&mover) {
                    movers.push(mover);
                }
            }
            found.others.reverse();
            open.append(&mut found.others);
        }
    }
    movers
}

#[derive(Default)]
struct Found {
    told: Vec<String>,
    /// ThreadRuns that must be moved first.
    others: Vec<ThreadNumber>,
}

fn look(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> Found {
    match run.status {
        Status::Running | Status::Starting => at_node(names, number, run),
        Status::Halting => {
            let mut found = Found::default();
            if let Some(NodeRunDetail::Task(_)) = run.current().map(|node_run| &node_run.detail)
                && run.current().is_some_and(|node_run| node_run.status.is_in_progress())
            {
                found = at_node(names, number, run);
            }
            found.others.extend(in_progress(names, run));
            if found.told.is_empty() && found.others.is_empty() {
                return at_node(names, number, run);
            }
            found
        }
        Status::Halted => halted(names, number, run),
        Status::Error if !can_be_rescued(names, number) => Found::default(),
        Status::Error => Found {
            told: vec![format!("Somebody must rescue {}.", names.thread(number))],
            others: Vec::new(),
        },
        Status::Completed | Status::Exception => Found::default(),
    }
}

fn can_be_rescued(names: &Names<'_>, number: ThreadNumber) -> bool {
    halter_engine::enabled(names.program, names.state).contains(&Choice::Rescue(number))
}

fn in_progress(names: &Names<'_>, run: &ThreadRun) -> Vec<ThreadNumber> {
    let children = run.children.iter().copied();
    children
        .filter(|child| names.state.thread(*child).is_some_and(|c| c.status.is_in_progress()))
        .collect()
}

fn halted(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> Found {
    let mut found = Found::default();
    for reason in &run.halt_reasons {
        match reason {
            HaltReason::Interrupted(other)
            | HaltReason::HandlingFailure(other)
            | HaltReason::ParentHalted(other) => found.others.push(*other),
            HaltReason::ManualHalt => {
                found.told.push(format!("Somebody must resume {}.", names.thread(number)));
            }
            HaltReason::HaltedByParent(parent, _) => found.told.push(format!(
                "Nothing: {} no longer waits for {}.",
                names.thread(*parent),
                names.thread(number)
            )),
            HaltReason::PendingInterrupt(_) | HaltReason::PendingFailure(_) => {}
        }
    }
    found
}

fn at_node(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> Found {
    let thread = names.thread(number);
    let (Some(node_run), Some(node)) = (run.current(), names.node_of(number, run.position()))
    else {
        return Found::default();
    };
    let told = |sentence: String| Found { told: vec![sentence], others: Vec::new() };
    match &node_run.detail {
        NodeRunDetail::Task(Some(task)) => {
            let name = names.node(number, run.position());
            match task.status {
                TaskStatus::Scheduled => {
                    told(format!("A worker must claim and finish {name} in {thread}."))
                }
                TaskStatus::Running => told(format!("A worker must finish {name} in {thread}.")),
                TaskStatus::Pending => {
                    let due = task.attempts.last().and_then(|attempt| attempt.due);
                    let when = due.map_or_else(String::new, |at| format!(" (at {})", duration(at)));
                    let name = capital(&name);
                    told(format!("Time must pass: {name} in {thread} is tried again{when}."))
                }
                _ => Found::default(),
            }
        }
        NodeRunDetail::ExternalEvent { timeout_at, correlation_key, .. } => {
            let masked =
                matches!(node.kind, NodeKind::ExternalEvent { mask_correlation_key: true, .. });
            let key = correlation_key
                .as_ref()
                .filter(|_| !masked)
                .map_or_else(String::new, |key| format!(" with key {key}"));
            let timeout = timeout_at.map_or_else(String::new, |at| {
                format!(", or the clock must show {}", duration(at))
            });
            told(format!(
                "Event {}{key} must be posted for {thread}{timeout}.",
                names.node_label(node)
            ))
        }
        NodeRunDetail::Sleep { matures_at: Some(at), .. } => {
            told(format!("The clock must show {}: {thread} sleeps until then.", duration(*at)))
        }
        NodeRunDetail::WaitForThreads(waited) => Found {
            told: Vec::new(),
            others: waited
                .iter()
                .filter(|waited| {
                    matches!(
                        waited.waiting_status,
                        WaitingStatus::InProgress | WaitingStatus::HandlingFailure
                    )
                })
                .map(|waited| waited.failure_handler.unwrap_or(waited.thread))
                .collect(),
        },
        NodeRunDetail::UserTask(_) => told(format!(
            "Somebody must complete {} in {thread}.",
            names.node(number, run.position())
        )),
        _ if matches!(node.kind, NodeKind::WaitForCondition(_)) => told(format!(
            "A ThreadRun must change a variable so that the condition of {thread} holds."
        )),
        _ => Found {
            told: Vec::new(),
            others: in_progress(names, run)
                .into_iter()
                .chain(halted_children(names, run))
                .collect(),
        },
    }
}

fn halted_children(names: &Names<'_>, run: &ThreadRun) -> Vec<ThreadNumber> {
    let children = run.children.iter().copied();
    children
        .filter(|child| names.state.thread(*child).is_some_and(|c| c.status == Status::Halted))
        .collect()
}
