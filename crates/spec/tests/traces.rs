//! The recorded traces: what a real server accepted loads, what it refused does not, and all of it is written back
//! as it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use halter_spec::{Diagnostic, Severity, proto_json};
use serde_json::Value;

/// Every trace, by its path.
fn traces() -> Vec<(PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces");
    let mut found = Vec::new();
    for folder in ["scenarios", "random"] {
        let folder = root.join(folder);
        for entry in
            fs::read_dir(&folder).unwrap_or_else(|_| panic!("{} is missing", folder.display()))
        {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, serde_json::from_str(&text).unwrap()));
            }
        }
    }
    assert!(found.len() > 100, "there are {} traces", found.len());
    found
}

/// What proto JSON leaves out or may write in another way, the same everywhere.
fn canonical(json: &Value) -> Value {
    match json {
        Value::Array(items) => items.iter().map(canonical).collect(),
        Value::Object(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| {
                    let value = match (key.as_str(), value) {
                        ("jsonObj" | "jsonArr", Value::String(text)) => {
                            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
                        }
                        _ => canonical(value),
                    };
                    (key.clone(), value)
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

fn errors(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect()
}

#[test]
fn every_wf_spec_is_written_as_it_was_read() {
    for (path, trace) in traces() {
        let spec = proto_json::read_wf_spec(&trace["wfSpec"].to_string())
            .unwrap_or_else(|problems| panic!("{}: {problems:?}", path.display()));
        let written = proto_json::write_put_wf_spec_request(&spec);
        assert_eq!(canonical(&written), canonical(&trace["wfSpec"]), "{}", path.display());
    }
}

#[test]
fn every_definition_is_written_as_it_was_read() {
    for (path, trace) in traces() {
        let path = path.display();
        let list = |name: &str| trace[name].as_array().cloned().unwrap_or_default();
        for def in list("taskDefs") {
            let (name, read) = proto_json::read_task_def(&def.to_string()).unwrap();
            assert_eq!(proto_json::write_task_def(&name, &read), def, "{path}");
        }
        for def in list("externalEventDefs") {
            let (name, read) = proto_json::read_external_event_def(&def.to_string()).unwrap();
            assert_eq!(proto_json::write_external_event_def(&name, &read), def, "{path}");
        }
        for def in list("userTaskDefs") {
            let (name, read) = proto_json::read_user_task_def(&def.to_string()).unwrap();
            assert_eq!(proto_json::write_user_task_def(&name, &read), def, "{path}");
        }
    }
}

#[test]
fn what_the_server_accepted_loads_without_an_error() {
    for (path, trace) in traces() {
        if trace["rejected"].is_null() {
            let loaded = halter_spec::load(&trace["wfSpec"].to_string());
            let errors = errors(&loaded.diagnostics);
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
            assert!(loaded.document.is_some());
        }
    }
}

#[test]
fn whole_traces_load_with_their_definitions_and_commands() {
    for (path, trace) in traces() {
        let loaded = halter_spec::load(&trace.to_string());
        let errors = errors(&loaded.diagnostics);
        if trace["rejected"].is_null() {
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
            let steps = trace["steps"].as_array().unwrap();
            let script = loaded.document.unwrap().script;
            assert_eq!(script.len(), steps.len());
            assert!(script.iter().zip(steps).all(|(command, step)| *command == step["do"]));
        } else {
            assert!(!errors.is_empty(), "{} is refused by the server", path.display());
            assert!(errors.iter().any(|error| error.code.is_rule()), "{errors:?}");
            assert!(errors.iter().all(|error| error.span.line > 0), "{errors:?}");
            assert!(loaded.document.is_none());
        }
    }
}

#[test]
fn names_of_fields_may_be_in_snake_case() {
    for (path, trace) in traces() {
        let spec = &trace["wfSpec"];
        let snake = snake_case(spec, true);
        let read = proto_json::read_wf_spec(&snake.to_string()).unwrap();
        assert_eq!(
            read,
            proto_json::read_wf_spec(&spec.to_string()).unwrap(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_step_that_is_no_command_is_an_error() {
    let with = |command: &str| {
        let spec = r#"{"name": "a", "entrypointThreadName": "main", "threadSpecs": {"main": {"nodes": {"0": {"entrypoint": {}}}}}}"#;
        halter_spec::load(&format!(r#"{{"wfSpec": {spec}, "steps": [{{"do": {command}}}]}}"#))
    };
    let script = with(r#"{"passTime": {"seconds": 5}}"#).document.unwrap().script;
    assert_eq!(script, [serde_json::json!({"passTime": {"seconds": 5}})]);
    for (command, code) in [
        ("{}", "UNKNOWN-COMMAND"),
        ("5", "UNKNOWN-COMMAND"),
        (r#"{"fly": {}}"#, "UNKNOWN-COMMAND"),
        (r#"{"runWf": {}, "passTime": {}}"#, "UNKNOWN-COMMAND"),
        (r#"{"runWf": 5}"#, "TYPE"),
    ] {
        let loaded = with(command);
        assert!(loaded.diagnostics.iter().any(|found| found.code.name() == code), "{loaded:?}");
        assert_eq!(loaded.document, None);
    }
}

/// The same with the names of fields in snake_case; keys of maps stay as they are.
fn snake_case(json: &Value, is_message: bool) -> Value {
    match json {
        Value::Array(items) => items.iter().map(|item| snake_case(item, true)).collect(),
        Value::Object(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| {
                    let is_map = ["threadSpecs", "nodes"].contains(&key.as_str()) && is_message;
                    let name = if is_message { snake(key) } else { key.clone() };
                    (name, snake_case(value, !is_map))
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

fn snake(camel: &str) -> String {
    let mut name = String::new();
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}
