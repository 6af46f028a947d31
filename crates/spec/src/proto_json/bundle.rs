//! A WfSpec with its definitions and commands in one JSON object, as the recorded traces have them.

use serde_json::Value as SerdeJson;

use super::nodes::serde_of;
use super::reader::Reader;
use crate::code::Code;
use crate::grammar::LONG_COMMANDS;
use crate::model::{Document, MOST_THREAD_RUNS};
use crate::tree::Tree;

impl Reader {
    /// `{"wfSpec": …, "taskDefs": […], "externalEventDefs": […], …, "maxThreadRuns": …,
    /// "steps": [{"do": …}]}`.
    pub(crate) fn bundle(&mut self, tree: &Tree) -> Option<Document> {
        let mut message = self.message(tree, "trace")?;
        let spec = message.field("wfSpec")?;
        let mut document = Document { wf_spec: self.wf_spec(spec)?, ..Document::default() };
        for tree in self.list(&mut message, "taskDefs") {
            document.task_defs.extend(self.task_def(tree));
        }
        for tree in self.list(&mut message, "externalEventDefs") {
            document.external_event_defs.extend(self.external_event_def(tree));
        }
        for tree in self.list(&mut message, "userTaskDefs") {
            document.user_task_defs.extend(self.user_task_def(tree));
        }
        for tree in self.list(&mut message, "workflowEventDefs") {
            document.workflow_event_defs.extend(self.workflow_event_def(tree));
        }
        for tree in self.list(&mut message, "structDefs") {
            document.struct_defs.extend(self.struct_def(tree));
        }
        if let Some(most) = message.field("maxThreadRuns") {
            document.max_thread_runs = self.max_thread_runs(most);
        }
        for step in self.list(&mut message, "steps") {
            document.script.extend(step.get("do").and_then(|tree| self.command(tree)));
        }
        for known in
            ["name", "title", "rule", "deviations", "rejected", "recordedFrom", "semantics"]
        {
            message.field(known);
        }
        self.finish(message);
        Some(document)
    }

    /// How many ThreadRuns the server would hold, if it was set to another number than it comes with.
    pub(super) fn max_thread_runs(&mut self, tree: &Tree) -> Option<u32> {
        let number = self.integer_of(tree, "maxThreadRuns")?;
        let fits = u32::try_from(number).ok().filter(|n| (1..=MOST_THREAD_RUNS).contains(n));
        if fits.is_none() {
            let message = format!("\"maxThreadRuns\" is a number from 1 to {MOST_THREAD_RUNS}.");
            self.error(Code::Number, tree.span, message);
        }
        fits
    }

    /// A command: as a source has it at length. A script that can't be played is none.
    fn command(&mut self, tree: &Tree) -> Option<SerdeJson> {
        match tree.map() {
            Some([command]) if LONG_COMMANDS.contains(&command.key.as_str()) => {
                if command.value.map().is_some() {
                    return Some(serde_of(tree));
                }
                self.expected(&command.value, &command.key, "a map");
            }
            _ => {
                let message = format!(
                    "A command is an object with one of these: {}.",
                    LONG_COMMANDS.join(", ")
                );
                self.error(Code::UnknownCommand, tree.span, message);
            }
        }
        None
    }
}
