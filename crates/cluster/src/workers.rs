//! Workers that nobody had to write: they take TaskRuns from the cluster and report what the document says they do.

use std::collections::HashSet;
use std::time::Duration;

use halter_engine::Program;
use halter_engine::command::TaskResult;
use halter_session::wf_runs::WfRunPath;
use halter_spec::composed::example;
use halter_spec::model::{Document, SimulatedResult};
use halter_spec::proto_json::write_value;
use halter_spec::value::Value;
use serde_json::{Value as Json, json};

use crate::client::Cluster;
use crate::error::Result;

/// How long a worker waits for a TaskRun that is scheduled.
const HANDED_OUT: Duration = Duration::from_secs(3);

/// The type of an error of a task, where the document names none.
const TASK_FAILURE: &str = "TASK_FAILURE";

/// Takes the next TaskRun of a TaskDef, whichever it is; `None` if the server hands out none.
pub(crate) fn take(cluster: &Cluster, task_def: &str) -> Result<Option<Json>> {
    let request = json!({ "taskDefId": { "name": task_def }, "clientId": "halter" });
    let answer = cluster.first_answer("PollTask", &request, HANDED_OUT)?;
    Ok(answer.and_then(|answer| answer.get("result").cloned()))
}

/// Reports what became of a TaskRun.
pub(crate) fn report(
    cluster: &Cluster,
    id: &Json,
    attempt: u64,
    result: &TaskResult,
) -> Result<()> {
    let mut request = json!({ "taskRunId": id, "attemptNumber": attempt, "time": now() });
    let status = match result {
        TaskResult::Output(output) => {
            request["output"] = write_value(output);
            "TASK_SUCCESS"
        }
        TaskResult::Error(kind, message) => {
            request["error"] = json!({ "type": &**kind, "message": &**message });
            match &**kind {
                "TIMEOUT" => "TASK_TIMEOUT",
                "VAR_SUB_ERROR" => "TASK_INPUT_VAR_SUB_ERROR",
                _ => "TASK_FAILED",
            }
        }
        TaskResult::Exception(name, message, content) => {
            request["exception"] =
                json!({ "name": &**name, "message": &**message, "content": write_value(content) });
            "TASK_EXCEPTION"
        }
    };
    request["status"] = json!(status);
    cluster.call("ReportTask", &request).map(|_| ())
}

fn now() -> String {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    halter_spec::timestamp::write(i64::try_from(since.as_millis()).unwrap_or_default())
}

/// What a worker of this TaskDef does at this attempt, from 0; where the document does not say, it returns something of the
/// declared type.
pub(crate) fn simulated(
    document: &Document,
    program: &Program,
    task_def: &str,
    attempt: u64,
) -> TaskResult {
    let answers = document.simulate.get(task_def);
    let at = |answers: &Vec<SimulatedResult>| {
        let attempt = usize::try_from(attempt).unwrap_or(usize::MAX);
        answers.get(attempt).or_else(|| answers.last()).cloned()
    };
    match answers.and_then(at) {
        Some(SimulatedResult::Output(value)) => TaskResult::Output(value),
        Some(SimulatedResult::Error(message)) => {
            TaskResult::Error(TASK_FAILURE.into(), message.into())
        }
        Some(SimulatedResult::Exception(name, message, content)) => {
            TaskResult::Exception(name.into(), message.into(), content)
        }
        None => {
            let def = program.tasks.iter().find(|def| *def.name == *task_def);
            let of = def.and_then(|def| def.return_type.as_ref());
            TaskResult::Output(of.map_or(Value::Null, |of| example(of, &document.struct_defs)))
        }
    }
}

/// The TaskRuns that the rest of a script deals with itself: the WfRun, and the place in it.
pub(crate) fn left_to_the_script(lines: &[Json]) -> HashSet<(WfRunPath, u64, u64)> {
    let number = |body: &Json, key: &str| body.get(key).and_then(Json::as_u64).unwrap_or(0);
    let place = |body: &Json| (number(body, "threadRunNumber"), number(body, "position"));
    let left = lines.iter().filter_map(|line| {
        let (mut line, mut path) = (line, WfRunPath::new());
        while let Some(child) = line.get("inChildWf") {
            let (thread, position) = place(child);
            path.push((thread as u32, position as u32));
            line = child.get("do")?;
        }
        let (thread, position) = place(line.get("claimTask").or(line.get("reportTask"))?);
        Some((path, thread, position))
    });
    left.collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use halter_engine::Semantics;
    use halter_session::Sitting;
    use serde_json::json;

    use super::{TaskResult, Value, left_to_the_script, simulated};

    #[test]
    fn attempt_after_attempt_it_answers_what_the_source_says_and_then_the_last_again() {
        let source = "workflow: w\ntasks:\n  pack: {returns: STR}\n  other: {returns: INT}\n\
                      simulate:\n  pack:\n    - {error: broken}\n    - parcel\nthreads:\n  main:\n    do:\n      - task: pack\n      - task: other\n";
        let document = halter_spec::load(source).document.unwrap();
        let sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
        let answer =
            |task, attempt| simulated(sitting.document(), sitting.program(), task, attempt);
        assert_eq!(answer("pack", 0), TaskResult::Error("TASK_FAILURE".into(), "broken".into()));
        assert_eq!(answer("pack", 1), TaskResult::Output(Value::str("parcel")));
        assert_eq!(answer("pack", 9), TaskResult::Output(Value::str("parcel")));
        assert_eq!(answer("other", 0), TaskResult::Output(Value::Int(1)));
    }

    #[test]
    fn what_the_script_claims_or_reports_is_left_to_it() {
        let lines = [
            json!({ "runWf": {} }),
            json!({ "claimTask": { "position": 1 } }),
            json!({ "reportTask": { "threadRunNumber": 2, "position": 3 } }),
            json!({ "inChildWf": { "position": 1, "do": { "claimTask": { "position": 4 } } } }),
        ];
        let left = [(vec![], 0, 1), (vec![], 2, 3), (vec![(0, 1)], 0, 4)];
        assert_eq!(left_to_the_script(&lines), left.into());
    }
}
