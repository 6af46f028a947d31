//! One way to indent and space a source. Words, order, comments and quotation marks stay; the workflow stays the same.

use std::collections::BTreeMap;

use halter_spec::{About, Code, load};

use crate::analysis::{is_flow, is_json};
use crate::cst::{Cst, Layout, Node, NodeShape, Style};
use crate::edit::{Edit, apply};

/// The edits that format a text: two spaces more for each level, one space behind colons, dashes and commas, at most one
/// blank line, none at the ends of lines. None, if the text can't be read as YAML, is LittleHorse's JSON, or would not mean
/// the same.
#[must_use]
pub fn format(text: &str) -> Vec<Edit> {
    if is_json(text) {
        return Vec::new();
    }
    let before = load(text);
    if before.diagnostics.iter().any(|found| found.is_error() && found.code.leaves_unread()) {
        return Vec::new();
    }
    let edits = edits(text);
    let formatted = apply(text, &edits);
    let after = load(&formatted);
    let said = |diagnostics: &[halter_spec::Diagnostic]| -> Vec<(Code, About)> {
        diagnostics.iter().map(|found| (found.code, found.about.clone())).collect()
    };
    let same_words = words(text) == words(&formatted);
    let same =
        before.document == after.document && said(&before.diagnostics) == said(&after.diagnostics);
    // What is formatted once stays as it is.
    let settled = self::edits(&formatted).is_empty();
    if same && same_words && settled { edits } else { Vec::new() }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| letter.is_whitespace() || "[]{},:".contains(letter))
        .filter(|word| !word.is_empty())
        .collect()
}

fn edits(text: &str) -> Vec<Edit> {
    let cst = Cst::of(text);
    let mut layout =
        Formatter { cst: &cst, starts: BTreeMap::new(), kept: Vec::new(), edits: Vec::new() };
    layout.block(&cst.root, 0);
    layout.lines();
    let mut edits = layout.edits;
    edits.sort_by_key(|edit| (edit.from, edit.to));
    edits.retain(|edit| text.get(edit.from..edit.to) != Some(&edit.insert));
    let mut end = 0;
    edits.retain(|edit| {
        let fits = edit.from >= end;
        if fits {
            end = edit.to;
        }
        fits
    });
    edits
}

struct Formatter<'c> {
    cst: &'c Cst<'c>,
    /// Where the first word of a line stands, and the column where it shall stand.
    starts: BTreeMap<usize, usize>,
    /// Lines of longer texts and lists: they move along with their first line. First and last line, and how much.
    kept: Vec<(usize, usize, isize, bool)>,
    edits: Vec<Edit>,
}

impl Formatter<'_> {
    fn is_first(&self, offset: usize) -> bool {
        let start = self.cst.line_start(offset);
        self.cst.slice(start, offset).trim().is_empty()
    }

    /// A map or a list that begins at this column.
    fn block(&mut self, node: &Node, column: usize) {
        match &node.kind {
            NodeShape::Map(entries, Layout::Block(_)) => {
                for entry in entries {
                    if self.is_first(entry.key_from) {
                        self.starts.insert(entry.key_from, column);
                    }
                    if let Some(colon) = entry.colon {
                        self.gap(entry.key_to, colon, "");
                        self.behind(colon + 1, &entry.value);
                        self.value(&entry.value, column, entry.key_from);
                    }
                }
            }
            NodeShape::List(items, Layout::Block(_)) => {
                for item in items {
                    if self.is_first(item.from) {
                        self.starts.insert(item.from, column);
                    }
                    self.behind(item.from + 1, &item.value);
                    match item.value.layout() {
                        Some(Layout::Block(_)) => self.block(&item.value, column + 2),
                        _ => self.value(&item.value, column, item.from),
                    }
                }
            }
            _ => self.value(node, column, node.from),
        }
    }

    /// What stands behind a key or a dash whose column is this.
    fn value(&mut self, node: &Node, column: usize, owner: usize) {
        match node.layout() {
            Some(Layout::Block(_)) => self.block(node, column + 2),
            _ => {
                let start = node.tag.as_ref().map_or(node.from, |tag| tag.1);
                if self.is_first(start) && !node.is_null() && start != owner {
                    self.starts.insert(start, column + 2);
                }
                if is_flow(node) {
                    self.flow(node);
                }
                let first = self.cst.line_of(node.from);
                let last = self.cst.line_of(node.to);
                if last > first {
                    let old = if self.is_first(start) { start } else { owner };
                    let new =
                        if self.is_first(start) && start != owner { column + 2 } else { column };
                    let shift = new as isize - self.cst.column(old) as isize;
                    let is_text = matches!(node.kind, NodeShape::Scalar(_, Style::Block));
                    self.kept.push((first + 1, last, shift, is_text));
                }
            }
        }
    }

    /// The blanks between two offsets of one line.
    fn gap(&mut self, from: usize, to: usize, wanted: &str) {
        let between = self.cst.slice(from, to);
        if to >= from && between.chars().all(|letter| letter == ' ' || letter == '\t') {
            self.edits.push(Edit::replace(from, to, wanted));
        }
    }

    /// One blank between a colon or a dash and what stands behind it on its line.
    fn behind(&mut self, from: usize, node: &Node) {
        let start = node.tag.as_ref().map_or(node.from, |tag| tag.1);
        if (!node.is_null() || node.tag.is_some())
            && self.cst.line_of(from) == self.cst.line_of(start)
            && start > from
        {
            self.gap(from, start, " ");
        }
        if let Some((_, _, end)) = &node.tag
            && node.from > *end
            && !node.is_null()
        {
            self.gap(*end, node.from, " ");
        }
    }

    /// Brackets: nothing inside them, nothing before a comma and one blank behind it.
    fn flow(&mut self, node: &Node) {
        let mut before = node.from + 1;
        let mut is_first = true;
        let parts: Vec<(usize, usize)> = match &node.kind {
            NodeShape::List(items, _) => items
                .iter()
                .map(|item| {
                    let from = item.value.tag.as_ref().map_or(item.value.from, |tag| tag.1);
                    (from.min(item.from), item.value.to)
                })
                .collect(),
            _ => {
                for entry in node.entries() {
                    if let Some(colon) = entry.colon {
                        self.gap(entry.key_to, colon, "");
                        self.behind(colon + 1, &entry.value);
                    }
                }
                node.entries().iter().map(|entry| (entry.key_from, entry.to())).collect()
            }
        };
        let nothing: Vec<usize> = node
            .entries()
            .iter()
            .filter(|entry| entry.colon.is_some() && entry.value.is_null())
            .map(crate::cst::Entry::to)
            .collect();
        for (from, to) in parts {
            if is_first {
                self.gap(before, from, "");
            } else {
                let between = self.cst.slice(before, from);
                if between.trim() == "," && !between.contains('\n') {
                    let comma = if nothing.contains(&before) { " , " } else { ", " };
                    self.edits.push(Edit::replace(before, from, comma));
                }
            }
            is_first = false;
            before = to;
        }
        let close = node.to.saturating_sub(1);
        if matches!(self.cst.text.as_bytes().get(close), Some(b']' | b'}')) {
            self.gap(before, close, if nothing.contains(&before) { " " } else { "" });
        }
        for value in node
            .items()
            .iter()
            .map(|item| &item.value)
            .chain(node.entries().iter().map(|entry| &entry.value))
        {
            if is_flow(value) {
                self.flow(value);
            }
        }
    }

    /// Indentation, blanks at the ends of lines, and blank lines.
    fn lines(&mut self) {
        let cst = self.cst;
        let count = cst.lines.len();
        let mut blank = 0;
        let mut seen = false;
        let mut line = 0;
        while let Some(start) = cst.lines.get(line).copied() {
            let end = cst.line_end(start);
            let written = cst.slice(start, end);
            let content = written.trim_start_matches([' ', '\t']);
            let indent = written.len() - content.len();
            let kept = self
                .kept
                .iter()
                .rfind(|(first, last, _, _)| *first <= line && line <= *last)
                .copied();
            let next = cst.lines.get(line + 1).copied().unwrap_or(cst.text.len());
            if content.trim().is_empty() {
                if kept.is_none() {
                    blank += 1;
                    if !seen || blank > 1 || line + 1 >= count {
                        self.edits.push(Edit::replace(start, next, ""));
                    } else {
                        self.edits.push(Edit::replace(start, end, ""));
                    }
                }
                line += 1;
                continue;
            }
            seen = true;
            blank = 0;
            let wanted = match kept {
                Some((_, _, shift, _)) => Some((indent as isize + shift).max(0) as usize),
                None if content.starts_with('#') => self.comment(line, indent),
                None => self.starts.get(&(start + indent)).copied(),
            };
            if let Some(wanted) = wanted {
                let spaces = " ".repeat(wanted);
                self.edits.push(Edit::replace(start, start + indent, spaces));
            }
            let trimmed = start + written.trim_end_matches([' ', '\t']).len();
            let is_text = kept.is_some_and(|(_, _, _, is_text)| is_text);
            if trimmed < end && !is_text {
                self.edits.push(Edit::replace(trimmed, end, ""));
            }
            line += 1;
        }
        // Blank lines at the end.
        let trimmed = cst.text.trim_end().len();
        self.edits.retain(|edit| edit.to <= trimmed);
        if trimmed > 0 {
            let rest = cst.text.len();
            self.edits.push(Edit::replace(trimmed, rest, "\n"));
        }
    }

    /// A comment on a line of its own stands as what follows does, if it stood so before; else as what stands before it.
    fn comment(&self, line: usize, indent: usize) -> Option<usize> {
        let start = self.cst.lines.get(line).copied()?;
        let old = |(from, new): (&usize, &usize)| (self.cst.column(*from), *new);
        let next = self.starts.range(start..).next().map(old);
        if let Some((column, new)) = next
            && column == indent
        {
            return Some(new);
        }
        let before = self.starts.range(..start).rev().map(old);
        let mut before = before.take_while(|(column, _)| *column >= indent);
        let same = before.find(|(column, _)| *column == indent);
        match (same, next) {
            (Some((_, new)), _) | (None, Some((_, new))) => Some(new),
            (None, None) => Some(indent - indent % 2),
        }
    }
}
