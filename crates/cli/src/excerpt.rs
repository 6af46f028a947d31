//! Diagnostics as rustc shows them: the lines, what is wrong there, and what would put it right.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Patch, Renderer, Snippet};
use halter_language::Fix;
use halter_spec::model::Document;
use halter_spec::place::Span;
use halter_spec::{Diagnostic, Severity};

use crate::fixes;

/// Diagnostics of a document, each with its excerpt, and how many there are.
pub(crate) fn all(name: &str, text: &str, diagnostics: &[Diagnostic]) -> String {
    shown(name, text, diagnostics, &fixes::likely(text, None, diagnostics))
}

/// The same of a script to a document.
pub(crate) fn of_script(
    name: &str,
    text: &str,
    document: &Document,
    diagnostics: &[Diagnostic],
) -> String {
    shown(name, text, diagnostics, &fixes::likely(text, Some(document), diagnostics))
}

fn shown(name: &str, text: &str, diagnostics: &[Diagnostic], fixes: &[Option<Fix>]) -> String {
    let mut out = String::new();
    for (diagnostic, fix) in diagnostics.iter().zip(fixes) {
        out.push_str(&one(name, text, diagnostic, fix.as_ref()));
        out.push_str("\n\n");
    }
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    let warnings = diagnostics.len() - errors;
    // Writing to a String can't fail.
    let _ = writeln!(out, "{name}: {}, {}", count(errors, "error"), count(warnings, "warning"));
    out
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn one(name: &str, text: &str, diagnostic: &Diagnostic, fix: Option<&Fix>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let range = range_of(text, diagnostic.span);
    let snippet = Snippet::source(text).path(name).annotation(AnnotationKind::Primary.span(range));
    let problem =
        level.primary_title(diagnostic.message()).id(diagnostic.code.name()).element(snippet);
    let renderer = Renderer::styled();
    let Some(fix) = fix else {
        return renderer.render(&[problem]);
    };
    let patches = fix.edits.iter().map(|edit| Patch::new(edit.from..edit.to, edit.insert.as_str()));
    let help = Level::HELP
        .secondary_title(format!("to put it right: {}", fix.title))
        .element(Snippet::source(text).path(name).patches(patches));
    renderer.render(&[problem, help])
}

fn range_of(text: &str, span: Span) -> Range<usize> {
    let start = byte_of(text, span.line, span.column);
    start..byte_of(text, span.end_line, span.end_column).max(start)
}

/// The byte at which a line and column (both from 1, columns in characters) stand.
fn byte_of(text: &str, line: u32, column: u32) -> usize {
    let mut start = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        if number == line.max(1) {
            let content = content.trim_end_matches(['\n', '\r']);
            let skipped = column.saturating_sub(1) as usize;
            return start + content.char_indices().nth(skipped).map_or(content.len(), |(at, _)| at);
        }
        start += content.len();
    }
    text.len()
}

#[cfg(test)]
mod tests;
