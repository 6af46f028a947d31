//! Copies of a state, and how a copy becomes like another state again without asking for memory.

use std::sync::Arc;

use crate::list::List;
use crate::state::{ExternalEvent, RunState};

impl Clone for RunState {
    fn clone(&self) -> Self {
        RunState {
            status: self.status,
            threads: self.threads.clone(),
            live: self.live.clone(),
            live_of: self.live_of.clone(),
            pending_interrupts: self.pending_interrupts.clone(),
            pending_failures: self.pending_failures.clone(),
            events: self.events.clone(),
            unclaimed: self.unclaimed.clone(),
            event_ids: self.event_ids.clone(),
            correlated_events: self.correlated_events.clone(),
            awaited_keys: self.awaited_keys.clone(),
            thrown_events: self.thrown_events.clone(),
            child_wfs: self.child_wfs.clone(),
            deadlines: self.deadlines.clone(),
            now: self.now,
            completed: self.completed.clone(),
            archived: self.archived,
        }
    }

    /// Whoever tries many commands on one state has one copy, and takes back what a command has changed.
    fn clone_from(&mut self, source: &Self) {
        let RunState {
            status,
            threads,
            live,
            live_of,
            pending_interrupts,
            pending_failures,
            events,
            unclaimed,
            event_ids,
            correlated_events,
            awaited_keys,
            thrown_events,
            child_wfs,
            deadlines,
            now,
            completed,
            archived,
        } = source;
        self.status = *status;
        self.threads.share(threads);
        self.live.clone_from(live);
        self.live_of.clone_from(live_of);
        self.pending_interrupts.clone_from(pending_interrupts);
        self.pending_failures.clone_from(pending_failures);
        // Mostly nothing came and nothing was taken: to see that costs less than to count who holds what.
        if !are_same(&self.events, events) {
            self.events.clone_from(events);
            self.event_ids.clone_from(event_ids);
            // Those are the events that nobody claimed.
            self.unclaimed.clone_from(unclaimed);
        }
        share(&mut self.correlated_events, correlated_events);
        share(&mut self.awaited_keys, awaited_keys);
        share(&mut self.thrown_events, thrown_events);
        self.child_wfs.clone_from(child_wfs);
        self.deadlines.clone_from(deadlines);
        self.now = *now;
        self.completed.clone_from(completed);
        self.archived = *archived;
    }
}

/// Whether events are the very same; it may say no of some that are only alike.
fn are_same(some: &List<ExternalEvent>, others: &List<ExternalEvent>) -> bool {
    some.len() == others.len()
        && some.iter().zip(others).all(|(event, other)| {
            event.def == other.def
                && Arc::ptr_eq(&event.guid, &other.guid)
                && event.claimed == other.claimed
                && event.claimed_by == other.claimed_by
                && event.thread == other.thread
                && event.position == other.position
                && event.content == other.content
        })
}

/// Makes a list like another; what is the same already stays.
fn share<T>(list: &mut Vec<Arc<T>>, source: &[Arc<T>]) {
    list.truncate(source.len());
    for (own, other) in list.iter_mut().zip(source) {
        if !Arc::ptr_eq(own, other) {
            *own = Arc::clone(other);
        }
    }
    let known = list.len();
    list.extend(source.iter().skip(known).map(Arc::clone));
}
