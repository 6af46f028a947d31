//! Literals of Java.

use halter_spec::timestamp;
use halter_spec::value::{Json, Value};

use super::Java;
use crate::code::{Language as _, text, variable_value};

/// A double.
pub(super) fn double(number: f64) -> String {
    if number.is_nan() {
        "Double.NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Double.POSITIVE_INFINITY" } else { "Double.NEGATIVE_INFINITY" }
            .to_owned()
    } else {
        format!("{number:?}")
    }
}

/// A value. Lists and objects are made by functions of the file's own, from JSON.
pub(super) fn literal(value: &Value) -> Result<String, String> {
    Ok(match value {
        Value::Null => "null".to_owned(),
        Value::JsonObj(json) => format!("jsonObj({})", text(&Json::to_text(json))),
        Value::JsonArr(json) => format!("jsonArr({})", text(&Json::to_text(json))),
        Value::Double(number) => double(number.0),
        Value::Bool(boolean) => boolean.to_string(),
        Value::Str(found) => text(found),
        Value::Int(number) => match i32::try_from(*number) {
            Ok(number) => number.to_string(),
            Err(_) => format!("{number}L"),
        },
        Value::Bytes(bytes) => {
            let bytes: Vec<_> = bytes.iter().map(|byte| (*byte as i8).to_string()).collect();
            format!("new byte[] {{{}}}", bytes.join(", "))
        }
        Value::WfRunId(id) if !id.contains('_') => {
            format!("WfRunId.newBuilder().setId({}).build()", text(id))
        }
        Value::WfRunId(_) => {
            return Err("the id of a child WfRun is not written as a literal.".to_owned());
        }
        Value::Struct(_) | Value::Array(_) | Value::Map(_) => {
            return Ok(Java.message(&variable_value(&Java, value)?));
        }
        Value::Timestamp(time) => format!("Instant.parse({})", text(&timestamp::write(*time))),
    })
}
