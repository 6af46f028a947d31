//! What a [`Diagnostic`](crate::Diagnostic) is about, as data: all that its sentence says and that a fix needs.
//! The sentences are in `sentence`.

use crate::model::{Comparator, MutationType, Type, VarType};
use crate::names::similar;

/// What is wrong, or odd. Names are as they stand in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each line says what its fields are")]
pub enum About {
    /// What a parser says, or one of the many small things about a value; no fix needs more than that.
    Said(String),
    /// A key, a step, a command, a type or a word that there is not.
    Unknown(Unknown),
    /// Something that must be there.
    Missing(Missing),
    /// A name that nobody declares, and what it is to be the name of.
    Undeclared(Undeclared, String),
    /// A name that LittleHorse does not take, and what it is the name of.
    Name(Named, String),
    /// The name of a failure that belongs to LittleHorse.
    ReservedName(String),

    /// What is wrong behind a word that changes a variable.
    BehindOperation { word: String, why: Box<About> },
    /// A variable that no step before starts a thread for.
    NotStarted { thread: String },
    /// A handler of interrupts does not keep the number of the thread that it starts.
    NoNumberKept { thread: String },
    /// What stands behind the end of a thread.
    BehindEnd,

    /// A variable that a child workflow alone could inherit.
    InheritsNothing { variable: String },
    /// A variable that two threads declare.
    Shadows { variable: String, first: String, second: String },
    /// A variable that no parent of the thread declares.
    OutOfScope { variable: String, thread: String },
    /// The output of a node that the thread does not have.
    NoSuchOutput { thread: String, node: String },

    /// How many ENTRYPOINT nodes a thread has.
    Entrypoints { thread: String, found: usize },
    /// An edge from a node to itself.
    LeadsToItself { node: String },
    /// An edge to a node that the thread does not have.
    LeadsNowhere { node: String },
    /// An edge to the ENTRYPOINT node.
    LeadsToEntrypoint,

    /// A step that is to start what another waits for, and starts no child workflow.
    RunsNoChildWf { step: String },
    /// A thread that starts itself.
    StartsItself { thread: String },
    /// A thread is given a variable that it does not have.
    NoSuchInput { thread: String, variable: String },
    /// A thread is not given a variable that it needs.
    NeedsInput { thread: String, variable: String },
    /// A task with another number of arguments than it has inputs.
    Arguments { task: String, needed: usize, given: usize },
    /// How often, and after how long, a task is tried again.
    Retries(Retries),
    /// A user task that nobody gets.
    NoUser,
    /// A user or group without letters.
    BlankUser,
    /// An action of a user task, and what is wrong with it.
    UnreadAction(Box<About>),

    /// A value that must not be null.
    Null(Typed),
    /// A value of another type than is needed.
    OtherType { what: Typed, wanted: Type, found: Type },
    /// An `INPUT` whose type is taken from another thread, where it does not fit.
    OtherInput { what: Typed, wanted: Type, thread: String, found: Type },
    /// A value that is masked where it must not be, or the other way round.
    OtherMask { what: Typed, masked: bool },
    /// A JSON path that leads into what is no JSON.
    JsonPathInto { of: Type },
    /// A condition that is no BOOL.
    NoBool,
    /// A condition that is computed, and made a BOOL by a cast.
    ComputedCondition,
    /// A type that can't be cast to another.
    NoCast { from: Type, to: Type },
    /// A value that does not fit a variable; whether a cast would help.
    NoAssignment { found: Type, variable: String, declared: Type, castable: bool },
    /// The result of an operation that does not fit its variable.
    OtherResult { result: Type, variable: String, declared: Type },
    /// An operation on types that don't go together.
    NoOperation { operation: MutationType, lhs: Type, rhs: Type },
    /// A comparison of types that don't go together.
    NoComparison { lhs: Type, comparator: Comparator, rhs: Type },
    /// A type without a size.
    NoSize(Type),
    /// A part that a type does not have; the type, and the key or the index.
    NoPart { of: Type, part: String },
    /// A key of a Map that is JSON, bytes or composed of other types.
    MapKey(Type),
    /// A field of a StructDef whose name can't be so.
    FieldName { def: String, field: String },
    /// JSON within a StructDef.
    JsonField { def: String, field: String, found: VarType },
    /// A StructDef that needs itself, or another that does.
    StructNeedsItself { def: String },
    /// A field that can't be null, and whose default is.
    NullDefault { def: String, field: String },
    /// A default of a field that has another type.
    FieldDefault { def: String, field: String, wanted: Type, found: Type },
    /// A struct that lacks fields which it must have.
    FieldsMissing { def: String, fields: Vec<String> },
    /// A field that a StructDef does not have.
    NoField { def: String, field: String },
    /// A field that gets the fields of a struct, but holds none.
    NoStructField { field: String, wanted: Type },
    /// A field that gets a value of another type.
    FieldType { field: String, wanted: Type, found: Type },
    /// What is returned has a type that only its definition tells.
    ReturnNotKnownYet,
    /// What is returned has a type that nobody knows.
    ReturnNotKnown,
    /// Several ends of a thread return different types.
    ReturnsDiffer { thread: String },

    /// A thread that registers an event twice.
    InterruptTwice { thread: String, event: String },
    /// Two threads that register the same event.
    InterruptsTwo { event: String, first: String, second: String },
    /// An event that interrupts, and for which a node waits.
    InterruptAwaited { event: String, node: String, thread: String },
    /// A variable, other than INPUT, of a handler of interrupts.
    HandlerVariable { handler: String, variable: String },
    /// INPUT has another type than the content of the event.
    InputType { input: Type, event: String, content: Type },
    /// A thread that handles its own interrupt.
    HandlesItself { thread: String },

    /// A child workflow has no such variable at its start.
    NoSuchWfInput { workflow: String, variable: String },
    /// A child workflow needs a variable at its start.
    NeedsWfInput { workflow: String, variable: String },
    /// A child workflow that nothing runs.
    NeverRun { workflow: String },
    /// A child workflow of the name that the document's own workflow has.
    OwnName { workflow: String },
    /// A workflow runs one that does not stand below it.
    NotBelow { workflow: String, runs: String },
    /// A thread that nothing starts.
    NeverStarted { thread: String },
    /// A node to which no edge leads.
    Unreached { node: String },
    /// A node, other than EXIT, from which no edge leads.
    NoWayOut { node: String },
}

/// Something that there is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// What it was taken for.
    pub what: UnknownWhat,
    /// As it is written.
    pub written: String,
    /// What was probably meant.
    pub meant: Option<String>,
    /// What there is, if nothing like it was found.
    pub known: Vec<String>,
}

impl Unknown {
    /// Something that is none of those that there are: the most similar is what was probably meant.
    pub(crate) fn among<'a>(
        what: UnknownWhat,
        written: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Self {
        Unknown {
            what,
            written: written.to_owned(),
            meant: similar(written, known.clone()).map(str::to_owned),
            known: known.map(str::to_owned).collect(),
        }
    }
}

/// What something unknown was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnknownWhat {
    /// A key of this map.
    Key(String),
    /// The name of a task's input.
    Input,
    /// A step.
    Step,
    /// A command.
    Command,
    /// A type.
    Type,
    /// The value of this key, one of several words.
    Word(String),
    /// A value in an expression.
    Value,
    /// A task whose results are simulated.
    SimulatedTask,
}

/// Something that must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each line says what its fields are")]
pub enum Missing {
    /// The workflow's name.
    WorkflowName,
    /// The threads.
    Threads,
    /// A key of a map, by what the map is called.
    Key { key: String, of: String },
    /// An input of the task.
    Input(String),
    /// Something in LittleHorse's JSON.
    Said(String),
}

/// What a name that nobody declares is to be the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undeclared {
    /// The entrypoint.
    Entrypoint,
    /// A thread.
    Thread,
    /// The handler of an interrupt.
    Handler,
    /// A variable.
    Variable,
    /// An event that is waited for.
    Event,
    /// The event of an interrupt.
    InterruptEvent,
    /// An event that the script posts.
    PostedEvent,
    /// A workflow event.
    WorkflowEvent,
    /// A StructDef.
    StructDef,
    /// A task.
    Task,
    /// A user task.
    UserTask,
}

/// What a name that LittleHorse does not take is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A workflow.
    WfSpec,
    /// A task.
    TaskDef,
    /// An event.
    ExternalEventDef,
    /// A user task.
    UserTaskDef,
    /// A workflow event.
    WorkflowEventDef,
    /// A failure.
    Failure,
}

/// A value whose type is known before the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// The number of a thread to wait for.
    ThreadToWaitFor,
    /// A list of such numbers.
    ThreadsToWaitFor,
    /// Seconds to sleep.
    SleepSeconds,
    /// A date to sleep until, as a text.
    SleepDate,
    /// A time to sleep until.
    SleepTime,
    /// The id of a child WfRun to wait for.
    ChildWfRunId,
    /// The user or the group of a user task, said outright.
    Assignee,
    /// A variable of this name that a thread is started with.
    Variable(String),
    /// An argument of a task, by its input.
    Argument(String),
}

impl Typed {
    fn name(&self) -> Option<&str> {
        match self {
            Typed::Variable(name) | Typed::Argument(name) => Some(name),
            Typed::ThreadToWaitFor
            | Typed::ThreadsToWaitFor
            | Typed::SleepSeconds
            | Typed::SleepDate
            | Typed::SleepTime
            | Typed::ChildWfRunId
            | Typed::Assignee => None,
        }
    }
}

/// What is wrong with how a task is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retries {
    /// Less than no retry.
    Negative,
    /// No wait before the first.
    NoFirstWait,
    /// A multiplier beyond all numbers.
    MultiplierTooLarge,
    /// A multiplier that makes waits shorter.
    MultiplierTooSmall,
    /// A longest wait that is shorter than the first.
    LongestTooShort,
}

impl From<String> for About {
    fn from(said: String) -> Self {
        About::Said(said)
    }
}

impl From<&str> for About {
    fn from(said: &str) -> Self {
        About::Said(said.to_owned())
    }
}

impl About {
    /// What there is not, if that is what it is about.
    pub fn unknown(&self) -> Option<&Unknown> {
        match self {
            About::Unknown(unknown) => Some(unknown),
            About::BehindOperation { why, .. } => why.unknown(),
            _ => None,
        }
    }

    /// The names that stand in its sentence.
    pub fn names(&self) -> Vec<&str> {
        match self {
            About::Undeclared(_, name) | About::Name(_, name) | About::ReservedName(name) => {
                vec![name]
            }
            About::Unknown(unknown) => vec![&unknown.written],
            About::BehindOperation { why, .. } | About::UnreadAction(why) => why.names(),
            About::NotStarted { thread }
            | About::NoNumberKept { thread }
            | About::Entrypoints { thread, .. }
            | About::StartsItself { thread }
            | About::ReturnsDiffer { thread }
            | About::HandlesItself { thread }
            | About::NeverStarted { thread } => vec![thread],
            About::InheritsNothing { variable }
            | About::NoAssignment { variable, .. }
            | About::OtherResult { variable, .. } => vec![variable],
            About::Shadows { variable, first, second } => vec![variable, first, second],
            About::OutOfScope { variable, thread }
            | About::NoSuchInput { thread, variable }
            | About::NeedsInput { thread, variable }
            | About::HandlerVariable { handler: thread, variable } => vec![thread, variable],
            About::NoSuchOutput { thread, node } => vec![thread, node],
            About::FieldName { def, field }
            | About::JsonField { def, field, .. }
            | About::NullDefault { def, field }
            | About::FieldDefault { def, field, .. }
            | About::NoField { def, field } => vec![def, field],
            About::FieldsMissing { def, .. } | About::StructNeedsItself { def } => vec![def],
            About::FieldType { field, .. } | About::NoStructField { field, .. } => vec![field],
            About::LeadsToItself { node }
            | About::LeadsNowhere { node }
            | About::Unreached { node }
            | About::NoWayOut { node } => vec![node],
            About::Arguments { task, .. } => vec![task],
            About::RunsNoChildWf { step } => vec![step],
            About::NeverRun { workflow } | About::OwnName { workflow } => vec![workflow],
            About::NotBelow { workflow, runs } => vec![workflow, runs],
            About::NoSuchWfInput { workflow, variable }
            | About::NeedsWfInput { workflow, variable } => vec![workflow, variable],
            About::InterruptTwice { thread, event } => vec![thread, event],
            About::InterruptsTwo { event, first, second } => vec![event, first, second],
            About::InterruptAwaited { event, node, thread } => vec![event, node, thread],
            About::InputType { event, .. } => vec![event],
            About::Null(what) | About::OtherType { what, .. } => what.name().into_iter().collect(),
            About::OtherInput { what, thread, .. } => {
                what.name().into_iter().chain([thread.as_str()]).collect()
            }
            About::Said(_)
            | About::Missing(_)
            | About::BehindEnd
            | About::LeadsToEntrypoint
            | About::Retries(_)
            | About::NoUser
            | About::BlankUser
            | About::NoBool
            | About::ComputedCondition
            | About::NoCast { .. }
            | About::NoOperation { .. }
            | About::NoComparison { .. }
            | About::NoSize(_)
            | About::OtherMask { .. }
            | About::NoPart { .. }
            | About::JsonPathInto { .. }
            | About::MapKey(_)
            | About::ReturnNotKnownYet
            | About::ReturnNotKnown => Vec::new(),
        }
    }

    /// The types that it names, in the order of its sentence.
    pub fn types(&self) -> Vec<Type> {
        match self {
            About::OtherType { wanted: a, found: b, .. }
            | About::OtherInput { wanted: a, found: b, .. }
            | About::NoCast { from: a, to: b }
            | About::NoAssignment { found: a, declared: b, .. }
            | About::OtherResult { result: a, declared: b, .. }
            | About::NoOperation { lhs: a, rhs: b, .. }
            | About::NoComparison { lhs: a, rhs: b, .. }
            | About::InputType { input: a, content: b, .. } => vec![a.clone(), b.clone()],
            About::NoSize(found) => vec![found.clone()],
            // That it is no BOOL.
            About::NoBool => vec![Type::Primitive(VarType::Bool)],
            _ => Vec::new(),
        }
    }
}
