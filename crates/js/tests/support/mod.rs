//! Sittings, and what is given out of them as text.

use std::fmt::Write as _;
use std::sync::Arc;

use halter_engine::{Command, Semantics};
use halter_js::{Plain, told};
use halter_session::Sitting;

pub(crate) fn sitting(source: &str) -> Sitting {
    let document = halter_spec::load(source).document.unwrap();
    Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap()
}

/// Takes a command; what is told of it.
pub(crate) fn take(sitting: &mut Sitting, command: Command) -> serde_json::Value {
    let before = sitting.state().clone();
    sitting.take(command).unwrap();
    told(sitting, &before)
}

/// As it would be written in JavaScript.
pub(crate) fn written(plain: &Plain) -> String {
    let mut text = String::new();
    write(&mut text, plain, 0);
    text
}

fn write(out: &mut String, plain: &Plain, depth: usize) {
    let line = |out: &mut String, depth: usize| write!(out, "\n{:1$}", "", 2 * depth).unwrap();
    match plain {
        Plain::Undefined => out.push_str("undefined"),
        Plain::Null => out.push_str("null"),
        Plain::Bool(boolean) => write!(out, "{boolean}").unwrap(),
        Plain::Number(number) => write!(out, "{number}").unwrap(),
        Plain::BigInt(number) => write!(out, "{number}n").unwrap(),
        Plain::Text(text) => write!(out, "{text:?}").unwrap(),
        Plain::Bytes(bytes) => write!(out, "Uint8Array {bytes:?}").unwrap(),
        Plain::Date(time) => write!(out, "Date({time})").unwrap(),
        Plain::List(items) if items.is_empty() => out.push_str("[]"),
        Plain::List(items) => {
            out.push('[');
            for item in items {
                line(out, depth + 1);
                write(out, item, depth + 1);
            }
            line(out, depth);
            out.push(']');
        }
        Plain::Object(entries) if entries.is_empty() => out.push_str("{}"),
        Plain::Object(entries) => {
            out.push('{');
            for (key, value) in entries {
                line(out, depth + 1);
                write!(out, "{key}: ").unwrap();
                write(out, value, depth + 1);
            }
            line(out, depth);
            out.push('}');
        }
    }
}
