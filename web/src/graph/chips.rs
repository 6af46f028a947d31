//! What can be done to a ThreadRun now, on its lane: the event that would reach it, its task, its stop. The row of commands has
//! all of it too, with fields and for the keyboard; a lane has what the pointer is likely to want there.

use std::collections::BTreeMap;

use halter_engine::program::Program;
use halter_session::offers::{Action, Offer};

/// A button on a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chip {
    pub(crate) action: Action,
    /// What is seen.
    pub(super) word: String,
    /// What is heard; it begins with what is seen.
    pub(super) label: String,
    /// What it would do, if its label does not say it all.
    pub(super) note: String,
    pub(super) wanted: Wanted,
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
pub(crate) fn chips(program: &Program, offers: &[Offer]) -> Chips {
    use Wanted::{Often, Seldom};

    let mut chips = Chips::new();
    for offer in offers {
        let mut add = |wanted: Wanted, thread: u32, word: &str, what: &str| {
            let label = format!("{word}{what} ThreadRun {thread}");
            let (action, note, word) = (offer.action, offer.note.clone(), word.to_owned());
            chips.entry(thread).or_default().push(Chip { action, word, label, note, wanted });
        };
        match offer.action {
            Action::PostEvent { def } => {
                let name = program.events.get(usize::from(def)).map_or("", |event| &*event.name);
                let post = format!("Post {name}");
                for thread in &offer.reach.interrupts {
                    add(Often, *thread, &post, ": it interrupts");
                }
                for thread in &offer.reach.waiting {
                    add(Often, *thread, &post, ": it is awaited by");
                }
            }
            Action::ClaimTask(thread, _) => add(Often, thread, "Claim", " the task of"),
            Action::CompleteTask(thread, _) => add(Often, thread, "Complete", " the task of"),
            Action::FailTask(thread, _) => add(Often, thread, "Fail", " the task of"),
            Action::CompleteUserTask(thread, _) => add(Often, thread, "Complete", " the form of"),
            Action::Resume(thread) => add(Often, thread, "Resume", ""),
            Action::Rescue { thread, skip: false } => add(Often, thread, "Rescue", ""),
            Action::Stop(thread) => add(Seldom, thread, "Stop", ""),
            Action::Rescue { thread, skip: true } => {
                add(Seldom, thread, "Rescue past the node", " of");
            }
            Action::ThrowException(thread, _) => {
                add(Seldom, thread, "Throw an exception", " from the task of");
            }
            Action::CancelUserTask(thread, _) => add(Seldom, thread, "Cancel", " the form of"),
            // These are of no ThreadRun.
            Action::RunWf | Action::PostCorrelatedEvent { .. } | Action::PassTime(_) => {}
        }
    }
    chips
}
