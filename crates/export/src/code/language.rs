//! What a language has to say for itself.

use std::collections::HashSet;

use halter_spec::model::{
    CorrelatedEventConfig, Document, ExponentialBackoff, MutationType, Operator, ReturnType,
    ThreadVarDef, VarType, WaitStrategy,
};
use halter_spec::value::Value;

/// What a piece of code is, for the methods that it has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TermKind {
    Variable(VarType),
    Output,
    Expression,
    Comparison,
    Cast,
    Size,
    Format,
    Literal(Value),
}

/// A piece of code that is a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    pub(crate) code: String,
    pub(crate) kind: TermKind,
}

impl Term {
    pub(crate) fn new(code: impl Into<String>, kind: TermKind) -> Self {
        Self { code: code.into(), kind }
    }

    /// The whole number that it is.
    pub(crate) fn int(&self) -> Option<i64> {
        match self.kind {
            TermKind::Literal(Value::Int(number)) => Some(number),
            _ => None,
        }
    }

    /// The text that it is.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Literal(Value::Str(text)) => Some(text),
            _ => None,
        }
    }
}

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
    pub(crate) class: String,
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

/// What stands in a branch or a loop, and the name of its thread in there.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) thread: String,
    pub(crate) lines: Vec<String>,
}

/// The frame of a file.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    pub(crate) document: &'a Document,
    /// The lines of the entrypoint's function, and what its thread is called in there.
    pub(crate) entrypoint: Body,
    /// The external events that the SDK registers with the workflow.
    pub(crate) registered: HashSet<String>,
}

type Said<T> = Result<T, String>;

/// A language and its SDK. A `String` of an error is a sentence on what the SDK can't say.
pub(crate) trait Language {
    /// Whether names of many words are written_like_this, or likeThis.
    fn snake_case(&self) -> bool;
    /// Whether a word is no name of its own: the language's, or one that the file needs itself.
    fn is_reserved(&self) -> fn(&str) -> bool;
    fn literal(&self, value: &Value) -> Said<String>;
    fn binary(&self, thread: &str, operator: Operator, left: &Term, right: &Term) -> Said<Term>;
    fn size_of(&self, operand: &Term) -> Said<Term>;
    fn cast(&self, operand: &Term, to: VarType) -> Said<Term>;
    fn format(&self, thread: &str, format: &Term, arguments: &[Term]) -> Said<Term>;
    fn json_path(&self, base: &Term, path: &str) -> Said<Term>;
    fn get_key(&self, base: &Term, key: &str) -> Said<Term>;
    fn get_index(&self, base: &Term, index: i32) -> Said<Term>;
    /// The variable with the number of a started thread.
    fn number_of(&self, started: &str, several: bool) -> Said<Term>;
    fn declare(&self, thread: &str, name: &str, variable: &ThreadVarDef) -> Said<Vec<String>>;
    fn retention(&self, thread: &str, seconds: i64) -> Said<String>;
    /// The class that the SDK takes for the payload of an event; none if it has none that makes this very type.
    fn payload(&self, content: &ReturnType) -> Option<String>;
    /// `class`: of the event's payload, if the SDK is to register the event here.
    fn interrupt(&self, thread: &str, event: &str, function: &str, class: Option<&str>) -> String;
    fn mutate(
        &self,
        thread: &str,
        target: &Term,
        operation: MutationType,
        value: &Term,
    ) -> Said<String>;
    fn call(&self, thread: &str, call: &Call) -> Said<Made>;
    /// A call as a statement; `keep`: the name that it is kept under.
    fn statement(&self, keep: Option<&str>, call: &Call, made: &Made) -> Vec<String>;
    fn action(&self, thread: &str, form: &str, action: &Action) -> Said<String>;
    fn on_failure(
        &self,
        thread: &str,
        step: &str,
        failure: &Failure,
        function: &str,
    ) -> Said<String>;
    fn on_child_failure(
        &self,
        thread: &str,
        step: &str,
        failure: &Failure,
        function: &str,
    ) -> Said<String>;
    fn branches(
        &self,
        thread: &str,
        number: usize,
        branches: &[(Term, Body)],
        otherwise: Option<&Body>,
    ) -> Said<Vec<String>>;
    fn repeat(
        &self,
        thread: &str,
        number: usize,
        condition: &Term,
        body: &Body,
    ) -> Said<Vec<String>>;
    /// A thread's function.
    fn function(&self, name: &str, body: &Body) -> Vec<String>;
    /// The whole file.
    fn file(&self, outline: &Outline<'_>) -> Said<String>;
}
