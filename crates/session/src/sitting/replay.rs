//! Commands played again, a little at a time: those of another sitting, after the document or the semantics changed, or
//! those that a link holds. A page answers between two slices.

use std::sync::Arc;

use halter_engine::program::CompileError;
use halter_engine::semantics::Semantics;
use halter_spec::model::Document;
use serde_json::Value as Json;

use super::{Branch, Sitting, Step};
use crate::cause::Latest;
use crate::compare::Comparer;
use crate::link::Link;
use crate::script;

/// What playing many commands again may cost, as in [`Limits::effort`](halter_engine::Limits::effort): each has a limit
/// of its own, and so have all of them together. Some seconds.
pub const MAX_REPLAY_EFFORT: usize = 1 << 30;

/// What a command costs at least, beside what it does.
const COMMAND: usize = 4 << 10;

/// What became of the commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replayed {
    /// Commands that were played.
    pub played: usize,
    /// Commands that no longer apply, or can't be read, and were left out.
    pub left_out: usize,
    /// Commands that were not tried: together they cost more than [`MAX_REPLAY_EFFORT`], or somebody had enough.
    pub not_tried: usize,
}

/// Commands on their way into a new sitting.
#[derive(Debug, Clone)]
pub struct Replay {
    again: Sitting,
    comparison: Comparer,
    /// Whether the command that was played last is still to be compared.
    compares: bool,
    queue: Queue,
    replayed: Replayed,
}

/// Where the commands come from.
#[derive(Debug, Clone)]
enum Queue {
    Sitting {
        from: Box<Sitting>,
        /// How many of its first steps are still there.
        kept: Vec<usize>,
        /// The branch that was played, once it is played again.
        played: Option<(Vec<Arc<Step>>, Latest)>,
        /// How many commands of the other branch that is on its way are done.
        other: usize,
    },
    Link {
        /// The next is the last.
        lines: Vec<Json>,
        all: usize,
        /// The step that is looked at.
        step: Option<usize>,
    },
}

impl Replay {
    /// Commands of a sitting, with another document or other semantics. One that was taken there and is refused here
    /// is left out: it was meant for what is no longer so.
    ///
    /// # Errors
    /// If the document can't be compiled.
    pub fn of(
        sitting: &Sitting,
        document: Arc<Document>,
        semantics: Semantics,
    ) -> Result<Self, CompileError> {
        let queue = Queue::Sitting {
            from: Box::new(sitting.clone()),
            kept: vec![0],
            played: None,
            other: 0,
        };
        Ok(Self::new(Sitting::new(document, semantics)?, queue))
    }

    /// Commands of a link, in a sitting with its document in which nothing has happened. Left out are lines that are no
    /// commands.
    #[must_use]
    pub fn of_link(link: &Link, sitting: Sitting) -> Self {
        let script = sitting.document().script.iter().take(link.script.unwrap_or(0));
        let mut lines: Vec<Json> = script.chain(&link.commands).cloned().collect();
        lines.reverse();
        let queue = Queue::Link { all: lines.len(), lines, step: link.step };
        Self::new(sitting, queue)
    }

    fn new(again: Sitting, queue: Queue) -> Self {
        let comparison = Comparer::default();
        Replay { again, comparison, compares: false, queue, replayed: Replayed::default() }
    }

    /// Plays commands until they have cost so much, and one at least; false if none is left that may be played.
    pub fn go_on(&mut self, effort: usize) -> bool {
        let until = self.effort().saturating_add(effort);
        loop {
            if self.compares {
                // What is compared in a slice need not be compared when the sitting is shown.
                self.comparison.up_to_cursor(&self.again);
                self.compares = false;
            } else if self.play_next() {
                self.compares = !matches!(self.queue, Queue::Sitting { played: Some(_), .. });
            } else {
                return false;
            }
            if self.effort() >= until {
                return true;
            }
        }
    }

    /// How many commands were taken from the queue, and how many there were.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let all = match &self.queue {
            Queue::Sitting { from, .. } => {
                from.steps.len()
                    + from.branches.iter().map(|f| f.steps.len() - from.fork(f)).sum::<usize>()
            }
            Queue::Link { all, .. } => *all,
        };
        let others = match &self.queue {
            Queue::Sitting { from, other, .. } => {
                let done = from.branches.iter().take(self.again.branches.len());
                done.map(|f| f.steps.len() - from.fork(f)).sum::<usize>() + other
            }
            Queue::Link { .. } => 0,
        };
        ((self.replayed.played + self.replayed.left_out + others).min(all), all)
    }

    /// The sitting, with as much as was played, and how its steps compare. What is left is counted as not tried.
    #[must_use]
    pub fn end_compared(mut self) -> (Sitting, Replayed, Comparer) {
        let (done, all) = self.progress();
        self.replayed.not_tried = all - done;
        match self.queue {
            Queue::Link { step, .. } => {
                if let Some(step) = step {
                    self.again.go_to(step);
                }
            }
            Queue::Sitting { from, mut kept, played, other } => {
                kept.resize(from.steps.len() + 1, self.again.steps.len());
                let again = &mut self.again;
                let (steps, latest) = match played {
                    Some(played) => {
                        if other > 0 {
                            again.keep_branch(from.branches.get(again.branches.len()));
                        }
                        played
                    }
                    None => (std::mem::take(&mut again.steps), std::mem::take(&mut again.latest)),
                };
                (again.steps, again.latest) = (steps, latest);
                (again.branch, again.newest) = (from.branch, from.newest);
                again.forget_repeated();
                // The branch that was stepped back from stays a branch.
                again.go_to(kept.get(from.cursor).copied().unwrap_or_default());
            }
        }
        (self.again, self.replayed, self.comparison)
    }

    /// The sitting, with as much as was played. What is left is counted as not tried.
    #[must_use]
    pub fn end(self) -> (Sitting, Replayed) {
        let (sitting, replayed, _) = self.end_compared();
        (sitting, replayed)
    }

    fn effort(&self) -> usize {
        let commands = self.replayed.played + self.replayed.left_out;
        let least = commands.saturating_mul(COMMAND);
        self.again.effort.saturating_add(self.comparison.effort()).saturating_add(least)
    }

    /// Plays one command; false if there is none, or all have cost enough.
    fn play_next(&mut self) -> bool {
        if self.effort() > MAX_REPLAY_EFFORT {
            return false;
        }
        let again = &mut self.again;
        let taken = match &mut self.queue {
            Queue::Link { lines, .. } => {
                let Some(line) = lines.pop() else {
                    return false;
                };
                // Read one by one: an event without an id gets the next that is free then.
                let command = script::read(&line, again).ok();
                command.is_some_and(|command| again.take(command).is_some())
            }
            Queue::Sitting { from, kept, played: None, .. } if kept.len() <= from.steps.len() => {
                let Some(step) = from.steps.get(kept.len() - 1) else {
                    return false;
                };
                let taken = again.repeat(step);
                kept.push(again.steps.len());
                taken
            }
            Queue::Sitting { from, kept, played, other } => {
                let (steps, _) =
                    played.get_or_insert_with(|| (again.steps.clone(), again.latest.clone()));
                let Some(branch) = from.branches.get(again.branches.len()) else {
                    return false;
                };
                let fork = from.fork(branch);
                if *other == 0 {
                    again.steps.clone_from(steps);
                    again.steps.truncate(kept.get(fork).copied().unwrap_or_default());
                    again.cursor = again.steps.len();
                    again.latest = Latest::of(again.steps.iter().flat_map(|step| &step.told));
                }
                if let Some(step) = branch.steps.get(fork + *other) {
                    again.repeat(step);
                    *other += 1;
                } else {
                    again.keep_branch(Some(branch));
                    *other = 0;
                }
                // Of other branches nothing is counted.
                return true;
            }
        };
        if taken {
            self.replayed.played += 1;
        } else {
            self.replayed.left_out += 1;
        }
        true
    }
}

impl Sitting {
    /// What was played is another branch, as this one was.
    fn keep_branch(&mut self, of: Option<&Branch>) {
        if let Some(of) = of {
            let steps = std::mem::take(&mut self.steps);
            self.branches.push(Branch { number: of.number, steps });
            self.cursor = 0;
        }
    }
}
