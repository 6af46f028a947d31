//! Messages of LittleHorse's API, before a language writes them.

use std::collections::HashSet;

use halter_spec::composed;
use halter_spec::model::{
    CorrelatedEventConfig, Document, ReturnType, UserTaskField, VarType, VariableDef,
};

use super::composed::{struct_def, type_definition};
use super::language::{Language, Said};
use super::text;

/// A message, its fields by their names there.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) name: String,
    pub(crate) fields: Vec<(&'static str, Field)>,
}

#[derive(Debug)]
pub(crate) enum Field {
    Code(String),
    Long(i64),
    Float(f32),
    True,
    Message(Message),
    Several(Vec<Message>),
    /// Messages by names.
    Entries(Vec<(String, Message)>),
}

impl Field {
    pub(crate) fn text(found: &str) -> Self {
        Field::Code(text(found))
    }

    pub(crate) fn var_type(found: VarType) -> Self {
        Field::Code(variable_type(found))
    }
}

impl Message {
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), fields: Vec::new() }
    }

    /// With a field, if it is there.
    pub(crate) fn with(mut self, name: &'static str, field: impl Into<Option<Field>>) -> Self {
        self.fields.extend(field.into().map(|field| (name, field)));
        self
    }
}

/// How correlated events are kept.
pub(crate) fn correlated(config: &CorrelatedEventConfig) -> Message {
    let deletes = config.delete_after_first_correlation;
    Message::new("CorrelatedEventConfig")
        .with("ttl_seconds", config.ttl_seconds.map(Field::Long))
        .with("delete_after_first_correlation", deletes.then_some(Field::True))
}

/// A type of LittleHorse in code.
pub(crate) fn variable_type(found: VarType) -> String {
    format!("VariableType.{}", found.name())
}

fn return_type(found: &ReturnType) -> Said<Field> {
    let found = found.type_def.as_ref().map(type_definition).transpose()?;
    Ok(Field::Message(Message::new("ReturnType").with("return_type", found.map(Field::Message))))
}

fn variable_def(language: &dyn Language, def: &VariableDef) -> Said<Message> {
    let default = def.default_value.as_ref().map(|value| language.input_default(value));
    Ok(Message::new("VariableDef")
        .with("name", Field::text(&def.name))
        .with("type_def", Field::Message(type_definition(&def.type_def)?))
        .with("default_value", default.transpose()?.map(Field::Code)))
}

fn user_task_field(field: &UserTaskField) -> Message {
    Message::new("UserTaskField")
        .with("name", Field::text(&field.name))
        .with("type", Field::var_type(field.var_type))
        .with("display_name", Field::text(&field.display_name))
        .with("description", field.description.as_deref().map(Field::text))
        .with("required", field.required.then_some(Field::True))
}

/// The lines that register what a document defines and its steps do not.
pub(crate) fn requests(
    language: &dyn Language,
    document: &Document,
    registered: &HashSet<String>,
) -> Said<Vec<String>> {
    let mut lines = Vec::new();
    let define = |what: &str, name: &str| Message::new(what).with("name", Field::text(name));
    let mut put = |request: Message| lines.extend(language.put(&request));
    // A StructDef that needs itself is refused before (V-STRUCT).
    for name in composed::in_order(&document.struct_defs).unwrap_or_default() {
        let Some(def) = document.struct_defs.get(name) else { continue };
        if let Some(fields) = struct_def(language, def)? {
            put(define("StructDef", name).with("struct_def", Field::Message(fields)));
        }
    }
    for (name, def) in &document.external_event_defs {
        if registered.contains(name) {
            continue;
        }
        let retention = def.retention_seconds.map(|seconds| {
            let policy = Message::new("ExternalEventRetentionPolicy");
            Field::Message(policy.with("seconds_after_put", Field::Long(seconds)))
        });
        let correlated = def.correlated.as_ref().map(|def| Field::Message(correlated(def)));
        let request = define("ExternalEventDef", name)
            .with("retention_policy", retention)
            .with("content_type", def.content_type.as_ref().map(return_type).transpose()?)
            .with("correlated_event_config", correlated);
        put(request);
    }
    for (name, def) in &document.task_defs {
        let inputs: Said<Vec<_>> =
            def.input_vars.iter().map(|input| variable_def(language, input)).collect();
        let inputs = Some(inputs?).filter(|inputs| !inputs.is_empty());
        let request = define("TaskDef", name)
            .with("input_vars", inputs.map(Field::Several))
            .with("return_type", def.return_type.as_ref().map(return_type).transpose()?);
        put(request);
    }
    for (name, def) in &document.user_task_defs {
        let fields = def.fields.iter().map(user_task_field).collect();
        put(define("UserTaskDef", name).with("fields", Field::Several(fields)));
    }
    for (name, def) in &document.workflow_event_defs {
        let content = def.content_type.as_ref().map(return_type).transpose()?;
        put(define("WorkflowEventDef", name).with("content_type", content));
    }
    Ok(lines)
}
