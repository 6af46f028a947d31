//! Nodes of threads that are written as `nodes`, with edges.

use super::layout::{fresh, insert_entry, remove_entry};
use super::{Refusal, Sheet, StepPlace, not_here, unknown};
use crate::analysis::is_flow;
use crate::cst::{Entry, Node};
use crate::edit::Edit;

/// Where the names stand to which the edges of a node lead.
fn sinks(node: &Entry) -> Vec<&Node> {
    let Some(next) = node.value.get("next") else {
        return Vec::new();
    };
    let of = |edge: &'_ Node| -> Option<(usize, usize)> {
        match edge.text() {
            Some(_) => Some((edge.from, edge.to)),
            None => edge.get("to").map(|to| (to.from, to.to)),
        }
    };
    let mut found = Vec::new();
    if of(next).is_some() {
        found.push(next.get("to").unwrap_or(next));
    }
    for item in next.items() {
        found.extend(if item.value.text().is_some() {
            Some(&item.value)
        } else {
            item.value.get("to")
        });
    }
    found
}

impl<'c> Sheet<'c> {
    fn nodes(&self, thread: &str) -> Result<&'c Entry, Refusal> {
        match self.thread(thread)?.value.entry("nodes") {
            Some(nodes) => Ok(nodes),
            None => unknown("node in thread", thread),
        }
    }

    fn node_entry(&self, thread: &str, name: &str) -> Result<&'c Entry, Refusal> {
        match self.nodes(thread)?.value.entry(name) {
            Some(entry) => Ok(entry),
            None => unknown("node", name),
        }
    }

    /// The place of the name to which an edge leads: that edge's, or the only one's.
    fn edge(&self, thread: &str, from: &str, to: Option<&str>) -> Result<&'c Node, Refusal> {
        let entry = self.node_entry(thread, from)?;
        let all = sinks(entry);
        let found = match to {
            Some(to) => all.into_iter().find(|sink| sink.text() == Some(to)),
            None if all.len() > 1 => {
                return not_here("Several edges leave this node: choose one of them.");
            }
            None => all.first().copied(),
        };
        match found {
            Some(found) => Ok(found),
            None => not_here("No edge leaves this node there."),
        }
    }

    fn place(&self, thread: &str, place: &StepPlace) -> Result<(&'c str, &'c Node), Refusal> {
        let nodes = self.nodes(thread)?;
        let (from, to) = match place {
            StepPlace::Start => {
                let all = nodes.value.entries();
                let first = all.iter().find(|entry| {
                    entry.value.get("entrypoint").is_some()
                        || entry.value.text() == Some("entrypoint")
                });
                match first {
                    Some(first) => (first.key.as_str(), None),
                    None => return not_here("This thread has no ENTRYPOINT."),
                }
            }
            StepPlace::After(node) => (node.as_str(), None),
            StepPlace::Between(from, to) => (from.as_str(), Some(to.as_str())),
        };
        let sink = self.edge(thread, from, to)?;
        Ok((&self.node_entry(thread, from)?.key, sink))
    }

    pub(super) fn insert_node(
        &self,
        thread: &str,
        place: &StepPlace,
        kind: &str,
    ) -> Result<Vec<Edit>, Refusal> {
        if matches!(kind, "if" | "while" | "set") {
            return not_here("In nodes and edges, conditions and changes stand at the edges.");
        }
        let nodes = self.nodes(thread)?;
        let (from, sink) = self.place(thread, place)?;
        let next = self.cst.slice(sink.from, sink.to);
        let name = fresh(kind, |name| nodes.value.entry(name).is_some());
        let mut draft = self.draft(thread, kind)?;
        let ends = matches!(kind, "fail" | "return" | "exit");
        if !ends {
            draft.lines.entries.push(("next".to_owned(), next.to_owned()));
        }
        let written = draft.lines.in_braces();
        let Some(edit) = insert_entry(self.cst, nodes, Some(&[from]), &name, &written) else {
            return not_here("Here no node can be added: write it by hand.");
        };
        let mut edits = vec![edit, Edit::replace(sink.from, sink.to, name)];
        edits.extend(draft.more);
        Ok(edits)
    }

    /// All names that lead to a node, and the node to which it leads itself.
    fn around(
        &self,
        thread: &str,
        name: &str,
    ) -> Result<(Vec<&'c Node>, Option<&'c Node>), Refusal> {
        let nodes = self.nodes(thread)?;
        let entry = self.node_entry(thread, name)?;
        if entry.value.get("entrypoint").is_some() {
            return not_here("A thread needs its ENTRYPOINT.");
        }
        let own = sinks(entry);
        if own.len() > 1 {
            return not_here("Several edges leave this node: take them away first.");
        }
        let others = nodes.value.entries().iter().filter(|other| other.key != name);
        let leading = others.flat_map(sinks).filter(|sink| sink.text() == Some(name)).collect();
        Ok((leading, own.first().copied()))
    }

    pub(super) fn delete_node(&self, thread: &str, name: &str) -> Result<Vec<Edit>, Refusal> {
        let nodes = self.nodes(thread)?;
        let (leading, next) = self.around(thread, name)?;
        if next.is_none() && !leading.is_empty() {
            return not_here(
                "Edges lead to this end of the thread: let them lead elsewhere first.",
            );
        }
        let next = next.map_or("", |next| self.cst.slice(next.from, next.to));
        let mut edits: Vec<Edit> =
            leading.into_iter().map(|sink| Edit::replace(sink.from, sink.to, next)).collect();
        let all = nodes.value.entries();
        let index = all.iter().position(|entry| entry.key == name);
        match index.and_then(|index| remove_entry(self.cst, &nodes.value, index)) {
            Some(edit) => edits.push(edit),
            None => return not_here("This node can't be taken away here."),
        }
        Ok(edits)
    }

    pub(super) fn move_node(
        &self,
        thread: &str,
        name: &str,
        place: &StepPlace,
    ) -> Result<Vec<Edit>, Refusal> {
        let (from, sink) = self.place(thread, place)?;
        if from == name || sink.text() == Some(name) {
            return Ok(Vec::new());
        }
        let (leading, next) = self.around(thread, name)?;
        let Some(next) = next else {
            return not_here("No edge leaves this node: it can't stand between two others.");
        };
        let after = self.cst.slice(next.from, next.to);
        let new_next = self.cst.slice(sink.from, sink.to);
        let mut edits: Vec<Edit> = leading
            .into_iter()
            .map(|leading| Edit::replace(leading.from, leading.to, after))
            .collect();
        edits.push(Edit::replace(sink.from, sink.to, name));
        edits.push(Edit::replace(next.from, next.to, new_next));
        if is_flow(sink) {
            return not_here("This edge is written so that it can't be changed here.");
        }
        Ok(edits)
    }
}
