//! R-MUTATE: LittleHorse's own paths, which lead into structs, Arrays, Maps and JSON.

use std::sync::Arc;

use halter_spec::value::{Array, Json, Map, Struct, StructField, Value};

use crate::json_path::{self, Step};
use crate::value_ops::{case, from_json, to_json};

type Result<T> = std::result::Result<T, Missing>;

/// Why a path can't be followed.
pub(crate) struct Missing {
    pub(crate) why: String,
    /// Whether the server has no word for it: an exception that nothing catches.
    pub(crate) is_broken: bool,
}

fn refused<T>(why: impl Into<String>) -> Result<T> {
    Err(Missing { why: why.into(), is_broken: false })
}

fn broken(why: String) -> Missing {
    Missing { why, is_broken: true }
}

/// The part of a value at a path. What JSON or a Map does not have is NULL; what else is not there is an error.
pub(crate) fn read(value: &Value, path: &[Step]) -> Result<Value> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(value.clone());
    };
    match value {
        Value::JsonObj(json) | Value::JsonArr(json) => {
            Ok(json_path::read(json, path).map_or(Value::Null, |part| from_json(&part)))
        }
        Value::Struct(found) => read(&field(found, first)?.value, rest),
        Value::Array(array) => read(element(array, first)?.1, rest),
        Value::Map(map) => match entry(map, first) {
            Some((_, value)) => read(value, rest),
            None => Ok(Value::Null),
        },
        Value::Null
        | Value::Double(_)
        | Value::Bool(_)
        | Value::Str(_)
        | Value::Int(_)
        | Value::Bytes(_)
        | Value::WfRunId(_)
        | Value::Timestamp(_) => refused(format!("Cannot 'get' on {}", case(value))),
    }
}

/// A value with another part at a path; a key that JSON or a Map does not have is added.
pub(crate) fn write(value: &Value, path: &[Step], new: &Value) -> Result<Value> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(new.clone());
    };
    match value {
        Value::JsonObj(json) | Value::JsonArr(json) => {
            let mut json: Json = (**json).clone();
            if json_path::write(&mut json, path, &to_json(new)) {
                Ok(from_json(&json))
            } else {
                refused("Failed updating the JSON path")
            }
        }
        Value::Struct(found) => {
            let old = field(found, first)?;
            let changed = StructField { value: write(&old.value, rest, new)?, masked: old.masked };
            let mut all = Struct::clone(found);
            if let Step::Key(name) = first {
                all.fields.insert(Arc::clone(name), changed);
            }
            Ok(Value::Struct(Arc::new(all)))
        }
        Value::Array(array) => {
            let (at, old) = element(array, first)?;
            let changed = write(old, rest, new)?;
            let mut all = Array::clone(array);
            if let Some(item) = all.items.get_mut(at) {
                *item = changed;
            }
            Ok(Value::Array(Arc::new(all)))
        }
        Value::Map(map) => {
            let mut all = Map::clone(map);
            match entry(map, first) {
                Some((at, old)) => {
                    let changed = write(old, rest, new)?;
                    if let Some((_, value)) = all.entries.get_mut(at) {
                        *value = changed;
                    }
                }
                None if rest.is_empty() => all.entries.push((key(first)?, new.clone())),
                None => return refused("Cannot 'get' on VALUE_NOT_SET"),
            }
            Ok(Value::Map(Arc::new(all)))
        }
        Value::Null
        | Value::Double(_)
        | Value::Bool(_)
        | Value::Str(_)
        | Value::Int(_)
        | Value::Bytes(_)
        | Value::WfRunId(_)
        | Value::Timestamp(_) => refused(format!("Cannot 'get' on {}", case(value))),
    }
}

/// How a step is written in a message.
fn shown(step: &Step) -> String {
    match step {
        Step::Key(key) => key.to_string(),
        Step::Index(index) => index.to_string(),
        Step::All => "*".to_owned(),
    }
}

fn field<'v>(found: &'v Struct, step: &Step) -> Result<&'v StructField> {
    let field = match step {
        Step::Key(key) => found.fields.get(key),
        Step::Index(_) | Step::All => None,
    };
    field.ok_or_else(|| broken(format!("Struct<{}> has no field {}", found.def.name, shown(step))))
}

fn element<'v>(array: &'v Array, step: &Step) -> Result<(usize, &'v Value)> {
    let Step::Index(index) = step else {
        return refused(format!("An Array has no key {}", shown(step)));
    };
    let Ok(at) = usize::try_from(*index) else {
        return refused(format!("Array index cannot be negative: {index}"));
    };
    let length = array.items.len();
    let missing = || broken(format!("Index {index} out of bounds for length {length}"));
    array.items.get(at).map(|item| (at, item)).ok_or_else(missing)
}

fn key(step: &Step) -> Result<Value> {
    match step {
        Step::Key(key) => Ok(Value::Str(Arc::clone(key))),
        Step::Index(index) => Ok(Value::Int(*index)),
        Step::All => refused("A Map has no key *"),
    }
}

fn entry<'v>(map: &'v Map, step: &Step) -> Option<(usize, &'v Value)> {
    let wanted = key(step).ok()?;
    let at = map.entries.iter().position(|(key, _)| *key == wanted)?;
    map.entries.get(at).map(|(_, value)| (at, value))
}
