//! The fields of a step, for a form beside it.

use halter_spec::grammar::{self, Key, NameKind, Statement, ValueShape};

use super::layout::{insert_into, remove_entry};
use super::{Edited, Refusal, Sheet, not_here, unknown};
use crate::analysis::{is_flow, statement_of};
use crate::cst::{Cst, Node, NodeShape};
use crate::edit::{Edit, Span};

/// A field of a step.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Field {
    /// Its key in the source.
    pub name: String,
    /// What it means.
    pub doc: &'static str,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it has to be there.
    pub required: bool,
    /// What it says now, as it stands in the source; `None` if it is not there.
    pub value: Option<String>,
    /// Where that stands.
    pub span: Option<Span>,
}

/// What a [`Field`] takes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// One of these names; others may be typed.
    Name(NameKind, Vec<String>),
    /// A whole number.
    Int,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(Vec<&'static str>),
    /// An expression or a literal.
    Value,
    /// An expression that is true or false.
    Condition,
    /// A list or a map, written as YAML.
    Yaml,
}

/// The step of a node: its map in the source, and what it does.
fn step_map<'c>(
    sheet: &Sheet<'c>,
    thread: &str,
    node: &str,
) -> Result<(&'c Node, &'static Statement), Refusal> {
    let map = if sheet.is_graph(thread)? {
        let nodes = sheet.thread(thread)?.value.get("nodes");
        match nodes.and_then(|nodes| nodes.get(node)) {
            Some(map) => map,
            None => return unknown("node", node),
        }
    } else {
        match sheet.step(thread, node)? {
            Some(step) => &step.item.value,
            None => return not_here("The first and the last node of a thread have no fields."),
        }
    };
    let of_word = || map.text().and_then(grammar::statement);
    match statement_of(map).or_else(of_word) {
        Some(statement) => Ok((map, statement)),
        None => not_here("This node has no fields."),
    }
}

/// The fields of the step of a node, in the order in which a form shows them: what it does first.
///
/// # Errors
/// If there is no such node, or it has no fields.
pub fn fields(text: &str, thread: &str, node: &str) -> Result<Vec<Field>, Refusal> {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    let (map, statement) = step_map(&sheet, thread, node)?;
    let analysis = crate::analysis::Analysis::of(&cst);
    let field = |key: &'static Key| {
        let entry = map.entry(key.name);
        let names =
            |kind: NameKind| analysis.known(kind, "").into_iter().map(str::to_owned).collect();
        let span = entry.filter(|entry| !entry.value.is_null()).map(|entry| {
            let tagged = entry.value.tag.as_ref().map_or(entry.value.from, |tag| tag.1);
            Span { from: tagged, to: entry.value.to }
        });
        Field {
            name: key.name.to_owned(),
            doc: key.doc,
            kind: kind(&key.holds, &names),
            required: key.required || key.name == statement.key.name,
            value: entry.map(|_| {
                span.map_or_else(String::new, |span| cst.slice(span.from, span.to).to_owned())
            }),
            span,
        }
    };
    let is_body = |key: &&'static Key| matches!(key.name, "then" | "else" | "else-if" | "do");
    let keys: Vec<&'static Key> = if sheet.is_graph(thread)? {
        statement.node_keys().collect()
    } else {
        statement.keys().collect()
    };
    Ok(keys.into_iter().filter(|key| !is_body(key)).map(field).collect())
}

fn kind(holds: &ValueShape, names: &dyn Fn(NameKind) -> Vec<String>) -> FieldKind {
    match holds {
        ValueShape::Text | ValueShape::Property => FieldKind::Text,
        ValueShape::Name(kind) => FieldKind::Name(*kind, names(*kind)),
        ValueShape::Int => FieldKind::Int,
        ValueShape::Number => FieldKind::Number,
        ValueShape::Flag => FieldKind::Flag,
        ValueShape::Word(words) => FieldKind::Word(words.iter().map(|(word, _)| *word).collect()),
        ValueShape::Value => FieldKind::Value,
        ValueShape::Condition => FieldKind::Condition,
        ValueShape::Either([ValueShape::Nothing, other, ..] | [other, ..]) => kind(other, names),
        _ => FieldKind::Yaml,
    }
}

/// Sets a field of the step of a node to what is written as in the source, or takes it away.
///
/// # Errors
/// If there is no such field, the value is not one of YAML on one line, or the text would not be right with it.
pub fn set_field(text: &str, thread: &str, node: &str, field: &str, value: Option<&str>) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    let (map, statement) = step_map(&sheet, thread, node)?;
    let is_graph = sheet.is_graph(thread)?;
    let known = if is_graph {
        statement.node_keys().find(|key| key.name == field)
    } else {
        statement.keys().find(|key| key.name == field)
    };
    let Some(key) = known else {
        return unknown("field", field);
    };
    let index = map.entries().iter().position(|entry| entry.key == field);
    let Some(value) = value else {
        if key.name == statement.key.name {
            return not_here("A step says what it does: delete it instead.");
        }
        return match index.and_then(|index| remove_entry(&cst, map, index)) {
            Some(edit) => sheet.checked(vec![edit]),
            None => Ok(Vec::new()),
        };
    };
    let in_braces = is_flow(map);
    let Some(value) = written(value, key, in_braces) else {
        return not_here("That can't be written on one line: write it in the source.");
    };
    let entry = index.and_then(|index| map.entries().get(index));
    let edit = match entry {
        Some(entry) => {
            let Some(colon) = entry.colon else {
                return not_here("This field is half typed.");
            };
            let to = entry.to();
            if value.is_empty() {
                Edit::replace(colon + 1, to, "")
            } else {
                Edit::replace(colon + 1, to, format!(" {value}"))
            }
        }
        None if map.text().is_some() => {
            let word = cst.slice(map.from, map.to);
            let value = format!("{{{word}: , {field}: {value}}}");
            Edit::replace(map.from, map.to, value)
        }
        None => match insert_into(&cst, map, None, field, &value) {
            Some(edit) => edit,
            None => return not_here("Here no field can be added: write it by hand."),
        },
    };
    sheet.checked(vec![edit])
}

/// The value as it can stand behind a colon: in quotation marks if it has to.
fn written(value: &str, key: &Key, in_braces: bool) -> Option<String> {
    let value = value.trim();
    if value.contains('\n') {
        return None;
    }
    if value.is_empty() {
        return Some(match key.holds {
            ValueShape::Text => "\"\"".to_owned(),
            _ => String::new(),
        });
    }
    let line = if in_braces { format!("{{k: {value}}}") } else { format!("k: {value}") };
    let tree = Cst::of(&line);
    let stays = match tree.root.entries() {
        [entry] if tree.root.to == line.len() && tree.comments.is_empty() => {
            let whole = match &entry.value.kind {
                NodeShape::Scalar(text, _)
                    if entry.value.is_plain() && entry.value.tag.is_none() =>
                {
                    text == value && !value.contains(": ") && !value.ends_with(':')
                }
                _ => true,
            };
            let end = line.len() - usize::from(in_braces);
            let indicator = value.starts_with(['&', '*', '%', '@', '`', '|', '>', '"', '\''])
                && entry.value.is_plain();
            whole && entry.value.to == end && !indicator
        }
        _ => false,
    };
    if stays {
        return Some(value.to_owned());
    }
    Some(format!("'{}'", value.replace('\'', "''")))
}
