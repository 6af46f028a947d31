//! V-CHILD-WF: child workflows of the document that can't be played. The server knows nothing of it.

use std::collections::HashSet;

use crate::about::About;
use crate::child_wf;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{Document, WfSpecToRun};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if document.workflows.is_empty() {
        return found;
    }
    let mut is_computed = false;
    let mut run = HashSet::new();
    for (index, spec) in document.wf_specs().enumerate() {
        for (thread, node, runs) in child_wf::nodes(spec) {
            let WfSpecToRun::WfSpec(name) = &runs.wf_spec else {
                is_computed = true;
                continue;
            };
            run.insert(name.as_str());
            let stands = document.workflows.get_index_of(name);
            if stands.is_some_and(|stands| stands < index) {
                let about = About::NotBelow { workflow: spec.name.clone(), runs: name.clone() };
                found.push(Diagnostic::warning(Code::VChildWf, thread.nodes[node].at, about));
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
