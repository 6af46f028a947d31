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
}

/// Chips by the number of the ThreadRun.
pub(crate) type Chips = BTreeMap<u32, Vec<Chip>>;

/// The chips of all lanes.
pub(crate) fn chips(program: &Program, offers: &[Offer]) -> Chips {
    let mut chips = Chips::new();
    for offer in offers {
        let mut add = |thread: u32, word: String, what: &str| {
            let label = format!("{word}{what} ThreadRun {thread}");
            let note = offer.note.clone();
            chips.entry(thread).or_default().push(Chip { action: offer.action, word, label, note });
        };
        match offer.action {
            Action::PostEvent { def } => {
                let name = program.events.get(usize::from(def)).map_or("", |event| &*event.name);
                for thread in &offer.reach.interrupts {
                    add(*thread, format!("Post {name}"), ": it interrupts");
                }
                for thread in &offer.reach.waiting {
                    add(*thread, format!("Post {name}"), ": it is awaited by");
                }
            }
            Action::ClaimTask(thread, _) => add(thread, "Claim".to_owned(), " the task of"),
            Action::CompleteTask(thread, _) => add(thread, "Complete".to_owned(), " the task of"),
            Action::FailTask(thread, _) => add(thread, "Fail".to_owned(), " the task of"),
            Action::CompleteUserTask(thread, _) => {
                add(thread, "Complete".to_owned(), " the form of");
            }
            Action::Resume(thread) => add(thread, "Resume".to_owned(), ""),
            Action::Rescue { thread, skip: false } => add(thread, "Rescue".to_owned(), ""),
            // These are seldom wanted, or of no ThreadRun.
            Action::RunWf
            | Action::PostCorrelatedEvent { .. }
            | Action::ThrowException(..)
            | Action::PassTime(_)
            | Action::Stop(_)
            | Action::Rescue { skip: true, .. }
            | Action::CancelUserTask(..) => {}
        }
    }
    chips
}
