//! JSON as a value of a type that is composed of others: what a person writes where an Array, a Map or a struct is
//! declared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::proto_json::bytes_of_base64;
use crate::timestamp;
use crate::types::{StructDef, Type, VarType};
use crate::value::{Array, Double, Json, Map, Struct, StructField, Value};

/// The StructDefs that a type may name.
pub type StructDefs = IndexMap<String, StructDef>;

/// JSON as a value of this type.
///
/// # Errors
/// One sentence, if it is none.
pub fn of_json(json: &Json, of: &Type, defs: &StructDefs) -> Result<Value, String> {
    let refused = || Err(format!("{} is no {of}.", short(json)));
    if *json == Json::Null {
        return Ok(Value::Null);
    }
    match (of, json) {
        (Type::Unknown, _) => Ok(from_json(json)),
        (Type::Primitive(var_type), _) => match primitive(json, *var_type) {
            Some(value) => Ok(value),
            None => refused(),
        },
        (Type::Array(element), Json::Arr(items)) => {
            let items: Result<Vec<_>, _> =
                items.iter().map(|item| of_json(item, &element.of, defs)).collect();
            let element_type = Some(Arc::clone(element));
            Ok(Value::Array(Arc::new(Array { items: items?, element_type })))
        }
        (Type::Map(map), Json::Obj(entries)) => {
            let entries: Result<Vec<_>, String> = entries
                .iter()
                .map(|(key, value)| {
                    let key = key_of(key, &map.key.of)?;
                    Ok((key, of_json(value, &map.value.of, defs)?))
                })
                .collect();
            Ok(Value::Map(Arc::new(Map { entries: entries?, map_type: Some(map.clone()) })))
        }
        (Type::Struct(id), Json::Obj(entries)) => {
            let mut fields = BTreeMap::new();
            for (name, json) in entries {
                let value = of_json(json, &field_type(id, name, defs)?, defs)?;
                fields.insert(Arc::clone(name), StructField { value, masked: false });
            }
            Ok(Value::Struct(Arc::new(Struct { def: id.clone(), fields })))
        }
        (Type::Array(_) | Type::Map(_) | Type::Struct(_), _) => refused(),
    }
}

/// The type of a field of a StructDef; nothing is known of it where only the StructDef's name is known.
///
/// # Errors
/// One sentence, if the StructDef has no such field.
pub fn field_type(
    id: &crate::types::StructDefId,
    field: &str,
    defs: &StructDefs,
) -> Result<Type, String> {
    let Some(fields) = defs.get(&*id.name).and_then(|def| def.fields.as_ref()) else {
        return Ok(Type::Unknown);
    };
    match fields.get(field) {
        Some(found) => Ok(found.type_def.of.clone()),
        None => Err(format!("The struct {} has no field \"{field}\".", id.name)),
    }
}

/// The key of a Map, which JSON has as a text.
///
/// # Errors
/// One sentence, if it is none of this type.
pub fn key_of(key: &str, of: &Type) -> Result<Value, String> {
    let found = match of {
        Type::Primitive(VarType::Str) | Type::Unknown => Some(Value::str(key)),
        Type::Primitive(VarType::Int) => key.parse().ok().map(Value::Int),
        Type::Primitive(VarType::Double) => {
            key.parse::<f64>().ok().filter(|n| n.is_finite()).map(|n| Value::Double(Double(n)))
        }
        Type::Primitive(VarType::Bool) => key.parse().ok().map(Value::Bool),
        Type::Primitive(VarType::Bytes) => bytes_of_base64(key).map(Value::Bytes),
        Type::Primitive(VarType::WfRunId) => Some(Value::WfRunId(Arc::from(key))),
        Type::Primitive(VarType::Timestamp) => timestamp::parse(key).map(Value::Timestamp),
        Type::Primitive(VarType::JsonObj | VarType::JsonArr)
        | Type::Struct(_)
        | Type::Array(_)
        | Type::Map(_) => None,
    };
    found.ok_or_else(|| format!("The key \"{key}\" is no {of}."))
}

fn primitive(json: &Json, var_type: VarType) -> Option<Value> {
    Some(match (var_type, json) {
        (VarType::JsonObj, Json::Obj(_)) => Value::JsonObj(Arc::new(json.clone())),
        (VarType::JsonArr, Json::Arr(_)) => Value::JsonArr(Arc::new(json.clone())),
        (VarType::Double, Json::Double(number)) => Value::Double(*number),
        (VarType::Double, Json::Int(number)) => Value::Double(Double(*number as f64)),
        (VarType::Bool, Json::Bool(flag)) => Value::Bool(*flag),
        (VarType::Int, Json::Int(number)) => Value::Int(*number),
        (VarType::Str, Json::Str(text)) => Value::Str(Arc::clone(text)),
        (VarType::WfRunId, Json::Str(text)) => Value::WfRunId(Arc::clone(text)),
        (VarType::Bytes, Json::Str(text)) => Value::Bytes(bytes_of_base64(text)?),
        (VarType::Timestamp, Json::Str(text)) => Value::Timestamp(timestamp::parse(text)?),
        (
            VarType::JsonObj
            | VarType::JsonArr
            | VarType::Double
            | VarType::Bool
            | VarType::Int
            | VarType::Str
            | VarType::WfRunId
            | VarType::Bytes
            | VarType::Timestamp,
            _,
        ) => return None,
    })
}

/// A part of a JSON value as a value: of the type that it looks like.
#[must_use]
pub fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Int(number) => Value::Int(*number),
        Json::Double(number) => Value::Double(*number),
        Json::Str(text) => Value::Str(Arc::clone(text)),
        Json::Arr(_) => Value::JsonArr(Arc::new(json.clone())),
        Json::Obj(_) => Value::JsonObj(Arc::new(json.clone())),
    }
}

/// A value as JSON for people: without its types.
#[must_use]
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::JsonObj(json) | Value::JsonArr(json) => (**json).clone(),
        Value::Double(number) => Json::Double(*number),
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Str(text) | Value::WfRunId(text) => Json::Str(Arc::clone(text)),
        Value::Int(number) => Json::Int(*number),
        Value::Bytes(bytes) => {
            use base64::Engine as _;
            Json::Str(base64::engine::general_purpose::STANDARD.encode(bytes).into())
        }
        Value::Timestamp(time) => Json::Str(timestamp::write(*time).into()),
        Value::Array(array) => Json::Arr(array.items.iter().map(to_json).collect()),
        Value::Map(map) => Json::Obj(
            map.entries.iter().map(|(key, value)| (key_text(key), to_json(value))).collect(),
        ),
        Value::Struct(found) => Json::Obj(
            found
                .fields
                .iter()
                .map(|(name, field)| (Arc::clone(name), to_json(&field.value)))
                .collect(),
        ),
    }
}

/// A value in which each masked field of a struct is this text.
#[must_use]
pub fn without_masked(value: &Value, mask: &str) -> Value {
    match value {
        Value::Struct(found) => {
            let fields = found.fields.iter().map(|(name, field)| {
                let value = if field.masked {
                    Value::str(mask)
                } else {
                    without_masked(&field.value, mask)
                };
                (Arc::clone(name), StructField { value, masked: field.masked })
            });
            let fields = fields.collect();
            Value::Struct(Arc::new(Struct { def: found.def.clone(), fields }))
        }
        Value::Array(array) => {
            let items = array.items.iter().map(|item| without_masked(item, mask)).collect();
            let element_type = array.element_type.clone();
            Value::Array(Arc::new(Array { items, element_type }))
        }
        Value::Map(map) => {
            let entries = map.entries.iter();
            let entries = entries
                .map(|(key, value)| (without_masked(key, mask), without_masked(value, mask)))
                .collect();
            Value::Map(Arc::new(Map { entries, map_type: map.map_type.clone() }))
        }
        Value::Null
        | Value::JsonObj(_)
        | Value::JsonArr(_)
        | Value::Double(_)
        | Value::Bool(_)
        | Value::Str(_)
        | Value::Int(_)
        | Value::Bytes(_)
        | Value::WfRunId(_)
        | Value::Timestamp(_) => value.clone(),
    }
}

/// A key of a Map as JSON has it.
#[must_use]
pub fn key_text(key: &Value) -> Arc<str> {
    match to_json(key) {
        Json::Str(text) => text,
        other => other.to_text().into(),
    }
}

/// The names of StructDefs so that each comes behind those that its fields name: in this order a server takes them.
///
/// # Errors
/// The name of a StructDef that needs itself.
pub fn in_order(defs: &StructDefs) -> Result<Vec<&str>, &str> {
    // By index: how many that it needs are not there yet, and who needs it.
    let mut missing = vec![0_usize; defs.len()];
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); defs.len()];
    for (index, def) in defs.values().enumerate() {
        let mut needed = BTreeSet::new();
        for field in def.fields.iter().flat_map(IndexMap::values) {
            field.type_def.of.struct_defs(&mut |id| needed.extend(defs.get_index_of(&*id.name)));
        }
        if let Some(count) = missing.get_mut(index) {
            *count = needed.len();
        }
        for other in needed {
            if let Some(by) = needed_by.get_mut(other) {
                by.push(index);
            }
        }
    }
    let is_ready = |(_, count): &(usize, &usize)| **count == 0;
    let mut ready: BTreeSet<usize> =
        missing.iter().enumerate().filter(is_ready).map(|(index, _)| index).collect();
    let mut order = Vec::new();
    while let Some(index) = ready.pop_first() {
        order.extend(defs.get_index(index).map(|(name, _)| name.as_str()));
        for &by in needed_by.get(index).into_iter().flatten() {
            if let Some(count) = missing.get_mut(by) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(by);
                }
            }
        }
    }
    match missing.iter().position(|count| *count > 0).and_then(|index| defs.get_index(index)) {
        Some((name, _)) => Err(name),
        None => Ok(order),
    }
}

/// A value to begin with has no more structs inside one another.
const EXAMPLE_DEPTH: usize = 32;

/// A value of a type, to begin with: of a struct the fields that it must have.
#[must_use]
pub fn example(of: &Type, defs: &StructDefs) -> Value {
    example_within(of, defs, &mut Vec::new())
}

/// The same within these StructDefs: one that needs itself is refused (V-STRUCT), and has no fields here.
fn example_within<'d>(of: &Type, defs: &'d StructDefs, within: &mut Vec<&'d str>) -> Value {
    match of {
        Type::Unknown => Value::Null,
        Type::Primitive(VarType::JsonObj) => Value::JsonObj(Arc::new(Json::Obj(Vec::new()))),
        Type::Primitive(VarType::JsonArr) => Value::JsonArr(Arc::new(Json::Arr(Vec::new()))),
        Type::Primitive(VarType::Double) => Value::Double(Double(1.5)),
        Type::Primitive(VarType::Bool) => Value::Bool(true),
        Type::Primitive(VarType::Str) => Value::str("hello"),
        Type::Primitive(VarType::Int) => Value::Int(1),
        Type::Primitive(VarType::Bytes) => Value::Bytes(Arc::from([0x00, 0xff])),
        Type::Primitive(VarType::WfRunId) => Value::WfRunId("wf".into()),
        // The first of January 2026.
        Type::Primitive(VarType::Timestamp) => Value::Timestamp(1_767_225_600_000),
        Type::Array(element) => {
            let element_type = Some(Arc::clone(element));
            Value::Array(Arc::new(Array { items: Vec::new(), element_type }))
        }
        Type::Map(map) => {
            Value::Map(Arc::new(Map { entries: Vec::new(), map_type: Some(map.clone()) }))
        }
        Type::Struct(id) => {
            let known = defs.get_key_value(&*id.name);
            let known = known.filter(|(name, _)| {
                within.len() < EXAMPLE_DEPTH && !within.contains(&name.as_str())
            });
            let mut values = BTreeMap::new();
            if let Some((name, StructDef { fields: Some(fields), .. })) = known {
                within.push(name);
                for (name, field) in fields.iter().filter(|(_, field)| field.is_required()) {
                    let value = example_within(&field.type_def.of, defs, within);
                    values.insert(Arc::from(name.as_str()), StructField { value, masked: false });
                }
                within.pop();
            }
            Value::Struct(Arc::new(Struct { def: id.clone(), fields: values }))
        }
    }
}

/// At most 40 characters of a JSON text.
fn short(json: &Json) -> String {
    let text = json.to_text();
    if text.chars().count() <= 40 {
        return text;
    }
    text.chars().take(39).chain(['…']).collect()
}
