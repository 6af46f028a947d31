//! What came of it, for programs.

use halter_explore::{Answer as Found, Phase};
use halter_session::script;
use serde_json::{Value as Json, json};

use super::{Answered, Outcome, text};

/// One object: what was looked at, the answers, what was never reached.
pub(super) fn tell(outcome: &Outcome<'_>) -> Json {
    let progress = outcome.explorer.progress();
    let stopped = match progress.phase {
        Phase::Running | Phase::Complete => Json::Null,
        Phase::StoppedAtStates => "states".into(),
        Phase::StoppedAtBytes => "memory".into(),
    };
    json!({
        "semantics": outcome.explorer.program().semantics.name(),
        "states": progress.states,
        "depth": progress.depth,
        "bytes": progress.bytes,
        "stoppedAt": stopped,
        "properties": outcome.answered.iter().map(property).collect::<Vec<_>>(),
        "neverReached": text::missing(outcome),
    })
}

fn property(answered: &Answered) -> Json {
    let (answer, counter_example) = match &answered.found {
        Found::Holds => ("holds", None),
        Found::Undecided => ("undecided", None),
        Found::Fails(commands) => {
            let script = commands.iter().map(script::write);
            ("fails", Some(script.collect::<Vec<_>>()))
        }
    };
    json!({
        "property": answered.question.id(),
        "says": answered.question.sentence(),
        "answer": answer,
        "counts": answered.counts,
        "counterExample": counter_example,
    })
}
