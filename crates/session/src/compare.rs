//! The same commands under the documented rules and under the server's: where they part, and by which deviation.

use std::sync::Arc;

use halter_engine::{Command, Deviation, Program, RunState, Semantics, Unobserved, step};

use crate::sitting::Sitting;

/// A sitting with more commands than this is not compared: both runs are played anew each time.
pub const MAX_COMPARED_STEPS: usize = 300;

/// The same commands under both semantics, up to the step where they part.
#[derive(Debug, Clone)]
pub struct Both {
    /// Where, and by which deviations.
    pub parting: Parting,
    /// The run under the documented rules.
    pub documented: Sitting,
    /// The run under those of the server.
    pub server: Sitting,
}

/// Compares the commands of a sitting up to its cursor; `None` if both semantics agree on all of them.
#[must_use]
pub fn both(sitting: &Sitting) -> Option<Both> {
    let steps = sitting.steps().get(..sitting.cursor().min(MAX_COMPARED_STEPS))?;
    let parting = parting(sitting.program(), steps.iter().map(|step| &step.command))?;
    let play = |semantics| {
        let mut run = Sitting::new(Arc::clone(sitting.document()), semantics).ok()?;
        for step in steps.get(..=parting.step)? {
            run.take(step.command.clone());
        }
        Some(run)
    };
    let (documented, server) = (play(Semantics::DOCUMENTED)?, play(Semantics::SERVER_1_2)?);
    Some(Both { parting, documented, server })
}

/// Where two runs of the same commands part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// Index of the command, from 0.
    pub step: usize,
    /// The deviations without which they would not part there.
    pub deviations: Vec<Deviation>,
}

/// Plays the commands under both semantics until the states or the answers differ.
///
/// `program` is compiled once; its own semantics do not count.
#[must_use]
pub fn parting<'c>(
    program: &Program,
    commands: impl IntoIterator<Item = &'c Command>,
) -> Option<Parting> {
    let mut program = program.clone();
    let mut state = RunState::default();
    for (index, command) in commands.into_iter().enumerate() {
        let documented = play(&mut program, Semantics::DOCUMENTED, &state, command);
        let server = play(&mut program, Semantics::SERVER_1_2, &state, command);
        if documented == server {
            state = documented.0;
            continue;
        }
        let deviations = responsible(&mut program, &state, command, &server);
        return Some(Parting { step: index, deviations });
    }
    None
}

type Outcome = (RunState, Option<halter_engine::Code>);

fn play(
    program: &mut Program,
    semantics: Semantics,
    state: &RunState,
    command: &Command,
) -> Outcome {
    program.semantics = semantics;
    let (state, outcome) = step(program, state.clone(), command, &mut Unobserved);
    (state, outcome.err().map(|refusal| refusal.code))
}

/// A smallest set of deviations that makes of the documented step what the server does.
fn responsible(
    program: &mut Program,
    state: &RunState,
    command: &Command,
    server: &Outcome,
) -> Vec<Deviation> {
    let mut semantics = Semantics::SERVER_1_2;
    for (deviation, ..) in Deviation::ALL {
        let without = semantics.without(deviation);
        if play(program, without, state, command) == *server {
            semantics = without;
        }
    }
    Deviation::ALL.iter().map(|(d, ..)| *d).filter(|d| semantics.has(*d)).collect()
}
