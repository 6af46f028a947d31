//! The rules V-* that a document must keep.

use crate::diagnostic::Diagnostic;
use crate::model::Document;

/// What `LittleHorse` would refuse (errors), and what is probably not meant (warnings).
pub fn validate(_document: &Document) -> Vec<Diagnostic> {
    Vec::new()
}
