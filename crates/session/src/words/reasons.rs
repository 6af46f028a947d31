//! Halt reasons, in words.

use halter_engine::state::{HaltReason, Status, ThreadNumber};

use super::names::Names;

/// Why a ThreadRun is halting or halted: what follows "because". `status_of` tells how a parent stands then.
pub(crate) fn reason_when(
    names: &Names<'_>,
    reason: &HaltReason,
    status_of: impl Fn(ThreadNumber) -> Option<Status>,
) -> String {
    match reason {
        HaltReason::PendingInterrupt(event) => {
            format!("event {} interrupts it", names.event_def(*event))
        }
        HaltReason::Interrupted(handler) => {
            format!("its interrupt is handled by {}", names.thread(*handler))
        }
        HaltReason::ParentHalted(parent) => {
            let stands = match status_of(*parent) {
                // A failed parent halts its children as well as a halted one does.
                Some(Status::Error | Status::Exception) => "has failed",
                Some(Status::Halting) => "is HALTING",
                Some(Status::Starting | Status::Running | Status::Completed) => "goes on",
                Some(Status::Halted) | None => "is HALTED",
            };
            format!("its parent, {}, {stands}", names.thread(*parent))
        }
        HaltReason::PendingFailure(_) => "its failure is about to be handled".to_owned(),
        HaltReason::HandlingFailure(handler) => {
            format!("its failure is handled by {}", names.thread(*handler))
        }
        HaltReason::HaltedByParent(parent, _) => {
            format!("its parent, {}, no longer waits for it", names.thread(*parent))
        }
        HaltReason::ManualHalt => "it was stopped by hand".to_owned(),
    }
}

/// Why a ThreadRun is halting or halted, in the state that names things.
pub fn reason(names: &Names<'_>, reason: &HaltReason) -> String {
    reason_when(names, reason, |thread| names.state.thread(thread).map(|run| run.status))
}

/// Why a halt reason never goes, if it never does.
pub fn never(names: &Names<'_>, reason: &HaltReason) -> Option<String> {
    match reason {
        HaltReason::HaltedByParent(..) => {
            Some("it lost the race that its parent waited for".to_owned())
        }
        HaltReason::Interrupted(handler) if failed(names, *handler) => {
            Some(format!("{} failed, which handled its interrupt", names.thread(*handler)))
        }
        HaltReason::PendingInterrupt(_)
        | HaltReason::Interrupted(_)
        | HaltReason::ParentHalted(_)
        | HaltReason::PendingFailure(_)
        | HaltReason::HandlingFailure(_)
        | HaltReason::ManualHalt => None,
    }
}

/// What takes a halt reason away: what follows "it goes on when"; nothing for one that never goes.
pub fn resolution(names: &Names<'_>, reason: &HaltReason) -> Option<String> {
    if never(names, reason).is_some() {
        return None;
    }
    Some(match reason {
        HaltReason::PendingInterrupt(event) => {
            format!("the interrupt by event {} is handled", names.event_def(*event))
        }
        HaltReason::Interrupted(handler) | HaltReason::HandlingFailure(handler) => {
            format!("{} completes", names.thread(*handler))
        }
        HaltReason::ParentHalted(parent) if failed(names, *parent) => {
            format!("{}, which failed, is rescued", names.thread(*parent))
        }
        HaltReason::ParentHalted(parent) => format!("{} runs again", names.thread(*parent)),
        HaltReason::PendingFailure(_) => "its failure is handled".to_owned(),
        HaltReason::HaltedByParent(..) => return None,
        HaltReason::ManualHalt => "somebody resumes it".to_owned(),
    })
}

fn failed(names: &Names<'_>, thread: ThreadNumber) -> bool {
    names.state.thread(thread).is_some_and(|run| run.status.is_failed())
}
