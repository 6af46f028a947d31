//! A WfSpec with its definitions and commands in one JSON object, as the recorded traces have them.

use serde_json::Value as SerdeJson;

use super::nodes::serde_of;
use super::reader::{Message, Reader};
use crate::code::Code;
use crate::grammar::LONG_COMMANDS;
use crate::implied;
use crate::model::{Document, MOST_THREAD_RUNS};
use crate::tree::{Plain, Tree};

/// The fields that hold a WfRun as it was found.
pub(crate) const FOUND: [&str; 8] = [
    "state",
    "wfRun",
    "nodeRuns",
    "taskRuns",
    "userTaskRuns",
    "variables",
    "externalEvents",
    "childWfRuns",
];

/// The WfRun, as it is: a state in the form of the traces, or messages.
fn found(message: &mut Message<'_>) -> Option<SerdeJson> {
    let fields = FOUND.iter().filter_map(|name| Some((*name, message.field(name)?)));
    let fields: serde_json::Map<_, _> =
        fields.map(|(name, tree)| (name.to_owned(), serde_of(tree))).collect();
    match fields.get("state") {
        Some(state) => Some(state.clone()),
        None => (!fields.is_empty()).then_some(SerdeJson::Object(fields)),
    }
}

impl Reader {
    /// `{"wfSpec": …, "taskDefs": […], "externalEventDefs": […], …, "maxThreadRuns": …,
    /// "steps": [{"do": …}]}`; also a WfRun as it was found.
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
        for tree in self.list(&mut message, "workflows") {
            let workflow = self.wf_spec(tree);
            document.workflows.extend(workflow.map(|wf_spec| (wf_spec.name.clone(), wf_spec)));
        }
        if let Some(most) = message.field("maxThreadRuns") {
            document.max_thread_runs = self.max_thread_runs(most);
        }
        for step in self.list(&mut message, "steps") {
            document.script.extend(step.get("do").and_then(|tree| self.command(tree)));
        }
        document.found = found(&mut message);
        let is_found = document.found.is_some();
        if let Some(rebuilt) = message.field("rebuilt") {
            self.rebuilt(rebuilt, &mut document);
        }
        for known in [
            "name",
            "title",
            "rule",
            "deviations",
            "rejected",
            "recordedFrom",
            "semantics",
            "archivedThreadRuns",
        ] {
            message.field(known);
        }
        self.finish(message);
        // `lhctl` prints a WfSpec without what it refers to.
        if is_found {
            implied::declare(&mut document);
        }
        Some(document)
    }

    /// What `halter record` says must have come from outside. Where that leads to the same state, it is played, and all that
    /// happened is told; else the WfRun stands there as it was found.
    fn rebuilt(&mut self, tree: &Tree, document: &mut Document) {
        if tree.get("comesToTheSame").is_some_and(|same| same.as_plain() == Some(Plain::Bool(true)))
        {
            document.found = None;
            document.rebuilt = true;
            for command in tree.get("script").and_then(Tree::list).unwrap_or_default() {
                document.script.extend(self.command(command));
            }
        }
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
