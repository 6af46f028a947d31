//! Recorded traces: what a real server did, step by step, in LittleHorse's own JSON; and whether the engine agrees.

use std::fmt;
use std::sync::Arc;

use halter_engine::{Program, RunState, Semantics, Unobserved};
use halter_spec::model::Document;
use halter_spec::{Diagnostic, Severity, proto_json};
use serde_json::{Map, Value as Json};

use crate::script;
use crate::step::step;

mod difference;
pub mod messages;
mod record;
mod state_json;

pub use difference::{Difference, differences};
pub use record::record;
pub use state_json::state_json;

/// On `passTime` the server's recorder waited that much longer than the trace says, in milliseconds.
const RECORDER_WAITS_LONGER: i64 = 1_500;

/// A recorded trace.
#[derive(Debug, Clone)]
pub struct Trace {
    /// Its name.
    pub name: String,
    /// The named deviations on which it differs from the documented rules; `None` if nobody listed them.
    pub deviations: Option<Vec<String>>,
    /// The code with which the server refused the spec.
    pub rejected: Option<String>,
    /// The spec and what it refers to; what is wrong with them if they can't be read or are refused.
    pub document: Result<Document, Vec<Diagnostic>>,
    /// The semantics under which Halter recorded it; `None`: a server did.
    played_under: Option<Semantics>,
    steps: Vec<Json>,
}

/// Where the engine and the server part.
#[derive(Debug, Clone)]
pub enum Mismatch {
    /// The server accepted the spec, the engine does not.
    Refused(Vec<Diagnostic>),
    /// The server refused the spec with this code, the engine does not.
    Accepted(String),
    /// At a step (from 0): the command and what is different.
    Step(usize, String, Vec<Difference>),
    /// The trace itself can't be played.
    Unplayable(String),
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mismatch::Refused(diagnostics) => {
                f.write_str("the server accepts the spec, Halter refuses it:")?;
                diagnostics.iter().try_for_each(|d| write!(f, "\n    {}: {}", d.code, d.message()))
            }
            Mismatch::Accepted(code) => {
                write!(f, "the server refuses the spec with {code}, Halter accepts it")
            }
            Mismatch::Step(index, command, differences) => {
                write!(f, "step {index}: {command}")?;
                differences.iter().try_for_each(|d| write!(f, "\n    {d}"))
            }
            Mismatch::Unplayable(why) => write!(f, "the trace can't be played: {why}"),
        }
    }
}

impl Trace {
    /// Reads a trace file.
    ///
    /// # Errors
    /// One sentence, if the text is no trace.
    pub fn read(text: &str) -> Result<Trace, String> {
        let Ok(Json::Object(trace)) = serde_json::from_str(text) else {
            return Err("the file is not a JSON object".to_owned());
        };
        let name =
            trace.get("name").and_then(Json::as_str).ok_or("the trace has no name")?.to_owned();
        let list = |key: &str| {
            trace.get(key).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
        };
        let deviations = trace.get("deviations").and_then(Json::as_array);
        Ok(Trace {
            deviations: deviations
                .map(|d| d.iter().filter_map(Json::as_str).map(str::to_owned).collect()),
            rejected: trace
                .get("rejected")
                .and_then(|r| r.get("code"))
                .and_then(Json::as_str)
                .map(str::to_owned),
            document: document(&trace),
            played_under: trace
                .get("semantics")
                .and_then(Json::as_str)
                .and_then(Semantics::from_name),
            steps: list("steps").to_vec(),
            name,
        })
    }

    /// Plays the trace: compares refusals and the whole state after every step.
    ///
    /// # Errors
    /// The first place where engine and server part.
    pub fn play(&self, semantics: Semantics) -> Result<(), Mismatch> {
        let document = match (&self.document, &self.rejected) {
            (Err(_), Some(_)) => return Ok(()),
            (Ok(_), Some(code)) => return Err(Mismatch::Accepted(code.clone())),
            (Err(diagnostics), None) => return Err(Mismatch::Refused(diagnostics.clone())),
            (Ok(document), None) => document,
        };
        let program = Program::compile(document, semantics)
            .map_err(|e| Mismatch::Unplayable(e.to_string()))?;
        let mut state = RunState::default();
        for (index, recorded) in self.steps.iter().enumerate() {
            let at_step = |why| Mismatch::Unplayable(format!("step {index}: {why}"));
            let command = self.command(recorded).map_err(at_step)?;
            state = play_step(&program, state, index, recorded, &command)?;
        }
        Ok(())
    }

    /// The semantics under which it must match: those under which Halter recorded it; of a server's trace the
    /// server's, and the documented rules if no deviation is listed.
    #[must_use]
    pub fn semantics(&self) -> Vec<Semantics> {
        if let Some(semantics) = self.played_under {
            return vec![semantics];
        }
        let agrees = self.deviations.as_ref().is_some_and(Vec::is_empty);
        let documented = agrees.then_some(Semantics::DOCUMENTED);
        std::iter::once(Semantics::SERVER_1_2).chain(documented).collect()
    }

    /// The commands of the trace.
    ///
    /// # Errors
    /// One sentence, if one of them can't be read.
    pub fn commands(&self) -> Result<Vec<halter_engine::Command>, String> {
        self.steps.iter().map(|recorded| self.command(recorded)).collect()
    }

    /// The command of a step.
    fn command(&self, recorded: &Json) -> Result<halter_engine::Command, String> {
        let line = recorded.get("do").unwrap_or(&Json::Null);
        let mut command = script::read_command(line, &|_| Arc::from(""))?;
        if let halter_engine::Command::PassTime(ms) = &mut command
            && self.played_under.is_none()
        {
            *ms = ms.saturating_add(RECORDER_WAITS_LONGER);
        }
        Ok(command)
    }
}

/// The document of a trace: each part in LittleHorse's own JSON.
fn document(trace: &Map<String, Json>) -> Result<Document, Vec<Diagnostic>> {
    let wf_spec =
        proto_json::read_wf_spec(&trace.get("wfSpec").unwrap_or(&Json::Null).to_string())?;
    let mut document = Document { wf_spec, ..Document::default() };
    let texts = |key: &str| -> Vec<String> {
        trace.get(key).and_then(Json::as_array).into_iter().flatten().map(Json::to_string).collect()
    };
    for text in texts("taskDefs") {
        document.task_defs.extend([proto_json::read_task_def(&text)?]);
    }
    for text in texts("externalEventDefs") {
        document.external_event_defs.extend([proto_json::read_external_event_def(&text)?]);
    }
    for text in texts("userTaskDefs") {
        document.user_task_defs.extend([proto_json::read_user_task_def(&text)?]);
    }
    for text in texts("workflowEventDefs") {
        document.workflow_event_defs.extend([proto_json::read_workflow_event_def(&text)?]);
    }
    for text in texts("structDefs") {
        document.struct_defs.extend([proto_json::read_struct_def(&text)?]);
    }
    for text in texts("workflows") {
        let wf_spec = proto_json::read_wf_spec(&text)?;
        document.workflows.insert(wf_spec.name.clone(), wf_spec);
    }
    if let Some(most) = trace.get("maxThreadRuns") {
        document.max_thread_runs = Some(proto_json::read_max_thread_runs(&most.to_string())?);
    }
    let diagnostics = halter_spec::validate(&document);
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        Err(diagnostics)
    } else {
        Ok(document)
    }
}

/// Plays one recorded step.
fn play_step(
    program: &Program,
    state: RunState,
    index: usize,
    recorded: &Json,
    command: &halter_engine::Command,
) -> Result<RunState, Mismatch> {
    let (state, outcome) = step(program, state, command, &mut Unobserved);
    let refused = recorded.get("refused").and_then(|r| r.get("code")).and_then(Json::as_str);
    let refusal = outcome.err();
    let mut found = Vec::new();
    if refused != refusal.as_ref().map(|r| r.code.name()) {
        found.push(Difference {
            path: "refused".to_owned(),
            recorded: refused.unwrap_or("no").to_owned(),
            played: refusal.map_or_else(|| "no".to_owned(), |r| r.to_string()),
        });
    }
    found.extend(differences(
        recorded.get("then").unwrap_or(&Json::Null),
        &state_json(program, &state),
    ));
    if found.is_empty() {
        Ok(state)
    } else {
        let line = recorded.get("do").map(Json::to_string).unwrap_or_default();
        Err(Mismatch::Step(index, line, found))
    }
}
