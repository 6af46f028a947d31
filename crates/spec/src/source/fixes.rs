//! Edits of the source that put right what validation found.

use crate::place::Span;
use crate::tree::{Entry, Tree};
use crate::validate::{About, Finding};

/// Adds fixes to findings, as far as the source shows where to put them.
pub(crate) fn add_fixes(findings: &mut [Finding], tree: &Tree) {
    for finding in findings {
        if finding.diagnostic.fix.is_some() {
            continue;
        }
        let Some(about) = finding.about.clone() else {
            continue;
        };
        if let Some((label, edit)) = fix(&about, tree) {
            finding.diagnostic = finding.diagnostic.clone().with_fix(label, vec![edit]);
        }
    }
}

fn fix(about: &About, tree: &Tree) -> Option<(String, (Span, String))> {
    match about {
        About::Variable { thread, name } => {
            let entry = tree.get("threads")?.map()?.iter().find(|entry| entry.key == *thread)?;
            let edit = add_to_section(&entry.value, "variables", &format!("{name}: STR"))?;
            Some((format!("declare variable {name}"), edit))
        }
        About::Event(name) => {
            let edit = add_to_section(tree, "events", &format!("{name}:"))?;
            Some((format!("declare event {name}"), edit))
        }
        About::Task(name) => {
            let edit = add_to_section(tree, "tasks", &format!("{name}:"))?;
            Some((format!("declare task {name}"), edit))
        }
        About::UserTask(name) => {
            let edit = add_to_section(tree, "user-tasks", &format!("{name}:"))?;
            Some((format!("declare user task {name}"), edit))
        }
        About::WorkflowEvent(name) => {
            let edit = add_to_section(tree, "workflow-events", &format!("{name}:"))?;
            Some((format!("declare workflow event {name}"), edit))
        }
        About::Thread(name) => {
            let threads = tree.get("threads")?;
            let edit = add_line(threads, &format!("{name}: []"))?;
            Some((format!("add thread {name}"), edit))
        }
    }
}

/// A line more in the section of a map; the section itself, if it isn't there.
fn add_to_section(map: &Tree, section: &str, line: &str) -> Option<(Span, String)> {
    let entries = map.map()?;
    match entries.iter().find(|entry| entry.key == section) {
        Some(entry) if entry.value.map().is_some() => add_line(&entry.value, line),
        Some(_) => None,
        None => {
            let first = entries.first().filter(|_| !in_braces(entries, map))?;
            let at = before(first);
            let indent = " ".repeat(at.column.saturating_sub(1) as usize);
            Some((at, format!("{section}:\n{indent}  {line}\n{indent}")))
        }
    }
}

/// A line more, before the first of a map.
fn add_line(map: &Tree, line: &str) -> Option<(Span, String)> {
    let entries = map.map()?;
    let first = entries.first()?;
    let at = before(first);
    if in_braces(entries, map) {
        let line =
            line.strip_suffix(':').map_or_else(|| line.to_owned(), |name| format!("{name}: "));
        return Some((at, format!("{line}, ")));
    }
    let indent = " ".repeat(at.column.saturating_sub(1) as usize);
    Some((at, format!("{line}\n{indent}")))
}

fn before(entry: &Entry) -> Span {
    let Span { line, column, .. } = entry.key_span;
    Span { line, column, end_line: line, end_column: column }
}

/// Whether a map is written {like: this}: then it begins before its first key.
fn in_braces(entries: &[Entry], map: &Tree) -> bool {
    entries.first().is_some_and(|first| {
        (map.span.line, map.span.column) != (first.key_span.line, first.key_span.column)
            && map.span.line != 0
    })
}
