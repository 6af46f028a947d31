//! A WfRun that is on a cluster already, in the form of the recorded traces.

use std::collections::BTreeSet;

use halter_spec::model::Document;
use halter_spec::{Diagnostic, proto_json};
use serde_json::{Value as Json, json};

use crate::client::Cluster;
use crate::error::{Error, Result};
use crate::player::head;
use crate::rebuild;
use crate::snapshot::{number, take};
use halter_session::trace::messages::{state_json, text, thread_run};

/// Where a WfSpec names what it refers to: the method that gets it, and the field.
const DEFS: [(&str, &str); 4] = [
    ("GetTaskDef", "taskDefId"),
    ("GetExternalEventDef", "externalEventDefId"),
    ("GetWorkflowEventDef", "workflowEventDefId"),
    ("GetLatestUserTaskDef", "userTaskDefName"),
];

/// The method that gets a StructDef.
const STRUCT_DEF: &str = "GetStructDef";

/// What is known of a WfRun: its state, and where it can be had its WfSpec with what that refers to.
///
/// # Errors
/// If the cluster gives no answer, or there is no such WfRun.
pub fn record(cluster: &Cluster, id: &str) -> Result<Json> {
    let snapshot = take(cluster, &json!({ "id": id }), &[])?;
    if snapshot.wf_run.is_null() {
        return Err(Error::Configuration(format!(
            "there is no WfRun {id} in this tenant: LHC_TENANT_ID names another one"
        )));
    }
    let document = wf_spec(cluster, &snapshot.wf_run)?;
    let mut recorded = document.as_ref().map_or_else(|| json!({ "name": id }), head);
    recorded["recordedFrom"] = json!(format!("LittleHorse {}, WfRun {id}", cluster.version()?));
    // Only the server knew what was in between: a list of steps would be made up.
    recorded["state"] = state_json(&snapshot, id);
    if let Some(document) = document {
        let script = rebuild::script(&snapshot, &document);
        let comes_to_the_same = rebuild::comes_to(&script, document, &recorded["state"]);
        recorded["rebuilt"] = json!({ "script": script, "comesToTheSame": comes_to_the_same });
    }
    let archived = archived(cluster, &snapshot.wf_run, id)?;
    if !archived.is_empty() {
        recorded["archivedThreadRuns"] = Json::Array(archived);
    }
    Ok(recorded)
}

/// ThreadRuns that the server no longer keeps with the WfRun.
fn archived(cluster: &Cluster, wf_run: &Json, id: &str) -> Result<Vec<Json>> {
    let there = wf_run.get("threadRuns").and_then(Json::as_array).into_iter().flatten();
    let there: BTreeSet<u64> = there.map(|run| number(run, "number")).collect();
    let missing = (0..=number(wf_run, "greatestThreadrunNumber")).filter(|n| !there.contains(n));
    let mut found = Vec::new();
    for number in missing {
        let request = json!({ "wfRunId": { "id": id }, "threadRunNumber": number });
        if let Some(run) = cluster.find("GetInactiveThreadRun", &request)? {
            found.push(thread_run(run.get("threadRun").unwrap_or(&run)));
        }
    }
    Ok(found)
}

/// The WfSpec and what it refers to; `None` if it is gone, or says what Halter can't read.
fn wf_spec(cluster: &Cluster, wf_run: &Json) -> Result<Option<Document>> {
    let Some(spec) = cluster.find("GetWfSpec", wf_run.get("wfSpecId").unwrap_or(&Json::Null))?
    else {
        return Ok(None);
    };
    let mut defs = Vec::new();
    let mut structs = BTreeSet::new();
    struct_def_ids(&spec, &mut structs);
    for (method, field) in DEFS {
        let mut names = BTreeSet::new();
        named(&spec, field, &mut names);
        for name in names {
            if let Some(def) = cluster.find(method, &json!({ "name": name }))? {
                struct_def_ids(&def, &mut structs);
                defs.push((method, def.to_string()));
            }
        }
    }
    let mut there = BTreeSet::new();
    // One names others: those come as well.
    while let Some((name, version)) = structs.pop_first() {
        if there.insert((name.clone(), version))
            && let Some(def) =
                cluster.find(STRUCT_DEF, &json!({ "name": name, "version": version }))?
        {
            struct_def_ids(&def, &mut structs);
            defs.push((STRUCT_DEF, def.to_string()));
        }
    }
    Ok(document(&spec.to_string(), &defs).ok())
}

fn document(spec: &str, defs: &[(&str, String)]) -> std::result::Result<Document, Vec<Diagnostic>> {
    let mut document = Document { wf_spec: proto_json::read_wf_spec(spec)?, ..Document::default() };
    for (method, text) in defs {
        match *method {
            STRUCT_DEF => document.struct_defs.extend([proto_json::read_struct_def(text)?]),
            "GetTaskDef" => document.task_defs.extend([proto_json::read_task_def(text)?]),
            "GetExternalEventDef" => {
                document.external_event_defs.extend([proto_json::read_external_event_def(text)?]);
            }
            "GetWorkflowEventDef" => {
                document.workflow_event_defs.extend([proto_json::read_workflow_event_def(text)?]);
            }
            _ => document.user_task_defs.extend([proto_json::read_user_task_def(text)?]),
        }
    }
    Ok(document)
}

/// Every StructDef that is named, with its version.
fn struct_def_ids(json: &Json, ids: &mut BTreeSet<(String, i64)>) {
    match json {
        Json::Object(entries) => {
            for (key, value) in entries {
                if key == "structDefId" {
                    let version = value.get("version").and_then(Json::as_i64).unwrap_or_default();
                    ids.insert((text(value, "name").to_owned(), version));
                }
                struct_def_ids(value, ids);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| struct_def_ids(item, ids)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// Every name that stands in a field of that name, either as it is or as an id.
fn named(json: &Json, field: &str, names: &mut BTreeSet<String>) {
    match json {
        Json::Object(entries) => {
            for (key, value) in entries {
                if key == field {
                    let name = value.as_str().unwrap_or_else(|| text(value, "name"));
                    names.insert(name.to_owned());
                }
                named(value, field, names);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| named(item, field, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::named;

    #[test]
    fn names_are_found_wherever_they_stand() {
        let spec = json!({ "threadSpecs": { "main": {
            "nodes": { "1": { "task": { "taskDefId": { "name": "pack" } } }, "2": { "userTask": { "userTaskDefName": "form" } } },
            "interruptDefs": [{ "externalEventDefId": { "name": "hold" } }],
        }}});
        let found = |field| {
            let mut names = BTreeSet::new();
            named(&spec, field, &mut names);
            names.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(found("taskDefId"), ["pack"]);
        assert_eq!(found("userTaskDefName"), ["form"]);
        assert_eq!(found("externalEventDefId"), ["hold"]);
    }
}
