//! The rules V-*: what `LittleHorse` refuses is an error, what it accepts is at most a warning.
//!
//! Each rule lives in one file: names and references in `names`, interrupts in `interrupts`, types in `types`,
//! variables in `scope`, nodes and edges in `nodes`, child workflows in `child_workflows`, JSON paths in `paths`, what can never happen in `reach`.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::java_hash;
use crate::model::{Document, Source, ThreadSpec, Type, TypeDef, VariableAssignment, VariableDef};

mod child_workflows;
mod interrupts;
mod names;
mod nodes;
mod paths;
mod reach;
mod scope;
mod structs;
mod types;

/// The reserved variable in which handlers get their input.
const INPUT: &str = "INPUT";

/// What `LittleHorse` would refuse (errors), and what is probably not meant (warnings), in the order of the source.
pub fn validate(document: &Document) -> Vec<Diagnostic> {
    let mut found = check(document);
    found.extend(child_workflows::check(document));
    for name in document.workflows.keys() {
        // What is wrong with the definitions is said once.
        let child = document.of_workflow(name).unwrap_or_default();
        let at = child.wf_spec.at.0;
        let own = check(&child).into_iter();
        found.extend(
            own.filter(|found| at.line <= found.span.line && found.span.line <= at.end_line),
        );
    }
    found.sort_by_key(|found| (found.span.line, found.span.column));
    found
}

/// The same for one WfSpec.
fn check(document: &Document) -> Vec<Diagnostic> {
    let mut check = Check::new(document);
    names::check(&mut check);
    structs::check(&mut check);
    scope::check(&mut check);
    nodes::check(&mut check);
    paths::check(&mut check);
    interrupts::check(&mut check);
    reach::check(&mut check);
    check.found
}

/// The type of a value that a thread computes, masked as the variable or the cast that it is; `None` if it is not known before the
/// run.
pub(crate) fn type_def_of(
    document: &Document,
    spec: &ThreadSpec,
    value: &VariableAssignment,
) -> Option<TypeDef> {
    let check = Check::new(document);
    let of = check.type_of(spec, value).ok()??;
    let masked = match (&value.target_type, &value.source, &value.path) {
        (Some(target), ..) => target.masked,
        (None, Source::Variable(name), None) => {
            check.variable(spec, name).is_some_and(|def| def.type_def.masked)
        }
        (None, ..) => false,
    };
    Some(TypeDef { of, masked })
}

/// A document that is being checked, and what was found so far.
struct Check<'d> {
    document: &'d Document,
    /// Declared variables but `INPUT`, over all threads: their names are unique.
    variables: HashMap<&'d str, (&'d str, &'d VariableDef)>,
    /// The thread and the type in which the server finds `INPUT` where a thread is started: the last one that it lists,
    /// whichever thread is meant. Only `INPUT` may be declared more than once.
    last_input: Option<(&'d str, &'d Type)>,
    found: Vec<Diagnostic>,
}

impl<'d> Check<'d> {
    fn new(document: &'d Document) -> Self {
        let mut variables = HashMap::new();
        let mut inputs = Vec::new();
        let threads = &document.wf_spec.thread_specs;
        for (thread, spec) in threads {
            for variable in &spec.variable_defs {
                if variable.var_def.name == INPUT {
                    inputs.push((thread.as_str(), &variable.var_def.type_def.of));
                } else {
                    variables
                        .entry(variable.var_def.name.as_str())
                        .or_insert((thread.as_str(), &variable.var_def));
                }
            }
        }
        let place = |(thread, _): &(&str, _)| java_hash::place(thread, threads.len());
        let last_input = inputs.into_iter().max_by_key(place);
        Check { document, variables, last_input, found: Vec::new() }
    }

    /// The variable with that name, as `LittleHorse` looks it up for a thread.
    fn variable(&self, spec: &'d ThreadSpec, name: &str) -> Option<&'d VariableDef> {
        let own = spec.variable_defs.iter().find(|v| v.var_def.name == name).map(|v| &v.var_def);
        own.or_else(|| self.variables.get(name).map(|(_, def)| *def))
    }

    fn variable_type(&self, spec: &'d ThreadSpec, name: &str) -> Option<Type> {
        self.variable(spec, name).map(|def| def.type_def.of.clone())
    }

    fn add(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}
