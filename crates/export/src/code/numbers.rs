//! The variables that an SDK makes by itself: those with the numbers of started threads.

use std::collections::HashMap;

use halter_spec::model::{
    MutationRhs, MutationType, Source, ThreadSpec, VarType, VariableAssignment, VariableMutation,
};

/// Whether a mutation only stores the output of this node in a variable.
pub(crate) fn stores(mutation: &VariableMutation, node: &str) -> bool {
    mutation.lhs_path.is_none()
        && mutation.operation == MutationType::Assign
        && mutation.rhs
            == MutationRhs::Assignment(VariableAssignment::of(Source::NodeOutput(node.to_owned())))
}

/// The type of what keeps the number of a started thread, or the numbers of several.
fn number_type(several: bool) -> VarType {
    if several { VarType::JsonArr } else { VarType::Int }
}

/// The variables of a thread that the SDK makes by itself: they keep the number of one started thread, and nothing else
/// changes them. With the node that starts it.
pub(crate) fn numbers(spec: &ThreadSpec) -> HashMap<&str, &str> {
    let mut found: HashMap<&str, Option<&str>> = HashMap::new();
    for (name, node) in &spec.nodes {
        let wanted = node.kind.starts().map(|(_, several)| number_type(several));
        for edge in &node.outgoing_edges {
            for (index, mutation) in edge.variable_mutations.iter().enumerate() {
                let variable = mutation.lhs_name.as_str();
                let declared =
                    spec.variable_defs.iter().find(|found| found.var_def.name == variable);
                let fits = wanted.is_some()
                    && declared.is_some_and(|found| found.var_def.type_def.primitive() == wanted)
                    && index == 0
                    && stores(mutation, name)
                    && !found.contains_key(variable);
                found.insert(variable, fits.then_some(name.as_str()));
            }
        }
    }
    found.into_iter().filter_map(|(variable, node)| Some((variable, node?))).collect()
}
