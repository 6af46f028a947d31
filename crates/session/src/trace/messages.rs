//! A WfRun in LittleHorse's own messages, as a cluster and `lhctl` tell it, and the same in the form of the recorded
//! traces: times and ids of specs are left out, the WfRun is called `wf`, and where the form names what JSON of
//! LittleHorse's messages leaves out, it is filled in.

use halter_engine::command::EXCEPTION_OF_CHILD_WF;
use serde_json::{Map, Value as Json, json};

/// A WfRun and all that belongs to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Messages {
    /// The WfRun; null if there is none.
    pub wf_run: Json,
    /// Its NodeRuns, by thread and position.
    pub node_runs: Vec<Json>,
    /// Its TaskRuns.
    pub task_runs: Vec<Json>,
    /// Its UserTaskRuns.
    pub user_task_runs: Vec<Json>,
    /// Its Variables.
    pub variables: Vec<Json>,
    /// Its ExternalEvents.
    pub external_events: Vec<Json>,
    /// The WfRuns of other WfSpecs that its NodeRuns started.
    pub child_wf_runs: Vec<Json>,
    /// Those of them that are played, with all that belongs to them.
    pub played: Vec<PlayedChild>,
}

/// A child WfRun that is played (R-CHILD-WF).
#[derive(Debug, Clone, PartialEq)]
pub struct PlayedChild {
    /// Thread and position of the NodeRun that started it.
    pub started_by: (u64, u64),
    /// It, and all that belongs to it.
    pub run: Messages,
}

impl Messages {
    /// The NodeRun at a place.
    #[must_use]
    pub fn node_run(&self, thread: u64, position: u64) -> Option<&Json> {
        self.node_runs.iter().find(|run| place(run) == (thread, position))
    }

    /// The TaskRun of a NodeRun, if it has one.
    #[must_use]
    pub fn task_run(&self, node_run: &Json) -> Option<&Json> {
        let id = node_run.get("task")?.get("taskRunId")?;
        self.task_runs.iter().find(|run| run.get("id") == Some(id))
    }

    /// The WfRun that a NodeRun started, if it started one.
    #[must_use]
    pub fn child_wf_run(&self, node_run: &Json) -> Option<&Json> {
        let id = started_wf_run(node_run)?;
        self.child_wf_runs.iter().find(|run| run.get("id") == Some(id))
    }

    /// The NodeRun that waits for the WfRun that a NodeRun started, if one does.
    #[must_use]
    pub fn wait_for_child_wf(&self, node_run: &Json) -> Option<&Json> {
        let id = started_wf_run(node_run)?;
        self.node_runs.iter().find(|run| {
            run.get("waitForChildWf").and_then(|wait| wait.get("childWfRunId")) == Some(id)
        })
    }

    /// The EXCEPTION with which the WfRun ended that a NodeRun started, as far as it came through to who waits for it: `name`, `message`
    /// and perhaps `content`, as a script says it. The WfRun itself does not tell its name.
    #[must_use]
    pub fn child_wf_exception(&self, node_run: &Json) -> Option<Json> {
        let wait = self.wait_for_child_wf(node_run)?;
        if text(wait, "status") != "EXCEPTION" {
            return None;
        }
        let failure = wait.get("failures")?.get(0)?;
        let message = text(failure, "message");
        let message = message.strip_prefix(EXCEPTION_OF_CHILD_WF).unwrap_or(message);
        let mut thrown = json!({ "name": text(failure, "failureName"), "message": message });
        if let Some(content) = failure.get("content") {
            thrown["content"] = content.clone();
        }
        Some(thrown)
    }

    /// The UserTaskRun of a NodeRun, if it has one.
    #[must_use]
    pub fn user_task_run(&self, node_run: &Json) -> Option<&Json> {
        let id = node_run.get("userTask")?.get("userTaskRunId")?;
        self.user_task_runs.iter().find(|run| run.get("id") == Some(id))
    }
}

/// The id of the WfRun that a NodeRun started, if it started one.
#[must_use]
pub fn started_wf_run(node_run: &Json) -> Option<&Json> {
    node_run.get("runChildWf")?.get("childWfRunId")
}

/// Thread and position of a NodeRun; what is left out is 0.
#[must_use]
pub fn place(node_run: &Json) -> (u64, u64) {
    let id = node_run.get("id").unwrap_or(&Json::Null);
    (number(id, "threadRunNumber"), number(id, "position"))
}

/// A number that is left out is 0.
#[must_use]
pub fn number(of: &Json, key: &str) -> u64 {
    of.get(key).and_then(Json::as_u64).unwrap_or(0)
}

/// What a state calls the child WfRuns that are played: where each was started, and its state.
pub(crate) const PLAYED_CHILD_WF_RUNS: &str = "playedChildWfRuns";

/// How the WfRun is called in a trace.
const WF_RUN: &str = "wf";

/// The kinds of NodeRuns: their field in JSON, and what the traces call them.
const KINDS: [(&str, &str); 14] = [
    ("task", "task"),
    ("externalEvent", "external_event"),
    ("entrypoint", "entrypoint"),
    ("exit", "exit"),
    ("startThread", "start_thread"),
    ("waitForThreads", "wait_for_threads"),
    ("sleep", "sleep"),
    ("userTask", "user_task"),
    ("startMultipleThreads", "start_multiple_threads"),
    ("throwEvent", "throw_event"),
    ("waitForCondition", "wait_for_condition"),
    ("runChildWf", "run_child_wf"),
    ("waitForChildWf", "wait_for_child_wf"),
    ("nop", "nop"),
];

/// The whole state, in the form of the traces; `id`: what the cluster calls the WfRun.
#[must_use]
pub fn state_json(snapshot: &Messages, id: &str) -> Json {
    let mut variables = Map::new();
    for variable in &snapshot.variables {
        let Some(id) = variable.get("id") else { continue };
        let thread = number(id, "threadRunNumber").to_string();
        let own = variables.entry(thread).or_insert_with(|| json!({}));
        let name = id.get("name").and_then(Json::as_str).unwrap_or_default();
        own[name] = variable.get("value").cloned().unwrap_or_else(|| json!({}));
    }
    let mut events: Vec<Json> = snapshot.external_events.iter().map(event).collect();
    events.sort_by(|a, b| text(a, "guid").cmp(text(b, "guid")));
    let mut state = json!({
        "wfRun": wf_run(&snapshot.wf_run),
        "nodeRuns": snapshot.node_runs.iter().map(|run| node_run(snapshot, run)).collect::<Vec<_>>(),
        "variables": variables,
        "externalEvents": events,
    });
    let children: Vec<_> = snapshot.node_runs.iter().filter_map(child).collect();
    let whole = whole_id(snapshot.wf_run.get("id").unwrap_or(&Json::Null));
    let ids = Ids { id, whole: if whole.is_empty() { id } else { &whole } };
    call_it_wf(&mut state, ids, &children);
    if !snapshot.played.is_empty() {
        let played = snapshot.played.iter().map(|PlayedChild { started_by, run }| {
            let (thread, position) = started_by;
            let id = run.wf_run.get("id").map_or("", |id| text(id, "id"));
            let state = state_json(run, id);
            json!({ "threadRunNumber": thread, "position": position, "state": state })
        });
        state[PLAYED_CHILD_WF_RUNS] = played.collect();
    }
    state
}

/// A WfRun that a NodeRun started: its id by chance, and what it is called in a trace (R-CHILD-WF).
struct Child {
    id: String,
    called: String,
}

fn child(node_run: &Json) -> Option<Child> {
    let id = text(started_wf_run(node_run)?, "id").to_owned();
    let wf_spec = node_run.get("runChildWf")?.get("wfSpecId").map_or("", |spec| text(spec, "name"));
    let (thread, position) = place(node_run);
    Some(Child { id, called: format!("{wf_spec}-{thread}-{position}") })
}

fn wf_run(from: &Json) -> Json {
    let mut out = kept(from, &["status", "pendingInterrupts", "pendingFailures"]);
    if from.is_object() {
        fill_in(&mut out, "status", json!("STARTING"));
    }
    let threads: Vec<Json> = from
        .get("threadRuns")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .map(thread_run)
        .collect();
    if !threads.is_empty() {
        out.insert("threadRuns".to_owned(), Json::Array(threads));
    }
    Json::Object(out)
}

/// A ThreadRun.
#[must_use]
pub fn thread_run(from: &Json) -> Json {
    let mut out = without(from, &["wfSpecId", "startTime", "endTime"]);
    fill_in(&mut out, "number", json!(0));
    fill_in(&mut out, "currentNodePosition", json!(0));
    fill_in(&mut out, "status", json!("STARTING"));
    fill_in(&mut out, "type", json!("ENTRYPOINT"));
    Json::Object(out)
}

fn node_run(snapshot: &Messages, from: &Json) -> Json {
    let mut out =
        kept(from, &["status", "nodeName", "errorMessage", "failures", "failureHandlerIds"]);
    let (thread, position) = place(from);
    fill_in(&mut out, "status", json!("STARTING"));
    out.insert("threadRunNumber".to_owned(), json!(thread));
    out.insert("position".to_owned(), json!(position));
    if let Some((field, kind)) = KINDS.iter().find(|(field, _)| from.get(*field).is_some()) {
        out.insert("type".to_owned(), json!(kind));
        out.insert((*kind).to_owned(), detail(snapshot, from, field));
    }
    Json::Object(out)
}

fn detail(snapshot: &Messages, node_run: &Json, field: &str) -> Json {
    let from = node_run.get(field).unwrap_or(&Json::Null);
    let mut out = without(from, &["eventTime", "maturationTime"]);
    match field {
        "task" => {
            return snapshot.task_run(node_run).map_or_else(|| json!({}), task_run);
        }
        "userTask" => {
            out = Map::new();
            if let Some(form) = snapshot.user_task_run(node_run) {
                let status = form.get("status").cloned();
                out.insert("status".to_owned(), status.unwrap_or_else(|| json!("UNASSIGNED")));
            }
        }
        "sleep" => fill_in(&mut out, "matured", json!(false)),
        "waitForThreads" => {
            for waiting in out.get_mut("threads").and_then(Json::as_array_mut).into_iter().flatten()
            {
                let mut kept = without(waiting, &["threadEndTime"]);
                fill_in(&mut kept, "threadStatus", json!("STARTING"));
                *waiting = Json::Object(kept);
            }
        }
        _ => {}
    }
    Json::Object(out)
}

fn task_run(from: &Json) -> Json {
    let of_attempt = ["status", "output", "error", "exception", "maskedValue"];
    let list = |key: &str| from.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
    let attempts =
        list("attempts").iter().map(|attempt| kept(attempt, &of_attempt)).collect::<Vec<_>>();
    json!({
        "taskDef": from.get("taskDefId").map_or("", |id| text(id, "name")),
        "status": from.get("status").cloned().unwrap_or_else(|| json!("TASK_SCHEDULED")),
        "inputVariables": list("inputVariables"),
        "attempts": attempts,
    })
}

fn event(from: &Json) -> Json {
    let mut out = kept(from, &["claimed", "threadRunNumber", "nodeRunPosition"]);
    fill_in(&mut out, "claimed", json!(false));
    let id = from.get("id").unwrap_or(&Json::Null);
    out.insert("guid".to_owned(), json!(text(id, "guid")));
    let def = id.get("externalEventDefId").map_or("", |def| text(def, "name"));
    out.insert("externalEventDef".to_owned(), json!(def));
    Json::Object(out)
}

fn kept(from: &Json, keys: &[&str]) -> Map<String, Json> {
    let entries = from.as_object().into_iter().flatten();
    let wanted = entries.filter(|(key, _)| keys.contains(&key.as_str()));
    wanted.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn without(from: &Json, keys: &[&str]) -> Map<String, Json> {
    let entries = from.as_object().into_iter().flatten();
    let wanted = entries.filter(|(key, _)| !keys.contains(&key.as_str()));
    wanted.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn fill_in(out: &mut Map<String, Json>, key: &str, default: Json) {
    out.entry(key.to_owned()).or_insert(default);
}

/// A text; what is left out is empty.
#[must_use]
pub fn text<'a>(of: &'a Json, key: &str) -> &'a str {
    of.get(key).and_then(Json::as_str).unwrap_or_default()
}

/// What the cluster calls a WfRun.
#[derive(Clone, Copy)]
struct Ids<'a> {
    id: &'a str,
    /// With those of its parents before it.
    whole: &'a str,
}

/// The id of a WfRun in one text: behind those of its parents.
fn whole_id(id: &Json) -> String {
    let own = text(id, "id");
    match id.get("parentWfRunId") {
        Some(parent) => format!("{}_{own}", whole_id(parent)),
        None => own.to_owned(),
    }
}

/// Every mention of this WfRun and of those that it started, whatever the cluster calls them.
fn call_it_wf(json: &mut Json, ids: Ids<'_>, children: &[Child]) {
    match json {
        Json::Object(entries) => {
            for (key, value) in entries {
                if ["wfRunId", "parentWfRunId"].contains(&key.as_str())
                    && text(value, "id") == ids.id
                {
                    *value = json!({ "id": WF_RUN });
                } else {
                    call_it_wf(value, ids, children);
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| call_it_wf(item, ids, children)),
        Json::String(text) => {
            // Ids of children are long and by chance: whatever holds one means it.
            for child in children {
                if text.contains(&*child.id) {
                    let whole = format!("{}_{}", ids.whole, child.id);
                    let called = format!("{WF_RUN}_{}", child.called);
                    *text = text.replace(&whole, &called).replace(&child.id, &child.called);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Messages, state_json};

    #[test]
    fn what_json_leaves_out_is_filled_in_and_times_go() {
        let id = json!({ "id": "a1b2" });
        let snapshot = Messages {
            wf_run: json!({ "id": id, "status": "RUNNING", "startTime": "2026", "threadRuns": [
                { "status": "RUNNING", "threadSpecName": "order", "startTime": "2026", "currentNodePosition": 1 }
            ]}),
            node_runs: vec![json!({
                "id": { "wfRunId": id, "position": 1 },
                "nodeName": "1-pack-TASK", "arrivalTime": "2026", "status": "RUNNING",
                "task": { "taskRunId": { "wfRunId": id, "taskGuid": "g" } },
            })],
            task_runs: vec![json!({
                "id": { "wfRunId": id, "taskGuid": "g" }, "taskDefId": { "name": "pack" },
                "attempts": [{ "scheduleTime": "2026" }], "totalAttempts": 1,
            })],
            variables: vec![
                json!({ "id": { "wfRunId": id, "name": "why" }, "value": { "str": "x" } }),
            ],
            external_events: vec![json!({
                "id": { "wfRunId": id, "externalEventDefId": { "name": "hold" }, "guid": "e1" },
            })],
            ..Messages::default()
        };
        let expected = json!({
            "wfRun": { "status": "RUNNING", "threadRuns": [{
                "number": 0, "status": "RUNNING", "type": "ENTRYPOINT", "threadSpecName": "order",
                "currentNodePosition": 1,
            }]},
            "nodeRuns": [{
                "threadRunNumber": 0, "position": 1, "nodeName": "1-pack-TASK", "status": "RUNNING",
                "type": "task",
                "task": { "taskDef": "pack", "status": "TASK_SCHEDULED", "inputVariables": [], "attempts": [{}] },
            }],
            "variables": { "0": { "why": { "str": "x" } } },
            "externalEvents": [{ "externalEventDef": "hold", "guid": "e1", "claimed": false }],
        });
        assert_eq!(state_json(&snapshot, "a1b2"), expected);
    }
}
