//! Pieces of a source that stand in another text, such as a lesson: each is read by the rules of a whole source, and what is
//! wrong has its place. To get the places of the text around it, a piece is read with as many empty lines before it.

use serde_json::Value as Json;

use crate::diagnostic::Diagnostic;
use crate::load::too_large;
use crate::model::Document;
use crate::place::Span;
use crate::property::Condition;
use crate::source;
use crate::tree;

pub use crate::tree::{Entry, Plain, Tree, TreeKind};

/// Reads YAML: as far as it can be read, and what is wrong. An empty text has no tree.
#[must_use]
pub fn yaml(text: &str) -> (Option<Tree>, Vec<Diagnostic>) {
    if let Some(diagnostic) = too_large(text) {
        return (None, vec![diagnostic]);
    }
    let (tree, mut diagnostics) = tree::yaml::parse(text);
    if let Some(tree) = &tree {
        tree.report_duplicates(&mut diagnostics);
    }
    (tree, diagnostics)
}

/// Reads commands as they stand below `script:`, each with its place; `document` has what they refer to.
#[must_use]
pub fn commands(items: &[Tree], document: &Document) -> (Vec<(Span, Json)>, Vec<Diagnostic>) {
    source::read_commands(items, document)
}

/// Reads a condition as it stands in a property; `document` has what it names.
///
/// # Errors
/// What is wrong with it. What is no text is read as an empty one.
pub fn condition(tree: &Tree, document: &Document) -> Result<Condition, Vec<Diagnostic>> {
    source::read_condition(tree, document)
}
