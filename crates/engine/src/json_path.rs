//! JSON paths: reading a part of a value and replacing it.
//!
//! The subset that definite paths need: `$`, `.key`, `['key']`, `[0]`, `[-1]`, `.*` and `[*]`.

use std::sync::Arc;

use halter_spec::value::Json;

use crate::program::PathStep;

/// Reads the text of a JSON path.
pub(crate) fn parse(text: &str) -> Result<Vec<PathStep>, String> {
    let bad = |why: &str| format!("the JSON path {text} can't be read: {why}");
    let mut rest = text.strip_prefix('$').unwrap_or(text);
    if !text.starts_with('$')
        && !rest.starts_with('.')
        && !rest.starts_with('[')
        && !rest.is_empty()
    {
        // A bare first key is read as a child of the root.
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let mut steps = vec![PathStep::Key(rest[..end].into())];
        steps.extend(parse(&format!("${}", &rest[end..]))?);
        return Ok(steps);
    }
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            let end = after.find(']').ok_or_else(|| bad("a bracket is not closed"))?;
            let inner = after[..end].trim();
            rest = &after[end + 1..];
            let quoted = |q: char| inner.strip_prefix(q).and_then(|s| s.strip_suffix(q));
            steps.push(if inner == "*" {
                PathStep::All
            } else if let Some(key) = quoted('\'').or_else(|| quoted('"')) {
                PathStep::Key(key.into())
            } else {
                PathStep::Index(
                    inner.parse().map_err(|_| bad("filters and slices are not supported here"))?,
                )
            });
        } else if let Some(after) = rest.strip_prefix('.') {
            if after.starts_with('.') {
                return Err(bad("deep scans (..) are not supported here"));
            }
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let key = &after[..end];
            if key.is_empty() {
                return Err(bad("a key is missing"));
            }
            rest = &after[end..];
            steps.push(if key == "*" { PathStep::All } else { PathStep::Key(key.into()) });
        } else {
            return Err(bad("expected . or ["));
        }
    }
    Ok(steps)
}

/// A step whose dynamic parts are known.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Key(Arc<str>),
    Index(i64),
    All,
}

/// The part of `value` at `path`; `None` if there is none.
pub(crate) fn read(value: &Json, path: &[Step]) -> Option<Json> {
    let Some((first, rest)) = path.split_first() else {
        return Some(value.clone());
    };
    match (first, value) {
        (Step::Key(key), Json::Obj(entries)) => {
            entries.iter().find(|(k, _)| k == key).and_then(|(_, v)| read(v, rest))
        }
        (Step::Index(index), Json::Arr(items)) => {
            read(items.get(position(*index, items.len())?)?, rest)
        }
        (Step::All, Json::Arr(items)) => {
            Some(Json::Arr(items.iter().filter_map(|v| read(v, rest)).collect()))
        }
        (Step::All, Json::Obj(entries)) => {
            Some(Json::Arr(entries.iter().filter_map(|(_, v)| read(v, rest)).collect()))
        }
        _ => None,
    }
}

/// How many places [`write`] would write to.
pub(crate) fn places(value: &Json, path: &[Step]) -> usize {
    let Some((first, rest)) = path.split_first() else {
        return 1;
    };
    match (first, value) {
        (Step::All, Json::Arr(items)) => items.iter().map(|v| places(v, rest)).sum(),
        (Step::All, Json::Obj(entries)) => entries.iter().map(|(_, v)| places(v, rest)).sum(),
        (Step::Key(key), Json::Obj(entries)) => {
            entries.iter().find(|(k, _)| k == key).map_or(1, |(_, v)| places(v, rest))
        }
        (Step::Index(index), Json::Arr(items)) => {
            position(*index, items.len()).and_then(|i| items.get(i)).map_or(0, |v| places(v, rest))
        }
        _ => 0,
    }
}

/// Puts `new` at `path`; a last key that is missing is added. `false` if the path leads nowhere.
pub(crate) fn write(value: &mut Json, path: &[Step], new: &Json) -> bool {
    let Some((first, rest)) = path.split_first() else {
        *value = new.clone();
        return true;
    };
    match (first, value) {
        (Step::Key(key), Json::Obj(entries)) => {
            if let Some((_, v)) = entries.iter_mut().find(|(k, _)| k == key) {
                return write(v, rest, new);
            }
            if rest.is_empty() {
                entries.push((Arc::clone(key), new.clone()));
            }
            rest.is_empty()
        }
        (Step::Index(index), Json::Arr(items)) => {
            let len = items.len();
            position(*index, len)
                .and_then(|i| items.get_mut(i))
                .is_some_and(|v| write(v, rest, new))
        }
        (Step::All, Json::Arr(items)) => items.iter_mut().all(|v| write(v, rest, new)),
        (Step::All, Json::Obj(entries)) => entries.iter_mut().all(|(_, v)| write(v, rest, new)),
        _ => false,
    }
}

fn position(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index + len as i64 } else { index };
    usize::try_from(index).ok()
}
