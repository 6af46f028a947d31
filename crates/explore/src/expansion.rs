//! What comes of one state: all its moves, and what is worth knowing of where they lead.

use halter_engine::state::ThreadNumber;
use halter_engine::{Program, RunState};
use xxhash_rust::xxh3::xxh3_128;

use crate::canonical::{Canonical, Fingerprint};
use crate::choices::{Budget, Choices, moves};
use crate::claims::Met;
use crate::coverage::Reach;
use crate::make::{Made, make};
use crate::question::{self, Question};
use crate::seen::{Seen, StateNumber};

/// All moves of one state.
#[derive(Debug, Default)]
pub(crate) struct Expansion {
    pub(crate) successors: Vec<Successor>,
    /// The first move with which the engine broke off.
    pub(crate) loses: Option<u16>,
    /// Whether nothing that could come moves the run.
    pub(crate) is_stuck: bool,
    /// The claims that fail, or are met, in a move.
    pub(crate) met: Vec<Met>,
}

/// Where a move leads.
#[derive(Debug)]
pub(crate) enum Successor {
    /// To a state that was reached before.
    Known(StateNumber),
    /// To one that was not, when it was looked for.
    New(Box<Found>),
}

/// A state that was not reached before.
#[derive(Debug)]
pub(crate) struct Found {
    /// With what is left of the budgets.
    pub(crate) fingerprint: Fingerprint,
    pub(crate) state: RunState,
    pub(crate) left: Vec<Budget>,
    /// By which move.
    pub(crate) by: u16,
    pub(crate) marks: Marks,
}

/// What is worth knowing of a state.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) is_over: bool,
    pub(crate) halting: Vec<ThreadNumber>,
    /// The questions whose answer is no there.
    pub(crate) fails: Vec<Question>,
}

impl Marks {
    pub(crate) fn of(state: &RunState) -> Marks {
        let questions = [
            (Question::NoLostEvent, question::has_lost_event(state)),
            (Question::NoHandlerFailure, question::has_failed_handler(state)),
            (Question::NoInternalError, question::has_internal_error(state)),
        ];
        let live = state.live.iter().copied();
        Marks {
            is_over: question::is_over(state),
            halting: live.filter(|&number| question::is_halting(state, number)).collect(),
            fails: questions
                .into_iter()
                .filter_map(|(question, fails)| fails.then_some(question))
                .collect(),
        }
    }
}

/// Makes moves; each thread of the machine has one.
#[derive(Debug, Default)]
pub(crate) struct Mover {
    canonical: Canonical,
    pub(crate) reach: Reach,
}

impl Mover {
    pub(crate) fn fingerprint(&mut self, state: &RunState, left: &[Budget]) -> Fingerprint {
        self.canonical.fingerprint(state) ^ xxh3_128(left)
    }

    /// Makes all moves of a state.
    pub(crate) fn expand(
        &mut self,
        program: &Program,
        choices: &Choices,
        seen: &Seen,
        state: &RunState,
        left: &[Budget],
    ) -> Expansion {
        let mut expansion = Expansion::default();
        let mut moved = false;
        for (chosen, by) in moves(program, choices, state, left).iter().zip(0_u16..) {
            let after = match make(program, state, chosen) {
                Made::State(after) => after,
                Made::Lost => {
                    expansion.loses.get_or_insert(by);
                    continue;
                }
                Made::Refused => continue,
            };
            moved = moved || question::has_moved(state, &after);
            self.reach.note(state, &after);
            let mut left = left.to_vec();
            if let Some(budget) = chosen.spends.and_then(|budget| left.get_mut(budget)) {
                *budget = budget.saturating_sub(1);
            }
            let memory = left.get_mut(choices.memory_begins()..).unwrap_or_default();
            let met = &mut expansion.met;
            choices.claims.note(state, &after, memory, by, met);
            let fingerprint = self.fingerprint(&after, &left);
            let successor = match seen.find(fingerprint) {
                Some(number) => Successor::Known(number),
                None => Successor::New(Box::new(Found {
                    fingerprint,
                    marks: Marks::of(&after),
                    state: after,
                    left,
                    by,
                })),
            };
            expansion.successors.push(successor);
        }
        expansion.is_stuck =
            !moved && !question::is_over(state) && is_stuck(program, choices, state);
        if expansion.is_stuck {
            let memory = left.get(choices.memory_begins()..).unwrap_or_default();
            expansion.met.extend(choices.claims.owed(memory));
        }
        expansion
    }
}

/// Whether nothing that could come moves the run, whatever the budgets.
fn is_stuck(program: &Program, choices: &Choices, state: &RunState) -> bool {
    let choices = Choices { time: true, cancel_forms: true, ..choices.clone() };
    let budgets = vec![1; choices.events.len()];
    moves(program, &choices, state, &budgets).iter().all(|chosen| {
        match make(program, state, chosen) {
            Made::State(after) => !question::has_moved(state, &after),
            Made::Lost | Made::Refused => true,
        }
    })
}
