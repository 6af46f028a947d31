//! Properties of all runs: `never order enters charge and event cancel was taken`. docs/explorer.md is their reference.
//!
//! A property is a kind (`never`, `always`, `can`, or `… leads to …`) and conditions; a condition is made of `and`, `or`, `not`,
//! parentheses and what is said of the run, of ThreadRuns, of variables and of events.

mod parse;

use crate::model::Comparator;
use crate::place::At;
use crate::value::Value;

pub use parse::{Expected, condition, expected, parse};

/// The statuses that a run or a ThreadRun can have.
pub const STATUSES: [&str; 7] =
    ["STARTING", "RUNNING", "HALTING", "HALTED", "COMPLETED", "ERROR", "EXCEPTION"];

/// A property that stands in a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// As it was written.
    pub text: String,
    /// What it says.
    pub kind: PropertyKind,
    /// Where it stands.
    pub at: At,
}

/// What a property says of all runs.
#[derive(Debug, Clone, PartialEq)]
pub enum PropertyKind {
    /// In no step of any run.
    Never(Condition),
    /// In every step of every run.
    Always(Condition),
    /// In some step of some run.
    Can(Condition),
    /// Whenever the first is so, the second is so then or later, before the run is over.
    LeadsTo(Condition, Condition),
}

impl PropertyKind {
    /// Its conditions.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let (first, second) = match self {
            PropertyKind::Never(c) | PropertyKind::Always(c) | PropertyKind::Can(c) => (c, None),
            PropertyKind::LeadsTo(a, b) => (a, Some(b)),
        };
        std::iter::once(first).chain(second)
    }
}

/// What may be so after a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of them.
    All(Vec<Condition>),
    /// At least one.
    Any(Vec<Condition>),
    /// Not so.
    Not(Box<Condition>),
    /// The WfRun has this status.
    Run(String),
    /// At least one ThreadRun of this ThreadSpec is like that; or so many of them, compared so.
    Threads {
        /// Its ThreadSpec.
        thread: String,
        /// Like what.
        like: Like,
        /// How many.
        count: Option<(Comparator, i64)>,
    },
    /// A variable of some ThreadRun of this ThreadSpec compares so.
    Variable {
        /// The ThreadSpec.
        thread: String,
        /// The variable.
        name: String,
        /// How.
        comparator: Comparator,
        /// With what.
        value: Value,
    },
    /// An event has come.
    EventCame(String),
    /// An event was taken: it has interrupted somebody, or a NodeRun waited for it.
    EventTaken(String),
}

/// What a ThreadRun is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Like {
    /// There is one.
    There,
    /// It has this status.
    Is(String),
    /// It is at this node, and not over.
    At(String),
    /// It was at this node, or is.
    Reached(String),
    /// It has come to this node in this very step.
    Enters(String),
}

impl Condition {
    /// It and all conditions that it is made of.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Condition)) {
        see(self);
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    part.visit(see);
                }
            }
            Condition::Not(part) => part.visit(see),
            _ => {}
        }
    }
}

/// Whether a node is meant by what stands in a property: its name, or its [`short_name`].
#[must_use]
pub fn names_node(written: &str, node: &str) -> bool {
    written == node || written == short_name(node)
}

/// What an SDK makes a node's name of, such as `charge` in `1-charge-TASK`; the name itself, if no SDK has made it.
#[must_use]
pub fn short_name(node: &str) -> &str {
    let rest =
        node.split_once('-').filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
    let middle = rest.and_then(|(_, rest)| rest.rsplit_once('-'));
    middle.map_or(node, |(middle, _)| middle)
}

#[cfg(test)]
mod tests {
    use super::{Condition, Like, PropertyKind, condition, names_node, parse};

    #[test]
    fn properties_are_read() {
        let halted = || Condition::Threads {
            thread: "order".to_owned(),
            like: Like::Is("HALTED".to_owned()),
            count: None,
        };
        let came = || Condition::EventCame("paid".to_owned());
        for (text, kind) in [
            ("never order is HALTED", PropertyKind::Never(halted())),
            (
                "always not order is HALTED or event paid came",
                PropertyKind::Always(Condition::Any(vec![
                    Condition::Not(Box::new(halted())),
                    came(),
                ])),
            ),
            (
                "can (order is HALTED and event paid has come)",
                PropertyKind::Can(Condition::All(vec![halted(), came()])),
            ),
            (
                "event paid came leads to run is COMPLETED",
                PropertyKind::LeadsTo(came(), Condition::Run("COMPLETED".to_owned())),
            ),
        ] {
            assert_eq!(parse(text), Ok(kind), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (text, at, says) in [
            ("", 0, "At the end a condition such as \"order is HALTED\" is missing."),
            (
                "order is HALTED",
                0,
                "A property begins with never, always or can, or has \"leads to\".",
            ),
            (
                "never order HALTED",
                12,
                "Here \"is\", \"at\", \"reached\" or \"enters\" is expected, not \"HALTED\".",
            ),
            ("never (order is HALTED", 22, "At the end \")\" is missing."),
            (
                "never order.total 5",
                18,
                "Here a comparison such as == or >= is expected, not \"5\".",
            ),
            ("never count order > many", 20, "\"many\" is no whole number."),
            ("never event paid", 16, "At the end \"came\" or \"was taken\" is missing."),
            (
                "can order is HALTED order",
                20,
                "Here \"and\", \"or\" or the end is expected, not \"order\".",
            ),
            ("can order.name == \"x", 18, "This text has no end: a \" is missing."),
            ("can = 5", 4, "\"=\" has no meaning here."),
        ] {
            assert_eq!(parse(text), Err((at, says.to_owned())), "{text}");
        }
        assert!(parse(&"(".repeat(100_000)).is_err());
        assert!(parse(&format!("never {}", "not ".repeat(100_000))).is_err());
    }

    #[test]
    fn a_condition_can_stand_alone() {
        let came = Condition::EventCame("paid".to_owned());
        assert_eq!(condition("event paid came"), Ok(came));
        let more = "Here \"and\", \"or\" or the end is expected, not \"leads\".";
        assert_eq!(condition("event paid came leads to x"), Err((16, more.to_owned())));
    }

    #[test]
    fn nodes_have_short_names() {
        assert!(names_node("charge-card", "1-charge-card-TASK"));
        assert!(names_node("1-charge-card-TASK", "1-charge-card-TASK"));
        assert!(!names_node("card", "1-charge-card-TASK"));
        assert!(!names_node("b", "a-b-c"));
    }
}
