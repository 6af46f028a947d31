//! R-RESCUE: which ThreadRuns may be rescued. The command and the choices that are offered ask here.

use crate::command::{Code, Refusal};
use crate::rules::Rule;
use crate::state::{RunState, Status, ThreadNumber};

/// Whether a ThreadRun may be rescued; why not.
pub(crate) fn check(state: &RunState, number: ThreadNumber) -> Result<(), Refusal> {
    let refuse = |rule, message: &str| Err(Refusal::new(Code::FailedPrecondition, rule, message));
    let Some(thread) = state.thread(number) else {
        let message = "Tried to rescue a non-existent thread id.";
        return Err(Refusal::new(Code::InvalidArgument, Rule::Rescue, message));
    };
    if thread.status != Status::Error {
        let status = thread.status.name();
        return refuse(
            Rule::Rescue,
            &format!("Specified ThreadRun has status {status}, not ERROR"),
        );
    }
    // R-HANDLER-FAILS: what an interrupt's handler broke can't be recovered.
    let failure = thread.current().and_then(|node_run| node_run.failures.last());
    if failure.is_some_and(|failure| &*failure.name == "CHILD_FAILED") {
        let message = "The failure of an interrupt's handler can't be recovered";
        return refuse(Rule::HandlerFails, message);
    }
    let mut child = number;
    while let Some(parent) = state.thread(child).and_then(|thread| thread.parent) {
        if state.thread(parent).is_some_and(|p| p.handled_failed_children.contains(&child)) {
            return refuse(
                Rule::Rescue,
                "Parent of specified ThreadRun has already handled the failure",
            );
        }
        child = parent;
    }
    Ok(())
}
