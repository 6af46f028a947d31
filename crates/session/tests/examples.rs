//! The examples, played as their scripts say.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use halter_engine::semantics::Semantics;
use halter_session::words::{Names, Teller};
use halter_session::{Sitting, guide, view};

fn examples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let mut examples: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    examples.sort();
    examples
}

fn sitting(source: &str) -> Sitting {
    let loaded = halter_spec::load(source);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    Sitting::new(Arc::new(loaded.document.unwrap()), Semantics::DOCUMENTED).unwrap()
}

/// Plays the whole script; tells what happened.
fn play(sitting: &mut Sitting) -> Vec<String> {
    let mut told = Vec::new();
    while let Some(command) = guide::next_in_script(sitting) {
        let before = sitting.state().clone();
        sitting.take(command).unwrap();
        let step = sitting.current_step().unwrap();
        assert!(
            step.refusal.is_none() || &*sitting.program().name == "refused",
            "{:?}",
            step.refusal
        );
        let names = Names::new(sitting.program(), &step.state);
        let mut teller = Teller::new(names, &before);
        told.push(format!("> {}", halter_session::words::command(&names, &step.command)));
        told.extend(step.told.iter().map(|told| teller.tell(&told.what)));
    }
    told
}

#[test]
fn every_example_plays_its_whole_script() {
    for (name, source) in examples() {
        let mut sitting = sitting(&source);
        let told = play(&mut sitting);
        println!("== {name}\n{}", told.join("\n"));
        assert_eq!(sitting.steps().len(), sitting.document().script.len(), "{name}");
        assert!(told.iter().any(|line| line.contains("HALTED")), "{name} halts");
    }
}

#[test]
fn a_look_into_a_step_ends_where_the_step_ends() {
    for (name, source) in examples() {
        let mut sitting = sitting(&source);
        while let Some(command) = guide::next_in_script(&sitting) {
            sitting.take(command).unwrap();
            let settled = view::run(&sitting);
            let last = sitting.current_step().unwrap().told.len();
            sitting.look_at(last.saturating_sub(1));
            sitting.look_at(last);
            assert_eq!(view::run(&sitting), settled, "{name}");
        }
    }
}

#[test]
fn looking_closer_shows_what_a_step_passes_through() {
    let (_, source) = examples().into_iter().find(|(name, _)| name == "update-the-cart").unwrap();
    let mut sitting = sitting(&source);
    for _ in 0..2 {
        let command = guide::next_in_script(&sitting).unwrap();
        sitting.take(command).unwrap();
    }
    let mut seen = Vec::new();
    sitting.look_at(0);
    while sitting.look_further() {
        let run = view::run(&sitting);
        let threads: Vec<_> = run.threads.iter().map(|thread| thread.status.name()).collect();
        let items = &view::scopes(&sitting, 0)[0].variables[0].value;
        let state = format!("{} {}", threads.join(" "), items.as_deref().unwrap_or_default());
        if seen.last() != Some(&state) {
            seen.push(state);
        }
    }
    assert_eq!(
        seen,
        [
            "RUNNING []",
            "HALTING []",
            "HALTED []",
            "HALTED RUNNING []",
            "HALTED RUNNING [\"book\"]",
            "HALTED COMPLETED [\"book\"]",
            "RUNNING COMPLETED [\"book\"]",
        ]
    );
}
