//! `halter run`: a script is played, and what happens is told with its reasons.

use std::path::Path;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::link::{LINK_KEY, Link};
use halter_session::{Sitting, diagram, script, trace};
use halter_spec::{load, load_script};
use serde_json::{Value as Json, json};

use crate::answer::{Answer, NO, OK};
use crate::arguments::RunFormat;
use crate::{excerpt, input};

mod json;
mod text;

/// Plays a source.
pub(crate) fn run(
    file: &Path,
    script: Option<&Path>,
    semantics: Semantics,
    format: RunFormat,
) -> Answer {
    let Ok(source) = input::read(file) else {
        return Answer::unknown();
    };
    let loaded = load(&source);
    let Some(document) = loaded.document else {
        return Answer {
            text: excerpt::all(&input::name(file), &source, &loaded.diagnostics),
            code: NO,
        };
    };
    let lines = match script {
        None if document.script.is_empty() => vec![json!({ "runWf": {} })],
        None => document.script.clone(),
        Some(script) => {
            let Ok(text) = input::read(script) else {
                return Answer::unknown();
            };
            match load_script(&text, &document) {
                Ok(lines) => lines,
                Err(diagnostics) => {
                    let name = input::name(script);
                    let text = excerpt::of_script(&name, &text, &document, &diagnostics);
                    return Answer { text, code: NO };
                }
            }
        }
    };
    let mut sitting = match Sitting::new(Arc::new(document), semantics) {
        Ok(sitting) => sitting,
        Err(error) => {
            eprintln!("{}: {error}", input::name(file));
            return Answer { text: String::new(), code: NO };
        }
    };
    let played = play(&mut sitting, &lines);
    let text = match format {
        RunFormat::Text => text::tell(&sitting),
        RunFormat::Json => format!("{}\n", json::tell(&sitting, &lines)),
        RunFormat::Trace => format!("{:#}\n", trace::record(&sitting)),
        RunFormat::Link => format!("#{LINK_KEY}={}\n", Link::of(&sitting, &source).encode()),
        RunFormat::MermaidState => diagram::states(&sitting),
        RunFormat::MermaidSequence => diagram::sequence(&sitting),
        RunFormat::Graphviz => diagram::graphviz(&sitting),
    };
    let code = match played {
        Ok(()) => OK,
        Err(why) => {
            eprintln!("{why}");
            NO
        }
    };
    Answer { text, code }
}

/// Plays the lines of a script until one can't be.
fn play(sitting: &mut Sitting, lines: &[Json]) -> Result<(), String> {
    for (number, line) in (1..).zip(lines) {
        let command = script::read(line, sitting)
            .map_err(|why| format!("command {number} of the script can't be read: {why}"))?;
        if sitting.take(command).is_none() {
            return Err(format!("the script is too long: after {} commands it ends", number - 1));
        }
    }
    Ok(())
}
