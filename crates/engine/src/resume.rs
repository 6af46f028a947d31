//! R-RESUME: when halt reasons go, and the ThreadRun runs again.

use crate::advance::status_of;
use crate::occurrence::{Because, Observer};
use crate::rules::Rule;
use crate::run::{Lost, Stepping};
use crate::semantics::Deviation;
use crate::state::{HaltReason, NodeRunDetail, Status, ThreadNumber, WaitForThread};

impl<O: Observer> Stepping<'_, O> {
    /// R-RESUME: drops the reasons that are resolved; without any left the ThreadRun goes on at the same NodeRun.
    pub(crate) fn try_resume(&mut self, number: ThreadNumber) -> Result<bool, Lost> {
        let mut index = 0;
        while let Some(reason) = self.thread(number).halt_reasons.get(index) {
            let Some(because) = self.is_resolved(number, index, reason)? else {
                index += 1;
                continue;
            };
            if let HaltReason::HandlingFailure(handler) = *reason {
                self.failure_was_handled(number, handler);
            }
            self.remove_reason(number, index, Rule::Resume, because);
        }
        if !self.thread(number).halt_reasons.is_empty() {
            return Ok(false);
        }
        let because = Because::Thread(number);
        match self.current(number).failures.last() {
            None => {
                self.set_thread_status(number, Status::Running, Rule::Resume, because);
                self.set_node_status(number, Status::Running, Rule::Resume, because);
            }
            Some(failure) if failure.properly_handled => {
                self.set_thread_status(number, Status::Running, Rule::Resume, because);
            }
            Some(failure) => {
                let status = status_of(failure);
                self.set_thread_status(number, status, Rule::Catch, because);
            }
        }
        Ok(true)
    }

    /// Whether a halt reason is resolved, and because of what.
    fn is_resolved(
        &self,
        number: ThreadNumber,
        index: usize,
        reason: &HaltReason,
    ) -> Result<Option<Because>, Lost> {
        Ok(match *reason {
            HaltReason::Interrupted(handler) => (self.thread(handler).status == Status::Completed)
                .then_some(Because::Thread(handler)),
            HaltReason::HandlingFailure(handler) => {
                self.thread(handler).status.is_terminal().then_some(Because::Thread(handler))
            }
            HaltReason::ParentHalted(parent) => {
                let added =
                    self.parent_halt(number, index).and_then(|at| self.parent_halts.get(at));
                let asked = added.map_or(number, |halt| halt.resolved_as);
                self.parent_lets_run(number, asked, parent)?.then_some(Because::Thread(parent))
            }
            // Those two are replaced when their handler starts; the others need a command, or never go.
            HaltReason::PendingInterrupt(_)
            | HaltReason::PendingFailure(_)
            | HaltReason::HaltedByParent(..)
            | HaltReason::ManualHalt => None,
        })
    }

    /// R-RESUME: whether PARENT_HALTED is resolved for a child; it may be `asked` for another, with whom it is
    /// shared.
    fn parent_lets_run(
        &self,
        number: ThreadNumber,
        asked: ThreadNumber,
        parent: ThreadNumber,
    ) -> Result<bool, Lost> {
        let reasons = &self.thread(parent).halt_reasons;
        match self.thread(parent).status {
            Status::Error | Status::Exception => return Ok(false),
            Status::Halting | Status::Halted => {}
            Status::Starting | Status::Running | Status::Completed => return Ok(true),
        }
        if reasons.is_empty() {
            // The parent is about to resume; the server stumbles when it is asked too early.
            return if self.has(Deviation::LostCommand) {
                Err(Lost(Deviation::LostCommand))
            } else {
                Ok(false)
            };
        }
        let interrupts = self.thread(asked).trigger.is_some();
        if interrupts && self.has(Deviation::SiblingHandlersStuck) {
            return Ok(*reasons == [HaltReason::Interrupted(asked)]);
        }
        let handles_failure = self.thread(number).failure_being_handled.is_some();
        // A handler does not count the halt that it is itself the reason of, nor one that other handlers,
        // who run side by side with it, are the reason of (R-SIDE-BY-SIDE).
        Ok(reasons.iter().all(|reason| match reason {
            HaltReason::HandlingFailure(_) => {
                interrupts || (handles_failure && !self.has(Deviation::DoubleParentHalt))
            }
            HaltReason::Interrupted(_)
            | HaltReason::PendingInterrupt(_)
            | HaltReason::PendingFailure(_) => interrupts,
            HaltReason::ParentHalted(_)
            | HaltReason::HaltedByParent(..)
            | HaltReason::ManualHalt => false,
        }))
    }

    /// R-CATCH: what a completed failure handler leaves behind.
    fn failure_was_handled(&mut self, number: ThreadNumber, handler: ThreadNumber) {
        if self.thread(handler).status != Status::Completed {
            return;
        }
        self.change_failure(number, |failure| failure.properly_handled = true);
        let NodeRunDetail::WaitForThreads(waits) = &self.current(number).detail else {
            return;
        };
        // One handler for all of them: the children that had failed when they were looked at are handled.
        let looks_now = self.watched.contains(&(number, self.position(number)));
        let had_failed = |w: &&WaitForThread| {
            let status = if looks_now { self.thread(w.thread).status } else { w.thread_status };
            status.is_failed()
        };
        let failed: Vec<_> = waits.iter().filter(had_failed).map(|w| w.thread).collect();
        self.thread_mut(number).handled_failed_children.extend(failed);
    }
}
