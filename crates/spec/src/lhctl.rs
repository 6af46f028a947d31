//! Several JSON values in one text: what `lhctl` printed, pasted one after the other.

use serde::de::IgnoredAny;

use crate::diagnostic::Diagnostic;
use crate::tree::{self, Entry, Tree, TreeKind};

/// The values as one map, each under what it is: `wfSpec`, `wfRun`, `nodeRuns` and so on. None if there is only one value.
///
/// # Errors
/// Where it is no JSON.
pub(crate) fn several(text: &str) -> Option<Result<Tree, Box<Diagnostic>>> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let mut ends = Vec::new();
    while let Some(Ok(_)) = values.next() {
        ends.push(values.byte_offset());
    }
    if ends.len() < 2 {
        return None;
    }
    let rest = text.get(ends.last().copied().unwrap_or(0)..).unwrap_or_default();
    if !rest.trim().is_empty() {
        // What can't be read stands behind the last value, and is told of with it.
        ends.pop();
        ends.push(text.len());
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut begin = 0;
    for end in ends {
        match tree::json::parse(&alone(text, begin, end)) {
            Ok(value) => add(&mut entries, value),
            Err(diagnostic) => return Some(Err(diagnostic)),
        }
        begin = end;
    }
    let span = entries.first().map(|entry| entry.key_span).unwrap_or_default();
    Some(Ok(Tree { span, tag: None, kind: TreeKind::Map(entries) }))
}

/// The text with nothing but one value: all else is white space, so that places stay what they are.
fn alone(text: &str, begin: usize, end: usize) -> String {
    let outside = |part: &str| -> String {
        part.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect()
    };
    let (before, value) = (text.get(..begin), text.get(begin..end));
    let mut alone = outside(before.unwrap_or_default());
    alone.push_str(value.unwrap_or_default());
    alone
}

/// Adds a value under what it is.
fn add(entries: &mut Vec<Entry>, value: Tree) {
    if let Some(results) = value.get("results").and_then(|results| results.list()) {
        // A list of what is all of one kind; `lhctl list` prints pages.
        for result in results {
            append(entries, kind_of_result(result), result.clone());
        }
        return;
    }
    let key = if value.get("threadSpecs").is_some() {
        "wfSpec"
    } else if value.get("threadRuns").is_some() {
        "wfRun"
    } else {
        append(entries, kind_of_result(&value), value);
        return;
    };
    // The WfRuns behind the first are those that it started.
    if entries.iter().any(|entry| entry.key == key) {
        append(entries, "childWfRuns", value);
    } else {
        entries.push(Entry { key: key.to_owned(), key_span: value.span, value });
    }
}

fn append(entries: &mut Vec<Entry>, key: &str, item: Tree) {
    let known = entries.iter_mut().find(|entry| entry.key == key);
    if let Some(TreeKind::List(items)) = known.map(|entry| &mut entry.value.kind) {
        items.push(item);
        return;
    }
    let span = item.span;
    let value = Tree { span, tag: None, kind: TreeKind::List(vec![item]) };
    entries.push(Entry { key: key.to_owned(), key_span: span, value });
}

/// What an object of a list is, by the fields that only it has.
fn kind_of_result(of: &Tree) -> &'static str {
    let has = |name: &str| of.get(name).is_some();
    let id_has = |name: &str| of.get("id").is_some_and(|id| id.get(name).is_some());
    if has("nodeName") {
        "nodeRuns"
    } else if has("taskDefId") || id_has("taskGuid") {
        "taskRuns"
    } else if has("userTaskDefId") || id_has("userTaskGuid") {
        "userTaskRuns"
    } else if id_has("externalEventDefId") {
        "externalEvents"
    } else if id_has("name") && id_has("wfRunId") {
        "variables"
    } else if has("content") || has("externalEventDefId") {
        "externalEvents"
    } else {
        // The reader says that it does not know it.
        "results"
    }
}
