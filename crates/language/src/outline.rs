//! The outline of a source, and what can be folded away.

use halter_spec::grammar::{self, NameKind};

use crate::analysis::{is_json, statement_of};
use crate::cst::{Cst, Entry, Layout, Node, NodeShape};
use crate::edit::Span;

/// A part of the outline.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Symbol {
    /// Its name, or for a step what it does: `task charge`.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Its name, for the cursor to go to.
    pub name_span: Span,
    /// What is inside.
    pub children: Vec<Symbol>,
}

/// What a [`Symbol`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum SymbolKind {
    /// Something with a name.
    Name(NameKind),
    /// A section of the document.
    Section,
    /// A step of a thread.
    Step,
    /// An interrupt that a thread registers.
    Interrupt,
    /// A command of the script.
    Command,
}

/// The outline: sections, what they declare, threads with their variables, interrupts and steps, commands.
#[must_use]
pub fn symbols(text: &str) -> Vec<Symbol> {
    if is_json(text) {
        return Vec::new();
    }
    let cst = Cst::of(text);
    let mut found = Vec::new();
    for entry in cst.root.entries() {
        let children = match entry.key.as_str() {
            "events" => section(&entry.value, NameKind::Event),
            "tasks" => section(&entry.value, NameKind::Task),
            "user-tasks" => section(&entry.value, NameKind::UserTask),
            "workflow-events" => section(&entry.value, NameKind::WorkflowEvent),
            "threads" => entry.value.entries().iter().map(thread).collect(),
            "workflows" => entry.value.entries().iter().map(workflow).collect(),
            "script" => steps(&entry.value, SymbolKind::Command),
            "workflow" => {
                if let Some(name) = entry.value.text() {
                    found.push(symbol(
                        name,
                        SymbolKind::Name(NameKind::Workflow),
                        entry,
                        Vec::new(),
                    ));
                }
                continue;
            }
            _ => continue,
        };
        found.push(symbol(&entry.key, SymbolKind::Section, entry, children));
    }
    found
}

fn symbol(name: &str, kind: SymbolKind, entry: &Entry, children: Vec<Symbol>) -> Symbol {
    let (from, to) = entry.name_span();
    Symbol {
        name: name.to_owned(),
        kind,
        span: Span { from: entry.key_from, to: entry.to() },
        name_span: Span { from, to },
        children,
    }
}

fn section(node: &Node, kind: NameKind) -> Vec<Symbol> {
    let names = node.items().iter().filter_map(|item| {
        let (from, to) = item.value.text_span();
        Some(Symbol {
            name: item.value.text()?.to_owned(),
            kind: SymbolKind::Name(kind),
            span: Span { from, to },
            name_span: Span { from, to },
            children: Vec::new(),
        })
    });
    let entries = node
        .entries()
        .iter()
        .map(|entry| symbol(&entry.key, SymbolKind::Name(kind), entry, Vec::new()));
    entries.chain(names).collect()
}

fn workflow(entry: &Entry) -> Symbol {
    let threads = entry.value.get("threads").map(Node::entries).unwrap_or_default();
    let threads = threads.iter().map(thread).collect();
    symbol(&entry.key, SymbolKind::Name(NameKind::Workflow), entry, threads)
}

fn thread(entry: &Entry) -> Symbol {
    let mut children = Vec::new();
    for part in entry.value.entries() {
        match part.key.as_str() {
            "variables" => children.extend(section(&part.value, NameKind::Variable)),
            "interrupts" => {
                for interrupt in part.value.entries() {
                    let handler = interrupt.value.text().unwrap_or_default();
                    let name = format!("{} → {handler}", interrupt.key);
                    children.push(symbol(&name, SymbolKind::Interrupt, interrupt, Vec::new()));
                }
            }
            "do" => children.extend(steps(&part.value, SymbolKind::Step)),
            "nodes" => children.extend(section(&part.value, NameKind::Node)),
            _ => {}
        }
    }
    children.extend(steps(&entry.value, SymbolKind::Step));
    symbol(&entry.key, SymbolKind::Name(NameKind::Thread), entry, children)
}

fn steps(node: &Node, kind: SymbolKind) -> Vec<Symbol> {
    node.items().iter().filter_map(|item| step(&item.value, item.from, kind)).collect()
}

fn step(node: &Node, from: usize, kind: SymbolKind) -> Option<Symbol> {
    let span = Span { from, to: node.to };
    if let NodeShape::Scalar(word, _) = &node.kind {
        return Some(Symbol {
            name: word.clone(),
            kind,
            span,
            name_span: Span { from: node.from, to: node.to },
            children: Vec::new(),
        });
    }
    let word = if kind == SymbolKind::Command {
        node.entries().iter().find(|entry| grammar::command(&entry.key).is_some())
    } else {
        statement_of(node).and_then(|statement| node.entry(statement.key.name))
    };
    let entry = word.or_else(|| node.entries().first())?;
    let name = match entry.value.text() {
        Some(text) => format!("{} {text}", entry.key),
        None => entry.key.clone(),
    };
    let mut children = Vec::new();
    for part in node.entries() {
        match part.key.as_str() {
            "then" | "else" | "do" => children.extend(steps(&part.value, kind)),
            "else-if" => {
                for branch in part.value.items() {
                    children.extend(step(&branch.value, branch.from, kind));
                }
            }
            _ => {}
        }
    }
    let (from, to) = entry.name_span();
    Some(Symbol { name, kind, span, name_span: Span { from, to }, children })
}

/// What can be folded away: from the end of its first line to its end.
#[must_use]
pub fn folds(text: &str) -> Vec<Span> {
    let cst = Cst::of(text);
    let mut found = Vec::new();
    collect(&cst, &cst.root, &mut found);
    // A block of comments.
    let mut block: Option<(usize, usize)> = None;
    for (from, to) in &cst.comments {
        let alone = cst.slice(cst.line_start(*from), *from).trim().is_empty();
        match &mut block {
            Some((_, end)) if alone && cst.line_of(*end) + 1 == cst.line_of(*from) => *end = *to,
            _ => {
                if let Some((start, end)) = block {
                    fold(&cst, start, end, &mut found);
                }
                block = alone.then_some((*from, *to));
            }
        }
    }
    if let Some((start, end)) = block {
        fold(&cst, start, end, &mut found);
    }
    found.sort_unstable();
    found.dedup_by_key(|span| span.from);
    found
}

fn fold(cst: &Cst<'_>, from: usize, to: usize, found: &mut Vec<Span>) {
    let end = cst.line_end(from);
    if to > end {
        found.push(Span { from: end, to });
    }
}

fn collect(cst: &Cst<'_>, node: &Node, found: &mut Vec<Span>) {
    if node.layout() == Some(Layout::Flow) {
        fold(cst, node.from, node.to, found);
    }
    for entry in node.entries() {
        fold(cst, entry.key_from, entry.to(), found);
        collect(cst, &entry.value, found);
    }
    for item in node.items() {
        fold(cst, item.from, item.value.to, found);
        collect(cst, &item.value, found);
    }
}
