//! JavaScript's values as LittleHorse's: the way back is in [`Plain`](crate::Plain).

use std::sync::Arc;

use halter_spec::composed::{self, StructDefs};
use halter_spec::model::{Type, VarType};
use halter_spec::timestamp;
use halter_spec::value::{Double, Json, Value};
use js_sys::{Array, Date, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::bounds::check;
use crate::plain::Plain;

/// Whole numbers that a JavaScript number holds exactly: up to 2^53 - 1.
pub(crate) const MAX_SAFE: i64 = (1 << 53) - 1;

/// Sets an own property. A fresh plain object takes every key.
pub fn set(object: &Object, key: &str, value: &JsValue) {
    // `Object.defineProperty` and not an assignment: `__proto__` is a key like any other.
    let property = Object::new();
    for (name, part) in [
        ("value", value),
        ("enumerable", &JsValue::TRUE),
        ("writable", &JsValue::TRUE),
        ("configurable", &JsValue::TRUE),
    ] {
        let _ = Reflect::set(&property, &JsValue::from_str(name), part);
    }
    let _ = Reflect::define_property(object, &JsValue::from_str(key), &property);
}

/// The value that JavaScript's is, if `wanted` is the type that is expected there.
///
/// # Errors
/// One sentence that says what is expected.
pub fn from_js(js: &JsValue, wanted: Option<&Type>, defs: &StructDefs) -> Result<Value, String> {
    check(js)?;
    let plain = if let Some(date) = js.dyn_ref::<Date>() {
        Plain::Date(safe(date.get_time()).ok_or(NO_TIMESTAMP)?)
    } else if let Some(bytes) = js.dyn_ref::<Uint8Array>() {
        Plain::Bytes(bytes.to_vec().into())
    } else {
        read(js)?
    };
    value(&plain, wanted, defs)
}

/// What may stand within a list or an object as well. It ends: [`check`] says so.
fn read(js: &JsValue) -> Result<Plain, String> {
    if js.is_null() || js.is_undefined() {
        return Ok(Plain::Null);
    }
    if let Some(boolean) = js.as_bool() {
        return Ok(Plain::Bool(boolean));
    }
    if js.is_bigint() {
        let whole = i64::try_from(js.clone());
        return whole.map(Plain::BigInt).map_err(|_| "An INT has 64 bits.".to_owned());
    }
    if let Some(number) = js.as_f64() {
        return Ok(Plain::Number(number));
    }
    if let Some(text) = js.as_string() {
        return Ok(Plain::Text(text.into()));
    }
    if let Some(list) = js.dyn_ref::<Array>() {
        let items = list.iter().map(|item| read(&item));
        return items.collect::<Result<_, _>>().map(Plain::List);
    }
    if let Some(object) = js.dyn_ref::<Object>().filter(|_| !js.is_function()) {
        let entries = Object::entries(object);
        let entries = entries.iter().map(|entry| {
            let entry: Array = entry.unchecked_into();
            let key = entry.get(0).as_string().unwrap_or_default();
            Ok((Arc::from(key), read(&entry.get(1))?))
        });
        return entries.collect::<Result<_, String>>().map(Plain::Object);
    }
    Err("A function or a symbol is no value.".to_owned())
}

const NO_TIMESTAMP: &str = "This Date is no TIMESTAMP: those lie between the years 1 and 9999.";

/// The value that a plain one is, if `wanted` is the type that is expected there: a string, a number and so on become
/// that type, if they can.
///
/// # Errors
/// One sentence that says what is expected.
pub fn value(plain: &Plain, wanted: Option<&Type>, defs: &StructDefs) -> Result<Value, String> {
    let wanted = match wanted {
        None | Some(Type::Unknown) => None,
        Some(Type::Primitive(var_type)) => Some(*var_type),
        Some(of @ (Type::Struct(_) | Type::Array(_) | Type::Map(_))) => {
            // What does not fit stays what it is: the engine says why it refuses it.
            if let Plain::List(_) | Plain::Object(_) = plain
                && let Ok(value) = composed::of_json(&json(plain)?, of, defs)
            {
                return Ok(value);
            }
            None
        }
    };
    Ok(match plain {
        Plain::Undefined | Plain::Null => Value::Null,
        Plain::Bool(boolean) => Value::Bool(*boolean),
        Plain::BigInt(number) => Value::Int(*number),
        Plain::Number(number) => match (wanted, safe(*number)) {
            (Some(VarType::Double), _) | (_, None) => Value::Double(Double(*number)),
            (_, Some(whole)) => Value::Int(whole),
        },
        Plain::Text(text) => match wanted {
            Some(VarType::WfRunId) => Value::WfRunId(Arc::clone(text)),
            Some(VarType::Timestamp) => timestamp::parse(text)
                .map(Value::Timestamp)
                .ok_or_else(|| format!("{text:?} is no time such as 2026-01-31T12:00:00Z."))?,
            _ => Value::Str(Arc::clone(text)),
        },
        Plain::Date(time) if timestamp::is_timestamp(*time) => Value::Timestamp(*time),
        Plain::Date(_) => return Err(NO_TIMESTAMP.to_owned()),
        Plain::Bytes(bytes) => Value::Bytes(Arc::clone(bytes)),
        Plain::List(_) => Value::JsonArr(Arc::new(json(plain)?)),
        Plain::Object(_) => Value::JsonObj(Arc::new(json(plain)?)),
    })
}

fn json(plain: &Plain) -> Result<Json, String> {
    Ok(match plain {
        Plain::Undefined | Plain::Null => Json::Null,
        Plain::Bool(boolean) => Json::Bool(*boolean),
        Plain::BigInt(number) => Json::Int(*number),
        Plain::Number(number) => match safe(*number) {
            Some(whole) => Json::Int(whole),
            None if number.is_finite() => Json::Double(Double(*number)),
            None => return Err(format!("{number} can't stand in JSON.")),
        },
        Plain::Text(text) => Json::Str(Arc::clone(text)),
        Plain::Date(_) | Plain::Bytes(_) => {
            return Err("A Date or a Uint8Array can't stand in JSON.".to_owned());
        }
        Plain::List(items) => Json::Arr(items.iter().map(json).collect::<Result<_, _>>()?),
        Plain::Object(entries) => {
            let entry = |(key, value): &(Arc<str>, Plain)| Ok((Arc::clone(key), json(value)?));
            Json::Obj(entries.iter().map(entry).collect::<Result<_, String>>()?)
        }
    })
}

/// The whole number that a JavaScript number is, if it is one and exact.
fn safe(number: f64) -> Option<i64> {
    let exact = number.fract() == 0.0 && number.abs() <= MAX_SAFE as f64;
    exact.then_some(number as i64)
}
