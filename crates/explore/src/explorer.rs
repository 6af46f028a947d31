//! Breadth-first through every order of what may come.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use halter_engine::state::ThreadNumber;
use halter_engine::{Command, Program, RunState};

use crate::budgets::Budgets;
use crate::choices::{Budget, Choices, moves};
use crate::coverage::{Coverage, Reach};
use crate::expansion::{Expansion, Found, Marks, Mover, Successor};
use crate::graph::{Graph, StateSet};
use crate::groups::Groups;
use crate::make::{Made, make};
use crate::probe::{Probe, Unknown};
use crate::question::Question;
use crate::seen::{MOST, Reached, Seen, StateNumber};

/// States that are taken from the frontier together. What comes of them is held at once.
const AT_ONCE: usize = 1_024;

/// States that one thread of the machine takes together.
const PIECE: usize = 64;

/// New states for which there must be room before the next are taken.
const GROWTH: usize = 8 * AT_ONCE;

/// What bounds an exploration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// States; no more are looked for when so many were reached.
    pub states: usize,
    /// Bytes, as [`Explorer::metered`] tells them, or as far as they can be estimated.
    pub bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { states: 1_000_000, bytes: 512 << 20 }
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
    /// It can be so: the shortest way there.
    Can(Vec<Command>),
    /// It can't be so: every state that can be reached was looked at.
    Cannot,
}

/// An exploration. It goes on by pieces: see [`Explorer::run`].
#[derive(Debug)]
pub struct Explorer {
    pub(crate) program: Arc<Program>,
    pub(crate) choices: Choices,
    bounds: Bounds,
    start: RunState,
    /// Tells how many bytes are held.
    meter: Option<fn() -> Option<usize>>,
    /// One for each thread of the machine.
    movers: Vec<Mover>,
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
    /// The first move in which a claim failed or was met.
    met: HashMap<usize, Failure>,
    /// The states by their statuses, if somebody wants them.
    pub(crate) groups: Option<Groups>,
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
    left: Arc<[Budget]>,
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
            meter: None,
            movers: vec![Mover::default()],
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
            met: HashMap::new(),
            groups: None,
        };
        let left = explorer.choices.budgets();
        let found = Found {
            fingerprint: Mover::default().fingerprint(&start, &left),
            marks: Marks::of(&start),
            state: start,
            left,
            by: 0,
        };
        explorer.reach(found, Reached { from: 0, by: 0 }, 0);
        explorer
    }

    /// Looks at more states, at most so many; says how far it is.
    pub fn run(&mut self, most: usize) -> Progress {
        let mut movers = std::mem::take(&mut self.movers);
        let mut rest = most;
        while rest > 0 && self.phase == Phase::Running {
            let at_once = rest.min(AT_ONCE).min(self.frontier.len());
            let batch: Vec<Waiting> = self.frontier.drain(..at_once).collect();
            if let [mover] = &mut movers[..] {
                for waiting in &batch {
                    let expansion = self.expand(mover, waiting);
                    self.take(waiting, expansion);
                }
            } else {
                let expansions = self.expand_side_by_side(&mut movers, &batch);
                for (waiting, expansion) in batch.iter().zip(expansions) {
                    self.take(waiting, expansion);
                }
            }
            rest -= at_once;
            if self.phase == Phase::Running && self.frontier.is_empty() {
                self.phase = Phase::Complete;
            } else if self.phase == Phase::Running
                && self.bytes().saturating_add(self.seen.growth(GROWTH)) > self.bounds.bytes
            {
                self.phase = Phase::StoppedAtBytes;
            }
        }
        self.movers = movers;
        self.progress()
    }

    /// Several threads of the machine make moves from now on. What is found, and its order, stay the same.
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Explorer {
        self.movers.resize_with(threads.get(), Mover::default);
        self
    }

    /// What tells how many bytes are held from now on, such as the size of the process; where it can't, they are estimated.
    #[must_use]
    pub fn metered(self, meter: fn() -> Option<usize>) -> Explorer {
        Explorer { meter: Some(meter), ..self }
    }

    fn expand(&self, mover: &mut Mover, waiting: &Waiting) -> Expansion {
        let (state, left) = (&waiting.state, &waiting.left);
        mover.expand(&self.program, &self.choices, &self.seen, state, left)
    }

    /// Expands states on several threads, each of which takes the next few until there are none left.
    fn expand_side_by_side(&self, movers: &mut [Mover], batch: &[Waiting]) -> Vec<Expansion> {
        let next = AtomicUsize::new(0);
        let pieces: Vec<&[Waiting]> = batch.chunks(PIECE).collect();
        let work = |mover: &mut Mover| {
            let mut done = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(piece) = pieces.get(number) else {
                    return done;
                };
                let expansions = piece.iter().map(|waiting| self.expand(mover, waiting));
                done.push((number, expansions.collect::<Vec<_>>()));
            }
        };
        let mut done = std::thread::scope(|scope| {
            let work = &work;
            let [own, others @ ..] = movers else {
                return Vec::new();
            };
            // A machine that gives no more threads does with those that it gave: this one is always there.
            let helpers = others.iter_mut().take(pieces.len().saturating_sub(1));
            let workers: Vec<_> = helpers
                .map_while(|mover| {
                    std::thread::Builder::new().spawn_scoped(scope, move || work(mover)).ok()
                })
                .collect();
            let mut done = work(own);
            for worker in workers {
                match worker.join() {
                    Ok(more) => done.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            done
        });
        done.sort_unstable_by_key(|(number, _)| *number);
        done.into_iter().flat_map(|(_, expansions)| expansions).collect()
    }

    /// Notes what came of a state.
    fn take(&mut self, waiting: &Waiting, expansion: Expansion) {
        if self.phase != Phase::Running {
            return;
        }
        let number = self.expanded as StateNumber;
        self.depth = waiting.depth as usize;
        for successor in expansion.successors {
            let next = match successor {
                Successor::Known(state) => state,
                Successor::New(found) => {
                    let from = Reached { from: number, by: found.by };
                    let Some(state) = self.reach(*found, from, waiting.depth + 1) else {
                        self.phase = Phase::StoppedAtStates;
                        return;
                    };
                    state
                }
            };
            self.graph.leads_to(next);
            if let Some(groups) = &mut self.groups {
                groups.leads(number, next);
            }
        }
        self.graph.expanded();
        self.expanded += 1;
        if expansion.loses.is_some() {
            self.fails(Question::NoInternalError, number, expansion.loses);
        }
        for met in expansion.met {
            let failure = Failure { state: number, by: met.by };
            self.met.entry(met.claim).or_insert(failure);
        }
        if expansion.is_stuck {
            self.fails(Question::NoDeadlock, number, None);
        }
    }

    /// The number of a state, unless it is new and there are as many as may be.
    fn reach(&mut self, found: Found, from: Reached, depth: u32) -> Option<StateNumber> {
        if let Some(number) = self.seen.find(found.fingerprint) {
            return Some(number);
        }
        if self.seen.len() >= self.bounds.states.min(MOST) {
            return None;
        }
        let number = self.seen.insert(found.fingerprint, from);
        if found.marks.is_over {
            self.over.insert(number);
        }
        let halting = found.marks.halting.into_iter();
        self.halting.extend(halting.map(|thread| (thread, number)));
        for question in found.marks.fails {
            self.fails(question, number, None);
        }
        if let Some(groups) = &mut self.groups {
            groups.reach(&found.state, number, depth);
        }
        let left = self.budgets.shared(&found.left);
        self.frontier.push_back(Waiting { state: found.state, left, depth });
        Some(number)
    }

    /// What no run has reached so far.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let mut reach = Reach::default();
        for mover in &self.movers {
            reach.add(&mover.reach);
        }
        reach.missing(&self.program)
    }

    /// What was explored.
    #[must_use]
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// What could come.
    #[must_use]
    pub fn choices(&self) -> &Choices {
        &self.choices
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
            Question::NoDeadlock
            | Question::NoLostEvent
            | Question::NoHandlerFailure
            | Question::NoInternalError => Ok(self.failures.get(&question).copied()),
        };
        match failure {
            Ok(Some(failure)) => Answer::Fails(self.way_to(failure)),
            Ok(None) if self.phase == Phase::Complete => Answer::Holds,
            Ok(None) | Err(Unknown) => Answer::Undecided,
        }
    }

    /// The answer to a property of the document, by its place among [`Choices::claims`]; of one that can be, the
    /// shortest way to where it is.
    #[must_use]
    pub fn claim(&self, claim: usize) -> Answer {
        let is_can = self.choices.claims.is_can(claim);
        match (self.met.get(&claim), self.phase == Phase::Complete) {
            (Some(&failure), _) if is_can => Answer::Can(self.way_to(failure)),
            (Some(&failure), _) => Answer::Fails(self.way_to(failure)),
            (None, false) => Answer::Undecided,
            (None, true) if is_can => Answer::Cannot,
            (None, true) => Answer::Holds,
        }
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

    /// The commands of the shortest way to a state.
    pub(crate) fn way(&self, state: StateNumber) -> Vec<Command> {
        self.follow(Failure { state, by: None }).0
    }

    /// A state that was reached, made again, with what is left of the budgets there.
    pub(crate) fn state_and_budgets(&self, state: StateNumber) -> (RunState, Vec<Budget>) {
        let (_, state, left) = self.follow(Failure { state, by: None });
        (state, left)
    }

    /// Where it begins.
    pub(crate) fn start(&self) -> &RunState {
        &self.start
    }

    /// The commands of the shortest way, the state at its end, and what is left of the budgets there.
    fn follow(&self, failure: Failure) -> (Vec<Command>, RunState, Vec<Budget>) {
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
        (commands, state, left)
    }

    fn bytes(&self) -> usize {
        if let Some(held) = self.meter.and_then(|meter| meter()) {
            return held;
        }
        // A state shares most of its ThreadRuns with the one that it came from: about two of them are its own.
        let threads = self.frontier.back().map_or(0, |w| w.state.threads.len());
        let waiting = size_of::<Waiting>() + size_of::<usize>() * threads + 1_024;
        let groups = self.groups.as_ref().map_or(0, Groups::bytes);
        self.seen.bytes()
            + self.graph.bytes()
            + self.over.bytes()
            + groups
            + self.frontier.len() * waiting
    }
}
