//! What is done with the form of a user task while it waits.

use super::Source;
use super::graph::Graph;
use crate::code::Code;
use crate::grammar;
use crate::model::{GivenAction, UserTaskAction, UserTaskActionKind, UserTaskHook};
use crate::proto_json::Reader;
use crate::tree::Tree;

/// When the time of an action begins.
const HOOKS: [(&str, UserTaskHook); 2] =
    [("arrival", UserTaskHook::OnArrival), ("assignment", UserTaskHook::OnTaskAssigned)];

impl Source {
    pub(super) fn actions(&mut self, tree: &Tree, graph: &Graph) -> Vec<GivenAction> {
        let Some(items) = tree.list() else {
            self.expected(tree, "actions", "a list of {cancel: , after: …}");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.given_action(item, graph)).collect()
    }

    fn given_action(&mut self, tree: &Tree, graph: &Graph) -> Option<GivenAction> {
        let keys = tree.map().unwrap_or_default().iter().map(|entry| entry.key.as_str());
        if tree.tag.as_deref() == Some("proto") || grammar::is_proto_action(keys) {
            return self.proto(tree, |reader: &mut Reader, tree| Some(reader.given_action(tree)));
        }
        let mut fields = self.fields(tree, &grammar::ACTION)?;
        let after = match fields.take("after") {
            Some(entry) => self.assignment(&entry.value, graph),
            None => {
                self.missing(&fields, "after");
                None
            }
        };
        let hook = match fields.take("on") {
            Some(entry) => self.word(&entry.value, "on", &HOOKS)?,
            None => UserTaskHook::default(),
        };
        let kinds = (fields.take("cancel"), fields.take("reassign"), fields.take("task"));
        let kind = match kinds {
            (Some(entry), None, None) => {
                if !entry.value.is_null() {
                    self.expected(&entry.value, "cancel", "nothing");
                }
                Some(UserTaskActionKind::Cancel)
            }
            (None, Some(entry), None) => self.reassign(&entry.value, graph),
            (None, None, Some(entry)) => {
                let task = self.task(&entry.value, &mut fields, graph);
                task.map(|(_, task)| UserTaskActionKind::Task(task))
            }
            (None, None, None) => {
                let message = "An action of a user task has one of task, cancel and reassign.";
                self.error(Code::Missing, tree.span, message);
                None
            }
            _ => {
                let message = "An action of a user task has only one of task, cancel and reassign.";
                self.error(Code::OneOf, tree.span, message);
                None
            }
        };
        self.finish(fields);
        let action = UserTaskAction { hook, delay_seconds: after?, kind: kind? };
        Some(GivenAction::Read(Box::new(action)))
    }

    fn reassign(&mut self, tree: &Tree, graph: &Graph) -> Option<UserTaskActionKind> {
        let mut fields = self.fields(tree, &grammar::REASSIGN)?;
        let user_id = self.optional_assignment(&mut fields, "user", graph);
        let user_group = self.optional_assignment(&mut fields, "group", graph);
        self.finish(fields);
        Some(UserTaskActionKind::Reassign { user_id, user_group })
    }
}
