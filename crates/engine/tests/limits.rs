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

/// Each workflow runs the next one in a loop: without a bound over all of them these would be 150^4 WfRuns.
#[test]
fn workflows_that_run_others_in_loops_end_too() {
    let threads = |runs: &str| {
        format!(
            "threads: {{main: {{variables: {{n: INT = 0}}, do: [{{while: $n < 150, do: [{{run-child-wf: {runs}}}, {{set: {{n: add 1}}}}]}}]}}}}"
        )
    };
    let children = [("w1", "w2"), ("w2", "w3"), ("w3", "w4")];
    let children = children.map(|(own, next)| format!("  {own}: {{{}}}\n", threads(next)));
    let source = format!(
        "workflow: w0\n{}\nworkflows:\n{}  w4: {{threads: {{main: [nop]}}}}\n",
        threads("w1"),
        children.concat()
    );
    let loaded = halter_spec::load(&source);
    let document = loaded.document.unwrap_or_else(|| unreachable!("{:?}", loaded.diagnostics));
    let (_, state) = started(&document, |_| {});
    assert_eq!(state.status, Status::Error);
    let message = state.thread(0).unwrap().error_message.as_deref();
    assert_eq!(message, Some(TIGHT));
    assert!(count(&state) < 20_000, "{}", count(&state));
}

fn count(state: &halter_engine::RunState) -> usize {
    1 + state.played_child_wfs().map(|(.., run)| count(run)).sum::<usize>()
}
