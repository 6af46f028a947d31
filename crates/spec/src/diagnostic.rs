//! What is wrong with a source, said so that a person can put it right.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::about::About;
use crate::code::Code;
use crate::limits::ENOUGH_DIAGNOSTICS;
use crate::place::{At, Span};

/// Something wrong, or odd, at a place of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code, such as `V-HANDLER`.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about, as data.
    pub about: About,
    /// Where it is.
    pub span: Span,
    /// The ThreadSpec and the node that it is about.
    pub node: Option<(String, String)>,
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

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, at: impl Into<Span>, about: impl Into<About>) -> Self {
        Self { code, severity: Severity::Error, about: about.into(), span: at.into(), node: None }
    }

    /// A warning at a place.
    pub fn warning(code: Code, at: impl Into<Span>, about: impl Into<About>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, at, about) }
    }

    /// The same, about this node.
    pub fn of_node(mut self, thread: &str, node: &str) -> Self {
        self.node = Some((thread.to_owned(), node.to_owned()));
        self
    }

    /// One plain sentence.
    pub fn message(&self) -> String {
        self.about.to_string()
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

/// For those who read JSON, its sentence too.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Diagnostic", 5)?;
        fields.serialize_field("code", &self.code)?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("message", &self.message())?;
        fields.serialize_field("span", &self.span)?;
        fields.serialize_field("node", &self.node)?;
        fields.end()
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
