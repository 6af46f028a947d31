//! What bounds a run ends it at the very number, and says which.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use halter_engine::state::Status;
use halter_engine::{Command, Limits, Program, RunState, Semantics, Unobserved, step};

const LOOP: &str = r"workflow: counts
threads:
  main:
    variables: {n: INT = 0}
    do:
      - while: $n < 100
        do:
          - set: {n: add 1}
";

/// How a run of the loop ends, with other limits.
fn ends(change: impl FnOnce(&mut Limits)) -> (Status, String) {
    let document = halter_spec::load(LOOP).document.unwrap();
    let mut program = Program::compile(&document, Semantics::DOCUMENTED).unwrap();
    change(&mut program.limits);
    let (state, outcome) =
        step(&program, RunState::default(), &Command::RunWf(Vec::new()), &mut Unobserved);
    assert_eq!(outcome, Ok(()));
    let message = state.thread(0).unwrap().error_message.as_deref().unwrap_or_default();
    (state.status, message.to_owned())
}

const TIGHT: &str =
    "Your WfSpec had a tight loop and exceeded the maximum iterations in one command.";

#[test]
fn a_loop_within_its_limits_ends() {
    assert_eq!(ends(|_| {}), (Status::Completed, String::new()));
}

#[test]
fn one_pass_too_many_ends_it() {
    assert_eq!(ends(|limits| limits.passes = 50), (Status::Error, TIGHT.to_owned()));
}

#[test]
fn what_costs_too_much_ends_it_however_many_passes_there_may_be() {
    let (most, cost) = (1_000_003, 64 * 40 + 1);
    let change = |limits: &mut Limits| (limits.passes, limits.effort) = (most, cost);
    assert_eq!(ends(change), (Status::Error, TIGHT.to_owned()));
}

#[test]
fn one_node_run_too_many_ends_it() {
    let message =
        "ThreadRun 0 would have 11 NodeRuns, exceeding the maximum number of NodeRuns: 10.";
    assert_eq!(ends(|limits| limits.node_runs = 10), (Status::Error, message.to_owned()));
}
