//! What one command may cost. Values are measured wherever they are computed or read, so that no workflow can
//! hang the page, fill its memory or nest values deeper than the stack is.

use halter_spec::value::{Json, Value};

use crate::occurrence::Observer;
use crate::run::Stepping;

/// Bytes that every value counts, however small: computing many small ones takes time as well.
const VALUE_BYTES: usize = 16;

impl<O: Observer> Stepping<'_, O> {
    /// A computed value, unless it is too large or too deep.
    pub(crate) fn bounded(&self, value: Value) -> Result<Value, String> {
        let limits = self.program.limits;
        if bytes_of(&value) > limits.value_bytes {
            return Err(too_large(limits.value_bytes));
        }
        if depth(&value) > limits.value_depth {
            return Err(format!(
                "the value has more than {} lists and objects inside one another",
                limits.value_depth
            ));
        }
        Ok(value)
    }

    /// Counts a value that is worked with; too many bytes altogether are an error.
    pub(crate) fn count(&self, value: &Value) -> Result<(), String> {
        let own = bytes_of(value) + VALUE_BYTES;
        let bytes = self.bytes.get().saturating_add(own);
        self.bytes.set(bytes);
        self.effort.set(self.effort.get().saturating_add(own));
        let most = self.program.limits.bytes;
        if bytes > most {
            return Err(format!("the values of one command have more than {most} bytes"));
        }
        Ok(())
    }

    /// Refuses to write a value to so many places that the whole is too large.
    pub(crate) fn check_copies(&self, value: &Json, copies: usize) -> Result<(), String> {
        let most = self.program.limits.value_bytes;
        if json_bytes(value).saturating_mul(copies) > most {
            return Err(too_large(most));
        }
        Ok(())
    }
}

fn too_large(most: usize) -> String {
    format!("the value is larger than {most} bytes")
}

/// About how many bytes a value takes.
fn bytes_of(value: &Value) -> usize {
    match value {
        Value::Str(text) | Value::WfRunId(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::JsonObj(json) | Value::JsonArr(json) => json_bytes(json),
        Value::Struct(found) => {
            let fields = found.fields.iter();
            fields.map(|(name, field)| name.len() + part_bytes(&field.value)).sum()
        }
        Value::Array(array) => array.items.iter().map(part_bytes).sum(),
        Value::Map(map) => {
            map.entries.iter().map(|(key, value)| part_bytes(key) + part_bytes(value)).sum()
        }
        Value::Null | Value::Double(_) | Value::Bool(_) | Value::Int(_) | Value::Timestamp(_) => 0,
    }
}

fn part_bytes(value: &Value) -> usize {
    bytes_of(value) + VALUE_BYTES
}

/// Lists, objects, structs, Arrays and Maps inside one another.
fn depth(value: &Value) -> usize {
    let deepest =
        |values: &mut dyn Iterator<Item = &Value>| 1 + values.map(depth).max().unwrap_or_default();
    match value {
        Value::JsonObj(json) | Value::JsonArr(json) => depth_of(json),
        Value::Struct(found) => deepest(&mut found.fields.values().map(|field| &field.value)),
        Value::Array(array) => deepest(&mut array.items.iter()),
        Value::Map(map) => deepest(&mut map.entries.iter().flat_map(|(key, value)| [key, value])),
        Value::Null
        | Value::Double(_)
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Timestamp(_)
        | Value::Str(_)
        | Value::WfRunId(_)
        | Value::Bytes(_) => 0,
    }
}

fn json_bytes(json: &Json) -> usize {
    match json {
        Json::Str(text) => text.len() + 2,
        Json::Arr(items) => items.iter().map(|i| json_bytes(i) + 1).sum::<usize>() + 2,
        Json::Obj(entries) => {
            entries.iter().map(|(k, v)| k.len() + json_bytes(v) + 4).sum::<usize>() + 2
        }
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Double(_) => 8,
    }
}

/// Lists and objects inside one another.
fn depth_of(json: &Json) -> usize {
    match json {
        Json::Arr(items) => 1 + items.iter().map(depth_of).max().unwrap_or(0),
        Json::Obj(entries) => 1 + entries.iter().map(|(_, v)| depth_of(v)).max().unwrap_or(0),
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Double(_) | Json::Str(_) => 0,
    }
}
