//! Child workflows complete, and fail if somebody wants to know what comes of it.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::format_push_string,
    dead_code,
    missing_docs,
    reason = "a test"
)]

mod support;

use halter_engine::{Program, Semantics};
use halter_explore::{Answer, BuiltInProperty, child_wf_failures};
use support::{document, explore, words};

const SHOP: &str = "\
workflow: shop
threads:
  order:
    do:
      - run-child-wf: restock
      - wait-for-child-wf: restock
        on-failure: {out-of-stock: apologise, CHILD_FAILURE: try-later}
  apologise: []
  try-later: []
properties:
  apologised: can apologise is RUNNING or apologise is COMPLETED
  later: can try-later is RUNNING or try-later is COMPLETED
  fails: can run is ERROR or run is EXCEPTION
";

#[test]
fn each_failure_that_a_handler_names_can_come_and_only_if_failures_may() {
    let document = document(SHOP);
    let program = Program::compile(&document, Semantics::DOCUMENTED).unwrap();
    for semantics in support::BOTH {
        let usual = explore(&document, semantics, |_| {});
        for property in 0..3 {
            assert_eq!(usual.own_answer(property), Answer::Cannot, "{property}");
        }
        let failing = explore(&document, semantics, |may| {
            may.child_wf_failures = child_wf_failures(&program);
        });
        for property in 0..2 {
            let Answer::Can(commands) = failing.own_answer(property) else {
                panic!("{property} {:?}", failing.own_answer(property))
            };
            assert_eq!(words(&commands), "runWf, reportChildWf", "{property}");
        }
        assert_eq!(failing.own_answer(2), Answer::Cannot, "both failures are handled");
    }
}

const PLAYED: &str = "\
workflow: shop
events: {held: , changed: }
threads:
  order:
    interrupts: {held: clear-up}
    do:
      - run-child-wf: ship
      - wait-for-child-wf: ship
  clear-up: []
workflows:
  ship:
    threads:
      main:
        interrupts: {changed: relabel}
        do:
          - sleep: 5
      relabel: []
properties:
  waits: can order is HALTED
";

/// What may come to a child WfRun comes, and the run can end only when the child has.
#[test]
fn a_child_wf_run_that_is_played_moves_by_itself() {
    let document = document(PLAYED);
    let explored = explore(&document, Semantics::DOCUMENTED, |choices| choices.time = true);
    assert_eq!(explored.answer(BuiltInProperty::CanFinish), Answer::Holds);
    assert_eq!(explored.answer(BuiltInProperty::NoDeadlock), Answer::Holds);
    let server = explore(&document, Semantics::SERVER_1_2, |choices| choices.time = true);
    let Answer::Fails(commands) = server.answer(BuiltInProperty::CanFinish) else {
        panic!("the server never halts whoever waits for a child WfRun");
    };
    assert_eq!(words(&commands), "runWf, post held");
    // An interrupt of the child halts nothing of its parent: two commands to it lead to states of their own.
    assert!(explored.progress().states > 4, "{:?}", explored.progress());
}
