//! Any text at all.

use std::sync::Arc;

use halter_spec::limits::MAX_DIAGNOSTICS;
use halter_spec::{Diagnostic, Loaded, load};

use crate::{document, play};

/// Any text is answered, always in the same way; an accepted one is written, read, exported and played.
pub fn source(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let loaded = load(&text);
    is_answered(&text, &loaded);
    assert!(load(&text) == loaded, "the same text is read in two ways");
    let Some(document) = loaded.document else {
        return;
    };
    document::survives(&document);
    let document = Arc::new(document);
    for semantics in play::BOTH {
        let mut sitting = play::sitting(&document, semantics);
        play::commands(&mut sitting, &document.script);
        play::offers(&mut sitting);
    }
}

/// There is a document or an error, and each diagnostic says something about a place of the text.
pub(crate) fn is_answered(text: &str, loaded: &Loaded) {
    let diagnostics = &loaded.diagnostics;
    assert_eq!(loaded.document.is_some(), !diagnostics.iter().any(Diagnostic::is_error));
    assert!(diagnostics.len() <= MAX_DIAGNOSTICS);
    let lines = text.split('\n').count() as u32 + 1;
    for found in diagnostics {
        let span = found.span;
        assert!(!found.message().is_empty(), "{found:?}");
        assert!(span.line >= 1 && span.column >= 1 && span.line <= lines, "{found:?}");
        assert!((span.line, span.column) <= (span.end_line, span.end_column), "{found:?}");
    }
}
