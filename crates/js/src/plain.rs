//! What JavaScript gets, before it is JavaScript: it can be looked at where there is none.

use std::sync::Arc;

use halter_spec::composed;
use halter_spec::value::{Json, Value};
use js_sys::{Array, BigInt, Date, Object, Uint8Array};
use wasm_bindgen::JsValue;

use crate::value::{MAX_SAFE, set};

/// A value of JavaScript's, of those kinds that are given out.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// `undefined`: there is a value, and it is not told.
    Undefined,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A bigint.
    BigInt(i64),
    /// A string.
    Text(Arc<str>),
    /// A `Uint8Array`.
    Bytes(Arc<[u8]>),
    /// A `Date`, in milliseconds since 1970.
    Date(i64),
    /// A list.
    List(Vec<Plain>),
    /// A plain object; its keys keep their order.
    Object(Vec<(Arc<str>, Plain)>),
}

impl Plain {
    /// An object with these keys.
    pub(crate) fn object<const N: usize>(entries: [(&str, Plain); N]) -> Self {
        Plain::Object(entries.map(|(key, value)| (Arc::from(key), value)).into())
    }

    /// The text, or null.
    pub(crate) fn text_or_null(text: Option<&str>) -> Self {
        text.map_or(Plain::Null, Plain::from)
    }

    /// The number, or null.
    pub(crate) fn number_or_null(number: Option<u32>) -> Self {
        number.map_or(Plain::Null, Plain::from)
    }

    /// The same in JavaScript.
    pub fn to_js(&self) -> JsValue {
        match self {
            Plain::Undefined => JsValue::UNDEFINED,
            Plain::Null => JsValue::NULL,
            Plain::Bool(boolean) => JsValue::from_bool(*boolean),
            Plain::Number(number) => JsValue::from_f64(*number),
            Plain::BigInt(number) => BigInt::from(*number).into(),
            Plain::Text(text) => JsValue::from_str(text),
            Plain::Bytes(bytes) => Uint8Array::from(&**bytes).into(),
            Plain::Date(time) => Date::new(&JsValue::from_f64(*time as f64)).into(),
            Plain::List(items) => items.iter().map(Plain::to_js).collect::<Array>().into(),
            Plain::Object(entries) => {
                let object = Object::new();
                for (key, value) in entries {
                    set(&object, key, &value.to_js());
                }
                object.into()
            }
        }
    }
}

/// INT is a bigint, DOUBLE a number, STR and WF_RUN_ID a string, BOOL a boolean, TIMESTAMP a Date, BYTES a Uint8Array,
/// JSON_OBJ and JSON_ARR plain objects and lists. No value at all is null.
impl From<&Value> for Plain {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Plain::Null,
            Value::JsonObj(json) | Value::JsonArr(json) => Plain::from(&**json),
            Value::Double(double) => Plain::Number(double.0),
            Value::Bool(boolean) => Plain::Bool(*boolean),
            Value::Str(text) | Value::WfRunId(text) => Plain::Text(Arc::clone(text)),
            Value::Int(number) => Plain::BigInt(*number),
            Value::Bytes(bytes) => Plain::Bytes(Arc::clone(bytes)),
            Value::Timestamp(time) => Plain::Date(*time),
            Value::Struct(_) | Value::Array(_) | Value::Map(_) => {
                Plain::from(&composed::to_json(value))
            }
        }
    }
}

/// Whole numbers are numbers where those are exact, and else bigints.
impl From<&Json> for Plain {
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Plain::Null,
            Json::Bool(boolean) => Plain::Bool(*boolean),
            Json::Int(number) if number.unsigned_abs() <= MAX_SAFE.unsigned_abs() => {
                Plain::Number(*number as f64)
            }
            Json::Int(number) => Plain::BigInt(*number),
            Json::Double(double) => Plain::Number(double.0),
            Json::Str(text) => Plain::Text(Arc::clone(text)),
            Json::Arr(items) => Plain::List(items.iter().map(Plain::from).collect()),
            Json::Obj(entries) => {
                let entry = |(key, value): &(Arc<str>, Json)| (Arc::clone(key), Plain::from(value));
                Plain::Object(entries.iter().map(entry).collect())
            }
        }
    }
}

impl From<&str> for Plain {
    fn from(text: &str) -> Self {
        Plain::Text(Arc::from(text))
    }
}

impl From<u32> for Plain {
    fn from(number: u32) -> Self {
        Plain::Number(number.into())
    }
}
