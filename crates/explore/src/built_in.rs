//! The properties that are asked of every specification, and what is wrong with a state.

use std::sync::Arc;

use halter_engine::state::{EventIndex, Status, ThreadNumber, ThreadType};
use halter_engine::{Command, Program, RunState};

/// A property that can be asked of every specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BuiltInProperty {
    /// Is there always something that can come and moves the run, until it is over?
    NoDeadlock,
    /// Can the run always still come to its end?
    CanFinish,
    /// Does every ThreadRun that is HALTING halt some time?
    NoEndlessHalting,
    /// Is every event taken before the run is over?
    NoLostEvent,
    /// Does every handler of an interrupt or a failure do its work?
    NoHandlerFailure,
    /// Does no limit break the run off, and is no command lost?
    NoInternalError,
}

impl BuiltInProperty {
    /// Every property with its id and one sentence that says what is so if the answer is yes.
    pub const ALL: [(BuiltInProperty, &'static str, &'static str); 6] = [
        (
            BuiltInProperty::NoDeadlock,
            "no-deadlock",
            "Until the run is over, something can come that moves it.",
        ),
        (
            BuiltInProperty::CanFinish,
            "can-finish",
            "Whatever has happened, the run can still come to its end.",
        ),
        (
            BuiltInProperty::NoEndlessHalting,
            "no-endless-halting",
            "Every ThreadRun that is HALTING can still halt or go on.",
        ),
        (
            BuiltInProperty::NoLostEvent,
            "no-lost-event",
            "Every event is taken before the run is over.",
        ),
        (
            BuiltInProperty::NoHandlerFailure,
            "no-handler-failure",
            "No handler of an interrupt or a failure fails itself.",
        ),
        (
            BuiltInProperty::NoInternalError,
            "no-internal-error",
            "No command is lost, and none breaks the run off with INTERNAL_ERROR.",
        ),
    ];

    /// The id, such as `no-deadlock`.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// What is so if the answer is yes, in one sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// Whether no as an answer means that something is wrong with every workflow. An event that comes too late, or a
    /// handler that fails, may be meant.
    #[must_use]
    pub fn is_grave(self) -> bool {
        !matches!(self, BuiltInProperty::NoLostEvent | BuiltInProperty::NoHandlerFailure)
    }

    /// The property with that id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<BuiltInProperty> {
        let found = Self::ALL.iter().find(|(_, known, _)| *known == id);
        found.map(|(property, ..)| *property)
    }
}

/// Whether the WfRun is over.
pub(crate) fn is_over(state: &RunState) -> bool {
    state.is_started() && state.status.is_terminal()
}

/// Whether an event was taken by nobody although the run is over, or by an interrupt that never began.
pub(crate) fn has_lost_event(state: &RunState) -> bool {
    is_over(state) && lost_event(state).is_some()
}

/// The first event that nobody has taken so far, or else the first that was taken by an interrupt that never began and never will.
#[must_use]
pub fn lost_event(state: &RunState) -> Option<EventIndex> {
    let forgotten =
        || (0..state.events.len() as EventIndex).find(|&event| is_forgotten(state, event));
    state.unclaimed.iter().next().or_else(forgotten)
}

/// Whether an event was claimed for an interrupt whose handler never started and never will.
pub(crate) fn is_forgotten(state: &RunState, index: u32) -> bool {
    let claimed = state.events.get(index as usize);
    claimed.is_some_and(|event| event.claimed && event.claimed_by.is_none())
        && state.threads.iter().all(|t| t.trigger != Some(index))
        && state.pending_interrupts.iter().all(|pending| {
            let thread = state.thread(pending.thread);
            pending.event != index || thread.is_none_or(|t| t.status.is_terminal())
        })
}

/// Whether a handler failed.
pub(crate) fn has_failed_handler(state: &RunState) -> bool {
    state.threads.iter().any(|thread| {
        matches!(thread.kind, ThreadType::Interrupt | ThreadType::FailureHandler)
            && thread.status.is_failed()
    })
}

/// Whether the engine broke the run off.
pub(crate) fn has_internal_error(state: &RunState) -> bool {
    state.thread(0).is_some_and(|thread| {
        thread.status == Status::Error
            && thread.current().is_some_and(|node_run| {
                let last = node_run.failures.last();
                last.is_some_and(|failure| &*failure.name == "INTERNAL_ERROR")
            })
    })
}

/// Whether an event of this def, which a command posts, would interrupt somebody now (R-TRIGGER).
pub(crate) fn interrupts(
    program: &Program,
    state: &RunState,
    command: &Command,
    def: usize,
) -> bool {
    if let Command::InChildWf(thread, position, inner) = command {
        let child = state.child_wf(*thread, *position);
        let run = child.and_then(|child| Some((child, child.run.as_ref()?)));
        return run.is_some_and(|(child, run)| {
            let program = program.workflow(&child.wf_spec);
            program.is_some_and(|program| interrupts(program, run, inner, def))
        });
    }
    state.live.iter().any(|&number| {
        let thread = state.thread(number);
        let spec = thread.and_then(|thread| program.specs.get(usize::from(thread.spec)));
        spec.is_some_and(|spec| spec.interrupts.iter().any(|i| usize::from(i.event) == def))
    })
}

/// Whether this ThreadRun is HALTING.
pub(crate) fn is_halting(state: &RunState, number: ThreadNumber) -> bool {
    let thread = state.thread(number);
    thread.is_some_and(|thread| thread.status == Status::Halting)
}

/// Whether something has moved between two states: a ThreadRun was started, has another status, or is at another
/// place in its work. An event that only waits moves nothing, nor does an interrupt that waits for its handler.
pub(crate) fn has_moved(before: &RunState, after: &RunState) -> bool {
    has_moved_itself(before, after) || has_moved_in_child(before, after)
}

/// The same in a child WfRun that is played.
fn has_moved_in_child(before: &RunState, after: &RunState) -> bool {
    let known = before.played_child_wfs().count();
    known != after.played_child_wfs().count()
        || before
            .played_child_wfs()
            .zip(after.played_child_wfs())
            .any(|((.., a), (.., b))| !Arc::ptr_eq(a, b) && has_moved(a, b))
}

fn has_moved_itself(before: &RunState, after: &RunState) -> bool {
    before.status != after.status
        || before.threads.len() != after.threads.len()
        || before.threads.iter().zip(&after.threads).any(|(a, b)| {
            !Arc::ptr_eq(a, b)
                && (a.status != b.status
                    || a.node_runs.len() != b.node_runs.len()
                    || a.variables != b.variables
                    || a.current() != b.current())
        })
}
