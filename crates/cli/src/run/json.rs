//! A run for programs: a list of steps, each with the state after it in the form of the recorded traces.

use halter_session::trace::state_json;
use halter_session::words::{self, Names, Teller};
use halter_session::{Cause, Sitting, Step};
use serde_json::{Value as Json, json};

/// The steps, and the lines of the script that they come from.
pub(super) fn tell(sitting: &Sitting, lines: &[Json]) -> Json {
    let steps = sitting.steps().iter().zip(lines).enumerate();
    steps.map(|(index, (step, line))| tell_step(sitting, index, step, line)).collect()
}

fn tell_step(sitting: &Sitting, index: usize, step: &Step, line: &Json) -> Json {
    let names = Names::new(sitting.program(), &step.state);
    let sentence = words::command(&names, &step.command);
    let refused = step
        .refusal
        .as_ref()
        .map(|refusal| json!({ "code": refusal.code.name(), "rule": refusal.rule.id(), "message": refusal.message }));
    let mut teller = Teller::new(names, sitting.state_after(index));
    let occurrences = step.told.iter().map(|told| {
        let cause = match told.cause {
            Cause::Command => Json::Null,
            Cause::Occurrence(cause) => cause.into(),
        };
        let sentence = teller.tell(&told.what);
        json!({ "id": told.id, "rule": told.rule.id(), "sentence": sentence, "cause": cause })
    });
    json!({
        "command": line,
        "sentence": sentence,
        "refused": refused,
        "occurrences": occurrences.collect::<Vec<_>>(),
        "state": state_json(sitting.program(), &step.state),
    })
}
