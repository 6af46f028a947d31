//! R-MUTATE: Arrays, Maps and structs as text. The server writes the whole message as JSON, in lines, with what is
//! zero or false.

use std::fmt::Write as _;

use halter_spec::model::ThreadVarDef;
use halter_spec::proto_json::{write_whole_type_def, write_whole_value};
use halter_spec::value::{Json, Value, java_double};
use serde_json::{Map, Value as Message, json};

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
pub(crate) fn of_json(json: &Json, out: &mut String) {
    in_java(json, Lists::Java, out);
}

/// The same of what was read by a JSON path, whose lists are written as JSON: `{x=[1,"b"]}`.
pub(crate) fn of_read(json: &Json, out: &mut String) {
    in_java(json, Lists::Json, out);
}

/// How lists are written, with all that is in them.
#[derive(Clone, Copy, PartialEq)]
enum Lists {
    Java,
    Json,
}

fn in_java(json: &Json, lists: Lists, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Json::Int(number) => out.push_str(&number.to_string()),
        Json::Double(number) => out.push_str(&java_double(number.0)),
        Json::Str(text) => out.push_str(text),
        Json::Arr(_) if lists == Lists::Json => out.push_str(&json.to_text_with(&quote_for_web)),
        Json::Arr(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                in_java(item, lists, out);
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
                in_java(value, lists, out);
            }
            out.push('}');
        }
    }
}

/// A text in JSON that may stand in a web page: what could end a script, and what is not seen, is escaped.
fn quote_for_web(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' | '/' => out.extend(['\\', c]),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2000}'..='\u{20ff}' => {
                // Writing to a String can't fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
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
            let indexes: Vec<Message> = def
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
fn write(json: &Message, indent: usize, out: &mut String) {
    let line = |indent: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", indent));
    };
    match json {
        Message::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write(item, indent, out);
            }
            out.push(']');
        }
        Message::Object(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                line(indent + 1, out);
                out.push_str(&Message::from(key.as_str()).to_string());
                out.push_str(": ");
                write(value, indent + 1, out);
            }
            line(indent, out);
            out.push('}');
        }
        Message::String(_) => {
            // What means something in HTML is escaped.
            for c in json.to_string().chars() {
                match c {
                    '<' | '>' | '&' | '=' | '\'' | '\u{2028}' | '\u{2029}' => {
                        // Writing to a String can't fail.
                        let _ = write!(out, "\\u{:04x}", u32::from(c));
                    }
                    c => out.push(c),
                }
            }
        }
        Message::Null | Message::Bool(_) | Message::Number(_) => out.push_str(&json.to_string()),
    }
}
