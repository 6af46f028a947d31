//! A script, played on a cluster: each command is followed by the whole state once the cluster is at rest. What comes of it is a
//! trace in the form of the recorded ones.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use halter_engine::command::ChildWfResult;
use halter_engine::{Command, Semantics};
use halter_session::wf_runs::{self, WfRunPath};
use halter_session::{Sitting, script};
use halter_spec::model::Document;
use halter_spec::proto_json::{
    write_external_event_def, write_put_wf_spec_request, write_struct_def, write_task_def,
    write_user_task_def, write_value, write_workflow_event_def,
};
use halter_spec::value::Value;
use indexmap::IndexMap;
use serde_json::{Map, Value as Json, json};

use crate::client::Cluster;
use crate::deploy::Deployed;
use crate::error::{Error, Result, name};
use crate::snapshot::{AT_REST, AT_REST_WHEN_CORRELATED, Snapshot, at_rest, place};
use crate::stand_in::StandIn;
use crate::workers;
use halter_session::trace::messages::{state_json, text};

/// So much longer is waited when time passes: timers of the cluster are late now and then. Who plays the trace knows it.
const WAIT_LONGER: Duration = Duration::from_millis(1_500);

/// Steps that workers do between two commands of the script: a loop of tasks has no end.
const MOST_OF_WORKERS: usize = 200;

/// TaskRuns of others that are worked off to come to our own.
const MOST_OF_OTHERS: usize = 100;

/// How a script is played.
#[derive(Debug, Clone)]
pub struct Way {
    /// Whether workers do the tasks that the script does not claim or report itself.
    pub workers: bool,
    /// The longest that a command of the script may have us wait, in seconds.
    pub longest_wait: u64,
}

/// What was played.
#[derive(Debug)]
pub struct Played {
    /// The trace.
    pub trace: Json,
    /// The WfRun's id in the cluster.
    pub wf_run: String,
    /// What else is to be known: commands that could not be given.
    pub notes: Vec<String>,
}

/// Plays the lines of a script; the document is deployed, and child workflows that nobody has written have their stand-ins.
///
/// # Errors
/// If the cluster gives no answer, or the script can't be played there.
pub fn play(
    cluster: &Cluster,
    document: &Arc<Document>,
    deployed: &Deployed,
    lines: &[Json],
    way: &Way,
) -> Result<Played> {
    let sitting = Sitting::new(Arc::clone(document), Semantics::SERVER_1_2)
        .map_err(|error| Error::Script(error.to_string()))?;
    check_waits(lines, way)?;
    let mut player = Player {
        cluster,
        document,
        sitting,
        wf_spec: deployed.wf_spec.clone().unwrap_or_default(),
        played: document.workflows.keys().cloned().collect(),
        stand_ins: &deployed.stand_ins,
        id: new_id(),
        now: Snapshot::default(),
        quiet: AT_REST,
        taken: HashSet::new(),
        steps: Vec::new(),
        notes: Vec::new(),
    };
    if deployed.wf_spec.is_some() {
        for (index, line) in lines.iter().enumerate() {
            let command = script::read(line, &player.sitting).map_err(|why| {
                Error::Script(format!("command {} of the script can't be read: {why}", index + 1))
            })?;
            player.take(command)?;
            if way.workers {
                player.work(&workers::left_to_the_script(&lines[index + 1..]))?;
            }
        }
    }
    let mut trace = head(document);
    trace["recordedFrom"] = json!(format!("LittleHorse {}", cluster.version()?));
    if let Some((code, message)) = &deployed.rejected {
        trace["rejected"] = json!({ "code": name(*code), "message": message });
    }
    trace["steps"] = Json::Array(player.steps);
    Ok(Played { trace, wf_run: player.id, notes: player.notes })
}

/// A trace without steps: a document, in the form of the recorded traces.
pub fn head(document: &Document) -> Json {
    let mut head = json!({
        "name": document.wf_spec.name,
        "wfSpec": write_put_wf_spec_request(&document.wf_spec),
        "taskDefs": list(&document.task_defs, write_task_def),
        "externalEventDefs": list(&document.external_event_defs, write_external_event_def),
        "userTaskDefs": list(&document.user_task_defs, write_user_task_def),
        "workflowEventDefs": list(&document.workflow_event_defs, write_workflow_event_def),
    });
    if !document.struct_defs.is_empty() {
        head["structDefs"] = Json::Array(list(&document.struct_defs, write_struct_def));
    }
    if !document.workflows.is_empty() {
        let workflows = document.workflows.values();
        head["workflows"] = workflows.map(write_put_wf_spec_request).collect();
    }
    if let Some(most) = document.max_thread_runs {
        head["maxThreadRuns"] = Json::from(most);
    }
    head
}

fn list<T>(defs: &IndexMap<String, T>, write: impl Fn(&str, &T) -> Json) -> Vec<Json> {
    defs.iter().map(|(name, def)| write(name, def)).collect()
}

/// A cluster has no clock that one could turn.
fn check_waits(lines: &[Json], way: &Way) -> Result<()> {
    for (line, number) in lines.iter().zip(1..) {
        let seconds =
            line.get("passTime").and_then(|body| body.get("seconds")).and_then(Json::as_f64);
        if let Some(seconds) = seconds.filter(|seconds| *seconds > way.longest_wait as f64) {
            return Err(Error::Script(format!(
                "command {number} of the script lets {seconds} s pass, and a cluster lets them pass in earnest: --longest-wait {} allows it",
                seconds.ceil()
            )));
        }
    }
    Ok(())
}

/// An id that nobody else takes.
pub fn new_id() -> String {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    format!("halter-{:x}-{:x}", since.as_nanos(), std::process::id())
}

struct Player<'a> {
    cluster: &'a Cluster,
    document: &'a Document,
    /// The same, played by the engine: it knows which event has which number.
    sitting: Sitting,
    wf_spec: Json,
    /// WfSpecs of the document whose child WfRuns are played.
    played: Vec<String>,
    stand_ins: &'a [StandIn],
    id: String,
    now: Snapshot,
    /// What has not changed for that long is at rest. Who waits later for an event that was correlated before gets it as late.
    quiet: Duration,
    /// TaskRuns that we have taken, by their ids as text.
    taken: HashSet<String>,
    steps: Vec<Json>,
    notes: Vec<String>,
}

/// What was done instead of asking the server.
enum Done {
    /// It was asked, and took the command.
    Yes,
    /// It was not asked: why.
    No(String),
}

impl Player<'_> {
    /// Gives a command and waits until the cluster is at rest.
    fn take(&mut self, command: Command) -> Result<()> {
        let line = self.line(&command);
        let refused = match self.ask(&command) {
            Ok(Done::Yes) => None,
            Ok(Done::No(why)) => {
                self.notes.push(format!("{line} was left out: {why}"));
                return Ok(());
            }
            Err(Error::Refused { code, message, .. }) => {
                Some(json!({ "code": name(code), "message": message }))
            }
            Err(error) => return Err(error),
        };
        self.record(command, &line, refused)
    }

    /// A command as the trace has it.
    fn line(&self, command: &Command) -> Json {
        let mut line = script::write(command);
        let (path, inner) = wf_runs::meant(command);
        if let Command::ClaimTask(thread, position) = *inner
            && let Some(task) = self.task_at(&path, thread, position)
        {
            let inner = wf_runs::innermost_line(&mut line);
            inner["claimTask"]["taskDef"] = json!(task_def(&task));
        }
        line
    }

    fn record(&mut self, command: Command, line: &Json, refused: Option<Json>) -> Result<()> {
        if let Command::PostCorrelatedEvent { .. } = command {
            self.quiet = AT_REST_WHEN_CORRELATED;
        }
        self.now = at_rest(self.cluster, &self.id, &self.played, self.quiet)?;
        let mut step = json!({ "do": line, "then": state_json(&self.now, &self.id) });
        if let Some(refused) = refused {
            step["refused"] = refused;
        }
        self.steps.push(step);
        if self.sitting.take(command).is_none() {
            return Err(Error::Script("the script is too long".to_owned()));
        }
        Ok(())
    }

    fn ask(&mut self, command: &Command) -> Result<Done> {
        let (path, command) = wf_runs::meant(command);
        let Some(run) = self.wf_run_id(&path) else {
            return Ok(Done::No("there is no child WfRun".to_owned()));
        };
        let (method, request) = match command {
            Command::InChildWf(..) => return Ok(Done::No("it is to nobody".to_owned())),
            Command::RunWf(variables) => {
                let mut request = json!({ "id": self.id, "variables": values(variables) });
                request["wfSpecName"] = json!(text(&self.wf_spec, "name"));
                for key in ["majorVersion", "revision"] {
                    request[key] = self.wf_spec.get(key).cloned().unwrap_or_else(|| json!(0));
                }
                ("RunWf", request)
            }
            Command::PostEvent { def, guid, content, thread, position } => {
                let mut request = json!({
                    "wfRunId": run, "externalEventDefId": { "name": &**def }, "guid": &**guid,
                    "content": write_value(content),
                });
                if let Some(thread) = thread {
                    request["threadRunNumber"] = json!(thread);
                }
                if let Some(position) = position {
                    request["nodeRunPosition"] = json!(position);
                }
                ("PutExternalEvent", request)
            }
            Command::PostCorrelatedEvent { def, key, content } => {
                let def = json!({ "name": &**def });
                let content = write_value(content);
                let key = &**key;
                (
                    "PutCorrelatedEvent",
                    json!({ "key": key, "externalEventDefId": def, "content": content }),
                )
            }
            Command::ClaimTask(thread, position) => return self.claim(&path, *thread, *position),
            Command::ReportTask(thread, position, result) => {
                let Some(task) = self.task_at(&path, *thread, *position) else {
                    return Ok(Done::No("there is no TaskRun".to_owned()));
                };
                let id = task.get("id").cloned().unwrap_or_default();
                workers::report(self.cluster, &id, latest_attempt(&task), result)?;
                return Ok(Done::Yes);
            }
            Command::ReportChildWf(thread, position, result) => {
                return self.end_child_wf(&path, *thread, *position, result);
            }
            Command::PassTime(milliseconds) => {
                let time = Duration::from_millis(u64::try_from(*milliseconds).unwrap_or_default());
                self.cluster.wait(time + WAIT_LONGER);
                return Ok(Done::Yes);
            }
            Command::StopWfRun(thread) => {
                ("StopWfRun", json!({ "wfRunId": run, "threadRunNumber": thread }))
            }
            Command::ResumeWfRun(thread) => {
                ("ResumeWfRun", json!({ "wfRunId": run, "threadRunNumber": thread }))
            }
            Command::RescueThreadRun { thread, skip_current_node } => (
                "RescueThreadRun",
                json!({
                    "wfRunId": run, "threadRunNumber": thread, "skipCurrentNode": skip_current_node,
                }),
            ),
            Command::CompleteUserTask(thread, position, results) => {
                let Some(form) = self.form_at(&path, *thread, *position) else {
                    return Ok(Done::No("there is no UserTaskRun".to_owned()));
                };
                let results = values(results);
                let request =
                    json!({ "userTaskRunId": form, "results": results, "userId": "halter" });
                ("CompleteUserTaskRun", request)
            }
            Command::CancelUserTask(thread, position) => {
                let Some(form) = self.form_at(&path, *thread, *position) else {
                    return Ok(Done::No("there is no UserTaskRun".to_owned()));
                };
                ("CancelUserTaskRun", json!({ "userTaskRunId": form }))
            }
        };
        self.cluster.call(method, &request).map(|_| Done::Yes)
    }

    /// What is known of a WfRun.
    fn of(&self, path: &[(u32, u32)]) -> Option<&Snapshot> {
        path.iter().try_fold(&self.now, |run, &(thread, position)| {
            let place = (u64::from(thread), u64::from(position));
            run.played.iter().find(|child| child.started_by == place).map(|child| &child.run)
        })
    }

    /// The id of a WfRun.
    fn wf_run_id(&self, path: &[(u32, u32)]) -> Option<Json> {
        if path.is_empty() {
            return Some(json!({ "id": self.id }));
        }
        self.of(path)?.wf_run.get("id").cloned()
    }

    /// The WfRuns that are played, each with its path.
    fn all(&self) -> Vec<(WfRunPath, &Snapshot)> {
        let mut all = vec![(WfRunPath::new(), &self.now)];
        let mut next = 0;
        while let Some((path, run)) = all.get(next).cloned() {
            next += 1;
            for child in &run.played {
                let (thread, position) = child.started_by;
                let place = (thread as u32, position as u32);
                all.push((path.iter().copied().chain([place]).collect(), &child.run));
            }
        }
        all
    }

    fn task_at(&self, path: &[(u32, u32)], thread: u32, position: u32) -> Option<Json> {
        let of = self.of(path)?;
        of.task_run(of.node_run(thread.into(), position.into())?).cloned()
    }

    fn form_at(&self, path: &[(u32, u32)], thread: u32, position: u32) -> Option<Json> {
        let of = self.of(path)?;
        of.user_task_run(of.node_run(thread.into(), position.into())?)?.get("id").cloned()
    }

    /// A stand-in ends as the script says; a WfSpec of the cluster's own ends as it does.
    fn end_child_wf(
        &self,
        path: &[(u32, u32)],
        thread: u32,
        position: u32,
        result: &ChildWfResult,
    ) -> Result<Done> {
        let run = self.of(path).and_then(|of| of.node_run(thread.into(), position.into()));
        let Some(run) = run.and_then(|run| run.get("runChildWf")) else {
            return Ok(Done::No("there is no child WfRun".to_owned()));
        };
        let name = run.get("wfSpecId").map_or("", |id| text(id, "name"));
        let Some(stand_in) = self.stand_ins.iter().find(|stand_in| stand_in.name() == name) else {
            return Ok(Done::No(format!(
                "the WfSpec {name} was on the cluster before, and ends by itself"
            )));
        };
        let child = run.get("childWfRunId").cloned().unwrap_or_default();
        let Some(request) = stand_in.end(&child, result) else {
            return Ok(Done::No("the stand-in can't end that way".to_owned()));
        };
        self.cluster.call("PutExternalEvent", &request).map(|_| Done::Yes)
    }

    /// Takes a TaskRun. The server hands them out in an order of its own: what comes before is taken, too, as a step of its own
    /// if it is this WfRun's.
    fn claim(&mut self, path: &[(u32, u32)], thread: u32, position: u32) -> Result<Done> {
        for _ in 0..MOST_OF_OTHERS {
            let Some(task) = self.task_at(path, thread, position) else {
                return Ok(Done::No("there is no TaskRun".to_owned()));
            };
            let wanted = task.get("id").cloned().unwrap_or_default();
            if self.taken.contains(&key(&task, &wanted)) {
                return Ok(Done::No("the server has handed it out before".to_owned()));
            }
            if task.get("status").is_some() {
                return Ok(Done::No(format!("the TaskRun is {}", text(&task, "status"))));
            }
            let Some(handed_out) = workers::take(self.cluster, task_def(&task))? else {
                return Ok(Done::No("the server hands out no TaskRun".to_owned()));
            };
            let id = handed_out.get("taskRunId").cloned().unwrap_or_default();
            if id == wanted {
                self.taken.insert(key(&task, &id));
                return Ok(Done::Yes);
            }
            self.put_up_with(&handed_out, &id)?;
        }
        Ok(Done::No("the server hands out the TaskRuns of others".to_owned()))
    }

    /// A TaskRun that was handed out and is not the one that was wanted.
    fn put_up_with(&mut self, handed_out: &Json, id: &Json) -> Result<()> {
        let is_it =
            |run: &&Json| run.get("task").and_then(|task| task.get("taskRunId")) == Some(id);
        let ours = self
            .all()
            .into_iter()
            .find_map(|(path, of)| of.node_runs.iter().find(is_it).map(|run| (path, place(run))));
        if let Some((path, (thread, position))) = ours {
            let (thread, position) = (thread as u32, position as u32);
            let task = self.task_at(&path, thread, position).unwrap_or_default();
            self.taken.insert(key(&task, id));
            let command = wf_runs::to(&path, Command::ClaimTask(thread, position));
            let line = self.line(&command);
            return self.record(command, &line, None);
        }
        // It would run into its timeout if nobody did it.
        let def = handed_out.get("taskDefId").map_or("", |id| text(id, "name"));
        let attempt = handed_out.get("attemptNumber").and_then(Json::as_u64).unwrap_or(0);
        let result = workers::simulated(self.document, self.sitting.program(), def, attempt);
        self.notes.push(format!("a TaskRun of {def} that another WfRun had left was done as well"));
        workers::report(self.cluster, id, attempt, &result)
    }

    /// Does the tasks that nobody else does, one after the other.
    fn work(&mut self, left_alone: &HashSet<(WfRunPath, u64, u64)>) -> Result<()> {
        for _ in 0..MOST_OF_WORKERS {
            let Some(command) = self.next_of_workers(left_alone) else {
                return Ok(());
            };
            let before = self.steps.len();
            self.take(command)?;
            if self.steps.len() == before {
                // It was left out, and would be again.
                return Ok(());
            }
        }
        self.notes.push(format!("the workers rest after {MOST_OF_WORKERS} steps"));
        Ok(())
    }

    fn next_of_workers(&self, left_alone: &HashSet<(WfRunPath, u64, u64)>) -> Option<Command> {
        self.all().into_iter().find_map(|(path, of)| {
            of.node_runs.iter().find_map(|run| {
                let (task, (thread, position)) = (of.task_run(run)?, place(run));
                let id = task.get("id")?;
                let scheduled = task.get("status").is_none();
                let ours =
                    text(task, "status") == "TASK_RUNNING" && self.taken.contains(&key(task, id));
                if left_alone.contains(&(path.clone(), thread, position)) || !(scheduled || ours) {
                    return None;
                }
                let (thread, position) = (thread as u32, position as u32);
                let command = if scheduled {
                    Command::ClaimTask(thread, position)
                } else {
                    let attempt = latest_attempt(task);
                    let program = self.sitting.program();
                    let result =
                        workers::simulated(self.document, program, task_def(task), attempt);
                    Command::ReportTask(thread, position, result)
                };
                Some(wf_runs::to(&path, command))
            })
        })
    }
}

/// An attempt of a TaskRun, as it is remembered.
fn key(task: &Json, id: &Json) -> String {
    format!("{id} {}", latest_attempt(task))
}

fn latest_attempt(task: &Json) -> u64 {
    let attempts = task.get("attempts").and_then(Json::as_array);
    attempts.map_or(0, |attempts| attempts.len().saturating_sub(1) as u64)
}

fn task_def(task: &Json) -> &str {
    task.get("taskDefId").map_or("", |id| text(id, "name"))
}

fn values(given: &[(Arc<str>, Value)]) -> Json {
    let written = given.iter().map(|(name, value)| (name.to_string(), write_value(value)));
    Json::Object(written.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Way, check_waits};

    #[test]
    fn a_wait_that_nobody_would_sit_out_is_refused_before_anything_is_done() {
        let way = Way { workers: true, longest_wait: 60 };
        let pass =
            |seconds: f64| [json!({ "runWf": {} }), json!({ "passTime": { "seconds": seconds } })];
        assert!(check_waits(&pass(60.0), &way).is_ok());
        let refused = check_waits(&pass(60.5), &way).unwrap_err().to_string();
        assert!(
            refused.contains("command 2") && refused.contains("--longest-wait 61"),
            "{refused}"
        );
    }
}
