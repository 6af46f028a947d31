//! What a file has besides its threads' functions: the workflow, stubs of its tasks, and the registration of what it needs.

use std::collections::HashSet;

use halter_spec::composed::StructDefs;
use halter_spec::model::{AllowedUpdates, Document};

use super::identifiers::Identifiers;
use super::language::{Body, Language, Said};
use super::message::{Field, Message, requests};
use super::text;

/// The frame of a file.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    pub(crate) workflow: &'a str,
    /// The entrypoint's function.
    pub(crate) entrypoint: Body,
    /// The name of that function.
    pub(crate) function: String,
    /// The workflow's parent, a literal.
    pub(crate) parent: Option<String>,
    /// What else is set of the workflow: methods, and what they are given.
    pub(crate) settings: Vec<(&'static str, String)>,
    pub(crate) stubs: Vec<Stub>,
    pub(crate) structs: &'a StructDefs,
    /// The lines that register definitions.
    pub(crate) requests: Vec<String>,
}

/// A task that is still to be written.
#[derive(Debug)]
pub(crate) struct Stub {
    /// The task's name, a literal.
    pub(crate) task: String,
    pub(crate) function: String,
    /// Their names and types.
    pub(crate) inputs: Vec<(String, String)>,
    /// The type.
    pub(crate) returns: Option<String>,
}

/// Plans the file of a document; `registered`: the external events that the SDK registers with the workflow.
pub(crate) fn outline<'a>(
    language: &dyn Language,
    document: &'a Document,
    entrypoint: Body,
    registered: &HashSet<String>,
) -> Said<Outline<'a>> {
    let spec = &document.wf_spec;
    let new_names = || Identifiers::new(language.words().snake_case, language.words().is_reserved);
    let mut names = new_names();
    let function = names.name(&spec.name);
    let parent = spec.parent_wf_spec.as_ref();
    if parent.is_some_and(|parent| parent.wf_spec_major_version != 0) {
        return Err("the SDK can't choose the version of the parent.".to_owned());
    }
    let mut settings = Vec::new();
    if spec.allowed_updates != AllowedUpdates::AllUpdates {
        let updates = format!("AllowedUpdateType.{}", spec.allowed_updates.name());
        settings.push(("with_update_type", updates));
    }
    if let Some(seconds) = spec.retention_seconds {
        let policy = Message::new("WorkflowRetentionPolicy")
            .with("seconds_after_wf_termination", Field::Long(seconds));
        settings.push(("with_retention_policy", language.message(&policy)));
    }
    let stubs = document.task_defs.iter().map(|(name, def)| {
        let function = names.name(name);
        let mut names = new_names();
        let inputs = def.input_vars.iter();
        let inputs = inputs
            .map(|input| Ok((names.name(&input.name), language.type_name(&input.type_def)?)))
            .collect::<Said<_>>()?;
        let returns = def.return_type.as_ref().and_then(|found| found.type_def.as_ref());
        let returns = returns.map(|found| language.type_name(found)).transpose()?;
        Ok(Stub { task: text(name), function, inputs, returns })
    });
    let stubs = stubs.collect::<Said<_>>()?;
    Ok(Outline {
        workflow: &spec.name,
        entrypoint,
        function,
        parent: parent.map(|parent| text(&parent.wf_spec_name)),
        settings,
        stubs,
        structs: &document.struct_defs,
        requests: requests(language, document, registered)?,
    })
}
