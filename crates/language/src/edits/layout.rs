//! Where new lines go, and how they are indented.

use crate::analysis::is_flow;
use crate::cst::{Cst, Entry, Item, Layout, Node, NodeShape};
use crate::edit::Edit;

/// Keys and what stands behind them, in order: a step or a map to be written.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    pub(crate) entries: Vec<(String, String)>,
}

impl Lines {
    pub(crate) fn of(entries: &[(&str, &str)]) -> Self {
        let entries =
            entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Self { entries }
    }

    /// One a line, the first one behind a dash that stands at this column.
    pub(crate) fn behind_dash(&self, column: usize) -> String {
        let indent = format!("\n{}  ", " ".repeat(column));
        if let [(word, value)] = self.entries.as_slice()
            && value.is_empty()
        {
            return format!("- {word}");
        }
        format!("- {}", self.written().join(&indent))
    }

    fn written(&self) -> Vec<String> {
        let entries = self.entries.iter();
        entries
            .map(
                |(key, value)| {
                    if value.is_empty() { format!("{key}:") } else { format!("{key}: {value}") }
                },
            )
            .collect()
    }

    /// On one line, in braces.
    pub(crate) fn in_braces(&self) -> String {
        let entries: Vec<String> =
            self.entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        format!("{{{}}}", entries.join(", "))
    }
}

/// Where an element ends.
pub(crate) fn item_end(item: &Item) -> usize {
    item.value.to.max(item.from + 1)
}

/// What separates lines in this text.
pub(crate) fn line_break(cst: &Cst<'_>) -> &'static str {
    if cst.text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The column of the key of an entry.
pub(crate) fn column(cst: &Cst<'_>, entry: &Entry) -> usize {
    cst.column(entry.key_from)
}

/// Whether something but a comment stands behind an offset on its line.
pub(crate) fn has_more(cst: &Cst<'_>, offset: usize) -> bool {
    let rest = cst.slice(offset, cst.line_end(offset)).trim_start();
    !rest.is_empty() && !rest.starts_with('#')
}

/// A new element of a list, before the element with this index, or at the end. `owner` is the list's key.
pub(crate) fn insert_item(
    cst: &Cst<'_>,
    owner: &Entry,
    index: usize,
    new: &Lines,
) -> Option<Vec<Edit>> {
    let list = &owner.value;
    match &list.kind {
        NodeShape::Null => {
            let colon = owner.colon?;
            if has_more(cst, colon + 1) {
                return None;
            }
            let column = column(cst, owner) + 2;
            let indent = " ".repeat(column);
            let new = new.behind_dash(column);
            Some(vec![Edit::insert(cst.line_end(colon), format!("\n{indent}{new}"))])
        }
        NodeShape::List(items, Layout::Block(column)) => {
            let indent = " ".repeat(*column);
            let new = new.behind_dash(*column);
            let before = match index {
                // Behind the key, so that a comment of the first step stays with it.
                0 => owner.colon.filter(|colon| !has_more(cst, colon + 1)),
                _ => items.get(index - 1).map(item_end),
            };
            match before {
                Some(end) => {
                    Some(vec![Edit::insert(cst.line_end(end), format!("\n{indent}{new}"))])
                }
                None => Some(vec![Edit::insert(items.first()?.from, format!("{new}\n{indent}"))]),
            }
        }
        NodeShape::List(items, Layout::Flow) => {
            let short = items.iter().all(|item| item.value.text().is_some());
            let one_line = cst.line_of(list.from) == cst.line_of(list.to);
            let column = column(cst, owner);
            let in_block = cst.slice(cst.line_start(owner.key_from), owner.key_from);
            let in_block = in_block.trim_matches([' ', '-']).is_empty();
            if short && one_line && in_block && !has_more(cst, list.to) {
                // Becomes a list with a line for each step.
                let column = column + 2;
                let indent = " ".repeat(column);
                let mut lines: Vec<String> = items
                    .iter()
                    .map(|item| format!("{indent}- {}", cst.slice(item.value.from, item.value.to)))
                    .collect();
                let at = index.min(lines.len());
                lines.insert(at, format!("{indent}{}", new.behind_dash(column)));
                let from = owner.colon? + 1;
                let end = cst.line_end(list.to);
                return Some(vec![
                    Edit::replace(from, list.to, ""),
                    Edit::insert(end, format!("\n{}", lines.join("\n"))),
                ]);
            }
            let new = new.in_braces();
            match (items.get(index), items.last()) {
                (Some(next), _) => Some(vec![Edit::insert(next.from, format!("{new}, "))]),
                (None, Some(last)) => Some(vec![Edit::insert(item_end(last), format!(", {new}"))]),
                (None, None) => Some(vec![Edit::insert(list.from + 1, new)]),
            }
        }
        _ => None,
    }
}

/// Takes an element out of a list, with its lines.
pub(crate) fn remove_item(cst: &Cst<'_>, list: &Node, index: usize) -> Option<Edit> {
    let item = list.items().get(index)?;
    if is_flow(list) {
        return Some(remove_from_flow(
            list.items().iter().map(|item| (item.from, item_end(item))),
            index,
        ));
    }
    Some(remove_lines(cst, item.from, item_end(item)))
}

/// Takes an entry out of a map, with its lines.
pub(crate) fn remove_entry(cst: &Cst<'_>, map: &Node, index: usize) -> Option<Edit> {
    let entry = map.entries().get(index)?;
    if is_flow(map) {
        return Some(remove_from_flow(
            map.entries().iter().map(|entry| (entry.key_from, entry.to())),
            index,
        ));
    }
    let line = cst.line_start(entry.key_from);
    let front = cst.slice(line, entry.key_from);
    if front.trim().is_empty() {
        return Some(remove_lines(cst, entry.key_from, entry.to()));
    }
    // The first key of a step stands behind its dash: the next one takes its place.
    let next = map.entries().get(index + 1)?;
    Some(Edit::replace(entry.key_from, next.key_from, ""))
}

fn remove_from_flow(parts: impl Iterator<Item = (usize, usize)>, index: usize) -> Edit {
    let parts: Vec<_> = parts.collect();
    let (from, to) = parts.get(index).copied().unwrap_or_default();
    match (index.checked_sub(1).and_then(|at| parts.get(at)), parts.get(index + 1)) {
        (_, Some((next, _))) => Edit::replace(from, *next, ""),
        (Some((_, before)), None) => Edit::replace(*before, to, ""),
        (None, None) => Edit::replace(from, to, ""),
    }
}

/// Takes whole lines away.
pub(crate) fn remove_lines(cst: &Cst<'_>, from: usize, to: usize) -> Edit {
    let start = cst.line_start(from);
    let next = cst.lines.get(cst.line_of(to) + 1).copied();
    match next {
        Some(next) => Edit::replace(start, next, ""),
        // The last line: the break before it goes.
        None => Edit::replace(start.saturating_sub(1), cst.text.len(), ""),
    }
}

/// A new entry of the map behind a key, behind the entries with these keys, if there are any.
pub(crate) fn insert_entry(
    cst: &Cst<'_>,
    owner: &Entry,
    after: Option<&[&str]>,
    key: &str,
    value: &str,
) -> Option<Edit> {
    let colon = owner.colon?;
    if let NodeShape::Null = owner.value.kind {
        if has_more(cst, colon + 1) {
            return None;
        }
        let indent = " ".repeat(column(cst, owner) + 2);
        let value = indented(value, &indent);
        let line = format!("\n{indent}{key}:{value}");
        return Some(Edit::insert(cst.line_end(colon), line));
    }
    insert_into(cst, &owner.value, after, key, value)
}

/// The same for a map.
pub(crate) fn insert_into(
    cst: &Cst<'_>,
    map: &Node,
    after: Option<&[&str]>,
    key: &str,
    value: &str,
) -> Option<Edit> {
    let NodeShape::Map(entries, layout) = &map.kind else {
        return None;
    };
    let before = match after {
        None => entries.last(),
        Some(keys) => entries.iter().rfind(|entry| keys.contains(&entry.key.as_str())),
    };
    match layout {
        Layout::Flow => {
            let value = value.trim_start();
            if value.contains('\n') {
                return None;
            }
            Some(match (before, entries.first()) {
                (Some(before), _) => Edit::insert(before.to(), format!(", {key}: {value}")),
                (None, Some(first)) => Edit::insert(first.key_from, format!("{key}: {value}, ")),
                (None, None) => Edit::insert(map.from + 1, format!("{key}: {value}")),
            })
        }
        Layout::Block(column) => {
            let indent = " ".repeat(*column);
            let value = indented(value, &indent);
            Some(match before {
                Some(before) => {
                    Edit::insert(cst.line_end(before.to()), format!("\n{indent}{key}:{value}"))
                }
                None => Edit::insert(map.from, format!("{key}:{value}\n{indent}")),
            })
        }
    }
}

/// A value of one or more lines behind a colon; the lines are indented below the key.
fn indented(value: &str, indent: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    match value.strip_prefix('\n') {
        Some(lines) => format!("\n{indent}{}", lines.replace('\n', &format!("\n{indent}"))),
        None => format!(" {value}"),
    }
}

/// Declares a name in a section of the document.
pub(crate) fn declare(cst: &Cst<'_>, section: &str, name: &str, value: &str) -> Option<Edit> {
    match cst.root.entry(section) {
        Some(entry) => match &entry.value.kind {
            NodeShape::List(items, Layout::Flow) if value.is_empty() => match items.last() {
                Some(last) => Some(Edit::insert(item_end(last), format!(", {name}"))),
                None => Some(Edit::insert(entry.value.from + 1, name)),
            },
            NodeShape::List(items, Layout::Block(column)) if value.is_empty() => {
                let end = cst.line_end(item_end(items.last()?));
                Some(Edit::insert(end, format!("\n{}- {name}", " ".repeat(*column))))
            }
            NodeShape::List(..) => None,
            _ => insert_entry(cst, entry, None, name, value),
        },
        None => {
            let before = [
                "workflow",
                "entrypoint",
                "retention",
                "parent",
                "allowed-updates",
                "max-thread-runs",
                "events",
                "tasks",
                "user-tasks",
            ];
            let keep = before
                .iter()
                .position(|key| *key == section)
                .map_or(&before[..], |end| before.get(..end).unwrap_or(&before));
            let value = if value.is_empty() {
                format!("\n  {name}:")
            } else {
                format!("\n  {name}: {value}")
            };
            let blank = if cst.text.contains("\n\n") { "\n" } else { "" };
            let mut edit = insert_into(cst, &cst.root, Some(keep), section, &value)?;
            if edit.insert.starts_with('\n') {
                edit.insert.insert_str(0, blank);
            }
            Some(edit)
        }
    }
}

/// A name that is not used yet: the wanted one, or with a number behind it.
pub(crate) fn fresh(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    let mut number = 2;
    loop {
        let name = format!("{wanted}-{number}");
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}
