//! Definitions, variables, and what simulated tasks return.

use super::expressions::literal;
use super::yaml::Out;
use crate::model::{
    AccessLevel, ExternalEventDef, ReturnType, SimulatedResult, StructDef, TaskDef, ThreadVarDef,
    TypeDef, UserTaskDef, UserTaskField, VariableDef,
};
use crate::value::Value;

/// A section: a list of names if that is all there is to say.
pub(super) fn section(entries: Vec<(String, Out)>) -> Out {
    let bare = |out: &Out| matches!(out, Out::Plain(text) if text.is_empty());
    if entries.iter().all(|(_, out)| bare(out)) {
        return Out::List(entries.iter().map(|(name, _)| Out::text(name)).collect());
    }
    Out::Block(entries)
}

/// A type, `NOTHING`, or no type at all.
pub(super) fn return_type(found: Option<&ReturnType>) -> Out {
    match found.map(|found| found.type_def.as_ref()) {
        None => Out::nothing(),
        Some(None) => Out::text("NOTHING"),
        Some(Some(found)) => Out::Text(type_text(found)),
    }
}

fn type_text(found: &TypeDef) -> String {
    found.to_string()
}

pub(super) fn event(def: &ExternalEventDef) -> Out {
    if def.retention_seconds.is_none() && def.correlated.is_none() {
        return return_type(def.content_type.as_ref());
    }
    let mut entries = Vec::new();
    if def.content_type.is_some() {
        entries.push(("payload".to_owned(), return_type(def.content_type.as_ref())));
    }
    if let Some(seconds) = def.retention_seconds {
        entries.push(("retention".to_owned(), Out::number(seconds)));
    }
    if let Some(correlated) = &def.correlated {
        let mut config = Vec::new();
        if let Some(seconds) = correlated.ttl_seconds {
            config.push(("ttl".to_owned(), Out::number(seconds)));
        }
        if correlated.delete_after_first_correlation {
            config.push(("delete-after-first".to_owned(), Out::number(true)));
        }
        let config = if config.is_empty() { Out::number(true) } else { Out::Map(config) };
        entries.push(("correlated".to_owned(), config));
    }
    Out::Map(entries)
}

/// A task; `inferred`: its inputs are those that the first step which runs it gives.
pub(super) fn task(def: &TaskDef, inferred: bool) -> Out {
    if inferred {
        return return_type(def.return_type.as_ref());
    }
    let inputs = def
        .input_vars
        .iter()
        .map(|input| (input.name.clone(), Out::Text(variable_text(input, &[]))))
        .collect();
    let mut entries = vec![("inputs".to_owned(), Out::Map(inputs))];
    if def.return_type.is_some() {
        entries.push(("returns".to_owned(), return_type(def.return_type.as_ref())));
    }
    Out::Map(entries)
}

pub(super) fn user_task(def: &UserTaskDef) -> Out {
    if def.fields.is_empty() {
        return Out::nothing();
    }
    let fields = def.fields.iter();
    Out::Map(fields.map(|field| (field.name.clone(), user_task_field(field))).collect())
}

fn user_task_field(field: &UserTaskField) -> Out {
    let required = if field.required { " required" } else { "" };
    let words = Out::Text(format!("{}{required}", field.var_type.name()));
    if field.display_name == field.name && field.description.is_none() {
        return words;
    }
    let mut entries = vec![("type".to_owned(), words)];
    if field.display_name != field.name {
        entries.push(("label".to_owned(), Out::text(&field.display_name)));
    }
    if let Some(description) = &field.description {
        entries.push(("description".to_owned(), Out::text(description)));
    }
    Out::Map(entries)
}

/// The variables of a thread.
pub(super) fn variables(variables: &[ThreadVarDef]) -> Out {
    let entries: Vec<_> = variables
        .iter()
        .map(|variable| (variable.var_def.name.clone(), self::variable(variable)))
        .collect();
    if entries.len() > 1 { Out::Block(entries) } else { Out::Map(entries) }
}

fn variable(variable: &ThreadVarDef) -> Out {
    let mut words = Vec::new();
    for (holds, word) in [
        (variable.required, "required"),
        (variable.searchable, "searchable"),
        (variable.access_level == AccessLevel::PublicVar, "public"),
        (variable.access_level == AccessLevel::InheritedVar, "inherited"),
    ] {
        if holds {
            words.push(word);
        }
    }
    if variable.json_indexes.is_empty() {
        return Out::Expression(variable_text(&variable.var_def, &words));
    }
    let plain = VariableDef { default_value: None, ..variable.var_def.clone() };
    let mut entries = vec![("type".to_owned(), Out::Text(variable_text(&plain, &words)))];
    if let Some(default) = &variable.var_def.default_value {
        let expected = Some(&variable.var_def.type_def.of);
        entries.extend(literal(default, expected).map(|out| ("default".to_owned(), out)));
    }
    let indexes = variable.json_indexes.iter();
    let indexes = indexes.map(|(path, var_type)| (path.clone(), Out::text(var_type.name())));
    entries.push(("json-indexes".to_owned(), Out::Map(indexes.collect())));
    Out::Map(entries)
}

/// `INT masked required = 5`.
fn variable_text(def: &VariableDef, words: &[&str]) -> String {
    let mut text = type_text(&def.type_def);
    for word in words {
        text.push(' ');
        text.push_str(word);
    }
    if let Some(default) = &def.default_value {
        let out = match literal(default, Some(&def.type_def.of)) {
            // A text stands in quotes, so that its end can be seen.
            Some(Out::Text(value)) if matches!(default, Value::Str(_)) => Out::Quoted(value),
            Some(out) => out,
            None => Out::Plain("null".to_owned()),
        };
        text.push_str(" = ");
        text.push_str(super::yaml::one_line(&out).trim_end());
    }
    text
}

/// What a simulated task does, attempt after attempt.
pub(super) fn simulated(results: &[SimulatedResult], def: Option<&TaskDef>) -> Out {
    let expected = def
        .and_then(|def| def.return_type.as_ref()?.type_def.as_ref())
        .map(|type_def| &type_def.of);
    let mut items: Vec<_> = results
        .iter()
        .map(|result| match result {
            SimulatedResult::Output(value) => {
                let out = literal(value, expected).unwrap_or_else(Out::nothing);
                let is_list_or_map = matches!(out, Out::List(_) | Out::Map(_));
                if is_list_or_map { Out::Map(vec![("output".to_owned(), out)]) } else { out }
            }
            SimulatedResult::Error(message) => {
                Out::Map(vec![("error".to_owned(), Out::text(message))])
            }
            SimulatedResult::Exception(name, message, content) => {
                let mut entries = vec![("exception".to_owned(), Out::text(name))];
                if !message.is_empty() {
                    entries.push(("message".to_owned(), Out::text(message)));
                }
                if *content != Value::Null {
                    entries.extend(literal(content, None).map(|out| ("content".to_owned(), out)));
                }
                Out::Map(entries)
            }
        })
        .collect();
    match items.pop() {
        Some(only) if items.is_empty() => only,
        Some(last) => {
            items.push(last);
            Out::List(items)
        }
        None => Out::List(items),
    }
}

/// A StructDef: its fields, or nothing where only its name is known.
pub(super) fn struct_def(def: &StructDef) -> Out {
    let Some(fields) = &def.fields else {
        return Out::nothing();
    };
    let entries = fields.iter().map(|(name, field)| {
        let plain = VariableDef {
            name: name.clone(),
            type_def: field.type_def.clone(),
            default_value: field.default_value.clone(),
            at: def.at,
        };
        let words: &[&str] = if field.is_nullable { &["nullable"] } else { &[] };
        (name.clone(), Out::Expression(variable_text(&plain, words)))
    });
    Out::Map(entries.collect())
}
