//! A run of a source, right after it was started.

use halter_engine::{Command, Limits, Program, RunState, Semantics, Unobserved, step};
use halter_spec::model::Document;

/// Starts it under the documented rules, with other limits.
pub(crate) fn started(
    document: &Document,
    change: impl FnOnce(&mut Limits),
) -> (Program, RunState) {
    let mut program = Program::compile(document, Semantics::DOCUMENTED).unwrap();
    change(&mut program.limits);
    let (state, outcome) =
        step(&program, RunState::default(), &Command::RunWf(Vec::new()), &mut Unobserved);
    assert_eq!(outcome, Ok(()));
    (program, state)
}
