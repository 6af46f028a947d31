//! NodeRuns as they were told of.

use std::sync::Arc;

use halter_engine::program::{NodeKind, Spec, TaskSource};
use halter_engine::state::{
    ChildWfRun, Failure, NodeRun, NodeRunDetail, Status, TaskAttempt, TaskRun, TaskStatus,
    ThreadNumber, ThrownEvent, UserTaskRun, UserTaskStatus, WaitForThread, WaitingStatus,
};
use halter_engine::{ChildWfResult, List, RunState};
use halter_spec::proto_json::read_value;
use halter_spec::value::Value;
use serde_json::Value as Json;

use super::json::{array, message, number, numbers, optional_number, status, text, time, value};
use super::{Reader, Told};
use crate::trace::messages::{Messages, PLAYED_CHILD_WF_RUNS};

impl Reader<'_> {
    pub(super) fn node_runs(
        &mut self,
        thread: ThreadNumber,
        spec: u16,
        last: u32,
    ) -> Told<List<NodeRun>> {
        let spec = self.program.spec(spec);
        let mut own = self.node_runs.remove(&thread).unwrap_or_default();
        own.sort_by_key(|run| number(run, "position"));
        let mut runs = Vec::new();
        for (told, position) in own.into_iter().zip(0..) {
            if number(told, "position") != position {
                break;
            }
            runs.push(self.node_run(told, spec)?);
        }
        if runs.len() as u64 != u64::from(last) + 1 {
            let missing = runs.len();
            return Err(format!(
                "NodeRun {missing} of ThreadRun {thread} is missing: paste all that \"lhctl list nodeRun\" prints."
            ));
        }
        Ok(runs.into_iter().collect())
    }

    fn node_run(&mut self, told: &Json, spec: &Spec) -> Told<NodeRun> {
        let name = text(told, "nodeName");
        let Some(node) = spec.nodes.iter().position(|node| *node.name == *name) else {
            let thread = &spec.name;
            return Err(format!(
                "The ThreadSpec {thread} has no node {name}: paste the WfSpec's version of this WfRun."
            ));
        };
        let failures = array(told, "failures").iter().map(|failure| Failure {
            name: text(failure, "failureName").into(),
            message: text(failure, "message").into(),
            content: failure.get("content").and_then(|content| read_value(content).ok()),
            handler: optional_number(failure, "failureHandlerThreadrunId"),
            properly_handled: failure.get("wasProperlyHandled").and_then(Json::as_bool)
                == Some(true),
        });
        let failures = failures.collect();
        let kind = spec.nodes.get(node).map(|node| &node.kind);
        Ok(NodeRun {
            node: node as u16,
            status: status(told)?,
            failures,
            failure_handlers: numbers(told, "failureHandlerIds"),
            error_message: message(told, "errorMessage"),
            detail: match kind {
                Some(kind) => self.detail(kind, told)?,
                None => NodeRunDetail::Plain,
            },
        })
    }

    fn detail(&mut self, kind: &NodeKind, told: &Json) -> Told<NodeRunDetail> {
        let field = kind.name().to_lowercase();
        let inner = told.get(&field).unwrap_or(&Json::Null);
        Ok(match kind {
            NodeKind::Entrypoint
            | NodeKind::Exit { .. }
            | NodeKind::Nop
            | NodeKind::WaitForCondition(_) => NodeRunDetail::Plain,
            NodeKind::Task { task, .. } => NodeRunDetail::Task(self.task(task, inner, told)?),
            NodeKind::ExternalEvent { .. } => NodeRunDetail::ExternalEvent {
                event: inner.get("externalEventId").map(|id| self.event(id)).transpose()?,
                timeout_at: None,
                timed_out: inner.get("timedOut").and_then(Json::as_bool) == Some(true),
                correlation_key: message(inner, "correlationKey"),
            },
            NodeKind::StartThread { .. } => {
                NodeRunDetail::StartThread(optional_number(inner, "childThreadId"))
            }
            NodeKind::StartMultipleThreads { .. } => {
                NodeRunDetail::StartMultipleThreads(numbers(inner, "childThreadIds"))
            }
            NodeKind::WaitForThreads { .. } => NodeRunDetail::WaitForThreads(
                array(inner, "threads").iter().map(wait).collect::<Told<_>>()?,
            ),
            NodeKind::Sleep(_) => NodeRunDetail::Sleep {
                matures_at: self.matures_at(told),
                matured: inner.get("matured").and_then(Json::as_bool) == Some(true),
            },
            NodeKind::UserTask { def, .. } => {
                let is_known = self.raw.is_none_or(|raw| !raw.user_task_runs.is_empty());
                NodeRunDetail::UserTask(form(*def, inner, is_known))
            }
            NodeKind::ThrowEvent { event, .. } => {
                NodeRunDetail::ThrowEvent(self.thrown(*event, inner, told))
            }
            NodeKind::RunChildWf { .. } => self.child_wf(inner, told)?,
            NodeKind::WaitForChildWf { .. } => {
                NodeRunDetail::WaitForChildWf(self.awaited_child_wf(inner))
            }
        })
    }

    /// The number of the workflow event that a NodeRun threw, or could not throw.
    fn thrown(&mut self, def: u16, inner: &Json, told: &Json) -> Option<u32> {
        let event = number(inner.get("workflowEventId")?, "number");
        if array(told, "failures").is_empty() {
            self.thrown.push(ThrownEvent {
                def,
                number: event,
                content: Value::Null,
                thrown_by: (number(told, "threadRunNumber"), number(told, "position")),
            });
        }
        Some(event)
    }

    /// When a sleep is over, if a server told it.
    fn matures_at(&self, told: &Json) -> Option<i64> {
        let (thread, position) = (number(told, "threadRunNumber"), number(told, "position"));
        let raw = self.raw?.node_run(thread.into(), position.into())?;
        Some(time(raw.get("sleep")?, "maturationTime")?.saturating_sub(self.clock.start))
    }

    fn task(&self, task: &TaskSource, inner: &Json, told: &Json) -> Told<Option<Box<TaskRun>>> {
        let name = text(inner, "taskDef");
        if name.is_empty() {
            return Ok(unknown_task(task, told).map(Box::new));
        }
        let Some(def) = self.program.tasks.iter().position(|task| *task.name == *name) else {
            return Err(format!("Nothing in the WfSpec names task {name}."));
        };
        let inputs = array(inner, "inputVariables").iter();
        let inputs = inputs.map(|input| (text(input, "varName").into(), value(input, "value")));
        let attempts: Told<Vec<_>> = array(inner, "attempts").iter().map(attempt).collect();
        Ok(Some(Box::new(TaskRun {
            task_def: def as u16,
            status: task_status(text(inner, "status"))?,
            inputs: inputs.collect(),
            attempts: attempts?,
        })))
    }

    fn child_wf(&self, inner: &Json, told: &Json) -> Told<NodeRunDetail> {
        let inputs = inner.get("inputs").and_then(Json::as_object).into_iter().flatten();
        let inputs =
            inputs.map(|(name, found)| (Arc::from(&**name), read_value(found).unwrap_or_default()));
        let inputs = inputs.collect();
        let Some(id) = wf_run_id(inner) else {
            return Ok(NodeRunDetail::RunChildWf { inputs, child: None });
        };
        let wf_spec = inner.get("wfSpecId").map_or("", |spec| text(spec, "name"));
        let run = self.played(wf_spec, told)?;
        let ended = run.as_ref().and_then(|run| run.ended());
        let result = ended.or_else(|| self.child_wf_result(told));
        let child = Some(Box::new(ChildWfRun { wf_spec: wf_spec.into(), id, result, run }));
        Ok(NodeRunDetail::RunChildWf { inputs, child })
    }

    /// The child WfRun that a NodeRun started, if it is played and its state is told.
    fn played(&self, wf_spec: &str, told: &Json) -> Told<Option<Arc<RunState>>> {
        let place = |of: &Json| (number(of, "threadRunNumber"), number(of, "position"));
        let mut played = array(self.found, PLAYED_CHILD_WF_RUNS).iter();
        let state = played.find(|child| place(child) == place(told));
        let state = state.and_then(|child| child.get("state"));
        match state.zip(self.program.workflow(wf_spec)) {
            Some((state, program)) => {
                Ok(Some(Arc::new(Reader::new(program, state, self.clock).state()?)))
            }
            None => Ok(None),
        }
    }

    /// How a child WfRun ended: as it says itself, or who waited for it.
    fn child_wf_result(&self, told: &Json) -> Option<ChildWfResult> {
        let (thread, position) = (number(told, "threadRunNumber"), number(told, "position"));
        let raw = self.raw?;
        let run = raw.node_run(thread.into(), position.into())?;
        if let Some(child) = raw.child_wf_run(run) {
            let entrypoint = array(child, "threadRuns").first().unwrap_or(&Json::Null);
            let said = || message(entrypoint, "errorMessage").unwrap_or_default();
            return match text(child, "status") {
                "COMPLETED" => Some(ChildWfResult::Output(value(entrypoint, "output"))),
                "ERROR" => Some(ChildWfResult::Error(said())),
                "EXCEPTION" => Some(exception(raw, run).unwrap_or_else(|| {
                    ChildWfResult::Exception("unknown".into(), said(), Value::Null)
                })),
                _ => None,
            };
        }
        let wait = raw.wait_for_child_wf(run)?;
        match text(wait, "status") {
            "COMPLETED" => Some(ChildWfResult::Output(Value::Null)),
            "ERROR" => Some(ChildWfResult::Error(Arc::default())),
            _ => exception(raw, run),
        }
    }

    /// The NodeRun that started the child WfRun for which this one waits.
    fn awaited_child_wf(&self, inner: &Json) -> Option<(ThreadNumber, u32)> {
        let id = inner.get("childWfRunId")?;
        let started = array(self.found, "nodeRuns").iter().find(|run| {
            run.get("run_child_wf").and_then(|started| started.get("childWfRunId")) == Some(id)
        })?;
        Some((number(started, "threadRunNumber"), number(started, "position")))
    }
}

/// The EXCEPTION with which a child WfRun ended, as who waited for it was told.
fn exception(raw: &Messages, run: &Json) -> Option<ChildWfResult> {
    let thrown = raw.child_wf_exception(run)?;
    let (name, message) = (text(&thrown, "name"), text(&thrown, "message"));
    Some(ChildWfResult::Exception(name.into(), message.into(), value(&thrown, "content")))
}

/// A TaskRun of which only the NodeRun was told: a worker is at it, unless the NodeRun is over.
fn unknown_task(task: &TaskSource, told: &Json) -> Option<TaskRun> {
    let TaskSource::Def(def) = task else {
        return None;
    };
    let is_over = status(told).is_ok_and(|status| status == Status::Completed);
    let has_failed = !array(told, "failures").is_empty();
    let status = match (is_over, has_failed) {
        (true, _) => TaskStatus::Success,
        (false, true) => TaskStatus::Failed,
        (false, false) => TaskStatus::Running,
    };
    let attempt = TaskAttempt { status, output: None, error: None, exception: None, due: None };
    Some(TaskRun { task_def: *def, status, inputs: Vec::new(), attempts: vec![attempt] })
}

/// The id of a child WfRun, its parents' before it.
fn wf_run_id(inner: &Json) -> Option<Arc<str>> {
    let id = inner.get("childWfRunId")?;
    match read_value(&serde_json::json!({ "wfRunId": id })) {
        Ok(Value::WfRunId(id)) => Some(id),
        Ok(_) | Err(_) => None,
    }
}

fn task_status(name: &str) -> Told<TaskStatus> {
    let all = [
        TaskStatus::Scheduled,
        TaskStatus::Running,
        TaskStatus::Success,
        TaskStatus::Failed,
        TaskStatus::Timeout,
        TaskStatus::OutputSerdeError,
        TaskStatus::InputVarSubError,
        TaskStatus::Exception,
        TaskStatus::Pending,
    ];
    // What JSON leaves out is the first.
    let name = if name.is_empty() { TaskStatus::Scheduled.name() } else { name };
    let found = all.into_iter().find(|status| status.name() == name);
    found.ok_or_else(|| format!("Halter knows no status {name} of a TaskRun."))
}

fn attempt(told: &Json) -> Told<TaskAttempt> {
    let error = told
        .get("error")
        .map(|error| (Arc::from(text(error, "type")), Arc::from(text(error, "message"))));
    let exception = told.get("exception").map(|thrown| {
        let name = Arc::from(text(thrown, "name"));
        (name, Arc::from(text(thrown, "message")), value(thrown, "content"))
    });
    Ok(TaskAttempt {
        status: task_status(text(told, "status"))?,
        output: told.get("output").and_then(|output| read_value(output).ok()),
        error,
        exception,
        due: None,
    })
}

fn wait(told: &Json) -> Told<WaitForThread> {
    let name = text(told, "threadStatus");
    let found = Status::ALL.into_iter().find(|status| status.name() == name);
    Ok(WaitForThread {
        thread: number(told, "threadRunNumber"),
        thread_status: found.unwrap_or(Status::Starting),
        waiting_status: match text(told, "waitingStatus") {
            "" | "THREAD_IN_PROGRESS" => WaitingStatus::InProgress,
            "THREAD_HANDLING_FAILURE" => WaitingStatus::HandlingFailure,
            "THREAD_COMPLETED_OR_FAILURE_HANDLED" => WaitingStatus::CompletedOrFailureHandled,
            "THREAD_UNSUCCESSFUL" => WaitingStatus::Unsuccessful,
            other => return Err(format!("Halter knows no status {other} of a wait for threads.")),
        },
        failure_handler: optional_number(told, "failureHandlerThreadRunId"),
    })
}

/// A form; where none was told of, somebody has it, unless it is known that there is none.
fn form(def: u16, inner: &Json, is_known: bool) -> Option<Box<UserTaskRun>> {
    let status = match text(inner, "status") {
        "" if is_known => return None,
        "DONE" => UserTaskStatus::Done,
        "CANCELLED" => UserTaskStatus::Cancelled,
        "UNASSIGNED" => UserTaskStatus::Unassigned,
        _ => UserTaskStatus::Assigned,
    };
    Some(Box::new(UserTaskRun {
        def,
        status,
        user_id: None,
        user_group: None,
        results: Vec::new(),
        failure_to_throw: None,
        epoch: 0,
        reminders: Vec::new(),
    }))
}
