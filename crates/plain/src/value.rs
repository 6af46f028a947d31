//! JavaScript's values as LittleHorse's: the way back is in [`Plain`](crate::Plain).

use std::sync::Arc;

use halter_spec::model::VarType;
use halter_spec::timestamp;
use halter_spec::value::{Double, Json, Value};
use js_sys::{Array, Date, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::bounds::check;

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
pub fn from_js(js: &JsValue, wanted: Option<VarType>) -> Result<Value, String> {
    check(js)?;
    if js.is_null() || js.is_undefined() {
        return Ok(Value::Null);
    }
    if let Some(boolean) = js.as_bool() {
        return Ok(Value::Bool(boolean));
    }
    if js.is_bigint() {
        return whole(js).map(Value::Int);
    }
    if let Some(number) = js.as_f64() {
        return Ok(match (wanted, safe(number)) {
            (Some(VarType::Double), _) | (_, None) => Value::Double(Double(number)),
            (_, Some(whole)) => Value::Int(whole),
        });
    }
    if let Some(text) = js.as_string() {
        return match wanted {
            Some(VarType::WfRunId) => Ok(Value::WfRunId(text.into())),
            Some(VarType::Timestamp) => timestamp::parse(&text)
                .map(Value::Timestamp)
                .ok_or_else(|| format!("{text:?} is no time such as 2026-01-31T12:00:00Z.")),
            _ => Ok(Value::str(&text)),
        };
    }
    if let Some(date) = js.dyn_ref::<Date>() {
        let time = date.get_time();
        let time = safe(time).filter(|time| timestamp::is_timestamp(*time));
        return time.map(Value::Timestamp).ok_or_else(|| {
            "This Date is no TIMESTAMP: those lie between the years 1 and 9999.".to_owned()
        });
    }
    if let Some(bytes) = js.dyn_ref::<Uint8Array>() {
        return Ok(Value::Bytes(bytes.to_vec().into()));
    }
    let json = Arc::new(json_from_js(js)?);
    match &*json {
        Json::Arr(_) => Ok(Value::JsonArr(json)),
        _ => Ok(Value::JsonObj(json)),
    }
}

/// It ends: [`check`] says so.
fn json_from_js(js: &JsValue) -> Result<Json, String> {
    if js.is_null() || js.is_undefined() {
        return Ok(Json::Null);
    }
    if let Some(boolean) = js.as_bool() {
        return Ok(Json::Bool(boolean));
    }
    if js.is_bigint() {
        return whole(js).map(Json::Int);
    }
    if let Some(number) = js.as_f64() {
        return match safe(number) {
            Some(whole) => Ok(Json::Int(whole)),
            None if number.is_finite() => Ok(Json::Double(Double(number))),
            None => Err(format!("{number} can't stand in JSON.")),
        };
    }
    if let Some(text) = js.as_string() {
        return Ok(Json::Str(text.into()));
    }
    if let Some(list) = js.dyn_ref::<Array>() {
        let items = list.iter().map(|item| json_from_js(&item));
        return items.collect::<Result<_, _>>().map(Json::Arr);
    }
    if let Some(object) = js.dyn_ref::<Object>().filter(|_| !js.is_function()) {
        let entries = Object::entries(object);
        let entries = entries.iter().map(|entry| {
            let entry: Array = entry.unchecked_into();
            let key = entry.get(0).as_string().unwrap_or_default();
            Ok((Arc::from(key), json_from_js(&entry.get(1))?))
        });
        return entries.collect::<Result<_, String>>().map(Json::Obj);
    }
    Err("A function or a symbol is no value.".to_owned())
}

/// The whole number that a JavaScript number is, if it is one and exact.
fn safe(number: f64) -> Option<i64> {
    let exact = number.fract() == 0.0 && number.abs() <= MAX_SAFE as f64;
    exact.then_some(number as i64)
}

fn whole(js: &JsValue) -> Result<i64, String> {
    i64::try_from(js.clone()).map_err(|_| "An INT has 64 bits.".to_owned())
}
