//! A WfSpec with its definitions and commands in one JSON object, as the recorded traces have them.

use super::nodes::serde_of;
use super::reader::Reader;
use crate::model::Document;
use crate::tree::Tree;

impl Reader {
    /// `{"wfSpec": …, "taskDefs": […], "externalEventDefs": […], …, "steps": [{"do": …}]}`.
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
        for step in self.list(&mut message, "steps") {
            document.script.extend(step.get("do").map(serde_of));
        }
        for known in
            ["name", "title", "rule", "deviations", "rejected", "recordedFrom", "semantics"]
        {
            message.field(known);
        }
        self.finish(message);
        Some(document)
    }
}
