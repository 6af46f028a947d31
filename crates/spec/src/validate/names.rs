//! V-NAME, V-ENTRYPOINT, V-SHADOW: names that are no hostname labels, a missing entrypoint, variables declared twice.

use std::collections::HashMap;

use super::{Check, INPUT};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::AccessLevel;

pub(super) fn check(check: &mut Check<'_>) {
    let wf = &check.document.wf_spec;
    if !is_hostname_label(&wf.name) {
        check.add(Diagnostic::error(
            Code::VName,
            wf.name_at,
            format!(
                "The name of a WfSpec must be a valid hostname: letters, digits and dashes, not {:?}.",
                wf.name
            ),
        ));
    }
    if !wf.thread_specs.contains_key(&wf.entrypoint_thread_name) {
        check.add(Diagnostic::error(
            Code::VEntrypoint,
            wf.entrypoint_at,
            format!("The entrypoint thread {} is not defined.", wf.entrypoint_thread_name),
        ));
    }
    definitions(check);
    variables(check);
}

fn definitions(check: &mut Check<'_>) {
    let document = check.document;
    let names = document
        .task_defs
        .iter()
        .map(|(name, def)| ("TaskDef", name, def.at))
        .chain(document.external_event_defs.iter().map(|(n, def)| ("ExternalEventDef", n, def.at)))
        .chain(document.user_task_defs.iter().map(|(n, def)| ("UserTaskDef", n, def.at)))
        .chain(document.workflow_event_defs.iter().map(|(n, def)| ("WorkflowEventDef", n, def.at)));
    for (what, name, at) in names {
        if !is_hostname_label(name) {
            let message = format!(
                "The name of {what} {name:?} must be a valid hostname: letters, digits and dashes."
            );
            check.add(Diagnostic::error(Code::VName, at, message));
        }
    }
}

fn variables(check: &mut Check<'_>) {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    let has_parent = check.document.wf_spec.parent_wf_spec.is_some();
    for (thread, spec) in &check.document.wf_spec.thread_specs {
        for variable in &spec.variable_defs {
            let name = variable.var_def.name.as_str();
            if variable.access_level == AccessLevel::InheritedVar && !has_parent {
                let message = format!(
                    "Only a child workflow can inherit a variable, but {name} is INHERITED_VAR."
                );
                check.add(Diagnostic::error(Code::VInherited, variable.var_def.at, message));
            }
            if let Some(other) = seen.insert(name, thread)
                && name != INPUT
            {
                let message = format!(
                    "Variable {name} is declared in {other} and in {thread}; its name must be unique in the workflow."
                );
                check.add(Diagnostic::error(Code::VShadow, variable.var_def.at, message));
            }
        }
    }
}

/// What `LittleHorse` takes for a name.
pub(super) fn is_hostname_label(name: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    is_edge(name.chars().next())
        && is_edge(name.chars().next_back())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
