//! The state of a run as LittleHorse's JSON, in the form of the recorded traces: zeros, empty lists and `false`
//! are left out, and so are times and ids of specs.

use super::messages::PLAYED_CHILD_WF_RUNS;
use halter_engine::Program;
use halter_engine::program::{NodeKind, TaskDef};
use halter_engine::state::{
    EventIndex, Failure, HaltReason, NodeRun, NodeRunDetail, RunState, TaskAttempt, TaskRun,
    TaskStatus, ThreadRun, UserTaskStatus, WaitForThread, WaitingStatus,
};
use halter_spec::composed::without_masked;
use halter_spec::model::AccessLevel;
use halter_spec::proto_json::{ProtoObject, write_value, write_wf_run_id};
use halter_spec::value::Value;
use serde_json::{Map, Value as Json, json};

/// What is shown instead of a masked value.
const MASK: &str = "*****";

/// The whole state.
#[must_use]
pub fn state_json(program: &Program, state: &RunState) -> Json {
    let w = Writer { program, state };
    let node_runs = state.threads.iter().zip(0..).flat_map(|(thread, number)| {
        thread
            .node_runs
            .iter()
            .zip(0..)
            .map(move |(run, position)| w.node_run(thread, run, number, position))
    });
    let node_runs: Vec<Json> = node_runs.collect();
    let mut variables = Map::new();
    for (thread, number) in state.threads.iter().zip(0..) {
        if let Some(own) = w.variables(thread) {
            variables.insert(i64::to_string(&number), own);
        }
    }
    let mut events: Vec<(&str, Json)> =
        state.events.iter().zip(0..).map(|(e, i)| (&*e.guid, w.event(i))).collect();
    events.sort_by_key(|(guid, _)| *guid);
    let events: Vec<Json> = events.into_iter().map(|(_, event)| event).collect();
    let mut out = json!({ "wfRun": w.wf_run(), "nodeRuns": node_runs, "variables": variables, "externalEvents": events });
    let played = state.played_child_wfs().filter_map(|(thread, position, run)| {
        let program = program.workflow(&state.child_wf(thread, position)?.wf_spec)?;
        let state = state_json(program, run);
        Some(json!({ "threadRunNumber": thread, "position": position, "state": state }))
    });
    let played: Vec<Json> = played.collect();
    if !played.is_empty() {
        out[PLAYED_CHILD_WF_RUNS] = Json::Array(played);
    }
    out
}

#[derive(Clone, Copy)]
struct Writer<'a> {
    program: &'a Program,
    state: &'a RunState,
}

impl Writer<'_> {
    fn wf_run(self) -> Json {
        let mut out = ProtoObject::default();
        let threads: Vec<Json> = self
            .state
            .threads
            .iter()
            .zip(0..)
            .filter(|(t, _)| !t.archived)
            .map(|(t, n)| self.thread_run(t, n))
            .collect();
        if self.state.is_started() {
            out.put("status", self.state.status.name());
        }
        out.put("threadRuns", threads);
        let interrupts = self.state.pending_interrupts.iter().map(|p| {
            let mut out = ProtoObject::default();
            out.set("externalEventId", self.event_id(p.event));
            out.put("handlerSpecName", &*self.program.spec(p.handler).name)
                .put("interruptedThreadId", p.thread);
            out.done()
        });
        out.put("pendingInterrupts", interrupts.collect::<Vec<_>>());
        let failures = self.state.pending_failures.iter().map(|p| {
            let mut out = ProtoObject::default();
            out.put("failedThreadRun", p.thread)
                .put("handlerSpecName", &*self.program.spec(p.handler).name);
            out.done()
        });
        out.put("pendingFailures", failures.collect::<Vec<_>>());
        out.done()
    }

    fn thread_run(self, thread: &ThreadRun, number: u32) -> Json {
        let mut out = ProtoObject::default();
        out.set("number", number)
            .put("status", thread.status.name())
            .put("type", thread.kind.name());
        out.put("threadSpecName", &*self.program.spec(thread.spec).name);
        out.set("currentNodePosition", thread.position());
        if let Some(parent) = thread.parent {
            out.set("parentThreadId", parent);
        }
        // LittleHorse lists a ThreadRun that handles its parent's failure twice.
        let children = thread.children.iter().flat_map(|&child| {
            let twice = self.state.thread(child).is_some_and(|c| c.failure_being_handled.is_some());
            std::iter::repeat_n(child, 1 + usize::from(twice))
        });
        out.put("childThreadIds", children.collect::<Vec<_>>());
        out.put(
            "haltReasons",
            thread.halt_reasons.iter().map(|r| self.halt_reason(r)).collect::<Vec<_>>(),
        );
        if let Some(message) = &thread.error_message {
            out.set("errorMessage", &**message);
        }
        if let Some(event) = thread.trigger {
            out.set("interruptTriggerId", self.event_id(event));
        }
        if let Some((failed, position, failure)) = thread.failure_being_handled {
            let mut inner = ProtoObject::default();
            inner
                .put("threadRunNumber", failed)
                .put("nodeRunPosition", position)
                .put("failureNumber", failure);
            out.set("failureBeingHandled", inner.done());
        }
        out.put("handledFailedChildren", thread.handled_failed_children.clone());
        if let Some(output) = &thread.output {
            out.set("output", shown(output, false));
        }
        out.done()
    }

    fn halt_reason(self, reason: &HaltReason) -> Json {
        let mut inner = ProtoObject::default();
        let key = match *reason {
            HaltReason::PendingInterrupt(event) => {
                inner.set("externalEventId", self.event_id(event));
                "pendingInterrupt"
            }
            HaltReason::Interrupted(handler) => {
                inner.put("interruptThreadId", handler);
                "interrupted"
            }
            HaltReason::ParentHalted(parent) => {
                inner.put("parentThreadId", parent);
                "parentHalted"
            }
            HaltReason::PendingFailure(position) => {
                inner.put("nodeRunPosition", position);
                "pendingFailure"
            }
            HaltReason::HandlingFailure(handler) => {
                inner.put("handlerThreadId", handler);
                "handlingFailure"
            }
            HaltReason::HaltedByParent(parent, position) => {
                inner.put("parentThreadRunNumber", parent);
                inner.put("waitingNodeRunPosition", position);
                "haltedByParent"
            }
            HaltReason::ManualHalt => "manualHalt",
        };
        json!({ key: inner.done() })
    }

    fn event_id(self, event: EventIndex) -> Json {
        let event = &self.state.events[event as usize];
        let def = &*self.program.events[usize::from(event.def)].name;
        json!({ "wfRunId": { "id": "wf" }, "externalEventDefId": { "name": def }, "guid": &*event.guid })
    }

    fn event(self, index: EventIndex) -> Json {
        let event = &self.state.events[index as usize];
        let mut out = ProtoObject::default();
        out.set("externalEventDef", &*self.program.events[usize::from(event.def)].name)
            .set("guid", &*event.guid);
        out.set("claimed", event.claimed);
        if let Some((thread, position)) = event.claimed_by {
            out.set("threadRunNumber", thread).set("nodeRunPosition", position);
        } else {
            if let Some(thread) = event.thread {
                out.set("threadRunNumber", thread);
            }
            if let Some(position) = event.position {
                out.set("nodeRunPosition", position);
            }
        }
        out.done()
    }

    fn variables(self, thread: &ThreadRun) -> Option<Json> {
        let spec = self.program.spec(thread.spec);
        if spec.variables.is_empty() {
            return None;
        }
        // What is inherited is the parent WfRun's.
        let values = spec.variables.iter().zip(&thread.variables);
        let own = values.filter(|(variable, _)| variable.access != AccessLevel::InheritedVar);
        let own: Map<String, Json> =
            own.map(|(v, value)| (v.name.to_string(), shown(value, v.masked))).collect();
        (!own.is_empty()).then_some(Json::Object(own))
    }

    fn node_run(self, thread: &ThreadRun, run: &NodeRun, number: u32, position: u32) -> Json {
        let node = &self.program.spec(thread.spec).nodes[usize::from(run.node)];
        let mut out = ProtoObject::default();
        out.set("threadRunNumber", number).set("position", position).set("nodeName", &*node.name);
        out.set("status", run.status.name());
        if let Some(message) = &run.error_message {
            out.set("errorMessage", &**message);
        }
        out.put("failures", run.failures.iter().map(failure).collect::<Vec<_>>());
        out.put("failureHandlerIds", run.failure_handlers.clone());
        // LittleHorse shows a NOP as the run of an entrypoint.
        let kind = if matches!(node.kind, NodeKind::Nop) {
            "entrypoint".to_owned()
        } else {
            node.kind.name().to_lowercase()
        };
        out.set(&kind, self.detail(&node.kind, &run.detail));
        out.set("type", kind);
        out.done()
    }

    /// What its kind adds; empty for what could not be created.
    fn detail(self, kind: &NodeKind, detail: &NodeRunDetail) -> Json {
        let mut out = ProtoObject::default();
        match (kind, detail) {
            (_, NodeRunDetail::Task(Some(task))) => return self.task(task),
            (
                NodeKind::ExternalEvent { event: def, mask_correlation_key: mask, .. },
                NodeRunDetail::ExternalEvent { event, timed_out, correlation_key, .. },
            ) => {
                out.set(
                    "externalEventDefId",
                    json!({ "name": &*self.program.events[usize::from(*def)].name }),
                );
                if let Some(event) = event {
                    out.set("externalEventId", self.event_id(*event));
                }
                out.put("timedOut", *timed_out);
                if let Some(key) = correlation_key {
                    out.set("correlationKey", if *mask { MASK } else { &**key });
                }
                out.put("maskCorrelationKey", *mask);
            }
            (NodeKind::StartThread { spec, .. }, NodeRunDetail::StartThread(child)) => {
                if let Some(child) = child {
                    out.set("childThreadId", *child);
                }
                out.put("threadSpecName", &*self.program.spec(*spec).name);
            }
            (
                NodeKind::StartMultipleThreads { spec, .. },
                NodeRunDetail::StartMultipleThreads(children),
            ) => {
                out.put("threadSpecName", &*self.program.spec(*spec).name)
                    .put("childThreadIds", children.clone());
            }
            (_, NodeRunDetail::WaitForThreads(waits)) => {
                out.put("threads", waits.iter().map(wait).collect::<Vec<_>>());
            }
            (_, NodeRunDetail::Sleep { matured, .. }) => {
                out.set("matured", *matured);
            }
            (_, NodeRunDetail::UserTask(Some(form))) => {
                out.set("status", user_task_status(form.status));
            }
            (_, NodeRunDetail::RunChildWf { inputs, child }) => {
                if let Some(child) = child {
                    out.set("childWfRunId", write_wf_run_id(&child.id));
                    out.set("wfSpecId", json!({ "name": &*child.wf_spec }));
                }
                let inputs = inputs.iter().map(|(name, value)| (&**name, write_value(value)));
                out.map("inputs", inputs);
            }
            (_, NodeRunDetail::WaitForChildWf(Some((thread, position)))) => {
                if let Some(child) = self.state.child_wf(*thread, *position) {
                    out.set("childWfRunId", write_wf_run_id(&child.id));
                }
            }
            (NodeKind::ThrowEvent { event, .. }, NodeRunDetail::ThrowEvent(Some(number))) => {
                let def = &*self.program.workflow_events[usize::from(*event)];
                let mut id = ProtoObject::default();
                id.set("wfRunId", json!({ "id": "wf" }))
                    .set("workflowEventDefId", json!({ "name": def }))
                    .put("number", *number);
                out.set("workflowEventId", id.done());
            }
            (
                _,
                NodeRunDetail::Plain
                | NodeRunDetail::ExternalEvent { .. }
                | NodeRunDetail::StartThread(_)
                | NodeRunDetail::StartMultipleThreads(_)
                | NodeRunDetail::Task(None)
                | NodeRunDetail::UserTask(None)
                | NodeRunDetail::WaitForChildWf(None)
                | NodeRunDetail::ThrowEvent(_),
            ) => {}
        }
        out.done()
    }

    fn task(self, task: &TaskRun) -> Json {
        let def = &self.program.tasks[usize::from(task.task_def)];
        let masked = |name: &str| def.inputs.iter().any(|i| &*i.name == name && i.masked);
        let inputs = task.inputs.iter().map(|(name, value)| {
            let mut out = ProtoObject::default();
            out.set("varName", &**name).set("value", shown(value, masked(name)));
            out.put("masked", masked(name));
            out.done()
        });
        json!({
            "taskDef": &*def.name,
            "status": task.status.name(),
            "inputVariables": inputs.collect::<Vec<_>>(),
            "attempts": task.attempts.iter().map(|a| attempt(def, a)).collect::<Vec<_>>(),
        })
    }
}

/// A value, or what is shown instead of a masked one, or of a masked field of it.
fn shown(value: &Value, masked: bool) -> Json {
    if masked { json!({ "str": MASK }) } else { write_value(&without_masked(value, MASK)) }
}

fn attempt(def: &TaskDef, attempt: &TaskAttempt) -> Json {
    let mut out = ProtoObject::default();
    if attempt.status != TaskStatus::Scheduled {
        out.set("status", attempt.status.name());
    }
    if let Some((name, message, content)) = &attempt.exception {
        out.set(
            "exception",
            json!({ "name": &**name, "message": &**message, "content": shown(content, false) }),
        );
    } else if let Some((kind, message)) = &attempt.error {
        out.set("error", json!({ "type": &**kind, "message": &**message }));
    } else if let Some(output) = &attempt.output {
        out.set("output", shown(output, def.masked));
    }
    let is_over = !matches!(
        attempt.status,
        TaskStatus::Scheduled | TaskStatus::Running | TaskStatus::Pending
    );
    out.put("maskedValue", def.masked && is_over);
    out.done()
}

fn failure(failure: &Failure) -> Json {
    let mut out = ProtoObject::default();
    out.set("failureName", &*failure.name).put("message", &*failure.message);
    if let Some(content) = &failure.content {
        out.set("content", shown(content, false));
    }
    if let Some(handler) = failure.handler {
        out.set("failureHandlerThreadrunId", handler);
    }
    out.put("wasProperlyHandled", failure.properly_handled);
    out.done()
}

fn wait(wait: &WaitForThread) -> Json {
    let mut out = ProtoObject::default();
    out.set("threadRunNumber", wait.thread).put("threadStatus", wait.thread_status.name());
    out.put(
        "waitingStatus",
        match wait.waiting_status {
            WaitingStatus::InProgress => "",
            WaitingStatus::HandlingFailure => "THREAD_HANDLING_FAILURE",
            WaitingStatus::CompletedOrFailureHandled => "THREAD_COMPLETED_OR_FAILURE_HANDLED",
            WaitingStatus::Unsuccessful => "THREAD_UNSUCCESSFUL",
        },
    );
    if let Some(handler) = wait.failure_handler {
        out.set("failureHandlerThreadRunId", handler);
    }
    out.done()
}

fn user_task_status(status: UserTaskStatus) -> &'static str {
    match status {
        UserTaskStatus::Unassigned => "UNASSIGNED",
        UserTaskStatus::Assigned => "ASSIGNED",
        UserTaskStatus::Done => "DONE",
        UserTaskStatus::Cancelled => "CANCELLED",
    }
}
