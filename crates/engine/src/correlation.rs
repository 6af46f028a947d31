//! Correlated events: they find the NodeRuns that wait for their key, now or later.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::occurrence::Observer;
use crate::program::NodeKind;
use crate::run::Stepping;
use crate::state::{CorrelatedEvent, ExternalEvent, NodeRunDetail, Position, ThreadNumber};

impl<O: Observer> Stepping<'_, O> {
    /// Posts a correlated event: every NodeRun that waits for the key gets an event of its own, and the correlated
    /// event stays for later ones, unless it may be used only once.
    ///
    /// They interrupt nobody: an event that NodeRuns wait for is no interrupt (V-EVENT-REUSED).
    /// Whether any NodeRun got one.
    pub(crate) fn correlate(&mut self, event: CorrelatedEvent, once: bool) -> bool {
        let waiting: Vec<ThreadNumber> =
            self.state.live.iter().copied().filter(|n| self.waits_for(*n, &event)).collect();
        let matched = if once { waiting.get(..1).unwrap_or_default() } else { &waiting };
        for &thread in matched {
            self.post_for(&event, thread, self.position(thread));
        }
        let has_matched = !matched.is_empty();
        if !once || !has_matched {
            self.state.correlated_events.push(Arc::new(event));
        }
        has_matched
    }

    /// A NodeRun begins to wait for a key: an event that came before finds it.
    pub(crate) fn correlate_arrival(&mut self, number: ThreadNumber) {
        let found = self.state.correlated_events.iter().position(|e| self.waits_for(number, e));
        let Some(index) = found else { return };
        let event = Arc::clone(&self.state.correlated_events[index]);
        let once = self.program.events[usize::from(event.def)].correlated == Some(true);
        if once {
            self.state.correlated_events.remove(index);
        }
        self.post_for(&event, number, self.position(number));
    }

    fn waits_for(&self, number: ThreadNumber, event: &CorrelatedEvent) -> bool {
        let awaited = matches!(self.node(number).kind, NodeKind::ExternalEvent { event: def, .. } if def == event.def);
        let detail = &self.current(number).detail;
        awaited
            && matches!(detail, NodeRunDetail::ExternalEvent { event: None, correlation_key: Some(key), .. } if *key == event.key)
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
