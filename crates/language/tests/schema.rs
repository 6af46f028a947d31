//! The JSON Schema: published as it is made, and saying of sources what the reader says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::path::Path;

use halter_language::schema;
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::Value;

#[path = "support/sources.rs"]
mod sources;
use sources::sources;

/// A YAML text as JSON, by the core schema of YAML, as other editors read it.
fn json(text: &str) -> Option<Value> {
    enum Open {
        List(Vec<Value>),
        Map(serde_json::Map<String, Value>, Option<String>),
    }
    fn add(open: &mut [Open], root: &mut Option<Value>, value: Value) {
        match open.last_mut() {
            None => *root = Some(value),
            Some(Open::List(items)) => items.push(value),
            Some(Open::Map(map, key)) => match key.take() {
                Some(key) => {
                    map.insert(key, value);
                }
                None => {
                    *key = Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                }
            },
        }
    }
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        match event.ok()?.0 {
            Event::Scalar(text, style, _, _) => {
                let plain = style == ScalarStyle::Plain;
                let value = match &*text {
                    "" | "~" | "null" if plain => Value::Null,
                    "true" if plain => Value::from(true),
                    "false" if plain => Value::from(false),
                    number if plain && number.parse::<i64>().is_ok() => {
                        Value::from(number.parse::<i64>().unwrap())
                    }
                    number if plain && number.parse::<f64>().is_ok() && number != "nan" => {
                        Value::from(number.parse::<f64>().unwrap())
                    }
                    text => Value::from(text),
                };
                add(&mut open, &mut root, value);
            }
            Event::SequenceStart(..) => open.push(Open::List(Vec::new())),
            Event::MappingStart(..) => open.push(Open::Map(serde_json::Map::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                let value = match open.pop()? {
                    Open::List(items) => Value::Array(items),
                    Open::Map(map, _) => Value::Object(map),
                };
                add(&mut open, &mut root, value);
            }
            _ => {}
        }
    }
    root
}

#[test]
fn it_is_published() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/halter.schema.json");
    let made = format!("{:#}\n", schema());
    if std::env::var_os("HALTER_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap();
    assert!(
        published == made,
        "static/halter.schema.json is old: HALTER_WRITE_SCHEMA=1 cargo test -p halter-language --test schema"
    );
}

#[test]
fn good_sources_are_valid() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    for (name, text) in sources() {
        let Some(json) = json(&text) else { continue };
        if halter_spec::load(&text).document.is_none() || !json.is_object() {
            continue;
        }
        let problems: Vec<_> = validator
            .iter_errors(&json)
            .map(|error| {
                format!(
                    "{}: {}",
                    error.instance_path(),
                    error.to_string().chars().take(300).collect::<String>()
                )
            })
            .collect();
        assert!(problems.is_empty(), "{name}\n{}", problems.join("\n"));
    }
}

#[test]
fn wrong_keys_are_not_valid() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    let wrong = [
        "workflow: x\nevnts: {}\nthreads: {main: []}",
        "threads: {main: []}",
        "workflow: x",
        "workflow: x\nthreads: {main: [{taks: a}]}",
        "workflow: x\nthreads: {main: [{task: a, wiht: [1]}]}",
        "workflow: x\nthreads: {main: [{task: a, retries: many}]}",
        "workflow: x\nthreads: {main: [{if: true}]}",
        "workflow: x\nthreads: {main: [{start-threads: a}]}",
        "workflow: x\nthreads: {main: {variables: {a: STRING}}}",
        "workflow: x\nthreads: {main: {variables: {a: {typ: STR}}}}",
        "workflow: x\nthreads: {main: {steps: []}}",
        "workflow: x\nthreads: {main: [{wait-for-threads: [a], strategy: some}]}",
        "workflow: x\nthreads: {main: []}\nscript: [{pots: a}]",
        "workflow: x\nthreads: {main: [frob]}",
        "workflow: x\nthreads: {main: {nodes: {a: {task: x, nxt: b}}}}",
        "workflow: x\nallowed-updates: some\nthreads: {main: []}",
    ];
    for text in wrong {
        let json = json(text).unwrap();
        assert!(!validator.is_valid(&json), "{text}");
        assert!(halter_spec::load(text).document.is_none(), "{text}");
    }
}
