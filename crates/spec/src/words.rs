//! Words with a meaning, each an enum, so that the compiler names every place where a new one is to be read.

use crate::names::named;

/// What a step of a source begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it all")]
pub enum StepWord {
    Task,
    WaitForEvent,
    StartThread,
    StartThreads,
    WaitForThreads,
    Sleep,
    SleepUntil,
    SleepUntilDate,
    UserTask,
    ThrowEvent,
    WaitForCondition,
    RunChildWf,
    WaitForChildWf,
    Fail,
    Return,
    Exit,
    Nop,
    If,
    While,
    Set,
}

named!(
    StepWord,
    20,
    Task = "task",
    WaitForEvent = "wait-for-event",
    StartThread = "start-thread",
    StartThreads = "start-threads",
    WaitForThreads = "wait-for-threads",
    Sleep = "sleep",
    SleepUntil = "sleep-until",
    SleepUntilDate = "sleep-until-date",
    UserTask = "user-task",
    ThrowEvent = "throw-event",
    WaitForCondition = "wait-for-condition",
    RunChildWf = "run-child-wf",
    WaitForChildWf = "wait-for-child-wf",
    Fail = "fail",
    Return = "return",
    Exit = "exit",
    Nop = "nop",
    If = "if",
    While = "while",
    Set = "set",
);

/// What a command of a script begins with, in its short form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it all")]
pub enum CommandWord {
    Run,
    Post,
    Claim,
    Report,
    ReportChildWf,
    InChildWf,
    Pass,
    Stop,
    Resume,
    Rescue,
    CompleteUserTask,
    CancelUserTask,
}

named!(
    CommandWord,
    12,
    Run = "run",
    Post = "post",
    Claim = "claim",
    Report = "report",
    ReportChildWf = "report-child-wf",
    InChildWf = "in-child-wf",
    Pass = "pass",
    Stop = "stop",
    Resume = "resume",
    Rescue = "rescue",
    CompleteUserTask = "complete-user-task",
    CancelUserTask = "cancel-user-task",
);

/// What a node of LittleHorse's JSON does: one of these fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it all")]
pub enum NodeField {
    Entrypoint,
    Exit,
    Task,
    ExternalEvent,
    StartThread,
    WaitForThreads,
    Nop,
    Sleep,
    UserTask,
    StartMultipleThreads,
    ThrowEvent,
    WaitForCondition,
    RunChildWf,
    WaitForChildWf,
}

named!(
    NodeField,
    14,
    Entrypoint = "entrypoint",
    Exit = "exit",
    Task = "task",
    ExternalEvent = "externalEvent",
    StartThread = "startThread",
    WaitForThreads = "waitForThreads",
    Nop = "nop",
    Sleep = "sleep",
    UserTask = "userTask",
    StartMultipleThreads = "startMultipleThreads",
    ThrowEvent = "throwEvent",
    WaitForCondition = "waitForCondition",
    RunChildWf = "runChildWf",
    WaitForChildWf = "waitForChildWf",
);
