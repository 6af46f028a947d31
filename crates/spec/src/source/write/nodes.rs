//! A thread as nodes and edges.

use super::expressions::{Outputs, Values};
use super::steps::{Started, Steps, failure_handlers};
use super::yaml::Out;
use crate::model::{Document, Edge, Node, NodeKind, ThreadSpec};
use crate::proto_json;

/// Every node is known by its name, and no thread by another than its variable.
struct ByName<'a>(&'a ThreadSpec);

impl Outputs for ByName<'_> {
    fn label(&self, node: &str) -> Option<String> {
        let plain = !node.contains(')') && node.trim() == node;
        (plain && self.0.nodes.contains_key(node)).then(|| node.to_owned())
    }

    fn node(&self, label: &str) -> Option<String> {
        self.0.nodes.contains_key(label).then(|| label.to_owned())
    }
}

impl Started for ByName<'_> {
    fn name(&self, _variable: &str) -> Option<(String, bool)> {
        None
    }
}

/// The nodes of a thread, in the order in which they are reached; `as_json`: as LittleHorse's own JSON.
pub(super) fn thread(document: &Document, spec: &ThreadSpec, as_json: bool) -> Out {
    let names = ByName(spec);
    let mut entries = Vec::new();
    for name in order(spec) {
        let Some(node) = spec.nodes.get(name) else {
            continue;
        };
        let out = if as_json {
            Out::proto(&proto_json::write_node(node))
        } else {
            self::node(document, &names, name, node)
        };
        entries.push((name.to_owned(), out));
    }
    Out::Block(entries)
}

fn node(document: &Document, names: &ByName<'_>, name: &str, node: &Node) -> Out {
    let mut steps =
        Steps { document, values: Values { outputs: names, own: None }, started: names };
    let Some(mut entries) = steps.step(name, &node.kind) else {
        if !node.failure_handlers.is_empty() {
            return Out::proto(&proto_json::write_node(node));
        }
        if node.outgoing_edges.is_empty() {
            return Out::text("entrypoint");
        }
        let next = next(&steps.values, &node.outgoing_edges);
        return Out::Map(vec![
            ("entrypoint".to_owned(), Out::nothing()),
            ("next".to_owned(), next),
        ]);
    };
    if let (NodeKind::Exit(_), [(word, Out::Plain(_))]) = (&node.kind, entries.as_mut_slice())
        && word == "return"
    {
        "exit".clone_into(word);
    }
    if !node.failure_handlers.is_empty() {
        let handlers = failure_handlers(&node.failure_handlers);
        entries.push(("on-failure".to_owned(), handlers));
    }
    let mut edges = node.outgoing_edges.clone();
    if let [edge] = edges.as_mut_slice() {
        steps.values.own = Some(name);
        let mutations = std::mem::take(&mut edge.variable_mutations);
        let (into, rest) = steps.stored(name, &mutations);
        if let Some(into) = into {
            entries.push(("into".to_owned(), into));
        }
        edge.variable_mutations = rest.to_vec();
        steps.values.own = None;
    }
    if !edges.is_empty() {
        entries.push(("next".to_owned(), next(&steps.values, &edges)));
    }
    match entries.as_slice() {
        [(word, Out::Plain(value))] if value.is_empty() => Out::text(word),
        _ => Out::Map(entries),
    }
}

fn next(values: &Values<'_>, edges: &[Edge]) -> Out {
    let mut items: Vec<_> = edges.iter().map(|edge| self::edge(values, edge)).collect();
    match items.pop() {
        Some(only) if items.is_empty() && matches!(only, Out::Text(_)) => only,
        Some(last) => {
            items.push(last);
            Out::Lines(items)
        }
        None => Out::nothing(),
    }
}

fn edge(values: &Values<'_>, edge: &Edge) -> Out {
    if edge.condition.is_none() && edge.variable_mutations.is_empty() {
        return Out::text(&edge.sink_node_name);
    }
    let mut entries = vec![("to".to_owned(), Out::text(&edge.sink_node_name))];
    if let Some(condition) = &edge.condition {
        entries.push(("if".to_owned(), values.condition(condition)));
    }
    if !edge.variable_mutations.is_empty() {
        entries.push(("set".to_owned(), values.mutations(&edge.variable_mutations)));
    }
    Out::Map(entries)
}

/// The names of the nodes as they are reached from the entrypoint; then those that nothing leads to.
pub(super) fn order(spec: &ThreadSpec) -> Vec<&str> {
    let mut order = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let entrypoints = spec
        .nodes
        .iter()
        .filter(|(_, node)| matches!(node.kind, NodeKind::Entrypoint))
        .map(|(name, _)| name.as_str());
    let mut left: Vec<&str> = spec.nodes.keys().map(String::as_str).collect();
    left.sort_by_key(|name| number(name));
    for start in entrypoints.chain(left) {
        let mut stack = vec![start];
        while let Some(name) = stack.pop() {
            let Some(node) = spec.nodes.get(name) else {
                continue;
            };
            if !seen.insert(name) {
                continue;
            }
            order.push(name);
            let edges = node.outgoing_edges.iter().rev();
            stack.extend(edges.map(|edge| edge.sink_node_name.as_str()));
        }
    }
    if order.iter().all(|name| number(name).0 != u64::MAX) {
        order.sort_by_key(|name| number(name));
    }
    order
}

/// The number that the name of an SDK's node begins with.
fn number(name: &str) -> (u64, &str) {
    let digits = name.split('-').next().unwrap_or_default();
    (digits.parse().unwrap_or(u64::MAX), name)
}
