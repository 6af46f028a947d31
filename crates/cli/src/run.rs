//! `halter run`: a script is played, and what happens is told with its reasons.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::trace::state_json;
use halter_session::words::{self, Names, Teller};
use halter_session::{Cause, Sitting, Step, script, view};
use halter_spec::load;
use serde_json::{Value as Json, json};

use crate::arguments::Format;
use crate::{check, input};

/// Plays a source.
pub(crate) fn run(
    file: &Path,
    script: Option<&Path>,
    semantics: Semantics,
    format: Format,
) -> ExitCode {
    let Ok(text) = input::read(file) else {
        return ExitCode::from(2);
    };
    let loaded = load(&text);
    let Some(document) = loaded.document else {
        check::tell(file, &text, &loaded.diagnostics);
        return ExitCode::FAILURE;
    };
    let mut sitting = match Sitting::new(Arc::new(document), semantics) {
        Ok(sitting) => sitting,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::FAILURE;
        }
    };
    let lines = match script {
        None if sitting.document().script.is_empty() => vec![json!({ "runWf": {} })],
        None => sitting.document().script.clone(),
        Some(script) => match read_script(script) {
            Ok(lines) => lines,
            Err(code) => return code,
        },
    };
    let mut broken = None;
    for (number, line) in (1..).zip(&lines) {
        match script::read(line, &sitting) {
            Ok(command) => {
                sitting.take(command);
            }
            Err(why) => {
                broken = Some(format!(
                    "command {number} of the script can't be read: {why}"
                ));
                break;
            }
        }
    }
    match format {
        Format::Text => tell(&sitting),
        Format::Json => println!("{}", in_json(&sitting)),
    }
    match broken {
        Some(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
        None => ExitCode::SUCCESS,
    }
}

fn read_script(file: &Path) -> Result<Vec<Json>, ExitCode> {
    let text = input::read(file).map_err(|()| ExitCode::from(2))?;
    serde_json::from_str(&text).map_err(|error| {
        eprintln!(
            "{}: it is no JSON list of commands: {error}",
            file.display()
        );
        ExitCode::FAILURE
    })
}

/// What happened in one step: number, rule, sentence, cause.
fn told(sitting: &Sitting, index: usize, step: &Step) -> Vec<(u32, &'static str, String, Cause)> {
    let names = Names::new(sitting.program(), &step.state);
    let mut teller = Teller::new(names, sitting.state_after(index));
    let sentence = |told: &halter_session::Told| {
        (told.id, told.rule.id(), teller.tell(&told.what), told.cause)
    };
    step.told.iter().map(sentence).collect()
}

/// Prints the run for people.
fn tell(sitting: &Sitting) {
    for (index, step) in sitting.steps().iter().enumerate() {
        let names = Names::new(sitting.program(), &step.state);
        println!("{}. {}", index + 1, words::command(&names, &step.command));
        if let Some(refusal) = &step.refusal {
            println!("     refused: {refusal}");
        }
        for (id, rule, sentence, cause) in told(sitting, index, step) {
            let because = match cause {
                Cause::Command => String::new(),
                Cause::Occurrence(cause) => format!(", because of #{cause}"),
            };
            println!("  #{id:<4} {sentence} ({rule}{because})");
        }
    }
    let run = view::run(sitting);
    println!();
    println!(
        "WfRun {}",
        run.status.map_or("not started", |status| status.name())
    );
    for thread in &run.threads {
        let reasons: Vec<&str> = thread.reasons.iter().map(|reason| reason.name).collect();
        let reasons = if reasons.is_empty() {
            String::new()
        } else {
            format!(" [{}]", reasons.join(" "))
        };
        println!(
            "  ThreadRun {} ({}) {}{reasons}",
            thread.number,
            thread.spec_name,
            thread.status.name()
        );
        if !thread.waits.is_empty() {
            println!("      {}", thread.waits);
        }
    }
    let state = state_json(sitting.program(), sitting.state());
    for (thread, variables) in state["variables"].as_object().into_iter().flatten() {
        for (name, value) in variables.as_object().into_iter().flatten() {
            println!("  {thread}.{name} = {value}");
        }
    }
}

/// The run for programs: a list of steps, each with the state after it in the form of the recorded traces.
fn in_json(sitting: &Sitting) -> Json {
    let step = |(index, step): (usize, &Step)| {
        let names = Names::new(sitting.program(), &step.state);
        let occurrences =
            told(sitting, index, step)
                .into_iter()
                .map(|(id, rule, sentence, cause)| {
                    let cause = match cause {
                        Cause::Command => Json::Null,
                        Cause::Occurrence(cause) => cause.into(),
                    };
                    json!({ "id": id, "rule": rule, "sentence": sentence, "cause": cause })
                });
        let refused = step
            .refusal
            .as_ref()
            .map(|r| json!({ "code": r.code.name(), "message": r.message }));
        json!({
            "command": words::command(&names, &step.command),
            "refused": refused,
            "occurrences": occurrences.collect::<Vec<_>>(),
            "state": state_json(sitting.program(), &step.state),
        })
    };
    sitting.steps().iter().enumerate().map(step).collect()
}
