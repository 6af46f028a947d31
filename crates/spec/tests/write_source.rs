//! Documents written as readable source: reading it again gives the same, and what an SDK compiled becomes statements.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use halter_spec::model::{Document, TaskDef};
use halter_spec::{Loaded, load, proto_json, write_source};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file with this extension below a folder of the project, in order.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "there is no {extension} in {folder}");
    found
}

fn document(loaded: Loaded, what: &str) -> Document {
    let problems = loaded.diagnostics;
    loaded.document.unwrap_or_else(|| panic!("{what}: {problems:#?}"))
}

/// Writes a document, and checks that there and back is the same; the source.
fn there_and_back(original: &Document, what: &str) -> String {
    let source = write_source(original).unwrap_or_else(|problem| panic!("{what}: {problem:?}"));
    let read = document(load(&source), &format!("{what}:\n{source}"));
    let mut same = read.clone();
    for (name, def) in &original.task_defs {
        // What came without definitions gets the inputs that its steps give.
        if *def == TaskDef::default() {
            same.task_defs.insert(name.clone(), TaskDef::default());
        }
    }
    assert_eq!(same, *original, "{what}:\n{source}");
    assert_eq!(write_source(&read).unwrap(), source, "{what}");
    // Through LittleHorse's JSON, which has no order of threads and nodes.
    let json = proto_json::write_put_wf_spec_request(&original.wf_spec);
    let again = Document {
        wf_spec: proto_json::read_wf_spec(&sorted(&json).to_string()).unwrap(),
        ..original.clone()
    };
    assert_eq!(write_source(&again).unwrap(), source, "{what}");
    source
}

/// The same with the keys of all maps in alphabetical order, as the SDKs print them.
fn sorted(json: &serde_json::Value) -> serde_json::Value {
    match json {
        serde_json::Value::Array(items) => items.iter().map(sorted).collect(),
        serde_json::Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries = entries.into_iter();
            serde_json::Value::Object(
                entries.map(|(key, value)| (key.clone(), sorted(value))).collect(),
            )
        }
        other => other.clone(),
    }
}

#[test]
fn all_traces() {
    for path in files("tests/traces", "json") {
        let text = fs::read_to_string(&path).unwrap();
        let loaded = load(&text);
        // The server refused these; they are tests of `check`.
        let Some(original) = loaded.document else {
            continue;
        };
        let source = there_and_back(&original, &path.display().to_string());
        assert!(!source.contains("nodes:"), "{}:\n{source}", path.display());
        // There, Arrays and structs are posted that say nothing of their types, or have others than are declared.
        let untyped = ["values", "oracle"]
            .iter()
            .any(|folder| path.parent().is_some_and(|of| of.ends_with(folder)));
        assert!(untyped || !source.contains("!proto"), "{}:\n{source}", path.display());
    }
}

#[test]
fn all_specs_of_the_sdk() {
    for path in files("tests/specs", "json") {
        let text = fs::read_to_string(&path).unwrap();
        let original = document(load(&text), &path.display().to_string());
        let source = there_and_back(&original, &path.display().to_string());
        assert!(!source.contains("nodes:"), "{}:\n{source}", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        insta::assert_snapshot!(format!("sdk-{name}"), source);
    }
}

#[test]
fn all_examples() {
    for path in files("static/examples", "yaml") {
        let text = fs::read_to_string(&path).unwrap();
        let original = document(load(&text), &path.display().to_string());
        let source = there_and_back(&original, &path.display().to_string());
        assert!(!source.contains("nodes:"), "{}:\n{source}", path.display());
    }
}

#[test]
fn all_hard_sources() {
    for extension in ["yaml", "json"] {
        for path in files("tests/corpus", extension) {
            let text = fs::read_to_string(&path).unwrap();
            if let Some(original) = load(&text).document {
                there_and_back(&original, &path.display().to_string());
            }
        }
    }
}

#[test]
fn all_sources_of_the_reference() {
    let text = fs::read_to_string(root().join("docs/source-format.md")).unwrap();
    let mut written = String::new();
    for block in text.split("```yaml\n").skip(1) {
        let source = block.split("```").next().unwrap_or_default();
        if let Some(original) = load(source).document {
            written.push_str(&there_and_back(&original, source));
            written.push_str("---\n");
        }
    }
    insta::assert_snapshot!("reference", written);
}

#[test]
fn what_is_empty_is_written_behind_a_long_key_as_well() {
    let key = "k".repeat(200);
    for empty in ["{}", "[]", "{a: {}}", "[[]]"] {
        let source = format!(
            "workflow: x\nthreads: {{main: [nop]}}\nscript:\n  - runWf: {{{key}: {empty}}}\n"
        );
        there_and_back(&load(&source).document.unwrap(), &source);
    }
}
