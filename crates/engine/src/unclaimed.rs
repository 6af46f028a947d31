//! Events that nobody claimed yet, by their def: whoever waits for one reads no others, and copies share them.

use std::hash::{Hash, Hasher};

use crate::list::List;
use crate::state::EventIndex;

/// Unclaimed events, of each def in the order of their arrival.
#[derive(Debug, Default)]
pub struct Unclaimed {
    /// By index of the def. Lists that have become empty stay: most of them are soon used again.
    by_def: Vec<List<EventIndex>>,
}

/// Empty lists behind the others are no difference.
impl PartialEq for Unclaimed {
    fn eq(&self, other: &Unclaimed) -> bool {
        self.used() == other.used()
    }
}

impl Eq for Unclaimed {}

impl Hash for Unclaimed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.used().hash(state);
    }
}

impl Clone for Unclaimed {
    fn clone(&self) -> Self {
        Unclaimed { by_def: self.by_def.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.by_def.clone_from(&source.by_def);
    }
}

impl Unclaimed {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_def.iter().all(List::is_empty)
    }

    /// The lists up to the last that is not empty.
    fn used(&self) -> &[List<EventIndex>] {
        let empty = self.by_def.iter().rev().take_while(|list| list.is_empty()).count();
        &self.by_def[..self.by_def.len() - empty]
    }

    /// Those of a def, the one that arrived first in front.
    pub fn of(&self, def: u16) -> impl Iterator<Item = EventIndex> {
        self.by_def.get(usize::from(def)).into_iter().flatten().copied()
    }

    /// All of them, def by def.
    pub fn iter(&self) -> impl Iterator<Item = EventIndex> {
        self.by_def.iter().flatten().copied()
    }

    pub(crate) fn push(&mut self, def: u16, event: EventIndex) {
        let def = usize::from(def);
        if self.by_def.len() <= def {
            self.by_def.resize_with(def + 1, List::default);
        }
        self.by_def[def].push(event);
    }

    /// Takes out an event that was claimed.
    pub(crate) fn remove(&mut self, def: u16, event: EventIndex) {
        let Some(list) = self.by_def.get_mut(usize::from(def)) else {
            return;
        };
        // It is mostly the latest.
        if let Some(back) = list.iter().rev().position(|&e| e == event) {
            list.remove(list.len() - 1 - back);
        }
    }
}
