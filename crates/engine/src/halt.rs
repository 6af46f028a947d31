//! R-HALT, R-NODE-HALT, R-HALTED: how ThreadRuns come to a stand.

use crate::occurrence::{Because, Observer, What};
use crate::program::NodeKind;
use crate::rules::Rule;
use crate::run::{Lost, Stepping};
use crate::semantics::Deviation;
use crate::state::{HaltReason, NodeRunDetail, Status, TaskStatus, ThreadNumber, UserTaskStatus};

impl<O: Observer> Stepping<'_, O> {
    /// R-HALT: halts a ThreadRun for a reason, and its children because their parent is halted.
    pub(crate) fn halt(
        &mut self,
        number: ThreadNumber,
        reason: HaltReason,
        rule: Rule,
        because: Because,
    ) -> Result<(), Lost> {
        if self.thread(number).status.is_terminal() {
            return Ok(());
        }
        let by_interrupt =
            matches!(reason, HaltReason::PendingInterrupt(_) | HaltReason::Interrupted(_));
        let passes =
            matches!(reason, HaltReason::PendingInterrupt(_) | HaltReason::PendingFailure(_));
        self.add_reason(number, reason, rule, because);
        if self.thread(number).status != Status::Halted {
            self.set_thread_status(number, Status::Halting, rule, Because::Thread(number));
        }
        let shared_from = self.parent_halts.len();
        for index in 0..self.thread(number).live_children.len() {
            let child = self.thread(number).live_children[index];
            // R-SIDE-BY-SIDE: handlers that run already go on beside a further interrupt.
            if by_interrupt && self.thread(child).trigger.is_some() {
                continue;
            }
            self.halt_child(child, number, Rule::Halt)?;
        }
        if !by_interrupt {
            self.share_reasons(number, shared_from);
        }
        self.halt_node(number);
        let halted = self.finish_halting(number)?;
        if number == 0 && halted && !passes && self.has(Deviation::WfStaysHalted) {
            self.set_wf_status(Status::Halted, Rule::Manual, Because::Thread(0));
        }
        Ok(())
    }

    /// R-RESUME: the children that are halted together share one reason during this command: it is resolved
    /// for all of them when it is for the youngest.
    fn share_reasons(&mut self, parent: ThreadNumber, from: usize) {
        let Some(&youngest) = self.thread(parent).children.last() else {
            return;
        };
        for halt in self.parent_halts.iter_mut().skip(from).filter(|halt| halt.parent == parent) {
            halt.resolved_as = youngest;
        }
    }

    /// R-HALT: halts a child because its parent is halted, or has failed.
    pub(crate) fn halt_child(
        &mut self,
        child: ThreadNumber,
        parent: ThreadNumber,
        rule: Rule,
    ) -> Result<(), Lost> {
        let twice = self.has(Deviation::DoubleParentHalt)
            && self.thread(child).failure_being_handled.is_some();
        for _ in 0..=usize::from(twice) {
            let reason = HaltReason::ParentHalted(parent);
            self.halt(child, reason, rule, Because::Thread(parent))?;
        }
        Ok(())
    }

    /// R-HALTED: HALTING becomes HALTED when the NodeRun is halted and every child is HALTED or over.
    /// Returns whether the ThreadRun stands still.
    pub(crate) fn finish_halting(&mut self, number: ThreadNumber) -> Result<bool, Lost> {
        match self.thread(number).status {
            Status::Halted | Status::Completed | Status::Error | Status::Exception => {
                return Ok(true);
            }
            Status::Halting => {}
            // A child that runs below a halting parent: the server takes that for impossible.
            Status::Starting | Status::Running if self.has(Deviation::LostCommand) => {
                return Err(Lost(Deviation::LostCommand));
            }
            Status::Starting | Status::Running => return Ok(false),
        }
        let mut children_stand = true;
        for index in 0..self.thread(number).live_children.len() {
            let child = self.thread(number).live_children[index];
            children_stand &= self.finish_halting(child)?;
        }
        if self.halt_node(number) && children_stand {
            self.set_thread_status(
                number,
                Status::Halted,
                Rule::Halted,
                Because::Node(number, self.position(number)),
            );
            return Ok(true);
        }
        Ok(false)
    }

    /// R-NODE-HALT: halts the current NodeRun, now or as soon as it can. Returns whether it is halted.
    pub(crate) fn halt_node(&mut self, number: ThreadNumber) -> bool {
        if !self.current(number).status.is_in_progress() {
            return true;
        }
        let halts = self.node_halts(number);
        let status = if halts { Status::Halted } else { Status::Halting };
        self.set_node_status(number, status, Rule::NodeHalt, Because::Thread(number));
        if halts && self.has(Deviation::UserTask) {
            self.cancel_halted_user_task(number);
        }
        halts
    }

    /// R-NODE-HALT: whether the current NodeRun can halt now. A waiting EXIT can, and so can a node that
    /// passes at once but was not left yet; the server knows neither (D-EXIT-NEVER-HALTS).
    fn node_halts(&self, number: ThreadNumber) -> bool {
        self.waiting_node_halts(number).unwrap_or(!self.has(Deviation::ExitNeverHalts))
    }

    /// Whether a node whose work takes time can halt now; `None` if it is no such node.
    pub(crate) fn waiting_node_halts(&self, number: ThreadNumber) -> Option<bool> {
        match (&self.node(number).kind, &self.current(number).detail) {
            (NodeKind::Task { .. }, NodeRunDetail::Task(Some(task))) => Some(!matches!(
                task.status,
                TaskStatus::Scheduled | TaskStatus::Running | TaskStatus::Pending
            )),
            (
                NodeKind::ExternalEvent { .. }
                | NodeKind::Sleep(_)
                | NodeKind::UserTask { .. }
                | NodeKind::WaitForCondition(_)
                | NodeKind::WaitForThreads { .. },
                _,
            ) => Some(true),
            (NodeKind::WaitForChildWf { .. }, _) => Some(!self.has(Deviation::ChildWfNeverHalts)),
            _ => None,
        }
    }

    /// D-USER-TASK: the form is cancelled for good.
    fn cancel_halted_user_task(&mut self, number: ThreadNumber) {
        let position = self.position(number);
        if self.cancel_form(number, position) {
            self.occur(
                What::UserTask { thread: number, position, status: UserTaskStatus::Cancelled },
                Rule::NodeHalt,
                Because::Node(number, position),
            );
        }
    }
}
