//! Under the documented rules a recorded trace departs from the server only at a named deviation; here is the list.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use halter_engine::{Command, Deviation, Program, Semantics};
use halter_session::compare::parting;
use halter_session::trace::Trace;
use halter_session::{Sitting, script};

fn traces() -> Vec<(String, Trace)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces");
    let mut files: Vec<PathBuf> = ["scenarios", "random"]
        .iter()
        .flat_map(|dir| std::fs::read_dir(root.join(dir)).expect("the traces are there"))
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 140, "the recorded traces are complete");
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, Trace::read(&std::fs::read_to_string(&path).unwrap()).unwrap())
    };
    files.into_iter().map(read).collect()
}

#[test]
fn traces_depart_only_at_named_deviations() {
    let mut list = String::new();
    for (name, trace) in traces() {
        let Ok(document) = &trace.document else {
            continue;
        };
        let program = Program::compile(document, Semantics::DOCUMENTED).unwrap();
        let commands = trace.commands().unwrap();
        let Some(parting) = parting(&program, &commands) else {
            continue;
        };
        let ids: Vec<&str> = parting.deviations.iter().map(|d| d.id()).collect();
        assert!(!ids.is_empty(), "{name} departs at step {} without a name", parting.step);
        if let Some(listed) = &trace.deviations {
            let step = parting.step;
            let all_listed = ids.iter().all(|id| listed.iter().any(|l| l == id));
            assert!(all_listed, "{name} lists {listed:?}, but departs at step {step} by {ids:?}");
        }
        writeln!(list, "{name}: step {}, {}", parting.step, ids.join(" ")).unwrap();
    }
    insta::assert_snapshot!(list);
}

/// Deviations that never come alone: a handler that fails gives the failure's name, whatever starts below.
const COMPANIONS: [(Deviation, Deviation); 1] =
    [(Deviation::PendingStartsBelowFailed, Deviation::FailureName)];

/// Every deviation has an example in static/examples/deviations that shows it and nothing else.
#[test]
fn each_deviation_has_its_example() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples/deviations");
    for (deviation, id, _) in Deviation::ALL {
        let file = dir.join(format!("{}.yaml", id.trim_start_matches("D-").to_lowercase()));
        let text = std::fs::read_to_string(&file).expect(id);
        assert!(text.starts_with(&format!("# {id}: ")), "{id}: the first line names it");
        let loaded = halter_spec::load(&text);
        let document = loaded.document.unwrap_or_else(|| panic!("{id}: {:?}", loaded.diagnostics));
        let commands = commands(document.clone());
        let program = Program::compile(&document, Semantics::DOCUMENTED).unwrap();
        let parting = parting(&program, &commands).unwrap_or_else(|| panic!("{id} does not show"));
        let others = COMPANIONS.iter().filter(|(of, _)| *of == deviation).map(|(_, with)| *with);
        let expected: Vec<Deviation> = others.chain([deviation]).collect();
        assert_eq!(parting.deviations, expected, "{id}");
        assert_eq!(parting.step + 1, commands.len(), "{id}: they part at the last command");
    }
}

fn commands(document: halter_spec::model::Document) -> Vec<Command> {
    let mut sitting = Sitting::new(Arc::new(document), Semantics::SERVER_1_2).unwrap();
    let lines = sitting.document().script.clone();
    let play = |line: &serde_json::Value| {
        let command = script::read(line, &sitting).unwrap();
        sitting.take(command.clone());
        command
    };
    lines.iter().map(play).collect()
}
