//! What a ThreadRun waits for, and what would move it.

use halter_engine::program::{Node, NodeKind};
use halter_engine::state::{
    NodeRun, NodeRunDetail, RunState, Status, TaskStatus, ThreadNumber, ThreadRun, WaitingStatus,
};

use crate::words::{self, Names, duration, threads};

/// One or two sentences; empty if the ThreadRun is over.
pub(crate) fn waits(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> String {
    match run.status {
        Status::Completed | Status::Error | Status::Exception => String::new(),
        Status::Starting => "It is about to start.".to_owned(),
        Status::Halting => halting(names, number, run),
        Status::Halted => halted(names, run),
        Status::Running => running(names, number, run),
    }
}

/// What keeps a HALTING ThreadRun from being HALTED (R-HALTED).
fn halting(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> String {
    let mut delays = Vec::new();
    if node_delays(run) {
        delays.push(match task_status(run.current()) {
            Some(TaskStatus::Scheduled) => {
                format!(
                    "{} is scheduled: a worker must claim and finish it",
                    names.node(number, run.position())
                )
            }
            Some(TaskStatus::Running) => {
                format!(
                    "{} is running: a worker must finish it",
                    names.node(number, run.position())
                )
            }
            _ => format!("{} is not halted yet", names.node(number, run.position())),
        });
    }
    let children: Vec<ThreadNumber> = run
        .children
        .iter()
        .copied()
        .filter(|child| names.state.thread(*child).is_some_and(|c| c.status.is_in_progress()))
        .collect();
    if !children.is_empty() {
        let verb = if children.len() == 1 { "is" } else { "are" };
        delays.push(format!("{} {verb} not halted yet", threads(&children)));
    }
    if delays.is_empty() {
        return "It is about to be HALTED.".to_owned();
    }
    format!("Not HALTED yet: {}.", delays.join("; "))
}

/// Whether a ThreadRun is HALTING and its node is what keeps it from being HALTED (R-HALTED).
pub(super) fn node_delays(run: &ThreadRun) -> bool {
    run.status == Status::Halting
        && run.current().is_some_and(|node_run| {
            !matches!(node_run.status, Status::Halted) && !node_run.status.is_terminal()
        })
}

/// The HALTING ThreadRuns that this one keeps from being HALTED: itself by its node, its parent by going on (R-HALTED).
pub(super) fn delays(
    names: &Names<'_>,
    number: ThreadNumber,
    run: &ThreadRun,
) -> Vec<ThreadNumber> {
    let itself = node_delays(run).then_some(number);
    let parent = run.parent.filter(|parent| {
        let parent = names.state.thread(*parent);
        let waits = parent.is_some_and(|parent| {
            parent.status == Status::Halting && parent.children.contains(&number)
        });
        waits && run.status.is_in_progress()
    });
    itself.into_iter().chain(parent).collect()
}

/// What would take the halt reasons away (R-RESUME).
fn halted(names: &Names<'_>, run: &ThreadRun) -> String {
    let reasons: Vec<String> =
        run.halt_reasons.iter().map(|reason| words::resolution(names, reason)).collect();
    match &*reasons {
        [] => String::new(),
        [one] => match one.strip_prefix("never: ") {
            Some(why) => format!("It never goes on: {why}."),
            None => format!("It goes on when {one}."),
        },
        many => format!("It goes on when {}.", many.join(" and ")),
    }
}

fn running(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> String {
    let (Some(node_run), Some(node)) = (run.current(), names.node_of(number, run.position()))
    else {
        return String::new();
    };
    match &node_run.detail {
        NodeRunDetail::Task(_) => task(names, number, run, node_run),
        NodeRunDetail::ExternalEvent { timeout_at, .. } => {
            let timeout =
                timeout_at.map_or_else(String::new, |at| format!(", or until {}", duration(at)));
            format!("It waits for event {}{timeout}.", names.node_label(node))
        }
        NodeRunDetail::Sleep { matures_at: Some(at), .. } if *at <= names.state.now => {
            "Its sleep is over already: it goes on as soon as any time passes.".to_owned()
        }
        NodeRunDetail::Sleep { matures_at: Some(at), .. } => {
            format!(
                "It sleeps until the clock shows {}: {} must pass.",
                duration(*at),
                duration(at.saturating_sub(names.state.now))
            )
        }
        NodeRunDetail::WaitForThreads(waited) => {
            let open: Vec<ThreadNumber> = waited
                .iter()
                .filter(|w| {
                    matches!(
                        w.waiting_status,
                        WaitingStatus::InProgress | WaitingStatus::HandlingFailure
                    )
                })
                .map(|w| w.thread)
                .collect();
            format!("It waits for {}.", threads(&open))
        }
        NodeRunDetail::UserTask(_) => {
            format!("Somebody must complete user task {}.", names.node_label(node))
        }
        _ => plain(names.state, run, node),
    }
}

fn plain(state: &RunState, run: &ThreadRun, node: &Node) -> String {
    match node.kind {
        NodeKind::WaitForCondition(_) => {
            "It waits for its condition: a thread that shares its variables must change one."
                .to_owned()
        }
        NodeKind::Exit { .. } => {
            let children: Vec<ThreadNumber> = run
                .children
                .iter()
                .copied()
                .filter(|child| state.thread(*child).is_some_and(|c| c.status.is_in_progress()))
                .collect();
            if children.is_empty() {
                String::new()
            } else {
                format!("It waits at its end for {}.", threads(&children))
            }
        }
        _ => String::new(),
    }
}

fn task(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun, node_run: &NodeRun) -> String {
    let task = names.node(number, run.position());
    match task_status(Some(node_run)) {
        Some(TaskStatus::Scheduled) => format!("A worker must claim {task}."),
        Some(TaskStatus::Running) => format!("A worker is at {task} and must complete or fail it."),
        Some(TaskStatus::Pending) => {
            let due = match &node_run.detail {
                NodeRunDetail::Task(Some(task)) => {
                    task.attempts.last().and_then(|attempt| attempt.due)
                }
                _ => None,
            };
            let when = due
                .map_or_else(String::new, |at| format!(" when the clock shows {}", duration(at)));
            format!("{} is tried again{when}.", words::capital(&task))
        }
        _ => String::new(),
    }
}

fn task_status(node_run: Option<&NodeRun>) -> Option<TaskStatus> {
    match &node_run?.detail {
        NodeRunDetail::Task(Some(task)) => Some(task.status),
        _ => None,
    }
}

/// The ThreadRuns that a NodeRun started.
pub(super) fn started(detail: &NodeRunDetail) -> Vec<ThreadNumber> {
    match detail {
        NodeRunDetail::StartThread(Some(thread)) => vec![*thread],
        NodeRunDetail::StartMultipleThreads(threads) => threads.clone(),
        _ => Vec::new(),
    }
}
