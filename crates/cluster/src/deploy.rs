//! Puts a document on a cluster: first what it refers to, then the WfSpec itself.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use halter_spec::composed;
use halter_spec::model::{Document, Edge, ExitNode, Node, NodeKind, ThreadSpec, WfSpec};
use halter_spec::place::At;
use halter_spec::proto_json::{
    write_external_event_def, write_put_wf_spec_request, write_struct_def, write_task_def,
    write_user_task_def, write_workflow_event_def,
};
use indexmap::IndexMap;
use serde_json::{Value as Json, json};
use tonic::Code;

use crate::client::Cluster;
use crate::error::{Error, Result};
use crate::stand_in::{StandIn, stand_in};

/// What was put is known everywhere in the cluster a little later.
const SPREADING: Duration = Duration::from_millis(100);

const ENTRYPOINT: &str = "0-entrypoint-ENTRYPOINT";
const EXIT: &str = "1-exit-EXIT";

/// How often is looked whether it is.
const LOOKS: u32 = 50;

/// What became of one thing that was to be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It was not there.
    New,
    /// It was there, and is the same.
    Same,
    /// It was there in another version; there is a new one now.
    Newer,
    /// It is there and is something else; the server's reason.
    Conflict(String),
}

/// What was put, in that order.
#[derive(Debug, Clone, Default)]
pub struct Deployed {
    /// Each with its kind, its name and what became of it.
    pub puts: Vec<(&'static str, String, Put)>,
    /// In place of child workflows that are not there.
    pub stand_ins: Vec<StandIn>,
    /// The WfSpec's id, if it was put.
    pub wf_spec: Option<Json>,
    /// The code and the reason with which the server refused the WfSpec.
    pub rejected: Option<(Code, String)>,
}

impl Deployed {
    /// Whether something else stands where something was to be put.
    pub fn has_conflicts(&self) -> bool {
        self.puts.iter().any(|(_, _, put)| matches!(put, Put::Conflict(_)))
    }
}

impl fmt::Display for Deployed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, name, put) in &self.puts {
            match put {
                Put::New => writeln!(f, "{kind} {name}: put")?,
                Put::Same => writeln!(f, "{kind} {name}: was there already, the same")?,
                Put::Newer => writeln!(f, "{kind} {name}: put in a new version")?,
                Put::Conflict(why) => {
                    writeln!(f, "{kind} {name}: is there already and is something else ({why})")?;
                }
            }
        }
        if let Some((code, why)) = &self.rejected {
            writeln!(f, "the server refuses the WfSpec with {}: {why}", crate::error::name(*code))?;
        }
        Ok(())
    }
}

/// A kind of thing that a WfSpec refers to.
struct DefKind {
    name: &'static str,
    put: &'static str,
    get: &'static str,
}

const STRUCT: DefKind = DefKind { name: "StructDef", put: "PutStructDef", get: "GetStructDef" };
const TASK: DefKind = DefKind { name: "TaskDef", put: "PutTaskDef", get: "GetTaskDef" };
const EVENT: DefKind =
    DefKind { name: "ExternalEventDef", put: "PutExternalEventDef", get: "GetExternalEventDef" };
const THROWN: DefKind =
    DefKind { name: "WorkflowEventDef", put: "PutWorkflowEventDef", get: "GetWorkflowEventDef" };
const FORM: DefKind =
    DefKind { name: "UserTaskDef", put: "PutUserTaskDef", get: "GetLatestUserTaskDef" };

/// Puts everything. Where something else has one of the names, the rest is still looked at, and the WfSpec is not put.
///
/// # Errors
/// If the cluster gives no answer, or grants no right.
pub fn deploy(cluster: &Cluster, document: &Document) -> Result<Deployed> {
    let mut deployed = defs(cluster, document)?;
    if !deployed.has_conflicts() {
        put_wf_specs(cluster, document, &mut deployed)?;
    }
    Ok(deployed)
}

/// The same, to play these lines of a script: child workflows that are not there have their stand-ins.
///
/// # Errors
/// If the cluster gives no answer, grants no right, or refuses a stand-in.
pub fn deploy_to_play(
    cluster: &Cluster,
    document: &Arc<Document>,
    lines: &[Json],
) -> Result<Deployed> {
    let mut deployed = defs(cluster, document)?;
    if !deployed.has_conflicts() {
        deployed.stand_ins = stand_in(cluster, document, lines)?;
        put_wf_specs(cluster, document, &mut deployed)?;
    }
    Ok(deployed)
}

/// All but the WfSpec.
fn defs(cluster: &Cluster, document: &Document) -> Result<Deployed> {
    let mut deployed = Deployed::default();
    for (kind, defs) in [
        (STRUCT, structs(document)),
        (TASK, written(document.task_defs.iter(), write_task_def)),
        (EVENT, written(document.external_event_defs.iter(), write_external_event_def)),
        (FORM, written(document.user_task_defs.iter(), write_user_task_def)),
        (THROWN, written(document.workflow_event_defs.iter(), write_workflow_event_def)),
    ] {
        for (name, request) in defs {
            let put = put(cluster, &kind, &name, &request)?;
            deployed.puts.push((kind.name, name, put));
        }
    }
    Ok(deployed)
}

/// Each behind those that it names: the server knows them then.
fn structs(document: &Document) -> Vec<(String, Json)> {
    let order = composed::in_order(&document.struct_defs).unwrap_or_default();
    let defs = order.into_iter().filter_map(|name| document.struct_defs.get_key_value(name));
    written(defs, write_struct_def)
}

fn written<'a, T: 'a>(
    defs: impl Iterator<Item = (&'a String, &'a T)>,
    write: impl Fn(&str, &T) -> Json,
) -> Vec<(String, Json)> {
    defs.map(|(name, def)| (name.clone(), write(name, def))).collect()
}

fn put(cluster: &Cluster, kind: &DefKind, name: &str, request: &Json) -> Result<Put> {
    let there = cluster.find(kind.get, &json!({ "name": name }))?;
    if kind.name == FORM.name
        && let Some(there) = &there
        && there.get("fields").unwrap_or(&Json::Null)
            == request.get("fields").unwrap_or(&Json::Null)
    {
        // Put again, it would be a version of its own.
        return Ok(Put::Same);
    }
    match cluster.call(kind.put, request) {
        Ok(_) => {}
        Err(Error::Refused { code: Code::AlreadyExists, message, .. }) => {
            return Ok(Put::Conflict(message));
        }
        Err(error) => return Err(error),
    }
    if there.is_some() {
        return Ok(if kind.name == FORM.name { Put::Newer } else { Put::Same });
    }
    until_known(cluster, kind.get, &json!({ "name": name }))?;
    Ok(Put::New)
}

/// From the last to the first: a server takes no WfSpec whose child workflows it does not know. Nor does it take one whose
/// parent it does not know: of that it gets one first that has its variables and does nothing.
fn put_wf_specs(cluster: &Cluster, document: &Document, deployed: &mut Deployed) -> Result<()> {
    for wf_spec in document.workflows.values().rev().chain([&document.wf_spec]) {
        deployed.wf_spec = None;
        let parent = wf_spec.parent_wf_spec.as_ref().map(|parent| &parent.wf_spec_name);
        let parent = parent.and_then(|name| document.wf_specs().find(|spec| spec.name == *name));
        if let Some(parent) = parent
            && cluster.find("GetLatestWfSpec", &json!({ "name": parent.name }))?.is_none()
        {
            put_wf_spec(cluster, &without_steps(parent), deployed)?;
        }
        put_wf_spec(cluster, wf_spec, deployed)?;
        if deployed.rejected.is_some() {
            break;
        }
    }
    Ok(())
}

/// A WfSpec with the same variables, whose threads end at once.
fn without_steps(wf_spec: &WfSpec) -> WfSpec {
    let entrypoint = Edge { sink_node_name: EXIT.to_owned(), ..Edge::default() };
    let node = |kind, outgoing_edges| Node {
        kind,
        outgoing_edges,
        failure_handlers: Vec::new(),
        at: At::default(),
    };
    let nodes: IndexMap<_, _> = [
        (ENTRYPOINT.to_owned(), node(NodeKind::Entrypoint, vec![entrypoint])),
        (EXIT.to_owned(), node(NodeKind::Exit(ExitNode::default()), Vec::new())),
    ]
    .into();
    let threads =
        wf_spec.thread_specs.iter().filter(|(name, _)| **name == wf_spec.entrypoint_thread_name);
    let threads = threads.map(|(name, spec)| {
        let variable_defs = spec.variable_defs.clone();
        (name.clone(), ThreadSpec { nodes: nodes.clone(), variable_defs, ..ThreadSpec::default() })
    });
    WfSpec { thread_specs: threads.collect(), ..wf_spec.clone() }
}

fn put_wf_spec(cluster: &Cluster, wf_spec: &WfSpec, deployed: &mut Deployed) -> Result<()> {
    let name = &wf_spec.name;
    let before = cluster.find("GetLatestWfSpec", &json!({ "name": name }))?;
    let request = write_put_wf_spec_request(wf_spec);
    let put = match cluster.call("PutWfSpec", &request) {
        Ok(put) => put,
        Err(Error::Refused {
            code: code @ (Code::InvalidArgument | Code::FailedPrecondition | Code::AlreadyExists),
            message,
            ..
        }) => {
            deployed.rejected = Some((code, message));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let id = put.get("id").cloned().unwrap_or_else(|| json!({ "name": name }));
    let what = match before {
        None => Put::New,
        Some(before) if before.get("id") == Some(&id) => Put::Same,
        Some(_) => Put::Newer,
    };
    until_known(cluster, "GetWfSpec", &id)?;
    deployed.puts.push(("WfSpec", name.clone(), what));
    deployed.wf_spec = Some(id);
    Ok(())
}

fn until_known(cluster: &Cluster, method: &'static str, id: &Json) -> Result<()> {
    for _ in 0..LOOKS {
        if cluster.find(method, id)?.is_some() {
            return Ok(());
        }
        cluster.wait(SPREADING);
    }
    // What needs it says so.
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Code, Deployed, Put};

    #[test]
    fn it_says_of_each_thing_what_became_of_it() {
        let puts = vec![
            ("TaskDef", "pack".to_owned(), Put::Same),
            ("TaskDef", "ship".to_owned(), Put::Conflict("other inputs".to_owned())),
        ];
        let deployed = Deployed {
            puts,
            rejected: Some((Code::InvalidArgument, "no".to_owned())),
            ..Deployed::default()
        };
        assert!(deployed.has_conflicts());
        assert_eq!(
            deployed.to_string(),
            "TaskDef pack: was there already, the same\n\
             TaskDef ship: is there already and is something else (other inputs)\n\
             the server refuses the WfSpec with INVALID_ARGUMENT: no\n"
        );
    }
}
