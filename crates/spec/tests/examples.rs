//! The examples of the page, the workflows compiled by the SDK, and the blocks of the reference all load.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use halter_spec::{Format, load, proto_json};

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|_| panic!("{} is missing", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    files
}

fn assert_loads(name: &str, text: &str) {
    let loaded = load(text);
    assert!(loaded.diagnostics.is_empty(), "{name}: {:#?}", loaded.diagnostics);
    assert!(loaded.document.is_some(), "{name}");
}

#[test]
fn the_examples_load_and_begin_with_what_to_try() {
    let examples = files("static/examples", "yaml");
    assert!(examples.len() >= 6, "{} examples", examples.len());
    for path in examples {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.display().to_string();
        assert_loads(&name, &text);
        let comments: Vec<_> = text.lines().take_while(|line| line.starts_with("# ")).collect();
        assert_eq!(comments.len(), 2, "{name}: a title and a sentence");
        let document = load(&text).document.unwrap();
        assert_eq!(
            Some(document.wf_spec.name.as_str()),
            path.file_stem().and_then(|stem| stem.to_str())
        );
        assert!(!document.script.is_empty(), "{name}: a script");
    }
}

#[test]
fn what_the_sdk_compiles_is_written_as_it_was_read() {
    let specs = files("tests/specs", "json");
    assert!(specs.len() >= 3, "{} specs", specs.len());
    for path in specs {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.display().to_string();
        assert_loads(&name, &text);
        assert_eq!(load(&text).format, Format::PutWfSpecRequest);
        let spec = proto_json::read_wf_spec(&text).unwrap();
        let written = proto_json::write_put_wf_spec_request(&spec);
        let again = proto_json::read_wf_spec(&written.to_string()).unwrap();
        assert_eq!(again, spec, "{name}");
        let original: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(plain(&written), plain(&original), "{name}");
    }
}

#[test]
fn the_blocks_of_the_reference_load() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/source-format.md");
    let text = fs::read_to_string(&path).unwrap();
    let blocks: Vec<_> =
        text.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 6);
    for block in blocks {
        assert_loads(block.lines().next().unwrap(), block);
    }
}

/// Without what JSON may write in two ways: spaces in texts of JSON, `0` and `0.0`.
fn plain(json: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match json {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(entries) => {
            let plain_entry = |(key, value): (&String, &Value)| {
                let value = match (key.as_str(), value) {
                    ("jsonObj" | "jsonArr", Value::String(text)) => {
                        serde_json::from_str(text).unwrap()
                    }
                    ("double", Value::Number(number)) => Value::from(number.as_f64()),
                    (_, value) => plain(value),
                };
                (key.clone(), value)
            };
            Value::Object(entries.iter().map(plain_entry).collect())
        }
        other => other.clone(),
    }
}
