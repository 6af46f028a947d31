//! Correlated events: they find the NodeRuns that wait for their key, now or later.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::occurrence::Observer;
use crate::run::{Found, Stepping};
use crate::state::{AwaitedKey, CorrelatedEvent, ExternalEvent, Position, ThreadNumber};

impl<O: Observer> Stepping<'_, O> {
    /// Posts a correlated event: every NodeRun that awaits the key gets an event of its own, and the correlated event stays for
    /// later ones, unless it may be used only once: then the first one gets it, whether it waits still or not.
    ///
    /// They interrupt nobody: an event that NodeRuns wait for is no interrupt (V-EVENT-REUSED).
    pub(crate) fn correlate(&mut self, event: CorrelatedEvent, once: bool) {
        let event = Arc::new(event);
        let awaited = self.state.awaited_keys.iter();
        let of_key = awaited.filter(|awaited| awaited.def == event.def && awaited.key == event.key);
        let mut places: Vec<_> = of_key.map(|awaited| (awaited.thread, awaited.position)).collect();
        places.sort_unstable();
        if once {
            places.truncate(1);
        }
        for &(thread, position) in &places {
            self.await_key_no_more(thread, position);
            self.found.push_back(Found { event: Arc::clone(&event), thread, position });
        }
        if !once || places.is_empty() {
            self.state.correlated_events.push(event);
        }
    }

    /// A NodeRun begins to wait for a key: an event that came before finds it, or one that comes later will.
    pub(crate) fn correlate_arrival(&mut self, thread: ThreadNumber, def: u16, key: &Arc<str>) {
        let position = self.position(thread);
        let mut came = self.state.correlated_events.iter();
        let Some(index) = came.position(|event| event.def == def && event.key == *key) else {
            let awaited = AwaitedKey { thread, position, def, key: Arc::clone(key) };
            self.state.awaited_keys.push(Arc::new(awaited));
            return;
        };
        let event = Arc::clone(&self.state.correlated_events[index]);
        let once = self.program.events[usize::from(event.def)].correlated == Some(true);
        if once {
            self.state.correlated_events.remove(index);
        }
        self.found.push_back(Found { event, thread, position });
    }

    /// R-STEP: what was found arrives, one after the other, each taken to its fixed point.
    pub(crate) fn deliver_found(&mut self) {
        while let Some(Found { event, thread, position }) = self.found.pop_front() {
            self.bytes.set(0);
            let to_come = self.found.len();
            let before = self.program.semantics.may_break_off().then(|| self.state.clone());
            let heard = self.observer.heard();
            self.post_for(&event, thread, position);
            if let Err(lost) = self.advance().and_then(|()| self.go_on_if_whole()) {
                // The event alone is lost, not what it followed.
                self.take_back(before, to_come);
                self.break_off(heard, lost);
            }
            self.end_command();
        }
    }

    /// No correlated event is sent to a NodeRun any more.
    pub(crate) fn await_key_no_more(&mut self, thread: ThreadNumber, position: Position) {
        self.state
            .awaited_keys
            .retain(|awaited| (awaited.thread, awaited.position) != (thread, position));
    }

    /// An ExternalEvent for one NodeRun only; its id tells key and place.
    fn post_for(&mut self, event: &CorrelatedEvent, thread: ThreadNumber, position: Position) {
        let guid: Arc<str> = format!("{}-{thread}-{position}", event.key).into();
        let content: Value = event.content.clone();
        let key = crate::event_ids::key(event.def, &guid);
        self.add_event(
            key,
            ExternalEvent {
                def: event.def,
                guid,
                content,
                claimed: false,
                claimed_by: None,
                thread: Some(thread),
                position: Some(position),
            },
        );
    }
}
