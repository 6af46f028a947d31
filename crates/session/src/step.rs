//! A step of the engine, whoever observes it: so a page holds the engine once, and not once for each observer.

use halter_engine::occurrence::Observer;
use halter_engine::{Command, Program, Refusal, RunState};

/// As [`halter_engine::step`].
pub(crate) fn step(
    program: &Program,
    state: RunState,
    command: &Command,
    mut observer: &mut dyn Observer,
) -> (RunState, Result<(), Refusal>) {
    halter_engine::step(program, state, command, &mut observer)
}
