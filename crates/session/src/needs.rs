//! What a ThreadRun needs to go on: one answer, for its card and for "why". Sentences are made of it elsewhere.

use std::sync::Arc;

use halter_engine::Choice;
use halter_engine::program::{Node, NodeKind};
use halter_engine::state::{
    HaltReason, NodeRunDetail, RunState, Status, TaskStatus, ThreadNumber, ThreadRun,
    UserTaskStatus, WaitingStatus,
};

use crate::words::Names;

/// What a ThreadRun needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Needs<'a> {
    /// It is over, and stays so.
    Nothing,
    /// It failed, and may be rescued (R-RESCUE).
    Rescue,
    /// What its node waits for; `None` if it goes on by itself.
    Node(Option<Need>),
    /// To be HALTED (R-HALTED): that its own node halts, and these children.
    ToHalt {
        /// Its node, if that is not halted.
        node: Option<DelayingNode>,
        /// Children that are neither HALTED nor over.
        children: Vec<ThreadNumber>,
    },
    /// That these reasons go (R-RESUME).
    Reasons(&'a [HaltReason]),
}

/// A node that keeps its ThreadRun from being HALTED.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DelayingNode {
    /// What it waits for; `None` if that is not known.
    pub(crate) need: Option<Need>,
}

/// What a node waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Need {
    /// A worker claims the task.
    Claim,
    /// A worker finishes the task.
    Report,
    /// The time at which the task is tried again.
    Retry(Option<i64>),
    /// An event, or that time.
    Event {
        /// Virtual time, in milliseconds.
        timeout_at: Option<i64>,
        /// Only one with this key.
        key: Option<Arc<str>>,
        /// Whether the key is hidden.
        masked: bool,
    },
    /// That time, in milliseconds.
    Clock(i64),
    /// That these threads end, or their failure handlers.
    Threads(Vec<Awaited>),
    /// That a child WfRun is over.
    ChildWf {
        /// Its WfSpec.
        wf_spec: Arc<str>,
        /// Whether it is played: then nobody says how it ends.
        is_played: bool,
    },
    /// Nothing can come: the ThreadRun is HALTING for ever (D-CHILD-WF-NEVER-HALTS).
    NeverHalts,
    /// Somebody fills in the form.
    Form,
    /// Nothing can come: the form was cancelled while its thread was halted (D-USER-TASK).
    CancelledForm,
    /// A variable changes so that a condition holds.
    Condition,
    /// That the children are over or HALTED, in order of number.
    Children(Vec<ThreadNumber>),
}

/// A thread that is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Awaited {
    /// The thread.
    pub(crate) thread: ThreadNumber,
    /// Who must end first: the thread, or the handler of its failure.
    pub(crate) by: ThreadNumber,
}

/// What a ThreadRun needs to go on, in the state that is looked at.
pub(crate) fn of<'a>(names: &Names<'a>, number: ThreadNumber, run: &'a ThreadRun) -> Needs<'a> {
    match run.status {
        Status::Completed | Status::Exception => Needs::Nothing,
        Status::Error => {
            let rescue = Choice::Rescue(number);
            if halter_engine::enabled(names.program, names.state).contains(&rescue) {
                Needs::Rescue
            } else {
                Needs::Nothing
            }
        }
        Status::Starting | Status::Running => Needs::Node(at_node(names, number, run)),
        Status::Halting => Needs::ToHalt {
            node: node_delays(run).then(|| DelayingNode { need: at_node(names, number, run) }),
            children: in_progress(names.state, run),
        },
        Status::Halted => Needs::Reasons(&run.halt_reasons),
    }
}

/// Whether a ThreadRun is HALTING and its node is what keeps it from being HALTED (R-HALTED).
pub(crate) fn node_delays(run: &ThreadRun) -> bool {
    run.status == Status::Halting
        && run.current().is_some_and(|node_run| {
            !matches!(node_run.status, Status::Halted) && !node_run.status.is_terminal()
        })
}

fn at_node(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> Option<Need> {
    let node = names.node_of(number, run.position())?;
    match &run.current()?.detail {
        NodeRunDetail::Task(Some(task)) => match task.status {
            TaskStatus::Scheduled => Some(Need::Claim),
            TaskStatus::Running => Some(Need::Report),
            TaskStatus::Pending => {
                Some(Need::Retry(task.attempts.last().and_then(|attempt| attempt.due)))
            }
            TaskStatus::Success
            | TaskStatus::Failed
            | TaskStatus::Timeout
            | TaskStatus::OutputSerdeError
            | TaskStatus::InputVarSubError
            | TaskStatus::Exception => None,
        },
        NodeRunDetail::ExternalEvent { event: None, timeout_at, correlation_key, .. } => {
            Some(Need::Event {
                timeout_at: *timeout_at,
                key: correlation_key.clone(),
                masked: matches!(
                    node.kind,
                    NodeKind::ExternalEvent { mask_correlation_key: true, .. }
                ),
            })
        }
        NodeRunDetail::Sleep { matures_at: Some(at), matured: false } => Some(Need::Clock(*at)),
        NodeRunDetail::WaitForThreads(waits) => {
            let open = waits.iter().filter(|wait| match wait.waiting_status {
                WaitingStatus::InProgress | WaitingStatus::HandlingFailure => true,
                WaitingStatus::CompletedOrFailureHandled | WaitingStatus::Unsuccessful => false,
            });
            let awaited = open.map(|wait| Awaited {
                thread: wait.thread,
                by: wait.failure_handler.unwrap_or(wait.thread),
            });
            Some(Need::Threads(awaited.collect()))
        }
        NodeRunDetail::UserTask(Some(form)) => match form.status {
            UserTaskStatus::Unassigned | UserTaskStatus::Assigned => Some(Need::Form),
            UserTaskStatus::Cancelled if form.failure_to_throw.is_none() => {
                Some(Need::CancelledForm)
            }
            UserTaskStatus::Done | UserTaskStatus::Cancelled => None,
        },
        NodeRunDetail::WaitForChildWf(Some((thread, position))) => {
            if run.status == Status::Halting {
                return Some(Need::NeverHalts);
            }
            let child = names.state.child_wf(*thread, *position)?;
            let (wf_spec, is_played) = (Arc::clone(&child.wf_spec), child.run.is_some());
            child.result.is_none().then_some(Need::ChildWf { wf_spec, is_played })
        }
        NodeRunDetail::Plain => plain(names.state, run, node),
        NodeRunDetail::Task(None)
        | NodeRunDetail::ExternalEvent { .. }
        | NodeRunDetail::Sleep { .. }
        | NodeRunDetail::StartThread(_)
        | NodeRunDetail::StartMultipleThreads(_)
        | NodeRunDetail::UserTask(None)
        | NodeRunDetail::RunChildWf { .. }
        | NodeRunDetail::WaitForChildWf(None)
        | NodeRunDetail::ThrowEvent(_) => None,
    }
}

fn plain(state: &RunState, run: &ThreadRun, node: &Node) -> Option<Need> {
    match node.kind {
        NodeKind::WaitForCondition(_) => Some(Need::Condition),
        NodeKind::Exit { .. } => {
            let children = in_progress(state, run);
            (!children.is_empty()).then_some(Need::Children(children))
        }
        NodeKind::Entrypoint
        | NodeKind::Nop
        | NodeKind::Task { .. }
        | NodeKind::ExternalEvent { .. }
        | NodeKind::StartThread { .. }
        | NodeKind::StartMultipleThreads { .. }
        | NodeKind::WaitForThreads { .. }
        | NodeKind::Sleep(_)
        | NodeKind::UserTask { .. }
        | NodeKind::ThrowEvent { .. }
        | NodeKind::RunChildWf { .. }
        | NodeKind::WaitForChildWf { .. } => None,
    }
}

/// The children that are neither HALTED nor over.
fn in_progress(state: &RunState, run: &ThreadRun) -> Vec<ThreadNumber> {
    let children = run.live_children.iter().copied();
    children
        .filter(|child| state.thread(*child).is_some_and(|c| c.status.is_in_progress()))
        .collect()
}
