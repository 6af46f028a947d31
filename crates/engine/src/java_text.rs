//! R-MUTATE: Arrays, Maps and structs as text. The server writes the whole message as JSON, in lines, with what is
//! zero or false.

use halter_spec::model::ThreadVarDef;
use halter_spec::proto_json::{write_whole_type_def, write_whole_value};
use halter_spec::value::Value;
use serde_json::{Map, Value as Json, json};

use crate::value_ops::java_double;

/// The text of a value that is composed of others.
pub(crate) fn of(value: &Value) -> String {
    let mut out = String::new();
    // The message within the field that says which kind of value it is.
    let whole = write_whole_value(value);
    let message = whole.as_object().and_then(|fields| fields.values().next());
    write(message.unwrap_or(&whole), 0, &mut out);
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
                var_def.insert("defaultValue".to_owned(), write_whole_value(default));
            }
            var_def.insert("typeDef".to_owned(), write_whole_type_def(&def.var_def.type_def));
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
