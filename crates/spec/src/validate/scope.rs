//! V-VARIABLE, V-SCOPE: variables that nobody declares (refused), or that nobody up the tree of threads declares (a
//! warning). V-NODE: outputs of nodes that are not there.

use std::collections::HashSet;

use super::Check;
use crate::about::{About, Undeclared};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{Document, Node, NodeKind, Path, Source, ThreadSpec, VariableAssignment};
use crate::place::At;
use crate::visit;

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    for (thread, spec) in &document.wf_spec.thread_specs {
        let scope = in_scope(document, thread);
        for (name, node) in &spec.nodes {
            let used = Used::of(node);
            outputs(check, spec, (thread, name), node, &used);
            let mut told = HashSet::new();
            for (variable, at) in used.variables {
                if scope.contains(variable) || !told.insert(variable) {
                    continue;
                }
                let at = at.or(node.at);
                // The server does not look into those nodes; they fail when they are run.
                let unchecked = matches!(
                    node.kind,
                    NodeKind::StartMultipleThreads(_)
                        | NodeKind::UserTask(_)
                        | NodeKind::ThrowEvent(_)
                ) && !edge_uses(node, variable);
                if check.variable(spec, variable).is_none() && !unchecked {
                    let about = About::Undeclared(Undeclared::Variable, variable.to_owned());
                    let diagnostic = Diagnostic::error(Code::VVariable, at, about);
                    check.add(diagnostic.of_node(thread, name));
                } else {
                    let about =
                        About::OutOfScope { variable: variable.to_owned(), thread: thread.clone() };
                    let diagnostic = Diagnostic::warning(Code::VScope, at, about);
                    check.add(diagnostic.of_node(thread, name));
                }
            }
        }
    }
}

/// The variables of a thread and of every thread that may be its parent, and so on up.
fn in_scope<'d>(document: &'d Document, thread: &'d str) -> HashSet<&'d str> {
    let mut open = vec![thread];
    let mut seen = HashSet::new();
    let mut scope = HashSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        if let Some(spec) = document.wf_spec.thread_specs.get(name) {
            scope.extend(spec.variable_defs.iter().map(|v| v.var_def.name.as_str()));
        }
        open.extend(
            document
                .wf_spec
                .thread_specs
                .iter()
                .filter(|(_, s)| starts(s, name))
                .map(|(n, _)| n.as_str()),
        );
    }
    scope
}

/// Whether ThreadRuns of a spec can be parents of ThreadRuns of another. The parent of who handles a child's failure is the
/// failed thread, whose parent is this one, or a parent of that.
fn starts(spec: &ThreadSpec, child: &str) -> bool {
    spec.threads().any(|thread| thread == child)
}

/// What a node and its edges read and write.
#[derive(Default)]
struct Used<'n> {
    variables: Vec<(&'n str, At)>,
    outputs: Vec<Output<'n>>,
}

/// An output that is read.
struct Output<'n> {
    node: &'n str,
    at: At,
    /// Whether it is read through a JSON path: then the server does not look which node it is.
    by_json_path: bool,
}

fn edge_uses(node: &Node, variable: &str) -> bool {
    Used::on_edges(node).variables.iter().any(|(name, _)| *name == variable)
}

/// V-NODE: an output of a node that is not there is refused where the server looks at types, and fails elsewhere.
fn outputs(
    check: &mut Check<'_>,
    spec: &ThreadSpec,
    (thread, name): (&str, &str),
    node: &Node,
    used: &Used<'_>,
) {
    let on_edges = Used::on_edges(node);
    let looked_at = match &node.kind {
        NodeKind::Task(_) | NodeKind::Exit(_) | NodeKind::WaitForCondition(_) => used.outputs.len(),
        NodeKind::Entrypoint
        | NodeKind::Nop
        | NodeKind::ExternalEvent(_)
        | NodeKind::StartThread(_)
        | NodeKind::StartMultipleThreads(_)
        | NodeKind::WaitForThreads(_)
        | NodeKind::Sleep(_)
        | NodeKind::UserTask(_)
        | NodeKind::ThrowEvent(_)
        | NodeKind::RunChildWf(_)
        | NodeKind::WaitForChildWf(_) => on_edges.outputs.len(),
    };
    let mut told = HashSet::new();
    // Those of the edges come first.
    for (index, output) in used.outputs.iter().enumerate() {
        let missing = output.node;
        if spec.nodes.contains_key(missing) || !told.insert(missing) {
            continue;
        }
        let at = output.at.or(node.at);
        let about = About::NoSuchOutput { thread: thread.to_owned(), node: missing.to_owned() };
        let make = if index < looked_at && !output.by_json_path {
            Diagnostic::error
        } else {
            Diagnostic::warning
        };
        check.add(make(Code::VNode, at, about).of_node(thread, name));
    }
}

impl<'n> Used<'n> {
    /// Of a node with its edges.
    fn of(node: &'n Node) -> Self {
        let mut used = Self::on_edges(node);
        visit::kind(&node.kind, &mut |value| used.value(value));
        used
    }

    /// Of the edges of a node.
    fn on_edges(node: &'n Node) -> Self {
        let mut used = Self::default();
        for edge in &node.outgoing_edges {
            if let Some(condition) = &edge.condition {
                visit::condition(condition, &mut |value| used.value(value));
            }
            for mutation in &edge.variable_mutations {
                used.variables.push((&mutation.lhs_name, mutation.at));
                visit::mutation(mutation, &mut |value| used.value(value));
            }
        }
        used
    }

    fn value(&mut self, value: &'n VariableAssignment) {
        match &value.source {
            Source::Variable(name) => self.variables.push((name, value.at)),
            Source::NodeOutput(node) => self.outputs.push(Output {
                node,
                at: value.at,
                by_json_path: matches!(value.path, Some(Path::JsonPath(_))),
            }),
            Source::FormatString(..)
            | Source::Expression(_)
            | Source::SizeOf(_)
            | Source::StructBuilder(..)
            | Source::MapBuilder(..)
            | Source::Literal(_) => {}
        }
    }
}
