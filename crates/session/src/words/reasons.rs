//! Halt reasons, in words.

use halter_engine::state::{HaltReason, RunState, ThreadNumber};

use super::names::Names;

/// Why a ThreadRun is halting or halted: what follows "because".
pub fn reason(names: &Names<'_>, reason: &HaltReason) -> String {
    match reason {
        HaltReason::PendingInterrupt(event) => {
            format!("event {} interrupts it", names.event_def(*event))
        }
        HaltReason::Interrupted(handler) => {
            format!("its interrupt is handled by {}", names.thread(*handler))
        }
        HaltReason::ParentHalted(parent) => {
            format!(
                "its parent, {}, is {}",
                names.thread(*parent),
                parent_state(names.state, *parent)
            )
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

/// What takes a halt reason away: what follows "it goes on when".
pub fn resolution(names: &Names<'_>, reason: &HaltReason) -> String {
    match reason {
        HaltReason::PendingInterrupt(event) => {
            format!("the interrupt by event {} is handled", names.event_def(*event))
        }
        HaltReason::Interrupted(handler) | HaltReason::HandlingFailure(handler) => {
            format!("{} completes", names.thread(*handler))
        }
        HaltReason::ParentHalted(parent) if parent_state(names.state, *parent) == "failed" => {
            format!("{}, which failed, is rescued", names.thread(*parent))
        }
        HaltReason::ParentHalted(parent) => format!("{} runs again", names.thread(*parent)),
        HaltReason::PendingFailure(_) => "its failure is handled".to_owned(),
        HaltReason::HaltedByParent(..) => {
            "never: it lost the race that its parent waited for".to_owned()
        }
        HaltReason::ManualHalt => "somebody resumes it".to_owned(),
    }
}

/// A failed parent halts its children as well as a halted one does: the word should say which.
fn parent_state(state: &RunState, parent: ThreadNumber) -> &'static str {
    match state.thread(parent) {
        Some(run) if run.status.is_failed() => "failed",
        _ => "halted",
    }
}
