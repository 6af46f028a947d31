//! Breadth-first through every order of what may come.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use halter_engine::state::ThreadNumber;
use halter_engine::{Command, Program, RunState};

use crate::budgets::Budgets;
use crate::canonical::Canonical;
use crate::choices::{Choices, moves};
use crate::graph::{Graph, StateSet};
use crate::make::{Made, make};
use crate::probe::{Probe, Unknown};
use crate::question::{self, Question};
use crate::seen::{MOST, Reached, Seen, StateNumber};

/// What bounds an exploration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// States; no more are looked for when so many were reached.
    pub states: usize,
    /// Bytes, as far as they can be estimated.
    pub bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds {
            states: 1_000_000,
            bytes: 512 << 20,
        }
    }
}

/// How far an exploration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// States that were reached.
    pub states: usize,
    /// Those of them whose moves were all made.
    pub expanded: usize,
    /// Moves on the shortest way to the state that is looked at: all states nearer to the start were looked at.
    pub depth: usize,
    /// Bytes that are held, as far as they can be estimated.
    pub bytes: usize,
    /// Whether it goes on.
    pub phase: Phase,
}

/// Whether an exploration goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// There is more to look at.
    Running,
    /// Every state that can be reached with these choices was looked at.
    Complete,
    /// As many states were reached as may be.
    StoppedAtStates,
    /// It would need more memory than it may have.
    StoppedAtBytes,
}

/// What is known of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It is so: every state that can be reached with these choices was looked at.
    Holds,
    /// It is so in every state that was looked at, but there are more.
    Undecided,
    /// It is not: the shortest way there.
    Fails(Vec<Command>),
}

/// An exploration. It goes on by pieces: see [`Explorer::run`].
#[derive(Debug)]
pub struct Explorer {
    pub(crate) program: Arc<Program>,
    pub(crate) choices: Choices,
    bounds: Bounds,
    start: RunState,
    pub(crate) canonical: Canonical,
    pub(crate) seen: Seen,
    frontier: VecDeque<Waiting>,
    pub(crate) budgets: Budgets,
    pub(crate) graph: Graph,
    /// The states in which the run is over.
    pub(crate) over: StateSet,
    /// The states in which a ThreadRun is HALTING.
    pub(crate) halting: Vec<(ThreadNumber, StateNumber)>,
    pub(crate) expanded: usize,
    depth: usize,
    phase: Phase,
    /// The first state, that is the nearest, at which the answer to a question is no.
    failures: HashMap<Question, Failure>,
}

/// Where the answer to a question is no.
#[derive(Debug, Clone, Copy)]
struct Failure {
    /// In this state,
    state: StateNumber,
    /// or when this move is made in it.
    by: Option<u16>,
}

/// A state whose moves are still to be made.
#[derive(Debug)]
struct Waiting {
    state: RunState,
    left: u32,
    depth: u32,
}

fn reachable(found: Result<Option<StateNumber>, Unknown>) -> Result<Option<Failure>, Unknown> {
    let failure = |state| Failure { state, by: None };
    found.map(|state| state.map(failure))
}

impl Explorer {
    /// An exploration from the start of a run.
    #[must_use]
    pub fn new(program: Arc<Program>, choices: Choices, bounds: Bounds) -> Explorer {
        Self::from(program, choices, bounds, RunState::default())
    }

    /// An exploration of what may come after a state.
    #[must_use]
    pub fn from(
        program: Arc<Program>,
        choices: Choices,
        bounds: Bounds,
        start: RunState,
    ) -> Explorer {
        let mut explorer = Explorer {
            program,
            choices,
            bounds,
            start: start.clone(),
            canonical: Canonical::default(),
            seen: Seen::default(),
            frontier: VecDeque::new(),
            budgets: Budgets::default(),
            graph: Graph::default(),
            over: StateSet::default(),
            halting: Vec::new(),
            expanded: 0,
            depth: 0,
            phase: Phase::Running,
            failures: HashMap::new(),
        };
        let left = explorer.budgets.number(&explorer.choices.budgets());
        explorer.reach(start, left, Reached { from: 0, by: 0 }, 0);
        explorer
    }

    /// Looks at more states, at most so many; says how far it is.
    pub fn run(&mut self, most: usize) -> Progress {
        for _ in 0..most {
            if self.phase != Phase::Running {
                break;
            }
            let Some(waiting) = self.frontier.pop_front() else {
                self.phase = Phase::Complete;
                break;
            };
            self.depth = waiting.depth as usize;
            self.expand(&waiting);
            self.expanded += 1;
            if self.phase == Phase::Running && self.frontier.is_empty() {
                self.phase = Phase::Complete;
            }
        }
        self.progress()
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            states: self.seen.len(),
            expanded: self.expanded,
            depth: self.depth,
            bytes: self.bytes(),
            phase: self.phase,
        }
    }

    /// The answer to a question, as far as it is known.
    ///
    /// For what can always still be reached, all that was looked at is gone through once more.
    #[must_use]
    pub fn answer(&self, question: Question) -> Answer {
        let failure = match question {
            Question::CanFinish => reachable(Probe::new(self).can_finish()),
            Question::NoEndlessHalting => reachable(Probe::new(self).can_halt()),
            _ => Ok(self.failures.get(&question).copied()),
        };
        match failure {
            Ok(Some(failure)) => Answer::Fails(self.way_to(failure)),
            Ok(None) if self.phase == Phase::Complete => Answer::Holds,
            Ok(None) | Err(Unknown) => Answer::Undecided,
        }
    }

    fn expand(&mut self, waiting: &Waiting) {
        let number = self.expanded as StateNumber;
        let left = self.budgets.left(waiting.left);
        let chosen = moves(&self.program, &self.choices, &waiting.state, &left);
        let mut moved = false;
        for (chosen, by) in chosen.iter().zip(0_u16..) {
            let state = match make(&self.program, &waiting.state, chosen) {
                Made::State(state) => state,
                Made::Lost => {
                    self.fails(Question::NoInternalError, number, Some(by));
                    continue;
                }
                Made::Refused => continue,
            };
            moved |= question::has_moved(&waiting.state, &state);
            let left = match chosen.spends {
                Some(budget) => {
                    let mut left = left.to_vec();
                    left[budget] -= 1;
                    self.budgets.number(&left)
                }
                None => waiting.left,
            };
            if self.seen.len() >= self.bounds.states.min(MOST) {
                self.phase = Phase::StoppedAtStates;
                return;
            }
            let reached = Reached { from: number, by };
            let next = self.reach(state, left, reached, waiting.depth + 1);
            self.graph.leads_to(next);
        }
        self.graph.expanded();
        if !moved && !question::is_over(&waiting.state) && self.is_stuck(&waiting.state) {
            self.fails(Question::NoDeadlock, number, None);
        }
        if self.expanded.is_multiple_of(1_024) && self.bytes() > self.bounds.bytes {
            self.phase = Phase::StoppedAtBytes;
        }
    }

    /// Whether nothing that could come moves the run, whatever the budgets.
    fn is_stuck(&self, state: &RunState) -> bool {
        let choices = Choices {
            time: true,
            cancel_forms: true,
            ..self.choices.clone()
        };
        let budgets = vec![1; choices.events.len()];
        moves(&self.program, &choices, state, &budgets)
            .iter()
            .all(|chosen| match make(&self.program, state, chosen) {
                Made::State(after) => !question::has_moved(state, &after),
                Made::Lost | Made::Refused => true,
            })
    }

    fn reach(&mut self, state: RunState, left: u32, reached: Reached, depth: u32) -> StateNumber {
        let fingerprint = self.canonical.fingerprint(&state) ^ self.budgets.fingerprint(left);
        let (number, new) = self.seen.insert(fingerprint, reached);
        if !new {
            return number;
        }
        if question::is_over(&state) {
            self.over.insert(number);
        }
        for &thread in &state.live {
            if question::is_halting(&state, thread) {
                self.halting.push((thread, number));
            }
        }
        let found = [
            (Question::NoLostEvent, question::has_lost_event(&state)),
            (
                Question::NoHandlerFailure,
                question::has_failed_handler(&state),
            ),
            (
                Question::NoInternalError,
                question::has_internal_error(&state),
            ),
        ];
        for (question, fails) in found {
            if fails {
                self.fails(question, number, None);
            }
        }
        self.frontier.push_back(Waiting { state, left, depth });
        number
    }

    /// Only the first counts: it is the nearest.
    fn fails(&mut self, question: Question, state: StateNumber, by: Option<u16>) {
        let failure = Failure { state, by };
        self.failures.entry(question).or_insert(failure);
    }

    /// The commands of the shortest way there.
    fn way_to(&self, failure: Failure) -> Vec<Command> {
        self.follow(failure).0
    }

    /// A state that was reached, made again.
    pub(crate) fn state(&self, state: StateNumber) -> RunState {
        self.follow(Failure { state, by: None }).1
    }

    /// The commands of the shortest way, and the state at its end.
    fn follow(&self, failure: Failure) -> (Vec<Command>, RunState) {
        let mut by: Vec<u16> = failure.by.into_iter().collect();
        let mut at = failure.state;
        while let Some(reached) = self.seen.reached(at) {
            by.push(reached.by);
            at = reached.from;
        }
        let mut state = self.start.clone();
        let mut left = self.choices.budgets();
        let mut commands = Vec::new();
        for &by in by.iter().rev() {
            let mut moves = moves(&self.program, &self.choices, &state, &left);
            if usize::from(by) >= moves.len() {
                break;
            }
            let chosen = moves.swap_remove(usize::from(by));
            if let Made::State(after) = make(&self.program, &state, &chosen) {
                state = after;
            }
            if let Some(left) = chosen.spends.and_then(|budget| left.get_mut(budget)) {
                *left = left.saturating_sub(1);
            }
            commands.push(chosen.command);
            commands.extend(chosen.then);
        }
        (commands, state)
    }

    fn bytes(&self) -> usize {
        // A state shares most of its ThreadRuns with the one that it came from: about two of them are its own.
        let threads = self.frontier.back().map_or(0, |w| w.state.threads.len());
        let waiting = size_of::<Waiting>() + size_of::<usize>() * threads + 1_024;
        self.seen.bytes() + self.graph.bytes() + self.over.bytes() + self.frontier.len() * waiting
    }
}
