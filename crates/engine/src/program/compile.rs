//! From names to indices.

use std::collections::HashMap;
use std::sync::Arc;

use halter_spec::child_wf;
use halter_spec::composed::StructDefs;
use halter_spec::model::{
    self, AccessLevel, Condition, Document, InlineStructBuilder, InlineStructFieldValue, MapType,
    MutationRhs, NodeKind as ModelKind, StructDefId, Type, TypeDef, WfSpec,
};
use halter_spec::proto_json;
use halter_spec::value::Value;

use super::{
    Assignment, CompileError, Edge, EventDef, FailureDef, Field, Handler, Index, Interrupt, Limits,
    Mutation, Name, Node, NodeKind, PathStep, Program, Rhs, Sleep, Source, Spec, TaskDef,
    TaskInput, TaskSource, Threads, UserTaskAction, UserTaskActionKind, UserTaskDef, ValuePath,
    Variable, WfSpecSource,
};
use crate::json_path;
use crate::semantics::Semantics;

/// Seconds after which a claimed task times out if its node says nothing.
const DEFAULT_TASK_TIMEOUT_SECONDS: i64 = 60;

type Result<T> = std::result::Result<T, CompileError>;

fn index_of<'a>(what: &str, names: impl Iterator<Item = &'a String>) -> Result<Index> {
    let mut index = Index::new();
    for (i, name) in names.enumerate() {
        let i = u16::try_from(i)
            .map_err(|_| CompileError(format!("there are more than 65,535 {what}s")))?;
        index.insert(Arc::from(name.as_str()), i);
    }
    Ok(index)
}

fn find(index: &Index, what: &str, name: &str) -> Result<u16> {
    index.get(name).copied().ok_or_else(|| CompileError(format!("{what} {name} is not defined")))
}

fn limits(document: &Document) -> Limits {
    let limits = Limits::default();
    let live = document.max_thread_runs.map_or(limits.live_thread_runs, |most| most as usize);
    Limits { live_thread_runs: live, ..limits }
}

/// R-SCOPE: the variables of the parent WfRun are kept with the ENTRYPOINT ThreadRun, whoever inherits them.
fn inherit(specs: &mut [Spec], entrypoint: usize) {
    let others = specs.iter().enumerate().filter(|(index, _)| *index != entrypoint);
    let inherited: Vec<Variable> = others
        .flat_map(|(_, spec)| &spec.variables)
        .filter(|variable| variable.access == AccessLevel::InheritedVar)
        .cloned()
        .collect();
    specs[entrypoint].variables.extend(inherited);
}

struct Compiler<'d> {
    wf: &'d WfSpec,
    document: &'d Document,
    specs: Index,
    events: Index,
    tasks: Index,
    user_tasks: Index,
    workflow_events: Index,
    names: Index,
    name_list: Vec<Arc<str>>,
    structs: Structs,
}

pub(super) fn compile(document: &Document, semantics: Semantics) -> Result<Program> {
    // From the last to the first: each plays those behind it, so that none plays itself (R-CHILD-WF).
    let mut workflows: Vec<Arc<Program>> = Vec::new();
    for wf in document.workflows.values().rev() {
        let program = compile_wf(document, wf, &workflows, semantics)?;
        workflows.insert(0, Arc::new(program));
    }
    compile_wf(document, &document.wf_spec, &workflows, semantics)
}

fn compile_wf(
    document: &Document,
    wf: &WfSpec,
    workflows: &[Arc<Program>],
    semantics: Semantics,
) -> Result<Program> {
    let mut c = Compiler {
        wf,
        document,
        specs: index_of("ThreadSpec", wf.thread_specs.keys())?,
        events: index_of("ExternalEventDef", document.external_event_defs.keys())?,
        tasks: index_of("TaskDef", document.task_defs.keys())?,
        user_tasks: index_of("UserTaskDef", document.user_task_defs.keys())?,
        workflow_events: index_of("WorkflowEventDef", document.workflow_event_defs.keys())?,
        names: Index::new(),
        name_list: Vec::new(),
        structs: Structs::of(document),
    };
    let entrypoint = find(&c.specs, "ThreadSpec", &wf.entrypoint_thread_name)?;
    let mut specs = wf
        .thread_specs
        .iter()
        .map(|(name, spec)| c.spec(name, spec))
        .collect::<Result<Vec<_>>>()?;
    inherit(&mut specs, usize::from(entrypoint));
    Ok(Program {
        name: wf.name.as_str().into(),
        parent: wf.parent_wf_spec.as_ref().map(|parent| parent.wf_spec_name.as_str().into()),
        semantics,
        limits: limits(document),
        entrypoint,
        specs,
        events: document
            .external_event_defs
            .iter()
            .map(|(name, def)| event_def(&c.structs, name, def))
            .collect(),
        tasks: document
            .task_defs
            .iter()
            .map(|(name, def)| task_def(&c.structs, name, def))
            .collect(),
        user_tasks: document
            .user_task_defs
            .iter()
            .map(|(name, def)| user_task_def(name, def))
            .collect(),
        struct_defs: c.structs.defs(document),
        workflow_events: document.workflow_event_defs.keys().map(|n| n.as_str().into()).collect(),
        names: c.name_list,
        workflows: workflows.to_vec(),
    })
}

/// The versions of the StructDefs: one that is named without its version, or with another, is this one.
struct Structs(HashMap<Arc<str>, i32>);

impl Structs {
    fn of(document: &Document) -> Self {
        let versions = document.struct_defs.iter();
        Self(versions.map(|(name, def)| (Arc::from(name.as_str()), def.version)).collect())
    }

    fn id(&self, id: &StructDefId) -> StructDefId {
        let version = self.0.get(&id.name).copied().unwrap_or(id.version);
        StructDefId { name: Arc::clone(&id.name), version }
    }

    fn type_def(&self, type_def: &TypeDef) -> Arc<TypeDef> {
        Arc::new(TypeDef { of: self.pinned(&type_def.of), masked: type_def.masked })
    }

    fn map_type(&self, map: &MapType) -> MapType {
        MapType { key: self.type_def(&map.key), value: self.type_def(&map.value) }
    }

    /// A type with the versions of the StructDefs that it names.
    fn pinned(&self, of: &Type) -> Type {
        match of {
            Type::Unknown | Type::Primitive(_) => of.clone(),
            Type::Struct(id) => Type::Struct(self.id(id)),
            Type::Array(element) => Type::Array(self.type_def(element)),
            Type::Map(map) => Type::Map(self.map_type(map)),
        }
    }

    fn defs(&self, document: &Document) -> StructDefs {
        let mut defs = document.struct_defs.clone();
        for field in
            defs.values_mut().filter_map(|def| def.fields.as_mut()).flat_map(|f| f.values_mut())
        {
            field.type_def.of = self.pinned(&field.type_def.of);
        }
        defs
    }
}

fn event_def(structs: &Structs, name: &str, def: &model::ExternalEventDef) -> EventDef {
    let content =
        def.content_type.as_ref().map(|r| r.type_def.as_ref().map(|t| structs.pinned(&t.of)));
    EventDef {
        name: name.into(),
        content_empty: content == Some(None),
        content_type: content.flatten(),
        masked: def
            .content_type
            .as_ref()
            .and_then(|r| r.type_def.as_ref())
            .is_some_and(|t| t.masked),
        correlated: def.correlated.as_ref().map(|c| c.delete_after_first_correlation),
    }
}

fn task_def(structs: &Structs, name: &str, def: &model::TaskDef) -> TaskDef {
    let returns = def.return_type.as_ref().and_then(|r| r.type_def.as_ref());
    TaskDef {
        name: name.into(),
        inputs: def.input_vars.iter().map(|input| task_input(structs, input)).collect(),
        return_type: returns.map(|t| structs.pinned(&t.of)),
        masked: returns.is_some_and(|t| t.masked),
    }
}

fn task_input(structs: &Structs, v: &model::VariableDef) -> TaskInput {
    TaskInput {
        name: v.name.as_str().into(),
        of: structs.pinned(&v.type_def.of),
        masked: v.type_def.masked,
    }
}

fn user_task_def(name: &str, def: &model::UserTaskDef) -> UserTaskDef {
    let field = |f: &model::UserTaskField| Field {
        name: f.name.as_str().into(),
        var_type: f.var_type,
        required: f.required,
    };
    UserTaskDef { name: name.into(), fields: def.fields.iter().map(field).collect() }
}

impl Compiler<'_> {
    fn name(&mut self, name: &str) -> Result<Name> {
        if let Some(&id) = self.names.get(name) {
            return Ok(id);
        }
        let id = Name::try_from(self.name_list.len())
            .map_err(|_| CompileError("there are more than 65,535 variables".to_owned()))?;
        let name: Arc<str> = name.into();
        self.names.insert(Arc::clone(&name), id);
        self.name_list.push(name);
        Ok(id)
    }

    fn thread_spec(&self, name: &str) -> Result<u16> {
        find(&self.specs, "ThreadSpec", name)
    }

    fn spec(&mut self, name: &str, spec: &model::ThreadSpec) -> Result<Spec> {
        let nodes = index_of("Node", spec.nodes.keys())?;
        let variables =
            spec.variable_defs.iter().map(|v| self.variable(v)).collect::<Result<_>>()?;
        let interrupts: Vec<_> =
            spec.interrupt_defs.iter().map(|i| self.interrupt(i)).collect::<Result<_>>()?;
        let mut read = Vec::new();
        let mut compiled = Vec::with_capacity(spec.nodes.len());
        for (name, node) in &spec.nodes {
            compiled.push(InSpec { c: self, nodes: &nodes, read: &mut read }.node(name, node)?);
        }
        for index in read {
            compiled[usize::from(index)].keeps_output = true;
        }
        for (node, name) in compiled.iter_mut().zip(spec.nodes.keys()) {
            if let NodeKind::RunChildWf { returns, .. } = &mut node.kind {
                *returns = child_wf::kept_as(self.wf, spec, name).cloned();
            }
        }
        let Some(entrypoint) =
            compiled.iter().position(|n: &Node| matches!(n.kind, NodeKind::Entrypoint))
        else {
            return Err(CompileError(format!("ThreadSpec {name} has no ENTRYPOINT node")));
        };
        let registered = interrupts.iter().map(|interrupt: &Interrupt| interrupt.event);
        let waited = compiled.iter().filter_map(|node| match node.kind {
            NodeKind::ExternalEvent { event, .. } => Some(event),
            NodeKind::Entrypoint
            | NodeKind::Exit { .. }
            | NodeKind::Nop
            | NodeKind::Task { .. }
            | NodeKind::StartThread { .. }
            | NodeKind::StartMultipleThreads { .. }
            | NodeKind::WaitForThreads { .. }
            | NodeKind::Sleep(_)
            | NodeKind::UserTask { .. }
            | NodeKind::ThrowEvent { .. }
            | NodeKind::WaitForCondition(_)
            | NodeKind::RunChildWf { .. }
            | NodeKind::WaitForChildWf { .. } => None,
        });
        let takes = registered.chain(waited).collect();
        Ok(Spec {
            name: name.into(),
            entrypoint: entrypoint as u16,
            nodes: compiled,
            variables,
            variable_defs: spec.variable_defs.clone().into(),
            interrupts,
            takes,
        })
    }

    fn variable(&mut self, v: &model::ThreadVarDef) -> Result<Variable> {
        Ok(Variable {
            name: v.var_def.name.as_str().into(),
            id: self.name(&v.var_def.name)?,
            of: self.structs.pinned(&v.var_def.type_def.of),
            masked: v.var_def.type_def.masked,
            default: v.var_def.default_value.clone(),
            required: v.required,
            access: v.access_level,
        })
    }

    fn interrupt(&self, i: &model::InterruptDef) -> Result<Interrupt> {
        let event = find(&self.events, "ExternalEventDef", &i.external_event_def)?;
        Ok(Interrupt { event, handler: self.thread_spec(&i.handler_spec_name)? })
    }
}

/// Compiles the parts of one ThreadSpec; notes which nodes' outputs are read.
struct InSpec<'a, 'd> {
    c: &'a mut Compiler<'d>,
    nodes: &'a Index,
    read: &'a mut Vec<u16>,
}

impl InSpec<'_, '_> {
    fn node(&mut self, name: &str, node: &model::Node) -> Result<Node> {
        let kind = self.kind(&node.kind)?;
        let edges = node.outgoing_edges.iter().map(|e| self.edge(e)).collect::<Result<_>>()?;
        let handlers = self.handlers(&node.failure_handlers)?;
        Ok(Node { name: name.into(), kind, edges, handlers, keeps_output: false, at: node.at.0 })
    }

    fn edge(&mut self, e: &model::Edge) -> Result<Edge> {
        Ok(Edge {
            sink: find(self.nodes, "Node", &e.sink_node_name)?,
            condition: e.condition.as_ref().map(|c| self.condition(c)).transpose()?,
            mutations: e
                .variable_mutations
                .iter()
                .map(|m| self.mutation(m))
                .collect::<Result<_>>()?,
        })
    }

    fn handlers(&self, handlers: &[model::FailureHandlerDef]) -> Result<Vec<Handler>> {
        let compile = |h: &model::FailureHandlerDef| {
            Ok(Handler {
                spec: self.c.thread_spec(&h.handler_spec_name)?,
                catches: h.failure_to_catch.clone(),
            })
        };
        handlers.iter().map(compile).collect()
    }

    fn condition(&mut self, condition: &Condition) -> Result<Assignment> {
        match condition {
            Condition::Assignment(a) => self.assignment(a),
            Condition::Legacy(comparator, left, right) => {
                let sides = Box::new((self.assignment(left)?, self.assignment(right)?));
                Ok(plain(Source::Expression(sides, model::Operator::Compare(*comparator))))
            }
        }
    }

    fn mutation(&mut self, m: &model::VariableMutation) -> Result<Mutation> {
        let rhs = match &m.rhs {
            MutationRhs::Assignment(a) => Rhs::Assignment(self.assignment(a)?),
            MutationRhs::Literal(v) => Rhs::Assignment(plain(Source::Literal(v.clone()))),
            MutationRhs::NodeOutput(path) => Rhs::NodeOutput(self.path(path.as_ref())?),
        };
        let lhs_path = self.path(m.lhs_path.as_ref())?;
        Ok(Mutation { lhs: self.c.name(&m.lhs_name)?, lhs_path, operation: m.operation, rhs })
    }

    fn path(&mut self, path: Option<&model::Path>) -> Result<Option<Box<ValuePath>>> {
        Ok(match path {
            None => None,
            Some(model::Path::JsonPath(text)) => {
                let steps = json_path::parse(text).map_err(CompileError)?;
                Some(Box::new(ValuePath { is_json_path: true, text: text.as_str().into(), steps }))
            }
            Some(model::Path::LhPath(selectors)) => {
                let steps = selectors.iter().map(|s| self.selector(s)).collect::<Result<_>>()?;
                Some(Box::new(ValuePath { is_json_path: false, text: "".into(), steps }))
            }
        })
    }

    /// A struct that is built; the StructDef of one within it is that of its field.
    fn built(&mut self, id: &StructDefId, built: &InlineStructBuilder) -> Result<Source> {
        let id = self.c.structs.id(id);
        let mut fields = Vec::with_capacity(built.fields.len());
        for (name, value) in &built.fields {
            let value = match value {
                InlineStructFieldValue::Simple(a) => self.assignment(a)?,
                InlineStructFieldValue::SubStructure(inner) => {
                    let def = self.c.document.struct_defs.get(&*id.name);
                    let field = def.and_then(|def| def.fields.as_ref()?.get(name));
                    let of = match field.map(|field| &field.type_def.of) {
                        Some(Type::Struct(id)) => id.clone(),
                        // Of a StructDef of which only the name is known.
                        None => StructDefId::of(name),
                        Some(
                            Type::Unknown | Type::Primitive(_) | Type::Array(_) | Type::Map(_),
                        ) => {
                            return Err(CompileError(format!("Field {name} holds no struct")));
                        }
                    };
                    plain(self.built(&of, inner)?)
                }
            };
            fields.push((Arc::from(name.as_str()), value));
        }
        Ok(Source::Struct(id, fields))
    }

    fn selector(&mut self, selector: &model::Selector) -> Result<PathStep> {
        Ok(match selector {
            model::Selector::Key(key) => PathStep::Key(key.as_str().into()),
            model::Selector::Index(index) => PathStep::Index(i64::from(*index)),
            model::Selector::Dynamic(a) => PathStep::Dynamic(self.assignment(a)?),
        })
    }

    fn assignment(&mut self, a: &model::VariableAssignment) -> Result<Assignment> {
        let source = match &a.source {
            model::Source::Variable(name) => Source::Variable(self.c.name(name)?),
            model::Source::Literal(value) => Source::Literal(value.clone()),
            model::Source::FormatString(format, args) => {
                Source::Format(Box::new(self.assignment(format)?), self.assignments(args)?)
            }
            model::Source::NodeOutput(name) => match self.nodes.get(name.as_str()) {
                Some(&node) => {
                    self.read.push(node);
                    Source::NodeOutput(node)
                }
                None => Source::MissingNode(name.as_str().into()),
            },
            model::Source::Expression(e) => Source::Expression(
                Box::new((self.assignment(&e.lhs)?, self.assignment(&e.rhs)?)),
                e.operator,
            ),
            model::Source::SizeOf(a) => Source::SizeOf(Box::new(self.assignment(a)?)),
            model::Source::StructBuilder(id, built) => self.built(id, built)?,
            model::Source::MapBuilder(map_type, entries) => {
                let entry =
                    |(key, value): &(_, _)| Ok((self.assignment(key)?, self.assignment(value)?));
                let entries = entries.iter().map(entry).collect::<Result<_>>()?;
                Source::Map(map_type.as_ref().map(|of| self.c.structs.map_type(of)), entries)
            }
        };
        Ok(Assignment {
            source,
            path: self.path(a.path.as_ref())?,
            cast: a.target_type.as_ref().map(|t| Box::new(t.of.clone())),
        })
    }

    fn assignments(&mut self, all: &[model::VariableAssignment]) -> Result<Vec<Assignment>> {
        all.iter().map(|a| self.assignment(a)).collect()
    }

    fn optional(&mut self, a: Option<&model::VariableAssignment>) -> Result<Option<Assignment>> {
        a.map(|a| self.assignment(a)).transpose()
    }

    fn variables<'v>(
        &mut self,
        variables: impl IntoIterator<Item = (&'v String, &'v model::VariableAssignment)>,
    ) -> Result<Vec<(Name, Assignment)>> {
        variables
            .into_iter()
            .map(|(name, a)| Ok((self.c.name(name)?, self.assignment(a)?)))
            .collect()
    }

    fn kind(&mut self, kind: &ModelKind) -> Result<NodeKind> {
        Ok(match kind {
            ModelKind::Entrypoint => NodeKind::Entrypoint,
            ModelKind::Nop => NodeKind::Nop,
            ModelKind::Exit(exit) => NodeKind::Exit {
                failure: exit.failure.as_ref().map(|f| self.failure(f)).transpose()?,
                returns: self.optional(exit.return_content.as_ref())?,
            },
            ModelKind::Task(task) => self.task(task)?,
            ModelKind::ExternalEvent(e) => NodeKind::ExternalEvent {
                event: find(&self.c.events, "ExternalEventDef", &e.external_event_def)?,
                timeout_seconds: self.optional(e.timeout_seconds.as_ref())?,
                correlation_key: self.optional(e.correlation_key.as_ref())?,
                mask_correlation_key: e.mask_correlation_key,
            },
            ModelKind::StartThread(s) => NodeKind::StartThread {
                spec: self.c.thread_spec(&s.thread_spec_name)?,
                variables: self.variables(&s.variables)?,
            },
            ModelKind::StartMultipleThreads(s) => NodeKind::StartMultipleThreads {
                spec: self.c.thread_spec(&s.thread_spec_name)?,
                variables: self.variables(&s.variables)?,
                iterable: self.assignment(&s.iterable)?,
            },
            ModelKind::WaitForThreads(w) => NodeKind::WaitForThreads {
                threads: match &w.threads {
                    model::ThreadsToWaitFor::Threads(each) => {
                        Threads::Each(self.assignments(each)?)
                    }
                    model::ThreadsToWaitFor::List(list) => Threads::List(self.assignment(list)?),
                },
                handlers: self.handlers(&w.per_thread_failure_handlers)?,
                strategy: w.strategy,
            },
            ModelKind::Sleep(sleep) => NodeKind::Sleep(match sleep {
                model::SleepNode::RawSeconds(a) => Sleep::Seconds(self.assignment(a)?),
                model::SleepNode::Timestamp(a) => Sleep::Timestamp(self.assignment(a)?),
                model::SleepNode::IsoDate(a) => Sleep::IsoDate(self.assignment(a)?),
            }),
            ModelKind::UserTask(u) => NodeKind::UserTask {
                def: find(&self.c.user_tasks, "UserTaskDef", &u.user_task_def_name)?,
                user_id: self.optional(u.user_id.as_ref())?,
                user_group: self.optional(u.user_group.as_ref())?,
                notes: self.optional(u.notes.as_ref())?,
                cancellation: self.optional(u.on_cancellation_exception_name.as_ref())?,
                actions: self.user_task_actions(u)?,
            },
            ModelKind::ThrowEvent(t) => NodeKind::ThrowEvent {
                event: find(&self.c.workflow_events, "WorkflowEventDef", &t.event_def)?,
                content: self.assignment(&t.content)?,
            },
            ModelKind::WaitForCondition(condition) => {
                NodeKind::WaitForCondition(self.condition(condition)?)
            }
            ModelKind::RunChildWf(run) => NodeKind::RunChildWf {
                wf_spec: match &run.wf_spec {
                    model::WfSpecToRun::WfSpec(name) => WfSpecSource::Named(name.as_str().into()),
                    model::WfSpecToRun::Dynamic(name) => {
                        WfSpecSource::Dynamic(self.assignment(name)?)
                    }
                },
                inputs: self.variables(&run.inputs)?,
                child_id: self.optional(run.child_id.as_ref())?,
                returns: None,
            },
            ModelKind::WaitForChildWf(wait) => {
                NodeKind::WaitForChildWf { child: self.assignment(&wait.child_wf_run_id)? }
            }
        })
    }

    fn user_task_actions(&mut self, u: &model::UserTaskNode) -> Result<Vec<UserTaskAction>> {
        // One that can't be read is left out (V-USER-TASK).
        proto_json::user_task_actions(u)
            .filter_map(std::result::Result::ok)
            .map(|action| self.user_task_action(&action))
            .collect()
    }

    fn user_task_action(&mut self, action: &model::UserTaskAction) -> Result<UserTaskAction> {
        let kind = match &action.kind {
            model::UserTaskActionKind::Cancel => UserTaskActionKind::Cancel,
            model::UserTaskActionKind::Reassign { user_id, user_group } => {
                UserTaskActionKind::Reassign {
                    user_id: self.optional(user_id.as_ref())?,
                    user_group: self.optional(user_group.as_ref())?,
                }
            }
            model::UserTaskActionKind::Task(task) => UserTaskActionKind::Task {
                name: match &task.task {
                    model::TaskToExecute::TaskDef(name) => Assignment {
                        source: Source::Literal(Value::str(name)),
                        path: None,
                        cast: None,
                    },
                    model::TaskToExecute::Dynamic(name) => self.assignment(name)?,
                },
                inputs: self.assignments(&task.variables)?,
            },
        };
        let delay_seconds = self.assignment(&action.delay_seconds)?;
        Ok(UserTaskAction { hook: action.hook, delay_seconds, kind })
    }

    fn failure(&mut self, f: &model::FailureDef) -> Result<FailureDef> {
        Ok(FailureDef {
            name: f.failure_name.as_str().into(),
            message: f.message.as_str().into(),
            content: self.optional(f.content.as_ref())?,
        })
    }

    fn task(&mut self, task: &model::TaskNode) -> Result<NodeKind> {
        Ok(NodeKind::Task {
            task: match &task.task {
                model::TaskToExecute::TaskDef(name) => {
                    TaskSource::Def(find(&self.c.tasks, "TaskDef", name)?)
                }
                model::TaskToExecute::Dynamic(a) => TaskSource::Dynamic(self.assignment(a)?),
            },
            timeout_seconds: match task.timeout_seconds {
                0 => DEFAULT_TASK_TIMEOUT_SECONDS,
                seconds => i64::from(seconds),
            },
            retries: u32::try_from(task.retries).unwrap_or(0),
            backoff: task.exponential_backoff.clone(),
            inputs: self.assignments(&task.variables)?,
        })
    }
}

fn plain(source: Source) -> Assignment {
    Assignment { source, path: None, cast: None }
}
