//! What must have come from outside for a WfRun to be as it is, as a script: events, workers and forms have left a time behind.

use std::collections::BTreeSet;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::trace::{self, differences};
use halter_session::{Sitting, script as lines};
use halter_spec::model::Document;
use halter_spec::proto_json::write_value;
use halter_spec::timestamp;
use serde_json::{Map, Value as Json, json};

use crate::snapshot::{Snapshot, place};
use halter_session::trace::messages::text;

/// Commands, in the order of their times, with the time that passes between them.
pub(crate) fn script(snapshot: &Snapshot, document: &Document) -> Vec<Json> {
    let start = time(&snapshot.wf_run, "startTime").unwrap_or_default();
    let mut commands =
        vec![(start, json!({ "runWf": { "variables": first_values(snapshot, document) } }))];
    for event in &snapshot.external_events {
        commands.extend(time(event, "createdAt").map(|at| (at, post(event))));
    }
    for run in &snapshot.node_runs {
        commands.extend(work(snapshot, run));
        commands.extend(form(snapshot, run));
        commands.extend(child_wf(snapshot, run));
    }
    // What came at the same time stays in this order.
    commands.sort_by_key(|(at, _)| *at);
    let ends = snapshot.node_runs.iter().filter_map(|run| time(run, "endTime"));
    let end = ends.chain(commands.iter().map(|(at, _)| *at)).max().unwrap_or(start);
    let mut now = start;
    let mut script = Vec::new();
    for (at, command) in commands {
        script.extend(pass(now, at));
        script.push(command);
        now = now.max(at);
    }
    script.extend(pass(now, end));
    script
}

/// Whether Halter, as the server is, comes to this state by these commands.
pub(crate) fn comes_to(script: &[Json], document: Document, state: &Json) -> bool {
    let Ok(mut sitting) = Sitting::new(Arc::new(document), Semantics::SERVER_1_2) else {
        return false;
    };
    for line in script {
        let Ok(command) = lines::read(line, &sitting) else { return false };
        if sitting.take(command).is_none_or(|step| step.refusal.is_some()) {
            return false;
        }
    }
    differences(state, &trace::state_json(sitting.program(), sitting.state())).is_empty()
}

fn time(of: &Json, key: &str) -> Option<i64> {
    timestamp::parse(of.get(key)?.as_str()?)
}

fn pass(from: i64, to: i64) -> Option<Json> {
    let seconds = to.saturating_sub(from) as f64 / 1000.0;
    (seconds > 0.0).then(|| json!({ "passTime": { "seconds": seconds } }))
}

fn post(event: &Json) -> Json {
    let id = event.get("id").unwrap_or(&Json::Null);
    let def = id.get("externalEventDefId").map_or("", |def| text(def, "name"));
    let mut body = json!({ "externalEventDef": def, "guid": text(id, "guid") });
    if let Some(content) = event.get("content") {
        body["content"] = content.clone();
    }
    // Where it was claimed, it says by whom, not for whom it was meant.
    if event.get("claimed").is_none() {
        for key in ["threadRunNumber", "nodeRunPosition"] {
            if let Some(number) = event.get(key) {
                body[key] = number.clone();
            }
        }
    }
    json!({ "postEvent": body })
}

/// What workers did at a NodeRun.
fn work(snapshot: &Snapshot, run: &Json) -> Vec<(i64, Json)> {
    let Some(task) = snapshot.task_run(run) else {
        return Vec::new();
    };
    let (thread, position) = place(run);
    let at = json!({ "threadRunNumber": thread, "position": position });
    let mut commands = Vec::new();
    for attempt in task.get("attempts").and_then(Json::as_array).into_iter().flatten() {
        let Some(taken) = time(attempt, "startTime") else { continue };
        let mut claim = at.clone();
        claim["taskDef"] = json!(task.get("taskDefId").map_or("", |id| text(id, "name")));
        commands.push((taken, json!({ "claimTask": claim })));
        // A timeout is nobody's report.
        let reported = text(attempt, "status") != "TASK_TIMEOUT";
        if let Some(done) = time(attempt, "endTime").filter(|_| reported) {
            let mut report = at.clone();
            for key in ["output", "error", "exception"] {
                if let Some(what) = attempt.get(key) {
                    report[key] = what.clone();
                }
            }
            // The clocks of worker and server need not agree.
            commands.push((done.max(taken), json!({ "reportTask": report })));
        }
    }
    commands
}

/// The form that somebody filled in at a NodeRun.
fn form(snapshot: &Snapshot, run: &Json) -> Option<(i64, Json)> {
    let form = snapshot.user_task_run(run).filter(|form| text(form, "status") == "DONE")?;
    let (thread, position) = place(run);
    let results = form.get("results").cloned().unwrap_or_else(|| json!({}));
    let body = json!({ "threadRunNumber": thread, "position": position, "results": results });
    Some((time(run, "endTime")?, json!({ "completeUserTask": body })))
}

/// How the WfRun ended that a NodeRun started.
fn child_wf(snapshot: &Snapshot, run: &Json) -> Option<(i64, Json)> {
    let child = snapshot.child_wf_run(run)?;
    let ended = time(child, "endTime")?;
    let (thread, position) = place(run);
    let mut body = json!({ "threadRunNumber": thread, "position": position });
    let entrypoint = child.get("threadRuns").and_then(|threads| threads.get(0));
    let said = |key: &str| entrypoint.and_then(|thread| thread.get(key)).cloned();
    match text(child, "status") {
        "COMPLETED" => body["output"] = said("output").unwrap_or_else(|| json!({})),
        "ERROR" => body["error"] = json!({ "message": said("errorMessage") }),
        "EXCEPTION" => body["exception"] = snapshot.child_wf_exception(run)?,
        _ => return None,
    }
    Some((ended, json!({ "reportChildWf": body })))
}

/// The entrypoint's variables that are not what they are without being given; those that the workflow changes are not to be known.
fn first_values(snapshot: &Snapshot, document: &Document) -> Json {
    let spec = &document.wf_spec;
    let mut changed = BTreeSet::new();
    for thread in spec.thread_specs.values() {
        for edge in thread.nodes.values().flat_map(|node| &node.outgoing_edges) {
            changed.extend(edge.variable_mutations.iter().map(|m| m.lhs_name.as_str()));
        }
    }
    let defs =
        spec.thread_specs.get(&spec.entrypoint_thread_name).map(|thread| &thread.variable_defs);
    let mut values = Map::new();
    for variable in &snapshot.variables {
        let id = variable.get("id").unwrap_or(&Json::Null);
        let (name, value) = (text(id, "name"), variable.get("value"));
        let is_first = id.get("threadRunNumber").is_none() && !changed.contains(name);
        let default =
            defs.into_iter().flatten().find(|def| def.var_def.name == name).map(|def| {
                def.var_def.default_value.as_ref().map_or_else(|| json!({}), write_value)
            });
        if let (true, Some(value), Some(default)) = (is_first, value, default)
            && *value != default
        {
            values.insert(name.to_owned(), value.clone());
        }
    }
    Json::Object(values)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Snapshot, comes_to, script};

    const SOURCE: &str = "workflow: w\nevents: {go: STR}\ntasks:\n  pack: {returns: STR}\nthreads:\n  main:\n    variables:\n      \
                          who: STR\n    do:\n      - wait-for-event: go\n      - task: pack\n";

    fn snapshot() -> Snapshot {
        let run = json!({ "id": "r" });
        let at = |second: &str| format!("2026-01-01T00:00:{second}Z");
        Snapshot {
            wf_run: json!({ "id": "r", "startTime": at("00") }),
            node_runs: vec![json!({
                "id": { "wfRunId": run, "position": 2 }, "endTime": at("09.500"),
                "task": { "taskRunId": { "wfRunId": run, "taskGuid": "g" } },
            })],
            task_runs: vec![json!({
                "id": { "wfRunId": run, "taskGuid": "g" }, "taskDefId": { "name": "pack" },
                "attempts": [{ "startTime": at("07"), "endTime": at("09"), "status": "TASK_SUCCESS", "output": { "str": "p" } }],
            })],
            external_events: vec![json!({
                "id": { "externalEventDefId": { "name": "go" }, "guid": "e1" }, "createdAt": at("05"),
                "claimed": true, "threadRunNumber": 0, "nodeRunPosition": 1, "content": { "str": "x" },
            })],
            variables: vec![
                json!({ "id": { "wfRunId": run, "name": "who" }, "value": { "str": "mia" } }),
            ],
            ..Snapshot::default()
        }
    }

    #[test]
    fn what_left_a_time_behind_is_put_in_order() {
        let document = halter_spec::load(SOURCE).document.unwrap();
        let rebuilt = script(&snapshot(), &document);
        let expected = [
            json!({ "runWf": { "variables": { "who": { "str": "mia" } } } }),
            json!({ "passTime": { "seconds": 5.0 } }),
            json!({ "postEvent": { "externalEventDef": "go", "guid": "e1", "content": { "str": "x" } } }),
            json!({ "passTime": { "seconds": 2.0 } }),
            json!({ "claimTask": { "threadRunNumber": 0, "position": 2, "taskDef": "pack" } }),
            json!({ "passTime": { "seconds": 2.0 } }),
            json!({ "reportTask": { "threadRunNumber": 0, "position": 2, "output": { "str": "p" } } }),
            json!({ "passTime": { "seconds": 0.5 } }),
        ];
        assert_eq!(rebuilt, expected);
        assert!(!comes_to(&rebuilt, document, &json!({})));
    }
}
