//! The state of a run. Indices and small values; shared where it rarely changes; `Eq` and `Hash`.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::command::ChildWfResult;
use crate::event_ids::EventIds;
use crate::list::List;
use crate::unclaimed::Unclaimed;

/// Status of a ThreadRun, a NodeRun or the WfRun (R-STATUS).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum Status {
    Starting,
    Running,
    Halting,
    Halted,
    Completed,
    Error,
    Exception,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 7] = [
        Status::Starting,
        Status::Running,
        Status::Halting,
        Status::Halted,
        Status::Completed,
        Status::Error,
        Status::Exception,
    ];

    /// `LittleHorse`'s name, such as `HALTED`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Starting => "STARTING",
            Status::Running => "RUNNING",
            Status::Halting => "HALTING",
            Status::Halted => "HALTED",
            Status::Completed => "COMPLETED",
            Status::Error => "ERROR",
            Status::Exception => "EXCEPTION",
        }
    }

    /// COMPLETED, ERROR or EXCEPTION: nothing happens any more.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(self, Status::Completed | Status::Error | Status::Exception)
    }

    /// ERROR or EXCEPTION.
    #[must_use]
    pub fn is_failed(self) -> bool {
        matches!(self, Status::Error | Status::Exception)
    }

    /// STARTING, RUNNING or HALTING.
    #[must_use]
    pub fn is_in_progress(self) -> bool {
        matches!(self, Status::Starting | Status::Running | Status::Halting)
    }
}

/// Why a ThreadRun exists (R-TREE).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum ThreadType {
    Entrypoint,
    Child,
    Interrupt,
    FailureHandler,
}

impl ThreadType {
    /// `LittleHorse`'s name, such as `FAILURE_HANDLER`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ThreadType::Entrypoint => "ENTRYPOINT",
            ThreadType::Child => "CHILD",
            ThreadType::Interrupt => "INTERRUPT",
            ThreadType::FailureHandler => "FAILURE_HANDLER",
        }
    }
}

/// Number of a ThreadRun, from 0.
pub type ThreadNumber = u32;
/// Position of a NodeRun in its ThreadRun, from 0.
pub type Position = u32;
/// Index of an ExternalEvent in [`RunState::events`].
pub type EventIndex = u32;

/// Why a ThreadRun is halting or halted (R-HALT, R-RESUME).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HaltReason {
    /// An interrupt waits for the ThreadRun to be HALTED.
    PendingInterrupt(EventIndex),
    /// The interrupt's handler runs.
    Interrupted(ThreadNumber),
    /// The parent is halted.
    ParentHalted(ThreadNumber),
    /// A failure handler waits for the ThreadRun to be HALTED.
    PendingFailure(Position),
    /// The failure handler runs.
    HandlingFailure(ThreadNumber),
    /// Its parent waited for any or the first of several threads, and this one lost: parent, position.
    HaltedByParent(ThreadNumber, Position),
    /// Somebody stopped it.
    ManualHalt,
}

impl HaltReason {
    /// The name used in `LittleHorse`'s documentation, such as `PENDING_INTERRUPT`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            HaltReason::PendingInterrupt(_) => "PENDING_INTERRUPT",
            HaltReason::Interrupted(_) => "INTERRUPTED",
            HaltReason::ParentHalted(_) => "PARENT_HALTED",
            HaltReason::PendingFailure(_) => "PENDING_FAILURE",
            HaltReason::HandlingFailure(_) => "HANDLING_FAILURE",
            HaltReason::HaltedByParent(..) => "HALTED_BY_PARENT",
            HaltReason::ManualHalt => "MANUAL_HALT",
        }
    }
}

/// A failure of a NodeRun.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Failure {
    /// A technical name such as `TASK_FAILURE`, or the user's own.
    pub name: Arc<str>,
    /// What happened.
    pub message: Arc<str>,
    /// The content of an EXCEPTION; `None` if there is none.
    pub content: Option<Value>,
    /// The failure handler that was started for it.
    pub handler: Option<ThreadNumber>,
    /// Whether that handler completed.
    pub properly_handled: bool,
}

/// The state of a whole run.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct RunState {
    /// Status of the WfRun.
    pub status: Status,
    /// ThreadRuns by number; empty before the run was started.
    pub threads: List<Arc<ThreadRun>>,
    /// Numbers of the ThreadRuns that are not terminal, ascending.
    pub live: Vec<ThreadNumber>,
    /// How many of them there are of each ThreadSpec, by index.
    pub live_of: Vec<u32>,
    /// Interrupts whose handler was not started yet, oldest first.
    pub pending_interrupts: Vec<PendingInterrupt>,
    /// Failure handlers that were not started yet, oldest first.
    pub pending_failures: Vec<PendingFailure>,
    /// ExternalEvents in the order of their arrival.
    pub events: List<ExternalEvent>,
    /// Those of them that nobody claimed yet, in the same order.
    pub unclaimed: Unclaimed,
    /// To find an event that comes twice without reading them all.
    pub event_ids: EventIds,
    /// Correlated events that may still find a NodeRun.
    pub correlated_events: Vec<Arc<CorrelatedEvent>>,
    /// The NodeRuns that a correlated event with their key is sent to.
    pub awaited_keys: Vec<Arc<AwaitedKey>>,
    /// Workflow events that were thrown.
    pub thrown_events: Vec<Arc<ThrownEvent>>,
    /// The NodeRuns that started child WfRuns, oldest first.
    pub child_wfs: List<(ThreadNumber, Position)>,
    /// Actions of user tasks that are scheduled, in the order of scheduling.
    pub deadlines: Vec<Deadline>,
    /// Virtual time since the start of the sitting, in milliseconds.
    pub now: i64,
    /// ThreadRuns that are COMPLETED and not archived; the entrypoint never is. Empty if none ever will be.
    pub completed: Vec<ThreadNumber>,
    /// How many ThreadRuns are archived.
    pub archived: usize,
}

impl Default for RunState {
    fn default() -> Self {
        RunState {
            status: Status::Starting,
            threads: List::default(),
            live: Vec::new(),
            live_of: Vec::new(),
            pending_interrupts: Vec::new(),
            pending_failures: Vec::new(),
            events: List::default(),
            unclaimed: Unclaimed::default(),
            event_ids: EventIds::default(),
            correlated_events: Vec::new(),
            awaited_keys: Vec::new(),
            thrown_events: Vec::new(),
            child_wfs: List::default(),
            deadlines: Vec::new(),
            now: 0,
            completed: Vec::new(),
            archived: 0,
        }
    }
}

impl RunState {
    /// Whether `runWf` was taken.
    #[must_use]
    pub fn is_started(&self) -> bool {
        !self.threads.is_empty()
    }

    /// How many ThreadRuns the WfRun holds: those that are not archived.
    #[must_use]
    pub fn held(&self) -> usize {
        self.threads.len() - self.archived
    }

    /// A NodeRun.
    #[must_use]
    pub fn node_run(&self, number: ThreadNumber, position: Position) -> Option<&NodeRun> {
        self.thread(number)?.node_runs.get(position as usize)
    }

    /// The form of a NodeRun.
    #[must_use]
    pub fn form(&self, number: ThreadNumber, position: Position) -> Option<&UserTaskRun> {
        let NodeRunDetail::UserTask(form) = &self.node_run(number, position)?.detail else {
            return None;
        };
        form.as_deref()
    }

    /// The child WfRun that a NodeRun started.
    #[must_use]
    pub fn child_wf(&self, number: ThreadNumber, position: Position) -> Option<&ChildWfRun> {
        let NodeRunDetail::RunChildWf { child, .. } = &self.node_run(number, position)?.detail
        else {
            return None;
        };
        child.as_deref()
    }

    /// The child WfRuns that are played, with the NodeRuns that started them, oldest first.
    pub fn played_child_wfs(
        &self,
    ) -> impl Iterator<Item = (ThreadNumber, Position, &Arc<RunState>)> {
        self.child_wfs.iter().filter_map(|&(thread, position)| {
            Some((thread, position, self.child_wf(thread, position)?.run.as_ref()?))
        })
    }

    /// The ThreadRun with that number.
    #[must_use]
    pub fn thread(&self, number: ThreadNumber) -> Option<&ThreadRun> {
        self.threads.get(number as usize).map(AsRef::as_ref)
    }
}

/// An action of a user task that is scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// Virtual time, in milliseconds.
    pub at: i64,
    /// The NodeRun of the form.
    pub thread: ThreadNumber,
    /// Its position.
    pub position: Position,
    /// Index of the action in its node.
    pub action: u16,
    /// How often the form had been assigned when the action was scheduled.
    pub epoch: u32,
}

/// An interrupt whose handler was not started yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PendingInterrupt {
    /// The event.
    pub event: EventIndex,
    /// The interrupted ThreadRun.
    pub thread: ThreadNumber,
    /// Index of the handler's ThreadSpec.
    pub handler: u16,
}

/// A failure handler that was not started yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PendingFailure {
    /// The failed ThreadRun.
    pub thread: ThreadNumber,
    /// Index of the handler's ThreadSpec.
    pub handler: u16,
}

/// An ExternalEvent that was posted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExternalEvent {
    /// Index of its def.
    pub def: u16,
    /// Its id.
    pub guid: Arc<str>,
    /// Its payload.
    pub content: Value,
    /// Whether an interrupt or a node took it.
    pub claimed: bool,
    /// The NodeRun that took it.
    pub claimed_by: Option<(ThreadNumber, Position)>,
    /// Only for this ThreadRun.
    pub thread: Option<ThreadNumber>,
    /// Only for this NodeRun.
    pub position: Option<Position>,
}

/// A NodeRun that a correlated event with its key is sent to. As in the server it stays one until it got one or its time is up,
/// also when another event has come for it, or its ThreadRun or the WfRun is over.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AwaitedKey {
    /// The ThreadRun.
    pub thread: ThreadNumber,
    /// The position of the NodeRun.
    pub position: Position,
    /// The def of the event.
    pub def: u16,
    /// The key.
    pub key: Arc<str>,
}

/// An event that finds its NodeRuns by a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CorrelatedEvent {
    /// Index of its def.
    pub def: u16,
    /// The key that NodeRuns wait for.
    pub key: Arc<str>,
    /// Its payload.
    pub content: Value,
}

/// A workflow event that was thrown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ThrownEvent {
    /// Index of its def.
    pub def: u16,
    /// Number among those of the same def, from 0.
    pub number: u32,
    /// Its content.
    pub content: Value,
    /// The NodeRun that threw it.
    pub thrown_by: (ThreadNumber, Position),
}

/// One thread of the run.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ThreadRun {
    /// Index of its ThreadSpec.
    pub spec: u16,
    /// Why it exists.
    pub kind: ThreadType,
    /// Its status.
    pub status: Status,
    /// Its parent; a handler's parent is the ThreadRun that it interrupted or whose failure it handles.
    pub parent: Option<ThreadNumber>,
    /// Its children of every type, in the order of creation.
    pub children: Vec<ThreadNumber>,
    /// Those of them that are not over: halting and resuming cost nothing for the others.
    pub live_children: Vec<ThreadNumber>,
    /// Why it is halting or halted.
    pub halt_reasons: Vec<HaltReason>,
    /// The event that it handles, if it is an interrupt's handler.
    pub trigger: Option<EventIndex>,
    /// The failure that it handles: ThreadRun, position, index of the failure.
    pub failure_being_handled: Option<(ThreadNumber, Position, u32)>,
    /// Children whose failure was handled.
    pub handled_failed_children: Vec<ThreadNumber>,
    /// Why it failed.
    pub error_message: Option<Arc<str>>,
    /// What it returned.
    pub output: Option<Value>,
    /// Its variables, in the order of its ThreadSpec's.
    pub variables: Vec<Value>,
    /// Its NodeRuns by position; the last is the current one.
    pub node_runs: List<NodeRun>,
    /// Whether it left the WfRun, COMPLETED, to make room for others (R-STEP).
    pub archived: bool,
    /// Latest outputs of nodes that are read later: node index and value.
    pub outputs: Vec<(u16, Value)>,
}

impl ThreadRun {
    /// Position of the current NodeRun.
    #[must_use]
    pub fn position(&self) -> Position {
        (self.node_runs.len() as Position).saturating_sub(1)
    }

    /// The current NodeRun.
    #[must_use]
    pub fn current(&self) -> Option<&NodeRun> {
        self.node_runs.last()
    }
}

/// One visit of a thread to a node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NodeRun {
    /// Index of the node in its ThreadSpec.
    pub node: u16,
    /// Its status.
    pub status: Status,
    /// Its failures, oldest first.
    pub failures: Vec<Failure>,
    /// The failure handlers that were started for it.
    pub failure_handlers: Vec<ThreadNumber>,
    /// Message of the failure with which its work ended.
    pub error_message: Option<Arc<str>>,
    /// What its kind adds.
    pub detail: NodeRunDetail,
}

/// What a kind of node adds to its NodeRun.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NodeRunDetail {
    /// Entrypoint, exit, nop, wait-for-condition: nothing.
    Plain,
    /// A TaskRun; `None` if it could not be created.
    Task(Option<Box<TaskRun>>),
    /// Waiting for an event.
    ExternalEvent {
        /// The event that came.
        event: Option<EventIndex>,
        /// Virtual time at which it fails with TIMEOUT.
        timeout_at: Option<i64>,
        /// Whether that time passed.
        timed_out: bool,
        /// Only events with this key.
        correlation_key: Option<Arc<str>>,
    },
    /// A child thread.
    StartThread(Option<ThreadNumber>),
    /// Child threads.
    StartMultipleThreads(Vec<ThreadNumber>),
    /// Threads that are waited for.
    WaitForThreads(Vec<WaitForThread>),
    /// Sleeping.
    Sleep {
        /// Virtual time at which it is over.
        matures_at: Option<i64>,
        /// Whether that time passed.
        matured: bool,
    },
    /// A form.
    UserTask(Option<Box<UserTaskRun>>),
    /// The number of the event among those of its def, from 0. Where its content can't be computed no event has it.
    ThrowEvent(Option<u32>),
    /// A child WfRun.
    RunChildWf {
        /// The variables that it is given.
        inputs: Vec<(Arc<str>, Value)>,
        /// What was started; `None` if it could not be.
        child: Option<Box<ChildWfRun>>,
    },
    /// The NodeRun that started the child WfRun that is waited for; `None` if there is none.
    WaitForChildWf(Option<(ThreadNumber, Position)>),
}

/// A WfRun of another WfSpec that a NodeRun started.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChildWfRun {
    /// Its WfSpec.
    pub wf_spec: Arc<str>,
    /// Its id.
    pub id: Arc<str>,
    /// How it ended; `None` while it runs.
    pub result: Option<ChildWfResult>,
    /// What happens inside it, where its WfSpec is known; `None`: that is not played, and how it ends somebody says.
    pub run: Option<Arc<RunState>>,
}

impl ChildWfRun {
    /// Its status.
    #[must_use]
    pub fn status(&self) -> Status {
        match self.result {
            None => Status::Running,
            Some(ChildWfResult::Output(_)) => Status::Completed,
            Some(ChildWfResult::Error(_)) => Status::Error,
            Some(ChildWfResult::Exception(..)) => Status::Exception,
        }
    }
}

/// One thread that is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WaitForThread {
    /// Its number.
    pub thread: ThreadNumber,
    /// Its status when it was last looked at.
    pub thread_status: Status,
    /// What that means for the waiting.
    pub waiting_status: WaitingStatus,
    /// The failure handler that was started for it.
    pub failure_handler: Option<ThreadNumber>,
}

/// What the state of a thread means for the one that waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum WaitingStatus {
    InProgress,
    HandlingFailure,
    CompletedOrFailureHandled,
    Unsuccessful,
}

/// Status of a TaskRun or of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum TaskStatus {
    Scheduled,
    Running,
    Success,
    Failed,
    Timeout,
    OutputSerdeError,
    InputVarSubError,
    Exception,
    Pending,
}

impl TaskStatus {
    /// `LittleHorse`'s name, such as `TASK_RUNNING`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TaskStatus::Scheduled => "TASK_SCHEDULED",
            TaskStatus::Running => "TASK_RUNNING",
            TaskStatus::Success => "TASK_SUCCESS",
            TaskStatus::Failed => "TASK_FAILED",
            TaskStatus::Timeout => "TASK_TIMEOUT",
            TaskStatus::OutputSerdeError => "TASK_OUTPUT_SERDE_ERROR",
            TaskStatus::InputVarSubError => "TASK_INPUT_VAR_SUB_ERROR",
            TaskStatus::Exception => "TASK_EXCEPTION",
            TaskStatus::Pending => "TASK_PENDING",
        }
    }
}

/// The run of a task.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TaskRun {
    /// Index of its TaskDef.
    pub task_def: u16,
    /// Its status.
    pub status: TaskStatus,
    /// Its arguments: name and value.
    pub inputs: Vec<(Arc<str>, Value)>,
    /// Its attempts, oldest first.
    pub attempts: Vec<TaskAttempt>,
}

/// One attempt at a task.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TaskAttempt {
    /// Its status.
    pub status: TaskStatus,
    /// What it returned.
    pub output: Option<Value>,
    /// The technical error: type and message.
    pub error: Option<(Arc<str>, Arc<str>)>,
    /// The exception: name, message, content.
    pub exception: Option<(Arc<str>, Arc<str>, Value)>,
    /// Virtual time at which it times out (running) or becomes schedulable (pending).
    pub due: Option<i64>,
}

/// Status of a UserTaskRun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum UserTaskStatus {
    Unassigned,
    Assigned,
    Done,
    Cancelled,
}

/// The run of a form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserTaskRun {
    /// Index of its UserTaskDef.
    pub def: u16,
    /// Its status.
    pub status: UserTaskStatus,
    /// The person.
    pub user_id: Option<Arc<str>>,
    /// The group.
    pub user_group: Option<Arc<str>>,
    /// What was filled in, by field.
    pub results: Vec<(Arc<str>, Value)>,
    /// A failure that is thrown as soon as the thread runs: name.
    pub failure_to_throw: Option<Arc<str>>,
    /// How often it was assigned: a reassignment that was scheduled before another one is off.
    pub epoch: u32,
    /// Names of the tasks that its actions sent to the workers; what becomes of those changes nothing here.
    pub reminders: Vec<Arc<str>>,
}
