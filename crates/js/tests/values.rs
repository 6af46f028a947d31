//! Values of every type, there and back.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::sync::Arc;

use halter_js::{Plain, value};
use halter_spec::composed::StructDefs;
use halter_spec::model::{Type, VarType};
use halter_spec::value::{Double, Json, Value};

/// The largest whole number such that it and all below are exact as a number of JavaScript.
const SAFE: i64 = (1 << 53) - 1;

fn object(json: Json) -> Value {
    Value::JsonObj(Arc::new(Json::Obj(vec![("it".into(), json)])))
}

fn plain_object(it: Plain) -> Plain {
    Plain::Object(vec![("it".into(), it)])
}

fn typed(plain: &Plain, wanted: Option<VarType>) -> Result<Value, String> {
    value(plain, wanted.map(Type::from).as_ref(), &StructDefs::new())
}

#[test]
fn there_and_back() {
    let list = Json::Arr(vec![Json::Int(1), Json::Obj(vec![("z".into(), Json::Null)])]);
    let plain_list = || {
        let inner = Plain::Object(vec![("z".into(), Plain::Null)]);
        Plain::List(vec![Plain::Number(1.0), inner])
    };
    for (theirs, plain) in [
        (Value::Null, Plain::Null),
        (Value::Bool(true), Plain::Bool(true)),
        (Value::Bool(false), Plain::Bool(false)),
        (Value::Int(5), Plain::BigInt(5)),
        (Value::Int(i64::MIN), Plain::BigInt(i64::MIN)),
        (Value::Double(Double(5.0)), Plain::Number(5.0)),
        (Value::Double(Double(2.5)), Plain::Number(2.5)),
        (Value::Double(Double(f64::INFINITY)), Plain::Number(f64::INFINITY)),
        (Value::str("5"), Plain::from("5")),
        (Value::WfRunId("run".into()), Plain::from("run")),
        (Value::Timestamp(1_769_860_800_000), Plain::Date(1_769_860_800_000)),
        (Value::Bytes([0, 255].into()), Plain::Bytes([0, 255].into())),
        (Value::JsonArr(Arc::new(list.clone())), plain_list()),
        (object(Json::Null), plain_object(Plain::Null)),
        (object(Json::Bool(false)), plain_object(Plain::Bool(false))),
        (object(Json::Double(Double(2.5))), plain_object(Plain::Number(2.5))),
        (object(Json::Str("x".into())), plain_object(Plain::from("x"))),
        (object(list), plain_object(plain_list())),
        // Whole numbers in JSON are numbers as long as those are exact.
        (object(Json::Int(SAFE)), plain_object(Plain::Number(9_007_199_254_740_991.0))),
        (object(Json::Int(-SAFE)), plain_object(Plain::Number(-9_007_199_254_740_991.0))),
        (object(Json::Int(SAFE + 1)), plain_object(Plain::BigInt(SAFE + 1))),
        (object(Json::Int(-SAFE - 1)), plain_object(Plain::BigInt(-SAFE - 1))),
        (object(Json::Int(i64::MIN)), plain_object(Plain::BigInt(i64::MIN))),
    ] {
        assert_eq!(Plain::from(&theirs), plain, "{theirs:?}");
        assert_eq!(typed(&plain, theirs.var_type()), Ok(theirs));
    }
}

/// What a payload's type makes of a value that may be several.
#[test]
fn values_become_what_is_expected() {
    let text = |text: &str| Plain::from(text);
    for (plain, wanted, becomes) in [
        (Plain::Undefined, None, Value::Null),
        (Plain::Number(5.0), None, Value::Int(5)),
        (Plain::Number(-5.0), Some(VarType::Int), Value::Int(-5)),
        (Plain::Number(5.0), Some(VarType::Double), Value::Double(Double(5.0))),
        (Plain::Number(5.5), Some(VarType::Int), Value::Double(Double(5.5))),
        (Plain::Number(9_007_199_254_740_991.0), None, Value::Int(SAFE)),
        // Whether this is the number that was meant, nobody knows.
        (
            Plain::Number(9_007_199_254_740_992.0),
            None,
            Value::Double(Double(9_007_199_254_740_992.0)),
        ),
        (text("5"), Some(VarType::Int), Value::str("5")),
        (text("run"), Some(VarType::WfRunId), Value::WfRunId("run".into())),
        (
            text("2026-01-31T12:00:00Z"),
            Some(VarType::Timestamp),
            Value::Timestamp(1_769_860_800_000),
        ),
        (text("2026-01-31T12:00:00Z"), None, Value::str("2026-01-31T12:00:00Z")),
        (plain_object(Plain::Undefined), None, object(Json::Null)),
        (plain_object(Plain::Number(2.0)), None, object(Json::Int(2))),
    ] {
        assert_eq!(typed(&plain, wanted), Ok(becomes), "{plain:?} as {wanted:?}");
    }
}

#[test]
fn what_is_no_value_is_refused() {
    let year_1 = -62_135_596_800_000;
    assert_eq!(typed(&Plain::Date(year_1), None), Ok(Value::Timestamp(year_1)));
    for (plain, wanted, says) in [
        (
            Plain::Date(year_1 - 1),
            None,
            "This Date is no TIMESTAMP: those lie between the years 1 and 9999.",
        ),
        (
            Plain::from("soon"),
            Some(VarType::Timestamp),
            "\"soon\" is no time such as 2026-01-31T12:00:00Z.",
        ),
        (plain_object(Plain::Number(f64::INFINITY)), None, "inf can't stand in JSON."),
        (plain_object(Plain::Number(f64::NAN)), None, "NaN can't stand in JSON."),
        (plain_object(Plain::Date(0)), None, "A Date or a Uint8Array can't stand in JSON."),
        (
            Plain::List(vec![Plain::Bytes([0].into())]),
            None,
            "A Date or a Uint8Array can't stand in JSON.",
        ),
    ] {
        assert_eq!(typed(&plain, wanted), Err(says.to_owned()), "{plain:?}");
    }
}
