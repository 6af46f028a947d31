//! JSON text to values that keep 64-bit whole numbers exact and keys in order, and back.

use std::fmt;
use std::sync::Arc;

use halter_spec::value::{Double, Json};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Reads JSON.
pub(super) fn parse(text: &str) -> Result<Json, String> {
    serde_json::from_str::<Exact>(text).map(|exact| exact.0).map_err(|error| {
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or_default();
        format!("This is no JSON at line {}, column {}: {what}.", error.line(), error.column())
    })
}

/// Writes JSON on one line.
pub(super) fn write(json: &Json) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Int(number) => number.to_string(),
        Json::Double(Double(number)) => double(*number),
        Json::Str(text) => string(text),
        Json::Arr(items) => {
            let items: Vec<String> = items.iter().map(write).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Obj(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", string(key), write(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A whole DOUBLE is written with its point, so that it is not taken for an INT.
fn double(number: f64) -> String {
    format!("{number:?}")
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

struct Exact(Json);

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExactVisitor).map(Exact)
    }
}

struct ExactVisitor;

impl<'de> Visitor<'de> for ExactVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Double(Double(number as f64)), Json::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Double(Double(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Str(Arc::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(Exact(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::Arr(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object: Vec<(Arc<str>, Json)> = Vec::new();
        while let Some((key, Exact(value))) = entries.next_entry::<String, Exact>()? {
            // The last of equal keys counts, as everywhere.
            match object.iter_mut().find(|(known, _)| **known == *key) {
                Some(entry) => entry.1 = value,
                None => object.push((key.into(), value)),
            }
        }
        Ok(Json::Obj(object))
    }
}
