//! R-MUTATE: Arrays, Maps and structs as text. The server writes the whole message as JSON, in lines, with what is
//! zero or false.

use halter_spec::model::{MapType, StructDefId, Type, TypeDef};
use halter_spec::proto_json::write_value;
use halter_spec::value::Value;
use serde_json::{Map, Value as Json, json};

/// The text of a value that is composed of others.
pub(crate) fn of(value: &Value) -> String {
    let mut out = String::new();
    write(&message(value), 0, &mut out);
    out
}

/// The message within the field that says which kind of value it is.
fn message(value: &Value) -> Json {
    match value {
        Value::Array(array) => {
            let mut fields = Map::new();
            fields.insert("items".to_owned(), array.items.iter().map(whole).collect());
            if let Some(element) = &array.element_type {
                fields.insert("elementType".to_owned(), type_def(element));
            }
            Json::Object(fields)
        }
        Value::Map(map) => {
            let mut fields = Map::new();
            let entries = map.entries.iter();
            let entries =
                entries.map(|(key, value)| json!({"key": whole(key), "value": whole(value)}));
            fields.insert("entries".to_owned(), entries.collect());
            if let Some(of) = &map.map_type {
                fields.insert("mapType".to_owned(), map_type(of));
            }
            Json::Object(fields)
        }
        Value::Struct(found) => {
            let fields: Map<String, Json> = found
                .fields
                .iter()
                .map(|(name, field)| {
                    let shown = json!({"value": whole(&field.value), "masked": field.masked});
                    (name.to_string(), shown)
                })
                .collect();
            json!({"structDefId": id(&found.def), "struct": {"fields": fields}})
        }
        Value::Null
        | Value::JsonObj(_)
        | Value::JsonArr(_)
        | Value::Double(_)
        | Value::Bool(_)
        | Value::Str(_)
        | Value::Int(_)
        | Value::Bytes(_)
        | Value::WfRunId(_)
        | Value::Timestamp(_) => write_value(value),
    }
}

/// A `VariableValue`.
fn whole(value: &Value) -> Json {
    match value {
        Value::Array(_) => json!({ "array": message(value) }),
        Value::Map(_) => json!({ "map": message(value) }),
        Value::Struct(_) => json!({ "struct": message(value) }),
        Value::Null
        | Value::JsonObj(_)
        | Value::JsonArr(_)
        | Value::Double(_)
        | Value::Bool(_)
        | Value::Str(_)
        | Value::Int(_)
        | Value::Bytes(_)
        | Value::WfRunId(_)
        | Value::Timestamp(_) => message(value),
    }
}

fn id(id: &StructDefId) -> Json {
    json!({"name": &*id.name, "version": id.version})
}

fn map_type(of: &MapType) -> Json {
    json!({"keyType": type_def(&of.key), "valueType": type_def(&of.value)})
}

fn type_def(of: &TypeDef) -> Json {
    let mut fields = Map::new();
    match &of.of {
        Type::Unknown => {}
        Type::Primitive(var_type) => {
            fields.insert("primitiveType".to_owned(), var_type.name().into());
        }
        Type::Struct(def) => {
            fields.insert("structDefId".to_owned(), id(def));
        }
        Type::Array(element) => {
            fields.insert("inlineArrayDef".to_owned(), json!({"arrayType": type_def(element)}));
        }
        Type::Map(map) => {
            fields.insert("inlineMapDef".to_owned(), map_type(map));
        }
    }
    fields.insert("masked".to_owned(), of.masked.into());
    Json::Object(fields)
}

/// In lines as Java's printer of protocol buffers has them: the items of a list follow one another.
fn write(json: &Json, indent: usize, out: &mut String) {
    let line = |indent: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", indent));
    };
    match json {
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write(item, indent, out);
            }
            out.push(']');
        }
        Json::Object(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                line(indent + 1, out);
                out.push_str(&Json::from(key.as_str()).to_string());
                out.push_str(": ");
                write(value, indent + 1, out);
            }
            line(indent, out);
            out.push('}');
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {
            out.push_str(&json.to_string());
        }
    }
}
