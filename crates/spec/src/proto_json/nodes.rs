//! The nodes.

use indexmap::IndexMap;

use super::reader::{Message, Reader};
use crate::code::Code;
use crate::model::{
    ExitNode, ExponentialBackoff, ExternalEventNode, FailureDef, GivenAction, Node, NodeKind,
    RunChildWfNode, SleepNode, StartMultipleThreadsNode, StartThreadNode, TaskNode, TaskToExecute,
    ThreadsToWaitFor, ThrowEventNode, UserTaskAction, UserTaskActionKind, UserTaskHook,
    UserTaskNode, VariableAssignment, WaitForChildWfNode, WaitForThreadsNode, WaitStrategy,
    WfSpecToRun,
};
use crate::place::At;
use crate::tree::{Plain, Tree, TreeKind};
use crate::words::NodeField;

impl Reader {
    /// A `Node`.
    pub(crate) fn node(&mut self, tree: &Tree, at: At) -> Option<Node> {
        let mut message = self.message(tree, "Node")?;
        let edges = self.list(&mut message, "outgoingEdges");
        let outgoing_edges = edges.iter().filter_map(|tree| self.edge(tree)).collect();
        let failure_handlers = self.failure_handlers(&mut message, "failureHandlers");
        let found = self.one_of(&mut message, &NodeField::ALL.map(|(_, name)| name));
        let kind = match found.and_then(|(name, tree)| Some((NodeField::from_name(name)?, tree))) {
            Some((field, tree)) => self.node_kind(field, tree),
            None => {
                self.error(Code::Missing, tree.span, "This node does not say what it does.");
                None
            }
        };
        self.finish(message);
        Some(Node { kind: kind?, outgoing_edges, failure_handlers, at })
    }

    fn node_kind(&mut self, field: NodeField, tree: &Tree) -> Option<NodeKind> {
        let mut message = self.message(tree, "node")?;
        let kind = match field {
            NodeField::RunChildWf => self.run_child_wf(&mut message).map(NodeKind::RunChildWf),
            NodeField::WaitForChildWf => {
                let source_node = self.text(&mut message, "childWfRunSourceNode");
                self.required_assignment(&mut message, "childWfRunId").map(|child_wf_run_id| {
                    NodeKind::WaitForChildWf(WaitForChildWfNode { child_wf_run_id, source_node })
                })
            }
            NodeField::Entrypoint => Some(NodeKind::Entrypoint),
            NodeField::Nop => Some(NodeKind::Nop),
            NodeField::Exit => self.exit_node(&mut message).map(NodeKind::Exit),
            NodeField::Task => self.task_node(&mut message).map(NodeKind::Task),
            NodeField::ExternalEvent => Some(NodeKind::ExternalEvent(ExternalEventNode {
                external_event_def: self.name_in_id(&mut message, "externalEventDefId"),
                timeout_seconds: self.optional_assignment(&mut message, "timeoutSeconds"),
                correlation_key: self.optional_assignment(&mut message, "correlationKey"),
                mask_correlation_key: self.flag(&mut message, "maskCorrelationKey"),
            })),
            NodeField::StartThread => Some(NodeKind::StartThread(StartThreadNode {
                thread_spec_name: self.text(&mut message, "threadSpecName"),
                variables: self.assignments(&mut message, "variables"),
            })),
            NodeField::StartMultipleThreads => {
                let thread_spec_name = self.text(&mut message, "threadSpecName");
                let variables = self.assignments(&mut message, "variables");
                self.required_assignment(&mut message, "iterable").map(|iterable| {
                    let node = StartMultipleThreadsNode { thread_spec_name, variables, iterable };
                    NodeKind::StartMultipleThreads(node)
                })
            }
            NodeField::WaitForThreads => {
                self.wait_for_threads(&mut message).map(NodeKind::WaitForThreads)
            }
            NodeField::Sleep => {
                match self.one_of(&mut message, &["rawSeconds", "timestamp", "isoDate"]) {
                    Some(("rawSeconds", tree)) => self.assignment(tree).map(SleepNode::RawSeconds),
                    Some(("timestamp", tree)) => self.assignment(tree).map(SleepNode::Timestamp),
                    Some((_, tree)) => self.assignment(tree).map(SleepNode::IsoDate),
                    None => {
                        let text = "A SLEEP node says how long: rawSeconds, timestamp or isoDate.";
                        self.error(Code::Missing, message.span(), text);
                        None
                    }
                }
                .map(NodeKind::Sleep)
            }
            NodeField::UserTask => Some(NodeKind::UserTask(Box::new(self.user_task(&mut message)))),
            NodeField::ThrowEvent => {
                let event_def = self.name_in_id(&mut message, "eventDefId");
                self.required_assignment(&mut message, "content")
                    .map(|content| NodeKind::ThrowEvent(ThrowEventNode { event_def, content }))
            }
            NodeField::WaitForCondition => {
                let condition = self.condition(&mut message);
                if condition.is_none() && !self.has_errors() {
                    let text = "A WAIT_FOR_CONDITION node has a condition.";
                    self.error(Code::Missing, message.span(), text);
                }
                condition.map(NodeKind::WaitForCondition)
            }
        };
        self.finish(message);
        kind
    }

    fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(crate::Diagnostic::is_error)
    }

    fn assignments(
        &mut self,
        message: &mut Message<'_>,
        field: &'static str,
    ) -> IndexMap<String, VariableAssignment> {
        let entries = self.map(message, field);
        entries
            .iter()
            .filter_map(|entry| Some((entry.key.clone(), self.assignment(&entry.value)?)))
            .collect()
    }

    fn exit_node(&mut self, message: &mut Message<'_>) -> Option<ExitNode> {
        Some(match self.one_of(message, &["failureDef", "returnContent"]) {
            Some(("failureDef", tree)) => {
                let mut failure = self.message(tree, "FailureDef")?;
                let def = FailureDef {
                    failure_name: self.text(&mut failure, "failureName"),
                    message: self.text(&mut failure, "message"),
                    content: self.optional_assignment(&mut failure, "content"),
                };
                self.finish(failure);
                ExitNode { failure: Some(def), return_content: None }
            }
            Some((_, tree)) => {
                ExitNode { failure: None, return_content: Some(self.assignment(tree)?) }
            }
            None => ExitNode::default(),
        })
    }

    fn task_node(&mut self, message: &mut Message<'_>) -> Option<TaskNode> {
        let task = match self.one_of(message, &["taskDefId", "dynamicTask"]) {
            Some(("dynamicTask", tree)) => self.assignment(tree).map(TaskToExecute::Dynamic),
            Some(_) => Some(TaskToExecute::TaskDef(self.name_in_id(message, "taskDefId"))),
            None => {
                self.error(Code::Missing, message.span(), "A TASK node has a taskDefId.");
                None
            }
        };
        let exponential_backoff = message.field("exponentialBackoff").and_then(|tree| {
            let mut policy = self.message(tree, "ExponentialBackoffRetryPolicy")?;
            let backoff = ExponentialBackoff {
                base_interval_ms: self
                    .small_integer(&mut policy, "baseIntervalMs")
                    .unwrap_or_default(),
                max_delay_ms: self.integer(&mut policy, "maxDelayMs").unwrap_or_default(),
                multiplier: policy
                    .field("multiplier")
                    .and_then(|tree| self.double_of(tree, "multiplier"))
                    .unwrap_or_default() as f32,
            };
            self.finish(policy);
            Some(backoff)
        });
        let variables = self.list(message, "variables");
        let variables = variables.iter().filter_map(|tree| self.assignment(tree)).collect();
        Some(TaskNode {
            task: task?,
            timeout_seconds: self.small_integer(message, "timeoutSeconds").unwrap_or_default(),
            retries: self.small_integer(message, "retries").unwrap_or_default(),
            exponential_backoff,
            variables,
        })
    }

    fn run_child_wf(&mut self, message: &mut Message<'_>) -> Option<RunChildWfNode> {
        let wf_spec = match self.one_of(message, &["wfSpecName", "wfSpecVar"]) {
            Some(("wfSpecVar", tree)) => self.assignment(tree).map(WfSpecToRun::Dynamic),
            Some(_) => Some(WfSpecToRun::WfSpec(self.text(message, "wfSpecName"))),
            None => {
                let text = "A RUN_CHILD_WF node says which WfSpec: wfSpecName or wfSpecVar.";
                self.error(Code::Missing, message.span(), text);
                None
            }
        };
        let major_version = self.small_integer(message, "majorVersion").unwrap_or_default();
        let inputs = self.assignments(message, "inputs");
        let child_id = self.optional_assignment(message, "childId");
        Some(RunChildWfNode { wf_spec: wf_spec?, major_version, inputs, child_id })
    }

    fn wait_for_threads(&mut self, message: &mut Message<'_>) -> Option<WaitForThreadsNode> {
        let threads = match self.one_of(message, &["threads", "threadList"]) {
            Some(("threadList", tree)) => ThreadsToWaitFor::List(self.assignment(tree)?),
            Some((_, tree)) => {
                let mut threads = self.message(tree, "ThreadsToWaitFor")?;
                let items = self.list(&mut threads, "threads");
                self.finish(threads);
                let mut numbers = Vec::new();
                for item in items {
                    let mut thread = self.message(item, "ThreadToWaitFor")?;
                    numbers.extend(self.required_assignment(&mut thread, "threadRunNumber"));
                    self.finish(thread);
                }
                ThreadsToWaitFor::Threads(numbers)
            }
            None => ThreadsToWaitFor::Threads(Vec::new()),
        };
        Some(WaitForThreadsNode {
            threads,
            per_thread_failure_handlers: self.failure_handlers(message, "perThreadFailureHandlers"),
            strategy: self
                .optional_word(message, "strategy", &WaitStrategy::ALL)
                .unwrap_or_default(),
        })
    }

    /// An action that is read, if nothing of it is lost by that; what is wrong with it is said later (V-USER-TASK).
    pub(crate) fn given_action(&mut self, tree: &Tree) -> GivenAction {
        let before = self.diagnostics.len();
        let action = self.user_task_action(tree);
        let is_fine = self.diagnostics.len() == before;
        self.diagnostics.truncate(before);
        let json = serde_of(tree);
        match action {
            Some(action) if is_fine && json.pointer("/task/mutations").is_none() => {
                GivenAction::Read(Box::new(action))
            }
            _ => GivenAction::Kept(json),
        }
    }

    /// A `UTActionTrigger`.
    pub(crate) fn user_task_action(&mut self, tree: &Tree) -> Option<UserTaskAction> {
        const HOOKS: [(UserTaskHook, &str); 2] = [
            (UserTaskHook::OnArrival, "ON_ARRIVAL"),
            (UserTaskHook::OnTaskAssigned, "ON_TASK_ASSIGNED"),
        ];
        let mut message = self.message(tree, "UTActionTrigger")?;
        let hook = self.optional_word(&mut message, "hook", &HOOKS).unwrap_or_default();
        let delay_seconds = self.required_assignment(&mut message, "delaySeconds");
        let kind = match self.one_of(&mut message, &["task", "cancel", "reassign"]) {
            Some(("task", tree)) => {
                let mut action = self.message(tree, "UTATask")?;
                // The server keeps its mutations and does not apply them.
                self.list(&mut action, "mutations");
                let task = action.field("task").and_then(|tree| {
                    let mut task = self.message(tree, "TaskNode")?;
                    let node = self.task_node(&mut task);
                    self.finish(task);
                    node
                });
                if task.is_none() && !self.has_errors() {
                    self.error(Code::Missing, tree.span, "The action says no task.");
                }
                self.finish(action);
                task.map(UserTaskActionKind::Task)
            }
            Some(("reassign", tree)) => {
                let mut action = self.message(tree, "UTAReassign")?;
                let user_id = self.optional_assignment(&mut action, "userId");
                let user_group = self.optional_assignment(&mut action, "userGroup");
                self.finish(action);
                Some(UserTaskActionKind::Reassign { user_id, user_group })
            }
            Some(_) => Some(UserTaskActionKind::Cancel),
            None => {
                let text = "An action of a user task has one of task, cancel and reassign.";
                self.error(Code::Missing, tree.span, text);
                None
            }
        };
        self.finish(message);
        Some(UserTaskAction { hook, delay_seconds: delay_seconds?, kind: kind? })
    }

    fn user_task(&mut self, message: &mut Message<'_>) -> UserTaskNode {
        UserTaskNode {
            user_task_def_name: self.text(message, "userTaskDefName"),
            user_group: self.optional_assignment(message, "userGroup"),
            user_id: self.optional_assignment(message, "userId"),
            actions: self.list(message, "actions").iter().map(|a| self.given_action(a)).collect(),
            user_task_def_version: self.small_integer(message, "userTaskDefVersion"),
            notes: self.optional_assignment(message, "notes"),
            on_cancellation_exception_name: self
                .optional_assignment(message, "onCancellationExceptionName"),
        }
    }
}

/// A tree as it is, for what is only kept.
pub(crate) fn serde_of(tree: &Tree) -> serde_json::Value {
    match &tree.kind {
        TreeKind::Quoted(text) => serde_json::Value::from(text.as_str()),
        TreeKind::Plain(text) => match tree.as_plain() {
            Some(Plain::Null) | None => serde_json::Value::Null,
            Some(Plain::Bool(boolean)) => serde_json::Value::from(boolean),
            Some(Plain::Int(number)) => serde_json::Value::from(number),
            Some(Plain::Double(text)) => {
                Plain::number(text).map_or(serde_json::Value::Null, serde_json::Value::from)
            }
            Some(Plain::TooBig | Plain::Text) => serde_json::Value::from(text.as_str()),
        },
        TreeKind::List(items) => items.iter().map(serde_of).collect(),
        TreeKind::Map(entries) => serde_json::Value::Object(
            entries.iter().map(|entry| (entry.key.clone(), serde_of(&entry.value))).collect(),
        ),
    }
}
