//! The state during one step: how parts of it are read and changed, and how observers hear of it.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Arc;

use halter_spec::value::Value;

use crate::list::List;
use crate::occurrence::{Because, Observer, Occurrence, What};
use crate::program::{Node, Program, Spec};
use crate::rules::Rule;
use crate::semantics::Deviation;
use crate::state::{
    CorrelatedEvent, EventIndex, Failure, HaltReason, NodeRun, NodeRunDetail, Position, RunState,
    Status, ThreadNumber, ThreadRun, ThreadType,
};

/// The step broke off: what was asked for is lost, by that deviation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lost(pub(crate) Deviation);

/// What looking at a ThreadRun costs, in bytes of values that are worked with in the same time.
pub(crate) const MOVE: usize = 64;

/// Where a failure stands: ThreadRun, position of the NodeRun, index among its failures.
pub(crate) type FailurePlace = (ThreadNumber, Position, usize);

/// A PARENT_HALTED reason that was added during the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ParentHalt {
    /// Who has the reason.
    pub(crate) child: ThreadNumber,
    /// Whose halt it is.
    pub(crate) parent: ThreadNumber,
    /// The child for which it is asked whether it is resolved.
    pub(crate) resolved_as: ThreadNumber,
}

/// A correlated event and the NodeRun that it is for.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) event: Arc<CorrelatedEvent>,
    pub(crate) thread: ThreadNumber,
    pub(crate) position: Position,
}

/// A state on its way to a fixed point.
pub(crate) struct Stepping<'a, O: Observer> {
    pub(crate) program: &'a Program,
    pub(crate) state: &'a mut RunState,
    pub(crate) observer: &'a mut O,
    /// Passes of this command so far (R-STEP).
    pub(crate) passes: usize,
    /// Bytes of the values that were worked with so far.
    pub(crate) bytes: Cell<usize>,
    /// What the command has cost so far: bytes of values, and [`MOVE`] for each ThreadRun that was looked at.
    pub(crate) effort: Cell<usize>,
    /// Whether a ThreadRun ended during this pass: the next pass begins at once.
    pub(crate) ended: bool,
    /// Changes of ThreadRuns' statuses and halt reasons so far: what resuming depends on.
    pub(crate) turns: usize,
    /// WAIT_FOR_THREADS NodeRuns that were looked at during this command.
    pub(crate) watched: Vec<(ThreadNumber, Position)>,
    /// EXCEPTIONs that a child passed to its parent during this command: until its end both have one failure.
    pub(crate) passed: Vec<(FailurePlace, FailurePlace)>,
    /// PARENT_HALTED reasons that were added during this command and are still there, in order.
    pub(crate) parent_halts: Vec<ParentHalt>,
    /// Correlated events that found NodeRuns: each arrives after the command, as a command of its own.
    pub(crate) found: VecDeque<Found>,
    /// Whether the server breaks off here (D-REMOVE-INDEX-LOST).
    pub(crate) broken: Cell<bool>,
}

impl<O: Observer> Stepping<'_, O> {
    pub(crate) fn has(&self, deviation: Deviation) -> bool {
        self.program.semantics.has(deviation)
    }

    pub(crate) fn occur(&mut self, what: What, rule: Rule, because: Because) {
        self.observer.occur(Occurrence { what, rule, because });
        self.observer.after(self.state);
    }

    // ThreadRuns that exist are looked up by number; numbers come from the state itself.
    pub(crate) fn thread(&self, number: ThreadNumber) -> &ThreadRun {
        &self.state.threads[number as usize]
    }

    pub(crate) fn thread_mut(&mut self, number: ThreadNumber) -> &mut ThreadRun {
        Arc::make_mut(&mut self.state.threads[number as usize])
    }

    pub(crate) fn spec(&self, number: ThreadNumber) -> &Spec {
        self.program.spec(self.thread(number).spec)
    }

    /// The current NodeRun; every ThreadRun has one from its start.
    pub(crate) fn current(&self, number: ThreadNumber) -> &NodeRun {
        self.thread(number).node_runs.newest()
    }

    pub(crate) fn current_mut(&mut self, number: ThreadNumber) -> &mut NodeRun {
        self.thread_mut(number).node_runs.newest_mut()
    }

    pub(crate) fn detail_mut(&mut self, number: ThreadNumber) -> &mut NodeRunDetail {
        &mut self.current_mut(number).detail
    }

    /// The node at which a ThreadRun is.
    pub(crate) fn node(&self, number: ThreadNumber) -> &Node {
        &self.spec(number).nodes[usize::from(self.current(number).node)]
    }

    pub(crate) fn position(&self, number: ThreadNumber) -> Position {
        self.thread(number).position()
    }

    pub(crate) fn set_thread_status(
        &mut self,
        number: ThreadNumber,
        status: Status,
        rule: Rule,
        because: Because,
    ) {
        let before = self.thread(number).status;
        if before == status {
            return;
        }
        self.turns += 1;
        let thread = self.thread_mut(number);
        thread.status = status;
        let was_terminal = before.is_terminal();
        if status.is_terminal() != was_terminal {
            let (parent, spec) = (thread.parent, usize::from(thread.spec));
            if let Some(live) = self.state.live_of.get_mut(spec) {
                *live = if was_terminal { *live + 1 } else { live.saturating_sub(1) };
            }
            change_live(&mut self.state.live, number, was_terminal);
            if let Some(parent) = parent {
                change_live(&mut self.thread_mut(parent).live_children, number, was_terminal);
            }
        }
        self.occur(What::ThreadStatus { thread: number, status }, rule, because);
    }

    pub(crate) fn set_node_status(
        &mut self,
        number: ThreadNumber,
        status: Status,
        rule: Rule,
        because: Because,
    ) {
        let (position, current) = (self.position(number), self.current(number));
        if current.status == status {
            return;
        }
        self.current_mut(number).status = status;
        self.occur(What::NodeStatus { thread: number, position, status }, rule, because);
    }

    pub(crate) fn set_wf_status(&mut self, status: Status, rule: Rule, because: Because) {
        if self.state.status != status {
            self.state.status = status;
            self.occur(What::WfRunStatus(status), rule, because);
        }
    }

    /// Puts a failure on the current NodeRun.
    pub(crate) fn put_failure(
        &mut self,
        number: ThreadNumber,
        failure: Failure,
        rule: Rule,
        because: Because,
    ) {
        self.current_mut(number).failures.push(failure);
        let position = self.position(number);
        self.occur(What::NodeFailed { thread: number, position }, rule, because);
    }

    pub(crate) fn remove_reason(
        &mut self,
        number: ThreadNumber,
        index: usize,
        rule: Rule,
        because: Because,
    ) {
        self.turns += 1;
        if let Some(added) = self.parent_halt(number, index) {
            self.parent_halts.remove(added);
        }
        let reason = self.thread_mut(number).halt_reasons.remove(index);
        self.occur(What::HaltReasonResolved { thread: number, reason }, rule, because);
    }

    pub(crate) fn add_reason(
        &mut self,
        number: ThreadNumber,
        reason: HaltReason,
        rule: Rule,
        because: Because,
    ) {
        self.turns += 1;
        self.thread_mut(number).halt_reasons.push(reason.clone());
        if let HaltReason::ParentHalted(parent) = reason {
            self.parent_halts.push(ParentHalt { child: number, parent, resolved_as: number });
        }
        self.occur(What::HaltReasonAdded { thread: number, reason }, rule, because);
    }

    /// Where a halt reason is kept among those that were added during this command.
    pub(crate) fn parent_halt(&self, number: ThreadNumber, index: usize) -> Option<usize> {
        let reasons = &self.thread(number).halt_reasons;
        let HaltReason::ParentHalted(parent) = *reasons.get(index)? else {
            return None;
        };
        // Equal reasons stand in the order in which they were added.
        let later = reasons.iter().skip(index + 1).filter(|r| **r == reasons[index]).count();
        let added = self.parent_halts.iter().enumerate().rev();
        let equal = added.filter(|(_, halt)| halt.child == number && halt.parent == parent);
        equal.map(|(at, _)| at).nth(later)
    }

    /// Starts a ThreadRun at its ENTRYPOINT node with its variables (R-TREE).
    pub(crate) fn start_thread(
        &mut self,
        spec: u16,
        parent: Option<ThreadNumber>,
        given: &[(Arc<str>, Value)],
        kind: ThreadType,
        trigger: Option<EventIndex>,
        rule: Rule,
    ) -> ThreadNumber {
        let number = self.state.threads.len() as ThreadNumber;
        let compiled = self.program.spec(spec);
        let variables = compiled.variables.iter().map(|v| {
            let value = given
                .iter()
                .find(|(name, _)| *name == v.name)
                .map_or(Value::Null, |(_, value)| value.clone());
            if value == Value::Null { v.default.clone().unwrap_or_default() } else { value }
        });
        let entrypoint = NodeRun {
            node: compiled.entrypoint,
            status: Status::Running,
            failures: Vec::new(),
            failure_handlers: Vec::new(),
            error_message: None,
            detail: NodeRunDetail::Plain,
        };
        let thread = ThreadRun {
            spec,
            kind,
            status: Status::Running,
            parent,
            children: Vec::new(),
            live_children: Vec::new(),
            halt_reasons: Vec::new(),
            trigger,
            failure_being_handled: None,
            handled_failed_children: Vec::new(),
            error_message: None,
            output: None,
            variables: variables.collect(),
            node_runs: List::of(entrypoint),
            archived: false,
            outputs: Vec::new(),
        };
        self.state.threads.push(Arc::new(thread));
        self.state.live.push(number);
        let of = usize::from(spec);
        if self.state.live_of.len() <= of {
            self.state.live_of.resize(of + 1, 0);
        }
        self.state.live_of[of] += 1;
        let because = match (trigger, parent) {
            (Some(event), _) => Because::Event(event),
            (None, Some(parent)) => Because::Thread(parent),
            (None, None) => Because::Command,
        };
        if let Some(parent) = parent {
            let parent = self.thread_mut(parent);
            parent.children.push(number);
            parent.live_children.push(number);
        }
        self.occur(What::ThreadStarted { thread: number, kind }, rule, because);
        number
    }
}

/// Puts a ThreadRun into an ascending list of those that are not over, or takes it out.
fn change_live(live: &mut Vec<ThreadNumber>, number: ThreadNumber, lives: bool) {
    let at = live.partition_point(|&n| n < number);
    if lives {
        live.insert(at, number);
    } else if live.get(at) == Some(&number) {
        live.remove(at);
    }
}
