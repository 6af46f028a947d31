//! The same commands under the documented rules and under the server's: where they part, and by which deviation.

use halter_engine::{Command, Deviation, Program, RunState, Semantics, Unobserved, step};

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
        return Some(Parting {
            step: index,
            deviations,
        });
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
    Deviation::ALL
        .iter()
        .map(|(d, ..)| *d)
        .filter(|d| semantics.has(*d))
        .collect()
}
