//! What a workflow is: `LittleHorse`'s `WfSpec` with the definitions that it refers to.
//!
//! Field for field this follows `LittleHorse` 1.2's messages; names of Rust types are those of the messages.
//! Every part that a person can point at carries the [`At`] of the source it was read from.

use indexmap::IndexMap;

use crate::place::At;
use crate::property::Property;
use crate::value::Value;

pub use crate::types::{MapType, StructDef, StructDefId, StructFieldDef, Type, TypeDef, VarType};

/// More ThreadRuns than this are no lesson, and too many to draw.
pub const MOST_THREAD_RUNS: u32 = 10_000;

/// All that one source document holds: the spec, what it refers to, and how to play it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The workflow itself.
    pub wf_spec: WfSpec,
    /// Other WfSpecs, by name: those that it runs as child workflows, and those that these run.
    pub workflows: IndexMap<String, WfSpec>,
    /// Tasks that workers (in the playground: the user, or `simulate`) execute.
    pub task_defs: IndexMap<String, TaskDef>,
    /// Events that can be posted.
    pub external_event_defs: IndexMap<String, ExternalEventDef>,
    /// Forms that people fill in.
    pub user_task_defs: IndexMap<String, UserTaskDef>,
    /// Types with fields, by name.
    pub struct_defs: IndexMap<String, StructDef>,
    /// Events that the workflow throws to the outside.
    pub workflow_event_defs: IndexMap<String, WorkflowEventDef>,
    /// What the simulated worker answers, by TaskDef name, attempt after attempt (the last repeats).
    pub simulate: IndexMap<String, Vec<SimulatedResult>>,
    /// Commands to play, in order, as JSON objects in the form of the recorded traces (`{"postEvent": {…}}`).
    pub script: Vec<serde_json::Value>,
    /// ThreadRuns that a WfRun may hold at a time, from 1 to [`MOST_THREAD_RUNS`]; without it the server's default.
    pub max_thread_runs: Option<u32>,
    /// What is claimed of all runs, by name.
    pub properties: IndexMap<String, Property>,
    /// A WfRun as it was found, with which a sitting begins: LittleHorse's own messages under `wfRun`, `nodeRuns`,
    /// `taskRuns`, `userTaskRuns`, `variables`, `externalEvents` and `childWfRuns`.
    pub found: Option<serde_json::Value>,
    /// Whether the script is what led a WfRun of a server to where it was found, as `halter record` rebuilt it: one looks at its end first.
    pub rebuilt: bool,
}

impl Document {
    /// Its WfSpecs, that of the workflow itself first.
    pub fn wf_specs(&self) -> impl Iterator<Item = &WfSpec> {
        std::iter::once(&self.wf_spec).chain(self.workflows.values())
    }

    /// A child workflow as a document of its own, with the same definitions and those of its own children, but
    /// nothing that is of the first workflow's run; none if its WfSpec is not there.
    #[must_use]
    pub fn of_workflow(&self, name: &str) -> Option<Document> {
        let index = self.workflows.get_index_of(name)?;
        let wf_spec = self.workflows.get_index(index)?.1.clone();
        let below = self.workflows.iter().skip(index + 1);
        Some(Document {
            wf_spec,
            workflows: below.map(|(name, spec)| (name.clone(), spec.clone())).collect(),
            task_defs: self.task_defs.clone(),
            external_event_defs: self.external_event_defs.clone(),
            user_task_defs: self.user_task_defs.clone(),
            struct_defs: self.struct_defs.clone(),
            workflow_event_defs: self.workflow_event_defs.clone(),
            simulate: self.simulate.clone(),
            max_thread_runs: self.max_thread_runs,
            script: Vec::new(),
            properties: IndexMap::new(),
            found: None,
            rebuilt: false,
        })
    }
}

/// A task definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TaskDef {
    /// Names and types of the arguments, in order.
    pub input_vars: Vec<VariableDef>,
    /// What a successful task returns; `None`: not declared.
    pub return_type: Option<ReturnType>,
    /// Where it is declared.
    pub at: At,
}

/// An external event definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExternalEventDef {
    /// The type of the payload; `None`: not declared, anything goes.
    pub content_type: Option<ReturnType>,
    /// Seconds after which an event is deleted.
    pub retention_seconds: Option<i64>,
    /// Present if events of this def may be correlated.
    pub correlated: Option<CorrelatedEventConfig>,
    /// Where it is declared.
    pub at: At,
}

/// How correlated events are kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CorrelatedEventConfig {
    /// Seconds to live.
    pub ttl_seconds: Option<i64>,
    /// Delete after the first correlation.
    pub delete_after_first_correlation: bool,
}

/// A workflow event definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WorkflowEventDef {
    /// The type of the content.
    pub content_type: Option<ReturnType>,
    /// Where it is declared.
    pub at: At,
}

/// A user task definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UserTaskDef {
    /// The form's fields.
    pub fields: Vec<UserTaskField>,
    /// Where it is declared.
    pub at: At,
}

/// One field of a user task's form.
#[derive(Debug, Clone, PartialEq)]
pub struct UserTaskField {
    /// Name of the field.
    pub name: String,
    /// Its type.
    pub var_type: VarType,
    /// Whether it must be filled in.
    pub required: bool,
    /// What is shown to the person.
    pub display_name: String,
    /// What it means.
    pub description: Option<String>,
}

/// The type of something that may also return nothing: `Some(ReturnType { type_def: None })` is "returns nothing".
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReturnType {
    /// The type, or nothing.
    pub type_def: Option<TypeDef>,
}

/// What a simulated task does.
#[derive(Debug, Clone, PartialEq)]
pub enum SimulatedResult {
    /// It returns a value.
    Output(Value),
    /// It fails with a technical error and a message.
    Error(String),
    /// It throws a named exception: name, message, content.
    Exception(String, String, Value),
}

/// A workflow specification.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WfSpec {
    /// Its name: a hostname label.
    pub name: String,
    /// The ThreadSpecs by name, in the order of the source.
    pub thread_specs: IndexMap<String, ThreadSpec>,
    /// The ThreadSpec with which a WfRun starts.
    pub entrypoint_thread_name: String,
    /// Seconds after which an ended WfRun is deleted.
    pub retention_seconds: Option<i64>,
    /// The parent WfSpec, if this one can only run as a child.
    pub parent_wf_spec: Option<ParentWfSpec>,
    /// Which later versions may be put.
    pub allowed_updates: AllowedUpdates,
    /// Where it stands.
    pub at: At,
    /// Where its name stands.
    pub name_at: At,
    /// Where the entrypoint is named.
    pub entrypoint_at: At,
}

/// Reference to a parent WfSpec.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ParentWfSpec {
    /// Its name.
    pub wf_spec_name: String,
    /// Its major version.
    pub wf_spec_major_version: i32,
}

/// Which updates of a WfSpec are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names say it all")]
pub enum AllowedUpdates {
    #[default]
    AllUpdates,
    MinorRevisionUpdates,
    NoUpdates,
}

/// One thread of a WfSpec.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ThreadSpec {
    /// Nodes by name, in the order of the source.
    pub nodes: IndexMap<String, Node>,
    /// Variables that each ThreadRun of this spec owns (or inherits).
    pub variable_defs: Vec<ThreadVarDef>,
    /// Interrupts that it registers.
    pub interrupt_defs: Vec<InterruptDef>,
    /// Seconds after which an ended ThreadRun is deleted.
    pub retention_seconds: Option<i64>,
    /// Where it stands.
    pub at: At,
}

/// Registers an interrupt: when the event arrives, the ThreadRun halts and the handler runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InterruptDef {
    /// The ExternalEventDef's name.
    pub external_event_def: String,
    /// The ThreadSpec that handles it.
    pub handler_spec_name: String,
    /// Where it stands.
    pub at: At,
}

/// A variable of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadVarDef {
    /// Name, type and default.
    pub var_def: VariableDef,
    /// Must be given when the thread starts.
    pub required: bool,
    /// Can be searched for (kept, without effect in a playground).
    pub searchable: bool,
    /// JSON paths that are indexed (kept, without effect).
    pub json_indexes: Vec<(String, VarType)>,
    /// Who may use it.
    pub access_level: AccessLevel,
}

/// Who may use a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum AccessLevel {
    /// Child workflows may read and write it.
    #[default]
    PublicVar,
    /// Only this workflow.
    PrivateVar,
    /// It is the parent workflow's variable.
    InheritedVar,
}

/// Name, type and default of a variable.
#[derive(Debug, Clone, PartialEq)]
pub struct VariableDef {
    /// Its name.
    pub name: String,
    /// Its type.
    pub type_def: TypeDef,
    /// Its value at the start, unless given.
    pub default_value: Option<Value>,
    /// Where it stands.
    pub at: At,
}

/// One step of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it does.
    pub kind: NodeKind,
    /// Ways out, tried in order (R-EDGE).
    pub outgoing_edges: Vec<Edge>,
    /// What happens when it fails, first match wins (R-CATCH).
    pub failure_handlers: Vec<FailureHandlerDef>,
    /// Where it stands.
    pub at: At,
}

/// A way from one node to the next.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edge {
    /// Name of the node it leads to.
    pub sink_node_name: String,
    /// Taken only if this holds.
    pub condition: Option<Condition>,
    /// What changes when it is taken.
    pub variable_mutations: Vec<VariableMutation>,
    /// Where it stands.
    pub at: At,
}

/// A condition, in today's form or the legacy one.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A value that must be true.
    Assignment(VariableAssignment),
    /// Left, comparator, right.
    Legacy(Comparator, VariableAssignment, VariableAssignment),
}

/// Compares two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum Comparator {
    LessThan,
    GreaterThan,
    LessThanEq,
    GreaterThanEq,
    Equals,
    NotEquals,
    In,
    NotIn,
}

/// What to do with a variable, or with the two sides of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum MutationType {
    Assign,
    Add,
    Extend,
    Subtract,
    Multiply,
    Divide,
    RemoveIfPresent,
    RemoveIndex,
    RemoveKey,
    And,
    Or,
    Pow,
}

/// Changes one variable.
#[derive(Debug, Clone, PartialEq)]
pub struct VariableMutation {
    /// The variable.
    pub lhs_name: String,
    /// The part of it that changes.
    pub lhs_path: Option<Path>,
    /// How.
    pub operation: MutationType,
    /// With what.
    pub rhs: MutationRhs,
    /// Where it stands.
    pub at: At,
}

/// The right side of a mutation.
#[derive(Debug, Clone, PartialEq)]
pub enum MutationRhs {
    /// Any value.
    Assignment(VariableAssignment),
    /// A literal (legacy form).
    Literal(Value),
    /// The output of the node that is being left (legacy form), perhaps a part of it.
    NodeOutput(Option<Path>),
}

/// Where a part of a JSON value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Path {
    /// A JSON path such as `$.items[0].price`.
    JsonPath(String),
    /// LittleHorse's own path.
    LhPath(Vec<Selector>),
}

/// One step of a [`Path::LhPath`].
#[derive(Debug, Clone, PartialEq)]
pub enum Selector {
    /// A key of an object.
    Key(String),
    /// An index of an array.
    Index(i32),
    /// A key or index that is computed.
    Dynamic(VariableAssignment),
}

/// A value that is computed during the run.
#[derive(Debug, Clone, PartialEq)]
pub struct VariableAssignment {
    /// Where it comes from.
    pub source: Source,
    /// Which part of it.
    pub path: Option<Path>,
    /// The type to cast it to.
    pub target_type: Option<TypeDef>,
    /// Where it stands.
    pub at: At,
}

impl VariableAssignment {
    /// Whether it is a literal null and nothing more.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.target_type.is_none() && self.source == Source::Literal(Value::Null)
    }

    /// An assignment with only a source.
    #[must_use]
    pub fn of(source: Source) -> Self {
        Self { source, path: None, target_type: None, at: At::default() }
    }
}

/// The source of a [`VariableAssignment`].
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A variable in scope.
    Variable(String),
    /// A literal.
    Literal(Value),
    /// A template and its arguments.
    FormatString(Box<VariableAssignment>, Vec<VariableAssignment>),
    /// The latest output of a node of the same thread.
    NodeOutput(String),
    /// Two sides and what connects them.
    Expression(Box<Expression>),
    /// The size of a value.
    SizeOf(Box<VariableAssignment>),
    /// A new struct: its StructDef and its fields.
    StructBuilder(StructDefId, InlineStructBuilder),
    /// A new Map (LittleHorse 1.3): its type, if it is said, and its entries.
    MapBuilder(Option<MapType>, Vec<(VariableAssignment, VariableAssignment)>),
}

/// The fields of a struct that is built, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InlineStructBuilder {
    /// What each field gets.
    pub fields: IndexMap<String, InlineStructFieldValue>,
}

/// What a field of a struct that is built gets.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineStructFieldValue {
    /// A value.
    Simple(VariableAssignment),
    /// A struct of the field's own StructDef.
    SubStructure(InlineStructBuilder),
}

/// Two sides and what connects them.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Left side.
    pub lhs: VariableAssignment,
    /// What connects them.
    pub operator: Operator,
    /// Right side.
    pub rhs: VariableAssignment,
}

/// What connects the sides of an [`Expression`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Arithmetic and the like.
    Mutation(MutationType),
    /// A comparison.
    Compare(Comparator),
}

/// The names of technical ERRORs: every other failure is an EXCEPTION of the user's own.
pub const TECHNICAL_FAILURES: [&str; 9] = [
    "CHILD_FAILURE",
    "VAR_SUB_ERROR",
    "VAR_MUTATION_ERROR",
    "USER_TASK_CANCELLED",
    "TIMEOUT",
    "TASK_FAILURE",
    "VAR_ERROR",
    "TASK_ERROR",
    "INTERNAL_ERROR",
];

/// Which failures a handler takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureToCatch {
    /// The failure with this name (`VAR_ERROR` and `TASK_ERROR` cover several).
    Specific(String),
    /// Every technical ERROR.
    AnyError,
    /// Every EXCEPTION.
    AnyException,
    /// Everything.
    Any,
}

/// Which thread handles which failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureHandlerDef {
    /// The ThreadSpec that handles it.
    pub handler_spec_name: String,
    /// Which failures.
    pub failure_to_catch: FailureToCatch,
    /// Where it stands.
    pub at: At,
}

/// What a node does.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// The first node of a thread.
    Entrypoint,
    /// The last one; may throw a failure or return a value.
    Exit(ExitNode),
    /// Runs a task.
    Task(TaskNode),
    /// Waits for an event.
    ExternalEvent(ExternalEventNode),
    /// Starts a child thread.
    StartThread(StartThreadNode),
    /// Starts one child thread for each element.
    StartMultipleThreads(StartMultipleThreadsNode),
    /// Waits for threads.
    WaitForThreads(WaitForThreadsNode),
    /// Does nothing (branches and joins).
    Nop,
    /// Waits for time to pass.
    Sleep(SleepNode),
    /// Waits for a person.
    UserTask(Box<UserTaskNode>),
    /// Throws a workflow event.
    ThrowEvent(ThrowEventNode),
    /// Waits until a condition holds.
    WaitForCondition(Condition),
    /// Starts a WfRun of another WfSpec, whose parent is this one.
    RunChildWf(RunChildWfNode),
    /// Waits until a child WfRun is over.
    WaitForChildWf(WaitForChildWfNode),
}

impl ThreadSpec {
    /// The threads that it names, as often as it does: handlers of interrupts, then what its nodes start and handle.
    pub fn threads(&self) -> impl Iterator<Item = &str> {
        let interrupts = self.interrupt_defs.iter();
        let handlers = interrupts.map(|interrupt| interrupt.handler_spec_name.as_str());
        handlers.chain(self.nodes.values().flat_map(Node::threads))
    }
}

impl Node {
    /// The threads that it names: handlers of its failures, then the thread that it starts or handlers of children's failures.
    pub fn threads(&self) -> impl Iterator<Item = &str> {
        let handlers = self.failure_handlers.iter().chain(self.kind.child_failure_handlers());
        let handlers = handlers.map(|handler| handler.handler_spec_name.as_str());
        handlers.chain(self.kind.starts().map(|(thread, _)| thread))
    }
}

impl NodeKind {
    /// The thread that it starts, and whether it starts several.
    pub fn starts(&self) -> Option<(&str, bool)> {
        match self {
            NodeKind::StartThread(start) => Some((&start.thread_spec_name, false)),
            NodeKind::StartMultipleThreads(start) => Some((&start.thread_spec_name, true)),
            NodeKind::Entrypoint
            | NodeKind::Exit(_)
            | NodeKind::Task(_)
            | NodeKind::ExternalEvent(_)
            | NodeKind::WaitForThreads(_)
            | NodeKind::Nop
            | NodeKind::Sleep(_)
            | NodeKind::UserTask(_)
            | NodeKind::ThrowEvent(_)
            | NodeKind::WaitForCondition(_)
            | NodeKind::RunChildWf(_)
            | NodeKind::WaitForChildWf(_) => None,
        }
    }

    /// The handlers of failures of threads that it waits for.
    pub fn child_failure_handlers(&self) -> &[FailureHandlerDef] {
        match self {
            NodeKind::WaitForThreads(wait) => &wait.per_thread_failure_handlers,
            NodeKind::Entrypoint
            | NodeKind::Exit(_)
            | NodeKind::Task(_)
            | NodeKind::ExternalEvent(_)
            | NodeKind::StartThread(_)
            | NodeKind::StartMultipleThreads(_)
            | NodeKind::Nop
            | NodeKind::Sleep(_)
            | NodeKind::UserTask(_)
            | NodeKind::ThrowEvent(_)
            | NodeKind::WaitForCondition(_)
            | NodeKind::RunChildWf(_)
            | NodeKind::WaitForChildWf(_) => &[],
        }
    }

    /// `LittleHorse`'s name of the kind, such as `EXTERNAL_EVENT`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            NodeKind::Entrypoint => "ENTRYPOINT",
            NodeKind::Exit(_) => "EXIT",
            NodeKind::Task(_) => "TASK",
            NodeKind::ExternalEvent(_) => "EXTERNAL_EVENT",
            NodeKind::StartThread(_) => "START_THREAD",
            NodeKind::StartMultipleThreads(_) => "START_MULTIPLE_THREADS",
            NodeKind::WaitForThreads(_) => "WAIT_FOR_THREADS",
            NodeKind::Nop => "NOP",
            NodeKind::Sleep(_) => "SLEEP",
            NodeKind::UserTask(_) => "USER_TASK",
            NodeKind::ThrowEvent(_) => "THROW_EVENT",
            NodeKind::WaitForCondition(_) => "WAIT_FOR_CONDITION",
            NodeKind::RunChildWf(_) => "RUN_CHILD_WF",
            NodeKind::WaitForChildWf(_) => "WAIT_FOR_CHILD_WF",
        }
    }
}

/// How a thread ends.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExitNode {
    /// The failure it throws.
    pub failure: Option<FailureDef>,
    /// What it returns.
    pub return_content: Option<VariableAssignment>,
}

/// A failure to throw.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureDef {
    /// Its name: lower-case-with-dashes for EXCEPTIONs, a technical name for ERRORs.
    pub failure_name: String,
    /// Its message.
    pub message: String,
    /// Its content.
    pub content: Option<VariableAssignment>,
}

/// A task to run.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskNode {
    /// Which task.
    pub task: TaskToExecute,
    /// Seconds after which a running attempt times out; 0: the default of 60.
    pub timeout_seconds: i32,
    /// How often it is tried again.
    pub retries: i32,
    /// How long to wait between tries.
    pub exponential_backoff: Option<ExponentialBackoff>,
    /// The arguments.
    pub variables: Vec<VariableAssignment>,
}

/// Which task a node runs.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskToExecute {
    /// The TaskDef with this name.
    TaskDef(String),
    /// A TaskDef whose name is computed.
    Dynamic(VariableAssignment),
}

/// Waiting times between tries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExponentialBackoff {
    /// First wait, in milliseconds.
    pub base_interval_ms: i32,
    /// Longest wait, in milliseconds.
    pub max_delay_ms: i64,
    /// How much longer each wait is than the one before.
    pub multiplier: f32,
}

/// An event to wait for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExternalEventNode {
    /// Which event.
    pub external_event_def: String,
    /// Seconds after which it fails with TIMEOUT.
    pub timeout_seconds: Option<VariableAssignment>,
    /// Only an event with this correlation key.
    pub correlation_key: Option<VariableAssignment>,
    /// Hide the key.
    pub mask_correlation_key: bool,
}

/// A child thread to start.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StartThreadNode {
    /// Which ThreadSpec.
    pub thread_spec_name: String,
    /// Its variables at the start.
    pub variables: IndexMap<String, VariableAssignment>,
}

/// Child threads to start, one for each element.
#[derive(Debug, Clone, PartialEq)]
pub struct StartMultipleThreadsNode {
    /// Which ThreadSpec.
    pub thread_spec_name: String,
    /// Their variables at the start (`INPUT` gets the element).
    pub variables: IndexMap<String, VariableAssignment>,
    /// The list of elements.
    pub iterable: VariableAssignment,
}

/// Threads to wait for.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitForThreadsNode {
    /// Which threads.
    pub threads: ThreadsToWaitFor,
    /// What happens when one of them fails.
    pub per_thread_failure_handlers: Vec<FailureHandlerDef>,
    /// All, the first, or any.
    pub strategy: WaitStrategy,
}

/// Which threads are waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum ThreadsToWaitFor {
    /// ThreadRun numbers, one by one.
    Threads(Vec<VariableAssignment>),
    /// A list of ThreadRun numbers.
    List(VariableAssignment),
}

/// When waiting for threads is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum WaitStrategy {
    #[default]
    WaitForAll,
    WaitForFirst,
    WaitForAny,
}

/// How long to sleep.
#[derive(Debug, Clone, PartialEq)]
pub enum SleepNode {
    /// A number of seconds.
    RawSeconds(VariableAssignment),
    /// Until a point in time, in milliseconds since 1970.
    Timestamp(VariableAssignment),
    /// Until an ISO date.
    IsoDate(VariableAssignment),
}

/// A form for a person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UserTaskNode {
    /// Which form.
    pub user_task_def_name: String,
    /// The group that may fill it in.
    pub user_group: Option<VariableAssignment>,
    /// The person who shall.
    pub user_id: Option<VariableAssignment>,
    /// Reminders, reassignments and cancellations; [`crate::proto_json::user_task_actions`] tells those that can be played.
    pub actions: Vec<GivenAction>,
    /// The form's version.
    pub user_task_def_version: Option<i32>,
    /// Notes for the person.
    pub notes: Option<VariableAssignment>,
    /// Name of the EXCEPTION thrown when it is cancelled.
    pub on_cancellation_exception_name: Option<VariableAssignment>,
}

/// When an action of a user task is scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UserTaskHook {
    /// When its form is created.
    #[default]
    OnArrival,
    /// When the form gets another user.
    OnTaskAssigned,
}

impl UserTaskAction {
    /// The values that it is given.
    pub fn values(&self) -> Vec<&VariableAssignment> {
        let mut values = vec![&self.delay_seconds];
        match &self.kind {
            UserTaskActionKind::Cancel => {}
            UserTaskActionKind::Reassign { user_id, user_group } => {
                values.extend(user_id.iter().chain(user_group));
            }
            UserTaskActionKind::Task(task) => values.extend(task.values()),
        }
        values
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> Vec<&mut VariableAssignment> {
        let mut values = vec![&mut self.delay_seconds];
        match &mut self.kind {
            UserTaskActionKind::Cancel => {}
            UserTaskActionKind::Reassign { user_id, user_group } => {
                values.extend(user_id.iter_mut().chain(user_group));
            }
            UserTaskActionKind::Task(task) => values.extend(task.values_mut()),
        }
        values
    }
}

impl UserTaskNode {
    /// The names of the TaskDefs that remind of the form, and where they are given.
    pub fn reminders(&self) -> impl Iterator<Item = (&str, At)> {
        self.actions.iter().filter_map(|action| match action {
            GivenAction::Read(action) => match &action.kind {
                UserTaskActionKind::Task(TaskNode {
                    task: TaskToExecute::TaskDef(name), ..
                }) => Some((name.as_str(), action.delay_seconds.at)),
                UserTaskActionKind::Task(_)
                | UserTaskActionKind::Cancel
                | UserTaskActionKind::Reassign { .. } => None,
            },
            GivenAction::Kept(_) => None,
        })
    }
}

impl TaskNode {
    /// The values that it is given.
    pub fn values(&self) -> impl Iterator<Item = &VariableAssignment> {
        let name = match &self.task {
            TaskToExecute::Dynamic(name) => Some(name),
            TaskToExecute::TaskDef(_) => None,
        };
        self.variables.iter().chain(name)
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut VariableAssignment> {
        let name = match &mut self.task {
            TaskToExecute::Dynamic(name) => Some(name),
            TaskToExecute::TaskDef(_) => None,
        };
        self.variables.iter_mut().chain(name)
    }
}

/// An action of a user task as it was given.
#[derive(Debug, Clone, PartialEq)]
pub enum GivenAction {
    /// One that is understood as a whole.
    Read(Box<UserTaskAction>),
    /// LittleHorse's JSON of one that is not.
    Kept(serde_json::Value),
}

/// What happens to a user task's form after a while (`UTActionTrigger`).
#[derive(Debug, Clone, PartialEq)]
pub struct UserTaskAction {
    /// When it is scheduled.
    pub hook: UserTaskHook,
    /// Seconds from then on.
    pub delay_seconds: VariableAssignment,
    /// What happens.
    pub kind: UserTaskActionKind,
}

/// What an action of a user task does.
#[derive(Debug, Clone, PartialEq)]
pub enum UserTaskActionKind {
    /// Cancels the form.
    Cancel,
    /// Assigns the form to others.
    Reassign {
        /// The person who shall fill it in.
        user_id: Option<VariableAssignment>,
        /// The group that may.
        user_group: Option<VariableAssignment>,
    },
    /// Sends a task to the workers, such as a reminder.
    Task(TaskNode),
}

/// A workflow event to throw.
#[derive(Debug, Clone, PartialEq)]
pub struct ThrowEventNode {
    /// Which event.
    pub event_def: String,
    /// Its content.
    pub content: VariableAssignment,
}

/// A child workflow to run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunChildWfNode {
    /// Which WfSpec.
    pub wf_spec: WfSpecToRun,
    /// Its major version; -1: the latest.
    pub major_version: i32,
    /// The variables of its entrypoint at the start.
    pub inputs: IndexMap<String, VariableAssignment>,
    /// The id of the WfRun (LittleHorse 1.3); without it, it is by chance.
    pub child_id: Option<VariableAssignment>,
}

/// Which WfSpec a node runs.
#[derive(Debug, Clone, PartialEq)]
pub enum WfSpecToRun {
    /// The WfSpec with this name.
    WfSpec(String),
    /// A WfSpec whose name is computed.
    Dynamic(VariableAssignment),
}

/// A child workflow to wait for.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitForChildWfNode {
    /// The id of the WfRun.
    pub child_wf_run_id: VariableAssignment,
    /// The node that started it, a RUN_CHILD_WF of the same thread: it says what the WfRun returns.
    pub source_node: String,
}
