//! R-MUTATE: Arrays, Maps and structs as text. The server writes the whole message as JSON, in lines, with what is
//! zero or false.

use halter_spec::model::{MapType, StructDefId, ThreadVarDef, Type, TypeDef};
use halter_spec::proto_json::write_value;
use halter_spec::value::Value;
use serde_json::{Map, Value as Json, json};

use crate::value_ops::java_double;

/// The text of a value that is composed of others.
pub(crate) fn of(value: &Value) -> String {
    let mut out = String::new();
    write(&message(value), 0, &mut out);
    out
}

/// JSON as Java writes its lists and maps: `[1, b, {x=y}]`.
pub(crate) fn of_json(json: &halter_spec::value::Json, out: &mut String) {
    use halter_spec::value::Json;
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Json::Int(number) => out.push_str(&number.to_string()),
        Json::Double(number) => out.push_str(&java_double(number.0)),
        Json::Str(text) => out.push_str(text),
        Json::Arr(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                of_json(item, out);
            }
            out.push(']');
        }
        Json::Obj(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                out.push_str(key);
                out.push('=');
                of_json(value, out);
            }
            out.push('}');
        }
    }
}

/// The variables of a ThreadSpec, as the server's messages list them.
pub(crate) fn of_variables(defs: &[ThreadVarDef]) -> String {
    let shown: Vec<String> = defs
        .iter()
        .map(|def| {
            let mut var_def = Map::new();
            var_def.insert("name".to_owned(), def.var_def.name.as_str().into());
            if let Some(default) = &def.var_def.default_value {
                var_def.insert("defaultValue".to_owned(), whole(default));
            }
            var_def.insert("typeDef".to_owned(), type_def(&def.var_def.type_def));
            let indexes: Vec<Json> = def
                .json_indexes
                .iter()
                .map(|(path, of)| json!({"fieldPath": path, "fieldType": of.name()}))
                .collect();
            let shown = json!({
                "varDef": var_def,
                "required": def.required,
                "searchable": def.searchable,
                "jsonIndexes": indexes,
                "accessLevel": def.access_level.name(),
            });
            let mut out = String::new();
            write(&shown, 0, &mut out);
            out
        })
        .collect();
    format!("[{}]", shown.join(", "))
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
