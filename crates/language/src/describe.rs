//! What is known of a name, in words.

use std::collections::HashSet;

use halter_spec::grammar::NameKind;

use crate::analysis::{Analysis, Name, Use, all_threads, threads_in};
use crate::cst::{Entry, Node};

/// The entry whose key stands at an offset.
pub(crate) fn entry_at(node: &Node, offset: usize) -> Option<&Entry> {
    for entry in node.entries() {
        if entry.key_from <= offset && offset <= entry.key_to {
            return Some(entry);
        }
        if entry.value.from <= offset && offset <= entry.value.to {
            return entry_at(&entry.value, offset);
        }
    }
    node.items()
        .iter()
        .find(|item| item.value.from <= offset && offset <= item.value.to)
        .and_then(|item| entry_at(&item.value, offset))
}

impl<'c> Analysis<'c> {
    /// Where a name is declared; the first time, if several times.
    pub(crate) fn declaration(&self, wanted: &Name) -> Option<(usize, usize)> {
        self.names()
            .find(|(_, name, usage)| *usage == Use::Declares && *name == wanted)
            .map(|(spot, _, _)| (spot.from, spot.to))
    }

    /// What stands behind the key that declares a name.
    pub(crate) fn declared(&self, wanted: &Name) -> Option<&'c Entry> {
        let (from, _) = self.declaration(wanted)?;
        entry_at(&self.cst.root, from)
    }

    /// The child workflow in which an offset stands; empty: the document's own.
    pub(crate) fn workflow_at(&self, offset: usize) -> &'c str {
        let workflows = self.cst.root.get("workflows").map(Node::entries).unwrap_or_default();
        let at = workflows.iter().find(|entry| entry.key_from <= offset && offset <= entry.to());
        at.map_or("", |entry| &entry.key)
    }

    /// The thread in which an offset stands.
    pub(crate) fn thread_at(&self, offset: usize) -> Option<&'c Entry> {
        let all = all_threads(self.cst).map(|(_, thread)| thread);
        all.filter(|thread| thread.key_from <= offset)
            .last()
            .filter(|thread| offset <= thread.to().max(thread.key_to))
    }

    /// A thread of a workflow and those that may be its parents, and so on up.
    pub(crate) fn with_parents(&self, workflow: &str, thread: &str) -> Vec<&'c Entry> {
        let mut uses: Vec<(&str, &'c Entry)> = Vec::new();
        for (spot, name, usage) in self.names() {
            if name.kind == NameKind::Thread
                && name.workflow == workflow
                && usage == Use::Uses
                && let Some(user) = self.thread_at(spot.from)
            {
                uses.push((&name.name, user));
            }
        }
        let mut open: Vec<&'c Entry> =
            threads_in(self.cst, workflow).filter(|entry| entry.key == thread).collect();
        let mut seen: HashSet<&str> = open.iter().map(|entry| entry.key.as_str()).collect();
        let mut found = Vec::new();
        while let Some(entry) = open.pop() {
            found.push(entry);
            for (child, user) in &uses {
                if *child == entry.key && seen.insert(&user.key) {
                    open.push(user);
                }
            }
        }
        found
    }

    /// The variables that a thread sees, each with the thread that declares it; its own first.
    pub(crate) fn variables_in_scope(
        &self,
        workflow: &str,
        thread: &str,
    ) -> Vec<(Name, &'c Entry)> {
        let mut found: Vec<(Name, &'c Entry)> = Vec::new();
        for owner in self.with_parents(workflow, thread) {
            for (spot, name, usage) in self.names() {
                let inside = owner.key_from <= spot.from && spot.to <= owner.to();
                let shadowed = found.iter().any(|(known, _)| known.name == name.name);
                if name.kind == NameKind::Variable && usage == Use::Declares && inside && !shadowed
                {
                    found.push((name.clone(), owner));
                }
            }
        }
        found
    }

    /// The type of a variable, an input or a payload, as it is written.
    pub(crate) fn type_of(&self, name: &Name) -> Option<&'c str> {
        let entry = self.declared(name)?;
        let value = &entry.value;
        match value.text() {
            Some(_) => {
                let (from, to) = value.text_span();
                Some(self.cst.slice(from, to))
            }
            None => {
                let key = match name.kind {
                    NameKind::Event | NameKind::WorkflowEvent => "payload",
                    NameKind::Task => "returns",
                    _ => "type",
                };
                let (from, to) = value.get(key)?.text_span();
                Some(self.cst.slice(from, to))
            }
        }
    }

    /// The inputs of a task: their names and types.
    pub(crate) fn inputs(&self, task: &str) -> Vec<(&'c str, &'c str)> {
        let definition =
            self.cst.root.get("tasks").and_then(|tasks| tasks.get(task)?.get("inputs"));
        definition
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .map(|entry| {
                let value = entry.value.get("type").unwrap_or(&entry.value);
                let (from, to) = value.text_span();
                (entry.key.as_str(), self.cst.slice(from, to))
            })
            .collect()
    }

    /// What a name is, in a line: `charge(amount: DOUBLE) → STR`.
    pub(crate) fn signature(&self, name: &Name) -> String {
        let Name { kind, name: text, .. } = name;
        let written = self.type_of(name).filter(|found| !found.is_empty());
        match kind {
            NameKind::Task => {
                let inputs: Vec<String> = self
                    .inputs(text)
                    .iter()
                    .map(|(input, written)| format!("{input}: {written}"))
                    .collect();
                let returns = written.map_or_else(String::new, |found| format!(" → {found}"));
                format!("{text}({}){returns}", inputs.join(", "))
            }
            NameKind::UserTask => {
                let form = self.cst.root.get("user-tasks").and_then(|forms| forms.get(text));
                let fields: Vec<&str> = form
                    .map(Node::entries)
                    .unwrap_or_default()
                    .iter()
                    .map(|field| field.key.as_str())
                    .collect();
                format!("{text}: {}", fields.join(", "))
            }
            _ => match written {
                Some(written) => format!("{text}: {written}"),
                None => text.clone(),
            },
        }
    }
}
