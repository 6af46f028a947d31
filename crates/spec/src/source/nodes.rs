//! Nodes and edges one by one, for graphs that statements can't say.

use indexmap::IndexMap;

use super::Source;
use super::graph::Graph;
use crate::code::Code;
use crate::grammar::{self, Form, StepWord};
use crate::model::{Edge, Node, NodeKind, VariableMutation};
use crate::names::similar;
use crate::place::At;
use crate::proto_json::Reader;
use crate::tree::{Entry, Tree, span_between};

impl Source {
    /// `nodes: {first: {entrypoint: , next: second}, …}`.
    pub(super) fn nodes(&mut self, tree: &Tree, graph: &mut Graph) -> IndexMap<String, Node> {
        let Some(entries) = tree.map() else {
            self.expected(tree, "nodes", "a map from the names of nodes to what they do");
            return IndexMap::new();
        };
        // Steps refer to outputs of any other node.
        graph.nodes.clear();
        for entry in entries {
            let node = Node {
                kind: NodeKind::Nop,
                outgoing_edges: Vec::new(),
                failure_handlers: Vec::new(),
                at: At(entry.key_span),
            };
            graph.nodes.insert(entry.key.clone(), node);
        }
        let mut nodes = IndexMap::new();
        for entry in entries {
            if let Some(node) = self.node(entry, graph) {
                nodes.insert(entry.key.clone(), node);
            }
        }
        nodes
    }

    fn node(&mut self, entry: &Entry, graph: &Graph) -> Option<Node> {
        let at = At(span_between(entry.key_span, entry.value.span));
        if entry.value.tag.as_deref() == Some("proto") {
            return self.proto(&entry.value, |reader, tree| reader.node(tree, at));
        }
        if matches!(entry.value.text(), Some("exit" | "nop" | "entrypoint")) {
            let kind = match entry.value.text() {
                Some("nop") => NodeKind::Nop,
                Some("entrypoint") => NodeKind::Entrypoint,
                _ => NodeKind::Exit(crate::model::ExitNode::default()),
            };
            return Some(Node {
                kind,
                outgoing_edges: Vec::new(),
                failure_handlers: Vec::new(),
                at,
            });
        }
        if entry.value.get("entrypoint").is_some() {
            let keys = grammar::ENTRYPOINT.keys;
            let mut fields = self.fields_of(&entry.value, &entry.key, keys)?;
            fields.take("entrypoint");
            let next = fields.take("next");
            self.finish(fields);
            let outgoing_edges = next.map_or_else(Vec::new, |next| self.edges(next, graph));
            return Some(Node {
                kind: NodeKind::Entrypoint,
                outgoing_edges,
                failure_handlers: Vec::new(),
                at,
            });
        }
        let entries = entry.value.map().unwrap_or_default();
        let steps = || {
            let all = grammar::STATEMENTS.iter();
            all.filter(|statement| statement.form != Form::Structure)
        };
        let found = steps().find(|statement| entry.value.get(statement.key.name).is_some());
        let Some(statement) = found else {
            // A value that is no map says so itself.
            self.fields_of(&entry.value, &entry.key, &[])?;
            let words = || steps().map(|known| known.key.name).chain(["entrypoint"]);
            let hint = entries
                .iter()
                .find_map(|entry| similar(&entry.key, words()))
                .map_or_else(String::new, |meant| format!(" Did you mean \"{meant}\"?"));
            let message = format!("The node \"{}\" does not say what it does.{hint}", entry.key);
            self.error(Code::Missing, entry.key_span, message);
            return None;
        };
        let keys = statement.node_keys();
        let mut fields = self.fields_of(&entry.value, &entry.key, keys)?;
        let next = fields.take("next");
        let word = statement.key.name;
        let value = fields.take(word)?;
        let step = StepWord::from_name(word)?;
        let step = self.step(step, &value.value, &mut fields, graph);
        let into = fields.take("into").map(|into| self.node_into(&into.value, &entry.key, graph));
        self.finish(fields);
        let mut outgoing_edges = next.map_or_else(Vec::new, |next| self.edges(next, graph));
        if let Some(into) = into {
            for edge in &mut outgoing_edges {
                edge.variable_mutations.splice(0..0, into.iter().cloned());
            }
        }
        let step = step?;
        Some(Node { kind: step.kind, outgoing_edges, failure_handlers: step.failure_handlers, at })
    }

    fn node_into(&mut self, tree: &Tree, node: &str, graph: &Graph) -> Vec<VariableMutation> {
        self.into(tree, node, graph)
    }

    /// `next: name`, or a list of names and of `{to: name, if: …, set: …}`.
    fn edges(&mut self, entry: &Entry, graph: &Graph) -> Vec<Edge> {
        match entry.value.list() {
            Some(items) => items.iter().filter_map(|item| self.edge(item, graph)).collect(),
            None if entry.value.is_null() => Vec::new(),
            None => self.edge(&entry.value, graph).into_iter().collect(),
        }
    }

    fn edge(&mut self, tree: &Tree, graph: &Graph) -> Option<Edge> {
        if tree.tag.as_deref() == Some("proto") {
            return self.proto(tree, Reader::edge);
        }
        if tree.text().is_some() {
            let sink_node_name = self.name(tree, "next")?;
            return Some(Edge { sink_node_name, at: tree.at(), ..Edge::default() });
        }
        let mut fields = self.fields(tree, &grammar::EDGE)?;
        let sink = self.required_name(&mut fields, "to");
        let condition = fields.take("if").and_then(|entry| self.condition(&entry.value, graph));
        let variable_mutations = match fields.take("set") {
            Some(entry) => self.mutations(&entry.value, graph),
            None => Vec::new(),
        };
        self.finish(fields);
        Some(Edge { sink_node_name: sink?, condition, variable_mutations, at: tree.at() })
    }
}
