//! V-UNREACHABLE, V-NO-EXIT, V-UNUSED: what can never happen, or never end. The server accepts all of it.

use std::collections::HashSet;

use super::Check;
use crate::about::About;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{Document, NodeKind, ThreadSpec};

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    let used = used_threads(document);
    for (thread, spec) in &document.wf_spec.thread_specs {
        if !used.contains(thread.as_str()) {
            let about = About::NeverStarted { thread: thread.clone() };
            check.add(Diagnostic::warning(Code::VUnused, spec.at, about));
        }
        let reached = reached_nodes(spec);
        for (name, node) in &spec.nodes {
            if !reached.contains(name.as_str()) {
                let about = About::Unreached { node: name.clone() };
                check.add(
                    Diagnostic::warning(Code::VUnreachable, node.at, about).of_node(thread, name),
                );
            } else if node.outgoing_edges.is_empty() && !matches!(node.kind, NodeKind::Exit(_)) {
                let about = About::NoWayOut { node: name.clone() };
                check.add(Diagnostic::warning(Code::VNoExit, node.at, about).of_node(thread, name));
            }
        }
    }
}

fn reached_nodes(spec: &ThreadSpec) -> HashSet<&str> {
    let start = spec.nodes.iter().filter(|(_, node)| matches!(node.kind, NodeKind::Entrypoint));
    let mut open: Vec<&str> = start.map(|(name, _)| name.as_str()).collect();
    let mut reached = HashSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name)
            && let Some(node) = spec.nodes.get(name)
        {
            open.extend(node.outgoing_edges.iter().map(|e| e.sink_node_name.as_str()));
        }
    }
    reached
}

fn used_threads(document: &Document) -> HashSet<&str> {
    let mut open = vec![document.wf_spec.entrypoint_thread_name.as_str()];
    let mut used = HashSet::new();
    while let Some(name) = open.pop() {
        if used.insert(name)
            && let Some(spec) = document.wf_spec.thread_specs.get(name)
        {
            open.extend(spec.threads());
        }
    }
    used
}
