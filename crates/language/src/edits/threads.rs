//! Threads and their variables.

use super::layout::{insert_entry, remove_entry};
use super::{Edited, Refusal, Sheet, not_here, unknown};
use crate::analysis::is_flow;
use crate::cst::{Cst, NodeShape};
use crate::edit::Edit;
use crate::expression::name_length;

/// Adds a thread that does nothing yet.
///
/// # Errors
/// If the name is none, or taken, or the text does not allow it.
pub fn add_thread(text: &str, name: &str) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    check_name(name)?;
    if sheet.thread(name).is_ok() {
        return not_here("There is a thread of that name already.");
    }
    let edit = sheet.new_thread(name, "\n  - nop")?;
    sheet.checked(vec![edit])
}

fn check_name(name: &str) -> Result<(), Refusal> {
    if name.is_empty() || name_length(name) != name.len() {
        return not_here("A name has letters, digits, underscores and single dashes.");
    }
    Ok(())
}

/// Takes a thread away.
///
/// # Errors
/// If there is none, it is the only one, or something else needs it ([`Refusal::Breaks`]).
pub fn delete_thread(text: &str, name: &str) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    sheet.thread(name)?;
    let threads = cst.root.get("threads");
    let index = threads.and_then(|map| map.entries().iter().position(|entry| entry.key == name));
    let (Some(threads), Some(index)) = (threads, index) else {
        return unknown("thread", name);
    };
    if threads.entries().len() == 1 {
        return not_here("A workflow has at least one thread.");
    }
    match remove_entry(&cst, threads, index) {
        Some(edit) => sheet.checked(vec![edit]),
        None => not_here("This thread can't be taken away here."),
    }
}

/// Declares a variable: its name, and its type with what may stand behind it, such as `INT = 5`.
///
/// # Errors
/// If the thread is unknown or the variable would be wrong there.
pub fn add_variable(text: &str, thread: &str, name: &str, var_type: &str) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    check_name(name)?;
    let edits = sheet.add_to_section(thread, "variables", name, var_type)?;
    sheet.checked(edits)
}

/// Takes the declaration of a variable away.
///
/// # Errors
/// If there is none, or something uses it ([`Refusal::Breaks`]).
pub fn remove_variable(text: &str, thread: &str, name: &str) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    let edit = sheet.remove_from_section(thread, "variables", name)?;
    sheet.checked(vec![edit])
}

impl Sheet<'_> {
    /// A new thread at the end of all.
    pub(super) fn new_thread(&self, name: &str, body: &str) -> Result<Edit, Refusal> {
        let threads = self.cst.root.entry("threads");
        let edit = threads.and_then(|entry| {
            let flow = is_flow(&entry.value);
            let body = if flow { "[nop]" } else { body };
            let mut edit = insert_entry(self.cst, entry, None, name, body)?;
            // Threads that stand apart stay apart.
            let [.., before, last] = entry.value.entries() else {
                return Some(edit);
            };
            if !flow && self.cst.slice(before.to(), last.key_from).contains("\n\n") {
                edit.insert.insert(0, '\n');
            }
            Some(edit)
        });
        match edit {
            Some(edit) => Ok(edit),
            None => not_here("Here no thread can be added: write it by hand."),
        }
    }

    /// An entry of a section of a thread, which is made if it is not there.
    pub(super) fn add_to_section(
        &self,
        thread: &str,
        section: &str,
        key: &str,
        value: &str,
    ) -> Result<Vec<Edit>, Refusal> {
        let entry = self.thread(thread)?;
        let cst = self.cst;
        let line = format!("\n  {key}: {value}");
        let after: &[&str] = if section == "variables" { &[] } else { &["variables"] };
        let edits = match &entry.value.kind {
            NodeShape::Map(..) => match entry.value.entry(section) {
                Some(found) => insert_entry(cst, found, None, key, value).map(|edit| vec![edit]),
                None => {
                    let in_braces = format!("{{{key}: {value}}}");
                    let value = if is_flow(&entry.value) { &in_braces } else { &line };
                    insert_entry(cst, entry, Some(after), section, value).map(|edit| vec![edit])
                }
            },
            NodeShape::Null => {
                insert_entry(cst, entry, None, section, &line).map(|edit| vec![edit])
            }
            NodeShape::List(..) => self.before_steps(thread, section, key, value)?,
            NodeShape::Scalar(..) => None,
        };
        match edits {
            Some(edits) => Ok(edits),
            None => {
                not_here("This thread is written so that nothing can be added: write it by hand.")
            }
        }
    }

    /// A thread that is a list becomes a map with the section and `do`.
    fn before_steps(
        &self,
        thread: &str,
        section: &str,
        key: &str,
        value: &str,
    ) -> Result<Option<Vec<Edit>>, Refusal> {
        let entry = self.thread(thread)?;
        let cst = self.cst;
        let Some(colon) = entry.colon else {
            return Ok(None);
        };
        let own = cst.column(entry.key_from);
        let indent = " ".repeat(own + 2);
        let head = format!("\n{indent}{section}:\n{indent}  {key}: {value}\n{indent}do:");
        if is_flow(&entry.value) {
            let front = cst.slice(cst.line_start(entry.key_from), entry.key_from);
            if !front.trim().is_empty() {
                let inside = format!(" {{{section}: {{{key}: {value}}}, do:");
                return Ok(Some(vec![
                    Edit::insert(colon + 1, inside),
                    Edit::insert(entry.value.to, "}"),
                ]));
            }
            return Ok(Some(vec![Edit::insert(colon + 1, head)]));
        }
        let mut edits = vec![Edit::insert(cst.line_end(colon), head)];
        // A list may stand at the column of `do`, but not left of it.
        let column = cst.column(entry.value.from);
        if column < own + 2 {
            let more = " ".repeat(own + 2 - column);
            let first = cst.line_of(entry.value.from);
            let last = cst.line_of(entry.value.to);
            for line in first..=last {
                let start = cst.lines.get(line).copied().unwrap_or_default();
                if !cst.slice(start, cst.line_end(start)).trim().is_empty() {
                    edits.push(Edit::insert(start, more.clone()));
                }
            }
        }
        Ok(Some(edits))
    }

    /// Takes an entry of a section of a thread away, and the section with its last entry.
    pub(super) fn remove_from_section(
        &self,
        thread: &str,
        section: &str,
        key: &str,
    ) -> Result<Edit, Refusal> {
        let entry = self.thread(thread)?;
        let map = &entry.value;
        let place = map.entries().iter().position(|entry| entry.key == section);
        let found = place.and_then(|place| {
            let part = map.entries().get(place)?;
            let index = part.value.entries().iter().position(|entry| entry.key == key)?;
            if part.value.entries().len() == 1 {
                remove_entry(self.cst, map, place)
            } else {
                remove_entry(self.cst, &part.value, index)
            }
        });
        match found {
            Some(edit) => Ok(edit),
            None => unknown("entry", key),
        }
    }
}
