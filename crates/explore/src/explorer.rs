//! Breadth-first through every order of what may come.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use halter_engine::state::ThreadNumber;
use halter_engine::{Command, Program, RunState};

use crate::budgets::{Budgets, LeftNumber};
use crate::built_in::BuiltInProperty;
use crate::choices::{Budget, Choices, moves};
use crate::coverage::{Coverage, Reach};
use crate::expansion::{Expanded, Expansions, Known, New, Part, Successor};
use crate::frontier::{Batch, Frontier, Waiting};
use crate::graph::{Graph, StateSet};
use crate::groups::{Groups, Statuses};
use crate::late::{Comes, Late};
use crate::make::make;
use crate::mover::Mover;
use crate::parts::{Interned, PartNumber, Parts};
use crate::probe::{Probe, Stuck, Unknown};
use crate::rules::RulesHeard;
use crate::seen::{MOST, Reached, Seen, StateNumber};
use crate::side_by_side::SideBySide;

/// States that are taken from the frontier together. What comes of them is held at once.
const AT_ONCE: usize = 1_024;

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

/// What is known of a property.
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
    /// What is tried,
    pub(crate) choices: Choices,
    /// and what may come.
    pub(crate) given: Choices,
    /// What may come later.
    pub(crate) late: Late,
    pub(crate) bounds: Bounds,
    pub(crate) start: RunState,
    /// Tells how many bytes are held.
    meter: Option<fn() -> Option<usize>>,
    /// One for each thread of the machine.
    movers: Vec<Mover>,
    pub(crate) seen: Seen,
    frontier: Frontier,
    /// What the states of the frontier are made of.
    parts: Parts,
    pub(crate) budgets: Budgets,
    pub(crate) graph: Graph,
    /// The states in which the run is over.
    pub(crate) over: StateSet,
    /// The states in which a ThreadRun is HALTING.
    pub(crate) halting: BTreeMap<ThreadNumber, StateSet>,
    /// The ThreadRuns of the state that is being put into the frontier.
    threads: Vec<PartNumber>,
    pub(crate) expanded: usize,
    depth: usize,
    phase: Phase,
    /// The first state, that is the nearest, at which the answer to a property is no.
    failures: HashMap<BuiltInProperty, Failure>,
    /// The first move in which a property failed or was met.
    met: HashMap<usize, Failure>,
    /// The states by their statuses, if somebody wants them.
    pub(crate) groups: Option<Groups>,
    /// See [`Explorer::without_reduction`].
    pub(crate) all: OnceLock<Option<Box<Explorer>>>,
}

/// Where the answer to a property is no.
#[derive(Debug, Clone, Copy)]
struct Failure {
    /// In this state,
    state: StateNumber,
    /// or when this move is made in it,
    by: Option<u16>,
    /// or when this has come there that was to come later.
    late: Comes,
}

/// The elements of a list at these places.
fn within<'a, T>(list: &'a [T], places: &Range<u32>) -> &'a [T] {
    list.get(places.start as usize..places.end as usize).unwrap_or_default()
}

/// The number of a part, which is kept from now on.
fn keep<T>(kind: &mut Interned<T>, part: Part, new: &[New<T>]) -> PartNumber {
    match part {
        Part::Kept(number) => number,
        Part::New(place) => new.get(place as usize).map_or(0, |new| kind.keep(new.key, &new.part)),
    }
}

fn reachable(found: Result<Option<Stuck>, Unknown>) -> Result<Option<Failure>, Unknown> {
    let failure = |stuck: Stuck| Failure {
        state: stuck.state,
        by: None,
        late: if stuck.late { Comes::All } else { Comes::Nothing },
    };
    found.map(|stuck| stuck.map(failure))
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
        let late = Late::of(&program, &choices, &start);
        let mut explorer = Explorer {
            program,
            choices: late.left_out(&choices),
            given: choices,
            late,
            bounds,
            start,
            meter: None,
            movers: Vec::new(),
            seen: Seen::default(),
            frontier: Frontier::default(),
            parts: Parts::default(),
            budgets: Budgets::default(),
            graph: Graph::default(),
            over: StateSet::default(),
            halting: BTreeMap::new(),
            threads: Vec::new(),
            expanded: 0,
            depth: 0,
            phase: Phase::Running,
            failures: HashMap::new(),
            met: HashMap::new(),
            groups: None,
            all: OnceLock::new(),
        };
        let mut mover = Mover::new(&explorer.program);
        let left = explorer.choices.budgets();
        let mut start = Expansions::default();
        mover.start(&explorer.parts, &explorer.start, &left, &mut start);
        explorer.movers.push(mover);
        explorer.reach(&start, 0, 0, 0, 0);
        explorer
    }

    /// Looks at more states, at most so many; says how far it is.
    pub fn run(&mut self, most: usize) -> Progress {
        let mut movers = std::mem::take(&mut self.movers);
        let mut batch = Batch::default();
        let mut expansions = Expansions::default();
        let mut side_by_side = SideBySide::default();
        let mut rest = most;
        while rest > 0 && self.phase == Phase::Running {
            let at_once = rest.min(AT_ONCE).min(self.frontier.len());
            self.frontier.take(at_once, &mut batch);
            if let [mover] = &mut movers[..] {
                for waiting in batch.iter() {
                    expansions.clear();
                    mover.expand(self.known(), waiting, &mut expansions);
                    self.take(&[waiting], &expansions);
                }
            } else {
                side_by_side.expand(self.known(), &mut movers, &batch);
                for (states, expansions) in side_by_side.pieces(&batch) {
                    self.take(&states, expansions);
                }
            }
            if self.parts.is_crowded() {
                self.parts.sweep(&mut self.frontier);
            }
            rest -= at_once;
            if self.phase == Phase::Running && self.frontier.len() == 0 {
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

    fn known(&self) -> Known<'_> {
        Known {
            program: &self.program,
            choices: &self.choices,
            late: &self.late,
            seen: &self.seen,
            parts: &self.parts,
            budgets: &self.budgets,
        }
    }

    /// Several threads of the machine make moves from now on. What is found, and its order, stay the same.
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Explorer {
        let program = &self.program;
        self.movers.resize_with(threads.get(), || Mover::new(program));
        self
    }

    /// What tells how many bytes are held from now on, such as the size of the process; where it can't, they are estimated.
    #[must_use]
    pub fn metered(self, meter: fn() -> Option<usize>) -> Explorer {
        Explorer { meter: Some(meter), ..self }
    }

    /// Notes what came of some states.
    fn take(&mut self, states: &[Waiting<'_>], expansions: &Expansions) {
        let mut successors = expansions.successors.iter();
        let mut met = expansions.met.iter();
        let mut known = Expanded::default();
        for (waiting, expanded) in states.iter().zip(&expansions.states) {
            if self.phase != Phase::Running {
                return;
            }
            let number = self.expanded as StateNumber;
            self.depth = waiting.depth as usize;
            for successor in successors.by_ref().take(expanded.successors - known.successors) {
                let next = match *successor {
                    Successor::Known(state) => Some(state),
                    Successor::Found(found) => self.reach(
                        expansions,
                        found as usize,
                        number,
                        waiting.left,
                        waiting.depth + 1,
                    ),
                };
                let Some(next) = next else {
                    self.phase = Phase::StoppedAtStates;
                    return;
                };
                self.graph.leads_to(next);
                if let Some(groups) = &mut self.groups {
                    groups.leads(number, next);
                }
            }
            self.graph.expanded();
            self.expanded += 1;
            if expanded.loses.is_some() {
                self.fails(BuiltInProperty::NoInternalError, number, expanded.loses);
            }
            for met in met.by_ref().take(expanded.met - known.met) {
                let failure = Failure { state: number, by: met.by, late: Comes::Nothing };
                self.met.entry(met.property).or_insert(failure);
            }
            if expanded.is_stuck {
                let failure = Failure { state: number, by: None, late: Comes::Claims };
                self.failures.entry(BuiltInProperty::NoDeadlock).or_insert(failure);
            }
            known = *expanded;
        }
    }

    /// The number of a state that was found, unless it is new and there are as many as may be. `left` is what was
    /// left of the budgets before.
    fn reach(
        &mut self,
        expansions: &Expansions,
        found: usize,
        from: StateNumber,
        left: LeftNumber,
        depth: u32,
    ) -> Option<StateNumber> {
        let found = expansions.found.get(found)?;
        if let Some(number) = self.seen.find(found.fingerprint) {
            return Some(number);
        }
        if self.seen.len() >= self.bounds.states.min(MOST) || self.graph.is_full() {
            return None;
        }
        let number = self.seen.insert(found.fingerprint, Reached { from, by: found.by });
        if found.is_over {
            self.over.insert(number);
        }
        for &thread in within(&expansions.halting, &found.halting) {
            self.halting.entry(thread).or_default().insert(number);
        }
        for property in found.fails.iter() {
            self.fails(property, number, None);
        }
        let left = match &found.left {
            Some(left) => self.budgets.number(within(&expansions.left, left)),
            None => left,
        };
        let rest = keep(&mut self.parts.rests, found.rest, &expansions.new_rests);
        self.threads.clear();
        for &thread in within(&expansions.threads, &found.threads) {
            let kept = keep(&mut self.parts.threads, thread, &expansions.new_threads);
            self.threads.push(kept);
        }
        if let Some(groups) = &mut self.groups {
            let rest = self.parts.rests.get(rest);
            let threads = self.threads.iter().filter_map(|&part| self.parts.threads.get(part));
            groups.reach(Statuses::of(rest.map(|rest| rest.status), threads), number, depth);
        }
        self.frontier.push(Waiting { depth, left, rest, threads: &self.threads });
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

    /// From now on it is noted by which rules something happens.
    pub(crate) fn hear_rules(&mut self) {
        for mover in &mut self.movers {
            mover.rules = Some(RulesHeard::default());
        }
    }

    /// By which rules something has happened; `None` if nobody wanted to know.
    pub(crate) fn rules_heard(&self) -> Option<RulesHeard> {
        let mut heard = None::<RulesHeard>;
        for rules in self.movers.iter().filter_map(|mover| mover.rules) {
            heard.get_or_insert_default().add(rules);
        }
        heard
    }

    /// What was explored.
    #[must_use]
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// What could come.
    #[must_use]
    #[allow(clippy::misnamed_getters, reason = "what is tried is nobody else's business")]
    pub fn choices(&self) -> &Choices {
        &self.given
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

    /// The answer to a property, as far as it is known.
    ///
    /// For what can always still be reached, all that was looked at is gone through once more.
    #[must_use]
    pub fn answer(&self, property: BuiltInProperty) -> Answer {
        let failure = match property {
            BuiltInProperty::CanFinish => reachable(Probe::new(self).can_finish()),
            BuiltInProperty::NoEndlessHalting => reachable(Probe::new(self).can_halt()),
            BuiltInProperty::NoDeadlock
            | BuiltInProperty::NoLostEvent
            | BuiltInProperty::NoHandlerFailure
            | BuiltInProperty::NoInternalError => Ok(self.failures.get(&property).copied()),
        };
        match failure {
            Ok(Some(failure)) => match self.without_reduction(Some(property)) {
                Some(all) => all.answer(property),
                None => Answer::Fails(self.way_to(failure)),
            },
            Ok(None) if self.phase == Phase::Complete => Answer::Holds,
            Ok(None) | Err(Unknown) => Answer::Undecided,
        }
    }

    /// The answer to a property of the document, by its place among [`Choices::own`]; of one that can be, the
    /// shortest way to where it is.
    #[must_use]
    pub fn own_answer(&self, property: usize) -> Answer {
        let is_can = self.choices.own.is_can(property);
        if self.met.contains_key(&property)
            && let Some(all) = self.without_reduction(None)
        {
            return all.own_answer(property);
        }
        match (self.met.get(&property), self.phase == Phase::Complete) {
            (Some(&failure), _) if is_can => Answer::Can(self.way_to(failure)),
            (Some(&failure), _) => Answer::Fails(self.way_to(failure)),
            (None, false) => Answer::Undecided,
            (None, true) if is_can => Answer::Cannot,
            (None, true) => Answer::Holds,
        }
    }

    /// Only the first counts: it is the nearest.
    fn fails(&mut self, property: BuiltInProperty, state: StateNumber, by: Option<u16>) {
        let failure = Failure { state, by, late: Comes::Nothing };
        self.failures.entry(property).or_insert(failure);
    }

    /// The commands of the shortest way there.
    fn way_to(&self, failure: Failure) -> Vec<Command> {
        let (mut commands, mut state, mut left) = self.follow(failure);
        let (program, choices) = (&self.program, &self.choices);
        commands.extend(self.late.come(program, choices, failure.late, &mut state, &mut left));
        commands
    }

    /// A state that was reached, made again.
    pub(crate) fn state(&self, state: StateNumber) -> RunState {
        self.follow(Failure { state, by: None, late: Comes::Nothing }).1
    }

    /// The commands of the shortest way to a state, by its number.
    #[must_use]
    pub fn way_to_state(&self, state: u32) -> Vec<Command> {
        self.follow(Failure { state, by: None, late: Comes::Nothing }).0
    }

    /// A state that was reached, made again, with what is left of the budgets there.
    pub(crate) fn state_and_budgets(&self, state: StateNumber) -> (RunState, Vec<Budget>) {
        let (_, state, left) = self.follow(Failure { state, by: None, late: Comes::Nothing });
        (state, left)
    }

    /// The same state when all has come that was to come later; `None` if nothing was.
    pub(crate) fn late_state(&self, state: StateNumber) -> Option<RunState> {
        let (_, mut state, mut left) =
            self.follow(Failure { state, by: None, late: Comes::Nothing });
        let (program, choices) = (&self.program, &self.choices);
        let came = self.late.come(program, choices, Comes::All, &mut state, &mut left);
        (!came.is_empty()).then_some(state)
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
            if let Some(after) = make(&self.program, &state, &chosen) {
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
        let groups = self.groups.as_ref().map_or(0, Groups::bytes);
        let halting: usize = self.halting.values().map(StateSet::bytes).sum();
        self.seen.bytes()
            + self.graph.bytes()
            + self.over.bytes()
            + halting
            + groups
            + self.frontier.bytes()
            + self.parts.bytes()
    }
}
