//! The same commands under the documented rules and under the server's: where they part, and by which deviation.

use std::sync::Arc;

use halter_engine::occurrence::{Observer, Occurrence};
use halter_engine::{Command, Deviation, Program, RunState, Semantics, Unobserved};

use crate::sitting::{Sitting, Step, common};
use crate::step::step;

/// A run that pauses where the semantics part looks at no more commands than this: they are played anew each time.
pub const MAX_COMPARED_STEPS: usize = 300;

/// The same commands under both semantics, up to the step where they part.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Where, and by which deviations.
    pub parting: Divergence,
    /// The run under the documented rules.
    pub documented: Sitting,
    /// The run under those of the server.
    pub server: Sitting,
}

/// The comparison of one sitting. It remembers on which steps both semantics agree, so that each step is compared once.
#[derive(Debug, Clone, Default)]
pub struct Comparer {
    /// The sitting's program, and a copy to play others' semantics with.
    programs: Option<(Arc<Program>, Program)>,
    /// The steps on which both agree, from the first.
    agreed: Vec<Arc<Step>>,
    /// The step after those, if they part there, and how.
    parted: Option<(Arc<Step>, Arc<Comparison>)>,
    effort: usize,
}

impl Comparer {
    /// Compares a sitting up to its cursor; `None` if both semantics agree on all of it.
    pub fn up_to_cursor(&mut self, sitting: &Sitting) -> Option<Arc<Comparison>> {
        let known = self.programs.as_ref();
        if known.is_none_or(|(program, _)| !Arc::ptr_eq(program, sitting.program())) {
            let program = Arc::clone(sitting.program());
            let copy = Program::clone(&program);
            *self = Comparer { programs: Some((program, copy)), ..Comparer::default() };
        }
        let steps = sitting.steps().get(..sitting.cursor())?;
        let mut at = common(&self.agreed, steps);
        loop {
            let step = steps.get(at)?;
            let known = self.agreed.len() == at;
            if known && self.parted.as_ref().is_some_and(|(of, _)| Arc::ptr_eq(of, step)) {
                return self.parted.as_ref().map(|(_, both)| Arc::clone(both));
            }
            self.agreed.truncate(at);
            let both = self.compare(sitting, at, step);
            self.parted = both.map(|both| (Arc::clone(step), Arc::new(both)));
            if self.parted.is_none() {
                self.agreed.push(Arc::clone(step));
                at += 1;
            }
        }
    }

    /// What it has cost so far, as in [`Limits::effort`](halter_engine::Limits::effort).
    #[must_use]
    pub fn effort(&self) -> usize {
        self.effort
    }

    /// How the semantics part at a step of a sitting before which they agree.
    fn compare(&mut self, sitting: &Sitting, at: usize, step: &Step) -> Option<Comparison> {
        let (program, copy) = self.programs.as_mut()?;
        let before = sitting.state_after(at);
        let mut spent = Spent::default();
        let mut outcome = |semantics: Semantics| {
            // What the sitting did itself need not be done again.
            if semantics == program.semantics {
                (step.state.clone(), step.refusal.as_ref().map(|refusal| refusal.code))
            } else {
                play(copy, semantics, before, &step.command, &mut spent)
            }
        };
        let (documented, server) = (outcome(Semantics::DOCUMENTED), outcome(Semantics::SERVER_1_2));
        self.effort = self.effort.saturating_add(spent.0);
        if documented == server {
            return None;
        }
        let deviations = responsible(copy, before, &step.command, &server);
        let play = |semantics| {
            let mut run = sitting.begun(at, semantics);
            run.take(step.command.clone());
            run
        };
        Some(Comparison {
            parting: Divergence { step: at, deviations },
            documented: play(Semantics::DOCUMENTED),
            server: play(Semantics::SERVER_1_2),
        })
    }
}

/// Adds up what commands cost.
#[derive(Default)]
struct Spent(usize);

impl Observer for Spent {
    fn occur(&mut self, _: Occurrence) {}

    fn spent(&mut self, effort: usize) {
        self.0 = self.0.saturating_add(effort);
    }
}

/// Where two runs of the same commands part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
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
) -> Option<Divergence> {
    let mut program = program.clone();
    let mut state = RunState::default();
    for (index, command) in commands.into_iter().enumerate() {
        let mut play = |semantics| play(&mut program, semantics, &state, command, &mut Unobserved);
        let (documented, server) = (play(Semantics::DOCUMENTED), play(Semantics::SERVER_1_2));
        if documented == server {
            state = documented.0;
            continue;
        }
        let deviations = responsible(&mut program, &state, command, &server);
        return Some(Divergence { step: index, deviations });
    }
    None
}

type Outcome = (RunState, Option<halter_engine::Code>);

fn play(
    program: &mut Program,
    semantics: Semantics,
    state: &RunState,
    command: &Command,
    observer: &mut dyn Observer,
) -> Outcome {
    program.semantics = semantics;
    let (state, outcome) = step(program, state.clone(), command, observer);
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
        if play(program, without, state, command, &mut Unobserved) == *server {
            semantics = without;
        }
    }
    Deviation::ALL.iter().map(|(d, ..)| *d).filter(|d| semantics.has(*d)).collect()
}
