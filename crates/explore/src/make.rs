//! Makes a move.

use halter_engine::{Code, Program, RunState, Unobserved, step_in_place};

use crate::choices::Move;

/// What became of a move.
#[allow(clippy::large_enum_variant, reason = "it lives for a moment, and states are the rule")]
pub(crate) enum Made {
    /// It led there.
    State(RunState),
    /// The engine broke off.
    Lost,
    /// It can't be made.
    Refused,
}

pub(crate) fn make(program: &Program, from: &RunState, chosen: &Move) -> Made {
    let mut state = from.clone();
    let loses = program.semantics.may_break_off();
    for command in [Some(&chosen.command), chosen.then.as_ref()].into_iter().flatten() {
        let before = loses.then(|| state.clone());
        match step_in_place(program, &mut state, command, &mut Unobserved) {
            // A lost report is not refused: nothing has happened.
            Ok(()) if before.as_ref() == Some(&state) => return Made::Lost,
            Ok(()) => {}
            Err(refusal) if refusal.code == Code::Internal => return Made::Lost,
            Err(_) => return Made::Refused,
        }
    }
    Made::State(state)
}
