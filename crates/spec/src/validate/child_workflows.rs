//! V-CHILD-WF: child workflows of the document that can't be played. The server knows nothing of it.

use std::collections::HashSet;

use crate::about::About;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{Document, Node, NodeKind, WfSpec, WfSpecToRun};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if document.workflows.is_empty() {
        return found;
    }
    let mut is_computed = false;
    let mut run = HashSet::new();
    for (index, spec) in document.wf_specs().enumerate() {
        for (wf_spec, node) in runs(spec) {
            let WfSpecToRun::WfSpec(name) = wf_spec else {
                is_computed = true;
                continue;
            };
            run.insert(name.as_str());
            let stands = document.workflows.get_index_of(name);
            if stands.is_some_and(|stands| stands < index) {
                let about = About::NotBelow { workflow: spec.name.clone(), runs: name.clone() };
                found.push(Diagnostic::warning(Code::VChildWf, node.at, about));
            }
        }
    }
    for (name, spec) in &document.workflows {
        let workflow = name.clone();
        if *name == document.wf_spec.name {
            let about = About::OwnName { workflow };
            found.push(Diagnostic::error(Code::VChildWf, spec.name_at, about));
        } else if !is_computed && !run.contains(name.as_str()) {
            let about = About::NeverRun { workflow };
            found.push(Diagnostic::warning(Code::VChildWf, spec.name_at, about));
        }
    }
    found
}

/// What a WfSpec runs as child workflows, and where.
fn runs(spec: &WfSpec) -> impl Iterator<Item = (&WfSpecToRun, &Node)> {
    let nodes = spec.thread_specs.values().flat_map(|thread| thread.nodes.values());
    nodes.filter_map(|node| match &node.kind {
        NodeKind::RunChildWf(run) => Some((&run.wf_spec, node)),
        NodeKind::Entrypoint
        | NodeKind::Exit(_)
        | NodeKind::Task(_)
        | NodeKind::ExternalEvent(_)
        | NodeKind::StartThread(_)
        | NodeKind::StartMultipleThreads(_)
        | NodeKind::WaitForThreads(_)
        | NodeKind::Nop
        | NodeKind::Sleep(_)
        | NodeKind::UserTask(_)
        | NodeKind::ThrowEvent(_)
        | NodeKind::WaitForCondition(_)
        | NodeKind::WaitForChildWf(_) => None,
    })
}
