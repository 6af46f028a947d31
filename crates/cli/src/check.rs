//! `halter check`: diagnostics with excerpts of the source.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use halter_spec::{Diagnostic, Severity, load};
use serde_json::json;

use crate::arguments::Format;
use crate::input;

/// Checks every file.
pub(crate) fn run(files: &[PathBuf], format: Format) -> ExitCode {
    let mut code = 0;
    let mut all = Vec::new();
    for file in files {
        let Ok(text) = input::read(file) else {
            code = 2;
            continue;
        };
        let diagnostics = load(&text).diagnostics;
        if code == 0 && diagnostics.iter().any(Diagnostic::is_error) {
            code = 1;
        }
        match format {
            Format::Text => tell(file, &text, &diagnostics),
            Format::Json => all.push(json!({ "file": file, "diagnostics": diagnostics })),
        }
    }
    if format == Format::Json {
        println!("{}", serde_json::Value::Array(all));
    }
    ExitCode::from(code)
}

/// Prints diagnostics with the lines that they are about, and how many there are.
pub(crate) fn tell(file: &Path, text: &str, diagnostics: &[Diagnostic]) {
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let path = file.display().to_string();
    for diagnostic in diagnostics {
        println!("{}\n", excerpt(&renderer, &path, text, diagnostic));
    }
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    println!(
        "{path}: {}, {}",
        count(errors, "error"),
        count(diagnostics.len() - errors, "warning")
    );
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn excerpt(renderer: &Renderer, path: &str, text: &str, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let range = byte_of(text, diagnostic.span.line, diagnostic.span.column)
        ..byte_of(text, diagnostic.span.end_line, diagnostic.span.end_column);
    let annotation = AnnotationKind::Primary.span(range.start..range.end.max(range.start));
    let snippet = Snippet::source(text).path(path).annotation(annotation);
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let group = title.element(snippet);
    let fix = diagnostic
        .fix
        .as_ref()
        .map(|fix| format!("to put it right: {}", fix.label));
    match &fix {
        Some(fix) => renderer.render(&[group.element(Level::HELP.message(fix.as_str()))]),
        None => renderer.render(&[group]),
    }
}

/// The byte at which a line and column (both from 1, columns in characters) stand.
fn byte_of(text: &str, line: u32, column: u32) -> usize {
    let mut start = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        if number == line.max(1) {
            let content = content.trim_end_matches(['\n', '\r']);
            let skipped = column.saturating_sub(1) as usize;
            return start
                + content
                    .char_indices()
                    .nth(skipped)
                    .map_or(content.len(), |(at, _)| at);
        }
        start += content.len();
    }
    text.len()
}
