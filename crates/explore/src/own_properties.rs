//! The properties of a document, asked of every move: what a state has to remember for them, and where they fail.

use std::sync::Arc;

use halter_engine::condition::{Conditions, Moment, Past, Test};
use halter_engine::{Program, RunState};
use halter_spec::model::Document;
use halter_spec::property::PropertyKind;

use crate::built_in::is_over;

/// The properties of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnProperties {
    properties: Vec<OwnProperty>,
    /// What must be remembered: whether it has happened. Behind it, for each property, whether something is still owed.
    past: Vec<Past>,
}

#[derive(Debug, Clone, PartialEq)]
struct OwnProperty {
    name: Arc<str>,
    text: Arc<str>,
    kind: Compiled,
}

#[derive(Debug, Clone, PartialEq)]
enum Compiled {
    Never(Test),
    Always(Test),
    Can(Test),
    LeadsTo(Test, Test),
}

/// What came of a property in a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Met {
    /// Index of the property that failed, or of a `can` that was met.
    pub(crate) property: usize,
    /// By which move; `None`: because there is none.
    pub(crate) by: Option<u16>,
}

impl OwnProperties {
    /// The properties of a document; what it names is there, or the document would have errors.
    #[must_use]
    pub fn of(document: &Document, program: &Program) -> OwnProperties {
        let mut conditions = Conditions::of(program);
        let properties = document.properties.iter().filter_map(|(name, written)| {
            let mut test = |condition| conditions.compile(condition);
            let kind = match &written.kind {
                PropertyKind::Never(condition) => Compiled::Never(test(condition)?),
                PropertyKind::Always(condition) => Compiled::Always(test(condition)?),
                PropertyKind::Can(condition) => Compiled::Can(test(condition)?),
                PropertyKind::LeadsTo(first, second) => {
                    Compiled::LeadsTo(test(first)?, test(second)?)
                }
            };
            Some(OwnProperty {
                name: name.as_str().into(),
                text: written.text.as_str().into(),
                kind,
            })
        });
        let properties = properties.collect();
        OwnProperties { properties, past: conditions.into_past() }
    }

    /// Name and text of each, in the order of the source.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.properties.iter().map(|asked| (&*asked.name, &*asked.text))
    }

    /// Only those with these names.
    pub fn retain(&mut self, mut wanted: impl FnMut(&str) -> bool) {
        self.properties.retain(|asked| wanted(&asked.name));
    }

    /// Whether it says that something can be.
    pub(crate) fn is_can(&self, property: usize) -> bool {
        let asked = self.properties.get(property);
        asked.is_some_and(|asked| matches!(asked.kind, Compiled::Can(_)))
    }

    /// Whether one of them tells apart in how many moves something happens, or what happens in between.
    pub(crate) fn see_moves(&self) -> bool {
        self.properties.iter().any(|asked| match &asked.kind {
            Compiled::Never(test) | Compiled::Always(test) | Compiled::Can(test) => {
                test.sees_moves()
            }
            Compiled::LeadsTo(..) => true,
        })
    }

    /// Whether one of them may tell whether an event has come that nobody took.
    pub(crate) fn see_posts(&self, def: u16) -> bool {
        !self.properties.is_empty() && self.past.contains(&Past::Came(def))
    }

    /// Bytes that a state remembers for them, each 0 to begin with.
    pub(crate) fn memory(&self) -> usize {
        if self.properties.is_empty() {
            return 0;
        }
        self.past.len() + self.properties.len()
    }

    /// What comes of a move: changes the memory, and tells of properties that fail or are met.
    pub(crate) fn note(
        &self,
        before: &RunState,
        after: &RunState,
        memory: &mut [u8],
        by: u16,
        met: &mut Vec<Met>,
    ) {
        if self.properties.is_empty() || memory.len() < self.memory() {
            return;
        }
        let (past, owed) = memory.split_at_mut(self.past.len());
        for (has, what) in past.iter_mut().zip(&self.past) {
            if *has == 0 && what.has_happened(after) {
                *has = 1;
            }
        }
        let moment = Moment { before, after, past };
        for ((property, asked), owed) in self.properties.iter().enumerate().zip(owed) {
            let is_met = match &asked.kind {
                Compiled::Never(test) | Compiled::Can(test) => moment.is(test),
                Compiled::Always(test) => !moment.is(test),
                Compiled::LeadsTo(first, second) => {
                    let is_owed = (*owed != 0 || moment.is(first)) && !moment.is(second);
                    *owed = u8::from(is_owed);
                    is_owed && is_over(after)
                }
            };
            if is_met {
                met.push(Met { property, by: Some(by) });
            }
        }
    }

    /// The properties that fail where nothing comes any more.
    pub(crate) fn owed<'a>(&'a self, memory: &'a [u8]) -> impl Iterator<Item = Met> + 'a {
        let owed = memory.get(self.past.len()..).unwrap_or_default();
        let owed = owed.iter().enumerate().filter(|(_, owed)| **owed != 0);
        owed.map(|(property, _)| Met { property, by: None })
    }
}
