//! Which commands can come now: one function for the page's buttons, the explorer and the random tests.

use halter_spec::limits::MAX_PASS_MS;

use crate::program::Program;
use crate::state::{
    HaltReason, NodeRunDetail, Position, RunState, Status, TaskStatus, ThreadNumber, UserTaskStatus,
};

/// A command that can come now; what is missing (payloads, results) whoever chooses it fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named as the commands")]
pub enum Choice {
    RunWf,
    /// Index of the ExternalEventDef.
    PostEvent(u16),
    ClaimTask(ThreadNumber, Position),
    ReportTask(ThreadNumber, Position),
    /// Milliseconds until the next timer.
    PassTime(i64),
    /// The NodeRun that started the child WfRun.
    ReportChildWf(ThreadNumber, Position),
    Stop(ThreadNumber),
    Resume(ThreadNumber),
    Rescue(ThreadNumber),
    CompleteUserTask(ThreadNumber, Position),
    CancelUserTask(ThreadNumber, Position),
}

/// The commands that can come now and that the engine does not refuse. Those to child WfRuns are asked for by their states.
#[must_use]
pub fn enabled(program: &Program, state: &RunState) -> Vec<Choice> {
    if !state.is_started() {
        return vec![Choice::RunWf];
    }
    let mut choices = Vec::new();
    if !state.live.is_empty() {
        choices.extend((0..program.events.len()).map(|i| Choice::PostEvent(i as u16)));
    }
    for &number in &state.live {
        let Some(thread) = state.thread(number) else {
            continue;
        };
        let position = thread.position();
        match thread.current().map(|n| &n.detail) {
            Some(NodeRunDetail::Task(Some(task))) => match task.attempts.last().map(|a| a.status) {
                Some(TaskStatus::Scheduled) => choices.push(Choice::ClaimTask(number, position)),
                Some(TaskStatus::Running) => choices.push(Choice::ReportTask(number, position)),
                _ => {}
            },
            Some(NodeRunDetail::UserTask(Some(form)))
                if matches!(form.status, UserTaskStatus::Assigned | UserTaskStatus::Unassigned) =>
            {
                choices.push(Choice::CompleteUserTask(number, position));
                choices.push(Choice::CancelUserTask(number, position));
            }
            _ => {}
        }
    }
    let running = state.child_wfs.iter().filter(|&&(number, position)| {
        state
            .child_wf(number, position)
            .is_some_and(|child| child.result.is_none() && child.run.is_none())
    });
    choices.extend(running.map(|&(number, position)| Choice::ReportChildWf(number, position)));
    if let Some(at) = crate::timers::next_of_all(state) {
        choices.push(Choice::PassTime(at.saturating_sub(state.now).clamp(0, MAX_PASS_MS)));
    }
    for &number in &state.live {
        let by_hand =
            state.thread(number).is_some_and(|t| t.halt_reasons.contains(&HaltReason::ManualHalt));
        choices.push(if by_hand { Choice::Resume(number) } else { Choice::Stop(number) });
    }
    let failed = state.threads.iter().zip(0..).filter(|(t, _)| t.status == Status::Error);
    let rescuable = failed.filter(|(_, number)| crate::rescue::check(state, *number).is_ok());
    choices.extend(rescuable.map(|(_, number)| Choice::Rescue(number)));
    choices
}
