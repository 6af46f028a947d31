//! Child WfRuns that are played: a sitting of one alone has the steps that concern it, and tells them as its own.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::offers::offers;
use halter_session::why::{Subject, ask};
use halter_session::{Sitting, script, view, wf_runs};

/// The example, with its whole script played.
fn played() -> Sitting {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples/two-workflows.yaml");
    let document = halter_spec::load(&fs::read_to_string(file).unwrap()).document.unwrap();
    let mut sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
    for line in sitting.document().script.clone() {
        let command = script::read(&line, &sitting).unwrap();
        assert!(sitting.take(command).unwrap().refusal.is_none(), "{line}");
    }
    sitting
}

#[test]
fn it_has_the_steps_that_concern_it_and_stands_as_in_the_whole() {
    let mut sitting = played();
    let child = wf_runs::sitting(&sitting, &[(0, 1)]).unwrap();
    let commands: Vec<&str> = child.steps().iter().map(|step| step.command.name()).collect();
    assert_eq!(commands, ["runWf", "postEvent", "claimTask", "reportTask"]);
    assert_eq!(child.document().wf_spec.name, "shipping");
    for step in child.steps() {
        // What is told has the numbers of the whole.
        assert!(step.told.iter().all(|told| sitting.occurrence(told.id).unwrap().1.id == told.id));
    }
    // Before the first command it is not there.
    sitting.go_to(0);
    assert!(wf_runs::sitting(&sitting, &[(0, 1)]).is_none());
}

#[test]
fn every_thread_run_is_known_by_one_number() {
    let sitting = played();
    let run = view::run(&sitting);
    let known: Vec<String> = run.threads.iter().map(view::ThreadView::key).collect();
    assert_eq!(known, ["0", "1", "shipping:0", "shipping:1"]);
    for thread in &run.threads {
        assert_eq!(run.thread(thread.number), Some(thread));
        let (of, own) = wf_runs::of(&sitting, thread.number).unwrap();
        assert_eq!(of.state.thread(own).unwrap().status, thread.status);
        let answer = ask(&sitting, &Subject::Thread(thread.number)).unwrap();
        assert!(answer.question.contains(thread.status.name()), "{}", answer.question);
    }
    assert!(run.thread(wf_runs::shared_number(1, 2)).is_none());
    assert!(run.thread(wf_runs::shared_number(2, 0)).is_none());
}

#[test]
fn what_is_offered_to_it_reaches_it() {
    let mut sitting = played();
    sitting.go_to(1);
    let all = offers(&sitting);
    let labels: Vec<&str> = all.iter().map(|offer| &*offer.label).collect();
    let mut sorted = labels.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), labels.len(), "{labels:?}");
    let post =
        all.iter().find(|offer| offer.label == "Post event address-changed to shipping").unwrap();
    let command = post.command(&[], &sitting).unwrap();
    assert_eq!(wf_runs::meant(&command).0, [(0, 1)]);
    assert!(sitting.take(command).unwrap().refusal.is_none());
    let halting = view::run(&sitting);
    assert_eq!(halting.thread(wf_runs::shared_number(1, 0)).unwrap().status.name(), "HALTING");
    assert_eq!(halting.thread(0).unwrap().status.name(), "RUNNING");
}
