//! Steps: what one node does, the same in statements and in nodes.

use indexmap::IndexMap;

use super::expressions::Values;
use super::yaml::{Out, double_text};
use crate::model::{
    Document, ExitNode, FailureHandlerDef, FailureToCatch, GivenAction, MutationRhs, NodeKind,
    SleepNode, Source, TaskNode, TaskToExecute, ThreadsToWaitFor, UserTaskActionKind, UserTaskHook,
    VariableAssignment, VariableMutation, WaitStrategy, WfSpecToRun,
};
use crate::value::Value;
use crate::visit;

/// The entries of a step, its word first.
pub(super) type Entries = Vec<(String, Out)>;

/// How a started thread is called where it is waited for; none: not by a name.
pub(super) trait Started {
    /// The name and whether it stands for several threads.
    fn name(&self, variable: &str) -> Option<(String, bool)>;
}

/// Writes what nodes do.
pub(super) struct Steps<'a> {
    pub(super) document: &'a Document,
    pub(super) values: Values<'a>,
    pub(super) started: &'a dyn Started,
}

impl Steps<'_> {
    /// What a node does; none for an entrypoint.
    pub(super) fn step(&self, name: &str, kind: &NodeKind) -> Option<Entries> {
        let mut entries = Entries::new();
        let mut add = |key: &str, value: Out| entries.push((key.to_owned(), value));
        let value = |value: &VariableAssignment| self.values.assignment(value);
        match kind {
            NodeKind::Entrypoint => return None,
            NodeKind::Nop => add("nop", Out::nothing()),
            NodeKind::Exit(exit) => return Some(self.exit(name, exit)),
            NodeKind::Task(task) => return Some(self.task(task)),
            NodeKind::ExternalEvent(event) => {
                add("wait-for-event", Out::text(&event.external_event_def));
                if let Some(timeout) = &event.timeout_seconds {
                    add("timeout", value(timeout));
                }
                if let Some(key) = &event.correlation_key {
                    add("correlation-key", value(key));
                }
                if event.mask_correlation_key {
                    add("mask-correlation-key", Out::number(true));
                }
            }
            NodeKind::StartThread(start) => {
                add("start-thread", Out::text(&start.thread_spec_name));
                if !start.variables.is_empty() {
                    add("with", self.assignments(&start.variables));
                }
            }
            NodeKind::StartMultipleThreads(start) => {
                add("start-threads", Out::text(&start.thread_spec_name));
                add("for-each", value(&start.iterable));
                if !start.variables.is_empty() {
                    add("with", self.assignments(&start.variables));
                }
            }
            NodeKind::WaitForThreads(wait) => {
                add("wait-for-threads", self.threads(&wait.threads));
                let strategy = match wait.strategy {
                    WaitStrategy::WaitForAll => None,
                    WaitStrategy::WaitForAny => Some("any"),
                    WaitStrategy::WaitForFirst => Some("first"),
                };
                if let Some(strategy) = strategy {
                    add("strategy", Out::text(strategy));
                }
                if !wait.per_thread_failure_handlers.is_empty() {
                    let handlers = failure_handlers(&wait.per_thread_failure_handlers);
                    add("on-child-failure", handlers);
                }
            }
            NodeKind::Sleep(SleepNode::RawSeconds(length)) => add("sleep", value(length)),
            NodeKind::Sleep(SleepNode::Timestamp(time)) => add("sleep-until", value(time)),
            NodeKind::Sleep(SleepNode::IsoDate(date)) => add("sleep-until-date", value(date)),
            NodeKind::UserTask(task) => {
                add("user-task", Out::text(&task.user_task_def_name));
                let fields = [
                    ("user", &task.user_id),
                    ("group", &task.user_group),
                    ("notes", &task.notes),
                    ("on-cancel", &task.on_cancellation_exception_name),
                ];
                for (key, field) in fields {
                    if let Some(field) = field {
                        add(key, value(field));
                    }
                }
                if let Some(version) = task.user_task_def_version {
                    add("version", Out::number(version));
                }
                if !task.actions.is_empty() {
                    let actions = task.actions.iter().map(|action| self.given_action(action));
                    add("actions", Out::List(actions.collect()));
                }
            }
            NodeKind::ThrowEvent(throw) => {
                add("throw-event", Out::text(&throw.event_def));
                if throw.content != VariableAssignment::of(Source::Literal(Value::Null)) {
                    add("content", value(&throw.content));
                }
            }
            NodeKind::WaitForCondition(condition) => {
                add("wait-for-condition", self.values.condition(condition));
            }
            NodeKind::RunChildWf(run) => {
                let name = match &run.wf_spec {
                    WfSpecToRun::WfSpec(name) => Out::text(name),
                    WfSpecToRun::Dynamic(name) => tagged(value(name)),
                };
                add("run-child-wf", name);
                if !run.inputs.is_empty() {
                    add("with", self.assignments(&run.inputs));
                }
                if run.major_version != -1 {
                    add("major-version", Out::number(run.major_version));
                }
                if let Some(id) = &run.child_id {
                    add("id", value(id));
                }
            }
            NodeKind::WaitForChildWf(wait) => {
                let node = &wait.source_node;
                let label = self.values.outputs.label(node);
                add("wait-for-child-wf", Out::text(label.as_deref().unwrap_or(node)));
                let started = VariableAssignment::of(Source::NodeOutput(node.clone()));
                if wait.child_wf_run_id != started {
                    add("id", value(&wait.child_wf_run_id));
                }
            }
        }
        Some(entries)
    }

    fn exit(&self, name: &str, exit: &ExitNode) -> Entries {
        let mut entries = Entries::new();
        if let Some(failure) = &exit.failure {
            entries.push(("fail".to_owned(), Out::text(&failure.failure_name)));
            if !failure.message.is_empty() {
                entries.push(("message".to_owned(), Out::text(&failure.message)));
            }
            if let Some(content) = &failure.content {
                entries.push(("content".to_owned(), self.values.assignment(content)));
            }
        } else if let Some(content) = &exit.return_content {
            let value = match self.values.assignment(content) {
                // Without a tag, nothing at all is returned.
                Out::Plain(text) if text == "null" => {
                    Out::Tagged("expr", Box::new(Out::Plain(text)))
                }
                value => value,
            };
            entries.push(("return".to_owned(), value));
        } else {
            let word = if name.ends_with("-complete-EXIT") { "return" } else { "exit" };
            entries.push((word.to_owned(), Out::nothing()));
        }
        entries
    }

    fn task(&self, task: &TaskNode) -> Entries {
        let mut entries = Entries::new();
        let mut add = |key: &str, value: Out| entries.push((key.to_owned(), value));
        let mut inputs: &[_] = &[];
        match &task.task {
            TaskToExecute::TaskDef(name) => {
                add("task", Out::text(name));
                if let Some(def) = self.document.task_defs.get(name) {
                    inputs = &def.input_vars;
                }
            }
            TaskToExecute::Dynamic(name) => {
                add("task", tagged(self.values.assignment(name)));
            }
        }
        if !task.variables.is_empty() {
            let values = task.variables.iter().map(|value| self.values.assignment(value));
            let by_name = inputs.len() == task.variables.len()
                && inputs.len() > 1
                && !inputs.iter().any(|input| input.name.starts_with("input-"));
            add(
                "with",
                if by_name {
                    let names = inputs.iter().map(|input| input.name.clone());
                    Out::Map(names.zip(values).collect())
                } else {
                    Out::List(values.collect())
                },
            );
        }
        if task.timeout_seconds != 0 {
            add("timeout", Out::number(task.timeout_seconds));
        }
        if task.retries != 0 {
            add("retries", Out::number(task.retries));
        }
        if let Some(backoff) = &task.exponential_backoff {
            let mut policy = Entries::new();
            if backoff.base_interval_ms != 0 {
                policy.push(("base-ms".to_owned(), Out::number(backoff.base_interval_ms)));
            }
            if backoff.max_delay_ms != 0 {
                policy.push(("max-ms".to_owned(), Out::number(backoff.max_delay_ms)));
            }
            if backoff.multiplier != 0.0 {
                let text = backoff.multiplier.to_string();
                let number = text.parse::<f64>().unwrap_or_default();
                let written = if number.is_finite() { text } else { double_text(number) };
                policy.push(("multiplier".to_owned(), Out::Plain(written)));
            }
            add("backoff", Out::Map(policy));
        }
        entries
    }

    fn given_action(&self, action: &GivenAction) -> Out {
        let action = match action {
            GivenAction::Read(action) => action,
            // LittleHorse's JSON has no order of its own.
            GivenAction::Kept(json) => return Out::proto(&sorted(json)),
        };
        let mut entries = match &action.kind {
            UserTaskActionKind::Cancel => vec![("cancel".to_owned(), Out::nothing())],
            UserTaskActionKind::Reassign { user_id, user_group } => {
                let given = [("user", user_id), ("group", user_group)];
                let given = given.into_iter().filter_map(|(key, value)| {
                    Some((key.to_owned(), self.values.assignment(value.as_ref()?)))
                });
                vec![("reassign".to_owned(), Out::Map(given.collect()))]
            }
            UserTaskActionKind::Task(task) => self.task(task),
        };
        entries.push(("after".to_owned(), self.values.assignment(&action.delay_seconds)));
        match action.hook {
            UserTaskHook::OnArrival => {}
            UserTaskHook::OnTaskAssigned => {
                entries.push(("on".to_owned(), Out::text("assignment")));
            }
        }
        Out::Map(entries)
    }

    fn assignments(&self, variables: &IndexMap<String, VariableAssignment>) -> Out {
        let entries = variables.iter();
        Out::Map(
            entries.map(|(name, value)| (name.clone(), self.values.assignment(value))).collect(),
        )
    }

    fn threads(&self, threads: &ThreadsToWaitFor) -> Out {
        match threads {
            ThreadsToWaitFor::Threads(numbers) => {
                Out::List(numbers.iter().map(|number| self.thread(number, false)).collect())
            }
            ThreadsToWaitFor::List(list) => match self.thread(list, true) {
                list @ Out::List(_) => Out::Tagged("json-arr", Box::new(list)),
                other => other,
            },
        }
    }

    /// The number of a thread, or the numbers of several.
    fn thread(&self, number: &VariableAssignment, several: bool) -> Out {
        if let VariableAssignment {
            source: Source::Variable(variable),
            path: None,
            target_type: None,
            ..
        } = number
        {
            return match self.started.name(variable) {
                Some((name, found)) if found == several => Out::text(&name),
                Some(_) => Out::proto(&crate::proto_json::write_assignment(number)),
                None => self.values.assignment(number),
            };
        }
        self.values.assignment(number)
    }

    /// What is stored of a node's output on the way out of it, and what else changes there.
    pub(super) fn stored<'m>(
        &self,
        node: &str,
        mutations: &'m [VariableMutation],
    ) -> (Option<Out>, &'m [VariableMutation]) {
        let own = mutations.iter().take_while(|mutation| uses_output(mutation, node)).count();
        let (into, rest) = mutations.split_at(own);
        let out = match into {
            [] => return (None, rest),
            [one] if super::is_plain_store(one, node) => {
                self.values.target(one).map_or_else(|| self.values.mutations(into), Out::Text)
            }
            several => self.values.mutations(several),
        };
        (Some(out), rest)
    }
}

/// A computed name, so that it is not read as the name itself.
fn tagged(name: Out) -> Out {
    match name {
        Out::Text(text) => Out::Tagged("str", Box::new(Out::Text(text))),
        other => other,
    }
}

/// Whether the right side of a mutation uses the output of this node.
fn uses_output(mutation: &VariableMutation, node: &str) -> bool {
    let MutationRhs::Assignment(value) = &mutation.rhs else { return false };
    let mut found = false;
    visit::parts(value, &mut |part| {
        found |= matches!(&part.source, Source::NodeOutput(name) if name == node);
    });
    found
}

/// Failures and the threads that handle them.
pub(super) fn failure_handlers(handlers: &[FailureHandlerDef]) -> Out {
    if let [handler] = handlers
        && handler.failure_to_catch == FailureToCatch::Any
    {
        return Out::text(&handler.handler_spec_name);
    }
    let mut keys = std::collections::HashSet::new();
    let short = handlers.iter().all(|handler| {
        let key = failure(&handler.failure_to_catch);
        let reserved = matches!(&handler.failure_to_catch, FailureToCatch::Specific(name)
            if ["any", "any-error", "any-exception"].contains(&name.as_str()));
        !reserved && keys.insert(key)
    });
    let entries = handlers.iter().map(|handler| {
        let key = failure(&handler.failure_to_catch).to_owned();
        (key, Out::text(&handler.handler_spec_name))
    });
    if short {
        return Out::Map(entries.collect());
    }
    let items = handlers.iter().map(|handler| {
        let (key, value) = match &handler.failure_to_catch {
            FailureToCatch::Specific(name) => ("exception", Out::text(name)),
            FailureToCatch::AnyError => ("error", Out::text("any")),
            FailureToCatch::AnyException => ("exception", Out::text("any")),
            FailureToCatch::Any => ("any", Out::nothing()),
        };
        let run = ("run".to_owned(), Out::text(&handler.handler_spec_name));
        Out::Map(vec![(key.to_owned(), value), run])
    });
    Out::List(items.collect())
}

fn failure(failure: &FailureToCatch) -> &str {
    match failure {
        FailureToCatch::Specific(name) => name,
        FailureToCatch::AnyError => "any-error",
        FailureToCatch::AnyException => "any-exception",
        FailureToCatch::Any => "any",
    }
}

/// The same JSON with the keys of all objects in alphabetical order.
fn sorted(json: &serde_json::Value) -> serde_json::Value {
    match json {
        serde_json::Value::Array(items) => items.iter().map(sorted).collect(),
        serde_json::Value::Object(entries) => {
            let mut entries: Vec<_> =
                entries.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            serde_json::Value::Object(entries.into_iter().collect())
        }
        other => other.clone(),
    }
}
