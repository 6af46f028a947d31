//! `halter check`: what is wrong with sources.

use std::path::PathBuf;

use halter_language::Fix;
use halter_spec::{Diagnostic, load};
use serde_json::{Value as Json, json};

use crate::answer::{Answer, NO, OK, UNKNOWN};
use crate::arguments::Format;
use crate::{excerpt, fixes, input};

/// Checks every file.
pub(crate) fn run(files: &[PathBuf], format: Format) -> Answer {
    let mut answer = Answer::default();
    let mut all = Vec::new();
    for file in files {
        let Ok(text) = input::read(file) else {
            answer.code = UNKNOWN;
            continue;
        };
        let (name, diagnostics) = (input::name(file), load(&text).diagnostics);
        if answer.code == OK && diagnostics.iter().any(Diagnostic::is_error) {
            answer.code = NO;
        }
        match format {
            Format::Text => answer.text += &excerpt::all(&name, &text, &diagnostics),
            Format::Json => {
                all.push(json!({ "file": name, "diagnostics": with_fixes(&text, &diagnostics) }));
            }
        }
    }
    if format == Format::Json {
        answer.text = format!("{}\n", Json::Array(all));
    }
    answer
}

/// Each diagnostic with the most likely fix.
fn with_fixes(text: &str, diagnostics: &[Diagnostic]) -> Vec<Json> {
    let with_fix = |(diagnostic, fix): (&Diagnostic, Option<Fix>)| {
        let mut shown = json!(diagnostic);
        shown["fix"] = json!(fix);
        shown
    };
    diagnostics.iter().zip(fixes::likely(text, None, diagnostics)).map(with_fix).collect()
}
