//! V-VARIABLE, V-SCOPE: variables that nobody declares (refused), or that nobody up the tree of threads declares (a
//! warning). V-NODE: outputs of nodes that are not there.

use std::collections::HashSet;

use super::Check;
use crate::about::{About, Undeclared};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Condition, Document, Expression, MutationRhs, Node, NodeKind, Path, Selector, SleepNode,
    Source, ThreadSpec, ThreadsToWaitFor, VariableAssignment,
};
use crate::place::At;

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    for (thread, spec) in &document.wf_spec.thread_specs {
        let scope = in_scope(document, thread);
        for (name, node) in &spec.nodes {
            let mut used = Used::default();
            node_variables(node, &mut used);
            outputs(check, spec, (thread, name), node, &used);
            let mut told = HashSet::new();
            for (variable, at) in used.variables {
                if scope.contains(variable) || !told.insert(variable) {
                    continue;
                }
                let at = if at.0.line == 0 { node.at } else { at };
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
    let mut used = Used::default();
    edge_variables(node, &mut used);
    used.variables.iter().any(|(name, _)| *name == variable)
}

/// V-NODE: an output of a node that is not there is refused where the server looks at types, and fails elsewhere.
fn outputs(
    check: &mut Check<'_>,
    spec: &ThreadSpec,
    (thread, name): (&str, &str),
    node: &Node,
    used: &Used<'_>,
) {
    let mut on_edges = Used::default();
    edge_variables(node, &mut on_edges);
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
        | NodeKind::ThrowEvent(_) => on_edges.outputs.len(),
    };
    let mut told = HashSet::new();
    // Those of the edges come first.
    for (index, output) in used.outputs.iter().enumerate() {
        let missing = output.node;
        if spec.nodes.contains_key(missing) || !told.insert(missing) {
            continue;
        }
        let at = if output.at.0.line == 0 { node.at } else { output.at };
        let about = About::NoSuchOutput { thread: thread.to_owned(), node: missing.to_owned() };
        let make = if index < looked_at && !output.by_json_path {
            Diagnostic::error
        } else {
            Diagnostic::warning
        };
        check.add(make(Code::VNode, at, about).of_node(thread, name));
    }
}

fn edge_variables<'n>(node: &'n Node, used: &mut Used<'n>) {
    for edge in &node.outgoing_edges {
        if let Some(condition) = &edge.condition {
            condition_variables(condition, used);
        }
        for mutation in &edge.variable_mutations {
            used.variables.push((&mutation.lhs_name, mutation.at));
            path_variables(mutation.lhs_path.as_ref(), used);
            match &mutation.rhs {
                MutationRhs::Assignment(a) => variables(a, used),
                MutationRhs::NodeOutput(path) => path_variables(path.as_ref(), used),
                MutationRhs::Literal(_) => {}
            }
        }
    }
}

fn node_variables<'n>(node: &'n Node, used: &mut Used<'n>) {
    edge_variables(node, used);
    let mut all = |assignments: &mut dyn Iterator<Item = &'n VariableAssignment>| {
        assignments.for_each(|a| variables(a, used));
    };
    match &node.kind {
        NodeKind::Entrypoint | NodeKind::Nop => {}
        NodeKind::Exit(exit) => {
            let content = exit.failure.as_ref().and_then(|f| f.content.as_ref());
            all(&mut content.into_iter().chain(&exit.return_content));
        }
        NodeKind::Task(task) => {
            let dynamic = match &task.task {
                crate::model::TaskToExecute::Dynamic(a) => Some(a),
                crate::model::TaskToExecute::TaskDef(_) => None,
            };
            all(&mut task.variables.iter().chain(dynamic));
        }
        NodeKind::ExternalEvent(e) => all(&mut e.timeout_seconds.iter().chain(&e.correlation_key)),
        NodeKind::StartThread(start) => all(&mut start.variables.values()),
        NodeKind::StartMultipleThreads(start) => {
            all(&mut start.variables.values().chain([&start.iterable]));
        }
        NodeKind::WaitForThreads(wait) => match &wait.threads {
            ThreadsToWaitFor::Threads(threads) => all(&mut threads.iter()),
            ThreadsToWaitFor::List(list) => all(&mut std::iter::once(list)),
        },
        NodeKind::Sleep(
            SleepNode::RawSeconds(a) | SleepNode::Timestamp(a) | SleepNode::IsoDate(a),
        ) => {
            all(&mut std::iter::once(a));
        }
        NodeKind::UserTask(form) => all(&mut form
            .user_id
            .iter()
            .chain(&form.user_group)
            .chain(&form.notes)
            .chain(&form.on_cancellation_exception_name)),
        NodeKind::ThrowEvent(event) => all(&mut std::iter::once(&event.content)),
        NodeKind::WaitForCondition(condition) => condition_variables(condition, used),
    }
}

fn condition_variables<'n>(condition: &'n Condition, used: &mut Used<'n>) {
    match condition {
        Condition::Assignment(a) => variables(a, used),
        Condition::Legacy(_, left, right) => {
            variables(left, used);
            variables(right, used);
        }
    }
}

fn path_variables<'n>(path: Option<&'n Path>, used: &mut Used<'n>) {
    if let Some(Path::LhPath(selectors)) = path {
        for selector in selectors {
            if let Selector::Dynamic(a) = selector {
                variables(a, used);
            }
        }
    }
}

fn variables<'n>(a: &'n VariableAssignment, used: &mut Used<'n>) {
    path_variables(a.path.as_ref(), used);
    match &a.source {
        Source::Variable(name) => used.variables.push((name, a.at)),
        Source::FormatString(format, args) => {
            variables(format, used);
            for a in args {
                variables(a, used);
            }
        }
        Source::Expression(expression) => {
            let Expression { lhs, rhs, .. } = &**expression;
            variables(lhs, used);
            variables(rhs, used);
        }
        Source::SizeOf(operand) => variables(operand, used),
        Source::NodeOutput(node) => used.outputs.push(Output {
            node,
            at: a.at,
            by_json_path: matches!(a.path, Some(Path::JsonPath(_))),
        }),
        Source::Literal(_) => {}
    }
}
