//! A source and its script, or another, played.

use std::path::Path;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::{Sitting, script};
use halter_spec::model::Document;
use halter_spec::{load, load_script};
use serde_json::{Value as Json, json};

use crate::answer::{Answer, NO};
use crate::{excerpt, input};

/// A source that was played.
pub(crate) struct Play {
    /// Its text.
    pub(crate) source: String,
    /// The commands, as they stand in the script.
    pub(crate) lines: Vec<Json>,
    /// As far as they could be played.
    pub(crate) sitting: Sitting,
    /// Why the rest could not.
    pub(crate) played: Result<(), String>,
}

impl Play {
    /// Plays a source's own script or the one in a file; without any the workflow is run. What can't be read or has errors is
    /// answered.
    pub(crate) fn of(
        file: &Path,
        script: Option<&Path>,
        semantics: Semantics,
    ) -> Result<Self, Answer> {
        let source = input::read(file).map_err(|()| Answer::unknown())?;
        Self::of_text(&input::name(file), source, script, semantics)
    }

    /// The same of a text, which is called by this name.
    pub(crate) fn of_text(
        name: &str,
        source: String,
        script: Option<&Path>,
        semantics: Semantics,
    ) -> Result<Self, Answer> {
        let (document, lines) = read(name, &source, script)?;
        let mut sitting = Sitting::new(Arc::new(document), semantics).map_err(|error| {
            eprintln!("{name}: {error}");
            Answer { text: String::new(), code: NO }
        })?;
        let played = play(&mut sitting, &lines);
        Ok(Play { source, lines, sitting, played })
    }
}

/// A source that has no errors, and the commands of its own script or of the one in a file.
pub(crate) fn read(
    name: &str,
    source: &str,
    script: Option<&Path>,
) -> Result<(Document, Vec<Json>), Answer> {
    let loaded = load(source);
    let Some(document) = loaded.document else {
        let text = excerpt::all(name, source, &loaded.diagnostics);
        return Err(Answer { text, code: NO });
    };
    let lines = match script {
        None if document.script.is_empty() && document.found.is_none() => {
            vec![json!({ "runWf": {} })]
        }
        None => document.script.clone(),
        Some(script) => {
            let text = input::read(script).map_err(|()| Answer::unknown())?;
            load_script(&text, &document).map_err(|diagnostics| {
                let name = input::name(script);
                let text = excerpt::of_script(&name, &text, &document, &diagnostics);
                Answer { text, code: NO }
            })?
        }
    };
    Ok((document, lines))
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
