//! Threads: the entrypoint, children, handlers of interrupts and of failures. Each is wanted by one step or one interrupt alone, so
//! that it has one parent whose variables it sees.

use serde_json::{Map, Value as Json, json};

use super::{Kind, Maker, Variable};

/// A point in time that never comes. What has been comes at once on a server, and in Halter, whose clock begins in 1970, later.
pub(super) const NEVER: &str = "2100-01-01T00:00:00Z";

/// Steps of the entrypoint, at most two more.
const MAIN_STEPS: usize = 4;

/// Steps of another thread, at most.
const STEPS: usize = 3;

/// So many threads are made; what would want more does without.
const THREADS: usize = 7;

/// What a thread is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Child,
    Interrupt,
    Failure,
}

/// A thread that something refers to and that is to be made.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// The type of its INPUT, if it has one.
    pub(crate) input: Option<Kind>,
    /// A variable of its own that it is given.
    pub(crate) given: Option<Variable>,
    /// What its parents have.
    pub(crate) visible: Vec<Variable>,
}

impl Maker {
    /// Makes the entrypoint and all that it comes to want.
    pub(super) fn threads(&mut self) {
        let number = format!("INT = {}", self.random.below(4));
        self.declare("number", Kind::Int, &number);
        self.declare("list", Kind::List, "JSON_ARR = [3, 1, 2]");
        for _ in 0..2 + self.random.below(4) {
            let kind = self.kind();
            self.variable_of(kind);
        }
        // A step that is given one has to find one.
        let taken = self.tasks.iter().flat_map(|(_, takes, _)| takes).copied();
        let taken: Vec<Kind> = taken.chain(self.thrown.iter().map(|(_, kind)| *kind)).collect();
        for kind in [Kind::Array, Kind::Map, Kind::Struct] {
            if taken.contains(&kind) && self.variable(kind).is_none() {
                self.variable_of(kind);
            }
        }
        if self.random.one_in(6) {
            self.declared.insert("when".to_owned(), json!(format!("TIMESTAMP = {NEVER}")));
            self.when = true;
        }
        if self.random.one_in(4) {
            self.declare("asked", Kind::Int, "INT required");
        }
        let count = 2 + self.random.below(MAIN_STEPS);
        let mut main = self.thread(count);
        let most = 1 + usize::from(self.random.one_in(3));
        self.interrupted(&mut main, most);
        self.made.insert("main".to_owned(), main);
        while let Some(wanted) = self.wanted.pop() {
            self.wanted_thread(&wanted);
        }
    }

    /// A name for a thread of this role, which will be made; `None` if there are enough.
    pub(super) fn want(
        &mut self,
        role: Role,
        input: Option<Kind>,
        given: Option<Variable>,
    ) -> Option<String> {
        if self.made.len() + self.wanted.len() >= THREADS {
            return None;
        }
        let name = self.name(match role {
            Role::Child => "child",
            Role::Interrupt => "handle",
            Role::Failure => "repair",
        });
        let visible = self.visible.clone();
        self.wanted.push(Wanted { name: name.clone(), role, input, given, visible });
        Some(name)
    }

    fn wanted_thread(&mut self, wanted: &Wanted) {
        self.visible.clone_from(&wanted.visible);
        // INPUT means another one in each thread.
        self.visible.retain(|variable| variable.name != "INPUT");
        self.declared = Map::new();
        // A handler of an interrupt declares nothing but its INPUT.
        self.declares = true;
        if let Some(kind) = wanted.input {
            self.declare("INPUT", kind, kind.name());
        }
        self.declares = wanted.role != Role::Interrupt;
        if let Some(given) = &wanted.given {
            self.declare(&given.name, given.kind, given.kind.name());
        }
        if self.declares && self.random.one_in(3) {
            let kind = self.kind();
            self.variable_of(kind);
        }
        let count = self.random.below(STEPS + 1);
        let mut thread = self.thread(count);
        // Handlers of handlers are rare, but there are some.
        let most = match wanted.role {
            Role::Child => usize::from(self.random.one_in(2)),
            Role::Interrupt | Role::Failure => usize::from(self.random.one_in(5)),
        };
        self.interrupted(&mut thread, most);
        self.made.insert(wanted.name.clone(), thread);
    }

    /// A thread with so many steps.
    fn thread(&mut self, count: usize) -> Json {
        self.returns = self.kind();
        let steps = self.steps(count);
        let declared = std::mem::take(&mut self.declared);
        json!({ "variables": declared, "do": steps })
    }

    /// Registers a few interrupts with a thread.
    fn interrupted(&mut self, thread: &mut Json, most: usize) {
        let mut registered = Map::new();
        for _ in 0..most {
            let Some((event, of)) = self.interrupts.pop() else { break };
            // INPUT may be left out, and without a type the payload could be anything.
            let input = of.filter(|_| !self.random.one_in(3));
            let Some(handler) = self.want(Role::Interrupt, input, None) else { break };
            registered.insert(event, json!(handler));
        }
        thread["interrupts"] = Json::Object(registered);
    }

    /// Declares a variable in the thread that is being made.
    pub(super) fn declare(&mut self, name: &str, kind: Kind, written: &str) {
        self.declared.insert(name.to_owned(), json!(written));
        self.visible.push(Variable { name: name.to_owned(), kind });
    }

    /// Declares a variable of this type, with a default or without.
    fn variable_of(&mut self, kind: Kind) {
        self.numbers += 1;
        let name = format!("{}{}", stem(kind), self.numbers);
        let masked = if self.random.one_in(8) { " masked" } else { "" };
        // What the source can't say is given, or stays nothing.
        let default = if kind == Kind::Bytes || self.random.one_in(4) {
            String::new()
        } else {
            format!(" = {}", self.literal(kind))
        };
        // A struct's default can't be said in one line in every case; at length it can.
        let written = format!("{}{masked}{default}", kind.name());
        self.declare(&name, kind, &written);
    }
}

/// What variables of a type are called.
fn stem(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "int",
        Kind::Str => "word",
        Kind::Bool => "flag",
        Kind::Double => "double",
        Kind::Object => "object",
        Kind::List => "items",
        Kind::Array => "array",
        Kind::Map => "map",
        Kind::Struct => "car",
        Kind::Time => "time",
        Kind::Bytes => "bytes",
    }
}
