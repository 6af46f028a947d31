//! What is wrong with a source, said so that a person can put it right.

use serde::Serialize;

use crate::code::Code;
use crate::limits::ENOUGH_DIAGNOSTICS;
use crate::place::{At, Span};

/// Something wrong, or odd, at a place of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable code, such as `V-HANDLER`.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One plain sentence.
    pub message: String,
    /// Where it is.
    pub span: Span,
    /// The ThreadSpec and the node that it is about.
    pub node: Option<(String, String)>,
    /// What would put it right.
    pub fix: Option<Fix>,
}

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document can't be used.
    Error,
    /// It can, but is probably not what is meant.
    Warning,
}

/// An edit that puts a [`Diagnostic`] right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, as a button would say it.
    pub label: String,
    /// What to replace by what; an empty span is an insertion.
    pub edits: Vec<(Span, String)>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, at: impl Into<Span>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: at.into(),
            node: None,
            fix: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: Code, at: impl Into<Span>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, at, message) }
    }

    /// The same, about this node.
    pub fn of_node(mut self, thread: &str, node: &str) -> Self {
        self.node = Some((thread.to_owned(), node.to_owned()));
        self
    }

    /// The same, with an edit that puts it right.
    pub fn with_fix(mut self, label: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        self.fix = Some(Fix { label: label.into(), edits });
        self
    }

    /// Whether the document can't be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl From<At> for Span {
    fn from(at: At) -> Self {
        at.0
    }
}

impl From<&At> for Span {
    fn from(at: &At) -> Self {
        at.0
    }
}

/// Adds a diagnostic, unless there are enough of its kind already.
pub(crate) fn add(diagnostics: &mut Vec<Diagnostic>, diagnostic: Diagnostic) {
    let is_full = diagnostics.len() >= ENOUGH_DIAGNOSTICS;
    // Without any error yet, the first one still counts.
    if !is_full || (diagnostic.is_error() && !diagnostics.iter().any(Diagnostic::is_error)) {
        diagnostics.push(diagnostic);
    }
}

/// Whether no more need be looked for: there are enough, and errors among them.
pub(crate) fn is_enough(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.len() >= ENOUGH_DIAGNOSTICS && diagnostics.iter().any(Diagnostic::is_error)
}
