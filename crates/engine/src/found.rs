//! A state that was not played: a run as it was found elsewhere. What follows from its ThreadRuns and events is worked out here, so
//! that commands can go on from it.

use std::sync::Arc;

use crate::event_ids::key;
use crate::program::{NodeKind, Program};
use crate::state::{
    AwaitedKey, ExternalEvent, NodeRunDetail, PendingFailure, PendingInterrupt, RunState, Status,
    ThreadNumber, ThreadRun, ThrownEvent,
};

/// What is known of a run.
#[derive(Debug, Clone)]
pub struct Found {
    /// Status of the WfRun.
    pub status: Status,
    /// ThreadRuns by number. Their `live_children` and `outputs` are worked out.
    pub threads: Vec<ThreadRun>,
    /// ExternalEvents in the order of their arrival.
    pub events: Vec<ExternalEvent>,
    /// Interrupts whose handler was not started yet.
    pub pending_interrupts: Vec<PendingInterrupt>,
    /// Failure handlers that were not started yet.
    pub pending_failures: Vec<PendingFailure>,
    /// Workflow events that were thrown.
    pub thrown_events: Vec<ThrownEvent>,
    /// Virtual time, in milliseconds.
    pub now: i64,
}

impl RunState {
    /// The state of a run that was found. Numbers of ThreadRuns, nodes and events within `found` must be in range.
    #[must_use]
    pub fn found(program: &Program, found: Found) -> Self {
        let Found {
            status,
            mut threads,
            events,
            pending_interrupts,
            pending_failures,
            thrown_events,
            now,
        } = found;
        let over: Vec<bool> = threads.iter().map(|thread| thread.status.is_terminal()).collect();
        let is_live = |number: &ThreadNumber| over.get(*number as usize) == Some(&false);
        let mut state =
            RunState { status, pending_interrupts, pending_failures, now, ..Self::default() };
        state.thrown_events = thrown_events.into_iter().map(Arc::new).collect();
        state.live = (0..over.len() as ThreadNumber).filter(is_live).collect();
        state.live_of = vec![0; program.specs.len()];
        for (event, index) in events.iter().zip(0..) {
            state.event_ids.insert(key(event.def, &event.guid));
            if !event.claimed {
                state.unclaimed.push(event.def, index);
            }
        }
        state.events = events.into_iter().collect();
        for (thread, number) in threads.iter_mut().zip(0..) {
            thread.live_children = thread.children.iter().copied().filter(is_live).collect();
            if is_live(&number)
                && let Some(count) = state.live_of.get_mut(usize::from(thread.spec))
            {
                *count += 1;
            }
            state.archived += usize::from(thread.archived);
            let completed = thread.status == Status::Completed && !thread.archived;
            if number > 0 && completed && program.limits.archives() {
                state.completed.push(number);
            }
            for (run, position) in thread.node_runs.iter().zip(0..) {
                if matches!(run.detail, NodeRunDetail::RunChildWf { child: Some(_), .. }) {
                    state.child_wfs.push((number, position));
                }
                // Of one that has an event nobody knows whether that was a correlated one.
                if let NodeRunDetail::ExternalEvent {
                    event: None,
                    timed_out: false,
                    correlation_key: Some(key),
                    ..
                } = &run.detail
                    && let Some(spec) = program.specs.get(usize::from(thread.spec))
                    && let Some(node) = spec.nodes.get(usize::from(run.node))
                    && let NodeKind::ExternalEvent { event: def, .. } = node.kind
                {
                    let key = Arc::clone(key);
                    let awaited = AwaitedKey { thread: number, position, def, key };
                    state.awaited_keys.push(Arc::new(awaited));
                }
            }
        }
        state.threads = threads.into_iter().map(Arc::new).collect();
        state.keep_outputs(program);
        state
    }

    /// Keeps the outputs that some assignment reads later.
    fn keep_outputs(&mut self, program: &Program) {
        for number in 0..self.threads.len() {
            let Some(thread) = self.threads.get(number) else { continue };
            let Some(spec) = program.specs.get(usize::from(thread.spec)) else { continue };
            let mut outputs = Vec::new();
            for run in &thread.node_runs {
                let keeps = spec.nodes.get(usize::from(run.node)).is_some_and(|n| n.keeps_output);
                if keeps
                    && run.status == Status::Completed
                    && let Some(output) = self.output_of(&run.detail)
                {
                    outputs.retain(|(node, _)| *node != run.node);
                    outputs.push((run.node, output));
                }
            }
            if let Some(thread) = self.threads.get_mut(number) {
                Arc::make_mut(thread).outputs = outputs;
            }
        }
    }
}
