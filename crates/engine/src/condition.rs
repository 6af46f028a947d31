//! Conditions on a run, such as `order is HALTED and event paid came`, tried on the states of a program.
//!
//! A [`Conditions`] compiles them one after another; what they ask of the past they have in common, so that whoever looks at
//! many states can remember it beside each.

use halter_spec::model::Comparator;
use halter_spec::property::{Condition, Like, names_node};
use halter_spec::value::Value;

use crate::program::Program;
use crate::state::{RunState, Status, ThreadRun};

/// Conditions of one program, and what they ask of the past.
#[derive(Debug)]
pub struct Conditions<'p> {
    program: &'p Program,
    past: Vec<Past>,
}

/// A condition as indices.
#[derive(Debug, Clone, PartialEq)]
pub struct Test(ConditionKind);

/// Something that stays so once it has happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Past {
    /// An event of this def has come.
    Came(u16),
    /// An event of this def was taken.
    Taken(u16),
    /// A ThreadRun has come to one of these nodes.
    Reached(SpecNodes),
}

/// Nodes of a ThreadSpec.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecNodes {
    spec: u16,
    nodes: Vec<u16>,
}

#[derive(Debug, Clone, PartialEq)]
enum ConditionKind {
    All(Vec<ConditionKind>),
    Any(Vec<ConditionKind>),
    Not(Box<ConditionKind>),
    Run(Status),
    Count(u16, Likeness, Comparator, i64),
    Variable(u16, usize, Comparator, Value),
    /// Index into what is asked of the past.
    Past(usize),
    Enters(SpecNodes),
}

#[derive(Debug, Clone, PartialEq)]
enum Likeness {
    There,
    Is(Status),
    At(SpecNodes),
    Enters(SpecNodes),
}

impl<'p> Conditions<'p> {
    /// None yet.
    #[must_use]
    pub fn of(program: &'p Program) -> Self {
        Conditions { program, past: Vec::new() }
    }

    /// Compiles one; `None` if it names what the program does not have.
    pub fn compile(&mut self, condition: &Condition) -> Option<Test> {
        self.kind(condition).map(Test)
    }

    /// What those that were compiled ask of the past; a [`Moment`] is told of each whether it has happened.
    #[must_use]
    pub fn into_past(self) -> Vec<Past> {
        self.past
    }

    fn spec(&self, name: &str) -> Option<u16> {
        let specs = &self.program.specs;
        specs.iter().position(|s| &*s.name == name).map(|i| i as u16)
    }

    fn place(&self, spec: u16, written: &str) -> SpecNodes {
        let nodes = (0..).zip(&self.program.spec(spec).nodes);
        let nodes = nodes.filter(|(_, node)| names_node(written, &node.name));
        SpecNodes { spec, nodes: nodes.map(|(index, _)| index).collect() }
    }

    fn remember(&mut self, past: Past) -> ConditionKind {
        let known = self.past.iter().position(|p| *p == past);
        ConditionKind::Past(known.unwrap_or_else(|| {
            self.past.push(past);
            self.past.len() - 1
        }))
    }

    fn kind(&mut self, condition: &Condition) -> Option<ConditionKind> {
        Some(match condition {
            Condition::All(parts) => ConditionKind::All(self.kinds(parts)?),
            Condition::Any(parts) => ConditionKind::Any(self.kinds(parts)?),
            Condition::Not(part) => ConditionKind::Not(Box::new(self.kind(part)?)),
            Condition::Run(status) => ConditionKind::Run(self::status(status)?),
            Condition::EventCame(event) => {
                let event = self.program.event(event)?;
                self.remember(Past::Came(event))
            }
            Condition::EventTaken(event) => {
                let event = self.program.event(event)?;
                self.remember(Past::Taken(event))
            }
            Condition::Threads { thread, like, count } => {
                let spec = self.spec(thread)?;
                match (like, count) {
                    (Like::Reached(node), None) => {
                        let place = self.place(spec, node);
                        self.remember(Past::Reached(place))
                    }
                    (Like::Enters(node), None) => ConditionKind::Enters(self.place(spec, node)),
                    (like, count) => {
                        let (comparator, number) = count.unwrap_or((Comparator::GreaterThan, 0));
                        let likeness = match like {
                            Like::There => Likeness::There,
                            Like::Is(status) => Likeness::Is(self::status(status)?),
                            Like::At(node) => Likeness::At(self.place(spec, node)),
                            Like::Enters(node) => Likeness::Enters(self.place(spec, node)),
                            // The past tells whether, not how many: this is not to be written.
                            Like::Reached(_) => return None,
                        };
                        ConditionKind::Count(spec, likeness, comparator, number)
                    }
                }
            }
            Condition::Variable { thread, name, comparator, value } => {
                let spec = self.spec(thread)?;
                let variables = &self.program.spec(spec).variables;
                let index = variables.iter().position(|v| *v.name == **name)?;
                ConditionKind::Variable(spec, index, *comparator, value.clone())
            }
        })
    }

    fn kinds(&mut self, parts: &[Condition]) -> Option<Vec<ConditionKind>> {
        parts.iter().map(|part| self.kind(part)).collect()
    }
}

fn status(name: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|status| status.name() == name)
}

impl SpecNodes {
    fn is_of(&self, thread: &ThreadRun, from: usize) -> bool {
        let mut recent = thread.node_runs.iter_from(from);
        recent.any(|run| self.nodes.contains(&run.node))
    }
}

impl Test {
    /// Whether it sees what happens in a move, and not only what it leads to.
    #[must_use]
    pub fn sees_moves(&self) -> bool {
        self.0.sees_moves()
    }
}

impl ConditionKind {
    fn sees_moves(&self) -> bool {
        match self {
            ConditionKind::All(parts) | ConditionKind::Any(parts) => {
                parts.iter().any(ConditionKind::sees_moves)
            }
            ConditionKind::Not(part) => part.sees_moves(),
            ConditionKind::Enters(_) | ConditionKind::Count(_, Likeness::Enters(_), ..) => true,
            ConditionKind::Run(_)
            | ConditionKind::Count(_, Likeness::There | Likeness::Is(_) | Likeness::At(_), ..)
            | ConditionKind::Variable(..)
            | ConditionKind::Past(_) => false,
        }
    }
}

impl Past {
    /// Whether a state that has kept all of its events and NodeRuns tells that it has happened.
    #[must_use]
    pub fn has_happened(&self, state: &RunState) -> bool {
        match self {
            Past::Came(def) => state.events.iter().any(|event| event.def == *def),
            Past::Taken(def) => {
                let mut events = state.events.iter();
                events.any(|event| event.def == *def && event.claimed)
            }
            Past::Reached(place) => {
                let mut threads = state.threads.iter();
                threads.any(|thread| thread.spec == place.spec && place.is_of(thread, 0))
            }
        }
    }
}

/// A move: what was, what is, and what has happened so far.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The state before it.
    pub before: &'a RunState,
    /// The state after it.
    pub after: &'a RunState,
    /// Of each of what was asked of the past whether it has happened: other than 0.
    pub past: &'a [u8],
}

impl Moment<'_> {
    /// Whether it is so.
    #[must_use]
    pub fn is(&self, test: &Test) -> bool {
        self.is_so(&test.0)
    }

    fn is_so(&self, kind: &ConditionKind) -> bool {
        match kind {
            ConditionKind::All(parts) => parts.iter().all(|part| self.is_so(part)),
            ConditionKind::Any(parts) => parts.iter().any(|part| self.is_so(part)),
            ConditionKind::Not(part) => !self.is_so(part),
            ConditionKind::Run(status) => self.after.is_started() && self.after.status == *status,
            ConditionKind::Past(index) => self.past.get(*index).is_some_and(|has| *has != 0),
            ConditionKind::Enters(place) => {
                self.count(place.spec, &Likeness::Enters(place.clone())) > 0
            }
            ConditionKind::Count(spec, likeness, comparator, number) => {
                let count = Value::Int(self.count(*spec, likeness));
                compares(&count, *comparator, &Value::Int(*number))
            }
            ConditionKind::Variable(spec, index, comparator, value) => {
                let mut threads = self.after.threads.iter().filter(|t| t.spec == *spec);
                threads.any(|thread| {
                    let variable = thread.variables.get(*index);
                    variable.is_some_and(|found| compares(found, *comparator, value))
                })
            }
        }
    }

    fn count(&self, spec: u16, likeness: &Likeness) -> i64 {
        let threads = self.after.threads.iter().enumerate();
        let like = threads.filter(|(number, thread)| {
            let is_over = thread.status.is_terminal();
            thread.spec == spec
                && match likeness {
                    Likeness::There => true,
                    Likeness::Is(status) => thread.status == *status,
                    Likeness::At(place) => {
                        let current = thread.node_runs.len().saturating_sub(1);
                        !is_over && place.is_of(thread, current)
                    }
                    Likeness::Enters(place) => {
                        let before = self.before.threads.get(*number);
                        place.is_of(thread, before.map_or(0, |before| before.node_runs.len()))
                    }
                }
        });
        like.count() as i64
    }
}

fn compares(found: &Value, comparator: Comparator, value: &Value) -> bool {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let number = |value: &Value| match value {
        Value::Int(number) => Some(*number as f64),
        Value::Double(number) => Some(number.0),
        _ => None,
    };
    let ordering = match (found, value) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Str(a), Value::Str(b)) => Some(a.cmp(b)),
        (a, b) if a == b => Some(Equal),
        (a, b) => number(a).zip(number(b)).and_then(|(a, b)| a.partial_cmp(&b)),
    };
    match comparator {
        Comparator::Equals | Comparator::In => ordering == Some(Equal),
        Comparator::NotEquals | Comparator::NotIn => ordering != Some(Equal),
        Comparator::LessThan => ordering == Some(Less),
        Comparator::GreaterThan => ordering == Some(Greater),
        Comparator::LessThanEq => matches!(ordering, Some(Less | Equal)),
        Comparator::GreaterThanEq => matches!(ordering, Some(Greater | Equal)),
    }
}
