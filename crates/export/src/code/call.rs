//! A step of a document with all its values as code, before a language writes it.

use halter_spec::model::{CorrelatedEventConfig, ExponentialBackoff, WaitStrategy};

use super::language::Term;

/// What happens to a form that waits.
#[derive(Debug)]
pub(crate) enum Action {
    Remind { task: String, arguments: Vec<Term>, delay: Term, on_assignment: bool },
    Reassign { user: Option<Term>, group: Option<Term>, delay: Term, on_assignment: bool },
    Release { delay: Term },
    Cancel { delay: Term, on_assignment: bool },
}

/// A step with all its values as code.
#[derive(Debug)]
pub(crate) enum Call {
    Task {
        name: Result<String, Term>,
        arguments: Vec<Term>,
        timeout: i32,
        retries: i32,
        backoff: Option<ExponentialBackoff>,
    },
    Event {
        name: String,
        timeout: Option<Term>,
        correlation: Option<(Term, bool)>,
        registers: Option<Payload>,
    },
    Start {
        function: String,
        thread: String,
        variables: Vec<(String, Term)>,
    },
    StartEach {
        function: String,
        thread: String,
        variables: Vec<(String, Term)>,
        list: Term,
    },
    /// The names of what `Start` has given.
    WaitFor {
        threads: Vec<String>,
        strategy: WaitStrategy,
    },
    /// The name of what `StartEach` has given.
    WaitForEach {
        threads: String,
        strategy: WaitStrategy,
    },
    Sleep(Term),
    SleepUntil(Term),
    UserTask {
        name: String,
        user: Option<Term>,
        group: Option<Term>,
        notes: Option<Term>,
        on_cancel: Option<Term>,
    },
    Throw {
        name: String,
        content: Term,
    },
    WaitForCondition(Term),
    RunWf {
        name: Result<String, Term>,
        inputs: Vec<(String, Term)>,
    },
    /// The name of what `RunWf` has given.
    WaitForWf(String),
    Fail {
        name: String,
        message: String,
        content: Option<Term>,
    },
    Complete(Option<Term>),
}

/// What a step that waits for an event says of the event, so that the SDK registers it with the workflow.
#[derive(Debug)]
pub(crate) struct Payload {
    /// The class of the payload.
    pub(crate) class: &'static str,
    pub(crate) correlated: Option<CorrelatedEventConfig>,
}

/// A call in code, and what has to follow it on lines of its own.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) code: String,
    /// What is called on what the call gives, such as `.with_notes(notes)`.
    pub(crate) more: Vec<String>,
}

/// Which failures a handler takes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Failure {
    Any,
    AnyError,
    AnyException,
    Error(String),
    Exception(String),
}
