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

/// Why [`write`] could not write, in the words of the server's library.
pub(crate) fn why_not_written(value: &Json, path: &[Step]) -> String {
    let mut at = value;
    let mut walked = String::from("$");
    for (index, step) in path.iter().enumerate() {
        let is_last = index + 1 == path.len();
        let next = match (step, at) {
            (Step::Key(key), Json::Obj(entries)) => {
                entries.iter().find(|(k, _)| k == key).map(|(_, value)| value)
            }
            (Step::Index(index), Json::Arr(items)) => {
                position(*index, items.len()).and_then(|index| items.get(index))
            }
            (Step::Key(key), other) => {
                return format!(
                    "Expected to find an object with property ['{key}'] in path {walked} but found '{}'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
                    java_class(other)
                );
            }
            (Step::Index(_) | Step::All, _) => None,
        };
        match step {
            Step::Key(key) => walked = format!("{walked}['{key}']"),
            Step::Index(index) => walked = format!("{walked}[{index}]"),
            Step::All => walked.push_str("[*]"),
        }
        match next {
            Some(next) => at = next,
            None if is_last => break,
            None => return format!("Missing property in path {walked}"),
        }
    }
    format!("Missing property in path {walked}")
}

fn java_class(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "java.lang.Boolean",
        Json::Int(number) if i32::try_from(*number).is_ok() => "java.lang.Integer",
        Json::Int(_) => "java.lang.Long",
        Json::Double(_) => "java.lang.Double",
        Json::Str(_) => "java.lang.String",
        Json::Arr(_) => "net.minidev.json.JSONArray",
        Json::Obj(_) => "java.util.LinkedHashMap",
    }
}

fn position(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index + len as i64 } else { index };
    usize::try_from(index).ok()
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used, reason = "tests say what is wrong by panicking")]
mod tests {
    use super::{Step, parse, places, read, why_not_written, write};
    use crate::program::PathStep;
    use halter_spec::value::Json;

    /// A path as the engine walks it; no computed parts are in these.
    fn steps(path: &str) -> Vec<Step> {
        let step = |step: PathStep| match step {
            PathStep::Key(key) => Step::Key(key),
            PathStep::Index(index) => Step::Index(index),
            PathStep::All => Step::All,
            PathStep::Dynamic(_) => panic!("{path} has no computed parts"),
        };
        parse(path).unwrap().into_iter().map(step).collect()
    }

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    const ORDER: &str =
        r#"{"items":[{"price":1,"tags":["x","y"]},{"price":2},3],"by":{"a":4,"b":5},"a b":6}"#;

    #[test]
    fn parts_are_read() {
        for (path, wanted) in [
            ("$", Some(ORDER)),
            ("", Some(ORDER)),
            ("$.by.a", Some("4")),
            ("by.a", Some("4")),
            (".by.a", Some("4")),
            ("$['a b']", Some("6")),
            (r#"$["a b"]"#, Some("6")),
            ("$[ 'a b' ]", Some("6")),
            ("$.items[0].price", Some("1")),
            ("items[1].price", Some("2")),
            ("$.items[-1]", Some("3")),
            ("$.items[-3].tags[1]", Some("\"y\"")),
            ("$.items[*].price", Some("[1,2]")),
            ("$.items.*.price", Some("[1,2]")),
            ("$.items[*].tags[*]", Some("[[\"x\",\"y\"]]")),
            ("$.by.*", Some("[4,5]")),
            ("$.by[*]", Some("[4,5]")),
            ("$.items[3]", None),
            ("$.items[-4]", None),
            ("$.items.price", None),
            ("$.by[0]", None),
            ("$.none", None),
            ("$.by.a.*", None),
        ] {
            let found = read(&json(ORDER), &steps(path));
            assert_eq!(found, wanted.map(json), "{path}");
        }
    }

    #[test]
    fn what_is_no_object_has_no_part_by_a_key_and_its_class_is_told() {
        for (value, class) in [
            ("null", "null"),
            ("true", "java.lang.Boolean"),
            ("2147483647", "java.lang.Integer"),
            ("2147483648", "java.lang.Long"),
            ("0.5", "java.lang.Double"),
            ("\"x\"", "java.lang.String"),
            ("[1]", "net.minidev.json.JSONArray"),
        ] {
            let told = why_not_written(&json(&format!("{{\"a\":{value}}}")), &steps("$.a.b"));
            assert!(told.contains(&format!("in path $['a'] but found '{class}'.")), "{told}");
        }
        let told = why_not_written(&json("{}"), &steps("$.a.b"));
        assert_eq!(told, "Missing property in path $['a']");
    }

    #[test]
    fn parts_are_replaced() {
        let value = r#"{"list":[1,[2,3]],"by":{"a":4,"b":[5]}}"#;
        for (path, count, wanted) in [
            ("$", 1, Some("0")),
            ("$.list[0]", 1, Some(r#"{"list":[0,[2,3]],"by":{"a":4,"b":[5]}}"#)),
            ("$.list[-1][1]", 1, Some(r#"{"list":[1,[2,0]],"by":{"a":4,"b":[5]}}"#)),
            ("$.list[*]", 2, Some(r#"{"list":[0,0],"by":{"a":4,"b":[5]}}"#)),
            ("$.list[1][*]", 2, Some(r#"{"list":[1,[0,0]],"by":{"a":4,"b":[5]}}"#)),
            ("$.by.*", 2, Some(r#"{"list":[1,[2,3]],"by":{"a":0,"b":0}}"#)),
            ("$.by.c", 1, Some(r#"{"list":[1,[2,3]],"by":{"a":4,"b":[5],"c":0}}"#)),
            // Only the last key may be missing, and no index.
            ("$.c.d", 1, None),
            ("$.list[2]", 0, None),
            ("$.list[-3]", 0, None),
            ("$.list.a", 0, None),
            ("$.by[0]", 0, None),
            ("$.by.a.b", 0, None),
            ("$.by.a.*", 0, None),
        ] {
            let mut changed = json(value);
            assert_eq!(places(&changed, &steps(path)), count, "{path}");
            assert_eq!(write(&mut changed, &steps(path), &json("0")), wanted.is_some(), "{path}");
            assert_eq!(changed, json(wanted.unwrap_or(value)), "{path}");
        }
    }

    #[test]
    fn what_is_no_path_or_not_supported_is_refused() {
        for (path, why) in [
            ("$.a[0", "a bracket is not closed"),
            ("$.a[?(@.b)]", "filters and slices are not supported here"),
            ("$.a[1:2]", "filters and slices are not supported here"),
            ("$['a]", "filters and slices are not supported here"),
            ("$..a", "deep scans (..) are not supported here"),
            ("a..b", "deep scans (..) are not supported here"),
            ("$.", "a key is missing"),
            ("$.[0]", "a key is missing"),
            ("$a", "expected . or ["),
            ("$[0]a", "expected . or ["),
        ] {
            let problem = parse(path).unwrap_err();
            assert!(problem.ends_with(why), "{path}: {problem}");
        }
    }
}
