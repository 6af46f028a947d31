//! The properties of a document, asked of every move: what a state has to remember for them, and where they fail.

use std::sync::Arc;

use halter_engine::state::{Status, ThreadRun};
use halter_engine::{Program, RunState};
use halter_spec::model::{Comparator, Document};
use halter_spec::property::{Claim, Condition, Like, names_node};
use halter_spec::value::Value;

use crate::question::is_over;

/// The properties of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claims {
    claims: Vec<Asked>,
    /// What must be remembered: whether it has happened. Behind it, for each claim, whether something is still owed.
    past: Vec<Past>,
}

#[derive(Debug, Clone, PartialEq)]
struct Asked {
    name: Arc<str>,
    text: Arc<str>,
    kind: Asks,
}

#[derive(Debug, Clone, PartialEq)]
enum Asks {
    Never(Test),
    Always(Test),
    Can(Test),
    LeadsTo(Test, Test),
}

/// Something that stays so once it has happened.
#[derive(Debug, Clone, PartialEq)]
enum Past {
    Came(u16),
    Taken(u16),
    Reached(SpecNodes),
}

/// Nodes of a ThreadSpec.
#[derive(Debug, Clone, PartialEq)]
struct SpecNodes {
    spec: u16,
    nodes: Vec<u16>,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Run(Status),
    Count(u16, Likeness, Comparator, i64),
    Variable(u16, usize, Comparator, Value),
    /// Index into what is remembered.
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

/// What came of a claim in a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Met {
    /// Index of the claim that failed, or of a `can` that was met.
    pub(crate) claim: usize,
    /// By which move; `None`: because there is none.
    pub(crate) by: Option<u16>,
}

impl Claims {
    /// The properties of a document; what it names is there, or the document would have errors.
    #[must_use]
    pub fn of(document: &Document, program: &Program) -> Claims {
        let mut compiler = Compiler { program, past: Vec::new() };
        let claims = document.properties.iter().filter_map(|(name, property)| {
            let mut test = |condition| compiler.test(condition);
            let kind = match &property.claim {
                Claim::Never(condition) => Asks::Never(test(condition)?),
                Claim::Always(condition) => Asks::Always(test(condition)?),
                Claim::Can(condition) => Asks::Can(test(condition)?),
                Claim::LeadsTo(first, second) => Asks::LeadsTo(test(first)?, test(second)?),
            };
            Some(Asked { name: name.as_str().into(), text: property.text.as_str().into(), kind })
        });
        let claims = claims.collect();
        Claims { claims, past: compiler.past }
    }

    /// Name and text of each, in the order of the source.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.claims.iter().map(|asked| (&*asked.name, &*asked.text))
    }

    /// Only those with these names.
    pub fn retain(&mut self, mut wanted: impl FnMut(&str) -> bool) {
        self.claims.retain(|asked| wanted(&asked.name));
    }

    /// Whether it says that something can be.
    pub(crate) fn is_can(&self, claim: usize) -> bool {
        let asked = self.claims.get(claim);
        asked.is_some_and(|asked| matches!(asked.kind, Asks::Can(_)))
    }

    /// Whether one of them tells apart in how many moves something happens, or what happens in between.
    pub(crate) fn see_moves(&self) -> bool {
        self.claims.iter().any(|asked| match &asked.kind {
            Asks::Never(test) | Asks::Always(test) | Asks::Can(test) => test.sees_moves(),
            Asks::LeadsTo(..) => true,
        })
    }

    /// Whether one of them may tell whether an event has come that nobody took.
    pub(crate) fn see_posts(&self, def: u16) -> bool {
        !self.claims.is_empty() && self.past.contains(&Past::Came(def))
    }

    /// Bytes that a state remembers for them, each 0 to begin with.
    pub(crate) fn memory(&self) -> usize {
        if self.claims.is_empty() {
            return 0;
        }
        self.past.len() + self.claims.len()
    }

    /// What comes of a move: changes the memory, and tells of claims that fail or are met.
    pub(crate) fn note(
        &self,
        before: &RunState,
        after: &RunState,
        memory: &mut [u8],
        by: u16,
        met: &mut Vec<Met>,
    ) {
        if self.claims.is_empty() || memory.len() < self.memory() {
            return;
        }
        let (past, owed) = memory.split_at_mut(self.past.len());
        for (has, what) in past.iter_mut().zip(&self.past) {
            if *has == 0 && what.has_happened(after) {
                *has = 1;
            }
        }
        let moment = Moment { before, after, past };
        for ((claim, asked), owed) in self.claims.iter().enumerate().zip(owed) {
            let is_met = match &asked.kind {
                Asks::Never(test) | Asks::Can(test) => moment.is(test),
                Asks::Always(test) => !moment.is(test),
                Asks::LeadsTo(first, second) => {
                    let is_owed = (*owed != 0 || moment.is(first)) && !moment.is(second);
                    *owed = u8::from(is_owed);
                    is_owed && is_over(after)
                }
            };
            if is_met {
                met.push(Met { claim, by: Some(by) });
            }
        }
    }

    /// The claims that fail where nothing comes any more.
    pub(crate) fn owed<'a>(&'a self, memory: &'a [u8]) -> impl Iterator<Item = Met> + 'a {
        let owed = memory.get(self.past.len()..).unwrap_or_default();
        let owed = owed.iter().enumerate().filter(|(_, owed)| **owed != 0);
        owed.map(|(claim, _)| Met { claim, by: None })
    }
}

struct Compiler<'a> {
    program: &'a Program,
    past: Vec<Past>,
}

impl Compiler<'_> {
    fn spec(&self, name: &str) -> Option<u16> {
        let specs = &self.program.specs;
        specs.iter().position(|s| &*s.name == name).map(|i| i as u16)
    }

    fn place(&self, spec: u16, written: &str) -> SpecNodes {
        let nodes = (0..).zip(&self.program.spec(spec).nodes);
        let nodes = nodes.filter(|(_, node)| names_node(written, &node.name));
        SpecNodes { spec, nodes: nodes.map(|(index, _)| index).collect() }
    }

    fn remember(&mut self, past: Past) -> Test {
        let known = self.past.iter().position(|p| *p == past);
        Test::Past(known.unwrap_or_else(|| {
            self.past.push(past);
            self.past.len() - 1
        }))
    }

    fn test(&mut self, condition: &Condition) -> Option<Test> {
        Some(match condition {
            Condition::All(parts) => Test::All(self.tests(parts)?),
            Condition::Any(parts) => Test::Any(self.tests(parts)?),
            Condition::Not(part) => Test::Not(Box::new(self.test(part)?)),
            Condition::Run(status) => Test::Run(self::status(status)?),
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
                    (Like::Enters(node), None) => Test::Enters(self.place(spec, node)),
                    (like, count) => {
                        let (comparator, number) = count.unwrap_or((Comparator::GreaterThan, 0));
                        let likeness = match like {
                            Like::There => Likeness::There,
                            Like::Is(status) => Likeness::Is(self::status(status)?),
                            Like::At(node) => Likeness::At(self.place(spec, node)),
                            Like::Enters(node) => Likeness::Enters(self.place(spec, node)),
                            // A state remembers whether, not how many: this is not to be written.
                            Like::Reached(_) => return None,
                        };
                        Test::Count(spec, likeness, comparator, number)
                    }
                }
            }
            Condition::Variable { thread, name, comparator, value } => {
                let spec = self.spec(thread)?;
                let variables = &self.program.spec(spec).variables;
                let index = variables.iter().position(|v| *v.name == **name)?;
                Test::Variable(spec, index, *comparator, value.clone())
            }
        })
    }

    fn tests(&mut self, parts: &[Condition]) -> Option<Vec<Test>> {
        parts.iter().map(|part| self.test(part)).collect()
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
    fn sees_moves(&self) -> bool {
        match self {
            Test::All(parts) | Test::Any(parts) => parts.iter().any(Test::sees_moves),
            Test::Not(part) => part.sees_moves(),
            Test::Enters(_) | Test::Count(_, Likeness::Enters(_), ..) => true,
            Test::Run(_)
            | Test::Count(_, Likeness::There | Likeness::Is(_) | Likeness::At(_), ..)
            | Test::Variable(..)
            | Test::Past(_) => false,
        }
    }
}

impl Past {
    fn has_happened(&self, state: &RunState) -> bool {
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
struct Moment<'a> {
    before: &'a RunState,
    after: &'a RunState,
    past: &'a [u8],
}

impl Moment<'_> {
    fn is(&self, test: &Test) -> bool {
        match test {
            Test::All(parts) => parts.iter().all(|part| self.is(part)),
            Test::Any(parts) => parts.iter().any(|part| self.is(part)),
            Test::Not(part) => !self.is(part),
            Test::Run(status) => self.after.is_started() && self.after.status == *status,
            Test::Past(index) => self.past.get(*index).is_some_and(|has| *has != 0),
            Test::Enters(place) => self.count(place.spec, &Likeness::Enters(place.clone())) > 0,
            Test::Count(spec, likeness, comparator, number) => {
                let count = Value::Int(self.count(*spec, likeness));
                compares(&count, *comparator, &Value::Int(*number))
            }
            Test::Variable(spec, index, comparator, value) => {
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
