//! Makes a move.

use halter_engine::{Command, Observer, Program, RunState, Unobserved, step_in_place};

use crate::choices::Move;

/// What became of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// It was made.
    Done,
    /// The engine broke off.
    Lost,
    /// It can't be made.
    Refused,
}

/// Makes a move in a copy of the state in which it is made. If it can't be made, what becomes of the copy is
/// nobody's business.
pub(crate) fn make_in(
    program: &Program,
    from: &RunState,
    copy: &mut RunState,
    chosen: &Move,
    observer: &mut impl Observer,
) -> Made {
    let loses = program.semantics.may_break_off();
    match take(program, copy, &chosen.command, observer) {
        // A lost report is not refused: nothing has happened.
        Made::Done if loses && copy == from => return Made::Lost,
        Made::Done => {}
        other => return other,
    }
    let Some(then) = &chosen.then else {
        return Made::Done;
    };
    let before = loses.then(|| copy.clone());
    match take(program, copy, then, observer) {
        Made::Done if before.as_ref() == Some(copy) => Made::Lost,
        other => other,
    }
}

/// The state to which a move leads.
pub(crate) fn make(program: &Program, from: &RunState, chosen: &Move) -> Option<RunState> {
    let mut copy = from.clone();
    let made = make_in(program, from, &mut copy, chosen, &mut Unobserved);
    (made == Made::Done).then_some(copy)
}

fn take(
    program: &Program,
    state: &mut RunState,
    command: &Command,
    observer: &mut impl Observer,
) -> Made {
    match step_in_place(program, state, command, observer) {
        Ok(()) => Made::Done,
        Err(refusal) if refusal.code.is_lost() => Made::Lost,
        Err(_) => Made::Refused,
    }
}
