//! What a child workflow is given and returns, as far as its parent tells: a WfSpec comes without those that it runs.

use indexmap::{IndexMap, IndexSet};

use crate::model::{
    Document, MutationRhs, NodeKind, RunChildWfNode, Source, ThreadSpec, Type, TypeDef,
    VariableAssignment, WfSpec, WfSpecToRun,
};
use crate::validate::type_def_of;

/// The WfSpecs that are run as child workflows, as far as their names are no variables' values.
#[must_use]
pub fn names(spec: &WfSpec) -> IndexSet<&str> {
    let names = nodes(spec).filter_map(|(.., run)| match &run.wf_spec {
        WfSpecToRun::WfSpec(name) => Some(name.as_str()),
        WfSpecToRun::Dynamic(_) => None,
    });
    names.collect()
}

/// What the child workflow with this name may be given at its start: each variable with its type, masked as what it is given; `None`
/// where it is not known before the run.
#[must_use]
pub fn inputs<'d>(document: &'d Document, wf_spec: &str) -> IndexMap<&'d str, Option<TypeDef>> {
    let mut inputs = IndexMap::new();
    for (thread, _, run) in nodes(&document.wf_spec) {
        let may_run_it = match &run.wf_spec {
            WfSpecToRun::WfSpec(name) => name == wf_spec,
            WfSpecToRun::Dynamic(_) => true,
        };
        if may_run_it {
            for (name, value) in &run.inputs {
                let of = inputs.entry(name.as_str()).or_insert(None);
                *of = of.take().or_else(|| type_def_of(document, thread, value));
            }
        }
    }
    inputs
}

/// What the child workflow with this name returns: the type of a variable that keeps it; none if nothing does.
#[must_use]
pub fn returns<'s>(spec: &'s WfSpec, wf_spec: &str) -> Option<&'s Type> {
    nodes(spec)
        .filter(|(.., run)| matches!(&run.wf_spec, WfSpecToRun::WfSpec(name) if name == wf_spec))
        .find_map(|(thread, node, _)| kept_as(spec, thread, node))
}

/// The nodes that run child workflows, each with its thread and its name.
pub(crate) fn nodes(spec: &WfSpec) -> impl Iterator<Item = (&ThreadSpec, &str, &RunChildWfNode)> {
    spec.thread_specs.values().flat_map(|thread| {
        thread.nodes.iter().filter_map(move |(name, node)| {
            if let NodeKind::RunChildWf(run) = &node.kind {
                Some((thread, name.as_str(), run))
            } else {
                None
            }
        })
    })
}

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
