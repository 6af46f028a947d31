//! Every "why" has an answer: for whatever can be asked about, in every state of every example.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_engine::state::Status;
use halter_session::why::{Answer, Subject, ask};
use halter_session::{Sitting, guide, script};

mod support;

fn example(name: &str) -> Sitting {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let source = std::fs::read_to_string(path.join(name)).unwrap();
    let document = halter_spec::load(&source).document.unwrap();
    Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap()
}

fn played(name: &str, steps: usize) -> Sitting {
    let mut sitting = example(name);
    for line in sitting.document().script.clone().iter().take(steps) {
        let command = script::read(line, &sitting).unwrap();
        sitting.take(command).unwrap();
    }
    sitting
}

fn told(answer: &Answer) -> String {
    let mut out = format!("{}\n", answer.question);
    if !answer.state.is_empty() {
        let _ = writeln!(out, "  {}", answer.state);
    }
    if let Some((step, command)) = &answer.command {
        let _ = writeln!(out, "  command {step}: {command}");
    }
    for link in &answer.chain {
        let _ = writeln!(out, "  #{} {} ({})", link.id, link.sentence, link.rule.id());
    }
    if !answer.moves.is_empty() {
        let _ = writeln!(out, "  {}", answer.moves);
    }
    out
}

#[test]
fn whatever_can_be_asked_about_has_an_answer_that_goes_back_to_a_command() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let mut asked = 0;
    for file in std::fs::read_dir(dir).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut sitting = example(&name);
        while let Some(command) = guide::next_in_script(&sitting) {
            sitting.take(command).unwrap();
            for subject in support::subjects(&sitting) {
                let answer =
                    ask(&sitting, &subject).unwrap_or_else(|| panic!("{name}: {subject:?}"));
                let unset = matches!(subject, Subject::Variable(..)) && answer.chain.is_empty();
                assert!(unset || !answer.chain.is_empty(), "{name}: {answer:?}");
                assert!(unset || answer.command.is_some(), "{name}: {answer:?}");
                assert!(answer.chain.is_sorted_by(|a, b| a.id < b.id && a.step <= b.step));
                asked += 1;
            }
            for (number, thread) in (0..).zip(&sitting.state().threads) {
                let answer = ask(&sitting, &Subject::Thread(number)).unwrap();
                let over = thread.status.is_terminal() || thread.status == Status::Running;
                assert!(over || !answer.moves.is_empty(), "{name}: {answer:?}");
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
}

#[test]
fn a_halted_child_goes_back_to_the_event_that_interrupted_its_parent() {
    let sitting = played("parent-with-children.yaml", 3);
    let mut out = String::new();
    for subject in support::subjects(&sitting) {
        let entrypoint_node = matches!(subject, Subject::Node(_, 0));
        if !entrypoint_node {
            out.push_str(&told(&ask(&sitting, &subject).unwrap()));
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_failure_goes_back_to_the_handler_that_failed() {
    let sitting = played("failing-handler.yaml", 4);
    insta::assert_snapshot!(told(&ask(&sitting, &Subject::Thread(0)).unwrap()));
}

#[test]
fn within_a_step_only_what_has_happened_is_told() {
    let mut sitting = played("parent-with-children.yaml", 3);
    sitting.look_at(2);
    let answer = ask(&sitting, &Subject::Thread(0)).unwrap();
    assert_eq!(answer.question, "Why is ThreadRun 0 (order) RUNNING?");
    assert!(answer.chain.iter().all(|link| link.step == 1));
}

#[test]
fn who_waits_is_moved_by_somebody_whatever_it_waits_for() {
    let sitting = played("parent-with-children.yaml", 3);
    // The parent, the child that waits for it, and the child that delays both.
    for number in 0..3 {
        let answer = ask(&sitting, &Subject::Thread(number)).unwrap();
        assert_eq!(
            answer.movers,
            ["A worker must finish task drive-to-customer in ThreadRun 2 (deliver)."]
        );
    }
    let handled = played("parent-with-children.yaml", 4);
    let answer = ask(&handled, &Subject::Thread(1)).unwrap();
    assert_eq!(
        answer.movers,
        ["A worker must claim and finish task tell-customer in ThreadRun 3 (hold)."]
    );
}

#[test]
fn every_thread_run_that_is_not_over_can_be_moved() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let mut asked = 0;
    for file in std::fs::read_dir(dir).unwrap() {
        let path = file.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let lines = example(&name).document().script.len();
        for steps in 1..=lines {
            let sitting = played(&name, steps);
            for (number, run) in (0..).zip(&sitting.state().threads) {
                let answer = ask(&sitting, &Subject::Thread(number)).unwrap();
                if !run.status.is_terminal() {
                    assert!(!answer.movers.is_empty(), "{name} {steps} {answer:?}");
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 50);
}
