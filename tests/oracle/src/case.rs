//! What is played: a source and a script, both of which can be made smaller.

use std::sync::Arc;

use halter_engine::command::Command;
use halter_engine::{Choice, Semantics, enabled};
use halter_session::{Sitting, script};
use halter_spec::model::Document;
use serde_json::Value as Json;

use crate::grow::{as_waited, come_together, is_soon, line_of, task_at};
use crate::source::Source;

/// A source with its script.
#[derive(Debug, Clone)]
pub struct Case {
    /// The source.
    pub source: Source,
    /// The commands, as recorded traces have them.
    pub script: Vec<Json>,
}

impl Case {
    /// The document, and the script as far as it fits: where steps are left out others stand in their places, so that a task is
    /// claimed where it now is. `None` if the source has errors, or time would pass by itself between two commands.
    pub fn fitted(&self) -> Option<(Arc<Document>, Vec<Json>)> {
        let document = Arc::new(self.source.document().ok()?);
        let mut sitting = Sitting::new(Arc::clone(&document), Semantics::SERVER_1_2).ok()?;
        let mut fitted = Vec::new();
        for (nth, line) in self.script.iter().enumerate() {
            let command = script::read(line, &sitting).ok()?;
            let last = nth + 1 == self.script.len();
            let Some(command) = fit(&sitting, command, line, last) else { continue };
            let waits = matches!(command, Command::PassTime(_));
            let soon = is_soon(sitting.program(), sitting.state());
            if soon && (!waits || come_together(sitting.state())) {
                return None;
            }
            let mut line_now = line_of(&sitting, &command);
            // A task keeps the name by which it is found where it is.
            if let Some(name) = line.get("claimTask").and_then(|body| body.get("taskDef")) {
                line_now["claimTask"]["taskDef"] = name.clone();
            }
            fitted.push(line_now);
            sitting.take(as_waited(command))?;
        }
        Some((document, fitted))
    }
}

/// The command, or the same at another place where that can come; the last one stays, as it may be one that is refused.
fn fit(sitting: &Sitting, command: Command, line: &Json, last: bool) -> Option<Command> {
    let choices = enabled(sitting.program(), sitting.state());
    let place = |of: fn(&Choice) -> Option<(u32, u32)>, wanted: (u32, u32), def: Option<&str>| {
        let all: Vec<(u32, u32)> = choices.iter().filter_map(of).collect();
        let fits = |place: &&(u32, u32)| {
            def.is_none_or(|def| task_at(sitting, place.0, place.1).is_some_and(|name| name == def))
        };
        let same = all.iter().find(|place| **place == wanted).filter(|place| fits(place));
        same.or_else(|| all.iter().find(fits)).copied().or(last.then_some(wanted))
    };
    let def = line.pointer("/claimTask/taskDef").and_then(Json::as_str);
    Some(match command {
        Command::ClaimTask(thread, position) => {
            let claims = |choice: &Choice| match choice {
                Choice::ClaimTask(thread, position) => Some((*thread, *position)),
                _ => None,
            };
            let (thread, position) = place(claims, (thread, position), def)?;
            Command::ClaimTask(thread, position)
        }
        Command::ReportTask(thread, position, result) => {
            let reports = |choice: &Choice| match choice {
                Choice::ReportTask(thread, position) => Some((*thread, *position)),
                _ => None,
            };
            let (thread, position) = place(reports, (thread, position), None)?;
            Command::ReportTask(thread, position, result)
        }
        Command::ReportChildWf(thread, position, result) => {
            let ends = |choice: &Choice| match choice {
                Choice::ReportChildWf(thread, position) => Some((*thread, *position)),
                _ => None,
            };
            let (thread, position) = place(ends, (thread, position), None)?;
            Command::ReportChildWf(thread, position, result)
        }
        Command::CompleteUserTask(thread, position, results) => {
            let (thread, position) = place(forms, (thread, position), None)?;
            Command::CompleteUserTask(thread, position, results)
        }
        Command::CancelUserTask(thread, position) => {
            let (thread, position) = place(forms, (thread, position), None)?;
            Command::CancelUserTask(thread, position)
        }
        Command::PostEvent { def, guid, content, thread, position } => {
            sitting.program().event(&def)?;
            Command::PostEvent { def, guid, content, thread, position }
        }
        other => other,
    })
}

fn forms(choice: &Choice) -> Option<(u32, u32)> {
    match choice {
        Choice::CompleteUserTask(thread, position) => Some((*thread, *position)),
        _ => None,
    }
}
