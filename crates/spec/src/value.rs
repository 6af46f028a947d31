//! Values of variables, payloads and outputs: `LittleHorse`'s `VariableValue`.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::model::VarType;

/// A `VariableValue`. Cheap to clone; `Eq` and `Hash` because run states are compared and hashed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Value {
    /// No value.
    #[default]
    Null,
    /// A JSON object.
    JsonObj(Arc<Json>),
    /// A JSON array.
    JsonArr(Arc<Json>),
    /// A floating point number.
    Double(Double),
    /// True or false.
    Bool(bool),
    /// A text.
    Str(Arc<str>),
    /// A whole number of 64 bits.
    Int(i64),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// The id of a WfRun.
    WfRunId(Arc<str>),
    /// Milliseconds since 1970, UTC.
    Timestamp(i64),
}

impl Value {
    /// A text value.
    #[must_use]
    pub fn str(text: &str) -> Self {
        Value::Str(Arc::from(text))
    }

    /// The type, or `None` for no value.
    #[must_use]
    pub fn var_type(&self) -> Option<VarType> {
        Some(match self {
            Value::Null => return None,
            Value::JsonObj(_) => VarType::JsonObj,
            Value::JsonArr(_) => VarType::JsonArr,
            Value::Double(_) => VarType::Double,
            Value::Bool(_) => VarType::Bool,
            Value::Str(_) => VarType::Str,
            Value::Int(_) => VarType::Int,
            Value::Bytes(_) => VarType::Bytes,
            Value::WfRunId(_) => VarType::WfRunId,
            Value::Timestamp(_) => VarType::Timestamp,
        })
    }
}

/// A floating point number that can be compared bit by bit and hashed; all NaNs are one.
#[derive(Debug, Clone, Copy)]
pub struct Double(pub f64);

impl Double {
    fn key(self) -> u64 {
        if self.0.is_nan() { f64::NAN.to_bits() } else { self.0.to_bits() }
    }
}
impl PartialEq for Double {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Double {}
impl Hash for Double {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// A JSON value with exact 64-bit whole numbers; objects keep the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(Double),
    /// A text.
    Str(Arc<str>),
    /// A list.
    Arr(Vec<Json>),
    /// Keys and values.
    Obj(Vec<(Arc<str>, Json)>),
}

impl Json {
    /// The value as compact JSON text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Json::Int(n) => out.push_str(&n.to_string()),
            Json::Double(d) => out.push_str(&serde_json::Value::from(d.0).to_string()),
            Json::Str(text) => out.push_str(&serde_json::Value::from(&**text).to_string()),
            Json::Arr(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Json::Obj(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    out.push_str(&serde_json::Value::from(&**key).to_string());
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}
