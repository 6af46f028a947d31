//! A checked spec, compiled to indices: what the engine runs.

use std::collections::HashMap;
use std::sync::Arc;

use halter_spec::composed::StructDefs;
use halter_spec::model::{
    self, AccessLevel, MOST_THREAD_RUNS, MapType, StructDefId, StructFieldDef, Type, UserTaskHook,
    VarType,
};
use halter_spec::place::Span;
use halter_spec::value::Value;
use indexmap::IndexMap;

use crate::semantics::Semantics;
use crate::state::{Position, RunState, ThreadNumber};

mod compile;

pub use model::{
    Comparator, ExponentialBackoff, FailureToCatch, MutationType, Operator, WaitStrategy,
};

/// Index of a name in [`Program::names`].
pub type Name = u16;

/// What bounds a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// ThreadRuns that a WfRun may hold at a time, as the server's `LHS_X_MAX_THREAD_RUNS_PER_WF_RUN`: the node that
    /// would start one more fails with INTERNAL_ERROR and starts none (R-STEP).
    pub live_thread_runs: usize,
    /// ThreadRuns of one WfRun altogether; one more ends it with INTERNAL_ERROR (R-STEP).
    pub thread_runs: usize,
    /// Passes of one command in which no ThreadRun ends; one more ends the WfRun with INTERNAL_ERROR (R-STEP).
    pub passes: usize,
    /// Bytes of one value; a larger one can't be computed.
    pub value_bytes: usize,
    /// Lists and objects inside one another in one value; a deeper one can't be computed.
    pub value_depth: usize,
    /// Bytes of all values that are worked with until a command, or what comes due, has settled.
    pub bytes: usize,
    /// NodeRuns of one ThreadRun; one more ends the WfRun with INTERNAL_ERROR (R-STEP).
    pub node_runs: usize,
    /// Passes that one passing of time may need altogether; one that needs more is refused.
    pub time_passes: usize,
    /// What one command may cost altogether: bytes of the values that it works with, and 64 for each ThreadRun that
    /// it looks at. A passing of time that needs more is refused; another command ends with INTERNAL_ERROR (R-STEP).
    pub effort: usize,
}

impl Limits {
    /// Whether COMPLETED ThreadRuns ever leave the WfRun to make room (R-STEP).
    pub(crate) fn archives(&self) -> bool {
        self.live_thread_runs < self.thread_runs
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            live_thread_runs: 65,
            thread_runs: MOST_THREAD_RUNS as usize,
            passes: 512,
            value_bytes: 1 << 20,
            value_depth: 128,
            bytes: 32 << 20,
            node_runs: 10_000,
            time_passes: 10_000,
            effort: 64 << 20,
        }
    }
}

/// A checked spec, compiled to indices.
#[derive(Debug, Clone)]
pub struct Program {
    /// The WfSpec's name.
    pub name: Arc<str>,
    /// Name of the parent WfSpec: this one runs only as its child, and may inherit its variables.
    pub parent: Option<Arc<str>>,
    /// The rules that it runs by.
    pub semantics: Semantics,
    /// What bounds a run.
    pub limits: Limits,
    /// Index of the ThreadSpec with which a run starts.
    pub entrypoint: u16,
    /// ThreadSpecs.
    pub specs: Vec<Spec>,
    /// ExternalEventDefs.
    pub events: Vec<EventDef>,
    /// TaskDefs.
    pub tasks: Vec<TaskDef>,
    /// UserTaskDefs.
    pub user_tasks: Vec<UserTaskDef>,
    /// StructDefs by name.
    pub struct_defs: StructDefs,
    /// Names of WorkflowEventDefs.
    pub workflow_events: Vec<Arc<str>>,
    /// Names of variables, interned.
    pub names: Vec<Arc<str>>,
    /// The child workflows whose WfRuns are played (R-CHILD-WF).
    pub workflows: Vec<Arc<Program>>,
}

impl Program {
    /// What a child workflow runs, if its WfRuns are played.
    #[must_use]
    pub fn workflow(&self, name: &str) -> Option<&Arc<Program>> {
        self.workflows.iter().find(|program| *program.name == *name)
    }

    /// The same by other rules.
    #[must_use]
    pub fn with_semantics(&self, semantics: Semantics) -> Self {
        let mut workflows: Vec<Arc<Program>> = Vec::new();
        for program in self.workflows.iter().rev() {
            let program =
                Program { semantics, workflows: workflows.clone(), ..Program::clone(program) };
            workflows.insert(0, Arc::new(program));
        }
        Program { semantics, workflows, ..self.clone() }
    }

    /// The fields of a StructDef, if more than its name is known.
    #[must_use]
    pub fn struct_fields(&self, name: &str) -> Option<&IndexMap<String, StructFieldDef>> {
        self.struct_defs.get(name)?.fields.as_ref()
    }
}

/// A ThreadSpec.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Its name.
    pub name: Arc<str>,
    /// Index of its ENTRYPOINT node.
    pub entrypoint: u16,
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Its own variables. The entrypoint's has those as well that other ThreadSpecs inherit from the parent WfSpec.
    pub variables: Vec<Variable>,
    /// Its own variables as they are declared.
    pub variable_defs: Arc<[model::ThreadVarDef]>,
    /// The interrupts that it registers (R-REGISTER).
    pub interrupts: Vec<Interrupt>,
    /// ExternalEventDefs by index that it registers or that one of its nodes waits for.
    pub takes: Vec<u16>,
}

impl Spec {
    /// Index of its own variable with that name.
    #[must_use]
    pub fn variable(&self, name: Name) -> Option<usize> {
        self.variables.iter().position(|v| v.id == name)
    }
}

/// A registered interrupt.
#[derive(Debug, Clone, Copy)]
pub struct Interrupt {
    /// Index of the ExternalEventDef.
    pub event: u16,
    /// Index of the handler's ThreadSpec.
    pub handler: u16,
}

/// A variable of a ThreadSpec.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its name.
    pub name: Arc<str>,
    /// Its interned name.
    pub id: Name,
    /// Its type.
    pub of: Type,
    /// Whether its value is hidden.
    pub masked: bool,
    /// Its value at the start, unless given.
    pub default: Option<Value>,
    /// Whether it must be given.
    pub required: bool,
    /// Who may use it.
    pub access: AccessLevel,
}

/// An ExternalEventDef.
#[derive(Debug, Clone)]
pub struct EventDef {
    /// Its name.
    pub name: Arc<str>,
    /// The type of its payload; `None`: anything.
    pub content_type: Option<Type>,
    /// Whether the def says that there is no payload.
    pub content_empty: bool,
    /// Whether its payload is hidden.
    pub masked: bool,
    /// Whether its events may be correlated, and if so, whether only once.
    pub correlated: Option<bool>,
}

/// A TaskDef.
#[derive(Debug, Clone)]
pub struct TaskDef {
    /// Its name.
    pub name: Arc<str>,
    /// Its arguments.
    pub inputs: Vec<TaskInput>,
    /// What it returns; `None`: anything or nothing.
    pub return_type: Option<Type>,
    /// Whether what it returns is hidden.
    pub masked: bool,
}

/// An argument of a TaskDef.
#[derive(Debug, Clone)]
pub struct TaskInput {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub of: Type,
    /// Whether its value is hidden.
    pub masked: bool,
}

/// A UserTaskDef.
#[derive(Debug, Clone)]
pub struct UserTaskDef {
    /// Its name.
    pub name: Arc<str>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub var_type: VarType,
    /// Whether it must be filled in.
    pub required: bool,
}

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its name.
    pub name: Arc<str>,
    /// What it does.
    pub kind: NodeKind,
    /// Ways out, in order.
    pub edges: Vec<Edge>,
    /// Failure handlers, in order.
    pub handlers: Vec<Handler>,
    /// Whether some assignment reads its output later.
    pub keeps_output: bool,
    /// Where it stands in the source.
    pub at: Span,
}

/// A failure handler.
#[derive(Debug, Clone)]
pub struct Handler {
    /// Index of its ThreadSpec.
    pub spec: u16,
    /// What it takes.
    pub catches: FailureToCatch,
}

/// A way from one node to the next.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Index of the node it leads to.
    pub sink: u16,
    /// Taken only if this holds.
    pub condition: Option<Assignment>,
    /// What changes when it is taken.
    pub mutations: Vec<Mutation>,
}

/// Changes one variable.
#[derive(Debug, Clone)]
pub struct Mutation {
    /// The variable.
    pub lhs: Name,
    /// The part of it that changes.
    pub lhs_path: Option<Box<ValuePath>>,
    /// How.
    pub operation: MutationType,
    /// With what.
    pub rhs: Rhs,
}

/// The right side of a mutation.
#[derive(Debug, Clone)]
pub enum Rhs {
    /// Any value.
    Assignment(Assignment),
    /// The output of the node that is being left, or a part of it.
    NodeOutput(Option<Box<ValuePath>>),
}

impl Rhs {
    /// Whether it is a part of JSON, read by a JSON path.
    pub(crate) fn reads_json(&self) -> bool {
        match self {
            Rhs::Assignment(a) => a.reads_json(),
            Rhs::NodeOutput(path) => path.as_ref().is_some_and(|path| path.is_json_path),
        }
    }
}

/// A value that is computed during the run.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Where it comes from.
    pub source: Source,
    /// Which part of it.
    pub path: Option<Box<ValuePath>>,
    /// The type to cast it to.
    pub cast: Option<Box<Type>>,
}

impl Assignment {
    /// Whether it is a part of JSON, read by a JSON path.
    pub(crate) fn reads_json(&self) -> bool {
        self.path.as_ref().is_some_and(|path| path.is_json_path)
    }

    /// The two sides and what is done with them, if its source is an operation and no comparison, whatever it is cast to.
    pub(crate) fn operation(&self) -> Option<(&(Assignment, Assignment), MutationType)> {
        match &self.source {
            Source::Expression(sides, Operator::Mutation(operation)) => Some((sides, *operation)),
            Source::Expression(_, Operator::Compare(_))
            | Source::Variable(_)
            | Source::Literal(_)
            | Source::NodeOutput(_)
            | Source::MissingNode(_)
            | Source::Format(..)
            | Source::SizeOf(_)
            | Source::Struct(..)
            | Source::Map(..) => None,
        }
    }
}

/// The source of an [`Assignment`].
#[derive(Debug, Clone)]
pub enum Source {
    /// A variable in scope.
    Variable(Name),
    /// A literal.
    Literal(Value),
    /// A template and its arguments.
    Format(Box<Assignment>, Vec<Assignment>),
    /// The latest output of a node.
    NodeOutput(u16),
    /// The output of a node that is not there (V-NODE): it has none.
    MissingNode(Arc<str>),
    /// Two sides.
    Expression(Box<(Assignment, Assignment)>, Operator),
    /// The size of a value.
    SizeOf(Box<Assignment>),
    /// A new struct.
    Struct(StructDefId, Vec<(Arc<str>, Assignment)>),
    /// A new Map.
    Map(Option<MapType>, Vec<(Assignment, Assignment)>),
}

/// Where a part of a value is.
#[derive(Debug, Clone)]
pub struct ValuePath {
    /// Whether it is a JSON path, which leads into JSON only; LittleHorse's own path leads into everything.
    pub is_json_path: bool,
    /// As it is written.
    pub text: Arc<str>,
    /// The steps.
    pub steps: Vec<PathStep>,
}

/// One step into a value.
#[derive(Debug, Clone)]
pub enum PathStep {
    /// A key of an object.
    Key(Arc<str>),
    /// An index of an array; from the end if negative.
    Index(i64),
    /// Every element or value.
    All,
    /// A key or index that is computed.
    Dynamic(Assignment),
}

/// What a node does.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are those of the model")]
pub enum NodeKind {
    Entrypoint,
    Exit {
        failure: Option<FailureDef>,
        returns: Option<Assignment>,
    },
    Task {
        task: TaskSource,
        timeout_seconds: i64,
        retries: u32,
        backoff: Option<ExponentialBackoff>,
        inputs: Vec<Assignment>,
    },
    ExternalEvent {
        event: u16,
        timeout_seconds: Option<Assignment>,
        correlation_key: Option<Assignment>,
        mask_correlation_key: bool,
    },
    StartThread {
        spec: u16,
        variables: Vec<(Name, Assignment)>,
    },
    StartMultipleThreads {
        spec: u16,
        variables: Vec<(Name, Assignment)>,
        iterable: Assignment,
    },
    WaitForThreads {
        threads: Threads,
        handlers: Vec<Handler>,
        strategy: WaitStrategy,
    },
    Nop,
    Sleep(Sleep),
    UserTask {
        def: u16,
        user_id: Option<Assignment>,
        user_group: Option<Assignment>,
        notes: Option<Assignment>,
        cancellation: Option<Assignment>,
        actions: Vec<UserTaskAction>,
    },
    ThrowEvent {
        event: u16,
        content: Assignment,
    },
    WaitForCondition(Assignment),
    RunChildWf {
        wf_spec: WfSpecSource,
        inputs: Vec<(Name, Assignment)>,
        child_id: Option<Assignment>,
        /// The type of the variable that keeps what the child returns.
        returns: Option<Type>,
    },
    WaitForChildWf {
        child: Assignment,
    },
}

/// What happens to a form after a while.
#[derive(Debug, Clone)]
pub struct UserTaskAction {
    /// When it is scheduled.
    pub hook: UserTaskHook,
    /// Seconds from then on.
    pub delay_seconds: Assignment,
    /// What happens.
    pub kind: UserTaskActionKind,
}

/// What an action does to a form.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "named as in `halter_spec::model::UserTaskActionKind`")]
pub enum UserTaskActionKind {
    Cancel,
    Reassign { user_id: Option<Assignment>, user_group: Option<Assignment> },
    Task { name: Assignment, inputs: Vec<Assignment> },
}

impl NodeKind {
    /// `LittleHorse`'s name of the kind, such as `EXTERNAL_EVENT`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            NodeKind::Entrypoint => "ENTRYPOINT",
            NodeKind::Exit { .. } => "EXIT",
            NodeKind::Task { .. } => "TASK",
            NodeKind::ExternalEvent { .. } => "EXTERNAL_EVENT",
            NodeKind::StartThread { .. } => "START_THREAD",
            NodeKind::StartMultipleThreads { .. } => "START_MULTIPLE_THREADS",
            NodeKind::WaitForThreads { .. } => "WAIT_FOR_THREADS",
            NodeKind::Nop => "NOP",
            NodeKind::Sleep(_) => "SLEEP",
            NodeKind::UserTask { .. } => "USER_TASK",
            NodeKind::ThrowEvent { .. } => "THROW_EVENT",
            NodeKind::WaitForCondition(_) => "WAIT_FOR_CONDITION",
            NodeKind::RunChildWf { .. } => "RUN_CHILD_WF",
            NodeKind::WaitForChildWf { .. } => "WAIT_FOR_CHILD_WF",
        }
    }
}

/// A failure to throw.
#[derive(Debug, Clone)]
pub struct FailureDef {
    /// Its name.
    pub name: Arc<str>,
    /// Its message.
    pub message: Arc<str>,
    /// Its content.
    pub content: Option<Assignment>,
}

/// Which task a node runs.
#[derive(Debug, Clone)]
pub enum TaskSource {
    /// The TaskDef with this index.
    Def(u16),
    /// A TaskDef whose name is computed.
    Dynamic(Assignment),
}

/// Which WfSpec a node runs.
#[derive(Debug, Clone)]
pub enum WfSpecSource {
    /// The WfSpec with this name.
    Named(Arc<str>),
    /// A WfSpec whose name is computed.
    Dynamic(Assignment),
}

/// Which threads are waited for.
#[derive(Debug, Clone)]
pub enum Threads {
    /// One by one.
    Each(Vec<Assignment>),
    /// A list of numbers.
    List(Assignment),
}

/// How long to sleep.
#[derive(Debug, Clone)]
pub enum Sleep {
    /// Seconds.
    Seconds(Assignment),
    /// Until a time in milliseconds since 1970.
    Timestamp(Assignment),
    /// Until an ISO date.
    IsoDate(Assignment),
}

/// Why a document can't be compiled: it was not validated, or is larger than the engine's indices.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CompileError(pub String);

impl Program {
    /// Compiles a checked document.
    ///
    /// # Errors
    /// If a name is not defined (a valid document has none such) or there are more than 65,535 of one thing.
    pub fn compile(
        document: &model::Document,
        semantics: Semantics,
    ) -> Result<Program, CompileError> {
        compile::compile(document, semantics)
    }

    /// The ThreadSpec with that index.
    #[must_use]
    pub fn spec(&self, index: u16) -> &Spec {
        &self.specs[index as usize]
    }

    /// The type of the variable that keeps what the child WfRun returns that this NodeRun started, if any does.
    #[must_use]
    pub fn child_wf_returns(
        &self,
        state: &RunState,
        thread: ThreadNumber,
        position: Position,
    ) -> Option<&Type> {
        let run = state.thread(thread)?;
        let node = usize::from(state.node_run(thread, position)?.node);
        let spec = self.specs.get(usize::from(run.spec))?;
        let NodeKind::RunChildWf { returns, .. } = &spec.nodes.get(node)?.kind else {
            return None;
        };
        returns.as_ref()
    }

    /// Index of the ExternalEventDef with that name.
    #[must_use]
    pub fn event(&self, name: &str) -> Option<u16> {
        self.events.iter().position(|e| &*e.name == name).map(|i| i as u16)
    }
}

type Index = HashMap<Arc<str>, u16>;
