//! V-NAME, V-ENTRYPOINT, V-SHADOW: names that are no hostname labels, a missing entrypoint, variables declared twice.

use std::collections::HashMap;

use super::{Check, INPUT};
use crate::about::{About, Named, Undeclared};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::AccessLevel;

pub(super) fn check(check: &mut Check<'_>) {
    let wf = &check.document.wf_spec;
    if !is_hostname_label(&wf.name) {
        check.add(Diagnostic::error(
            Code::VName,
            wf.name_at,
            About::Name(Named::WfSpec, wf.name.clone()),
        ));
    }
    if !wf.thread_specs.contains_key(&wf.entrypoint_thread_name) {
        check.add(Diagnostic::error(
            Code::VEntrypoint,
            wf.entrypoint_at,
            About::Undeclared(Undeclared::Entrypoint, wf.entrypoint_thread_name.clone()),
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
        .map(|(name, def)| (Named::TaskDef, name, def.at))
        .chain(
            document
                .external_event_defs
                .iter()
                .map(|(name, def)| (Named::ExternalEventDef, name, def.at)),
        )
        .chain(document.user_task_defs.iter().map(|(name, def)| (Named::UserTaskDef, name, def.at)))
        .chain(
            document
                .workflow_event_defs
                .iter()
                .map(|(name, def)| (Named::WorkflowEventDef, name, def.at)),
        );
    for (of, name, at) in names {
        if !is_hostname_label(name) {
            check.add(Diagnostic::error(Code::VName, at, About::Name(of, name.clone())));
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
                let about = About::InheritsNothing { variable: name.to_owned() };
                check.add(Diagnostic::error(Code::VInherited, variable.var_def.at, about));
            }
            if let Some(other) = seen.insert(name, thread)
                && name != INPUT
            {
                let about = About::Shadows {
                    variable: name.to_owned(),
                    first: other.to_owned(),
                    second: thread.clone(),
                };
                check.add(Diagnostic::error(Code::VShadow, variable.var_def.at, about));
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
