//! Steps: adding, deleting and moving them.

use halter_spec::model::NodeKind;

use super::layout::{insert_entry, insert_item, item_end, line_break, remove_item, remove_lines};
use super::{Edited, Refusal, Sheet, Step, StepPlace, not_here};
use crate::analysis::is_flow;
use crate::cst::{Cst, Entry, Node, NodeShape};
use crate::edit::Edit;

/// Where in which list a step goes.
struct Target<'c> {
    /// The key of the list.
    owner: &'c Entry,
    /// Before which element.
    index: usize,
}

/// Adds a step of a kind (`task`, `sleep`, `if` …) with what it needs to be right: names that exist, or new ones that are
/// declared along with it.
///
/// # Errors
/// If the place is unknown, no such step can be there, or the text would not be right with it.
pub fn insert_step(text: &str, thread: &str, place: &StepPlace, kind: &str) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    if sheet.is_graph(thread)? {
        let edits = sheet.insert_node(thread, place, kind)?;
        return sheet.checked(edits);
    }
    let draft = sheet.draft(thread, kind)?;
    let mut edits = match sheet.target(thread, place)? {
        Some(target) => {
            let found = insert_item(&cst, target.owner, target.index, &draft.lines);
            match found {
                Some(edits) => edits,
                None => return not_here("Here no step can be added: write it by hand."),
            }
        }
        None => sheet.new_body(thread, place, &draft.lines)?,
    };
    edits.extend(draft.more);
    sheet.checked(edits)
}

/// Takes a step away, with all that is in it and the comments on its lines.
///
/// # Errors
/// If there is no such step, or something else needs it ([`Refusal::Breaks`]).
pub fn delete_step(text: &str, thread: &str, node: &str) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    if sheet.is_graph(thread)? {
        let edits = sheet.delete_node(thread, node)?;
        return sheet.checked(edits);
    }
    let step = sheet.needed_step(thread, node)?;
    match remove_item(&cst, step.list, step.index) {
        Some(edit) => sheet.checked(vec![edit]),
        None => not_here("This step can't be taken away here."),
    }
}

/// Moves a step, with all that is in it and the comments right above it, to another place of its thread.
///
/// # Errors
/// If there is no such step or place, or the text would not be right with it there.
pub fn move_step(text: &str, thread: &str, node: &str, place: &StepPlace) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    if sheet.is_graph(thread)? {
        let edits = sheet.move_node(thread, node, place)?;
        return sheet.checked(edits);
    }
    let step = sheet.needed_step(thread, node)?;
    let Some(target) = sheet.target(thread, place)? else {
        return not_here("There is no list of steps yet to move it to: add a step there first.");
    };
    let inside =
        step.item.from <= target.owner.key_from && target.owner.key_from < item_end(step.item);
    if inside {
        return not_here("A step can't be moved into itself.");
    }
    let same_list = target.owner.key_from == step.owner.key_from;
    if same_list && (target.index == step.index || target.index == step.index + 1) {
        return Ok(Vec::new());
    }
    let edits = match (is_flow(step.list), is_flow(&target.owner.value)) {
        (false, false) => move_lines(&cst, &step, &target),
        (true, true) => move_in_brackets(&cst, &step, &target),
        (true, false) => move_out(&cst, &step, &target),
        (false, true) => None,
    };
    match edits {
        Some(edits) => sheet.checked(edits),
        None => not_here("A step can't be moved between lines and brackets: write it by hand."),
    }
}

/// The lines of a step, with the comments right above it.
fn lines_of(cst: &Cst<'_>, step: &Step<'_>) -> (usize, usize) {
    let mut first = cst.line_of(step.item.from);
    while let Some(above) = first.checked_sub(1) {
        let start = cst.lines.get(above).copied().unwrap_or_default();
        let line = cst.slice(start, cst.line_end(start));
        let indent = line.len() - line.trim_start().len();
        if !line.trim_start().starts_with('#') || indent != cst.column(step.item.from) {
            break;
        }
        first = above;
    }
    let from = cst.lines.get(first).copied().unwrap_or_default();
    (from, cst.line_end(item_end(step.item)))
}

fn move_lines(cst: &Cst<'_>, step: &Step<'_>, target: &Target<'_>) -> Option<Vec<Edit>> {
    let (from, to) = lines_of(cst, step);
    // A step may share its line with another list's dash.
    let front = cst.slice(cst.line_start(step.item.from), step.item.from);
    if !front.trim().is_empty() {
        return None;
    }
    let old = cst.column(step.item.from);
    let list = &target.owner.value;
    let new = match list.items().first() {
        Some(first) => cst.column(first.from),
        None => cst.column(target.owner.key_from) + 2,
    };
    let lines: Vec<String> =
        cst.slice(from, to).split('\n').map(|line| shifted(line, old, new)).collect();
    let lines = lines.join("\n");
    let at = match target.index.checked_sub(1) {
        Some(before) => cst.line_end(item_end(list.items().get(before)?)),
        None => cst.line_end(target.owner.colon?),
    };
    if at == to {
        // It already stands there, but farther right.
        return Some(vec![Edit::replace(from, to, lines)]);
    }
    if at >= from && at < to {
        return None;
    }
    let breaks = line_break(cst);
    Some(vec![
        Edit::insert(at, format!("{breaks}{}", lines.trim_end_matches('\r'))),
        remove_lines(cst, from, to),
    ])
}

/// A line with another indentation.
fn shifted(line: &str, old: usize, new: usize) -> String {
    let content = line.trim_start_matches(' ');
    let indent = line.len() - content.len();
    if content.trim().is_empty() {
        return line.to_owned();
    }
    let indent = (indent + new).saturating_sub(old);
    format!("{}{content}", " ".repeat(indent))
}

fn move_in_brackets(cst: &Cst<'_>, step: &Step<'_>, target: &Target<'_>) -> Option<Vec<Edit>> {
    let written = cst.slice(step.item.from, item_end(step.item));
    let items = target.owner.value.items();
    let insert = match (items.get(target.index), items.last()) {
        (Some(next), _) => Edit::insert(next.from, format!("{written}, ")),
        (None, Some(last)) => Edit::insert(item_end(last), format!(", {written}")),
        (None, None) => Edit::insert(target.owner.value.from + 1, written),
    };
    Some(vec![remove_item(cst, step.list, step.index)?, insert])
}

fn move_out(cst: &Cst<'_>, step: &Step<'_>, target: &Target<'_>) -> Option<Vec<Edit>> {
    let written = cst.slice(step.item.from, item_end(step.item));
    let items = target.owner.value.items();
    let indent = " ".repeat(cst.column(items.first()?.from));
    let at = match target.index.checked_sub(1) {
        Some(before) => cst.line_end(item_end(items.get(before)?)),
        None => cst.line_end(target.owner.colon?),
    };
    Some(vec![
        remove_item(cst, step.list, step.index)?,
        Edit::insert(at, format!("\n{indent}- {written}")),
    ])
}

impl<'c> Sheet<'c> {
    fn needed_step(&self, thread: &str, node: &str) -> Result<Step<'c>, Refusal> {
        match self.step(thread, node)? {
            Some(step) => Ok(step),
            None => not_here("The first and the last node of a thread are there by themselves."),
        }
    }

    /// The list of a thread's steps, if there is one.
    fn body(&self, thread: &str) -> Result<Option<&'c Entry>, Refusal> {
        let entry = self.thread(thread)?;
        Ok(match &entry.value.kind {
            NodeShape::Map(..) => entry.value.entry("do"),
            NodeShape::List(..) | NodeShape::Null => Some(entry),
            NodeShape::Scalar(..) => None,
        })
    }

    /// Where a step goes; none if the list it belongs to is not there yet.
    fn target(&self, thread: &str, place: &StepPlace) -> Result<Option<Target<'c>>, Refusal> {
        let start = |owner: Option<&'c Entry>| Ok(owner.map(|owner| Target { owner, index: 0 }));
        match place {
            StepPlace::Start => start(self.body(thread)?),
            StepPlace::After(node) => match self.step(thread, node)? {
                Some(_) if self.ends(thread, node)? => {
                    not_here("This step ends the thread: nothing comes after it.")
                }
                Some(step) => Ok(Some(Target { owner: step.owner, index: step.index + 1 })),
                None if self.is_first_node(thread, node) => start(self.body(thread)?),
                None => not_here("Behind the last node comes nothing more."),
            },
            StepPlace::Between(from, to) => {
                self.node(thread, to)?;
                let Some(step) = self.step(thread, from)? else {
                    return self.target(thread, &StepPlace::After(from.clone()));
                };
                let after = Target { owner: step.owner, index: step.index + 1 };
                let map = &step.item.value;
                let is_fork = map.get("if").is_some() || map.get("while").is_some();
                if !is_fork {
                    return Ok(Some(after));
                }
                if !step.is_first {
                    return self.behind_end(thread, map, to, after);
                }
                let inside = self.step(thread, to)?;
                let inside = inside.filter(|inner| {
                    inner.item.from > step.item.from && item_end(inner.item) <= item_end(step.item)
                });
                match inside {
                    Some(inner) => start(Some(inner.owner)),
                    None => start(empty_branch(map)?),
                }
            }
        }
    }

    /// Behind the second node of a branch or a loop: the loop's leads back as well.
    fn behind_end(
        &self,
        thread: &str,
        map: &'c Node,
        to: &str,
        after: Target<'c>,
    ) -> Result<Option<Target<'c>>, Refusal> {
        let back = self
            .step(thread, to)?
            .is_some_and(|target| target.item.value.from == map.from && target.is_first);
        match map.entry("do").filter(|_| back && map.get("while").is_some()) {
            Some(body) => Ok(Some(Target { owner: body, index: body.value.items().len() })),
            None => Ok(Some(after)),
        }
    }

    fn ends(&self, thread: &str, node: &str) -> Result<bool, Refusal> {
        let node = self.node(thread, node)?;
        Ok(matches!(node.kind, NodeKind::Exit(_)))
    }

    fn is_first_node(&self, thread: &str, node: &str) -> bool {
        let specs = &self.document.wf_spec.thread_specs;
        let first = specs.get(thread).and_then(|spec| spec.nodes.keys().next());
        first.is_some_and(|first| first == node)
    }

    /// The first step of a body that is not written yet: `do` of a thread, `else` of a branch.
    fn new_body(
        &self,
        thread: &str,
        place: &StepPlace,
        lines: &super::layout::Lines,
    ) -> Result<Vec<Edit>, Refusal> {
        let entry = self.thread(thread)?;
        let by_hand = "Here no step can be added: write it by hand.";
        let fork = match place {
            StepPlace::Between(from, _) => self.step(thread, from)?,
            StepPlace::Start | StepPlace::After(_) => None,
        };
        let edit = match fork {
            Some(step) => {
                let map = &step.item.value;
                if map.get("while").is_some() {
                    return not_here("This way leads past the loop: add the step behind it.");
                }
                let value = if is_flow(map) {
                    format!("[{}]", lines.in_braces())
                } else {
                    format!("\n  {}", lines.behind_dash(self.cst.column(map.from) + 2))
                };
                let value =
                    value.replace(&format!("\n{}", " ".repeat(self.cst.column(map.from))), "\n");
                super::layout::insert_into(self.cst, map, None, "else", &value)
            }
            None => {
                let column = self.cst.column(entry.key_from) + 2;
                let value = if is_flow(&entry.value) {
                    format!("[{}]", lines.in_braces())
                } else {
                    format!("\n  {}", lines.behind_dash(column + 2))
                };
                let value = value.replace(&format!("\n{}", " ".repeat(column)), "\n");
                insert_entry(self.cst, entry, None, "do", &value)
            }
        };
        match edit {
            Some(edit) => Ok(vec![edit]),
            None => not_here(by_hand),
        }
    }
}

/// The branch of a fork that leads to its end at once; none if there is no key for it yet.
fn empty_branch(map: &Node) -> Result<Option<&Entry>, Refusal> {
    let is_empty = |entry: &&Entry| entry.value.is_null() || entry.value.items().is_empty();
    if map.get("while").is_some() {
        return Ok(map.entry("do").filter(is_empty));
    }
    if let Some(then) = map.entry("then").filter(is_empty) {
        return Ok(Some(then));
    }
    match map.entry("else") {
        None => Ok(None),
        Some(found) if is_empty(&found) => Ok(Some(found)),
        Some(_) => not_here("This branch is not empty: add the step behind one of its own."),
    }
}
