//! Links: what goes in comes out, old ones open for ever, and what is no link says so.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use halter_engine::Semantics;
use halter_engine::command::Command;
use halter_session::link::{Link, LinkError, MAX_BYTES};
use halter_session::sitting::Replay;
use halter_session::trace::{Trace, record, state_json};
use halter_session::{Sitting, script};
use halter_spec::value::{Double, Value};
use proptest::prelude::*;
use serde_json::json;

#[path = "support/commands.rs"]
mod commands;
use commands::command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sitting(source: &str, semantics: Semantics) -> Sitting {
    let document = halter_spec::load(source).document.unwrap();
    Sitting::new(Arc::new(document), semantics).unwrap()
}

/// Opens a link as the page does.
fn open(link: &Link) -> (Sitting, usize) {
    let semantics = Semantics::from_name(&link.semantics).unwrap_or(Semantics::DOCUMENTED);
    let (sitting, replayed) = link.play(sitting(&link.source, semantics));
    (sitting, replayed.left_out + replayed.not_tried)
}

fn examples() -> Vec<(String, String)> {
    let dir = root().join("static/examples");
    let files = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    let yaml = files.filter(|f| f.extension().is_some_and(|e| e == "yaml"));
    yaml.map(|f| {
        let name = f.file_stem().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(f).unwrap())
    })
    .collect()
}

#[test]
fn every_example_played_to_its_end_fits_in_a_link_and_comes_back() {
    let examples = examples();
    assert!(examples.len() >= 6);
    for (name, source) in examples {
        let mut played = sitting(&source, Semantics::SERVER_1_2);
        for line in played.document().script.clone() {
            let command = script::read(&line, &played).unwrap();
            played.take(command).unwrap();
        }
        played.take(Command::PassTime(1_500)).unwrap();
        played.go_to(2);
        let text = Link::of(&played, &source).encode();
        assert!(text.len() < 1_500, "{name}: {} characters", text.len());
        let (opened, left_out) = open(&Link::decode(&text).unwrap());
        assert_eq!((opened.cursor(), left_out), (2, 0), "{name}");
        let commands = |sitting: &Sitting| -> Vec<Command> {
            sitting.steps().iter().map(|s| s.command.clone()).collect()
        };
        assert_eq!(commands(&opened), commands(&played), "{name}");
        let end = |sitting: &Sitting| {
            state_json(sitting.program(), sitting.state_after(sitting.steps().len()))
        };
        assert_eq!(end(&opened), end(&played), "{name}");
    }
}

/// `tests/links/v1/NAME.link` and what it shows: the state, as JSON, in `NAME.json` beside it.
#[test]
fn links_of_every_version_open() {
    let mut opened = 0;
    for version in std::fs::read_dir(root().join("tests/links")).unwrap() {
        let version = version.unwrap().path();
        if !version.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(version).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_none_or(|e| e != "link") {
                continue;
            }
            let link = Link::decode(std::fs::read_to_string(&file).unwrap().trim()).unwrap();
            let (sitting, left_out) = open(&link);
            assert_eq!(left_out, 0, "{}", file.display());
            let shown = json!({
                "step": sitting.cursor(),
                "steps": sitting.steps().len(),
                "view": link.view,
                "state": state_json(sitting.program(), sitting.state()),
            });
            let expected = std::fs::read_to_string(file.with_extension("json")).unwrap();
            let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
            assert_eq!(shown, expected, "{}", file.display());
            opened += 1;
        }
    }
    assert!(opened >= 3, "the links are there");
}

#[test]
fn a_sitting_is_recorded_as_a_trace_that_matches() {
    for (name, source) in examples() {
        for semantics in [Semantics::DOCUMENTED, Semantics::SERVER_1_2] {
            let mut sitting = sitting(&source, semantics);
            for line in sitting.document().script.clone() {
                let command = script::read(&line, &sitting).unwrap();
                sitting.take(command).unwrap();
            }
            // Refused, and recorded as refused.
            sitting.take(Command::StopWfRun(99)).unwrap();
            let recorded = record(&sitting);
            let trace = Trace::read(&recorded.to_string()).unwrap();
            assert_eq!(trace.semantics(), [semantics], "{name}");
            trace.play(semantics).unwrap_or_else(|mismatch| panic!("{name}: {mismatch}"));
            let mut changed = recorded;
            changed["steps"][0]["then"]["wfRun"]["status"] = json!("HALTED");
            let trace = Trace::read(&changed.to_string()).unwrap();
            assert!(trace.play(semantics).is_err(), "{name}");
        }
    }
}

/// A number of JSON that is read in a hurry may become the one next to it.
#[test]
fn a_double_is_the_very_same_in_a_link() {
    let source = "workflow: x\nevents: [e]\nthreads: {main: [nop]}\n";
    let mut posted = sitting(source, Semantics::DOCUMENTED);
    let content = Value::Double(Double(1.524_465_506_474_546_7e-91));
    posted.take(Command::PostEvent {
        def: "e".into(),
        guid: "e1".into(),
        content,
        thread: None,
        position: None,
    });
    let link = Link::decode(&Link::of(&posted, source).encode()).unwrap();
    let (opened, _) = open(&link);
    assert_eq!(opened.steps()[0].command, posted.steps()[0].command);
}

#[test]
fn what_is_no_link_says_so() {
    let good = Link { source: "workflow: x".to_owned(), ..Link::default() }.encode();
    let bomb = Link { source: " ".repeat(MAX_BYTES + 1), ..Link::default() }.encode();
    for (text, expected) in [
        ("", Err(LinkError::NoLink)),
        ("hello", Err(LinkError::NoLink)),
        ("0.abc", Err(LinkError::NoLink)),
        ("x.abc", Err(LinkError::NoLink)),
        ("2.abc", Err(LinkError::Newer)),
        ("1.", Err(LinkError::Damaged)),
        ("1.#~", Err(LinkError::Damaged)),
        (&good[..good.len() - 6], Err(LinkError::Damaged)),
        (&bomb, Err(LinkError::TooLarge)),
        (&format!("{good})."), Link::decode(&good)),
    ] {
        assert_eq!(Link::decode(text), expected, "{text:.40}");
    }
}

#[test]
fn every_recorded_command_is_written_as_it_is_read() {
    let mut written = 0;
    for dir in ["scenarios", "random"] {
        for file in std::fs::read_dir(root().join("tests/traces").join(dir)).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let trace = Trace::read(&text).unwrap();
            let Ok(document) = trace.document.clone() else {
                continue;
            };
            let sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
            for command in trace.commands().unwrap() {
                let line = script::write(&command);
                assert_eq!(script::read(&line, &sitting).unwrap(), command, "{line}");
                written += 1;
            }
        }
    }
    assert!(written > 1_000);
}

proptest! {
    #[test]
    fn any_command_is_written_as_it_is_read(command in command()) {
        let sitting = sitting("workflow: x\nthreads: {main: []}\n", Semantics::DOCUMENTED);
        let line = script::write(&command);
        prop_assert_eq!(script::read(&line, &sitting).unwrap(), command, "{}", line);
    }

    #[test]
    fn any_text_is_a_link_or_none(text in ".*", packed in "1\\.[A-Za-z0-9_-]{0,200}") {
        let _ = Link::decode(&text);
        let _ = Link::decode(&packed);
    }

    #[test]
    fn any_source_comes_back(source in ".*", step in prop::option::of(any::<usize>())) {
        let link = Link { source, step, ..Link::default() };
        prop_assert_eq!(Link::decode(&link.encode()), Ok(link));
    }
}

/// A few hundred bytes of link whose commands would take minutes together.
#[test]
fn a_small_link_that_holds_too_much_is_played_as_far_as_it_goes() {
    let source = "workflow: x\nmax-thread-runs: 1000\nthreads:\n  main:\n    variables:\n      n: INT = 1\n      list: JSON_ARR = [LIST]\n    do:\n      - start-threads: child\n        for-each: $list\n      - while: 1 < 2\n        do:\n          - sleep: 1\n  child:\n    do:\n      - wait-for-condition: $n + $n + $n < 0\n";
    let source = source.replace("LIST", &["1"; 900].join(", "));
    let pass = json!({ "passTime": { "seconds": 100 } });
    let mut commands = vec![json!({ "runWf": {} })];
    commands.extend(vec![pass; 300]);
    let link = Link { commands, script: None, source, ..Link::default() };
    let link = Link::decode(&link.encode()).unwrap();
    let document = halter_spec::load(&link.source).document.unwrap();
    let sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
    let mut replay = Replay::of_link(&link, sitting);
    // A page plays in slices, and answers between them.
    let mut slices = 0;
    let start = std::time::Instant::now();
    while replay.go_on(1 << 22) {
        slices += 1;
        let (done, all) = replay.progress();
        assert!(done <= all && all == 301);
    }
    assert!(slices > 10, "{slices} slices");
    let (sitting, replayed) = replay.end();
    assert!(replayed.not_tried > 100, "{replayed:?} {slices}");
    assert_eq!(replayed.played, sitting.steps().len());
    assert_eq!(replayed.played + replayed.left_out + replayed.not_tried, 301);
    // A page has much less patience; a test's machine may have other work.
    assert!(start.elapsed() < std::time::Duration::from_secs(40), "{:?}", start.elapsed());
    let document = Arc::clone(sitting.document());
    let (_, replayed) = sitting.replay(document, Semantics::DOCUMENTED).unwrap();
    assert_eq!(replayed.left_out, 0);
}
