//! `halter export`: a workflow written as something else.

use std::path::Path;

use halter_export::{Target, export};
use halter_spec::{Diagnostic, load};

use crate::answer::Answer;
use crate::{excerpt, input};

/// Writes a file for a target, to a file or to standard output; complaints go to standard error.
pub(crate) fn run(
    file: &Path,
    target: Target,
    workflow: Option<&str>,
    output: Option<&Path>,
) -> Answer {
    let Ok(text) = input::read(file) else {
        return Answer::unknown();
    };
    let name = input::name(file);
    let loaded = load(&text);
    let Some(document) = loaded.document else {
        return refuse(&name, &text, &loaded.diagnostics);
    };
    let wanted = workflow.unwrap_or(&document.wf_spec.name);
    let chosen = if wanted == document.wf_spec.name {
        Some(document.clone())
    } else {
        document.of_workflow(wanted)
    };
    let Some(document) = chosen else {
        let known: Vec<&str> = document.wf_specs().map(|spec| &*spec.name).collect();
        let known = known.join(", ");
        let why = format!("{name} has no workflow {wanted}; there may be: {known}.\n");
        return Answer::refused(&why);
    };
    match export(&document, target) {
        Ok(written) => Answer::written(written, output),
        Err(problems) => refuse(&name, &text, &problems),
    }
}

fn refuse(name: &str, text: &str, problems: &[Diagnostic]) -> Answer {
    Answer::refused(&excerpt::all(name, text, problems))
}
