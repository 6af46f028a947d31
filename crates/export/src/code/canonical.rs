//! A WfSpec without what an SDK chooses by itself, so that two can be compared.

use std::collections::HashMap;

use halter_spec::model::{
    Condition, Edge, FailureHandlerDef, GivenAction, InlineStructBuilder, InlineStructFieldValue,
    MutationRhs, Node, NodeKind, Path, Selector, SleepNode, Source, ThreadSpec, ThreadsToWaitFor,
    VariableAssignment, WfSpec, WfSpecToRun,
};

use super::numbers::numbers;

/// Threads that are unfolded at most.
const MAX_THREADS: usize = 1_000;

/// The same WfSpec with other names. Nodes and threads are named by the way that leads to them, a thread that is named in
/// several places is there for each, variables with threads' numbers are named after their nodes, variables stand in
/// the order of their names, and what nothing leads to is left out, as are edges behind an EXIT:
/// the Java SDK makes them where an EXIT ends an else branch, and nobody ever goes there.
#[must_use]
pub fn canonical(spec: &WfSpec) -> WfSpec {
    let mut unfolding = Unfolding { spec, threads: Vec::new() };
    let entrypoint = unfolding.thread(&spec.entrypoint_thread_name, &HashMap::new());
    let mut canonical = spec.clone();
    canonical.entrypoint_thread_name = entrypoint;
    let threads = unfolding.threads.into_iter();
    canonical.thread_specs = threads.map(|thread| (thread.0, thread.1)).collect();
    canonical
}

struct Unfolding<'s> {
    spec: &'s WfSpec,
    threads: Vec<(String, ThreadSpec)>,
}

impl Unfolding<'_> {
    /// Adds a copy of a thread; its name. `variables`: other names for variables of the threads around it.
    fn thread(&mut self, name: &str, variables: &HashMap<String, String>) -> String {
        let copy = format!("t{}", self.threads.len());
        let Some(thread) = self.spec.thread_specs.get(name) else {
            return copy;
        };
        self.threads.push((copy.clone(), ThreadSpec::default()));
        if self.threads.len() > MAX_THREADS {
            return copy;
        }
        let index = self.threads.len() - 1;
        let nodes = node_names(thread);
        let mut names = Names { variables: variables.clone(), nodes };
        for (variable, node) in numbers(thread) {
            let node = names.nodes.get(node).cloned().unwrap_or_default();
            names.variables.insert(variable.to_owned(), format!("{copy}-{node}"));
        }
        let mut unfolded =
            ThreadSpec { retention_seconds: thread.retention_seconds, ..ThreadSpec::default() };
        unfolded.variable_defs.clone_from(&thread.variable_defs);
        for variable in &mut unfolded.variable_defs {
            names.variable(&mut variable.var_def.name);
        }
        unfolded.variable_defs.sort_by(|left, right| left.var_def.name.cmp(&right.var_def.name));
        unfolded.interrupt_defs.clone_from(&thread.interrupt_defs);
        for interrupt in &mut unfolded.interrupt_defs {
            interrupt.handler_spec_name =
                self.thread(&interrupt.handler_spec_name, &names.variables);
        }
        let mut order: Vec<_> = names.nodes.clone().into_iter().collect();
        order.sort_by_key(|(_, name)| (name.len(), name.clone()));
        for (old, new) in order {
            let Some(node) = thread.nodes.get(&old) else {
                continue;
            };
            let mut node = node.clone();
            self.node(&mut node, &names);
            unfolded.nodes.insert(new, node);
        }
        if let Some(slot) = self.threads.get_mut(index) {
            slot.1 = unfolded;
        }
        copy
    }

    fn handlers(&mut self, handlers: &mut [FailureHandlerDef], names: &Names) {
        for handler in handlers {
            handler.handler_spec_name = self.thread(&handler.handler_spec_name, &names.variables);
        }
    }

    fn node(&mut self, node: &mut Node, names: &Names) {
        if matches!(node.kind, NodeKind::Exit(_)) {
            node.outgoing_edges.clear();
        }
        for edge in &mut node.outgoing_edges {
            names.edge(edge);
        }
        self.handlers(&mut node.failure_handlers, names);
        match &mut node.kind {
            NodeKind::Entrypoint | NodeKind::Nop => {}
            NodeKind::Exit(exit) => {
                names.optional(&mut exit.return_content);
                if let Some(failure) = &mut exit.failure {
                    names.optional(&mut failure.content);
                }
            }
            NodeKind::Task(task) => task.values_mut().for_each(|value| names.value(value)),
            NodeKind::ExternalEvent(event) => {
                names.optional(&mut event.timeout_seconds);
                names.optional(&mut event.correlation_key);
            }
            NodeKind::StartThread(start) => {
                start.variables.values_mut().for_each(|value| names.value(value));
                start.thread_spec_name = self.thread(&start.thread_spec_name, &names.variables);
            }
            NodeKind::StartMultipleThreads(start) => {
                start.variables.values_mut().for_each(|value| names.value(value));
                names.value(&mut start.iterable);
                start.thread_spec_name = self.thread(&start.thread_spec_name, &names.variables);
            }
            NodeKind::WaitForThreads(wait) => {
                match &mut wait.threads {
                    ThreadsToWaitFor::Threads(numbers) => {
                        for value in numbers {
                            names.value(value);
                        }
                    }
                    ThreadsToWaitFor::List(list) => names.value(list),
                }
                self.handlers(&mut wait.per_thread_failure_handlers, names);
            }
            NodeKind::Sleep(
                SleepNode::RawSeconds(value)
                | SleepNode::Timestamp(value)
                | SleepNode::IsoDate(value),
            ) => {
                names.value(value);
            }
            NodeKind::UserTask(task) => {
                names.optional(&mut task.user_id);
                names.optional(&mut task.user_group);
                names.optional(&mut task.notes);
                names.optional(&mut task.on_cancellation_exception_name);
                for action in &mut task.actions {
                    match action {
                        GivenAction::Read(action) => {
                            action.values_mut().into_iter().for_each(|value| names.value(value));
                        }
                        GivenAction::Kept(_) => {}
                    }
                }
            }
            NodeKind::ThrowEvent(throw) => names.value(&mut throw.content),
            NodeKind::WaitForCondition(condition) => names.condition(condition),
            NodeKind::RunChildWf(run) => {
                if let WfSpecToRun::Dynamic(name) = &mut run.wf_spec {
                    names.value(name);
                }
                run.inputs.values_mut().for_each(|value| names.value(value));
                names.optional(&mut run.child_id);
            }
            NodeKind::WaitForChildWf(wait) => {
                names.value(&mut wait.child_wf_run_id);
                if let Some(other) = names.nodes.get(&wait.source_node) {
                    wait.source_node.clone_from(other);
                }
            }
        }
    }
}

/// The names of nodes by the way that leads to them; none for what nothing leads to.
fn node_names(thread: &ThreadSpec) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut waiting: std::collections::VecDeque<&str> = thread
        .nodes
        .iter()
        .filter(|(_, node)| matches!(node.kind, NodeKind::Entrypoint))
        .map(|(name, _)| name.as_str())
        .collect();
    while let Some(name) = waiting.pop_front() {
        let Some(node) = thread.nodes.get(name) else {
            continue;
        };
        if names.contains_key(name) {
            continue;
        }
        names.insert(name.to_owned(), format!("n{}", names.len()));
        if matches!(node.kind, NodeKind::Exit(_)) {
            continue;
        }
        waiting.extend(node.outgoing_edges.iter().map(|edge| edge.sink_node_name.as_str()));
    }
    names
}

/// Other names for variables and nodes.
struct Names {
    variables: HashMap<String, String>,
    nodes: HashMap<String, String>,
}

impl Names {
    fn variable(&self, name: &mut String) {
        if let Some(other) = self.variables.get(name) {
            name.clone_from(other);
        }
    }

    fn edge(&self, edge: &mut Edge) {
        if let Some(other) = self.nodes.get(&edge.sink_node_name) {
            edge.sink_node_name.clone_from(other);
        }
        if let Some(condition) = &mut edge.condition {
            self.condition(condition);
        }
        for mutation in &mut edge.variable_mutations {
            self.variable(&mut mutation.lhs_name);
            if let MutationRhs::Assignment(value) = &mut mutation.rhs {
                self.value(value);
            }
        }
    }

    fn condition(&self, condition: &mut Condition) {
        match condition {
            Condition::Assignment(value) => self.value(value),
            Condition::Legacy(_, left, right) => {
                self.value(left);
                self.value(right);
            }
        }
    }

    fn optional(&self, value: &mut Option<VariableAssignment>) {
        if let Some(value) = value {
            self.value(value);
        }
    }

    fn built(&self, built: &mut InlineStructBuilder) {
        for value in built.fields.values_mut() {
            match value {
                InlineStructFieldValue::Simple(value) => self.value(value),
                InlineStructFieldValue::SubStructure(built) => self.built(built),
            }
        }
    }

    fn value(&self, value: &mut VariableAssignment) {
        if let Some(Path::LhPath(selectors)) = &mut value.path {
            for selector in selectors {
                if let Selector::Dynamic(value) = selector {
                    self.value(value);
                }
            }
        }
        match &mut value.source {
            Source::Variable(name) => self.variable(name),
            Source::NodeOutput(node) => {
                if let Some(other) = self.nodes.get(node) {
                    node.clone_from(other);
                }
            }
            Source::Literal(_) => {}
            Source::FormatString(format, arguments) => {
                self.value(format);
                for value in arguments {
                    self.value(value);
                }
            }
            Source::Expression(parts) => {
                self.value(&mut parts.lhs);
                self.value(&mut parts.rhs);
            }
            Source::SizeOf(operand) => self.value(operand),
            Source::StructBuilder(_, built) => self.built(built),
            Source::MapBuilder(_, entries) => {
                for (key, value) in entries {
                    self.value(key);
                    self.value(value);
                }
            }
        }
    }
}
