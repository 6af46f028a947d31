//! Fingerprints of states: what is alike for everything that may still happen has the same one.
//!
//! Left out is what no rule reads: ids of events (a choice never posts one twice), the time on the clock (what comes
//! due is counted from now), the NodeRuns that a ThreadRun has left behind, and events that are over.

use std::hash::{Hash, Hasher};

use halter_engine::RunState;
use halter_engine::state::{
    EventIndex, HaltReason, NodeRun, NodeRunDetail, Position, RunState as State, ThreadNumber,
    ThreadRun,
};
use xxhash_rust::xxh3::xxh3_128;

use crate::question::is_forgotten;

/// 128 bits: among a million states two share one with a probability of 1 in 10²⁶.
pub(crate) type Fingerprint = u128;

/// Writes what matters of a state into bytes; different meanings never give the same bytes.
#[derive(Debug, Default)]
pub(crate) struct Canonical {
    bytes: Bytes,
    /// The events that were referred to so far: their place here is their number.
    events: Vec<EventIndex>,
}

/// A hasher that hashes nothing: it keeps what it is given.
#[derive(Debug, Default)]
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

impl Canonical {
    /// The fingerprint of a state, without what is left of the budgets.
    pub(crate) fn fingerprint(&mut self, state: &RunState) -> Fingerprint {
        xxh3_128(self.bytes(state))
    }

    /// What matters of a state.
    pub(crate) fn bytes(&mut self, state: &RunState) -> &[u8] {
        self.bytes.0.clear();
        self.events.clear();
        self.state(state);
        &self.bytes.0
    }

    fn put(&mut self, part: impl Hash) {
        part.hash(&mut self.bytes);
    }

    fn state(&mut self, state: &State) {
        self.put(state.status);
        self.put(state.threads.len() as u32);
        for (number, thread) in (0..).zip(&state.threads) {
            self.thread(state, number, thread);
        }
        self.put(state.archived as u32);
        let deadlines = state.deadlines.iter();
        for deadline in deadlines.filter(|d| state.form(d.thread, d.position).is_some()) {
            self.put((1_u8, deadline.at.saturating_sub(state.now), deadline.action));
            self.put((deadline.thread, deadline.epoch));
            self.position(state, deadline.thread, deadline.position);
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
        // An event that was lost is over, but a question asks for it.
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

    fn thread(&mut self, state: &State, number: ThreadNumber, thread: &ThreadRun) {
        self.put((thread.spec, thread.kind, thread.status, thread.parent));
        self.put((&thread.children, &thread.live_children));
        self.put(thread.halt_reasons.len() as u32);
        for reason in &thread.halt_reasons {
            self.reason(state, reason);
        }
        match thread.trigger {
            Some(event) if !thread.status.is_terminal() => {
                self.put(1_u8);
                self.event(event);
            }
            _ => self.put(0_u8),
        }
        match thread.failure_being_handled {
            Some((thread, position, index)) => {
                self.put((1_u8, thread, index));
                self.position(state, thread, position);
            }
            None => self.put(0_u8),
        }
        self.put(&thread.handled_failed_children);
        self.put((&thread.error_message, &thread.output, &thread.variables));
        self.put(&thread.outputs);
        self.put(state.live.binary_search(&number).is_ok());
        if let Some(node_run) = thread.current() {
            self.node_run(state, node_run);
        }
    }

    fn reason(&mut self, state: &State, reason: &HaltReason) {
        match *reason {
            HaltReason::PendingInterrupt(event) => {
                self.put(0_u8);
                self.event(event);
            }
            HaltReason::Interrupted(thread) => self.put((1_u8, thread)),
            HaltReason::ParentHalted(thread) => self.put((2_u8, thread)),
            // It is the current one: the ThreadRun halts at the node that failed.
            HaltReason::PendingFailure(_) => self.put(3_u8),
            HaltReason::HandlingFailure(thread) => self.put((4_u8, thread)),
            HaltReason::HaltedByParent(thread, position) => {
                self.put((5_u8, thread));
                self.position(state, thread, position);
            }
            HaltReason::ManualHalt => self.put(6_u8),
        }
    }

    /// A position, counted back from the current NodeRun.
    fn position(&mut self, state: &State, thread: ThreadNumber, position: Position) {
        let current = state.thread(thread).map_or(0, ThreadRun::position);
        self.put(current.wrapping_sub(position));
    }

    fn node_run(&mut self, state: &State, node_run: &NodeRun) {
        self.put((node_run.node, node_run.status));
        self.put((&node_run.failures, &node_run.failure_handlers));
        self.put(&node_run.error_message);
        let from_now = |at: Option<i64>| at.map(|at| at.saturating_sub(state.now));
        match &node_run.detail {
            NodeRunDetail::Plain => self.put(0_u8),
            NodeRunDetail::Task(None) => self.put(1_u8),
            NodeRunDetail::Task(Some(task)) => {
                self.put((2_u8, task.task_def, task.status, &task.inputs));
                self.put(task.attempts.len() as u32);
                for attempt in &task.attempts {
                    self.put((attempt.status, &attempt.output, &attempt.error));
                    self.put((&attempt.exception, from_now(attempt.due)));
                }
            }
            NodeRunDetail::ExternalEvent { event, timeout_at, timed_out, correlation_key } => {
                self.put((3_u8, timed_out, correlation_key, from_now(*timeout_at)));
                match *event {
                    Some(event) => {
                        self.put(1_u8);
                        self.event(event);
                    }
                    None => self.put(0_u8),
                }
            }
            NodeRunDetail::StartThread(thread) => self.put((4_u8, thread)),
            NodeRunDetail::StartMultipleThreads(threads) => self.put((5_u8, threads)),
            NodeRunDetail::WaitForThreads(waits) => self.put((6_u8, waits)),
            NodeRunDetail::Sleep { matures_at, matured } => {
                self.put((7_u8, from_now(*matures_at), matured));
            }
            NodeRunDetail::UserTask(form) => self.put((8_u8, form)),
            NodeRunDetail::ThrowEvent(event) => self.put((9_u8, event)),
        }
    }
}
