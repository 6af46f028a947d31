//! A WfRun as the cluster has it at one time, in LittleHorse's own messages; and when it has come to rest.

use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

pub(crate) use halter_session::trace::messages::{Messages as Snapshot, number, place};
use halter_session::trace::messages::{PlayedChild, started_wf_run, text};

use crate::client::Cluster;
use crate::error::{Error, Result};

/// What is not looked at more often.
const EVERY: Duration = Duration::from_millis(50);

/// What does not change for so long is taken to be at rest: commands are worked off within a few milliseconds.
pub(crate) const AT_REST: Duration = Duration::from_millis(300);

/// How long it may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is there now, of the WfRun with this id and of those of its child WfRuns that are played: they run one of these
/// WfSpecs.
pub(crate) fn take(cluster: &Cluster, id: &Json, played: &[String]) -> Result<Snapshot> {
    let Some(wf_run) = cluster.find("GetWfRun", id)? else {
        // Events may be there before their WfRun.
        let external_events = cluster.list("ListExternalEvents", id)?;
        return Ok(Snapshot { external_events, ..Snapshot::default() });
    };
    let mut node_runs = cluster.list("ListNodeRuns", id)?;
    node_runs.sort_by_key(place);
    let mut child_wf_runs = Vec::new();
    let mut children = Vec::new();
    for node_run in &node_runs {
        let Some(child) = started_wf_run(node_run) else { continue };
        child_wf_runs.extend(cluster.find("GetWfRun", child)?);
        let wf_spec = node_run.get("runChildWf").and_then(|run| run.get("wfSpecId"));
        let wf_spec = wf_spec.map_or("", |spec| text(spec, "name"));
        if let Some(index) = played.iter().position(|name| name == wf_spec) {
            let below = played.get(index + 1..).unwrap_or_default();
            let run = take(cluster, child, below)?;
            children.push(PlayedChild { started_by: place(node_run), run });
        }
    }
    Ok(Snapshot {
        wf_run,
        node_runs,
        task_runs: cluster.list("ListTaskRuns", id)?,
        user_task_runs: cluster.list("ListUserTaskRuns", id)?,
        variables: cluster.list("ListVariables", id)?,
        external_events: cluster.list("ListExternalEvents", id)?,
        child_wf_runs,
        played: children,
    })
}

/// A correlated event comes to whom it is for some time later, by a way of its own.
pub(crate) const AT_REST_WHEN_CORRELATED: Duration = Duration::from_millis(2_500);

/// What is there once nothing has changed for that long.
pub(crate) fn at_rest(
    cluster: &Cluster,
    id: &str,
    played: &[String],
    quiet: Duration,
) -> Result<Snapshot> {
    let wf_run = json!({ "id": id });
    let started = Instant::now();
    let mut last = take(cluster, &wf_run, played)?;
    let mut since = Instant::now();
    while since.elapsed() < quiet {
        if started.elapsed() > PATIENCE {
            return Err(Error::Restless { id: id.to_owned(), seconds: PATIENCE.as_secs() });
        }
        cluster.wait(EVERY);
        let now = take(cluster, &wf_run, played)?;
        if now != last {
            last = now;
            since = Instant::now();
        }
    }
    Ok(last)
}
