//! V-EDGE, V-TASK, V-EVENT-DEF, V-HANDLER, V-TYPE, V-NAME: what is wrong with single nodes and their edges.

use super::names::is_hostname_label;
use super::{About, Check, types};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Condition, Edge, FailureHandlerDef, FailureToCatch, MutationRhs, MutationType, Node, NodeKind,
    Operator, SleepNode, Source, TECHNICAL_FAILURES, TaskNode, TaskToExecute, ThreadSpec,
    ThreadsToWaitFor, VarType, VariableAssignment, VariableMutation,
};
use crate::place::At;
use crate::proto_json;
use crate::value::Value;

pub(super) fn check(check: &mut Check<'_>) {
    for (thread, spec) in &check.document.wf_spec.thread_specs {
        let entrypoints =
            spec.nodes.values().filter(|n| matches!(n.kind, NodeKind::Entrypoint)).count();
        if entrypoints != 1 {
            let message = format!(
                "Thread {thread} has {entrypoints} ENTRYPOINT nodes; it needs exactly one."
            );
            check.add(Diagnostic::error(Code::VEdge, spec.at, message));
        }
        exits(check, thread, spec);
        for (name, node) in &spec.nodes {
            let mut at = AtNode { check, thread, spec, name, node };
            at.kind();
            at.failure_handlers(&node.failure_handlers);
            for edge in &node.outgoing_edges {
                at.edge(edge);
            }
        }
    }
}

/// Every EXIT of a thread that does not throw returns the same type, or nothing.
fn exits<'d>(check: &mut Check<'d>, thread: &str, spec: &'d ThreadSpec) {
    let mut first: Option<Option<VarType>> = None;
    for (name, node) in &spec.nodes {
        let NodeKind::Exit(exit) = &node.kind else {
            continue;
        };
        if exit.failure.is_some() {
            continue;
        }
        let returns = match &exit.return_content {
            None => None,
            Some(a) => match check.type_of(spec, a) {
                Ok(Some(found)) => Some(found),
                Ok(None) if check.is_output_of_unknown(spec, a) => {
                    let message =
                        "The type of what is returned is not known before its definition is.";
                    check.add(
                        Diagnostic::warning(Code::VType, node.at, message).of_node(thread, name),
                    );
                    continue;
                }
                Ok(None) => {
                    let message = "The type of what is returned is not known: cast it.";
                    check.add(
                        Diagnostic::error(Code::VType, node.at, message).of_node(thread, name),
                    );
                    continue;
                }
                Err(why) => {
                    check.add(Diagnostic::error(Code::VType, node.at, why).of_node(thread, name));
                    continue;
                }
            },
        };
        if *first.get_or_insert(returns) != returns {
            let message = format!("The EXIT nodes of {thread} return different types.");
            check.add(Diagnostic::error(Code::VType, node.at, message).of_node(thread, name));
        }
    }
}

struct AtNode<'c, 'd> {
    check: &'c mut Check<'d>,
    thread: &'d str,
    spec: &'d ThreadSpec,
    name: &'d str,
    node: &'d Node,
}

impl AtNode<'_, '_> {
    fn error(&mut self, code: Code, at: At, message: impl Into<String>) {
        let at = if at.0.line == 0 { self.node.at } else { at };
        self.check.add(Diagnostic::error(code, at, message).of_node(self.thread, self.name));
    }

    /// An error because something lacks.
    fn lacks(&mut self, code: Code, at: At, message: String, about: About) {
        let at = if at.0.line == 0 { self.node.at } else { at };
        let diagnostic = Diagnostic::error(code, at, message).of_node(self.thread, self.name);
        self.check.add_about(diagnostic, about);
    }

    fn needs_thread(&mut self, name: &str, code: Code, at: At) {
        if !self.check.document.wf_spec.thread_specs.contains_key(name) {
            let message = format!("Thread {name} is not defined.");
            self.lacks(code, at, message, About::Thread(name.to_owned()));
        }
    }

    fn failure_handlers(&mut self, handlers: &[FailureHandlerDef]) {
        for handler in handlers {
            self.needs_thread(&handler.handler_spec_name, Code::VHandler, handler.at);
            if let FailureToCatch::Specific(name) = &handler.failure_to_catch
                && !TECHNICAL_FAILURES.contains(&name.as_str())
                && !is_hostname_label(name)
            {
                self.error(
                    Code::VName,
                    handler.at,
                    format!("{name:?} is no name of a failure: letters, digits and dashes."),
                );
            }
        }
    }

    fn kind(&mut self) {
        let node = self.node;
        let document = self.check.document;
        match &node.kind {
            NodeKind::Entrypoint | NodeKind::Nop => {}
            NodeKind::Exit(exit) => {
                if let Some(failure) = &exit.failure {
                    let name = &failure.failure_name;
                    if TECHNICAL_FAILURES.contains(&name.as_str()) {
                        self.error(
                            Code::VName,
                            node.at,
                            format!("The failure name {name} is reserved."),
                        );
                    } else if !is_hostname_label(name) {
                        self.error(
                            Code::VName,
                            node.at,
                            format!(
                                "{name:?} is no name of a failure: letters, digits and dashes."
                            ),
                        );
                    }
                }
            }
            NodeKind::Task(task) => self.task(task),
            NodeKind::ExternalEvent(event) => {
                let name = &event.external_event_def;
                if !document.external_event_defs.contains_key(name) {
                    let message = format!("Event {name} is not defined.");
                    self.lacks(Code::VEventDef, node.at, message, About::Event(name.clone()));
                }
            }
            NodeKind::StartThread(start) => {
                let name = &start.thread_spec_name;
                if name == self.thread {
                    self.error(Code::VThread, node.at, format!("Thread {name} starts itself."));
                    return;
                }
                self.needs_thread(name, Code::VThread, node.at);
                if let Some(child) = document.wf_spec.thread_specs.get(name) {
                    self.start_variables(name, child, &start.variables);
                }
            }
            NodeKind::StartMultipleThreads(start) => {
                self.needs_thread(&start.thread_spec_name, Code::VThread, node.at);
            }
            NodeKind::WaitForThreads(wait) => {
                match &wait.threads {
                    ThreadsToWaitFor::Threads(threads) => {
                        for a in threads {
                            self.needs_type(
                                a,
                                &[VarType::Int],
                                "The number of a thread to wait for",
                            );
                        }
                    }
                    ThreadsToWaitFor::List(list) => self.needs_type(
                        list,
                        &[VarType::JsonArr],
                        "The list of threads to wait for",
                    ),
                }
                self.failure_handlers(&wait.per_thread_failure_handlers);
            }
            NodeKind::Sleep(SleepNode::RawSeconds(a)) => {
                self.needs_type(a, &[VarType::Int], "The time to sleep");
            }
            NodeKind::Sleep(SleepNode::IsoDate(a)) => {
                self.needs_type(a, &[VarType::Str], "The date to sleep until");
            }
            NodeKind::Sleep(SleepNode::Timestamp(a)) => {
                self.needs_type(a, &[VarType::Timestamp, VarType::Int], "The time to sleep until");
            }
            NodeKind::UserTask(form) => {
                let name = &form.user_task_def_name;
                if !document.user_task_defs.contains_key(name) {
                    let message = format!("User task {name} is not defined.");
                    self.lacks(Code::VUserTask, node.at, message, About::UserTask(name.clone()));
                }
                let is_blank = |a: &VariableAssignment| matches!(&a.source, Source::Literal(Value::Str(text)) if text.trim().is_empty());
                if [&form.user_id, &form.user_group].into_iter().flatten().any(is_blank) {
                    self.error(
                        Code::VUserTask,
                        node.at,
                        "The user or group of a user task can't be empty.",
                    );
                }
                for diagnostics in proto_json::user_task_actions(form).filter_map(Result::err) {
                    // What the server makes of it is not known: the form is played without it.
                    for why in diagnostics.iter().filter(|d| d.is_error()) {
                        let message = format!(
                            "This action can't be read, and is not played: {}",
                            why.message
                        );
                        let warning = Diagnostic::warning(Code::VUserTask, node.at, message);
                        self.check.add(warning.of_node(self.thread, self.name));
                    }
                }
                if form.user_id.is_none() && form.user_group.is_none() {
                    self.error(Code::VUserTask, node.at, "A user task needs a user or a group.");
                }
            }
            NodeKind::ThrowEvent(event) => {
                let name = &event.event_def;
                if !document.workflow_event_defs.contains_key(name) {
                    let message = format!("Workflow event {name} is not defined.");
                    self.lacks(
                        Code::VEventDef,
                        node.at,
                        message,
                        About::WorkflowEvent(name.clone()),
                    );
                }
            }
            NodeKind::WaitForCondition(condition) => self.condition(condition),
        }
    }

    fn start_variables(
        &mut self,
        name: &str,
        child: &ThreadSpec,
        given: &indexmap::IndexMap<String, VariableAssignment>,
    ) {
        for (variable, assignment) in given {
            let declared = child.variable_defs.iter().find(|v| v.var_def.name == *variable);
            match declared.map(|v| v.var_def.type_def.var_type) {
                None => {
                    self.error(
                        Code::VThread,
                        assignment.at,
                        format!("Thread {name} has no variable {variable}."),
                    );
                }
                Some(var_type) => {
                    self.needs_type(assignment, &[var_type], &format!("Variable {variable}"));
                }
            }
        }
        for required in child.variable_defs.iter().filter(|v| v.required) {
            let variable = &required.var_def.name;
            if !given.contains_key(variable) {
                self.error(
                    Code::VThread,
                    self.node.at,
                    format!("Thread {name} needs variable {variable}."),
                );
            }
        }
    }

    /// The types that are known must fit one of those; outputs and expressions are checked when the workflow runs.
    fn needs_type(&mut self, a: &VariableAssignment, types: &[VarType], what: &str) {
        if a.path.is_some() || matches!(a.source, Source::NodeOutput(_) | Source::Expression(_)) {
            return;
        }
        if matches!(&a.source, Source::Literal(value) if value.var_type().is_none()) {
            self.error(Code::VType, a.at, format!("{what} must not be null."));
        } else if let Ok(Some(found)) = self.check.source_type(self.spec, a)
            && !types.iter().any(|t| found.can_be(*t))
        {
            let wanted = types.first().map_or("", |t| t.name());
            self.error(
                Code::VType,
                a.at,
                format!("{what} must be {wanted}, not {}.", found.name()),
            );
        }
    }

    fn task(&mut self, task: &TaskNode) {
        self.retries(task);
        let TaskToExecute::TaskDef(name) = &task.task else {
            return;
        };
        let Some(def) = self.check.document.task_defs.get(name) else {
            let message = format!("Task {name} is not defined.");
            self.lacks(Code::VTask, self.node.at, message, About::Task(name.clone()));
            return;
        };
        // A task that stands only in pasted JSON is declared without its arguments.
        let is_implicit = def.return_type.is_none() && def.input_vars.is_empty();
        if def.input_vars.len() != task.variables.len() {
            if !is_implicit {
                let message = format!(
                    "Task {name} needs {} arguments, not {}.",
                    def.input_vars.len(),
                    task.variables.len()
                );
                self.error(Code::VTask, self.node.at, message);
            }
            return;
        }
        for (input, a) in def.input_vars.iter().zip(&task.variables) {
            let found = match self.check.source_type(self.spec, a) {
                Ok(Some(found)) => found,
                Ok(None) => continue,
                Err(why) => {
                    self.error(Code::VType, a.at, why);
                    continue;
                }
            };
            let wanted = input.type_def.var_type;
            let given = a.target_type.as_ref().map_or(found, |t| t.var_type);
            if !found.can_cast(given) {
                let message = format!("{} can't be cast to {}.", found.name(), given.name());
                self.error(Code::VType, a.at, message);
            } else if !given.can_be(wanted) {
                let message = format!(
                    "Argument {} must be {}, not {}.",
                    input.name,
                    wanted.name(),
                    given.name()
                );
                self.error(Code::VType, a.at, message);
            }
        }
    }

    fn retries(&mut self, task: &TaskNode) {
        let at = self.node.at;
        if task.retries < 0 {
            self.error(Code::VRetries, at, "A task can't be tried again less than 0 times.");
        }
        if let Some(backoff) = &task.exponential_backoff {
            if backoff.base_interval_ms <= 0 {
                self.error(
                    Code::VRetries,
                    at,
                    "The first wait between retries must be longer than 0 ms.",
                );
            }
            if !backoff.multiplier.is_finite() {
                self.error(
                    Code::VRetries,
                    at,
                    "The multiplier of waits between retries is too large.",
                );
            }
            if backoff.multiplier < 1.0 {
                self.error(
                    Code::VRetries,
                    at,
                    "Waits between retries can't become shorter: the multiplier is at least 1.",
                );
            }
            if backoff.max_delay_ms < i64::from(backoff.base_interval_ms) {
                self.error(
                    Code::VRetries,
                    at,
                    "The longest wait between retries is shorter than the first.",
                );
            }
        }
    }

    fn edge(&mut self, edge: &Edge) {
        let sink = &edge.sink_node_name;
        if *sink == self.name {
            self.error(Code::VEdge, edge.at, format!("Node {sink} leads to itself."));
        }
        match self.spec.nodes.get(sink).map(|n| &n.kind) {
            None => self.error(
                Code::VEdge,
                edge.at,
                format!("The edge leads to node {sink}, which does not exist."),
            ),
            Some(NodeKind::Entrypoint) => {
                self.error(Code::VEdge, edge.at, "No edge may lead to the ENTRYPOINT node.");
            }
            Some(_) => {}
        }
        if let Some(condition) = &edge.condition {
            self.condition(condition);
        }
        for mutation in &edge.variable_mutations {
            self.mutation(mutation);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        let (comparator, lhs, rhs, at) = match condition {
            Condition::Legacy(comparator, lhs, rhs) => (*comparator, lhs, rhs, lhs.at),
            Condition::Assignment(a) => {
                let Source::Expression(e) = &a.source else {
                    let is_null =
                        matches!(&a.source, Source::Literal(value) if value.var_type().is_none());
                    let found = self.check.source_type(self.spec, a).ok().flatten();
                    if !is_null && !found.is_some_and(|t| VarType::Bool.can_be(t)) {
                        self.error(Code::VType, a.at, "The condition is not a BOOL.");
                    }
                    return;
                };
                let Operator::Compare(comparator) = e.operator else {
                    return;
                };
                (comparator, &e.lhs, &e.rhs, a.at)
            }
        };
        let sides = (self.check.type_of(self.spec, lhs), self.check.type_of(self.spec, rhs));
        match sides {
            (Err(why), _) | (_, Err(why)) => self.error(Code::VType, at, why),
            (Ok(Some(lhs)), Ok(Some(rhs))) => {
                if let Err(why) = types::comparison(lhs, comparator, rhs) {
                    self.error(Code::VType, at, why);
                }
            }
            _ => {}
        }
    }

    fn mutation(&mut self, mutation: &VariableMutation) {
        let MutationRhs::Assignment(rhs) = &mutation.rhs else {
            return;
        };
        if mutation.lhs_path.is_some() {
            return;
        }
        let Some(lhs) = self.check.variable_type(self.spec, &mutation.lhs_name) else {
            return;
        };
        let name = &mutation.lhs_name;
        let found = match self.check.type_of(self.spec, rhs) {
            Ok(Some(found)) => found,
            Ok(None) => return,
            Err(why) => {
                self.error(Code::VType, mutation.at, why);
                return;
            }
        };
        if mutation.operation == MutationType::Assign {
            let before_cast = self.check.source_type(self.spec, rhs).ok().flatten();
            if let Some(from) =
                before_cast.filter(|from| rhs.target_type.is_some() && !from.can_cast(found))
            {
                self.error(
                    Code::VType,
                    mutation.at,
                    format!("{} can't be cast to {}.", from.name(), found.name()),
                );
            } else if !found.can_be(lhs) {
                let hint = if found.can_cast(lhs) { " without a cast" } else { "" };
                let message = format!(
                    "{} can't be assigned to {name}, which is {}{hint}.",
                    found.name(),
                    lhs.name()
                );
                self.error(Code::VType, mutation.at, message);
            }
            return;
        }
        match types::operation(lhs, mutation.operation, found) {
            Err(why) => self.error(Code::VType, mutation.at, why),
            Ok(Some(result)) if !result.can_be(lhs) => {
                let message =
                    format!("The result is {}, but {name} is {}.", result.name(), lhs.name());
                self.error(Code::VType, mutation.at, message);
            }
            Ok(_) => {}
        }
    }
}
