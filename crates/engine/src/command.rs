//! What can be asked of a run, and how it says no.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::rules::Rule;

use crate::state::{Position, ThreadNumber};

/// One command (R-STEP).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Command {
    /// Start the WfRun with these variables.
    RunWf(Vec<(Arc<str>, Value)>),
    /// Post an ExternalEvent.
    PostEvent {
        /// The def's name.
        def: Arc<str>,
        /// Its id.
        guid: Arc<str>,
        /// Its payload.
        content: Value,
        /// Only for this ThreadRun.
        thread: Option<ThreadNumber>,
        /// Only for this NodeRun.
        position: Option<Position>,
    },
    /// Post an event that finds its NodeRuns by a key.
    PostCorrelatedEvent {
        /// The def's name.
        def: Arc<str>,
        /// The key that NodeRuns wait for.
        key: Arc<str>,
        /// Its payload.
        content: Value,
    },
    /// A worker takes a scheduled TaskRun.
    ClaimTask(ThreadNumber, Position),
    /// A worker reports what became of it.
    ReportTask(ThreadNumber, Position, TaskResult),
    /// The child WfRun that a NodeRun started is over.
    ReportChildWf(ThreadNumber, Position, ChildWfResult),
    /// Milliseconds pass.
    PassTime(i64),
    /// Halt a ThreadRun by hand (0: the WfRun).
    StopWfRun(ThreadNumber),
    /// Take that back.
    ResumeWfRun(ThreadNumber),
    /// Try a failed ThreadRun again, or go past the failed node.
    RescueThreadRun {
        /// Which.
        thread: ThreadNumber,
        /// Go past the node instead of trying it again.
        skip_current_node: bool,
    },
    /// Fill in a form.
    CompleteUserTask(ThreadNumber, Position, Vec<(Arc<str>, Value)>),
    /// Cancel a form.
    CancelUserTask(ThreadNumber, Position),
    /// A command to the child WfRun that a NodeRun started, where that is played (R-CHILD-WF).
    InChildWf(ThreadNumber, Position, Box<Command>),
}

impl Command {
    /// `LittleHorse`-like name, such as `postEvent`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Command::RunWf(_) => "runWf",
            Command::PostEvent { .. } => "postEvent",
            Command::PostCorrelatedEvent { .. } => "postCorrelatedEvent",
            Command::ClaimTask(..) => "claimTask",
            Command::ReportTask(..) => "reportTask",
            Command::ReportChildWf(..) => "reportChildWf",
            Command::PassTime(_) => "passTime",
            Command::StopWfRun(_) => "stopWfRun",
            Command::ResumeWfRun(_) => "resumeWfRun",
            Command::RescueThreadRun { .. } => "rescueThreadRun",
            Command::CompleteUserTask(..) => "completeUserTask",
            Command::CancelUserTask(..) => "cancelUserTask",
            Command::InChildWf(..) => "inChildWf",
        }
    }
}

/// What a worker reports.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TaskResult {
    /// It worked; the output.
    Output(Value),
    /// It failed: type (such as `TASK_FAILURE`) and message.
    Error(Arc<str>, Arc<str>),
    /// It threw an EXCEPTION: name, message, content.
    Exception(Arc<str>, Arc<str>, Value),
}

/// How a child WfRun ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ChildWfResult {
    /// It completed; what it returned, or nothing.
    Output(Value),
    /// It ended with ERROR: its message.
    Error(Arc<str>),
    /// It ended with an EXCEPTION: name, message, content.
    Exception(Arc<str>, Arc<str>, Value),
}

/// What the failure's message begins with where one waits for a child WfRun that ended with an EXCEPTION; the EXCEPTION's own follows.
pub const EXCEPTION_OF_CHILD_WF: &str = "Child WfRun failed: ";

/// gRPC codes with which `LittleHorse` refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "gRPC's own names")]
pub enum Code {
    InvalidArgument,
    NotFound,
    AlreadyExists,
    FailedPrecondition,
    Internal,
    /// Of a claim whose step broke off: the worker waits for an answer, and none comes.
    Unavailable,
    /// A limit of the playground; a server might do it.
    ResourceExhausted,
}

impl Code {
    /// Whether the server's step broke off, so that the whole command is lost (D-LOST-COMMAND).
    #[must_use]
    pub fn is_lost(self) -> bool {
        matches!(self, Code::Internal | Code::Unavailable)
    }

    /// gRPC's name, such as `ALREADY_EXISTS`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Code::InvalidArgument => "INVALID_ARGUMENT",
            Code::NotFound => "NOT_FOUND",
            Code::AlreadyExists => "ALREADY_EXISTS",
            Code::FailedPrecondition => "FAILED_PRECONDITION",
            Code::Internal => "INTERNAL",
            Code::Unavailable => "UNAVAILABLE",
            Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        }
    }
}

/// Why a command can't be taken. The state is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", code.name())]
pub struct Refusal {
    /// `LittleHorse`'s code.
    pub code: Code,
    /// By which rule.
    pub rule: Rule,
    /// One sentence.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(code: Code, rule: Rule, message: impl Into<String>) -> Self {
        Refusal { code, rule, message: message.into() }
    }
}
