//! Which earlier occurrence an occurrence came from.

use std::collections::{BTreeMap, HashMap};

use halter_engine::occurrence::{Because, Occurrence, What};
use halter_engine::state::{EventIndex, Position, ThreadNumber};

use crate::sitting::{OccurrenceId, Told};

/// What caused an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The step's command.
    Command,
    /// An earlier occurrence.
    Occurrence(OccurrenceId),
}

/// The latest occurrence about each subject.
#[derive(Debug, Clone, Default)]
pub(crate) struct Latest {
    last: OccurrenceId,
    threads: HashMap<ThreadNumber, OccurrenceId>,
    nodes: HashMap<(ThreadNumber, Position), OccurrenceId>,
    events: HashMap<EventIndex, OccurrenceId>,
    /// The same of the child WfRuns that are played, by the NodeRuns that started them.
    child_wfs: BTreeMap<(ThreadNumber, Position), Latest>,
}

impl Latest {
    /// As it was after these had happened.
    pub(crate) fn of<'a>(told: impl Iterator<Item = &'a Told>) -> Self {
        let mut latest = Latest::default();
        for told in told {
            latest.last = told.id;
            latest.note(told.id, &told.what);
        }
        latest
    }

    /// Numbers an occurrence and finds what caused it.
    pub(crate) fn tell(&mut self, occurrence: Occurrence) -> Told {
        let cause = self.cause(&occurrence);
        let cause = cause.map_or(Cause::Command, Cause::Occurrence);
        let Occurrence { what, rule, .. } = occurrence;
        self.last += 1;
        self.note(self.last, &what);
        Told { id: self.last, what, rule, cause }
    }

    fn cause(&self, Occurrence { what, because, .. }: &Occurrence) -> Option<OccurrenceId> {
        if let What::InChildWf { thread, position, occurrence } = what {
            let place = (*thread, *position);
            let inner = self.child_wfs.get(&place).and_then(|latest| latest.cause(occurrence));
            // No command starts a child WfRun: the node of its parent does.
            let starts = matches!(
                (&occurrence.what, occurrence.because),
                (
                    What::WfRunStarted | What::WfRunStatus(_) | What::ThreadStarted { .. },
                    Because::Command
                )
            );
            return inner.or_else(|| self.nodes.get(&place).copied().filter(|_| starts));
        }
        let found = match because {
            Because::Command => None,
            Because::Thread(thread) => self.threads.get(thread),
            // Nobody arrives at the first node: the ThreadRun started there.
            Because::Node(thread, position) => {
                self.nodes.get(&(*thread, *position)).or_else(|| self.threads.get(thread))
            }
            Because::Event(event) => self.events.get(event),
        };
        found.copied()
    }

    fn note(&mut self, id: OccurrenceId, what: &What) {
        match *what {
            What::InChildWf { thread, position, ref occurrence } => {
                let child = self.child_wfs.entry((thread, position)).or_default();
                child.note(id, &occurrence.what);
            }
            What::ThreadStarted { thread, .. }
            | What::ThreadStatus { thread, .. }
            | What::HaltReasonAdded { thread, .. }
            | What::HaltReasonResolved { thread, .. } => {
                self.threads.insert(thread, id);
            }
            What::Interrupted { thread, event } => {
                self.threads.insert(thread, id);
                self.events.insert(event, id);
            }
            What::NodeArrived { thread, position }
            | What::NodeStatus { thread, position, .. }
            | What::TaskStatus { thread, position, .. }
            | What::NodeFailed { thread, position }
            | What::TimerFired { thread, position }
            | What::EventThrown { thread, position, .. }
            | What::TaskSent { thread, position, .. }
            | What::UserTask { thread, position, .. }
            | What::ChildWf { thread, position, .. } => {
                self.nodes.insert((thread, position), id);
            }
            What::EventClaimed { event, thread, position } => {
                self.nodes.insert((thread, position), id);
                self.events.insert(event, id);
            }
            What::EventArrived { event } => {
                self.events.insert(event, id);
            }
            What::WfRunStarted
            | What::WfRunStatus(_)
            | What::VariableSet { .. }
            | What::TimePassed { .. }
            | What::BrokeOff { .. } => {}
        }
    }
}
