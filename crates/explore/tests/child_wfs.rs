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
use halter_explore::{Answer, child_wf_failures};
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
