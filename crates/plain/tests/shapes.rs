//! The shape of a state and of a step, and values of every type.
#![allow(clippy::unwrap_used, dead_code, missing_docs, reason = "a test")]

use std::sync::Arc;

use halter_engine::Command;
use halter_plain::{Plain, shown, told};
use halter_session::{Sitting, guide};
use halter_spec::value::{Double, Json, Value};
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

#[test]
fn values_of_every_type() {
    let safe = (1 << 53) - 1;
    let of_json = |json: Json| Value::JsonObj(Arc::new(json));
    for (value, expected) in [
        (Value::Null, Plain::Null),
        (Value::Bool(true), Plain::Bool(true)),
        (Value::Int(5), Plain::BigInt(5)),
        (Value::Int(i64::MIN), Plain::BigInt(i64::MIN)),
        (Value::Double(Double(5.0)), Plain::Number(5.0)),
        (Value::str("5"), Plain::from("5")),
        (Value::WfRunId("run".into()), Plain::from("run")),
        (Value::Timestamp(1_769_860_800_000), Plain::Date(1_769_860_800_000)),
        (Value::Bytes([0, 255].into()), Plain::Bytes([0, 255].into())),
        (of_json(Json::Null), Plain::Null),
        (of_json(Json::Bool(false)), Plain::Bool(false)),
        (of_json(Json::Double(Double(2.5))), Plain::Number(2.5)),
        (of_json(Json::Str("x".into())), Plain::from("x")),
        // Whole numbers in JSON are numbers as long as those are exact.
        (of_json(Json::Int(safe)), Plain::Number(9_007_199_254_740_991.0)),
        (of_json(Json::Int(-safe)), Plain::Number(-9_007_199_254_740_991.0)),
        (of_json(Json::Int(safe + 1)), Plain::BigInt(safe + 1)),
        (of_json(Json::Int(-safe - 1)), Plain::BigInt(-safe - 1)),
        (of_json(Json::Int(i64::MIN)), Plain::BigInt(i64::MIN)),
        (
            Value::JsonArr(Arc::new(Json::Arr(vec![
                Json::Int(1),
                Json::Obj(vec![("z".into(), Json::Null), ("a".into(), Json::Arr(vec![]))]),
            ]))),
            Plain::List(vec![
                Plain::Number(1.0),
                Plain::Object(vec![("z".into(), Plain::Null), ("a".into(), Plain::List(vec![]))]),
            ]),
        ),
    ] {
        assert_eq!(Plain::from(&value), expected, "{value:?}");
    }
}
