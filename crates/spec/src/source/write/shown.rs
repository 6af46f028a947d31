//! Changes of variables in a few words, as a graph shows them: for the eye, not to be read back.

use super::expressions::{Outputs, Values};
use crate::model::{MutationRhs, MutationType, Source, VariableAssignment, VariableMutation};

/// Every node is called by its own name.
struct Names;

impl Outputs for Names {
    fn label(&self, node: &str) -> Option<String> {
        let plain = !node.contains(')') && node.trim() == node;
        plain.then(|| node.to_owned())
    }

    fn node(&self, label: &str) -> Option<String> {
        Some(label.to_owned())
    }
}

/// A change of a variable when this node is left, such as `total = total + INPUT.price` or `receipt = output`.
#[must_use]
pub fn show_mutation(mutation: &VariableMutation, node: &str) -> String {
    let values = Values { outputs: &Names, own: Some(node) };
    let target = values.target(mutation).unwrap_or_else(|| mutation.lhs_name.clone());
    let right = match &mutation.rhs {
        MutationRhs::Assignment(value) => values.expression(value),
        MutationRhs::Literal(value) => {
            values.expression(&VariableAssignment::of(Source::Literal(value.clone())))
        }
        MutationRhs::NodeOutput(_) => Some("output".to_owned()),
    };
    let right = right.unwrap_or_else(|| "…".to_owned()).replace('$', "");
    let sign = match mutation.operation {
        MutationType::Assign => "=",
        MutationType::Add | MutationType::Extend => "+=",
        MutationType::Subtract => "-=",
        MutationType::Multiply => "*=",
        MutationType::Divide => "/=",
        MutationType::Pow => "**=",
        MutationType::And => "and=",
        MutationType::Or => "or=",
        MutationType::RemoveIfPresent => "without",
        MutationType::RemoveIndex => "without item",
        MutationType::RemoveKey => "without key",
    };
    format!("{target} {sign} {right}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn changes_are_shown_as_they_are_written() {
        let text = "workflow: w\ntasks: {t: {returns: STR}}\nthreads:\n  main:\n    variables: {n: INT = 1, list: JSON_ARR, out: STR, obj: JSON_OBJ}\n    do:\n      - task: t\n        into: out\n      - set: {n: $n + 2}\n      - set: {list: add $n, obj.a: 5}\n      - set: {list: remove-index 0}\n";
        let loaded = crate::load(text);
        let document = loaded.document.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        let nodes = document.wf_spec.thread_specs["main"].nodes.iter();
        let edges =
            nodes.flat_map(|(name, node)| node.outgoing_edges.iter().map(move |e| (name, e)));
        let shown: Vec<String> = edges
            .flat_map(|(name, edge)| {
                edge.variable_mutations.iter().map(|one| super::show_mutation(one, name))
            })
            .collect();
        assert_eq!(
            shown,
            ["out = output", "n = n + 2", "list += n", "obj.a = 5", "list without item 0"]
        );
    }
}
