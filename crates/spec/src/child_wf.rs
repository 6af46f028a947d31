//! What a child workflow returns, as far as its parent tells: a WfSpec comes without those that it runs.

use crate::model::{MutationRhs, NodeKind, Source, ThreadSpec, Type, VariableAssignment, WfSpec};

/// The type of the variable that keeps what the child of this RUN_CHILD_WF node returns; none if nothing keeps it.
#[must_use]
pub fn kept_as<'s>(spec: &'s WfSpec, thread: &ThreadSpec, node: &str) -> Option<&'s Type> {
    let waits = thread.nodes.iter().filter(
        |(_, other)| matches!(&other.kind, NodeKind::WaitForChildWf(wait) if wait.source_node == node),
    );
    let kept = waits.flat_map(|(name, wait)| {
        let output =
            MutationRhs::Assignment(VariableAssignment::of(Source::NodeOutput(name.clone())));
        let mutations = wait.outgoing_edges.iter().flat_map(|edge| &edge.variable_mutations);
        mutations.filter(move |mutation| mutation.lhs_path.is_none() && mutation.rhs == output)
    });
    let mut declared = kept.filter_map(|mutation| {
        let mut variables = spec.thread_specs.values().flat_map(|thread| &thread.variable_defs);
        variables.find(|variable| variable.var_def.name == mutation.lhs_name)
    });
    declared.next().map(|variable| &variable.var_def.type_def.of)
}
