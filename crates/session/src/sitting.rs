//! One sitting: a program, the commands that were given to it, and a cursor to travel in time.

use std::sync::Arc;

use halter_engine::command::{Command, Refusal};
use halter_engine::occurrence::{Observer, Occurrence, What};
use halter_engine::program::{CompileError, Program};
use halter_engine::rules::Rule;
use halter_engine::semantics::Semantics;
use halter_engine::state::RunState;
use halter_spec::model::Document;

use crate::cause::{Cause, Latest};
use crate::found;
use crate::moment;
use crate::step::step;

mod replay;

pub use replay::{MAX_REPLAY_EFFORT, Replay, Replayed};

/// Steps of one sitting. A sitting that long is a machine's, not a person's.
pub const MAX_STEPS: usize = 10_000;

/// Branches that are kept beside the one that is played. Together with it they have at most [`MAX_STEPS`] steps.
pub const MAX_BRANCHES: usize = 8;

/// Hears what happens, and what it costs.
#[derive(Default)]
struct Heard {
    occurrences: Vec<Occurrence>,
    effort: usize,
}

impl Observer for Heard {
    fn occur(&mut self, occurrence: Occurrence) {
        self.occurrences.push(occurrence);
    }

    fn spent(&mut self, effort: usize) {
        self.effort = effort;
    }

    fn heard(&self) -> usize {
        self.occurrences.heard()
    }

    fn undone(&mut self, heard: usize) {
        self.occurrences.undone(heard);
    }
}

/// Number of an occurrence, from 1, over the whole sitting.
pub type OccurrenceId = u32;

/// An occurrence with its number and the occurrence that caused it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its number.
    pub id: OccurrenceId,
    /// What happened.
    pub what: What,
    /// By which rule.
    pub rule: Rule,
    /// Because of what.
    pub cause: Cause,
}

/// One command and what came of it.
#[derive(Debug, Clone)]
pub struct Step {
    /// The command.
    pub command: Command,
    /// Why it was not taken, if it was not.
    pub refusal: Option<Refusal>,
    /// The state after it.
    pub state: RunState,
    /// What happened, in order.
    pub told: Vec<Told>,
}

/// One sitting at the playground.
#[derive(Debug, Clone)]
pub struct Sitting {
    document: Arc<Document>,
    program: Arc<Program>,
    start: RunState,
    steps: Vec<Arc<Step>>,
    cursor: usize,
    latest: Latest,
    moment: Option<Moment>,
    /// What its commands have cost so far, also those that were taken back.
    effort: usize,
    /// The number of the branch that is played, from 1.
    branch: BranchNumber,
    /// Those that were left, the one left longest ago first.
    branches: Vec<Branch>,
    newest: BranchNumber,
}

/// Number of a branch, from 1 over the whole sitting.
pub type BranchNumber = u32;

/// What would have happened, or did: every step from the start of the sitting to an end. Branches share the steps
/// that they have in common.
#[derive(Debug, Clone)]
pub struct Branch {
    number: BranchNumber,
    steps: Vec<Arc<Step>>,
}

impl Branch {
    /// Its number.
    pub fn number(&self) -> BranchNumber {
        self.number
    }

    /// Its steps, from the start of the sitting.
    pub fn steps(&self) -> &[Arc<Step>] {
        &self.steps
    }
}

/// An id for the next event of a WfRun: e1, e2, … without those that are taken.
pub(crate) fn next_guid(state: &RunState) -> Arc<str> {
    let events = &state.events;
    // One of these is free: there is one more than there are events.
    (events.len() + 1..=2 * events.len() + 1)
        .map(|number| format!("e{number}"))
        .find(|guid| events.iter().all(|event| *event.guid != **guid))
        .unwrap_or_default()
        .into()
}

/// How many steps two branches have in common.
pub(crate) fn common(one: &[Arc<Step>], other: &[Arc<Step>]) -> usize {
    let same = one.iter().zip(other).take_while(|(a, b)| Arc::ptr_eq(a, b));
    same.count()
}

/// A look into the step at the cursor.
#[derive(Debug, Clone)]
struct Moment {
    /// How many of its occurrences have happened.
    happened: usize,
    state: RunState,
}

impl Sitting {
    /// A new sitting with a checked document; nothing has happened yet.
    ///
    /// # Errors
    /// If the document can't be compiled.
    pub fn new(document: Arc<Document>, semantics: Semantics) -> Result<Self, CompileError> {
        let program = Arc::new(Program::compile(&document, semantics)?);
        let start = match &document.found {
            Some(found) => found::state(&program, found).map_err(CompileError)?,
            None => RunState::default(),
        };
        Ok(Sitting { start, ..Self::unplayed(document, program) })
    }

    /// A sitting in which nothing has happened yet.
    fn unplayed(document: Arc<Document>, program: Arc<Program>) -> Self {
        Sitting {
            document,
            program,
            start: RunState::default(),
            steps: Vec::new(),
            cursor: 0,
            latest: Latest::default(),
            moment: None,
            effort: 0,
            branch: 1,
            branches: Vec::new(),
            newest: 1,
        }
    }

    /// A sitting at its last step, to look at: nothing goes on in it. With how many occurrences of that step have happened,
    /// and the state then, if it is looked into.
    pub(crate) fn looked_at(
        document: Arc<Document>,
        program: Arc<Program>,
        start: RunState,
        steps: Vec<Arc<Step>>,
        moment: Option<(usize, RunState)>,
    ) -> Self {
        Sitting {
            start,
            cursor: steps.len(),
            steps,
            moment: moment.map(|(happened, state)| Moment { happened, state }),
            ..Self::unplayed(document, program)
        }
    }

    /// The document that is played.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The compiled program.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// The state at the cursor.
    pub fn state(&self) -> &RunState {
        self.state_after(self.cursor)
    }

    /// The state after so many steps.
    pub fn state_after(&self, steps: usize) -> &RunState {
        steps
            .checked_sub(1)
            .and_then(|index| self.steps.get(index))
            .map_or(&self.start, |step| &step.state)
    }

    /// The step that led to the state at the cursor.
    pub fn current_step(&self) -> Option<&Step> {
        self.cursor.checked_sub(1).and_then(|index| self.steps.get(index)).map(AsRef::as_ref)
    }

    /// What its commands have cost so far, as in [`Limits::effort`](halter_engine::Limits::effort).
    pub fn effort(&self) -> usize {
        self.effort
    }

    /// Every step, those after the cursor too.
    pub fn steps(&self) -> &[Arc<Step>] {
        &self.steps
    }

    /// How many of the steps the state at the cursor has behind it.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Goes to the state after so many steps, or as far as there are any.
    pub fn go_to(&mut self, steps: usize) {
        self.cursor = steps.min(self.steps.len());
        self.moment = None;
    }

    /// The state that is looked at: the one at the cursor, or one within the step that led to it.
    pub fn shown(&self) -> &RunState {
        self.moment.as_ref().map_or_else(|| self.state(), |moment| &moment.state)
    }

    /// How many occurrences of the step at the cursor have happened in the state that is looked at, if that is
    /// one within the step.
    pub fn moment(&self) -> Option<usize> {
        self.moment.as_ref().map(|moment| moment.happened)
    }

    /// Looks into the step at the cursor, after so many of its occurrences; at its end, the look is over.
    /// Commands go on from the state at the cursor, whatever is looked at.
    pub fn look_at(&mut self, happened: usize) {
        let before = self.state_after(self.cursor.saturating_sub(1));
        self.moment = self.current_step().filter(|step| happened < step.told.len()).map(|step| {
            let state = moment::state_at(&self.program, before, &step.command, happened);
            Moment { happened, state }
        });
    }

    /// How many moments of the step at the cursor change the picture.
    pub fn moments(&self) -> usize {
        let told = self.current_step().map(|step| &*step.told).unwrap_or_default();
        told.iter().filter(|told| moment::is_notable(&told.what)).count()
    }

    /// Looks at the next moment that changes the picture; false if that is the end of the step.
    pub fn look_further(&mut self) -> bool {
        let happened = self.moment().unwrap_or(usize::MAX);
        let told = self.current_step().map(|step| &*step.told).unwrap_or_default();
        let next = told.iter().skip(happened).position(|told| moment::is_notable(&told.what));
        self.look_at(next.map_or(usize::MAX, |next| happened + next + 1));
        self.moment.is_some()
    }

    /// One step back; false at the beginning.
    pub fn back(&mut self) -> bool {
        let moves = self.cursor > 0;
        self.go_to(self.cursor.saturating_sub(1));
        moves
    }

    /// One step forward; false at the end.
    pub fn forward(&mut self) -> bool {
        let moves = self.cursor < self.steps.len();
        self.go_to(self.cursor + 1);
        moves
    }

    /// Takes a command at the cursor. Steps that came after it are kept as a branch of their own; with more than
    /// [`MAX_BRANCHES`] of them, the one that was left longest ago is forgotten. None when the sitting is full.
    pub fn take(&mut self, command: Command) -> Option<&Step> {
        if self.cursor >= MAX_STEPS || self.kept_steps() >= MAX_STEPS {
            return None;
        }
        if self.cursor < self.steps.len() {
            self.leave();
            self.steps.truncate(self.cursor);
            self.newest += 1;
            self.branch = self.newest;
            self.latest = Latest::of(self.steps.iter().flat_map(|step| &step.told));
        }
        let mut heard = Heard::default();
        let (state, outcome) = step(&self.program, self.state().clone(), &command, &mut heard);
        let Heard { occurrences, effort } = heard;
        self.effort = self.effort.saturating_add(effort);
        let refusal = outcome.err();
        let told = occurrences.into_iter().map(|occurrence| self.latest.tell(occurrence)).collect();
        self.moment = None;
        self.steps.push(Arc::new(Step { command, refusal, state, told }));
        self.cursor = self.steps.len();
        self.forget_repeated();
        self.steps.last().map(AsRef::as_ref)
    }

    /// Steps that are kept, each counted once.
    fn kept_steps(&self) -> usize {
        let others = self.branches.iter();
        let of = |branch: &Branch| branch.steps.len() - self.fork(branch);
        self.steps.len() + others.map(of).sum::<usize>()
    }

    /// Keeps the branch that is played beside the next one.
    fn leave(&mut self) {
        if self.branches.len() == MAX_BRANCHES {
            self.branches.remove(0);
        }
        self.branches.push(Branch { number: self.branch, steps: self.steps.clone() });
    }

    /// A branch in which nothing else was done than in the one that is played need not be kept.
    fn forget_repeated(&mut self) {
        let steps = &self.steps;
        self.branches.retain(|branch| {
            let fork = common(&branch.steps, steps);
            let (theirs, ours) = (branch.steps.get(fork..), steps.get(fork..));
            let (theirs, ours) = (theirs.unwrap_or_default(), ours.unwrap_or_default());
            theirs.len() > ours.len()
                || !theirs.iter().zip(ours).all(|(a, b)| a.command == b.command)
        });
    }

    /// The number of the branch that is played.
    pub fn branch(&self) -> BranchNumber {
        self.branch
    }

    /// The other branches that are kept, the one that was left longest ago first.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// The number of steps that another branch has in common with the one that is played.
    pub fn fork(&self, branch: &Branch) -> usize {
        common(&self.steps, &branch.steps)
    }

    /// Plays another branch on from its end; the one that was played is kept. False if there is none with that
    /// number.
    pub fn switch_to(&mut self, number: BranchNumber) -> bool {
        let Some(index) = self.branches.iter().position(|f| f.number == number) else {
            return false;
        };
        let other = self.branches.remove(index);
        self.leave();
        self.branch = other.number;
        self.steps = other.steps;
        self.cursor = self.steps.len();
        self.latest = Latest::of(self.steps.iter().flat_map(|step| &step.told));
        self.moment = None;
        true
    }

    /// Forgets another branch; false if there is none with that number.
    pub fn forget(&mut self, number: BranchNumber) -> bool {
        let before = self.branches.len();
        self.branches.retain(|branch| branch.number != number);
        self.branches.len() < before
    }

    /// Back to the beginning; what was played is kept as another branch.
    pub fn restart(&mut self) {
        if self.steps.is_empty() {
            return;
        }
        self.leave();
        self.steps.clear();
        self.newest += 1;
        self.branch = self.newest;
        self.cursor = 0;
        self.latest = Latest::default();
        self.moment = None;
    }

    /// The first so many of its steps, to be gone on from under other semantics. Both must agree on them.
    pub(crate) fn begun(&self, steps: usize, semantics: Semantics) -> Sitting {
        let steps = self.steps.get(..steps).unwrap_or_default().to_vec();
        let program = Arc::new(self.program.with_semantics(semantics));
        Sitting {
            start: self.start.clone(),
            cursor: steps.len(),
            latest: Latest::of(steps.iter().flat_map(|step| &step.told)),
            steps,
            ..Self::unplayed(Arc::clone(&self.document), program)
        }
    }

    /// The same commands with another document or other semantics, all at once: [`Replay`] does it in slices.
    ///
    /// # Errors
    /// If the document can't be compiled.
    pub fn replay(
        &self,
        document: Arc<Document>,
        semantics: Semantics,
    ) -> Result<(Sitting, Replayed), CompileError> {
        let mut replay = Replay::of(self, document, semantics)?;
        replay.go_on(usize::MAX);
        Ok(replay.end())
    }

    /// Does again what was done in another sitting; false if it was taken there and is refused here.
    fn repeat(&mut self, step: &Step) -> bool {
        let taken = self.take(step.command.clone());
        let refused = taken.is_some_and(|again| again.refusal.is_some());
        if refused && step.refusal.is_none() {
            self.steps.pop();
            self.cursor = self.steps.len();
            return false;
        }
        true
    }

    /// An id for the next event: e1, e2, … without those that are taken.
    pub fn next_guid(&self) -> Arc<str> {
        next_guid(self.state())
    }

    /// The occurrence with that number, and the number of steps after which it has happened.
    pub fn occurrence(&self, id: OccurrenceId) -> Option<(usize, &Told)> {
        self.steps.iter().enumerate().find_map(|(index, step)| {
            let position = step.told.binary_search_by_key(&id, |told| told.id).ok()?;
            Some((index + 1, step.told.get(position)?))
        })
    }
}
