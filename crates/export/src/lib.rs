//! A workflow on its way out: `LittleHorse`'s JSON, the readable source, and code for `LittleHorse`'s SDKs.
//!
//! [`export`] writes nothing that would mean something else: what a target can't say is a [`Diagnostic`] with the place.
#![forbid(unsafe_code)]
#![allow(clippy::format_push_string, reason = "pieces of code are short")]

mod code;
mod java;
mod python;
mod target;

use halter_spec::model::{Document, TaskDef};
use halter_spec::{Diagnostic, proto_json};

pub use code::canonical;
pub use target::Target;

/// Writes a document for a target; the text ends with a line break.
///
/// # Errors
/// What the target can't say, each with the thread, the node and the reason.
pub fn export(document: &Document, target: Target) -> Result<String, Vec<Diagnostic>> {
    match target {
        Target::Json => {
            let request = proto_json::write_put_wf_spec_request(&document.wf_spec);
            // Maps and texts can always be written.
            let text = serde_json::to_string_pretty(&request).unwrap_or_default();
            Ok(format!("{text}\n"))
        }
        Target::Source => halter_spec::write_source(document).map_err(|problem| vec![*problem]),
        Target::Java => code::write(&with_known_inputs(document), &java::Java),
        Target::Python => code::write(&with_known_inputs(document), &python::Python),
    }
}

/// The same document, in which tasks of which only the name is known take what their first step gives: a WfSpec comes
/// without its TaskDefs. What is not known to be of another type is a STR.
#[must_use]
pub fn with_known_inputs(document: &Document) -> Document {
    let mut document = document.clone();
    let unknown = document.task_defs.values().any(|def| *def == TaskDef::default());
    if unknown && let Ok(source) = halter_spec::write_source(&document)
        // Reading source works that out.
        && let Some(read) = halter_spec::load(&source).document
    {
        document.task_defs = read.task_defs;
    }
    document
}
