//! Any name, text and value, the odd ones more often than they come by themselves.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::sync::Arc;

use halter_spec::model::{MapType, StructDefId, Type, TypeDef, VarType};
use halter_spec::timestamp;
use halter_spec::value::{Array, Double, Json, Map, Struct, StructField, Value};
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

pub(crate) fn value() -> BoxedStrategy<Value> {
    let types = select(vec![Type::Primitive(VarType::Str), Type::Primitive(VarType::Double)]);
    simple_value()
        .prop_recursive(2, 8, 3, move |inner| {
            let element = proptest::option::of(types.clone().prop_map(TypeDef::from));
            let map_type = proptest::option::of((types.clone(), types.clone()));
            let field = (inner.clone(), any::<bool>())
                .prop_map(|(value, masked)| StructField { value, masked });
            prop_oneof![
                (vec(inner.clone(), 0..3), element).prop_map(|(items, element)| {
                    let element_type = element.map(Arc::new);
                    Value::Array(Arc::new(Array { items, element_type }))
                }),
                (vec((inner.clone(), inner), 0..3), map_type).prop_map(|(entries, of)| {
                    let map_type = of.map(|(key, value)| MapType {
                        key: Arc::new(key.into()),
                        value: Arc::new(value.into()),
                    });
                    Value::Map(Arc::new(Map { entries, map_type }))
                }),
                proptest::collection::btree_map("[a-z]{1,3}", field, 0..3).prop_map(|fields| {
                    let def = StructDefId::of("car");
                    let fields = fields.into_iter().map(|(name, field)| (Arc::from(name), field));
                    Value::Struct(Arc::new(Struct { def, fields: fields.collect() }))
                }),
            ]
        })
        .boxed()
}

fn simple_value() -> impl Strategy<Value = Value> {
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
