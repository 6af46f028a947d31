//! V-EDGE, V-TASK, V-EVENT-DEF, V-HANDLER, V-TYPE, V-NAME: what is wrong with single nodes and their edges.

use super::names::is_hostname_label;
use super::{Check, INPUT, types};
use crate::about::{About, Named, Retries, Typed, Undeclared};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Condition, Edge, FailureHandlerDef, FailureToCatch, MutationRhs, MutationType, Node, NodeKind,
    Operator, Path, SleepNode, Source, TECHNICAL_FAILURES, TaskNode, TaskToExecute, ThreadSpec,
    ThreadsToWaitFor, Type, VarType, VariableAssignment, VariableMutation, WfSpecToRun,
};
use crate::place::At;
use crate::proto_json;
use crate::value::Value;

const INT: [Type; 1] = [Type::Primitive(VarType::Int)];
const STR: [Type; 1] = [Type::Primitive(VarType::Str)];
const JSON_ARR: [Type; 1] = [Type::Primitive(VarType::JsonArr)];
const POINTS_IN_TIME: [Type; 2] =
    [Type::Primitive(VarType::Timestamp), Type::Primitive(VarType::Int)];

pub(super) fn check(check: &mut Check<'_>) {
    for (thread, spec) in &check.document.wf_spec.thread_specs {
        let entrypoints =
            spec.nodes.values().filter(|n| matches!(n.kind, NodeKind::Entrypoint)).count();
        if entrypoints != 1 {
            let about = About::Entrypoints { thread: thread.clone(), found: entrypoints };
            check.add(Diagnostic::error(Code::VEdge, spec.at, about));
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
    let mut first: Option<Option<Type>> = None;
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
                    let about = About::ReturnNotKnownYet;
                    check.add(
                        Diagnostic::warning(Code::VType, node.at, about).of_node(thread, name),
                    );
                    continue;
                }
                Ok(None) => {
                    let about = About::ReturnNotKnown;
                    check.add(Diagnostic::error(Code::VType, node.at, about).of_node(thread, name));
                    continue;
                }
                Err(why) => {
                    check.add(Diagnostic::error(Code::VType, node.at, why).of_node(thread, name));
                    continue;
                }
            },
        };
        if *first.get_or_insert_with(|| returns.clone()) != returns {
            let about = About::ReturnsDiffer { thread: thread.to_owned() };
            check.add(Diagnostic::error(Code::VType, node.at, about).of_node(thread, name));
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
    fn error(&mut self, code: Code, at: At, about: About) {
        let error = Diagnostic::error(code, at.or(self.node.at), about);
        self.check.add(error.of_node(self.thread, self.name));
    }

    fn warning(&mut self, code: Code, at: At, about: About) {
        let warning = Diagnostic::warning(code, at.or(self.node.at), about);
        self.check.add(warning.of_node(self.thread, self.name));
    }

    /// An error because a name is declared nowhere.
    fn undeclared(&mut self, code: Code, at: At, what: Undeclared, name: &str) {
        self.error(code, at, About::Undeclared(what, name.to_owned()));
    }

    fn needs_thread(&mut self, name: &str, code: Code, at: At) {
        if !self.check.document.wf_spec.thread_specs.contains_key(name) {
            self.undeclared(code, at, Undeclared::Thread, name);
        }
    }

    fn failure_handlers(&mut self, handlers: &[FailureHandlerDef]) {
        for handler in handlers {
            self.needs_thread(&handler.handler_spec_name, Code::VHandler, handler.at);
            if let FailureToCatch::Specific(name) = &handler.failure_to_catch
                && !TECHNICAL_FAILURES.contains(&name.as_str())
                && !is_hostname_label(name)
            {
                self.error(Code::VName, handler.at, About::Name(Named::Failure, name.clone()));
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
                        self.error(Code::VName, node.at, About::ReservedName(name.clone()));
                    } else if !is_hostname_label(name) {
                        let about = About::Name(Named::Failure, name.clone());
                        self.error(Code::VName, node.at, about);
                    }
                }
            }
            NodeKind::Task(task) => self.task(task),
            NodeKind::ExternalEvent(event) => {
                let name = &event.external_event_def;
                if !document.external_event_defs.contains_key(name) {
                    self.undeclared(Code::VEventDef, node.at, Undeclared::Event, name);
                }
            }
            NodeKind::StartThread(start) => {
                let name = &start.thread_spec_name;
                if name == self.thread {
                    let about = About::StartsItself { thread: name.clone() };
                    self.error(Code::VThread, node.at, about);
                    return;
                }
                self.needs_thread(name, Code::VThread, node.at);
                if let Some(child) = document.wf_spec.thread_specs.get(name) {
                    self.start_variables(Started::Thread(name), child, &start.variables);
                }
            }
            NodeKind::StartMultipleThreads(start) => {
                self.needs_thread(&start.thread_spec_name, Code::VThread, node.at);
            }
            NodeKind::WaitForThreads(wait) => {
                match &wait.threads {
                    ThreadsToWaitFor::Threads(threads) => {
                        for a in threads {
                            self.needs_type(a, &INT, Typed::ThreadToWaitFor);
                        }
                    }
                    ThreadsToWaitFor::List(list) => {
                        self.needs_type(list, &JSON_ARR, Typed::ThreadsToWaitFor);
                    }
                }
                self.failure_handlers(&wait.per_thread_failure_handlers);
            }
            NodeKind::Sleep(SleepNode::RawSeconds(a)) => {
                self.needs_type(a, &INT, Typed::SleepSeconds);
            }
            NodeKind::Sleep(SleepNode::IsoDate(a)) => {
                self.needs_type(a, &STR, Typed::SleepDate);
            }
            NodeKind::Sleep(SleepNode::Timestamp(a)) => {
                self.needs_type(a, &POINTS_IN_TIME, Typed::SleepTime);
            }
            NodeKind::UserTask(form) => {
                let name = &form.user_task_def_name;
                if !document.user_task_defs.contains_key(name) {
                    self.undeclared(Code::VUserTask, node.at, Undeclared::UserTask, name);
                }
                let is_blank = |a: &VariableAssignment| matches!(&a.source, Source::Literal(Value::Str(text)) if text.trim().is_empty());
                for a in [&form.user_id, &form.user_group].into_iter().flatten() {
                    if is_blank(a) {
                        self.error(Code::VUserTask, node.at, About::BlankUser);
                    } else if matches!(&a.source, Source::Literal(_)) {
                        // The server stumbles over a literal of another type; what is computed, the run tells.
                        self.needs_literal(a, VarType::Str, Typed::Assignee);
                    }
                }
                for diagnostics in proto_json::user_task_actions(form).filter_map(Result::err) {
                    // What the server makes of it is not known: the form is played without it.
                    for why in diagnostics.into_iter().filter(Diagnostic::is_error) {
                        let about = About::UnreadAction(Box::new(why.about));
                        self.warning(Code::VUserTask, node.at, about);
                    }
                }
                for (name, at) in form.reminders() {
                    if !document.task_defs.contains_key(name) {
                        // The server accepts it, and nobody is reminded.
                        let about = About::Undeclared(Undeclared::Task, name.to_owned());
                        self.warning(Code::VTask, at, about);
                    }
                }
                if form.user_id.is_none() && form.user_group.is_none() {
                    self.error(Code::VUserTask, node.at, About::NoUser);
                }
            }
            NodeKind::ThrowEvent(event) => {
                let name = &event.event_def;
                if !document.workflow_event_defs.contains_key(name) {
                    self.undeclared(Code::VEventDef, node.at, Undeclared::WorkflowEvent, name);
                }
            }
            NodeKind::WaitForCondition(condition) => self.condition(condition),
            NodeKind::RunChildWf(run) => {
                if let WfSpecToRun::WfSpec(name) = &run.wf_spec
                    && !is_hostname_label(name)
                {
                    self.error(Code::VName, node.at, About::Name(Named::WfSpec, name.clone()));
                }
                if let WfSpecToRun::WfSpec(name) = &run.wf_spec
                    && let Some(child) = document.workflows.get(name)
                    && let Some(thread) = child.thread_specs.get(&child.entrypoint_thread_name)
                {
                    self.start_variables(Started::Workflow(name), thread, &run.inputs);
                }
            }
            NodeKind::WaitForChildWf(wait) => {
                let started = self.spec.nodes.get(&wait.source_node);
                if !started.is_some_and(|node| matches!(node.kind, NodeKind::RunChildWf(_))) {
                    let step = wait.source_node.clone();
                    self.error(Code::VNode, node.at, About::RunsNoChildWf { step });
                }
                let wanted = [Type::Primitive(VarType::WfRunId)];
                self.needs_type(&wait.child_wf_run_id, &wanted, Typed::ChildWfRunId);
            }
        }
    }

    fn start_variables(
        &mut self,
        started: Started<'_>,
        child: &ThreadSpec,
        given: &indexmap::IndexMap<String, VariableAssignment>,
    ) {
        for (variable, assignment) in given {
            let declared = child.variable_defs.iter().find(|v| v.var_def.name == *variable);
            match declared.map(|v| v.var_def.type_def.of.clone()) {
                None => {
                    let (code, about) = started.has_no(variable.clone());
                    self.error(code, assignment.at, about);
                }
                Some(of) => {
                    self.needs_start_type(assignment, of, Typed::Variable(variable.clone()));
                    self.needs_same_mask(assignment, child, variable);
                }
            }
        }
        for required in child.variable_defs.iter().filter(|v| v.required) {
            let variable = &required.var_def.name;
            if !given.contains_key(variable) {
                let (code, about) = started.needs(variable.clone());
                self.error(code, self.node.at, about);
            }
        }
    }

    /// An Array, a Map or a struct that is masked goes only where the same is masked.
    fn needs_same_mask(&mut self, a: &VariableAssignment, child: &ThreadSpec, variable: &str) {
        let Source::Variable(name) = &a.source else {
            return;
        };
        let declared = child.variable_defs.iter().find(|v| v.var_def.name == variable);
        let given = self.check.variable(self.spec, name);
        if let (Some(declared), Some(given)) = (declared, given)
            && !matches!(a.path, Some(Path::JsonPath(_)))
            && given.type_def.primitive().is_none()
            && given.type_def.of.can_be(&declared.var_def.type_def.of)
            && given.type_def.masked != declared.var_def.type_def.masked
        {
            let what = Typed::Variable(variable.to_owned());
            self.error(Code::VType, a.at, About::OtherMask { what, masked: given.type_def.masked });
        }
    }

    /// What a thread is started with must fit. V-TYPE: where that is `INPUT`, the server looks at the one that it finds last
    /// among all threads, not at the one that will be given.
    fn needs_start_type(&mut self, a: &VariableAssignment, wanted: Type, what: Typed) {
        let last = match &a.source {
            Source::Variable(name) if name == INPUT => self.check.last_input,
            _ => None,
        };
        let Some((thread, found)) = last.filter(|(thread, _)| *thread != self.thread) else {
            return self.needs_type(a, &[wanted], what);
        };
        if found.can_be(&wanted) {
            if let Some(about) = self.other_type(a, &[wanted], what) {
                self.warning(Code::VType, a.at, about);
            }
        } else if !matches!(a.path, Some(Path::JsonPath(_))) {
            let (thread, found) = (thread.to_owned(), found.clone());
            self.error(Code::VType, a.at, About::OtherInput { what, wanted, thread, found });
        }
    }

    /// A literal must be of this very type.
    fn needs_literal(&mut self, a: &VariableAssignment, wanted: VarType, what: Typed) {
        let Source::Literal(value) = &a.source else {
            return;
        };
        let (found, wanted) = (value.type_of(), Type::Primitive(wanted));
        if *value == Value::Null {
            self.error(Code::VType, a.at, About::Null(what));
        } else if found != wanted {
            self.error(Code::VType, a.at, About::OtherType { what, wanted, found });
        }
    }

    fn needs_type(&mut self, a: &VariableAssignment, types: &[Type], what: Typed) {
        if let Some(about) = self.other_type(a, types, what) {
            self.error(Code::VType, a.at, about);
        }
    }

    /// The types that are known must fit one of those; outputs and expressions are checked when the workflow runs.
    fn other_type(&self, a: &VariableAssignment, types: &[Type], what: Typed) -> Option<About> {
        let is_known = match &a.source {
            Source::NodeOutput(_) | Source::Expression(_) | Source::MapBuilder(None, _) => false,
            _ => !matches!(a.path, Some(Path::JsonPath(_))),
        };
        if !is_known {
            return None;
        }
        if matches!(&a.source, Source::Literal(Value::Null)) {
            return Some(About::Null(what));
        }
        // As in the server, LittleHorse's own path counts for nothing here, and a cast neither.
        let found = self.check.whole_type(self.spec, &a.source).ok()??;
        let wanted = types.first().cloned()?;
        let fits = types.iter().any(|t| found.can_be(t));
        (!fits).then_some(About::OtherType { what, wanted, found })
    }

    fn task(&mut self, task: &TaskNode) {
        self.retries(task);
        let TaskToExecute::TaskDef(name) = &task.task else {
            return;
        };
        let Some(def) = self.check.document.task_defs.get(name) else {
            self.undeclared(Code::VTask, self.node.at, Undeclared::Task, name);
            return;
        };
        // A task that stands only in pasted JSON is declared without its arguments.
        let is_implicit = def.return_type.is_none() && def.input_vars.is_empty();
        if def.input_vars.len() != task.variables.len() {
            if !is_implicit {
                let (needed, given) = (def.input_vars.len(), task.variables.len());
                let about = About::Arguments { task: name.clone(), needed, given };
                self.error(Code::VTask, self.node.at, about);
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
            let wanted = input.type_def.of.clone();
            for about in self.check.built(self.spec, a, &wanted) {
                self.error(Code::VStruct, a.at, about);
            }
            let given = a.target_type.as_ref().map_or_else(|| found.clone(), |t| t.of.clone());
            // The server looks at VariableTypes here, and at a struct that is built; whether others fit, the run tells.
            let is_built = a.path.is_none() && matches!(a.source, Source::StructBuilder(..));
            if found.primitive().is_some() && !found.can_cast(&given) {
                self.error(Code::VType, a.at, About::NoCast { from: found, to: given });
            } else if (given.primitive().is_some() || is_built) && !given.can_be(&wanted) {
                let what = Typed::Argument(input.name.clone());
                self.error(Code::VType, a.at, About::OtherType { what, wanted, found: given });
            }
        }
    }

    fn retries(&mut self, task: &TaskNode) {
        let at = self.node.at;
        if task.retries < 0 {
            self.error(Code::VRetries, at, About::Retries(Retries::Negative));
        }
        if let Some(backoff) = &task.exponential_backoff {
            if backoff.base_interval_ms <= 0 {
                self.error(Code::VRetries, at, About::Retries(Retries::NoFirstWait));
            }
            if !backoff.multiplier.is_finite() {
                self.error(Code::VRetries, at, About::Retries(Retries::MultiplierTooLarge));
            }
            if backoff.multiplier < 1.0 {
                self.error(Code::VRetries, at, About::Retries(Retries::MultiplierTooSmall));
            }
            if backoff.max_delay_ms < i64::from(backoff.base_interval_ms) {
                self.error(Code::VRetries, at, About::Retries(Retries::LongestTooShort));
            }
        }
    }

    fn edge(&mut self, edge: &Edge) {
        let sink = &edge.sink_node_name;
        if *sink == self.name {
            self.error(Code::VEdge, edge.at, About::LeadsToItself { node: sink.clone() });
        }
        match self.spec.nodes.get(sink).map(|n| &n.kind) {
            None => {
                self.error(Code::VEdge, edge.at, About::LeadsNowhere { node: sink.clone() });
            }
            Some(NodeKind::Entrypoint) => {
                self.error(Code::VEdge, edge.at, About::LeadsToEntrypoint);
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
                    // The server asks neither nothing nor a struct that is built for its type.
                    let is_unasked = matches!(
                        &a.source,
                        Source::Literal(Value::Null) | Source::StructBuilder(..)
                    );
                    let found = self.check.source_type(self.spec, a).ok().flatten();
                    if !is_unasked
                        && !found.is_some_and(|t| Type::Primitive(VarType::Bool).can_be(&t))
                    {
                        self.error(Code::VType, a.at, About::NoBool);
                    }
                    return;
                };
                let comparator = match e.operator {
                    Operator::Compare(comparator) => comparator,
                    Operator::Mutation(MutationType::And | MutationType::Or) => return,
                    // D-REMOVE-INDEX-LOST: the server accepts it, and loses each command that comes to it.
                    Operator::Mutation(_) => {
                        self.warning(Code::VType, a.at, About::ComputedCondition);
                        return;
                    }
                };
                (comparator, &e.lhs, &e.rhs, a.at)
            }
        };
        let sides = (self.check.type_of(self.spec, lhs), self.check.type_of(self.spec, rhs));
        match sides {
            (Err(why), _) | (_, Err(why)) => self.error(Code::VType, at, why),
            (Ok(Some(lhs)), Ok(Some(rhs))) => {
                if let Err(why) = types::comparison(&lhs, comparator, &rhs) {
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
            Ok(found) => found,
            Err(why) => {
                self.error(Code::VType, mutation.at, why);
                return;
            }
        };
        if mutation.operation == MutationType::Assign {
            let Some(found) = found else {
                return;
            };
            for about in self.check.built(self.spec, rhs, &lhs) {
                self.error(Code::VStruct, mutation.at, about);
            }
            let before_cast = self.check.source_type(self.spec, rhs).ok().flatten();
            // Of what is composed of others the server asks nothing: the cast leaves it as it is.
            let cannot = |from: &Type| from.primitive().is_some() && !from.can_cast(&found);
            if let Some(from) = before_cast.filter(|from| rhs.target_type.is_some() && cannot(from))
            {
                self.error(Code::VType, mutation.at, About::NoCast { from, to: found });
            } else if !found.can_be(&lhs) {
                let (variable, castable) = (name.clone(), found.can_cast(&lhs));
                let about = About::NoAssignment { found, variable, declared: lhs, castable };
                self.error(Code::VType, mutation.at, about);
            }
            return;
        }
        match types::applied(&lhs, mutation.operation, found.as_ref(), rhs) {
            Err(why) => self.error(Code::VType, mutation.at, why),
            Ok(Some(result)) if !result.can_be(&lhs) => {
                let variable = name.clone();
                let about = About::OtherResult { result, variable, declared: lhs };
                self.error(Code::VType, mutation.at, about);
            }
            Ok(_) => {}
        }
    }
}

/// What is started with variables.
#[derive(Clone, Copy)]
enum Started<'a> {
    Thread(&'a str),
    Workflow(&'a str),
}

impl Started<'_> {
    fn has_no(self, variable: String) -> (Code, About) {
        match self {
            Started::Thread(name) => {
                (Code::VThread, About::NoSuchInput { thread: name.to_owned(), variable })
            }
            Started::Workflow(name) => {
                (Code::VChildWf, About::NoSuchWfInput { workflow: name.to_owned(), variable })
            }
        }
    }

    fn needs(self, variable: String) -> (Code, About) {
        match self {
            Started::Thread(name) => {
                (Code::VThread, About::NeedsInput { thread: name.to_owned(), variable })
            }
            Started::Workflow(name) => {
                (Code::VChildWf, About::NeedsWfInput { workflow: name.to_owned(), variable })
            }
        }
    }
}
