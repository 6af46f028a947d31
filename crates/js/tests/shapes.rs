//! The shape of a state and of a step.
#![allow(clippy::unwrap_used, dead_code, missing_docs, reason = "a test")]

use halter_engine::Command;
use halter_js::{shown, told};
use halter_session::{Sitting, guide};
use serde_json::json;

mod support;
use support::{sitting, take, written};

/// The example, up to where the event has come that interrupts the child; and what is told of that event.
fn interrupted() -> (Sitting, serde_json::Value) {
    let source = include_str!("../../../static/examples/child-interrupted.yaml");
    let mut sitting = sitting(source);
    let mut last = serde_json::Value::Null;
    for _ in 0..4 {
        let command = guide::next_in_script(&sitting).unwrap();
        last = take(&mut sitting, command);
    }
    (sitting, last)
}

#[test]
fn a_state_in_an_interrupt() {
    insta::assert_snapshot!(written(&shown(&interrupted().0)));
}

#[test]
fn a_step_that_interrupts() {
    insta::assert_snapshot!(format!("{:#}", interrupted().1));
}

#[test]
fn before_anything_has_happened() {
    let mut sitting = sitting("workflow: x\nthreads: {t: [{nop: }]}");
    insta::assert_snapshot!(written(&shown(&sitting)));
    assert_eq!(told(&sitting, sitting.state()), serde_json::Value::Null);
    // A refused step has its whole shape as well.
    let refused = take(&mut sitting, Command::StopWfRun(7));
    let expected = json!({
        "command": "Stopped ThreadRun 7",
        "refused": { "code": "NOT_FOUND", "message": "The WfRun was not started yet" },
        "occurrences": [],
    });
    assert_eq!(refused, expected);
}
