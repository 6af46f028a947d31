//! A source as a tree: so it is made, and so parts of it are left out.

use std::fmt::Write as _;

use halter_spec::model::Document;
use halter_spec::{Diagnostic, Severity};
use serde_json::{Map, Value as Json};

/// A source, by its sections.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Source {
    /// `workflow`, `events`, `threads` and so on, as in docs/source-format.md.
    pub sections: Map<String, Json>,
}

impl Source {
    /// The source as a text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        write_map(&self.sections, 0, &mut text);
        text
    }

    /// What it says.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn document(&self) -> Result<Document, Vec<Diagnostic>> {
        let loaded = halter_spec::load(&self.text());
        loaded.document.ok_or_else(|| {
            let all = loaded.diagnostics.into_iter();
            all.filter(|diagnostic| diagnostic.severity == Severity::Error).collect()
        })
    }
}

/// What a change of a variable begins with that is no new value: in quotation marks it would be a text.
pub(crate) const OPERATIONS: [&str; 10] = [
    "add ",
    "subtract ",
    "multiply ",
    "divide ",
    "extend ",
    "remove ",
    "remove-key ",
    "remove-index ",
    "and ",
    "or ",
];

fn write_map(entries: &Map<String, Json>, indent: usize, text: &mut String) {
    for (key, value) in entries {
        let key = Json::from(key.as_str());
        let _ = write!(text, "{:indent$}{key}:", "");
        match value {
            Json::Object(inner) if !inner.is_empty() => {
                text.push('\n');
                write_map(inner, indent + 2, text);
            }
            Json::Array(items) if items.iter().any(Json::is_object) => {
                text.push('\n');
                for item in items {
                    let _ = writeln!(text, "{:indent$}  -", "");
                    match item {
                        Json::Object(inner) if !inner.is_empty() => {
                            write_map(inner, indent + 4, text);
                        }
                        other => {
                            let _ = writeln!(text, "{:indent$}    {other}", "");
                        }
                    }
                }
            }
            Json::String(operation) if is_operation(operation) => {
                let _ = writeln!(text, " {operation}");
            }
            other => {
                let _ = writeln!(text, " {other}");
            }
        }
    }
}

fn is_operation(text: &str) -> bool {
    OPERATIONS.iter().any(|operation| text.starts_with(operation))
}

/// A document with a script, to be read by people.
pub fn readable(document: &Document, script: &[Json]) -> String {
    let mut document = document.clone();
    document.script = script.to_vec();
    halter_spec::write_source(&document).unwrap_or_else(|_| {
        // What no source can say is said as LittleHorse does.
        let spec = halter_spec::proto_json::write_put_wf_spec_request(&document.wf_spec);
        format!("{spec:#}\n")
    })
}
