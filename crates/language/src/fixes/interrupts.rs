//! Interrupts: a handler of its own, and variables that a handler can't have.

use super::search::Search;
use crate::analysis::threads_in;
use crate::edit::Edit;
use crate::edits::layout::{declare, insert_entry, insert_into, remove_entry};

impl Search<'_, '_> {
    pub(super) fn own_handler(&mut self) {
        let Some((map, index)) = self.entry() else {
            return;
        };
        let Some(entry) = map.entries().get(index) else {
            return;
        };
        let name = format!("on-{}", entry.key);
        if let Some(edit) = declare(self.cst, "threads", &name, "[nop]") {
            let handler = Edit::replace(entry.value.from, entry.value.to, name.clone());
            self.add(format!("handle it in a new thread {name}"), [handler, edit]);
        }
    }

    /// A variable of a handler goes to the thread whose interrupt it handles.
    pub(super) fn move_variable(&mut self) {
        let Some((map, index)) = self.entry() else {
            return;
        };
        let Some(variable) = map.entries().get(index) else {
            return;
        };
        let Some(handler) = self.analysis.thread_at(self.from) else {
            return;
        };
        let workflow = self.analysis.workflow_at(self.from);
        let parent = threads_in(self.cst, workflow).find(|thread| {
            let interrupts = thread.value.get("interrupts");
            interrupts.is_some_and(|node| {
                node.entries().iter().any(|entry| entry.value.text() == Some(&handler.key))
            })
        });
        let Some(parent) = parent else { return };
        let written = self.cst.slice(variable.value.from, variable.value.to);
        let declared = match parent.value.entry("variables") {
            Some(variables) => insert_entry(self.cst, variables, None, &variable.key, written),
            None => {
                let value = format!("{{{}: {written}}}", variable.key);
                insert_into(self.cst, &parent.value, Some(&[]), "variables", &value)
            }
        };
        let whole = (map.entries().len() == 1).then(|| self.owner_of(map)).flatten();
        let removed = match whole {
            Some((owner, index)) => remove_entry(self.cst, owner, index),
            None => remove_entry(self.cst, map, index),
        };
        if let (Some(declared), Some(removed)) = (declared, removed) {
            self.add(
                format!("move {} to thread {}", variable.key, parent.key),
                [declared, removed],
            );
        }
    }
}
