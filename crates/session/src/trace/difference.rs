//! Where two states in JSON differ.

use std::fmt;

use serde_json::Value as Json;

/// One place where two states differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where, such as `wfRun.threadRuns[0].status`.
    pub path: String,
    /// What the server had there.
    pub recorded: String,
    /// What Halter has there.
    pub played: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the server has {}, Halter has {}", self.path, self.recorded, self.played)
    }
}

/// Every place where the two differ. Texts of failures' messages may be our own; those of ThreadRuns may not.
#[must_use]
pub fn differences(recorded: &Json, played: &Json) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", Some(recorded), Some(played), &mut found);
    found
}

fn compare(
    path: &str,
    recorded: Option<&Json>,
    played: Option<&Json>,
    found: &mut Vec<Difference>,
) {
    match (recorded, played) {
        (Some(Json::Object(a)), Some(Json::Object(b))) => {
            let mut keys: Vec<&String> =
                a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))).collect();
            keys.sort();
            for key in keys {
                let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                if !is_free_text(&inner) {
                    compare(&inner, a.get(key), b.get(key), found);
                }
            }
        }
        (Some(Json::Array(a)), Some(Json::Array(b))) => {
            for index in 0..a.len().max(b.len()) {
                compare(&format!("{path}[{index}]"), a.get(index), b.get(index), found);
            }
        }
        (a, b) if a == b => {}
        (Some(Json::String(a)), Some(Json::String(b)))
            if is_json_text(path) && unescaped(a) == unescaped(b) => {}
        (a, b) => {
            found.push(Difference { path: path.to_owned(), recorded: shown(a), played: shown(b) });
        }
    }
}

/// Whether JSON stands there as a text.
fn is_json_text(path: &str) -> bool {
    path.ends_with(".jsonObj") || path.ends_with(".jsonArr")
}

/// The server escapes what HTML would take for its own.
fn unescaped(json: &str) -> String {
    let escapes =
        [("\\u003d", "="), ("\\u003c", "<"), ("\\u003e", ">"), ("\\u0026", "&"), ("\\u0027", "'")];
    escapes.iter().fold(json.to_owned(), |text, (escaped, letter)| text.replace(escaped, letter))
}

/// Messages of failures and of NodeRuns, of which only those of ThreadRuns must be the server's own.
fn is_free_text(path: &str) -> bool {
    path.starts_with("nodeRuns[")
        && (path.ends_with("].message")
            || path.ends_with("].errorMessage")
            || path.ends_with(".error.message"))
}

fn shown(value: Option<&Json>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Json::to_string)
}
