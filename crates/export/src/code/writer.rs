//! From threads to functions.

use std::collections::{HashMap, HashSet};

use halter_spec::Diagnostic;
use halter_spec::model::{
    AccessLevel, Condition, Document, FailureHandlerDef, FailureToCatch, MutationRhs, MutationType,
    Node, NodeKind, SleepNode, Source, TECHNICAL_FAILURES, ThreadSpec, ThreadsToWaitFor,
    UserTaskNode, VarType, VariableAssignment, VariableMutation,
};
use halter_spec::place::At;
use halter_spec::proto_json;
use halter_spec::structure::{Statement, statements};
use halter_spec::visit;

use super::identifiers::Identifiers;
use super::language::{Action, Body, Call, Failure, Language, Outline, Payload, Term, TermKind};
use super::plan::Plan;
use super::refusal;
use super::values::{self, Scope};

type Written<T> = Result<T, Box<Diagnostic>>;

/// Writes the file of a document.
pub(crate) fn write(
    document: &Document,
    plan: &Plan,
    language: &dyn Language,
) -> Result<String, Vec<Diagnostic>> {
    let spec = &document.wf_spec;
    let mut writer = Writer {
        document,
        plan,
        language,
        names: Identifiers::new(language.snake_case(), language.is_reserved()),
        functions: HashMap::new(),
        handlers: HashSet::new(),
        registered: HashSet::new(),
        thread: spec.entrypoint_thread_name.clone(),
        node: None,
        at: spec.at,
        count: 0,
        bodies: 0,
        used: HashSet::new(),
    };
    let scope = Scope::default();
    let whole = |reason: &str| vec![refusal(spec.at, &spec.entrypoint_thread_name, None, reason)];
    let name = spec.entrypoint_thread_name.clone();
    let entrypoint = writer.thread_body(&name, "wf", &scope).map_err(|problem| vec![*problem])?;
    let outline = Outline { document, entrypoint, registered: writer.registered };
    language.file(&outline).map_err(|reason| whole(&reason))
}

struct Writer<'a> {
    document: &'a Document,
    plan: &'a Plan,
    language: &'a dyn Language,
    names: Identifiers,
    /// The functions of threads, by the threads' names.
    functions: HashMap<String, String>,
    /// Names that the SDK gives to handlers' threads, to tell when it would give one twice.
    handlers: HashSet<String>,
    /// External events that the SDK registers where they are used.
    registered: HashSet<String>,
    /// The thread and the node that are being written.
    thread: String,
    node: Option<String>,
    at: At,
    /// Nodes that the SDK has made of this thread.
    count: usize,
    /// Branches and loops of this thread.
    bodies: usize,
    /// Nodes of this thread whose outputs or handlers are used.
    used: HashSet<String>,
}

impl Writer<'_> {
    fn refuse<T>(&self, reason: &str) -> Written<T> {
        Err(self.refusal(reason))
    }

    #[allow(
        clippy::unnecessary_box_returns,
        reason = "errors travel in boxes, so that results stay small"
    )]
    fn refusal(&self, reason: &str) -> Box<Diagnostic> {
        Box::new(refusal(self.at, &self.thread, self.node.as_deref(), reason))
    }

    fn said<T>(&self, said: Result<T, String>) -> Written<T> {
        said.map_err(|reason| self.refusal(&reason))
    }

    /// The lines of a thread's function.
    fn thread_body(&mut self, name: &str, called: &str, outer: &Scope) -> Written<Body> {
        let document = self.document;
        let Some(spec) = document.wf_spec.thread_specs.get(name) else {
            return self.refuse("there is no such thread.");
        };
        let before = (
            std::mem::replace(&mut self.thread, name.to_owned()),
            self.node.take(),
            std::mem::replace(&mut self.at, spec.at),
            std::mem::replace(&mut self.count, 1),
            std::mem::take(&mut self.bodies),
            std::mem::take(&mut self.used),
        );
        self.names.enter();
        let body = self.function(spec, called, outer)?;
        self.names.leave();
        (self.thread, self.node, self.at, self.count, self.bodies, self.used) = before;
        Ok(body)
    }

    fn function(&mut self, spec: &ThreadSpec, called: &str, outer: &Scope) -> Written<Body> {
        let statements = match statements(spec) {
            Ok(statements) => statements,
            Err(problem) => {
                self.node = Some(problem.node).filter(|node| !node.is_empty());
                if let Some(node) = self.node.as_ref().and_then(|node| spec.nodes.get(node)) {
                    self.at = node.at;
                }
                let reason = format!(
                    "{} Only what is made of sequences, branches and loops can be code.",
                    problem.reason
                );
                return self.refuse(&reason);
            }
        };
        let thread = self.names.name(called);
        let mut lines = Vec::new();
        let mut scope = Scope {
            variables: outer.variables.clone(),
            outputs: HashMap::new(),
            started: HashMap::new(),
        };
        let own_numbers = numbers(spec);
        for node in spec.nodes.values() {
            outputs_of(node, &mut self.used);
        }
        if let Some(seconds) = spec.retention_seconds {
            lines.push(self.said(self.language.retention(&thread, seconds))?);
        }
        for variable in &spec.variable_defs {
            let def = &variable.var_def;
            if own_numbers.contains_key(def.name.as_str()) {
                let plain = def.default_value.is_none()
                    && !variable.required
                    && !variable.searchable
                    && variable.json_indexes.is_empty()
                    && !def.type_def.masked
                    && variable.access_level == AccessLevel::PrivateVar;
                if !plain {
                    let reason = format!(
                        "the variable {} keeps the number of a thread; the SDK makes it by itself, private and without a default.",
                        def.name
                    );
                    return self.refuse(&reason);
                }
                continue;
            }
            let name = self.names.name(&def.name);
            if let (Some(default), found) = (&def.default_value, def.type_def.var_type)
                && default.var_type() != Some(found)
            {
                let reason = format!("the default of {} is not of its type.", def.name);
                return self.refuse(&reason);
            }
            lines.extend(self.said(self.language.declare(&thread, &name, variable))?);
            let kind = TermKind::Variable(def.type_def.var_type);
            scope.variables.insert(def.name.clone(), Term::new(name, kind));
        }
        let plan = self.plan;
        let inside = plan.inside(&self.thread).to_vec();
        // All names first: one function may need another.
        for other in &inside {
            let name = self.names.name(other);
            self.functions.insert(other.clone(), name);
        }
        for other in &inside {
            let body = self.thread_body(other, self.role(other), &scope)?;
            let name = self.functions.get(other).cloned().unwrap_or_default();
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(self.language.function(&name, &body));
        }
        if !inside.is_empty() {
            lines.push(String::new());
        }
        for interrupt in &spec.interrupt_defs {
            self.at = interrupt.at;
            let event = &interrupt.external_event_def;
            self.claim(format!("interrupt-{event}"))?;
            let function = self.function_of(&interrupt.handler_spec_name)?;
            let payload = self.payload(event, false).filter(|found| found.correlated.is_none());
            let class = payload.as_ref().map(|payload| payload.class.as_str());
            if class.is_some() {
                self.registered.insert(event.clone());
            }
            lines.push(self.language.interrupt(&thread, event, &function, class));
        }
        self.statements(&statements, &thread, &mut scope, &mut lines, true)?;
        Ok(Body { thread, lines })
    }

    /// What the SDK may be told of an event where it is used: all that its definition says, once, or nothing.
    fn payload(&self, event: &str, with_key: bool) -> Option<Payload> {
        let def = self.document.external_event_defs.get(event)?;
        let elsewhere = self.registered.contains(event) || self.plan.is_copied(&self.thread);
        // A step with a key makes the SDK say that the event may be correlated.
        if elsewhere || def.retention_seconds.is_some() || (with_key && def.correlated.is_none()) {
            return None;
        }
        let content = def.content_type.as_ref()?;
        if content.type_def.as_ref().is_some_and(|content| content.masked) {
            return None;
        }
        let class = self.language.payload(content)?;
        Some(Payload { class, correlated: def.correlated.clone() })
    }

    /// What the thread of a function is called.
    fn role(&self, thread: &str) -> &'static str {
        let specs = self.document.wf_spec.thread_specs.values();
        let mut nodes = specs.flat_map(|spec| spec.nodes.values());
        let started =
            nodes.any(|node| node.kind.starts().is_some_and(|(started, _)| started == thread));
        if started { "child" } else { "handler" }
    }

    fn function_of(&self, thread: &str) -> Written<String> {
        match self.functions.get(thread) {
            Some(name) => Ok(name.clone()),
            None => self.refuse(&format!("there is no thread {thread}.")),
        }
    }

    /// Takes a name that the SDK gives to a thread.
    fn claim(&mut self, name: String) -> Written<()> {
        if self.handlers.contains(&name) {
            let reason = format!("the SDK would call two threads {name}.");
            return self.refuse(&reason);
        }
        self.handlers.insert(name);
        Ok(())
    }

    fn statements(
        &mut self,
        statements: &[Statement<'_>],
        thread: &str,
        scope: &mut Scope,
        lines: &mut Vec<String>,
        at_the_end: bool,
    ) -> Written<()> {
        for (index, statement) in statements.iter().enumerate() {
            let last = at_the_end && index + 1 == statements.len();
            self.statement(statement, thread, scope, lines, last)?;
        }
        Ok(())
    }

    fn statement(
        &mut self,
        statement: &Statement<'_>,
        thread: &str,
        scope: &mut Scope,
        lines: &mut Vec<String>,
        last: bool,
    ) -> Written<()> {
        match statement {
            Statement::Step { name, node, mutations } => {
                self.step(name, node, mutations, thread, scope, lines, last)
            }
            Statement::Set(mutations) => self.set(mutations, thread, scope, lines),
            Statement::If { name, branches, otherwise } => {
                self.place(name);
                self.count += 1;
                self.bodies += 1;
                let number = self.bodies;
                let mut written = Vec::new();
                for (index, (condition, statements)) in branches.iter().enumerate() {
                    self.place(name);
                    let condition = self.condition(condition, thread, scope)?;
                    let body = self.body(statements, scope)?;
                    if index == 0 {
                        // The NOP that joins.
                        self.count += 1;
                    }
                    written.push((condition, body));
                }
                let otherwise =
                    if otherwise.is_empty() { None } else { Some(self.body(otherwise, scope)?) };
                self.place(name);
                let branches = self.language.branches(thread, number, &written, otherwise.as_ref());
                lines.extend(self.said(branches)?);
                Ok(())
            }
            Statement::While { name, condition, body } => {
                self.place(name);
                self.count += 1;
                self.bodies += 1;
                let number = self.bodies;
                let condition = self.condition(condition, thread, scope)?;
                let body = self.body(body, scope)?;
                self.place(name);
                self.count += 1;
                let repeat = self.language.repeat(thread, number, &condition, &body);
                lines.extend(self.said(repeat)?);
                Ok(())
            }
        }
    }

    /// Says where what follows is.
    fn place(&mut self, node: &str) {
        let spec = self.document.wf_spec.thread_specs.get(&self.thread);
        if let Some(node) = spec.and_then(|spec| spec.nodes.get(node)) {
            self.at = node.at;
        }
        self.node = Some(node.to_owned());
    }

    fn body(&mut self, statements: &[Statement<'_>], scope: &Scope) -> Written<Body> {
        self.names.enter();
        let thread = self.names.name("body");
        let mut lines = Vec::new();
        // What is kept in here is not seen behind it.
        let mut inner = scope.clone();
        self.statements(statements, &thread, &mut inner, &mut lines, false)?;
        self.names.leave();
        Ok(Body { thread, lines })
    }

    fn condition(&self, condition: &Condition, thread: &str, scope: &Scope) -> Written<Term> {
        match condition {
            Condition::Assignment(value) => self.value(value, thread, scope),
            Condition::Legacy(..) => {
                self.refuse("the SDK makes no conditions in LittleHorse's legacy form.")
            }
        }
    }

    fn value(&self, value: &VariableAssignment, thread: &str, scope: &Scope) -> Written<Term> {
        self.said(values::value(self.language, thread, scope, value))
    }

    fn set(
        &self,
        mutations: &[VariableMutation],
        thread: &str,
        scope: &Scope,
        lines: &mut Vec<String>,
    ) -> Written<()> {
        for mutation in mutations {
            let MutationRhs::Assignment(rhs) = &mutation.rhs else {
                return self.refuse("the SDK makes no mutations in LittleHorse's legacy form.");
            };
            let Some(target) = scope.variables.get(&mutation.lhs_name) else {
                let reason = format!("the variable {} is not seen here.", mutation.lhs_name);
                return self.refuse(&reason);
            };
            let mut target = target.clone();
            if let Some(path) = &mutation.lhs_path {
                if !matches!(path, halter_spec::model::Path::JsonPath(_)) {
                    return self.refuse("the SDK changes parts by JSON paths only.");
                }
                target = self.said(values::with_path(self.language, &target, path))?;
            }
            let value = self.value(rhs, thread, scope)?;
            let line = self.language.mutate(thread, &target, mutation.operation, &value);
            lines.push(self.said(line)?);
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "all of one statement")]
    fn step(
        &mut self,
        name: &str,
        node: &Node,
        mutations: &[VariableMutation],
        thread: &str,
        scope: &mut Scope,
        lines: &mut Vec<String>,
        last: bool,
    ) -> Written<()> {
        self.place(name);
        let call = match &node.kind {
            NodeKind::Entrypoint => return Ok(()),
            NodeKind::Nop => return self.refuse("the SDK has no step that does nothing."),
            NodeKind::Exit(exit) => {
                if !node.failure_handlers.is_empty() {
                    return self.refuse("the SDK takes no failure handlers for an EXIT.");
                }
                // The end of a function is the end of its thread.
                if last && *exit == halter_spec::model::ExitNode::default() {
                    return Ok(());
                }
                match &exit.failure {
                    Some(failure) => Call::Fail {
                        name: failure.failure_name.clone(),
                        message: failure.message.clone(),
                        content: self.optional(failure.content.as_ref(), thread, scope)?,
                    },
                    None => Call::Complete(self.optional(
                        exit.return_content.as_ref(),
                        thread,
                        scope,
                    )?),
                }
            }
            NodeKind::Task(_)
            | NodeKind::ExternalEvent(_)
            | NodeKind::StartThread(_)
            | NodeKind::StartMultipleThreads(_)
            | NodeKind::WaitForThreads(_)
            | NodeKind::Sleep(_)
            | NodeKind::UserTask(_)
            | NodeKind::ThrowEvent(_)
            | NodeKind::WaitForCondition(_) => self.call(name, node, thread, scope)?,
        };
        let made = self.said(self.language.call(thread, &call))?;
        let sdk_name = format!("{}-{}-{}", self.count, base(&call), node.kind.name());
        self.count += 1;
        let mut rest = mutations;
        let starts = matches!(call, Call::Start { .. } | Call::StartEach { .. });
        let mut number = None;
        if starts {
            match mutations.split_first() {
                Some((first, others)) if stores(first, name) => {
                    number = Some(first.lhs_name.clone());
                    rest = others;
                }
                _ => {
                    return self.refuse("the SDK keeps the number of a started thread in a variable of its own; here it is not kept.");
                }
            }
            let spec = self.document.wf_spec.thread_specs.get(&self.thread);
            let known = spec.is_some_and(|spec| {
                let wanted = number.as_deref().unwrap_or_default();
                numbers(spec).contains_key(wanted)
            });
            if !known {
                return self.refuse("the number of the started thread is kept in a variable that other things change as well, or that another thread declares; the SDK makes a variable of its own.");
            }
        }
        let form = match &node.kind {
            NodeKind::UserTask(task) => !task.actions.is_empty(),
            NodeKind::WaitForThreads(wait) => !wait.per_thread_failure_handlers.is_empty(),
            NodeKind::Entrypoint
            | NodeKind::Exit(_)
            | NodeKind::Task(_)
            | NodeKind::ExternalEvent(_)
            | NodeKind::StartThread(_)
            | NodeKind::StartMultipleThreads(_)
            | NodeKind::Nop
            | NodeKind::Sleep(_)
            | NodeKind::ThrowEvent(_)
            | NodeKind::WaitForCondition(_) => false,
        };
        let keep = (self.used.contains(name) && !starts)
            || form
            || !node.failure_handlers.is_empty()
            || number.as_ref().is_some_and(|number| self.is_used(number));
        let kept = keep.then(|| self.names.name(&kept_name(&call)));
        lines.extend(self.language.statement(kept.as_deref(), &call, &made));
        if let (Some(number), Some(kept)) = (&number, &kept) {
            let several = matches!(call, Call::StartEach { .. });
            scope.started.insert(number.clone(), (kept.clone(), several));
            if let Ok(term) = self.language.number_of(kept, several) {
                scope.variables.insert(number.clone(), term);
            }
        }
        if let Some(kept) = &kept {
            if !matches!(call, Call::Throw { .. }) {
                scope.outputs.insert(name.to_owned(), kept.clone());
            }
            if let NodeKind::UserTask(task) = &node.kind {
                for action in &task.actions {
                    let action = self.action(task, action, thread, scope)?;
                    let line = self.language.action(thread, kept, &action);
                    lines.push(self.said(line)?);
                }
            }
            for handler in &node.failure_handlers {
                if !matches!(
                    node.kind,
                    NodeKind::Task(_)
                        | NodeKind::ExternalEvent(_)
                        | NodeKind::UserTask(_)
                        | NodeKind::WaitForThreads(_)
                        | NodeKind::WaitForCondition(_)
                ) {
                    return self.refuse("the SDK gives no output of this step that failure handlers could be added to.");
                }
                let (failure, function) = self.handler(handler, &sdk_name, "")?;
                let line = self.language.on_failure(thread, kept, &failure, &function);
                lines.push(self.said(line)?);
            }
            if let NodeKind::WaitForThreads(wait) = &node.kind {
                for handler in &wait.per_thread_failure_handlers {
                    let (failure, function) = self.handler(handler, &sdk_name, "child-")?;
                    let line = self.language.on_child_failure(thread, kept, &failure, &function);
                    lines.push(self.said(line)?);
                }
            }
        }
        self.set(rest, thread, scope, lines)
    }

    /// Whether the variable with the number of a started thread is used anywhere but where it is stored.
    fn is_used(&self, variable: &str) -> bool {
        let specs = self.document.wf_spec.thread_specs.values();
        let mut found = false;
        for node in specs.flat_map(|spec| spec.nodes.values()) {
            visit::node(node, &mut |value| {
                found |= matches!(&value.source, Source::Variable(name) if name == variable);
            });
        }
        found
    }

    fn handler(
        &mut self,
        handler: &FailureHandlerDef,
        node: &str,
        of: &str,
    ) -> Written<(Failure, String)> {
        let failure = match &handler.failure_to_catch {
            FailureToCatch::Any => Failure::Any,
            FailureToCatch::AnyError => Failure::AnyError,
            FailureToCatch::AnyException => Failure::AnyException,
            FailureToCatch::Specific(name) if TECHNICAL_FAILURES.contains(&name.as_str()) => {
                Failure::Error(name.clone())
            }
            FailureToCatch::Specific(name) => Failure::Exception(name.clone()),
        };
        self.claim(format!("{of}handler-{node}-{failure:?}"))?;
        Ok((failure, self.function_of(&handler.handler_spec_name)?))
    }

    fn optional(
        &self,
        value: Option<&VariableAssignment>,
        thread: &str,
        scope: &Scope,
    ) -> Written<Option<Term>> {
        value.map(|value| self.value(value, thread, scope)).transpose()
    }

    fn call(&mut self, name: &str, node: &Node, thread: &str, scope: &Scope) -> Written<Call> {
        let value = |value: &VariableAssignment| self.value(value, thread, scope);
        Ok(match &node.kind {
            NodeKind::Task(task) => {
                let arguments: Written<Vec<_>> = task.variables.iter().map(value).collect();
                Call::Task {
                    name: match &task.task {
                        halter_spec::model::TaskToExecute::TaskDef(name) => Ok(name.clone()),
                        halter_spec::model::TaskToExecute::Dynamic(name) => Err(value(name)?),
                    },
                    arguments: arguments?,
                    timeout: task.timeout_seconds,
                    retries: task.retries,
                    backoff: task.exponential_backoff.clone(),
                }
            }
            NodeKind::ExternalEvent(event) => {
                let key = self.optional(event.correlation_key.as_ref(), thread, scope)?;
                if key.is_none() && event.mask_correlation_key {
                    return self.refuse("a correlation key is masked, but there is none.");
                }
                let registers = self.payload(&event.external_event_def, key.is_some());
                if registers.is_some() {
                    self.registered.insert(event.external_event_def.clone());
                }
                Call::Event {
                    name: event.external_event_def.clone(),
                    timeout: self.optional(event.timeout_seconds.as_ref(), thread, scope)?,
                    correlation: key.map(|key| (key, event.mask_correlation_key)),
                    registers,
                }
            }
            NodeKind::StartThread(start) => {
                let variables = self.variables(&start.variables, thread, scope)?;
                self.claim(start.thread_spec_name.clone())?;
                Call::Start {
                    function: self.function_of(&start.thread_spec_name)?,
                    thread: start.thread_spec_name.clone(),
                    variables,
                }
            }
            NodeKind::StartMultipleThreads(start) => {
                let variables = self.variables(&start.variables, thread, scope)?;
                let list = value(&start.iterable)?;
                self.claim(start.thread_spec_name.clone())?;
                Call::StartEach {
                    function: self.function_of(&start.thread_spec_name)?,
                    thread: start.thread_spec_name.clone(),
                    variables,
                    list,
                }
            }
            NodeKind::WaitForThreads(wait) => {
                let started = |value: &VariableAssignment, several: bool| {
                    let VariableAssignment {
                        source: Source::Variable(variable),
                        path: None,
                        target_type: None,
                        ..
                    } = value
                    else {
                        return self.refuse("the SDK waits for threads that were started here, not for computed numbers.");
                    };
                    match scope.started.get(variable) {
                        Some((kept, found)) if *found == several => Ok(kept.clone()),
                        _ => self.refuse(&format!(
                            "the SDK waits for threads that the same function started before; {variable} is none."
                        )),
                    }
                };
                match &wait.threads {
                    ThreadsToWaitFor::Threads(numbers) => {
                        let threads: Written<Vec<_>> =
                            numbers.iter().map(|number| started(number, false)).collect();
                        let threads = threads?;
                        if threads.is_empty() {
                            return self.refuse("it waits for no thread at all.");
                        }
                        Call::WaitFor { threads, strategy: wait.strategy }
                    }
                    ThreadsToWaitFor::List(list) => {
                        Call::WaitForEach { threads: started(list, true)?, strategy: wait.strategy }
                    }
                }
            }
            NodeKind::Sleep(SleepNode::RawSeconds(length)) => Call::Sleep(value(length)?),
            NodeKind::Sleep(SleepNode::Timestamp(time)) => Call::SleepUntil(value(time)?),
            NodeKind::Sleep(SleepNode::IsoDate(_)) => {
                return self.refuse("the SDK can't sleep until an ISO date.");
            }
            NodeKind::UserTask(task) => {
                if task.user_task_def_version.is_some() {
                    return self.refuse("the SDK can't choose the version of a form.");
                }
                Call::UserTask {
                    name: task.user_task_def_name.clone(),
                    user: self.optional(task.user_id.as_ref(), thread, scope)?,
                    group: self.optional(task.user_group.as_ref(), thread, scope)?,
                    notes: self.optional(task.notes.as_ref(), thread, scope)?,
                    on_cancel: self.optional(
                        task.on_cancellation_exception_name.as_ref(),
                        thread,
                        scope,
                    )?,
                }
            }
            NodeKind::ThrowEvent(throw) => {
                Call::Throw { name: throw.event_def.clone(), content: value(&throw.content)? }
            }
            NodeKind::WaitForCondition(condition) => {
                Call::WaitForCondition(self.condition(condition, thread, scope)?)
            }
            NodeKind::Entrypoint | NodeKind::Exit(_) | NodeKind::Nop => {
                return self.refuse(&format!("{name} is no step."));
            }
        })
    }

    fn variables<'v>(
        &self,
        variables: impl IntoIterator<Item = (&'v String, &'v VariableAssignment)>,
        thread: &str,
        scope: &Scope,
    ) -> Written<Vec<(String, Term)>> {
        let variables = variables.into_iter();
        variables
            .map(|(name, value)| Ok((name.clone(), self.value(value, thread, scope)?)))
            .collect()
    }

    /// An action of a form, of LittleHorse's own JSON.
    fn action(
        &self,
        form: &UserTaskNode,
        json: &serde_json::Value,
        thread: &str,
        scope: &Scope,
    ) -> Written<Action> {
        let value = |json: Option<&serde_json::Value>| -> Written<Option<Term>> {
            let Some(json) = json else { return Ok(None) };
            let read = proto_json::read_assignment(json);
            Ok(Some(self.value(&self.said(read)?, thread, scope)?))
        };
        let Some(delay) = value(json.get("delaySeconds"))? else {
            return self.refuse("an action of the form has no delay.");
        };
        let on_assignment = match json.get("hook").and_then(serde_json::Value::as_str) {
            None | Some("ON_ARRIVAL") => false,
            Some("ON_TASK_ASSIGNED") => true,
            Some(_) => return self.refuse("the SDK has no such hook for an action of a form."),
        };
        if let Some(reassign) = json.get("reassign") {
            let (user, group) = (reassign.get("userId"), reassign.get("userGroup"));
            let own_group = form.user_group.as_ref();
            let to_own_group = group
                .and_then(|group| proto_json::read_assignment(group).ok())
                .is_some_and(|group| Some(&group) == own_group);
            if user.is_none() && to_own_group && on_assignment && form.user_id.is_some() {
                return Ok(Action::Release { delay });
            }
            return Ok(Action::Reassign {
                user: value(user)?,
                group: value(group)?,
                delay,
                on_assignment,
            });
        }
        if json.get("cancel").is_some() {
            return Ok(Action::Cancel { delay, on_assignment });
        }
        let task = json.get("task").and_then(|task| task.get("task"));
        let Some(task) = task.and_then(serde_json::Value::as_object) else {
            return self.refuse("the SDK has no such action of a form.");
        };
        let known = ["taskDefId", "variables"];
        let Some(name) = task
            .get("taskDefId")
            .filter(|_| task.keys().all(|key| known.contains(&key.as_str())))
            .and_then(|id| id.get("name")?.as_str())
        else {
            return self
                .refuse("the SDK's reminders have a task's name and arguments, and nothing else.");
        };
        let mut arguments = Vec::new();
        let given = task.get("variables").and_then(serde_json::Value::as_array);
        for argument in given.into_iter().flatten() {
            arguments.extend(value(Some(argument))?);
        }
        Ok(Action::Remind { task: name.to_owned(), arguments, delay, on_assignment })
    }
}

/// What the output of a step is kept under.
fn kept_name(call: &Call) -> String {
    match call {
        Call::Task { name: Ok(name), .. } | Call::Event { name, .. } => name.clone(),
        Call::Task { .. } => "task".to_owned(),
        Call::Start { thread, .. } | Call::StartEach { thread, .. } => format!("started-{thread}"),
        Call::WaitFor { .. } | Call::WaitForEach { .. } => "waited".to_owned(),
        Call::UserTask { .. } => "form".to_owned(),
        Call::WaitForCondition(_) => "condition".to_owned(),
        _ => "output".to_owned(),
    }
}

/// The middle of the name that the SDK gives to a node.
fn base(call: &Call) -> &str {
    match call {
        Call::Task { name: Ok(name), .. }
        | Call::Event { name, .. }
        | Call::UserTask { name, .. } => name,
        Call::Start { thread, .. } | Call::StartEach { thread, .. } => thread,
        Call::WaitFor { .. } | Call::WaitForEach { .. } => "threads",
        _ => "",
    }
}

/// Whether a mutation only stores the output of this node in a variable.
pub(super) fn stores(mutation: &VariableMutation, node: &str) -> bool {
    mutation.lhs_path.is_none()
        && mutation.operation == MutationType::Assign
        && mutation.rhs
            == MutationRhs::Assignment(VariableAssignment::of(Source::NodeOutput(node.to_owned())))
}

/// The type of what keeps the number of a started thread, or the numbers of several.
fn number_type(several: bool) -> VarType {
    if several { VarType::JsonArr } else { VarType::Int }
}

/// The variables of a thread that the SDK makes by itself: they keep the number of one started thread, and nothing else
/// changes them. With the node that starts it.
pub(super) fn numbers(spec: &ThreadSpec) -> HashMap<&str, &str> {
    let mut found: HashMap<&str, Option<&str>> = HashMap::new();
    for (name, node) in &spec.nodes {
        let wanted = node.kind.starts().map(|(_, several)| number_type(several));
        for edge in &node.outgoing_edges {
            for (index, mutation) in edge.variable_mutations.iter().enumerate() {
                let variable = mutation.lhs_name.as_str();
                let declared =
                    spec.variable_defs.iter().find(|found| found.var_def.name == variable);
                let fits = declared
                    .is_some_and(|found| Some(found.var_def.type_def.var_type) == wanted)
                    && index == 0
                    && stores(mutation, name)
                    && !found.contains_key(variable);
                found.insert(variable, fits.then_some(name.as_str()));
            }
        }
    }
    found.into_iter().filter_map(|(variable, node)| Some((variable, node?))).collect()
}

/// The nodes whose outputs a node uses.
fn outputs_of(node: &Node, used: &mut HashSet<String>) {
    visit::node(node, &mut |value| {
        if let Source::NodeOutput(name) = &value.source {
            used.insert(name.clone());
        }
    });
}
