//! Values of variables, payloads and outputs: `LittleHorse`'s `VariableValue`.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::types::{MapType, StructDefId, Type, TypeDef, VarType};

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
    /// A value of a StructDef.
    Struct(Arc<Struct>),
    /// A list whose elements have one type.
    Array(Arc<Array>),
    /// Keys and values of one type each.
    Map(Arc<Map>),
}

/// A value with fields.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Struct {
    /// Its StructDef.
    pub def: StructDefId,
    /// Its fields by name, in the order of the names: LittleHorse knows no other.
    pub fields: BTreeMap<Arc<str>, StructField>,
}

/// A field of a [`Struct`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StructField {
    /// What it holds.
    pub value: Value,
    /// Whether it is hidden from view.
    pub masked: bool,
}

/// A list whose elements have one type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Array {
    /// The elements.
    pub items: Vec<Value>,
    /// Their type, once a variable, a task or an event has said it.
    pub element_type: Option<Arc<TypeDef>>,
}

/// Keys and values of one type each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Map {
    /// Keys and values, in the order in which they came.
    pub entries: Vec<(Value, Value)>,
    /// Their types, once a variable, a task or an event has said them.
    pub map_type: Option<MapType>,
}

impl Value {
    /// A text value.
    #[must_use]
    pub fn str(text: &str) -> Self {
        Value::Str(Arc::from(text))
    }

    /// The type, as far as the value itself tells it: an Array without elements doesn't.
    #[must_use]
    pub fn type_of(&self) -> Type {
        let plain = |value: &Value| Arc::new(TypeDef::from(value.type_of()));
        let unknown = || Arc::new(TypeDef::from(Type::Unknown));
        match self {
            Value::Struct(found) => Type::Struct(found.def.clone()),
            Value::Array(array) => Type::Array(match (&array.element_type, array.items.first()) {
                (Some(element), _) => Arc::clone(element),
                (None, Some(first)) => plain(first),
                (None, None) => unknown(),
            }),
            Value::Map(map) => Type::Map(match (&map.map_type, map.entries.first()) {
                (Some(map_type), _) => map_type.clone(),
                (None, Some((key, value))) => MapType { key: plain(key), value: plain(value) },
                (None, None) => MapType { key: unknown(), value: unknown() },
            }),
            Value::Null
            | Value::JsonObj(_)
            | Value::JsonArr(_)
            | Value::Double(_)
            | Value::Bool(_)
            | Value::Str(_)
            | Value::Int(_)
            | Value::Bytes(_)
            | Value::WfRunId(_)
            | Value::Timestamp(_) => self.var_type().map_or(Type::Unknown, Type::Primitive),
        }
    }

    /// The VariableType; `None` for no value, and where the type is composed of others.
    #[must_use]
    pub fn var_type(&self) -> Option<VarType> {
        Some(match self {
            Value::Null | Value::Struct(_) | Value::Array(_) | Value::Map(_) => return None,
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
        self.to_text_with(&|text, out| out.push_str(&serde_json::Value::from(text).to_string()))
    }

    /// The same, with keys and texts written in a way of one's own, quotation marks included.
    #[must_use]
    pub fn to_text_with(&self, quote: &dyn Fn(&str, &mut String)) -> String {
        let mut out = String::new();
        self.write(quote, &mut out);
        out
    }

    fn write(&self, quote: &dyn Fn(&str, &mut String), out: &mut String) {
        match self {
            Json::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Json::Int(n) => out.push_str(&n.to_string()),
            // As the server writes it.
            Json::Double(d) if d.0.is_finite() => out.push_str(&java_double(d.0)),
            Json::Null | Json::Double(_) => out.push_str("null"),
            Json::Str(text) => quote(text, out),
            Json::Arr(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(quote, out);
                }
                out.push(']');
            }
            Json::Obj(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    value.write(quote, out);
                }
                out.push('}');
            }
        }
    }
}

/// A DOUBLE as Java writes it: `1.0`, `1.5E10`.
#[must_use]
pub fn java_double(d: f64) -> String {
    if d.is_nan() {
        return "NaN".to_owned();
    }
    if d.is_infinite() {
        return if d > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = d.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) {
        return if d.fract() == 0.0 { format!("{d:.1}") } else { d.to_string() };
    }
    let text = format!("{d:E}");
    match text.split_once('E') {
        Some((mantissa, exponent)) if !mantissa.contains('.') => format!("{mantissa}.0E{exponent}"),
        _ => text,
    }
}
