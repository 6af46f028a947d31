//! Values as people type and read them.

use std::fmt::Write as _;
use std::sync::Arc;

use halter_spec::composed::{self, StructDefs};
use halter_spec::model::{Type, VarType};
use halter_spec::timestamp;
use halter_spec::value::{Double, Json, Value};

mod json;

/// What is shown instead of a masked field.
const MASK: &str = "*****";

/// Parses what somebody typed as a value of this type. Nothing typed is no value, but for a STR, where it is
/// the empty text.
///
/// # Errors
/// One sentence that says what is expected.
pub fn parse_as(text: &str, of: &Type, defs: &StructDefs) -> Result<Value, String> {
    match of {
        Type::Primitive(var_type) => parse(text, *var_type),
        _ if text.trim().is_empty() => Ok(Value::Null),
        Type::Unknown => read(text, None, defs),
        Type::Struct(_) | Type::Array(_) | Type::Map(_) => {
            composed::of_json(&json::parse(text.trim())?, of, defs)
        }
    }
}

/// The same for a VariableType.
///
/// # Errors
/// One sentence that says what is expected.
pub fn parse(text: &str, var_type: VarType) -> Result<Value, String> {
    if var_type == VarType::Str {
        return Ok(Value::str(text));
    }
    let text = text.trim();
    if text.is_empty() {
        return Ok(Value::Null);
    }
    match var_type {
        VarType::Str => Ok(Value::str(text)),
        VarType::Int => parse_int(text),
        VarType::Double => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::Double(Double(number))),
            _ => Err(format!("{} is no number: write one such as 2.5.", quoted(text))),
        },
        VarType::Bool => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(format!("{} is no BOOL: write true or false.", quoted(text))),
        },
        VarType::JsonObj => match json::parse(text)? {
            json @ Json::Obj(_) => Ok(Value::JsonObj(Arc::new(json))),
            _ => {
                Err("A JSON object is expected: write one such as {\"item\": \"book\"}.".to_owned())
            }
        },
        VarType::JsonArr => match json::parse(text)? {
            json @ Json::Arr(_) => Ok(Value::JsonArr(Arc::new(json))),
            _ => Err("A JSON array is expected: write one such as [1, 2].".to_owned()),
        },
        VarType::Bytes => match parse_hex(text) {
            Some(bytes) => Ok(Value::Bytes(bytes.into())),
            None => Err(format!(
                "{} is no BYTES: write pairs of hexadecimal digits such as 0aff.",
                quoted(text)
            )),
        },
        VarType::WfRunId => Ok(Value::WfRunId(Arc::from(text))),
        VarType::Timestamp => point_in_time(text).map(Value::Timestamp),
    }
}

/// Parses what somebody typed as a value of the declared type. Where none is declared, it is what JSON says it is, or else a STR.
///
/// # Errors
/// One sentence that says what is expected.
pub fn read(text: &str, declared: Option<&Type>, defs: &StructDefs) -> Result<Value, String> {
    if let Some(declared) = declared {
        return parse_as(text, declared, defs);
    }
    let types = [VarType::Int, VarType::Double, VarType::Bool, VarType::JsonObj, VarType::JsonArr];
    if text == "null" {
        return Ok(Value::Null);
    }
    let mut read = types.into_iter().map(|var_type| parse(text, var_type));
    Ok(read.find_map(Result::ok).unwrap_or_else(|| Value::str(text)))
}

fn parse_int(text: &str) -> Result<Value, String> {
    if let Ok(number) = text.parse::<i64>() {
        return Ok(Value::Int(number));
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("An INT has 64 bits: it lies between {} and {}.", i64::MIN, i64::MAX));
    }
    Err(format!("{} is no whole number: write one such as 42.", quoted(text)))
}

fn parse_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|start| text.get(start..start + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect()
}

/// What was typed, short enough for an error message.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return format!("“{text}”");
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("“{start}…”")
}

/// A part of a JSON value, as JSON.
pub fn show_json(json: &Json) -> String {
    json::write(json)
}

/// A value for reading: JSON, with quotes around texts.
pub fn show(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::JsonObj(json) | Value::JsonArr(json) => show_json(json),
        Value::Double(number) => json::write(&Json::Double(*number)),
        Value::Bool(value) => value.to_string(),
        Value::Str(text) => json::write(&Json::Str(Arc::clone(text))),
        Value::Int(number) => number.to_string(),
        Value::Bytes(bytes) => hex(bytes),
        Value::WfRunId(id) => id.to_string(),
        Value::Timestamp(milliseconds) => timestamp::write(*milliseconds),
        Value::Struct(_) | Value::Array(_) | Value::Map(_) => {
            show_json(&composed::to_json(&composed::without_masked(value, MASK)))
        }
    }
}

/// A value for editing: what [`parse`] reads as the same value.
pub fn edit(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Str(text) => text.to_string(),
        Value::Struct(_) | Value::Array(_) | Value::Map(_) => show_json(&composed::to_json(value)),
        other => show(other),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Milliseconds since 1970, from ISO 8601 text or as a whole number.
fn point_in_time(text: &str) -> Result<i64, String> {
    match text.parse() {
        Ok(time) if timestamp::is_timestamp(time) => Ok(time),
        Ok(_) => Err("A TIMESTAMP lies between the years 1 and 9999.".to_owned()),
        Err(_) => timestamp::parse(text).ok_or_else(|| {
            format!("{} is no time: write one such as 2026-01-31T12:00:00Z.", quoted(text))
        }),
    }
}

#[cfg(test)]
mod tests;
