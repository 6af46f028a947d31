//! Any name, text and value, the odd ones more often than they come by themselves.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::sync::Arc;

use halter_spec::timestamp;
use halter_spec::value::{Double, Json, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Names and texts that look like something else to YAML or to the expressions.
pub(crate) fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{1,6}(-[a-z]{1,4})?",
        1 => select(vec![
            "null", "true", "5", "-", "- a", "a: b", "a #b", "#a", "$x", "output", "size", "any", "nop", "exit",
            "1-a-TASK", "add b", "remove", "ä", "a b", "it's", "\"q\"", "a}b", "!x", "[a]", "a,b", "a:", "~", "1e5",
            "\u{feff}", "a\tb", "x\u{2028}y", "any-error", "c\\d", "INPUT", "...", "---", "a::b",
        ]).prop_map(str::to_owned),
    ]
}

pub(crate) fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(Json::Int),
        any::<f64>()
            .prop_filter("JSON has no NaN", |number| number.is_finite())
            .prop_map(|number| Json::Double(Double(number))),
        text().prop_map(|text| Json::Str(Arc::from(text))),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::Arr),
            proptest::collection::btree_map(text(), inner, 0..4).prop_map(|entries| Json::Obj(
                entries.into_iter().map(|(key, value)| (Arc::from(key), value)).collect()
            )),
        ]
    })
}

pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![2 => word(), 1 => any::<String>(), 1 => Just(String::new()), 1 => "[ -~\n]{0,20}"]
}

pub(crate) fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<f64>().prop_map(|number| Value::Double(Double(number))),
        text().prop_map(|text| Value::str(&text)),
        vec(any::<u8>(), 0..5).prop_map(|bytes| Value::Bytes(Arc::from(bytes))),
        word().prop_map(|id| Value::WfRunId(Arc::from(id))),
        (timestamp::FIRST..=timestamp::LAST).prop_map(Value::Timestamp),
        json()
            .prop_filter("a list", |json| matches!(json, Json::Arr(_)))
            .prop_map(|json| Value::JsonArr(Arc::new(json))),
        json()
            .prop_filter("a map", |json| matches!(json, Json::Obj(_)))
            .prop_map(|json| Value::JsonObj(Arc::new(json))),
    ]
}
