//! A WfRun as the cluster has it at one time, in LittleHorse's own messages; and when it has come to rest.

use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::client::Cluster;
use crate::error::{Error, Result};

/// What is not looked at more often.
const EVERY: Duration = Duration::from_millis(50);

/// What does not change for so long is taken to be at rest: commands are worked off within a few milliseconds.
const AT_REST: Duration = Duration::from_millis(300);

/// How long it may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(30);

/// A WfRun and all that belongs to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Snapshot {
    /// The WfRun; null if there is none.
    pub(crate) wf_run: Json,
    /// By thread and position.
    pub(crate) node_runs: Vec<Json>,
    pub(crate) task_runs: Vec<Json>,
    pub(crate) user_task_runs: Vec<Json>,
    pub(crate) variables: Vec<Json>,
    pub(crate) external_events: Vec<Json>,
    /// The WfRuns of other WfSpecs that its NodeRuns started.
    pub(crate) child_wf_runs: Vec<Json>,
}

impl Snapshot {
    /// What is there now.
    pub(crate) fn take(cluster: &Cluster, id: &str) -> Result<Self> {
        let Some(wf_run) = cluster.find("GetWfRun", &json!({ "id": id }))? else {
            return Ok(Self::default());
        };
        let mut node_runs = cluster.list("ListNodeRuns", id)?;
        node_runs.sort_by_key(place);
        let mut child_wf_runs = Vec::new();
        for child in node_runs.iter().filter_map(started_wf_run) {
            child_wf_runs.extend(cluster.find("GetWfRun", child)?);
        }
        Ok(Self {
            wf_run,
            node_runs,
            task_runs: cluster.list("ListTaskRuns", id)?,
            user_task_runs: cluster.list("ListUserTaskRuns", id)?,
            variables: cluster.list("ListVariables", id)?,
            external_events: cluster.list("ListExternalEvents", id)?,
            child_wf_runs,
        })
    }

    /// What is there once nothing changes any more.
    pub(crate) fn at_rest(cluster: &Cluster, id: &str) -> Result<Self> {
        let started = Instant::now();
        let mut last = Self::take(cluster, id)?;
        let mut since = Instant::now();
        while since.elapsed() < AT_REST {
            if started.elapsed() > PATIENCE {
                return Err(Error::Restless { id: id.to_owned(), seconds: PATIENCE.as_secs() });
            }
            cluster.wait(EVERY);
            let now = Self::take(cluster, id)?;
            if now != last {
                last = now;
                since = Instant::now();
            }
        }
        Ok(last)
    }

    /// The NodeRun at a place.
    pub(crate) fn node_run(&self, thread: u64, position: u64) -> Option<&Json> {
        self.node_runs.iter().find(|run| place(run) == (thread, position))
    }

    /// The TaskRun of a NodeRun, if it has one.
    pub(crate) fn task_run(&self, node_run: &Json) -> Option<&Json> {
        let id = node_run.get("task")?.get("taskRunId")?;
        self.task_runs.iter().find(|run| run.get("id") == Some(id))
    }

    /// The WfRun that a NodeRun started, if it started one.
    pub(crate) fn child_wf_run(&self, node_run: &Json) -> Option<&Json> {
        let id = started_wf_run(node_run)?;
        self.child_wf_runs.iter().find(|run| run.get("id") == Some(id))
    }

    /// The UserTaskRun of a NodeRun, if it has one.
    pub(crate) fn user_task_run(&self, node_run: &Json) -> Option<&Json> {
        let id = node_run.get("userTask")?.get("userTaskRunId")?;
        self.user_task_runs.iter().find(|run| run.get("id") == Some(id))
    }
}

/// The id of the WfRun that a NodeRun started, if it started one.
pub(crate) fn started_wf_run(node_run: &Json) -> Option<&Json> {
    node_run.get("runChildWf")?.get("childWfRunId")
}

/// Thread and position of a NodeRun; what is left out is 0.
pub(crate) fn place(node_run: &Json) -> (u64, u64) {
    let id = node_run.get("id").unwrap_or(&Json::Null);
    (number(id, "threadRunNumber"), number(id, "position"))
}

/// A number that is left out is 0.
pub(crate) fn number(of: &Json, key: &str) -> u64 {
    of.get(key).and_then(Json::as_u64).unwrap_or(0)
}
