//! A text as a tree of scalars, lists and maps, each with its place: what YAML and JSON have in common.

pub(crate) mod json;
mod places;
mod scalar;
pub(crate) mod yaml;

pub use scalar::Plain;
pub(crate) use scalar::resolve;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, is_enough};
use crate::place::{At, Span};

/// A scalar, list or map, and where it stands.
#[derive(Debug, Clone)]
pub struct Tree {
    /// Where it stands.
    pub span: Span,
    /// The YAML tag, such as `double` for `!double` and `!!double`.
    pub tag: Option<String>,
    /// What it is.
    pub kind: TreeKind,
}

/// What a [`Tree`] is.
#[derive(Debug, Clone)]
pub enum TreeKind {
    /// A text without quotes: a number, a word…
    Plain(String),
    /// A text in quotes, or a block of text.
    Quoted(String),
    /// A list.
    List(Vec<Tree>),
    /// A map.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Tree,
}

impl Tree {
    pub(crate) fn plain(text: &str, span: Span) -> Self {
        Self { span, tag: None, kind: TreeKind::Plain(text.to_owned()) }
    }

    pub(crate) fn at(&self) -> At {
        At(self.span)
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            TreeKind::Plain(text) | TreeKind::Quoted(text) => Some(text),
            TreeKind::List(_) | TreeKind::Map(_) => None,
        }
    }

    /// What a scalar without quotes says; texts in quotes, lists and maps have none.
    pub fn as_plain(&self) -> Option<Plain<'_>> {
        match &self.kind {
            TreeKind::Plain(text) => Some(resolve(text)),
            _ => None,
        }
    }

    /// Whether nothing stands there.
    pub fn is_null(&self) -> bool {
        self.tag.is_none() && matches!(self.as_plain(), Some(Plain::Null))
    }

    /// The parts of a list.
    pub fn list(&self) -> Option<&[Tree]> {
        match &self.kind {
            TreeKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a map.
    pub fn map(&self) -> Option<&[Entry]> {
        match &self.kind {
            TreeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.map()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// What it is, in words.
    pub fn what(&self) -> &'static str {
        match &self.kind {
            TreeKind::Plain(text) => match resolve(text) {
                Plain::Null => "nothing",
                Plain::Bool(_) => "true or false",
                Plain::Int(_) | Plain::Double(_) | Plain::TooBig => "a number",
                Plain::Text => "a text",
            },
            TreeKind::Quoted(_) => "a text",
            TreeKind::List(_) => "a list",
            TreeKind::Map(_) => "a map",
        }
    }

    /// Reports keys that a map has twice.
    pub(crate) fn report_duplicates(&self, diagnostics: &mut Vec<Diagnostic>) {
        match &self.kind {
            TreeKind::Plain(_) | TreeKind::Quoted(_) => {}
            TreeKind::List(items) => {
                for item in items {
                    item.report_duplicates(diagnostics);
                }
            }
            TreeKind::Map(entries) => {
                let mut seen = std::collections::HashMap::new();
                for entry in entries {
                    if is_enough(diagnostics) {
                        return;
                    }
                    if let Some(first) = seen.insert(entry.key.as_str(), entry.key_span) {
                        diagnostics.push(Diagnostic::error(
                            Code::DuplicateKey,
                            entry.key_span,
                            format!(
                                "\"{}\" stands here twice, first on line {}.",
                                entry.key, first.line
                            ),
                        ));
                    }
                    entry.value.report_duplicates(diagnostics);
                }
            }
        }
    }
}

/// From the start of one place to the end of another.
pub(crate) fn span_between(first: Span, last: Span) -> Span {
    Span { end_line: last.end_line, end_column: last.end_column, ..first }
}

impl Tree {
    /// Says of every part that it stands at this place.
    pub(crate) fn move_to(&mut self, span: Span) {
        self.span = span;
        match &mut self.kind {
            TreeKind::Plain(_) | TreeKind::Quoted(_) => {}
            TreeKind::List(items) => items.iter_mut().for_each(|item| item.move_to(span)),
            TreeKind::Map(entries) => {
                for entry in entries {
                    entry.key_span = span;
                    entry.value.move_to(span);
                }
            }
        }
    }
}
