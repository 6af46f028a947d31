//! V-TYPE: a JSON path leads into JSON only. The server accepts one that leads into something else, and the step fails.

use super::Check;
use crate::about::About;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{MutationRhs, Node, Path, ThreadSpec, Type, VarType, VariableMutation};
use crate::place::At;
use crate::visit;

pub(super) fn check(check: &mut Check<'_>) {
    for (thread, spec) in &check.document.wf_spec.thread_specs {
        for (name, node) in &spec.nodes {
            let mut into = Vec::new();
            visit::node(node, &mut |value| {
                if is_json(value.path.as_ref()) {
                    let of = check.whole_type(spec, &value.source).ok().flatten();
                    into.extend(of.map(|of| (value.at, of)));
                }
            });
            for mutation in node.outgoing_edges.iter().flat_map(|edge| &edge.variable_mutations) {
                into.extend(parts_of(check, spec, node, mutation));
            }
            for (at, of) in into.into_iter().filter(|(_, of)| !has_json_paths(of)) {
                let about = About::JsonPathInto { of };
                let warning = Diagnostic::warning(Code::VType, at.or(node.at), about);
                check.add(warning.of_node(thread, name));
            }
        }
    }
}

/// What a change of a variable leads into by JSON paths of its own.
fn parts_of<'d>(
    check: &Check<'d>,
    spec: &'d ThreadSpec,
    node: &Node,
    mutation: &VariableMutation,
) -> impl Iterator<Item = (At, Type)> {
    let changed = is_json(mutation.lhs_path.as_ref())
        .then(|| check.variable_type(spec, &mutation.lhs_name))
        .flatten();
    let output = match &mutation.rhs {
        MutationRhs::NodeOutput(path) if is_json(path.as_ref()) => check.output_type(&node.kind),
        MutationRhs::NodeOutput(_) | MutationRhs::Assignment(_) | MutationRhs::Literal(_) => None,
    };
    changed.into_iter().chain(output).map(|of| (mutation.at, of))
}

fn is_json(path: Option<&Path>) -> bool {
    matches!(path, Some(Path::JsonPath(_)))
}

fn has_json_paths(of: &Type) -> bool {
    matches!(of, Type::Unknown | Type::Primitive(VarType::JsonObj | VarType::JsonArr))
}
