//! What time alone brings about: sleeps, timeouts and retries that come due.

use crate::state::{
    Deadline, NodeRunDetail, Position, RunState, TaskStatus, ThreadNumber, UserTaskStatus,
};

/// What comes due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimerKind {
    Sleep,
    EventTimeout,
    TaskTimeout,
    TaskRetry,
    /// An action of a user task.
    Deadline(Deadline),
}

/// Something that comes due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timer {
    /// Virtual time, in milliseconds.
    pub(crate) at: i64,
    pub(crate) thread: ThreadNumber,
    pub(crate) position: Position,
    pub(crate) kind: TimerKind,
}

/// The next timer; of several at the same time that of the lowest ThreadRun, and then the actions of user tasks.
/// Only the current NodeRun of a ThreadRun that is not over can have one.
pub(crate) fn next(state: &RunState) -> Option<Timer> {
    let timer = |number: &ThreadNumber| {
        let thread = state.thread(*number)?;
        let (at, kind) = match &thread.current()?.detail {
            NodeRunDetail::Sleep { matures_at: Some(at), matured: false } => {
                (*at, TimerKind::Sleep)
            }
            NodeRunDetail::ExternalEvent {
                event: None,
                timeout_at: Some(at),
                timed_out: false,
                ..
            } => (*at, TimerKind::EventTimeout),
            NodeRunDetail::Task(Some(task)) => {
                let attempt = task.attempts.last()?;
                let kind = if attempt.status == TaskStatus::Pending {
                    TimerKind::TaskRetry
                } else {
                    TimerKind::TaskTimeout
                };
                (attempt.due?, kind)
            }
            NodeRunDetail::Plain
            | NodeRunDetail::Task(_)
            | NodeRunDetail::ExternalEvent { .. }
            | NodeRunDetail::StartThread(_)
            | NodeRunDetail::StartMultipleThreads(_)
            | NodeRunDetail::WaitForThreads(_)
            | NodeRunDetail::Sleep { .. }
            | NodeRunDetail::UserTask(_)
            | NodeRunDetail::ThrowEvent(_)
            | NodeRunDetail::RunChildWf { .. }
            | NodeRunDetail::WaitForChildWf(_) => return None,
        };
        Some(Timer { at, thread: *number, position: thread.position(), kind })
    };
    let deadlines = state.deadlines.iter().filter(|deadline| is_open(state, deadline));
    let deadlines = deadlines.map(|deadline| Timer {
        at: deadline.at,
        thread: deadline.thread,
        position: deadline.position,
        kind: TimerKind::Deadline(*deadline),
    });
    state.live.iter().filter_map(timer).chain(deadlines).min_by_key(|t| t.at)
}

/// When something comes due next, in the WfRun or in a child WfRun that is played. Virtual time, in milliseconds.
pub(crate) fn next_of_all(state: &RunState) -> Option<i64> {
    let own = next(state).map(|timer| timer.at);
    own.into_iter().chain(state.played_child_wfs().filter_map(|(.., run)| next_of_all(run))).min()
}

/// Whether a form still waits for somebody: otherwise its actions change nothing.
fn is_open(state: &RunState, deadline: &Deadline) -> bool {
    let lives = state
        .thread(deadline.thread)
        .is_some_and(|t| !t.status.is_terminal() && t.position() == deadline.position);
    let form = state.form(deadline.thread, deadline.position);
    lives
        && form.is_some_and(|form| {
            matches!(form.status, UserTaskStatus::Assigned | UserTaskStatus::Unassigned)
        })
}
