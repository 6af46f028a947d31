//! What a lesson is.

use std::sync::Arc;

use halter_engine::state::ThreadNumber;
use halter_engine::{Command, Semantics};
use halter_session::{Sitting, script};
use halter_spec::model::Document;
use halter_spec::property::Condition;
use serde_json::Value as Json;

use crate::play::play;
use crate::problem::Problem;
use crate::text::Block;

/// A lesson: a workflow and pages about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// What it is called.
    pub title: String,
    /// What it is about, in one sentence.
    pub summary: String,
    /// The rules by which it is played.
    pub semantics: Semantics,
    /// The example whose source it has, by its slug; none if it has a source of its own.
    pub example: Option<String>,
    /// The source of its workflow, without errors.
    pub source: String,
    /// What that source says.
    pub document: Arc<Document>,
    /// Its pages, one at least.
    pub pages: Vec<Page>,
    /// The line at which the text gets the source from somewhere.
    pub(crate) source_line: u32,
}

/// A page of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The line of its heading.
    pub line: u32,
    /// Its heading.
    pub heading: String,
    /// What it says.
    pub text: Vec<Block>,
    /// What is played from the start of a run when the page is entered. Without it the run goes on as the page before left it.
    pub play: Option<Vec<Written>>,
    /// What there is to do.
    pub task: Task,
}

/// What there is to do on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Nothing but to read.
    Read,
    /// Bring something about.
    Do(Do),
    /// Guess what will be.
    Predict(Predict),
}

/// Something to bring about.
#[derive(Debug, Clone, PartialEq)]
pub struct Do {
    /// What to do, in a sentence.
    pub sentence: String,
    /// When it is done.
    pub until: Until,
    /// For those who are stuck.
    pub hint: String,
    /// Commands that do it, one at least; with the last of them it is done.
    pub way: Vec<Written>,
}

/// What is so when a task is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Until {
    /// Where it stands.
    pub line: u32,
    /// As it was written.
    pub text: String,
    /// What it says.
    pub condition: Condition,
}

/// Something to guess: the statuses of ThreadRuns after a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Predict {
    /// The line at which it is asked.
    pub line: u32,
    /// The command.
    pub command: Written,
    /// The ThreadRuns that are asked about; without it all that there are before the command.
    pub threads: Option<Vec<ThreadNumber>>,
}

/// A command as it stands in a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Its line.
    pub line: u32,
    pub(crate) json: Json,
}

impl Written {
    /// The command, to be given to this sitting at its cursor: an event without an id gets one that is free there.
    ///
    /// # Errors
    /// If it is none. Those of a lesson that [`parse`](crate::parse()) has read are.
    pub fn read(&self, sitting: &Sitting) -> Result<Command, Problem> {
        script::read(&self.json, sitting).map_err(|sentence| Problem::new(self.line, sentence))
    }
}

impl Lesson {
    /// A sitting with the lesson's workflow and rules, in which nothing has happened yet.
    ///
    /// # Errors
    /// If the workflow is larger than the engine takes.
    pub fn sitting(&self) -> Result<Sitting, Problem> {
        Sitting::new(Arc::clone(&self.document), self.semantics)
            .map_err(|error| Problem::new(self.source_line, error.0))
    }

    /// The commands from the start of a run to the beginning of this page, by its index: what the nearest page with `play`
    /// plays, and then what the pages from there on ask for.
    pub fn way_to(&self, page: usize) -> Vec<&Written> {
        let upto = self.pages.get(..=page).unwrap_or(&self.pages);
        let from = upto.iter().rposition(|page| page.play.is_some()).unwrap_or(0);
        let mut way = Vec::new();
        for (index, page) in upto.iter().enumerate().skip(from) {
            way.extend(page.play.iter().flatten());
            if index + 1 < upto.len() {
                way.extend(page.task.way());
            }
        }
        way
    }

    /// A new sitting, played to the beginning of this page.
    ///
    /// # Errors
    /// If a command on the way is not accepted.
    pub fn begin(&self, page: usize) -> Result<Sitting, Problem> {
        let mut sitting = self.sitting()?;
        play(self.way_to(page), &mut sitting)?;
        Ok(sitting)
    }
}

impl Task {
    /// The commands after which it is done.
    pub fn way(&self) -> &[Written] {
        match self {
            Task::Read => &[],
            Task::Do(task) => &task.way,
            Task::Predict(predict) => std::slice::from_ref(&predict.command),
        }
    }
}
