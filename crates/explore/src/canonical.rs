//! Fingerprints of states: what is alike for everything that may still happen has the same one.
//!
//! Left out is what no rule reads: ids of events (a choice never posts one twice), the time on the clock (what comes
//! due is counted from now), the NodeRuns that a ThreadRun has left behind, and events that are over.
//!
//! Each ThreadRun has a print of its own, which stays what it is as long as the ThreadRun does: a move changes few of
//! them. What depends on others (which event is meant, how long it is until something comes due) is no part of that
//! print; it stands in the print of the rest, ThreadRun by ThreadRun.

use std::hash::{Hash, Hasher};

use halter_engine::RunState;
use halter_engine::state::{
    EventIndex, HaltReason, NodeRun, NodeRunDetail, Position, RunState as State, ThreadNumber,
    ThreadRun,
};
use xxhash_rust::xxh3::xxh3_128;

use crate::built_in::is_forgotten;

/// 128 bits: among a million states two share one with a probability of 1 in 10²⁶.
pub(crate) type Fingerprint = u128;

/// Writes what matters of a state into bytes; different meanings never give the same bytes.
#[derive(Debug, Default)]
pub(crate) struct Canonical {
    bytes: Bytes,
    /// The events that were referred to so far: their place here is their number.
    events: Vec<EventIndex>,
}

/// A hasher that hashes nothing before it is asked: it keeps what it is given.
#[derive(Debug, Default)]
pub(crate) struct Bytes(Vec<u8>);

impl Bytes {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        xxh3_128(&self.0)
    }
}

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

/// What is known of a ThreadRun by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Print {
    /// Of its number and of all that depends on nothing else.
    pub(crate) own: Fingerprint,
    /// Whether there is more, which depends on others.
    pub(crate) refers: bool,
}

impl Canonical {
    /// The fingerprint of a state, without what is left of the budgets.
    pub(crate) fn fingerprint(&mut self, state: &RunState) -> Fingerprint {
        let threads = (0..).zip(&state.threads);
        let prints: Vec<Print> = threads.map(|(number, t)| self.print(number, t)).collect();
        self.whole(state, &prints)
    }

    /// The fingerprint of a state of whose ThreadRuns the prints are known.
    pub(crate) fn whole(&mut self, state: &RunState, prints: &[Print]) -> Fingerprint {
        self.bytes.clear();
        self.events.clear();
        self.rest(state, prints);
        let rest = self.bytes.fingerprint();
        prints.iter().fold(rest, |whole, print| whole ^ print.own)
    }

    /// The print of a ThreadRun.
    pub(crate) fn print(&mut self, number: ThreadNumber, thread: &ThreadRun) -> Print {
        self.bytes.clear();
        self.put(number);
        let refers = self.thread(thread);
        Print { own: self.bytes.fingerprint(), refers }
    }

    fn put(&mut self, part: impl Hash) {
        part.hash(&mut self.bytes);
    }

    fn rest(&mut self, state: &State, prints: &[Print]) {
        self.put(state.status);
        self.put(state.threads.len() as u32);
        self.put(&state.live);
        for (thread, print) in state.threads.iter().zip(prints) {
            if print.refers {
                self.references(state, thread);
            }
        }
        self.put(state.archived as u32);
        let deadlines = state.deadlines.iter();
        for deadline in deadlines.filter(|d| state.form(d.thread, d.position).is_some()) {
            self.put((1_u8, deadline.at.saturating_sub(state.now), deadline.action));
            self.put((deadline.thread, deadline.epoch));
            self.position(state, deadline.thread, deadline.position);
        }
        for &(thread, position) in &state.child_wfs {
            if let Some(child) = state.child_wf(thread, position) {
                self.put((2_u8, thread, &child.wf_spec, &child.id, &child.result));
                self.position(state, thread, position);
                self.put(child.run.as_ref().map(|run| Canonical::default().fingerprint(run)));
            }
        }
        for awaited in &state.awaited_keys {
            self.put((3_u8, awaited.thread, awaited.def, &awaited.key));
            self.position(state, awaited.thread, awaited.position);
        }
        self.put(0_u8);
        self.put(state.pending_interrupts.len() as u32);
        for pending in &state.pending_interrupts {
            self.event(pending.event);
            self.put((pending.thread, pending.handler));
        }
        self.put(&state.pending_failures);
        self.put(&state.correlated_events);
        self.put(state.thrown_events.len() as u32);
        for thrown in &state.thrown_events {
            self.put((thrown.def, &thrown.content));
        }
        // Those that nobody took may still be taken, of each def in their order.
        for event in state.unclaimed.iter() {
            self.put(1_u8);
            self.event(event);
        }
        self.put(0_u8);
        // An event that was lost is over, but a property asks for it.
        for (event, index) in state.events.iter().zip(0..) {
            if is_forgotten(state, index) {
                self.put(event.def);
            }
        }
        self.put(u16::MAX);
        let seen = std::mem::take(&mut self.events);
        for &index in &seen {
            if let Some(event) = state.events.get(index as usize) {
                self.put((event.def, &event.content, event.claimed));
                self.put((event.thread, event.position));
            }
        }
        self.events = seen;
    }

    fn event(&mut self, event: EventIndex) {
        let known = self.events.iter().position(|&e| e == event);
        let number = known.unwrap_or_else(|| {
            self.events.push(event);
            self.events.len() - 1
        });
        self.put(number as u32);
    }

    /// What depends on the ThreadRun alone; whether there is more.
    fn thread(&mut self, thread: &ThreadRun) -> bool {
        let mut refers = false;
        self.put((thread.spec, thread.kind, thread.status, thread.parent));
        self.put((&thread.children, &thread.live_children));
        self.put(thread.halt_reasons.len() as u32);
        for reason in &thread.halt_reasons {
            refers |= self.reason(reason);
        }
        let handles = thread.trigger.is_some() && !thread.status.is_terminal();
        self.put(handles);
        refers |= handles || thread.failure_being_handled.is_some();
        self.put(thread.failure_being_handled.map(|(thread, _, index)| (thread, index)));
        self.put(&thread.handled_failed_children);
        self.put((&thread.error_message, &thread.output, &thread.variables));
        self.put(&thread.outputs);
        if let Some(node_run) = thread.current() {
            refers |= self.node_run(node_run);
        }
        refers
    }

    /// What depends on more than the ThreadRun, in the order in which [`Canonical::thread`] goes.
    fn references(&mut self, state: &State, thread: &ThreadRun) {
        for reason in &thread.halt_reasons {
            match *reason {
                HaltReason::PendingInterrupt(event) => self.event(event),
                HaltReason::HaltedByParent(thread, position) => {
                    self.position(state, thread, position);
                }
                HaltReason::Interrupted(_)
                | HaltReason::ParentHalted(_)
                | HaltReason::PendingFailure(_)
                | HaltReason::HandlingFailure(_)
                | HaltReason::ManualHalt => {}
            }
        }
        if let Some(event) = thread.trigger.filter(|_| !thread.status.is_terminal()) {
            self.event(event);
        }
        if let Some((thread, position, _)) = thread.failure_being_handled {
            self.position(state, thread, position);
        }
        let from_now = |at: Option<i64>| at.map(|at| at.saturating_sub(state.now));
        match thread.current().map(|node_run| &node_run.detail) {
            Some(NodeRunDetail::Task(Some(task))) => {
                for attempt in &task.attempts {
                    self.put(from_now(attempt.due));
                }
            }
            Some(NodeRunDetail::ExternalEvent { event, timeout_at, .. }) => {
                self.put(from_now(*timeout_at));
                if let Some(event) = *event {
                    self.event(event);
                }
            }
            Some(NodeRunDetail::Sleep { matures_at, .. }) => self.put(from_now(*matures_at)),
            Some(NodeRunDetail::WaitForChildWf(Some((thread, position)))) => {
                self.put(thread);
                self.position(state, *thread, *position);
            }
            Some(
                NodeRunDetail::Plain
                | NodeRunDetail::Task(None)
                | NodeRunDetail::StartThread(_)
                | NodeRunDetail::StartMultipleThreads(_)
                | NodeRunDetail::WaitForThreads(_)
                | NodeRunDetail::UserTask(_)
                | NodeRunDetail::ThrowEvent(_)
                | NodeRunDetail::RunChildWf { .. }
                | NodeRunDetail::WaitForChildWf(None),
            )
            | None => {}
        }
    }

    fn reason(&mut self, reason: &HaltReason) -> bool {
        match *reason {
            HaltReason::PendingInterrupt(_) => self.put(0_u8),
            HaltReason::Interrupted(thread) => self.put((1_u8, thread)),
            HaltReason::ParentHalted(thread) => self.put((2_u8, thread)),
            // It is the current one: the ThreadRun halts at the node that failed.
            HaltReason::PendingFailure(_) => self.put(3_u8),
            HaltReason::HandlingFailure(thread) => self.put((4_u8, thread)),
            HaltReason::HaltedByParent(thread, _) => self.put((5_u8, thread)),
            HaltReason::ManualHalt => self.put(6_u8),
        }
        matches!(reason, HaltReason::PendingInterrupt(_) | HaltReason::HaltedByParent(..))
    }

    /// A position, counted back from the current NodeRun.
    fn position(&mut self, state: &State, thread: ThreadNumber, position: Position) {
        let current = state.thread(thread).map_or(0, ThreadRun::position);
        self.put(current.wrapping_sub(position));
    }

    fn node_run(&mut self, node_run: &NodeRun) -> bool {
        self.put((node_run.node, node_run.status));
        self.put((&node_run.failures, &node_run.failure_handlers));
        self.put(&node_run.error_message);
        match &node_run.detail {
            NodeRunDetail::Plain => self.put(0_u8),
            NodeRunDetail::Task(None) => self.put(1_u8),
            NodeRunDetail::Task(Some(task)) => {
                self.put((2_u8, task.task_def, task.status, &task.inputs));
                self.put(task.attempts.len() as u32);
                for attempt in &task.attempts {
                    self.put((attempt.status, &attempt.output, &attempt.error));
                    self.put((&attempt.exception, attempt.due.is_some()));
                }
                return task.attempts.iter().any(|attempt| attempt.due.is_some());
            }
            NodeRunDetail::ExternalEvent { event, timeout_at, timed_out, correlation_key } => {
                self.put((3_u8, timed_out, correlation_key));
                self.put((timeout_at.is_some(), event.is_some()));
                return timeout_at.is_some() || event.is_some();
            }
            NodeRunDetail::StartThread(thread) => self.put((4_u8, thread)),
            NodeRunDetail::StartMultipleThreads(threads) => self.put((5_u8, threads)),
            NodeRunDetail::WaitForThreads(waits) => self.put((6_u8, waits)),
            NodeRunDetail::Sleep { matures_at, matured } => {
                self.put((7_u8, matures_at.is_some(), matured));
                return matures_at.is_some();
            }
            NodeRunDetail::UserTask(form) => self.put((8_u8, form)),
            NodeRunDetail::ThrowEvent(event) => self.put((9_u8, event)),
            // What became of it stands with the rest.
            NodeRunDetail::RunChildWf { inputs, child } => {
                self.put((10_u8, inputs, child.is_some()));
            }
            NodeRunDetail::WaitForChildWf(child) => {
                self.put((11_u8, child.is_some()));
                return child.is_some();
            }
        }
        false
    }
}
