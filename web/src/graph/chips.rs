//! What can be done to a ThreadRun now, where it acts: at the node that the ThreadRun is at what is for its task or its wait, on the
//! lane the event that interrupts it, and its stop. The row of commands has all of it too, with fields and for the keyboard.

use std::collections::BTreeMap;

use halter_engine::program::Program;
use halter_session::offers::{Action, Offer};
use halter_session::view::{RunView, ThreadView};

/// A button on a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chip {
    pub(crate) action: Action,
    /// What is done,
    pub(super) verb: &'static str,
    /// with what: the name of an event. Both are seen.
    pub(super) object: String,
    /// What is heard; it begins with what is seen.
    pub(super) label: String,
    /// What it would do, if its label does not say it all.
    pub(super) note: String,
    pub(super) wanted: Wanted,
    pub(super) at: At,
}

/// Where on a lane a command acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// On the ThreadRun.
    Lane,
    /// On the node that the ThreadRun is at.
    Node,
}

/// How likely somebody wants a command on a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// It is seen.
    Often,
    /// It is behind the lane's `⋯`.
    Seldom,
}

/// Chips by the number of the ThreadRun.
pub(crate) type Chips = BTreeMap<u32, Vec<Chip>>;

/// The chips of all lanes.
pub(crate) fn chips(program: &Program, run: &RunView, offers: &[Offer]) -> Chips {
    use At::{Lane, Node};
    use Wanted::{Often, Seldom};

    let name = |thread: u32| run.thread(thread).map(ThreadView::name).unwrap_or_default();
    let mut chips = Chips::new();
    for offer in offers {
        let mut add = |wanted: Wanted, at: At, thread: u32, verb: &'static str, what: &str| {
            let label = format!("{verb}{what} {}", name(thread));
            let (action, note, object) = (offer.action, offer.note.clone(), String::new());
            let chip = Chip { action, verb, object, label, note, wanted, at };
            chips.entry(thread).or_default().push(chip);
        };
        match offer.action {
            Action::PostEvent { def, .. } => {
                let event = program.events.get(usize::from(def)).map_or("", |event| &*event.name);
                let mut post = |at: At, thread: u32, what: &str| {
                    chips.entry(thread).or_default().push(Chip {
                        action: offer.action,
                        verb: "Post",
                        object: event.to_owned(),
                        label: format!("Post {event}: it {what} {}", name(thread)),
                        note: offer.note.clone(),
                        wanted: Often,
                        at,
                    });
                };
                offer.reach.interrupts.iter().for_each(|of| post(Lane, *of, "interrupts"));
                offer.reach.waiting.iter().for_each(|of| post(Node, *of, "is awaited by"));
            }
            Action::ClaimTask(thread, _) => add(Often, Node, thread, "Claim", " the task of"),
            Action::CompleteTask(thread, _) => add(Often, Node, thread, "Complete", " the task of"),
            Action::FailTask(thread, _) => add(Often, Node, thread, "Fail", " the task of"),
            Action::CompleteUserTask(thread, _) => {
                add(Often, Node, thread, "Complete", " the form of");
            }
            Action::Resume(thread) => add(Often, Lane, thread, "Resume", ""),
            Action::Rescue { thread, skip: false } => add(Often, Lane, thread, "Rescue", ""),
            Action::Stop(thread) => add(Seldom, Lane, thread, "Stop", ""),
            Action::Rescue { thread, skip: true } => {
                add(Seldom, Lane, thread, "Rescue past the node", " of");
            }
            Action::ThrowException(thread, _) => {
                add(Seldom, Node, thread, "Throw an exception", " from the task of");
            }
            Action::CompleteChildWf(thread, position) => {
                let of = format!(" that node {position} started in");
                add(Often, Node, thread, "Complete workflow", &of);
            }
            Action::FailChildWf(thread, position) => {
                let of = format!(" that node {position} started in");
                add(Seldom, Node, thread, "Fail workflow", &of);
            }
            Action::ThrowFromChildWf(thread, position) => {
                let of = format!(" that node {position} started in");
                add(Seldom, Node, thread, "Throw an exception from the workflow", &of);
            }
            Action::CancelUserTask(thread, _) => {
                add(Seldom, Node, thread, "Cancel", " the form of");
            }
            // These are of no ThreadRun.
            Action::RunWf | Action::PostCorrelatedEvent { .. } | Action::PassTime(_) => {}
        }
    }
    chips
}
