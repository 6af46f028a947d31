//! Random sources: a few threads with a few steps of every kind, small values, and nearly always an interrupt.
//!
//! What a server is known to do differently each time is left out: sleeping no time or a word, removing an index that a list does
//! not have. Values stay small, as a server's memory is.

mod definitions;
mod expressions;
pub(crate) mod steps;
mod threads;

use halter_spec::model::Document;
use serde_json::{Map, Value as Json, json};

use crate::random::Random;
use crate::source::Source;

/// How often another source is made of a seed if the first would be refused.
const TRIES: u64 = 50;

/// Seconds that nobody waits for: within a run this does not come due.
pub(crate) const LONG: u64 = 600;

/// Seconds that are waited for.
pub(crate) const SHORT: u64 = 2;

/// A slip stands in one of so many expressions, from the first on.
const EXPRESSIONS: usize = 12;

/// The source of a seed, which Halter accepts; and the document that it is.
pub fn source(seed: u64) -> Option<(Source, Document)> {
    (0..TRIES).find_map(|attempt| {
        let source = any(seed.wrapping_mul(TRIES).wrapping_add(attempt));
        let document = source.document().ok()?;
        Some((source, document))
    })
}

/// A source that may have errors, though few have.
pub fn any(seed: u64) -> Source {
    let mut random = Random::new(seed);
    let slips = random.one_in(2);
    of(random, slips)
}

/// A document in which one expression has a type that has no place there, mostly: Halter may accept it all the same.
pub fn slipped(seed: u64) -> Document {
    halter_spec::read_source(&of(Random::new(seed), true).text())
}

fn of(mut random: Random, slips: bool) -> Source {
    let slip = slips.then(|| random.below(EXPRESSIONS));
    let mut maker = Maker { random, slip, ..Maker::default() };
    maker.definitions();
    maker.threads();
    maker.finish()
}

/// A type of the values that a variable, a payload or an output has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Str,
    Bool,
    Double,
    Object,
    List,
    Array,
    Map,
    Struct,
    Time,
    Bytes,
}

impl Kind {
    const ALL: [Kind; 11] = [
        Kind::Int,
        Kind::Str,
        Kind::Bool,
        Kind::Double,
        Kind::Object,
        Kind::List,
        Kind::Array,
        Kind::Map,
        Kind::Struct,
        Kind::Time,
        Kind::Bytes,
    ];

    /// Whether a value of it says its type in front, where an expression stands.
    pub(crate) fn is_native(self) -> bool {
        matches!(self, Kind::Array | Kind::Map | Kind::Struct)
    }

    /// As the source calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Int => "INT",
            Kind::Str => "STR",
            Kind::Bool => "BOOL",
            Kind::Double => "DOUBLE",
            Kind::Object => "JSON_OBJ",
            Kind::List => "JSON_ARR",
            Kind::Array => "Array<STR>",
            Kind::Map => "Map<STR, INT>",
            Kind::Struct => "Struct<car>",
            Kind::Time => "TIMESTAMP",
            Kind::Bytes => "BYTES",
        }
    }
}

/// A variable that can be read where one is.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// What is being made.
#[derive(Debug)]
pub(crate) struct Maker {
    pub(crate) random: Random,
    /// Events to wait for, and what they carry.
    pub(crate) events: Vec<(String, Option<Kind>)>,
    /// Events that interrupt; each is registered once.
    pub(crate) interrupts: Vec<(String, Option<Kind>)>,
    /// Tasks, what they take and what they return.
    pub(crate) tasks: Vec<(String, Vec<Kind>, Option<Kind>)>,
    /// Events that are thrown, and what they carry.
    pub(crate) thrown: Vec<(String, Kind)>,
    /// What is visible where steps are being made.
    pub(crate) visible: Vec<Variable>,
    /// Threads that still have to be made.
    pub(crate) wanted: Vec<threads::Wanted>,
    /// Whether the thread that is being made may declare variables.
    pub(crate) declares: bool,
    /// Whether there is a point in time to wait for.
    pub(crate) when: bool,
    /// What the thread that is being made returns, if it does.
    pub(crate) returns: Kind,
    /// Variables that its steps need.
    pub(crate) declared: Map<String, Json>,
    /// Threads that were made.
    pub(crate) made: Map<String, Json>,
    pub(crate) sections: Map<String, Json>,
    /// A number for each name that has to be unique.
    pub(crate) numbers: usize,
    /// After so many expressions one has another type than it should have.
    pub(crate) slip: Option<usize>,
}

impl Default for Maker {
    fn default() -> Self {
        Maker {
            random: Random::new(0),
            events: Vec::new(),
            interrupts: Vec::new(),
            tasks: Vec::new(),
            thrown: Vec::new(),
            visible: Vec::new(),
            wanted: Vec::new(),
            declares: true,
            when: false,
            returns: Kind::Int,
            declared: Map::new(),
            made: Map::new(),
            sections: Map::new(),
            numbers: 0,
            slip: None,
        }
    }
}

impl Maker {
    /// A name that nothing else has.
    pub(crate) fn name(&mut self, begins: &str) -> String {
        self.numbers += 1;
        format!("{begins}-{}", self.numbers)
    }

    fn finish(mut self) -> Source {
        self.sections.insert("workflow".to_owned(), json!("oracle"));
        self.sections.insert("entrypoint".to_owned(), json!("main"));
        self.sections.insert("threads".to_owned(), Json::Object(self.made));
        Source { sections: self.sections }
    }
}
