//! What bounds a run ends it at the very number, and says which.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use halter_engine::Limits;
use halter_engine::state::Status;

#[path = "support/started.rs"]
mod started;
use started::started;

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
    let (_, state) = started(&halter_spec::load(LOOP).document.unwrap(), change);
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
    let change = |limits: &mut Limits| {
        limits.passes = usize::MAX;
        // About 40 looks at a ThreadRun.
        limits.effort = 64 * 40 + 1;
    };
    assert_eq!(ends(change), (Status::Error, TIGHT.to_owned()));
}

#[test]
fn one_node_run_too_many_ends_it() {
    let message =
        "ThreadRun 0 would have 11 NodeRuns, exceeding the maximum number of NodeRuns: 10.";
    assert_eq!(ends(|limits| limits.node_runs = 10), (Status::Error, message.to_owned()));
}
