//! Writes YAML as a person would: in lines, and what is short in braces and brackets.

use std::fmt::Write as _;

use crate::quote::in_quotes;
use crate::tree::{Plain, resolve};
use crate::value::Json;

/// What is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Out {
    /// Stands there as it is, never in quotes: a number, a word, the change of a variable.
    Plain(String),
    /// A text, in quotes if it would be read as something else.
    Text(String),
    /// A text, always in quotes.
    Quoted(String),
    /// A text of which it does not matter whether it has quotes.
    Expression(String),
    /// A value behind a tag such as `!str`, on one line.
    Tagged(&'static str, Box<Out>),
    /// A list, on one line if it is short.
    List(Vec<Out>),
    /// A map, on one line if it is short.
    Map(Vec<(String, Out)>),
    /// A list, each item on lines of its own.
    Lines(Vec<Out>),
    /// A map, each entry on a line of its own.
    Block(Vec<(String, Out)>),
    /// A map with empty lines between its entries.
    Sections(Vec<(String, Out)>),
}

/// Columns that a line may have before its list or map is written in lines.
const WIDTH: usize = 100;

/// Entries that a map on one line may have.
const SHORT_MAP: usize = 3;

impl Out {
    pub(super) fn text(text: &str) -> Self {
        Out::Text(text.to_owned())
    }

    pub(super) fn number(number: impl Into<serde_json::Value>) -> Self {
        Out::Plain(number.into().to_string())
    }

    /// Nothing at all.
    pub(super) fn nothing() -> Self {
        Out::Plain(String::new())
    }

    /// A JSON value; whole numbers and doubles stay what they are.
    pub(super) fn json(json: &Json) -> Self {
        match json {
            Json::Null => Out::Plain("null".to_owned()),
            Json::Bool(boolean) => Out::number(*boolean),
            Json::Int(number) => Out::number(*number),
            Json::Double(double) => Out::Plain(double_text(double.0)),
            Json::Str(text) => Out::text(text),
            Json::Arr(items) => Out::List(items.iter().map(Out::json).collect()),
            Json::Obj(entries) => Out::Map(
                entries.iter().map(|(key, value)| (key.to_string(), Out::json(value))).collect(),
            ),
        }
    }

    /// A message of LittleHorse's own JSON.
    pub(super) fn proto(json: &serde_json::Value) -> Self {
        Out::Tagged("proto", Box::new(Out::serde(json)))
    }

    pub(super) fn serde(json: &serde_json::Value) -> Self {
        match json {
            serde_json::Value::String(text) => Out::text(text),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(number) => Out::number(number),
                None => Out::Plain(double_text(number.as_f64().unwrap_or_default())),
            },
            serde_json::Value::Array(items) => Out::List(items.iter().map(Out::serde).collect()),
            serde_json::Value::Object(entries) => Out::Map(
                entries.iter().map(|(key, value)| (key.clone(), Out::serde(value))).collect(),
            ),
            other => Out::Plain(other.to_string()),
        }
    }
}

/// A double such that it is read as one.
pub(super) fn double_text(number: f64) -> String {
    if number.is_nan() {
        ".nan".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { ".inf" } else { "-.inf" }.to_owned()
    } else {
        format!("{number:?}")
    }
}

/// The text of a whole document.
pub(super) fn document(out: &Out) -> String {
    let mut text = String::new();
    match out {
        Out::Map(entries) | Out::Block(entries) | Out::Sections(entries) => {
            entries_of(entries, 0, matches!(out, Out::Sections(_)), &mut text);
        }
        other => {
            text.push_str(&line(other, false).unwrap_or_default());
            text.push('\n');
        }
    }
    text
}

/// Entries of a map, each from the beginning of a line.
fn entries_of(entries: &[(String, Out)], indent: usize, apart: bool, text: &mut String) {
    for (index, (key, value)) in entries.iter().enumerate() {
        if apart && index > 0 {
            text.push('\n');
        }
        text.extend(std::iter::repeat_n(' ', indent));
        entry(key, value, indent, text);
    }
}

/// A key and its value, when the cursor stands where the key begins.
fn entry(key: &str, value: &Out, indent: usize, text: &mut String) {
    let key = scalar(&Out::text(key), false).unwrap_or_default();
    text.push_str(&key);
    text.push(':');
    match value {
        _ if fits(value, indent + key.chars().count() + 2) => {
            let line = line(value, false).unwrap_or_default();
            if !line.is_empty() {
                text.push(' ');
                text.push_str(&line);
            }
            text.push('\n');
        }
        Out::List(items) | Out::Lines(items) => {
            text.push('\n');
            items_of(items, indent + 2, text);
        }
        Out::Map(entries) | Out::Block(entries) | Out::Sections(entries) => {
            text.push('\n');
            let apart = matches!(value, Out::Sections(_));
            entries_of(entries, indent + 2, apart, text);
        }
        _ => text.push('\n'),
    }
}

/// Items of a list, each from the beginning of a line.
fn items_of(items: &[Out], indent: usize, text: &mut String) {
    for item in items {
        text.extend(std::iter::repeat_n(' ', indent));
        text.push('-');
        match item {
            _ if fits(item, indent + 2) => {
                let line = line(item, false).unwrap_or_default();
                text.push(' ');
                text.push_str(if line.is_empty() { "null" } else { &line });
                text.push('\n');
            }
            Out::List(items) | Out::Lines(items) => {
                text.push('\n');
                items_of(items, indent + 2, text);
            }
            Out::Map(entries) | Out::Block(entries) | Out::Sections(entries) => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index == 0 {
                        text.push(' ');
                    } else {
                        text.extend(std::iter::repeat_n(' ', indent + 2));
                    }
                    entry(key, value, indent + 2, text);
                }
            }
            _ => text.push('\n'),
        }
    }
}

/// Whether a value can and should stand on the line that has so many columns already.
fn fits(value: &Out, column: usize) -> bool {
    match value {
        // What is empty has no lines of its own.
        Out::Lines(items) | Out::List(items) if items.is_empty() => true,
        Out::Block(entries) | Out::Sections(entries) | Out::Map(entries) if entries.is_empty() => {
            true
        }
        Out::Lines(_) | Out::Block(_) | Out::Sections(_) => false,
        Out::List(_) | Out::Map(_) => {
            let short = !matches!(value, Out::Map(entries) if entries.len() > SHORT_MAP);
            short && line(value, false).is_some_and(|line| column + line.chars().count() <= WIDTH)
        }
        _ => true,
    }
}

/// A value on one line, whatever its length.
pub(super) fn one_line(value: &Out) -> String {
    line(value, false).unwrap_or_default()
}

/// A value on one line; none if it can't be.
fn line(value: &Out, in_flow: bool) -> Option<String> {
    Some(match value {
        Out::Lines(items) if items.is_empty() => "[]".to_owned(),
        Out::Block(entries) | Out::Sections(entries) if entries.is_empty() => "{}".to_owned(),
        Out::Lines(_) | Out::Block(_) | Out::Sections(_) => return None,
        Out::Tagged(tag, value) => {
            let value = line(value, in_flow)?;
            format!("!{tag} {value}").trim_end().to_owned()
        }
        Out::List(items) => {
            let items: Option<Vec<_>> = items
                .iter()
                .map(|item| match item {
                    Out::Plain(text) if text.is_empty() => Some("null".to_owned()),
                    item => line(item, true),
                })
                .collect();
            format!("[{}]", items?.join(", "))
        }
        Out::Map(entries) => {
            let entries: Option<Vec<_>> = entries
                .iter()
                .map(|(key, value)| {
                    let key = scalar(&Out::text(key), true)?;
                    Some(format!("{key}: {}", line(value, true)?))
                })
                .collect();
            format!("{{{}}}", entries?.join(", "))
        }
        other => scalar(other, in_flow)?,
    })
}

/// A scalar, with quotes where it needs them; none if it may have none but needs them.
fn scalar(value: &Out, in_flow: bool) -> Option<String> {
    Some(match value {
        Out::Plain(text) if text.is_empty() || stands_plain(text, in_flow) => text.clone(),
        Out::Text(text) if resolve(text) == Plain::Text && stands_plain(text, in_flow) => {
            text.clone()
        }
        Out::Expression(text) if stands_plain(text, in_flow) => text.clone(),
        Out::Text(text) | Out::Quoted(text) => quoted(text, false),
        Out::Expression(text) => quoted(text, true),
        _ => return None,
    })
}

/// Whether a text is read as it is without quotes.
pub(super) fn stands_plain(text: &str, in_flow: bool) -> bool {
    let mut letters = text.chars();
    let Some(first) = letters.next() else {
        return false;
    };
    let begins_well = match first {
        '-' => letters.next().is_some_and(char::is_alphanumeric),
        '.' => !text.starts_with("..."),
        _ => !"?:,[]{}#&*!|>'\"%@`=<".contains(first),
    };
    begins_well
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(is_printable)
        && !(in_flow && (text.contains([',', '[', ']', '{', '}']) || text.contains("::")))
}

/// Whether a character may stand without an escape.
fn is_printable(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// A text in quotation marks, single ones where they need no escapes or are wished for.
fn quoted(text: &str, single: bool) -> String {
    let printable = text.chars().all(is_printable);
    if printable && (single || text.contains(['"', '\\'])) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    in_quotes(text, |out, letter| {
        if is_printable(letter) {
            out.push(letter);
        } else {
            // Writing to a text does not fail.
            let _ = write!(out, "\\U{:08x}", u32::from(letter));
        }
    })
}
