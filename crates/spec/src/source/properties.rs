//! Properties of all runs: a name and what it says.

use super::Source;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::Document;
use crate::names::similar;
use crate::place::Span;
use crate::property::{self, Condition, Like, Property, STATUSES, names_node};
use crate::tree::{Tree, TreeKind};

impl Source {
    pub(super) fn properties(&mut self, tree: &Tree) {
        let Some(entries) = tree.map() else {
            if !tree.is_null() {
                self.expected(tree, "properties", "a map from names to properties");
            }
            return;
        };
        for entry in entries {
            let Some(text) = entry.value.text() else {
                self.expected(
                    &entry.value,
                    &entry.key,
                    "a property such as \"never order is ERROR\"",
                );
                continue;
            };
            let kind = match property::parse(text) {
                Ok(kind) => kind,
                Err((at, message)) => {
                    self.error(Code::Property, place(&entry.value, text, at), message);
                    continue;
                }
            };
            let mut wrong = Vec::new();
            for condition in kind.conditions() {
                condition.visit(&mut |condition| wrong.extend(unknown(&self.document, condition)));
            }
            for message in wrong {
                self.report(Diagnostic::error(Code::Property, entry.value.span, message));
            }
            let property = Property { text: text.to_owned(), kind, at: entry.value.at() };
            self.document.properties.insert(entry.key.clone(), property);
        }
    }
}

/// Reads a condition that stands alone; `document` has what it names.
pub(crate) fn read_condition(
    tree: &Tree,
    document: &Document,
) -> Result<Condition, Vec<Diagnostic>> {
    let error = |at, message: String| Diagnostic::error(Code::Property, at, message);
    let text = tree.text().unwrap_or_default();
    let condition = property::condition(text)
        .map_err(|(at, message)| vec![error(place(tree, text, at), message)])?;
    let mut wrong = Vec::new();
    condition.visit(&mut |condition| wrong.extend(unknown(document, condition)));
    if wrong.is_empty() {
        return Ok(condition);
    }
    Err(wrong.into_iter().map(|message| error(tree.span, message)).collect())
}

/// The place of a byte of a scalar.
fn place(tree: &Tree, text: &str, at: usize) -> Span {
    let span = tree.span;
    let is_verbatim = matches!(tree.kind, TreeKind::Plain(_))
        && span.line == span.end_line
        && span.end_column.saturating_sub(span.column) as usize == text.chars().count();
    if !is_verbatim {
        return span;
    }
    let before = text.get(..at).map_or(0, |before| before.chars().count());
    let column = span.column + before as u32;
    Span { column, end_column: span.end_column.max(column + 1), ..span }
}

/// What a condition names that is not there.
fn unknown(document: &Document, condition: &Condition) -> Option<String> {
    let events = || document.external_event_defs.keys().map(String::as_str);
    match condition {
        Condition::Run(status) => missing("status", status, STATUSES),
        Condition::EventCame(event) | Condition::EventTaken(event) => {
            missing("event", event, events())
        }
        Condition::Threads { thread, like, .. } => {
            let specs = &document.wf_spec.thread_specs;
            let Some(spec) = specs.get(thread) else {
                return missing("thread", thread, specs.keys().map(String::as_str));
            };
            match like {
                Like::There => None,
                Like::Is(status) => missing("status", status, STATUSES),
                Like::At(node) | Like::Reached(node) | Like::Enters(node) => {
                    let mut nodes = spec.nodes.keys();
                    let names = spec.nodes.keys().map(String::as_str);
                    let there = nodes.any(|name| names_node(node, name));
                    (!there).then(|| missing(&format!("node of {thread}"), node, names))?
                }
            }
        }
        Condition::Variable { thread, name, .. } => {
            let specs = &document.wf_spec.thread_specs;
            let Some(spec) = specs.get(thread) else {
                return missing("thread", thread, specs.keys().map(String::as_str));
            };
            let names = spec.variable_defs.iter().map(|v| v.var_def.name.as_str());
            missing(&format!("variable of {thread}"), name, names)
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => None,
    }
}

fn missing<'a>(what: &str, name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.into_iter().collect();
    if names.contains(&name) {
        return None;
    }
    let hint = similar(name, names);
    let hint = hint.map_or_else(String::new, |meant| format!(" Did you mean \"{meant}\"?"));
    Some(format!("There is no {what} \"{name}\".{hint}"))
}
