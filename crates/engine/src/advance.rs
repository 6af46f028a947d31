//! R-STEP: taking a command to its fixed point.

use std::sync::Arc;

use crate::failure::technical;
use crate::occurrence::{Because, Observer, What};
use crate::program::NodeKind;
use crate::rules::Rule;
use crate::run::{Lost, MOVE, Stepping};
use crate::semantics::Deviation;
use crate::state::{Failure, HaltReason, NodeRunDetail, Status, ThreadNumber};

impl<O: Observer> Stepping<'_, O> {
    /// R-STEP: passes over all ThreadRuns until nothing changes.
    pub(crate) fn advance(&mut self) -> Result<(), Lost> {
        // At the end of each command every HALTED ThreadRun has been asked whether it can resume: as long as no
        // status and no halt reason changes, the answer stays the same.
        // D-RESCUE-WAITS: nobody was asked at the end of a rescue.
        let settled = if self.has(Deviation::RescueWaits) { 0 } else { self.state.live.len() };
        let mut asked = (settled, 0);
        loop {
            self.archive_if_crowded();
            self.passes += 1;
            let limits = self.program.limits;
            if self.passes > limits.passes || self.effort.get() > limits.effort {
                self.give_up("Your WfSpec had a tight loop and exceeded the maximum iterations in one command.".into());
                return Ok(());
            }
            let mut changed = self.start_interrupt_handlers()?;
            changed |= self.start_failure_handlers()?;
            self.go_on_if_whole()?;
            // The list shrinks only when a ThreadRun ends, and then the pass ends; it grows at its end.
            let mut next = 0;
            let (known, turns) = (asked, self.turns);
            while let Some(&number) = self.state.live.get(next) {
                let settled = known.1 == self.turns && next < known.0;
                if settled && self.thread(number).status == Status::Halted {
                    next += 1;
                    continue;
                }
                self.effort.set(self.effort.get().saturating_add(MOVE));
                changed |= self.advance_thread(number)?;
                self.go_on_if_whole()?;
                // New ThreadRuns move in the same pass: it could go on without end.
                if self.has_outgrown(number) {
                    return Ok(());
                }
                if self.ended {
                    // Others wait for ThreadRuns that ended: they are asked first. That is progress, and no loop.
                    self.ended = false;
                    self.passes -= 1;
                    changed = true;
                    break;
                }
                next += 1;
            }
            if !changed {
                return Ok(());
            }
            // Asked in this pass after the last change, or to be asked again.
            asked = if turns == self.turns { (self.state.live.len(), turns) } else { (0, 0) };
        }
    }

    /// D-REMOVE-INDEX-LOST: the step breaks off.
    pub(crate) fn go_on_if_whole(&self) -> Result<(), Lost> {
        if self.broken.take() { Err(Lost(Deviation::RemoveIndexLost)) } else { Ok(()) }
    }

    /// R-STEP: when the WfRun holds nearly as many ThreadRuns as it may, those that are COMPLETED leave it.
    fn archive_if_crowded(&mut self) {
        const CROWDED_PERCENT: usize = 90;
        let most = self.program.limits.live_thread_runs;
        if self.state.held() < most.saturating_mul(CROWDED_PERCENT) / 100 {
            return;
        }
        for number in std::mem::take(&mut self.state.completed) {
            self.thread_mut(number).archived = true;
            self.state.archived += 1;
        }
    }

    /// R-STEP: whether the WfRun may hold so many ThreadRuns more; the failure of the node that would start them.
    pub(crate) fn has_room(&self, more: usize) -> Result<(), Failure> {
        self.has_room_or(more, "")
    }

    /// The same for the one child of a START_THREAD, of which the server says where its limit is set.
    pub(crate) fn has_room_for_child(&self) -> Result<(), Failure> {
        self.has_room_or(1, " at the server configuration level")
    }

    /// `place`: the end of the message, which says where the limit is set.
    fn has_room_or(&self, more: usize, place: &str) -> Result<(), Failure> {
        let (would, most) = (self.state.held() + more, self.program.limits.live_thread_runs);
        if would <= most {
            return Ok(());
        }
        let message = format!(
            "WfRun would have {would} ThreadRuns, exceeding the maximum number of ThreadRuns per WfRun: {most}. Reduce the number of spawned ThreadRuns or increase LHS_X_MAX_THREAD_RUNS_PER_WF_RUN{place}."
        );
        Err(technical("INTERNAL_ERROR", message))
    }

    /// R-STEP: more ThreadRuns altogether than there may be, or more NodeRuns of one of them, end the WfRun.
    fn has_outgrown(&mut self, number: ThreadNumber) -> bool {
        let limits = self.program.limits;
        let threads = self.state.threads.len();
        let node_runs = self.thread(number).node_runs.len();
        let message = if threads > limits.thread_runs {
            let most = limits.thread_runs;
            format!(
                "WfRun would have had {threads} ThreadRuns, exceeding the maximum number of ThreadRuns: {most}."
            )
        } else if node_runs > limits.node_runs {
            let most = limits.node_runs;
            format!(
                "ThreadRun {number} would have {node_runs} NodeRuns, exceeding the maximum number of NodeRuns: {most}."
            )
        } else {
            return false;
        };
        if !self.thread(0).status.is_terminal() {
            self.give_up(message);
        }
        true
    }

    /// R-STEP: a command that never settles ends with INTERNAL_ERROR on ThreadRun 0.
    fn give_up(&mut self, message: String) {
        let failure = technical("INTERNAL_ERROR", message);
        self.thread_mut(0).error_message = Some(Arc::clone(&failure.message));
        self.put_failure(0, failure, Rule::Step, Because::Command);
        self.set_thread_status(0, Status::Error, Rule::Step, Because::Command);
        if self.current(0).status.is_in_progress() {
            let halts = self.waiting_node_halts(0).unwrap_or(false);
            let status = if halts { Status::Halted } else { Status::Halting };
            self.set_node_status(0, status, Rule::Step, Because::Command);
        }
        self.set_wf_status(Status::Error, Rule::Step, Because::Thread(0));
    }

    /// One move of one ThreadRun, if it can make one.
    fn advance_thread(&mut self, number: ThreadNumber) -> Result<bool, Lost> {
        match self.thread(number).status {
            Status::Halted => self.try_resume(number),
            Status::Halting => self.finish_halting(number),
            Status::Completed | Status::Error | Status::Exception => Ok(false),
            Status::Starting | Status::Running if !self.current(number).failures.is_empty() => {
                self.go_on_after_failure(number)
            }
            Status::Starting | Status::Running => self.advance_running(number),
        }
    }

    fn advance_running(&mut self, number: ThreadNumber) -> Result<bool, Lost> {
        match self.check_node(number)? {
            Ok(false) => return Ok(false),
            Ok(true) => {
                let because = Because::Node(number, self.position(number));
                self.set_node_status(number, Status::Completed, Rule::Status, because);
            }
            Err(failure) => {
                let status = status_of(&failure);
                let position = self.position(number);
                let rule = self.rule_of(number, &failure);
                self.put_failure(number, failure.clone(), rule, Because::Node(number, position));
                self.current_mut(number).error_message = Some(Arc::clone(&failure.message));
                self.set_node_status(number, status, Rule::Fail, Because::Node(number, position));
                self.respond(number, &failure)?;
                return Ok(true);
            }
        }
        self.keep_output(number);
        if matches!(self.node(number).kind, NodeKind::Exit { .. }) {
            let because = Because::Node(number, self.position(number));
            self.set_thread_status(number, Status::Completed, Rule::Status, because);
            self.thread_ended(number);
        } else if let Err(failure) = self.leave(number) {
            self.respond(number, &failure)?;
        }
        Ok(true)
    }

    /// By which rule the current node's work ends with a failure.
    fn rule_of(&self, number: ThreadNumber, failure: &Failure) -> Rule {
        match &*failure.name {
            "INTERNAL_ERROR" => Rule::Step,
            "CHILD_FAILURE" => Rule::ChildFails,
            _ if matches!(self.node(number).kind, NodeKind::WaitForThreads { .. }) => {
                Rule::ChildFails
            }
            _ => Rule::Fail,
        }
    }

    /// R-EDGE: takes the first edge whose condition holds; goes to the node behind it.
    pub(crate) fn leave(&mut self, number: ThreadNumber) -> Result<(), Failure> {
        let sink = self.take_edge(number)?;
        self.arrive(number, sink)
    }

    /// R-EDGE, R-MUTATE: finds the edge and applies its mutations, without going on.
    pub(crate) fn take_edge(&mut self, number: ThreadNumber) -> Result<u16, Failure> {
        let program = self.program;
        let spec = program.spec(self.thread(number).spec);
        let node = &spec.nodes[usize::from(self.current(number).node)];
        let failed = |run: &mut Self, message: String| {
            let failure = technical("VAR_SUB_ERROR", message);
            let position = run.position(number);
            run.put_failure(number, failure.clone(), Rule::Edge, Because::Node(number, position));
            Err(failure)
        };
        for edge in &node.edges {
            let evaluation_failed = |why: String| {
                format!(
                    "Failed evaluating edge with sink node {}: {why}",
                    spec.nodes[usize::from(edge.sink)].name
                )
            };
            let holds = match &edge.condition {
                None => Ok(true),
                Some(condition) => self.condition(number, condition),
            };
            match holds {
                Ok(false) => continue,
                Ok(true) => {}
                Err(why) => return failed(self, evaluation_failed(why)),
            }
            // After a failure that was handled, an edge is taken without its mutations.
            if self.current(number).failures.is_empty()
                && let Err(why) = self.mutate(number, &edge.mutations)
            {
                return failed(self, evaluation_failed(why));
            }
            return Ok(edge.sink);
        }
        failed(
            self,
            format!(
                "Invalid WfSpec: No outgoing edges found on Node {} with all conditions satisfied",
                node.name
            ),
        )
    }

    /// Moves a ThreadRun to a node. A failure on arrival is the new NodeRun's.
    pub(crate) fn arrive(&mut self, number: ThreadNumber, node: u16) -> Result<(), Failure> {
        self.new_node_run(number, node);
        let position = self.position(number);
        let before = Because::Node(number, position.saturating_sub(1));
        self.occur(What::NodeArrived { thread: number, position }, Rule::Edge, before);
        match self.arrive_node(number) {
            Ok(()) => Ok(()),
            Err(failure) => {
                self.put_failure(
                    number,
                    failure.clone(),
                    Rule::Fail,
                    Because::Node(number, position),
                );
                self.set_node_status(
                    number,
                    status_of(&failure),
                    Rule::Fail,
                    Because::Node(number, position),
                );
                Err(failure)
            }
        }
    }

    /// A ThreadRun reached its final status: whoever waits for it is asked again.
    pub(crate) fn thread_ended(&mut self, number: ThreadNumber) {
        self.ended = true;
        let leaves = number > 0 && self.program.limits.archives();
        if leaves && self.thread(number).status == Status::Completed {
            self.state.completed.push(number);
        }
        if number == 0 {
            let status = self.thread(0).status;
            self.set_wf_status(status, Rule::Status, Because::Thread(0));
        }
    }

    /// R-STATUS: what the WfRun shows while it is not over.
    pub(crate) fn show_wf_status(&mut self) {
        let Some(entrypoint) = self.state.thread(0) else {
            return;
        };
        if entrypoint.status.is_terminal() || self.has(Deviation::WfStaysHalted) {
            return;
        }
        let by_hand = entrypoint.halt_reasons.contains(&HaltReason::ManualHalt);
        let status = match entrypoint.status {
            Status::Halted if by_hand => Status::Halted,
            _ => Status::Running,
        };
        self.set_wf_status(status, Rule::Status, Because::Thread(0));
    }

    /// A WAIT_FOR_THREADS NodeRun shows the status that its threads had when it was last looked at.
    pub(crate) fn note_watched(&mut self) {
        for (number, position) in std::mem::take(&mut self.watched) {
            let NodeRunDetail::WaitForThreads(waits) =
                &self.thread(number).node_runs[position as usize].detail
            else {
                continue;
            };
            let statuses: Vec<Status> =
                waits.iter().map(|w| self.thread(w.thread).status).collect();
            if waits.iter().map(|w| w.thread_status).eq(statuses.iter().copied()) {
                continue;
            }
            let node_run = &mut self.thread_mut(number).node_runs[position as usize];
            if let NodeRunDetail::WaitForThreads(waits) = &mut node_run.detail {
                for (wait, status) in waits.iter_mut().zip(statuses) {
                    wait.thread_status = status;
                }
            }
        }
    }
}

/// R-FAIL: the status that a failure gives.
pub(crate) fn status_of(failure: &Failure) -> Status {
    if crate::failure::is_technical(&failure.name) { Status::Error } else { Status::Exception }
}
