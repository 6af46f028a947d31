//! One sitting: a program, the commands that were given to it, and a cursor to travel in time.

use std::sync::Arc;

use halter_engine::command::{Code, Command, Refusal};
use halter_engine::occurrence::{Occurrence, What};
use halter_engine::program::{CompileError, Program};
use halter_engine::rules::Rule;
use halter_engine::semantics::Semantics;
use halter_engine::state::RunState;
use halter_spec::model::Document;

use crate::cause::{Cause, Latest};
use crate::moment;

/// Steps of one sitting. A sitting that long is a machine's, not a person's.
pub const MAX_STEPS: usize = 10_000;

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
    steps: Vec<Step>,
    cursor: usize,
    latest: Latest,
    moment: Option<Moment>,
}

/// A look into the step at the cursor.
#[derive(Debug, Clone)]
struct Moment {
    /// How many of its occurrences have happened.
    happened: usize,
    state: RunState,
}

/// What became of the commands of another sitting when they were played again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replayed {
    /// Commands that were played.
    pub played: usize,
    /// Commands that no longer apply and were left out.
    pub left_out: usize,
}

impl Sitting {
    /// A new sitting with a checked document; nothing has happened yet.
    ///
    /// # Errors
    /// If the document can't be compiled.
    pub fn new(document: Arc<Document>, semantics: Semantics) -> Result<Self, CompileError> {
        let program = Arc::new(Program::compile(&document, semantics)?);
        Ok(Sitting {
            document,
            program,
            start: RunState::default(),
            steps: Vec::new(),
            cursor: 0,
            latest: Latest::default(),
            moment: None,
        })
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
            .map_or(&self.start, |s| &s.state)
    }

    /// The step that led to the state at the cursor.
    pub fn current_step(&self) -> Option<&Step> {
        self.cursor
            .checked_sub(1)
            .and_then(|index| self.steps.get(index))
    }

    /// Every step, those after the cursor too.
    pub fn steps(&self) -> &[Step] {
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
        self.moment
            .as_ref()
            .map_or_else(|| self.state(), |moment| &moment.state)
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
        self.moment = self
            .current_step()
            .filter(|step| happened < step.told.len())
            .map(|step| {
                let state =
                    moment::state_at(&self.program, before, &step.state, &step.told, happened);
                Moment { happened, state }
            });
    }

    /// Looks at the next moment that changes the picture; false if that is the end of the step.
    pub fn look_further(&mut self) -> bool {
        let happened = self.moment().unwrap_or(usize::MAX);
        let told = self
            .current_step()
            .map(|step| &*step.told)
            .unwrap_or_default();
        let next = told
            .iter()
            .skip(happened)
            .position(|told| moment::is_notable(&told.what));
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

    /// Takes a command at the cursor; steps that came after it are forgotten. None when the sitting is full.
    pub fn take(&mut self, command: Command) -> Option<&Step> {
        if self.cursor >= MAX_STEPS {
            return None;
        }
        if self.cursor < self.steps.len() {
            self.steps.truncate(self.cursor);
            self.latest = Latest::of(self.steps.iter().flat_map(|step| &step.told));
        }
        let mut occurrences: Vec<Occurrence> = Vec::new();
        let (state, outcome) = halter_engine::step(
            &self.program,
            self.state().clone(),
            &command,
            &mut occurrences,
        );
        let refusal = outcome.err();
        if refusal
            .as_ref()
            .is_some_and(|refusal| refusal.code == Code::ResourceExhausted)
        {
            // It was given up half way: nothing of it has happened.
            occurrences.clear();
        }
        let told = occurrences
            .into_iter()
            .map(|occurrence| self.latest.tell(occurrence))
            .collect();
        self.moment = None;
        self.steps.push(Step {
            command,
            refusal,
            state,
            told,
        });
        self.cursor = self.steps.len();
        self.steps.last()
    }

    /// Back to the beginning; every step is forgotten.
    pub fn restart(&mut self) {
        self.steps.clear();
        self.cursor = 0;
        self.latest = Latest::default();
        self.moment = None;
    }

    /// The same commands with another document or other semantics. A command that was taken here and is
    /// refused there is left out: it was meant for what is no longer so.
    ///
    /// # Errors
    /// If the document can't be compiled.
    pub fn replay(
        &self,
        document: Arc<Document>,
        semantics: Semantics,
    ) -> Result<(Sitting, Replayed), CompileError> {
        let mut again = Sitting::new(document, semantics)?;
        let mut replayed = Replayed::default();
        for (index, step) in self.steps.iter().enumerate() {
            if index == self.cursor {
                // The future that was stepped back from stays a future.
                again.cursor = again.steps.len();
            }
            let refused = again
                .take(step.command.clone())
                .is_some_and(|s| s.refusal.is_some());
            if refused && step.refusal.is_none() {
                again.steps.pop();
                again.cursor = again.steps.len();
                replayed.left_out += 1;
            } else {
                replayed.played += 1;
            }
        }
        let future = self.steps.len() - self.cursor;
        again.go_to(again.steps.len().saturating_sub(future));
        Ok((again, replayed))
    }

    /// An id for the next event: e1, e2, … without those that are taken.
    pub fn next_guid(&self) -> Arc<str> {
        let events = &self.state().events;
        // One of these is free: there is one more than there are events.
        (events.len() + 1..=2 * events.len() + 1)
            .map(|number| format!("e{number}"))
            .find(|guid| events.iter().all(|event| *event.guid != **guid))
            .unwrap_or_default()
            .into()
    }

    /// The occurrence with that number, and the number of steps after which it has happened.
    pub fn occurrence(&self, id: OccurrenceId) -> Option<(usize, &Told)> {
        self.steps.iter().enumerate().find_map(|(index, step)| {
            let position = step.told.binary_search_by_key(&id, |told| told.id).ok()?;
            Some((index + 1, step.told.get(position)?))
        })
    }
}
