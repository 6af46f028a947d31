//! JSON values from and to text and `serde_json`.

use std::sync::Arc;

use crate::tree::{self, Plain, Tree, TreeKind};
use crate::value::{Double, Json};

impl Json {
    /// Reads JSON text, strictly; keys that come twice are refused. Whole numbers beyond 64 bits are read as
    /// DOUBLE, as the server does.
    pub fn parse(text: &str) -> Result<Json, String> {
        let tree = tree::json::parse(text).map_err(|diagnostic| diagnostic.message())?;
        let mut twice = Vec::new();
        tree.report_duplicates(&mut twice);
        match twice.into_iter().next() {
            Some(diagnostic) => Err(diagnostic.message()),
            None => from_tree(&tree).map_err(|(_, message)| message),
        }
    }

    /// The same value from `serde_json`.
    pub fn from_serde(json: &serde_json::Value) -> Result<Json, String> {
        Ok(match json {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(boolean) => Json::Bool(*boolean),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(number), _) => Json::Int(number),
                (None, Some(double)) => Json::Double(Double(double)),
                (None, None) => return Err(format!("{number} can't stand in JSON.")),
            },
            serde_json::Value::String(text) => Json::Str(Arc::from(text.as_str())),
            serde_json::Value::Array(items) => {
                Json::Arr(items.iter().map(Json::from_serde).collect::<Result<_, _>>()?)
            }
            serde_json::Value::Object(entries) => Json::Obj(
                entries
                    .iter()
                    .map(|(key, value)| Ok((Arc::from(key.as_str()), Json::from_serde(value)?)))
                    .collect::<Result<_, String>>()?,
            ),
        })
    }

    /// The same value for `serde_json`; what is no number (NaN) becomes null.
    #[must_use]
    pub fn to_serde(&self) -> serde_json::Value {
        match self {
            Json::Null => serde_json::Value::Null,
            Json::Bool(boolean) => serde_json::Value::from(*boolean),
            Json::Int(number) => serde_json::Value::from(*number),
            Json::Double(double) => serde_json::Value::from(double.0),
            Json::Str(text) => serde_json::Value::from(&**text),
            Json::Arr(items) => items.iter().map(Json::to_serde).collect(),
            Json::Obj(entries) => serde_json::Value::Object(
                entries.iter().map(|(key, value)| (key.to_string(), value.to_serde())).collect(),
            ),
        }
    }
}

/// The same value from a tree, or the part that can't be a JSON value and why.
pub(crate) fn from_tree(tree: &Tree) -> Result<Json, (&Tree, String)> {
    Ok(match &tree.kind {
        TreeKind::Quoted(text) => Json::Str(Arc::from(text.as_str())),
        TreeKind::Plain(text) => match tree.as_plain() {
            Some(Plain::Null) | None => Json::Null,
            Some(Plain::Bool(boolean)) => Json::Bool(boolean),
            Some(Plain::Int(number)) => Json::Int(number),
            Some(Plain::Double(_) | Plain::TooBig) => match Plain::number(text) {
                Some(number) if number.is_finite() => Json::Double(Double(number)),
                _ => return Err((tree, format!("{text} can't stand in JSON."))),
            },
            Some(Plain::Text) => Json::Str(Arc::from(text.as_str())),
        },
        TreeKind::List(items) => Json::Arr(items.iter().map(from_tree).collect::<Result<_, _>>()?),
        TreeKind::Map(entries) => Json::Obj(
            entries
                .iter()
                .map(|entry| Ok((Arc::from(entry.key.as_str()), from_tree(&entry.value)?)))
                .collect::<Result<_, _>>()?,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_to_json_and_back() {
        for text in [
            r#"{"b":1,"a":[1.5,-9223372036854775808,"x\"y",null,true]}"#,
            "[]",
            "{}",
            r#""é""#,
            "1.0",
        ] {
            let json = Json::parse(text).unwrap();
            assert_eq!(json.to_text(), text);
            assert_eq!(Json::from_serde(&json.to_serde()).unwrap(), json);
        }
    }

    #[test]
    fn whole_numbers_beyond_64_bits_are_doubles() {
        for text in ["9223372036854775808", "-9223372036854775809"] {
            let double = Json::Double(Double(text.parse().unwrap()));
            assert_eq!(Json::parse(text).unwrap(), double);
            let serde: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(Json::from_serde(&serde).unwrap(), double);
        }
    }

    #[test]
    fn what_is_no_exact_json_is_refused() {
        for text in ["", "{", "{\"a\":1,\"a\":2}", "[1,]", "'a'", "NaN", "01", "1 2"] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
    }
}
