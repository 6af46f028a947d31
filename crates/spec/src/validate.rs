//! The rules V-* that a document must keep.

use crate::diagnostic::Diagnostic;
use crate::model::Document;

/// What `LittleHorse` would refuse (errors), and what is probably not meant (warnings).
pub fn validate(document: &Document) -> Vec<Diagnostic> {
    check(document).into_iter().map(|finding| finding.diagnostic).collect()
}

/// A diagnostic, and what it is about, for fixes.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) about: Option<About>,
}

/// What a document lacks.
#[derive(Debug, Clone)]
pub(crate) enum About {
    Variable { thread: String, name: String },
    Event(String),
    Task(String),
    UserTask(String),
    WorkflowEvent(String),
    Thread(String),
}

pub(crate) fn check(_document: &Document) -> Vec<Finding> {
    Vec::new()
}
