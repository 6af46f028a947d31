//! What came of it, for programs.

use halter_engine::Command;
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
    let script = |commands: &[Command]| commands.iter().map(script::write).collect::<Vec<_>>();
    let (answer, counter_example, example) = match &answered.found {
        Found::Holds => ("holds", None, None),
        Found::Undecided => ("undecided", None, None),
        Found::Fails(commands) => ("fails", Some(script(commands)), None),
        Found::Can(commands) => ("holds", None, Some(script(commands))),
        Found::Cannot => ("fails", None, None),
    };
    json!({
        "property": answered.name,
        "says": answered.says,
        "answer": answer,
        "counts": answered.counts,
        "counterExample": counter_example,
        "example": example,
    })
}
