//! Literals of Python.

use std::fmt::Write as _;

use halter_spec::timestamp;
use halter_spec::value::{Json, Value};

use super::Python;
use crate::code::{Language as _, text, variable_value};

/// A float.
pub(super) fn double(number: f64) -> String {
    if number.is_nan() {
        "float(\"nan\")".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "float(\"inf\")" } else { "float(\"-inf\")" }.to_owned()
    } else {
        format!("{number:?}")
    }
}

/// A value.
pub(super) fn literal(value: &Value) -> Result<String, String> {
    Ok(match value {
        Value::Null => "None".to_owned(),
        Value::JsonObj(json) | Value::JsonArr(json) => self::json(json),
        Value::Double(number) => double(number.0),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Str(found) => text(found),
        Value::Int(number) => number.to_string(),
        Value::Bytes(bytes) => {
            let mut out = String::from("bytes.fromhex(\"");
            for byte in bytes.iter() {
                let _ = write!(out, "{byte:02x}");
            }
            out.push_str("\")");
            out
        }
        Value::WfRunId(id) if !id.contains('_') => format!("WfRunId(id={})", text(id)),
        Value::WfRunId(_) => {
            return Err("the id of a child WfRun is not written as a literal.".to_owned());
        }
        Value::Struct(_) | Value::Array(_) | Value::Map(_) => {
            return Ok(Python.message(&variable_value(&Python, value)?));
        }
        Value::Timestamp(time) => {
            let written = timestamp::write(*time);
            let Some(local) = written.strip_suffix('Z').filter(|text| text.find('-') == Some(4))
            else {
                return Err("Python's times have years of four digits.".to_owned());
            };
            format!("datetime.datetime.fromisoformat(\"{local}+00:00\")")
        }
    })
}

fn json(json: &Json) -> String {
    match json {
        Json::Null => "None".to_owned(),
        Json::Bool(true) => "True".to_owned(),
        Json::Bool(false) => "False".to_owned(),
        Json::Int(number) => number.to_string(),
        Json::Double(number) => double(number.0),
        Json::Str(found) => text(found),
        Json::Arr(items) => {
            let items: Vec<_> = items.iter().map(self::json).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Obj(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", text(key), self::json(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}
