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
    /// Whether it is seldom wanted: then it is behind the lane's `⋯`.
    pub(super) seldom: bool,
}

/// Chips by the number of the ThreadRun.
pub(crate) type Chips = BTreeMap<u32, Vec<Chip>>;

/// The chips of all lanes.
pub(crate) fn chips(program: &Program, offers: &[Offer]) -> Chips {
    let mut chips = Chips::new();
    for offer in offers {
        let seldom = is_seldom(offer.action);
        let mut add = |thread: u32, word: String, what: &str| {
            let label = format!("{word}{what} ThreadRun {thread}");
            let (action, note) = (offer.action, offer.note.clone());
            chips.entry(thread).or_default().push(Chip { action, word, label, note, seldom });
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
            Action::Stop(thread) => add(thread, "Stop".to_owned(), ""),
            Action::Rescue { thread, skip: true } => {
                add(thread, "Rescue past the node".to_owned(), " of");
            }
            Action::ThrowException(thread, _) => {
                add(thread, "Throw an exception".to_owned(), " from the task of");
            }
            Action::CancelUserTask(thread, _) => add(thread, "Cancel".to_owned(), " the form of"),
            // These are of no ThreadRun.
            Action::RunWf | Action::PostCorrelatedEvent { .. } | Action::PassTime(_) => {}
        }
    }
    chips
}

fn is_seldom(action: Action) -> bool {
    match action {
        Action::Stop(_)
        | Action::Rescue { skip: true, .. }
        | Action::ThrowException(..)
        | Action::CancelUserTask(..) => true,
        Action::RunWf
        | Action::PostEvent { .. }
        | Action::PostCorrelatedEvent { .. }
        | Action::ClaimTask(..)
        | Action::CompleteTask(..)
        | Action::CompleteUserTask(..)
        | Action::FailTask(..)
        | Action::PassTime(_)
        | Action::Resume(_)
        | Action::Rescue { skip: false, .. } => false,
    }
}
