//! What the picture of a run says beside statuses.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::path::Path;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::{Sitting, script, view};

fn sitting(name: &str) -> Sitting {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let source = std::fs::read_to_string(path.join(name)).unwrap();
    let document = halter_spec::load(&source).document.unwrap();
    Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap()
}

fn play(sitting: &mut Sitting, commands: usize) {
    let lines = sitting.document().script.clone();
    for line in lines.iter().take(commands) {
        let command = script::read(line, sitting).unwrap();
        sitting.take(command).unwrap();
    }
}

#[test]
fn what_keeps_a_thread_from_being_halted_is_named() {
    let mut sitting = sitting("parent-with-children.yaml");
    play(&mut sitting, 3);
    let run = view::run(&sitting);
    let delays: Vec<&[u32]> = run.threads.iter().map(|thread| &*thread.delays).collect();
    // The courier's task runs: it keeps its own ThreadRun from being HALTED, and so the parent.
    assert_eq!(delays, [&[][..], &[], &[2, 0]]);
    let nodes = |number: usize| run.threads[number].node_runs.iter().map(|node| node.delays);
    assert!(!nodes(0).chain(nodes(1)).any(|delays| delays));
    assert_eq!(nodes(2).collect::<Vec<_>>(), [false, true]);
    sitting.go_to(2);
    let before = view::run(&sitting);
    assert!(before.threads.iter().all(|thread| thread.delays.is_empty()));
}

#[test]
fn an_event_flies_to_whom_it_interrupts_and_on_to_the_handler() {
    let mut sitting = sitting("update-the-cart.yaml");
    play(&mut sitting, 2);
    assert_eq!(view::run(&sitting).flight, None);
    let mut seen = Vec::new();
    sitting.look_at(0);
    while sitting.look_further() {
        if let Some(flight) = view::run(&sitting).flight
            && seen.last() != Some(&flight.at)
        {
            seen.push(flight.at);
        }
    }
    assert_eq!(seen, [None, Some(0), Some(1)]);
}

#[test]
fn a_caption_says_what_each_thread_must_do_names_first() {
    let mut sitting = sitting("parent-with-children.yaml");
    assert_eq!(view::caption(&sitting), "At the beginning: nothing has happened yet.");
    play(&mut sitting, 3);
    assert_eq!(
        view::caption(&sitting),
        "Posted event order-paused (e1) with \"the road is closed\". \
         order must halt, but waits for deliver. wrap-gift is halted. \
         deliver must halt, but task drive-to-customer must end first."
    );
    play_on(&mut sitting);
    assert_eq!(
        view::caption(&sitting),
        "The worker completed task drive-to-customer (ThreadRun 2) with \"delivered\". \
         deliver is halted. order is halted. hold starts and handles it."
    );
}

fn play_on(sitting: &mut Sitting) {
    let line = sitting.document().script[sitting.cursor()].clone();
    let command = script::read(&line, sitting).unwrap();
    sitting.take(command).unwrap();
}
