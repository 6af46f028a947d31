//! What is missing is written: keys, inputs, arguments, the start of a thread.

use halter_spec::About;
use halter_spec::about::Missing;
use halter_spec::grammar::NameKind;

use super::search::{Search, types_in};
use crate::analysis::{Name, threads_in, whole};
use crate::cst::Node;
use crate::edit::Edit;
use crate::edits::layout::{insert_entry, insert_into, remove_entry};
use crate::edits::literal;

impl Search<'_, '_> {
    pub(super) fn missing(&mut self, about: &About) {
        let About::Missing(missing) = about else { return };
        let key = match missing {
            Missing::WorkflowName => {
                let edit =
                    insert_into(self.cst, &self.cst.root, Some(&[]), "workflow", "my-workflow");
                self.add("name the workflow", edit);
                return;
            }
            Missing::Threads => {
                let edit =
                    insert_into(self.cst, &self.cst.root, None, "threads", "\n  main:\n    - nop");
                self.add("add a thread", edit);
                return;
            }
            Missing::Input(name) => {
                self.missing_input(name);
                return;
            }
            Missing::Key { key, .. } => key.as_str(),
            // LittleHorse's JSON is not edited here.
            Missing::Said(_) => return,
        };
        let value = match key {
            "then" | "do" => "[nop]",
            "if" => "true",
            "for-each" => "[1, 2, 3]",
            "type" => "STR",
            "to" => "exit",
            "name" => "something-wrong",
            _ => "text",
        };
        // The map that begins where the diagnostic is.
        if let Some((map, _)) = self.entry() {
            let edit = insert_into(self.cst, map, None, key, value);
            self.add(format!("add {key}"), edit);
        }
    }

    pub(super) fn missing_input(&mut self, name: &str) {
        let step = self.step();
        let task = step.and_then(|step| step.get("task")?.text()).unwrap_or_default();
        let inputs = self.analysis.inputs(task);
        let written = inputs.iter().find(|(input, _)| *input == name);
        let value = written
            .and_then(|(_, written)| types_in(written).first().copied())
            .map_or("text", literal);
        let edit = step
            .and_then(|step| step.entry("with"))
            .and_then(|with| insert_entry(self.cst, with, None, name, value));
        self.add(format!("add {name}"), edit);
    }

    pub(super) fn child_variables(&mut self, about: &About) {
        let Some(step) = self.step() else { return };
        match about {
            About::NeedsInput { variable: name, .. }
            | About::NeedsWfInput { variable: name, .. } => {
                let workflow = match about {
                    About::NeedsWfInput { workflow, .. } => workflow.clone(),
                    _ => self.analysis.workflow_at(self.from).to_owned(),
                };
                let wanted = Name { workflow, ..whole(NameKind::Variable, name) };
                let written = self.analysis.type_of(&wanted).unwrap_or_default();
                let value = types_in(written).first().copied().map_or("text", literal);
                let edit = match step.entry("with") {
                    Some(with) => insert_entry(self.cst, with, None, name, value),
                    None => {
                        insert_into(self.cst, step, None, "with", &format!("{{{name}: {value}}}"))
                    }
                };
                self.add(format!("give {name}"), edit);
            }
            About::NoSuchInput { variable: name, .. }
            | About::NoSuchWfInput { variable: name, .. } => {
                let Some(with) = step.get("with") else { return };
                let index = with.entries().iter().position(|entry| entry.key == *name);
                let edit = index.and_then(|index| remove_entry(self.cst, with, index));
                self.add(format!("remove {name}"), edit);
            }
            _ => {}
        }
    }

    /// As many arguments as the task has inputs.
    pub(super) fn arguments(&mut self) {
        let Some(step) = self.step() else { return };
        let Some(task) = step.get("task").and_then(Node::text) else {
            return;
        };
        let inputs = self.analysis.inputs(task);
        let given: Vec<&str> = step
            .get("with")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .map(|item| self.cst.slice(item.value.from, item.value.to))
            .collect();
        let values: Vec<String> = inputs
            .iter()
            .enumerate()
            .map(|(index, (_, written))| {
                let default = types_in(written).first().copied().map_or("text", literal);
                given.get(index).copied().unwrap_or(default).to_owned()
            })
            .collect();
        let value = format!("[{}]", values.join(", "));
        match step.entries().iter().position(|entry| entry.key == "with") {
            Some(index) if inputs.is_empty() => {
                let edit = remove_entry(self.cst, step, index);
                self.add("remove the arguments", edit);
            }
            Some(index) => {
                let with = step.entries().get(index).map(|entry| &entry.value);
                let edit = with.map(|with| Edit::replace(with.from, with.to, value));
                self.add("give all arguments", edit);
            }
            None => {
                let edit = insert_into(self.cst, step, None, "with", &value);
                self.add("give all arguments", edit);
            }
        }
    }

    pub(super) fn start_before(&mut self, about: &About) {
        let (About::NotStarted { thread } | About::NoNumberKept { thread }) = about else {
            return;
        };
        let workflow = self.analysis.workflow_at(self.from);
        let known = threads_in(self.cst, workflow).any(|entry| entry.key == *thread);
        let Some((_, _, item)) = self.step_item().filter(|_| known) else {
            return;
        };
        let indent = " ".repeat(self.cst.column(item.from));
        let line = format!("- start-thread: {thread}\n{indent}");
        self.add(format!("start {thread} before"), [Edit::insert(item.from, line)]);
    }
}
