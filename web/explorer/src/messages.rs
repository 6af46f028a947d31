//! What the page asks, and what it is told. Names are those of the source, statuses and semantics LittleHorse's and ours as text:
//! indices mean nothing on the other side.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What the page asks. Whatever carries a round is answered with the same: who has asked anew does not listen to what came before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    /// What may come, to begin with.
    Usual {
        /// The number of the request.
        round: u32,
        /// The text.
        source: String,
    },
    /// Try every order; what was on its way is forgotten.
    Explore(Box<Exploration>),
    /// Wait with it.
    Pause,
    /// Go on with it.
    GoOn,
    /// Tell what was found so far, and look no further.
    Stop,
    /// The commands of the shortest way to a state.
    Way {
        /// The number of the exploration that found it.
        round: u32,
        /// Index of the semantics.
        side: usize,
        /// The state's number.
        state: u32,
    },
}

/// What is to be explored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exploration {
    /// Its number.
    pub round: u32,
    /// The text.
    pub source: String,
    /// Names of the semantics: one, or two that are compared.
    pub semantics: Vec<String>,
    /// Played first, as in a recorded trace: what is explored comes after them.
    pub commands: Vec<Json>,
    /// What may come; as usual, if nothing is said.
    pub may: Option<MayCome>,
    /// The most states of each semantics.
    pub states: usize,
    /// The most bytes, of all together.
    pub bytes: usize,
    /// The most groups of a map, and the most states that it shows one by one. Without it there is no map, and nothing that only one
    /// of the semantics can come to.
    pub map: Option<(usize, usize)>,
}

/// What may come, by name.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MayCome {
    /// Every event of the document, in its order.
    pub events: Vec<EventMayCome>,
    /// Every task, in its order.
    pub tasks: Vec<TaskMayDo>,
    /// Whether the document has forms at all.
    pub has_forms: bool,
    /// Whether forms are cancelled.
    pub cancel_forms: bool,
    /// Whether the document runs child workflows at all.
    pub has_child_wfs: bool,
    /// Whether they fail as well as complete.
    pub fail_child_wfs: bool,
    /// Whether a worker reports later than it takes a task.
    pub delay: bool,
    /// Whether time passes.
    pub time: bool,
    /// How often a ThreadRun is stopped by hand.
    pub stops: u8,
    /// How often a failed one is rescued.
    pub rescues: u8,
}

/// An event that may come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventMayCome {
    /// Its name.
    pub name: String,
    /// How often.
    pub budget: u8,
    /// Each of these may be its payload: as people type it, of the type that is declared.
    pub payloads: Vec<String>,
}

/// What a task may do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskMayDo {
    /// Its name.
    pub name: String,
    /// Whether it may do what it is simulated to do.
    pub succeeds: bool,
    /// Whether it may fail.
    pub fails: bool,
    /// EXCEPTIONs that it may throw.
    pub throws: Vec<String>,
}

/// What the page is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Tell {
    /// What may come, to begin with.
    Usual {
        /// The request's.
        round: u32,
        /// It.
        may: MayCome,
    },
    /// It can't be done.
    Refused {
        /// The request's.
        round: u32,
        /// One sentence.
        why: String,
    },
    /// How far it is.
    Progress {
        /// The exploration's.
        round: u32,
        /// Index of the semantics.
        side: usize,
        /// It.
        far: Far,
    },
    /// What was found, for each of the semantics.
    Found {
        /// The exploration's.
        round: u32,
        /// It.
        found: Vec<Found>,
        /// What can come about under the first of two semantics and not under the second: the nearest first.
        only: Vec<Group>,
    },
    /// The commands that lead there.
    Way {
        /// The exploration's.
        round: u32,
        /// Index of the semantics.
        side: usize,
        /// The state's number.
        state: u32,
        /// As in a recorded trace; the first are those that the exploration began with.
        commands: Vec<Json>,
    },
}

/// How far an exploration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Far {
    /// States that were reached.
    pub states: usize,
    /// Those whose moves were all made.
    pub expanded: usize,
    /// Moves on the shortest way to the state that is looked at.
    pub depth: usize,
    /// Bytes that are held.
    pub bytes: usize,
}

/// Why nothing more is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// There is nothing more.
    Complete,
    /// There are more states than may be.
    States,
    /// It would take more memory than it may.
    Memory,
    /// Somebody has had enough.
    Stopped,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The name of the semantics.
    pub semantics: String,
    /// How far it came.
    pub far: Far,
    /// Why it ended.
    pub end: End,
    /// Of every workflow first, then of this document.
    pub answers: Vec<Answered>,
    /// What was never reached.
    pub missing: Missing,
    /// The states in groups.
    pub map: Map,
}

/// A property, and what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// Its name.
    pub property: String,
    /// What it says, in one sentence or as it stands in the source.
    pub says: String,
    /// Whether it stands in the source.
    pub own: bool,
    /// Whether it may be meant that it fails.
    pub note: bool,
    /// What is known.
    pub verdict: Verdict,
    /// The shortest way to where it fails, or to where what can be is so: all commands from the start of the run.
    pub commands: Option<Vec<Json>>,
    /// What of the document brought it about.
    pub blamed: Option<Blamed>,
}

/// What is known of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It is so, always.
    Holds,
    /// It is so as far as was looked.
    Undecided,
    /// It is not so.
    Fails,
    /// It can be, as it says.
    Can,
    /// It can't be, other than it says.
    Cannot,
}

/// What of a document brought something about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Blamed {
    /// An interrupt: its ThreadSpec, and the event.
    Interrupt {
        /// The ThreadSpec that has it.
        thread: String,
        /// The event that triggers it.
        event: String,
    },
    /// An event, whoever waits for it.
    Event {
        /// Its name.
        event: String,
    },
}

/// What no run reaches.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Missing {
    /// Nodes: ThreadSpec, node, and why.
    pub nodes: Vec<(String, String, Why)>,
    /// Edges between nodes that are reached: ThreadSpec, and the two nodes.
    pub edges: Vec<(String, String, String)>,
    /// Interrupts: ThreadSpec, event, and why.
    pub interrupts: Vec<(String, String, Why)>,
    /// Failure handlers: ThreadSpec, node, and the handler's ThreadSpec.
    pub handlers: Vec<(String, String, String)>,
    /// Ids of the rules by which nothing ever happened.
    pub rules: Vec<String>,
}

/// Why something is not reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// No ThreadRun of its ThreadSpec is ever started.
    NeverStarted,
    /// The event never comes: it was given no budget.
    NoBudget,
    /// The event never comes while a ThreadRun could be interrupted by it.
    NeverInterrupts,
    /// A node is reached from which an edge leads there, but the edge is never taken.
    NotTaken(String),
    /// The nodes before it are not reached either.
    Behind,
}

/// The states in groups.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Map {
    /// The nearest first.
    pub groups: Vec<Group>,
    /// What leads from one to another.
    pub ways: Vec<Way>,
    /// Groups that are left out.
    pub left_out: usize,
    /// Index of the group, and depth, of each state by its number; none if they are too many.
    pub states: Vec<(usize, usize)>,
}

/// States that have the same statuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The WfRun's status; none before it is started.
    pub run: Option<String>,
    /// Of each ThreadRun by its number: ThreadSpec and status.
    pub threads: Vec<(String, String)>,
    /// The number of the nearest state.
    pub first: u32,
    /// Moves to it.
    pub depth: usize,
    /// How many states.
    pub states: usize,
}

/// A way between two groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Index of a group.
    pub from: usize,
    /// Index of a group.
    pub to: usize,
    /// How many moves lead there.
    pub moves: usize,
    /// The first of them, in words.
    pub command: String,
}
