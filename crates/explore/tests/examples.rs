//! What the built-in properties say of every example.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::format_push_string,
    dead_code,
    missing_docs,
    reason = "a test"
)]

mod support;

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::sync::Arc;

use halter_engine::{Program, Semantics};
use halter_explore::{Bounds, Choices, Explorer, Phase};
use support::{BOTH, answers, document, example, examples, explore};

#[test]
fn every_example_has_its_answers() {
    let mut table = String::new();
    for (name, document) in examples() {
        for semantics in BOTH {
            let explorer = explore(&document, semantics, |choices| choices.reduction = false);
            let progress = explorer.progress();
            writeln!(
                table,
                "{name}, {}: {} states, {} deep, {:?}",
                semantics.name(),
                progress.states,
                progress.depth,
                progress.phase
            )
            .unwrap();
            table.push_str(&answers(&explorer));
        }
    }
    insta::assert_snapshot!(table);
}

/// The shortest ways may be others, but not longer ones.
#[test]
fn every_example_has_the_same_answers_without_orders_that_come_to_the_same() {
    for (name, document) in examples() {
        for semantics in BOTH {
            let [all, few] = [false, true].map(|reduction| {
                let explorer = explore(&document, semantics, |c| c.reduction = reduction);
                // Commands in any order.
                let answers: Vec<Vec<String>> = answers(&explorer)
                    .lines()
                    .map(|line| {
                        let mut words: Vec<String> = line.split(", ").map(str::to_owned).collect();
                        words.sort();
                        words
                    })
                    .collect();
                (answers, explorer.coverage())
            });
            assert_eq!(few, all, "{name} under {}", semantics.name());
        }
    }
}

#[test]
fn several_threads_find_the_same() {
    for name in ["parent-with-children.yaml", "side-by-side.yaml"] {
        let document = example(name);
        let program = Arc::new(Program::compile(&document, Semantics::SERVER_1_2).unwrap());
        let mut choices = Choices::usual(&document, &program);
        for event in &mut choices.events {
            event.budget = 2;
        }
        let run = |threads| {
            let threads = NonZeroUsize::new(threads).unwrap();
            let mut explorer =
                Explorer::new(Arc::clone(&program), choices.clone(), Bounds::default())
                    .with_threads(threads);
            while explorer.run(700).phase == Phase::Running {}
            let progress = explorer.progress();
            (progress.states, progress.depth, answers(&explorer), explorer.coverage())
        };
        assert_eq!(run(1), run(3));
    }
}

#[test]
fn endless_runs_stop_at_their_bounds() {
    let endless = document(
        "workflow: endless\nevents: {more: }\nthreads:\n  main:\n    variables: {n: INT = 0}\n    do:\n      \
         - while: $n >= 0\n        do:\n          - sleep: 1\n          - set: {n: add 1}\n",
    );
    let program = Arc::new(Program::compile(&endless, Semantics::DOCUMENTED).unwrap());
    let choices = Choices::usual(&endless, &program);
    let run = |bounds| {
        let mut explorer = Explorer::new(Arc::clone(&program), choices.clone(), bounds);
        while explorer.run(1_000).phase == Phase::Running {}
        explorer
    };
    let few = Bounds { states: 300, ..Bounds::default() };
    let stopped = run(few).progress();
    assert_eq!((stopped.states, stopped.phase), (300, Phase::StoppedAtStates));
    let small = Bounds { bytes: 300_000, ..Bounds::default() };
    let explorer = run(small);
    assert_eq!(explorer.progress().phase, Phase::StoppedAtBytes);
    assert!(answers(&explorer).contains("can-finish: undecided"));
}
