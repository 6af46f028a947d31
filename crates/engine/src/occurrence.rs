//! What happened during a step, and because of what. Observers hear of it; the state knows nothing of it.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::rules::Rule;
use crate::semantics::Deviation;
use crate::state::{
    EventIndex, HaltReason, Position, Status, TaskStatus, ThreadNumber, ThreadType, UserTaskStatus,
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// What.
    pub what: What,
    /// By which rule.
    pub rule: Rule,
    /// Because of what.
    pub because: Because,
}

/// Because of what something happened: the latest occurrence about that subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The command itself.
    Command,
    /// What happened last to this ThreadRun.
    Thread(ThreadNumber),
    /// What happened last at this NodeRun.
    Node(ThreadNumber, Position),
    /// What happened last to this event.
    Event(EventIndex),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "fields are named for what they hold")]
pub enum What {
    /// The WfRun was started.
    WfRunStarted,
    /// The WfRun's status changed.
    WfRunStatus(Status),
    /// A ThreadRun was started.
    ThreadStarted { thread: ThreadNumber, kind: ThreadType },
    /// A ThreadRun's status changed.
    ThreadStatus { thread: ThreadNumber, status: Status },
    /// A ThreadRun got a halt reason.
    HaltReasonAdded { thread: ThreadNumber, reason: HaltReason },
    /// A halt reason was resolved.
    HaltReasonResolved { thread: ThreadNumber, reason: HaltReason },
    /// A ThreadRun arrived at a node.
    NodeArrived { thread: ThreadNumber, position: Position },
    /// A NodeRun's status changed.
    NodeStatus { thread: ThreadNumber, position: Position, status: Status },
    /// An event arrived.
    EventArrived { event: EventIndex },
    /// An event interrupted a ThreadRun.
    Interrupted { thread: ThreadNumber, event: EventIndex },
    /// A NodeRun took an event.
    EventClaimed { event: EventIndex, thread: ThreadNumber, position: Position },
    /// A TaskRun's status changed.
    TaskStatus { thread: ThreadNumber, position: Position, status: TaskStatus },
    /// A variable got a value.
    VariableSet { thread: ThreadNumber, variable: u16, value: Value, by: (ThreadNumber, Position) },
    /// A NodeRun failed.
    NodeFailed { thread: ThreadNumber, position: Position },
    /// A sleep or a timeout matured.
    TimerFired { thread: ThreadNumber, position: Position },
    /// Time passed; the clock's new reading.
    TimePassed { now: i64 },
    /// A workflow event was thrown; index into `RunState::thrown_events`.
    EventThrown { event: u32, thread: ThreadNumber, position: Position },
    /// A form changed.
    UserTask { thread: ThreadNumber, position: Position, status: UserTaskStatus },
    /// A child WfRun was started, or is over.
    ChildWf { thread: ThreadNumber, position: Position, status: Status },
    /// Something happened in the child WfRun that a NodeRun started; all that it says is of that WfRun.
    InChildWf { thread: ThreadNumber, position: Position, occurrence: Box<Occurrence> },
    /// An action of a user task sent a task to the workers, such as a reminder.
    TaskSent { thread: ThreadNumber, position: Position, task: Arc<str> },
    /// What had begun broke off, and all of it was undone: a command, what came due, or an event that had found its NodeRun.
    BrokeOff { by: Deviation },
}

/// Hears what happens.
pub trait Observer {
    /// Something happened.
    fn occur(&mut self, occurrence: Occurrence);

    /// What the command cost, when it is over: as in [`Limits::effort`](crate::Limits::effort).
    #[inline]
    fn spent(&mut self, _effort: usize) {}

    /// The state right after it.
    #[inline]
    fn after(&mut self, _state: &crate::state::RunState) {}

    /// Whether it looks at the state after the latest occurrence: only then is one made of what happens in a child WfRun.
    #[inline]
    fn looks(&self) -> bool {
        false
    }

    /// How many occurrences it knows.
    #[inline]
    fn heard(&self) -> usize {
        0
    }

    /// Only so many of them have happened: the others were undone.
    #[inline]
    fn undone(&mut self, _heard: usize) {}
}

/// Hears nothing; costs nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl Observer for Unobserved {
    #[inline]
    fn occur(&mut self, _: Occurrence) {}
}

impl<O: Observer + ?Sized> Observer for &mut O {
    #[inline]
    fn occur(&mut self, occurrence: Occurrence) {
        (**self).occur(occurrence);
    }

    #[inline]
    fn spent(&mut self, effort: usize) {
        (**self).spent(effort);
    }

    #[inline]
    fn after(&mut self, state: &crate::state::RunState) {
        (**self).after(state);
    }

    #[inline]
    fn looks(&self) -> bool {
        (**self).looks()
    }

    #[inline]
    fn heard(&self) -> usize {
        (**self).heard()
    }

    #[inline]
    fn undone(&mut self, heard: usize) {
        (**self).undone(heard);
    }
}

impl Observer for Vec<Occurrence> {
    #[inline]
    fn occur(&mut self, occurrence: Occurrence) {
        self.push(occurrence);
    }

    fn heard(&self) -> usize {
        self.len()
    }

    fn undone(&mut self, heard: usize) {
        self.truncate(heard);
    }
}
