//! A sitting as a trace, in the form of the recorded ones: `halter conformance` plays it.

use halter_engine::state::NodeRunDetail;
use halter_engine::{Command, Program};
use halter_spec::proto_json::{
    write_external_event_def, write_put_wf_spec_request, write_struct_def, write_task_def,
    write_user_task_def, write_workflow_event_def,
};
use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::state_json;
use crate::script;
use crate::sitting::{Sitting, Step};
use crate::wf_runs;

/// The steps so far, up to the last one, each with its refusal and the whole state after it.
pub fn record(sitting: &Sitting) -> Json {
    let program = sitting.program();
    let document = sitting.document();
    let steps: Vec<Json> = sitting
        .steps()
        .iter()
        .map(|step| {
            let mut recorded = json!({
                "do": line(program, step),
                "then": state_json(program, &step.state),
            });
            if let Some(refusal) = &step.refusal {
                recorded["refused"] =
                    json!({ "code": refusal.code.name(), "message": refusal.message });
            }
            recorded
        })
        .collect();
    let mut trace = json!({
        "name": document.wf_spec.name,
        "recordedFrom": "Halter",
        // Without it a trace is a server's.
        "semantics": program.semantics.name(),
        "wfSpec": write_put_wf_spec_request(&document.wf_spec),
        "taskDefs": list(&document.task_defs, write_task_def),
        "externalEventDefs": list(&document.external_event_defs, write_external_event_def),
        "userTaskDefs": list(&document.user_task_defs, write_user_task_def),
        "workflowEventDefs": list(&document.workflow_event_defs, write_workflow_event_def),
        "steps": steps,
    });
    if !document.struct_defs.is_empty() {
        trace["structDefs"] = Json::from(list(&document.struct_defs, write_struct_def));
    }
    if !document.workflows.is_empty() {
        let workflows = document.workflows.values();
        trace["workflows"] = workflows.map(write_put_wf_spec_request).collect();
    }
    if let Some(most) = document.max_thread_runs {
        trace["maxThreadRuns"] = Json::from(most);
    }
    trace
}

/// The command of a step; a worker asks for the tasks of a TaskDef, which a script need not name.
fn line(program: &Program, step: &Step) -> Json {
    let mut line = script::write(&step.command);
    let (path, command) = wf_runs::meant(&step.command);
    if let Command::ClaimTask(thread, position) = *command
        && let Some((program, state)) = wf_runs::at(program, &step.state, &path)
        && let Some(node_run) = state.node_run(thread, position)
        && let NodeRunDetail::Task(Some(task)) = &node_run.detail
        && let Some(def) = program.tasks.get(usize::from(task.task_def))
        && let Some(claim) = wf_runs::innermost_line(&mut line).get_mut("claimTask")
    {
        claim["taskDef"] = Json::from(&*def.name);
    }
    line
}

fn list<T>(defs: &IndexMap<String, T>, write: impl Fn(&str, &T) -> Json) -> Vec<Json> {
    defs.iter().map(|(name, def)| write(name, def)).collect()
}
