//! Steps: what one node does, the same in statements and in nodes.

use indexmap::IndexMap;

use super::Source;
use super::fields::Fields;
use super::graph::{Graph, Started};
use crate::about::{About, Missing, Unknown, UnknownWhat};
use crate::code::Code;
use crate::grammar;
use crate::model::{
    ExitNode, ExponentialBackoff, ExternalEventNode, FailureDef, FailureHandlerDef, NodeKind,
    RunChildWfNode, SleepNode, Source as From, StartMultipleThreadsNode, StartThreadNode, TaskNode,
    TaskToExecute, ThreadsToWaitFor, ThrowEventNode, UserTaskNode, VariableAssignment,
    WaitForChildWfNode, WaitForThreadsNode, WaitStrategy, WfSpecToRun,
};
use crate::tree::{Entry, Plain, Tree};
use crate::value::Value;
use crate::words::StepWord;

/// What a node does, and the middle of its name.
pub(super) struct Step {
    pub(super) kind: NodeKind,
    pub(super) base: String,
    pub(super) failure_handlers: Vec<FailureHandlerDef>,
}

impl Source {
    /// Reads the step whose word and value are given; the other keys of its map are in `fields`.
    pub(super) fn step(
        &mut self,
        step: StepWord,
        tree: &Tree,
        fields: &mut Fields<'_>,
        graph: &Graph,
    ) -> Option<Step> {
        let word = step.name();
        fields.call(word);
        let (base, kind) = match step {
            StepWord::Task => {
                let (base, task) = self.task(tree, fields, graph)?;
                (base, NodeKind::Task(task))
            }
            StepWord::WaitForEvent => {
                let event = self.name(tree, word);
                let timeout_seconds = self.optional_assignment(fields, "timeout", graph);
                let correlation_key = self.optional_assignment(fields, "correlation-key", graph);
                let mask_correlation_key = self.flag(fields, "mask-correlation-key");
                let external_event_def = event?;
                let base = external_event_def.clone();
                let node = ExternalEventNode {
                    external_event_def,
                    timeout_seconds,
                    correlation_key,
                    mask_correlation_key,
                };
                (base, NodeKind::ExternalEvent(node))
            }
            StepWord::StartThread => {
                let thread = self.name(tree, word);
                let variables = self.assignments(fields.take("with"), graph);
                let thread_spec_name = thread?;
                let base = thread_spec_name.clone();
                (base, NodeKind::StartThread(StartThreadNode { thread_spec_name, variables }))
            }
            StepWord::StartThreads => {
                let thread = self.name(tree, word);
                let variables = self.assignments(fields.take("with"), graph);
                let iterable = match fields.take("for-each") {
                    Some(entry) => self.assignment(&entry.value, graph),
                    None => {
                        self.missing(fields, "for-each");
                        None
                    }
                };
                let thread_spec_name = thread?;
                let base = thread_spec_name.clone();
                let node =
                    StartMultipleThreadsNode { thread_spec_name, variables, iterable: iterable? };
                (base, NodeKind::StartMultipleThreads(node))
            }
            StepWord::WaitForThreads => {
                let strategies = [
                    ("all", WaitStrategy::WaitForAll),
                    ("any", WaitStrategy::WaitForAny),
                    ("first", WaitStrategy::WaitForFirst),
                ];
                let strategy = fields
                    .take("strategy")
                    .and_then(|entry| self.word(&entry.value, "strategy", &strategies))
                    .unwrap_or_default();
                let per_thread_failure_handlers = self.failure_handlers(fields, "on-child-failure");
                let threads = self.threads_to_wait_for(tree, graph)?;
                let node = WaitForThreadsNode { threads, per_thread_failure_handlers, strategy };
                ("threads".to_owned(), NodeKind::WaitForThreads(node))
            }
            StepWord::Sleep => {
                let node = SleepNode::RawSeconds(self.assignment(tree, graph)?);
                ("sleep".to_owned(), NodeKind::Sleep(node))
            }
            StepWord::SleepUntil => {
                let node = SleepNode::Timestamp(self.assignment(tree, graph)?);
                ("sleep".to_owned(), NodeKind::Sleep(node))
            }
            StepWord::SleepUntilDate => {
                let node = SleepNode::IsoDate(self.assignment(tree, graph)?);
                ("sleep".to_owned(), NodeKind::Sleep(node))
            }
            StepWord::UserTask => {
                let name = self.name(tree, word);
                let node = UserTaskNode {
                    user_group: self.optional_assignment(fields, "group", graph),
                    user_id: self.optional_assignment(fields, "user", graph),
                    actions: match fields.take("actions") {
                        Some(entry) => self.actions(&entry.value, graph),
                        None => Vec::new(),
                    },
                    user_task_def_version: self.optional_small(fields, "version"),
                    notes: self.optional_assignment(fields, "notes", graph),
                    on_cancellation_exception_name: self.optional_assignment(
                        fields,
                        "on-cancel",
                        graph,
                    ),
                    user_task_def_name: name?,
                };
                (node.user_task_def_name.clone(), NodeKind::UserTask(Box::new(node)))
            }
            StepWord::ThrowEvent => {
                let event = self.name(tree, word);
                let content = match fields.take("content") {
                    Some(entry) => self.assignment(&entry.value, graph),
                    None => Some(VariableAssignment::of(From::Literal(Value::Null))),
                };
                let event_def = event?;
                let base = format!("throw-{event_def}");
                (base, NodeKind::ThrowEvent(ThrowEventNode { event_def, content: content? }))
            }
            StepWord::WaitForCondition => {
                let condition = self.condition(tree, graph)?;
                ("wait-for-condition".to_owned(), NodeKind::WaitForCondition(condition))
            }
            StepWord::RunChildWf => self.run_child_wf(tree, fields, graph)?,
            StepWord::WaitForChildWf => {
                let step = self.name(tree, word);
                let given = self.optional_assignment(fields, "id", graph);
                let step = step?;
                // It is named by its label, or by the workflow that it runs; one that stands further down as it is.
                let by_workflow = || graph.output(Some(&format!("run-{step}")));
                let found = graph.output(Some(&step)).or_else(by_workflow);
                let source_node = found.unwrap_or(step);
                let started = || VariableAssignment {
                    at: tree.at(),
                    ..VariableAssignment::of(From::NodeOutput(source_node.clone()))
                };
                let child_wf_run_id = given.unwrap_or_else(started);
                let node = WaitForChildWfNode { child_wf_run_id, source_node };
                ("wait".to_owned(), NodeKind::WaitForChildWf(node))
            }
            StepWord::Fail => {
                let failure = self.failure(tree, fields, graph)?;
                let base = failure.failure_name.clone();
                let node = ExitNode { failure: Some(failure), return_content: None };
                (base, NodeKind::Exit(node))
            }
            StepWord::Return if !tree.is_null() => {
                let value = self.assignment(tree, graph)?;
                let node = ExitNode { failure: None, return_content: Some(value) };
                ("complete".to_owned(), NodeKind::Exit(node))
            }
            StepWord::Return => ("complete".to_owned(), NodeKind::Exit(ExitNode::default())),
            StepWord::Exit => ("exit".to_owned(), NodeKind::Exit(ExitNode::default())),
            StepWord::Nop => ("nop".to_owned(), NodeKind::Nop),
            // They are no nodes: what reads statements takes them.
            StepWord::If | StepWord::While | StepWord::Set => return None,
        };
        let failure_handlers = self.failure_handlers(fields, "on-failure");
        Some(Step { kind, base, failure_handlers })
    }

    pub(super) fn optional_assignment(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        graph: &Graph,
    ) -> Option<VariableAssignment> {
        let entry = fields.take(key)?;
        self.assignment(&entry.value, graph)
    }

    pub(super) fn task(
        &mut self,
        tree: &Tree,
        fields: &mut Fields<'_>,
        graph: &Graph,
    ) -> Option<(String, TaskNode)> {
        let (base, task) = if is_computed(tree) {
            let task = self.assignment(tree, graph).map(TaskToExecute::Dynamic);
            (Some("dynamic".to_owned()), task)
        } else {
            let name = self.name(tree, "task");
            (name.clone(), name.map(TaskToExecute::TaskDef))
        };
        let variables = match fields.take("with") {
            Some(entry) => self.arguments(entry, base.as_deref(), graph),
            None => Vec::new(),
        };
        let timeout_seconds = self.optional_small(fields, "timeout").unwrap_or_default();
        let retries = self.optional_small(fields, "retries").unwrap_or_default();
        let exponential_backoff =
            fields.take("backoff").and_then(|entry| self.backoff(&entry.value));
        let node =
            TaskNode { task: task?, timeout_seconds, retries, exponential_backoff, variables };
        Some((base?, node))
    }

    fn run_child_wf(
        &mut self,
        tree: &Tree,
        fields: &mut Fields<'_>,
        graph: &Graph,
    ) -> Option<(String, NodeKind)> {
        let (base, wf_spec) = if is_computed(tree) {
            let name = self.assignment(tree, graph).map(WfSpecToRun::Dynamic);
            (Some("run-child-wf".to_owned()), name)
        } else {
            let name = self.name(tree, StepWord::RunChildWf.name());
            (name.as_ref().map(|name| format!("run-{name}")), name.map(WfSpecToRun::WfSpec))
        };
        let inputs = self.assignments(fields.take("with"), graph);
        let major_version = self.optional_small(fields, "major-version").unwrap_or(-1);
        let child_id = self.optional_assignment(fields, "id", graph);
        let node = RunChildWfNode { wf_spec: wf_spec?, major_version, inputs, child_id };
        Some((base?, NodeKind::RunChildWf(node)))
    }

    /// Arguments in order, or by the names of the task's inputs.
    fn arguments(
        &mut self,
        entry: &Entry,
        task: Option<&str>,
        graph: &Graph,
    ) -> Vec<VariableAssignment> {
        if let Some(items) = entry.value.list() {
            return items.iter().filter_map(|item| self.assignment(item, graph)).collect();
        }
        let Some(given) = entry.value.map().filter(|_| entry.value.tag.is_none()) else {
            return self.assignment(&entry.value, graph).into_iter().collect();
        };
        let def = task.and_then(|name| self.document.task_defs.get(name));
        let inputs: Vec<String> = def
            .map(|def| def.input_vars.iter().map(|input| input.name.clone()).collect())
            .unwrap_or_default();
        let mut arguments: IndexMap<String, VariableAssignment> = IndexMap::new();
        for argument in given {
            if !inputs.is_empty() && !inputs.contains(&argument.key) {
                let known = inputs.iter().map(String::as_str);
                let unknown = Unknown::among(UnknownWhat::Input, &argument.key, known);
                self.error(Code::UnknownKey, argument.key_span, About::Unknown(unknown));
                continue;
            }
            if let Some(value) = self.assignment(&argument.value, graph) {
                arguments.insert(argument.key.clone(), value);
            }
        }
        if inputs.is_empty() {
            return arguments.into_values().collect();
        }
        let mut ordered = Vec::new();
        for input in &inputs {
            match arguments.shift_remove(input) {
                Some(value) => ordered.push(value),
                None => {
                    let missing = Missing::Input(input.clone());
                    self.error(Code::Missing, entry.key_span, About::Missing(missing));
                }
            }
        }
        ordered
    }

    fn backoff(&mut self, tree: &Tree) -> Option<ExponentialBackoff> {
        let mut fields = self.fields(tree, &grammar::BACKOFF)?;
        let base_interval_ms = self.optional_small(&mut fields, "base-ms").unwrap_or_default();
        let max_delay_ms = self.optional_integer(&mut fields, "max-ms").unwrap_or_default();
        let multiplier = match fields.take("multiplier") {
            Some(entry) => match entry.value.as_plain() {
                Some(Plain::Int(number)) => number as f32,
                Some(Plain::Double(text)) => Plain::number(text).unwrap_or_default() as f32,
                _ => {
                    self.expected(&entry.value, "multiplier", "a number");
                    0.0
                }
            },
            None => 0.0,
        };
        self.finish(fields);
        Some(ExponentialBackoff { base_interval_ms, max_delay_ms, multiplier })
    }

    /// `fail: name`, with `message` and `content` beside it, or all three in a map.
    fn failure(
        &mut self,
        tree: &Tree,
        fields: &mut Fields<'_>,
        graph: &Graph,
    ) -> Option<FailureDef> {
        if tree.map().is_none() {
            return Some(FailureDef {
                failure_name: self.name(tree, "fail")?,
                message: self.optional_name(fields, "message").unwrap_or_default(),
                content: self.optional_assignment(fields, "content", graph),
            });
        }
        let mut inner = self.fields(tree, &grammar::FAILURE)?;
        let name = self.required_name(&mut inner, "name");
        let message = self.optional_name(&mut inner, "message").unwrap_or_default();
        let content = self.optional_assignment(&mut inner, "content", graph);
        self.finish(inner);
        Some(FailureDef { failure_name: name?, message, content })
    }

    fn threads_to_wait_for(&mut self, tree: &Tree, graph: &Graph) -> Option<ThreadsToWaitFor> {
        let items = match tree.list() {
            Some([one]) => one,
            Some(items) => {
                let threads = items.iter().filter_map(|item| self.thread_number(item, graph));
                return Some(ThreadsToWaitFor::Threads(
                    threads.map(|(number, _)| number).collect(),
                ));
            }
            None => tree,
        };
        let (number, several) = self.thread_number(items, graph)?;
        Some(match several {
            Some(true) => ThreadsToWaitFor::List(number),
            // What an expression gives is a list, unless it stands in one.
            None if tree.list().is_none() => ThreadsToWaitFor::List(number),
            Some(false) | None => ThreadsToWaitFor::Threads(vec![number]),
        })
    }

    /// The number of a ThreadRun: by the name of the thread or of its variable, or computed; and whether they are
    /// several, if that is known.
    fn thread_number(
        &mut self,
        tree: &Tree,
        graph: &Graph,
    ) -> Option<(VariableAssignment, Option<bool>)> {
        let text = tree.text().filter(|_| tree.tag.is_none());
        let by_name = text.map(|text| text.strip_prefix('$').unwrap_or(text));
        if let Some(Started { variable, several }) =
            by_name.and_then(|name| graph.started.get(name))
        {
            let source = From::Variable(variable.clone());
            let value = VariableAssignment { at: tree.at(), ..VariableAssignment::of(source) };
            return Some((value, Some(*several)));
        }
        if let (Some(name), Some(Plain::Text) | None) = (text, tree.as_plain())
            && !name.contains('$')
        {
            if self.declared.contains(name) {
                let source = From::Variable(name.to_owned());
                let value = VariableAssignment { at: tree.at(), ..VariableAssignment::of(source) };
                return Some((value, Some(false)));
            }
            let thread = name.to_owned();
            let about = if self.handlers.contains(&self.thread) {
                About::NoNumberKept { thread }
            } else {
                About::NotStarted { thread }
            };
            self.error(Code::Wait, tree.span, about);
            return None;
        }
        self.assignment(tree, graph).map(|value| (value, None))
    }
}

/// Whether what is executed is worked out when it is, rather than named.
fn is_computed(tree: &Tree) -> bool {
    tree.tag.is_some() || tree.text().is_some_and(grammar::is_expression)
}
