//! Correlated events: they find the NodeRuns that wait for their key, now or later.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::occurrence::Observer;
use crate::run::Stepping;
use crate::state::{AwaitedKey, CorrelatedEvent, ExternalEvent, Position, ThreadNumber};

impl<O: Observer> Stepping<'_, O> {
    /// Posts a correlated event: every NodeRun that awaits the key gets an event of its own, and the correlated event stays for
    /// later ones, unless it may be used only once: then the first one gets it, whether it waits still or not.
    ///
    /// They interrupt nobody: an event that NodeRuns wait for is no interrupt (V-EVENT-REUSED).
    /// Whether any NodeRun got one.
    pub(crate) fn correlate(&mut self, event: CorrelatedEvent, once: bool) -> bool {
        let awaited = self.state.awaited_keys.iter();
        let of_key = awaited.filter(|awaited| awaited.def == event.def && awaited.key == event.key);
        let mut places: Vec<_> = of_key.map(|awaited| (awaited.thread, awaited.position)).collect();
        places.sort_unstable();
        if once {
            places.truncate(1);
        }
        for &(thread, position) in &places {
            self.await_key_no_more(thread, position);
            self.post_for(&event, thread, position);
        }
        let has_matched = !places.is_empty();
        if !once || !has_matched {
            self.state.correlated_events.push(Arc::new(event));
        }
        has_matched
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
        self.post_for(&event, thread, position);
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
