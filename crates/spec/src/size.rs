//! Whether a WfSpec is small enough to be checked and played.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::limits::{
    MAX_INTERRUPTS, MAX_MUTATIONS, MAX_NODES, MAX_THREADS, MAX_VARIABLES, MAX_WORKFLOWS,
};
use crate::model::{Document, Edge, ThreadSpec, WfSpec};

/// An error if a document has too many WfSpecs, or one of them has too much of something.
pub(crate) fn too_large(document: &Document) -> Option<Diagnostic> {
    let workflows = document.workflows.len();
    if workflows > MAX_WORKFLOWS {
        let message = format!(
            "This document has {workflows} child workflows; the playground takes up to {MAX_WORKFLOWS}."
        );
        return Some(Diagnostic::error(Code::TooLarge, document.wf_spec.at, message));
    }
    document.wf_specs().find_map(is_too_large)
}

fn is_too_large(spec: &WfSpec) -> Option<Diagnostic> {
    let mutations = |edge: &Edge| edge.variable_mutations.len().max(1);
    let of_threads = |count: &dyn Fn(&ThreadSpec) -> usize| -> usize {
        spec.thread_specs.values().map(count).sum()
    };
    let edges = |thread: &ThreadSpec| -> usize {
        thread.nodes.values().flat_map(|node| &node.outgoing_edges).map(mutations).sum()
    };
    let counts = [
        ("ThreadSpecs", spec.thread_specs.len(), MAX_THREADS),
        ("nodes", of_threads(&|thread| thread.nodes.len()), MAX_NODES),
        ("variables", of_threads(&|thread| thread.variable_defs.len()), MAX_VARIABLES),
        ("interrupts", of_threads(&|thread| thread.interrupt_defs.len()), MAX_INTERRUPTS),
        ("edges and mutations", of_threads(&edges), MAX_MUTATIONS),
    ];
    let (what, found, most) = counts.into_iter().find(|(_, found, most)| found > most)?;
    let message = format!("This workflow has {found} {what}; the playground takes up to {most}.");
    Some(Diagnostic::error(Code::TooLarge, spec.at, message))
}
