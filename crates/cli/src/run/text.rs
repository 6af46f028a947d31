//! A run for people: what happened, then how everything stands.

use std::fmt::Write as _;

use halter_session::view::{self, RunView, ThreadView};
use halter_session::words::{self, Names, Teller};
use halter_session::{Cause, Sitting, Step};

use crate::table;

/// Characters of a variable's value that are shown.
const MAX_VALUE: usize = 120;

/// The whole run. Writing to a String can't fail.
pub(super) fn tell(sitting: &Sitting) -> String {
    let mut out = String::new();
    for (index, step) in sitting.steps().iter().enumerate() {
        tell_step(&mut out, sitting, index, step);
    }
    let run = view::run(sitting);
    let status = run.status.map_or("not started", |status| status.name());
    let _ = writeln!(out, "\nWfRun {status}");
    tell_threads(&mut out, &run);
    tell_variables(&mut out, sitting, &run);
    for event in &run.unclaimed {
        let _ = writeln!(out, "\nNobody has claimed {event}.");
    }
    out
}

fn tell_step(out: &mut String, sitting: &Sitting, index: usize, step: &Step) {
    let names = Names::new(sitting.program(), &step.state);
    let _ = writeln!(out, "{}. {}", index + 1, words::command(&names, &step.command));
    if let Some(refusal) = &step.refusal {
        let _ = writeln!(out, "     refused: {refusal} ({})", refusal.rule.id());
    }
    let mut teller = Teller::new(names, sitting.state_after(index));
    for told in &step.told {
        let because = match told.cause {
            Cause::Command => String::new(),
            Cause::Occurrence(cause) => format!(", because of #{cause}"),
        };
        let sentence = teller.tell(&told.what);
        let _ = writeln!(out, "  #{:<4} {sentence} ({}{because})", told.id, told.rule.id());
    }
}

fn tell_threads(out: &mut String, run: &RunView) {
    if run.threads.is_empty() {
        return;
    }
    let row = |thread: &ThreadView| {
        let reasons: Vec<&str> = thread.reasons.iter().map(|reason| reason.name).collect();
        [
            thread.key(),
            thread.spec_name.clone(),
            thread.status.name().to_owned(),
            reasons.join(" "),
            thread.waits.clone(),
        ]
    };
    let rows: Vec<_> = run.threads.iter().map(row).collect();
    let heading = ["ThreadRun", "ThreadSpec", "status", "halt reasons", "waits"];
    out.push('\n');
    table::write(out, heading, &rows);
}

fn tell_variables(out: &mut String, sitting: &Sitting, run: &RunView) {
    let mut rows = Vec::new();
    for thread in &run.threads {
        let own = view::scopes(sitting, thread.number).into_iter().next();
        for variable in own.into_iter().flat_map(|scope| scope.variables) {
            let value = variable.value.map_or_else(|| "masked".to_owned(), shortened);
            rows.push([thread.key(), variable.name, variable.of.clone(), value]);
        }
    }
    if !rows.is_empty() {
        out.push('\n');
        table::write(out, ["ThreadRun", "variable", "type", "value"], &rows);
    }
}

fn shortened(value: String) -> String {
    match value.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value,
    }
}
