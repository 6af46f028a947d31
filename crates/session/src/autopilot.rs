//! A run that goes on by itself: what comes next, and at which virtual time. Workers claim tasks at once and are
//! done after a simulated time; whatever else comes from outside is in the document's script, or is left to
//! people. No clock and no chance: the same sitting and settings always go on in the same way.

use std::collections::BTreeMap;

use halter_engine::Choice;
use halter_engine::command::{ChildWfResult, Command, TaskResult};
use halter_engine::occurrence::What;
use halter_engine::state::{Position, Status, TaskStatus, ThreadNumber};
use halter_spec::composed;
use halter_spec::model::SimulatedResult;
use serde::{Deserialize, Serialize};

use crate::guide;
use crate::offers::TASK_FAILURE;
use crate::offers::fields;
use crate::sitting::{MAX_STEPS, Sitting};
use crate::wf_runs::{self, WfRun};

mod follow;
mod go;
mod pace;

pub use go::{Stop, coming, finish_step, go, go_ahead, wait};
pub use pace::pace;

/// The longest that a simulated task takes, in virtual milliseconds: a day.
pub const MAX_TASK_MS: i64 = 24 * 3600 * 1000;

/// How long simulated tasks take, in virtual milliseconds from 0 to [`MAX_TASK_MS`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Every task that has no time of its own.
    pub task_ms: i64,
    /// By the TaskDef's name.
    pub tasks: BTreeMap<String, i64>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { task_ms: 2000, tasks: BTreeMap::new() }
    }
}

impl Settings {
    /// How long this task takes.
    pub fn of(&self, task: &str) -> i64 {
        let own = self.tasks.get(task).copied();
        own.unwrap_or(self.task_ms).clamp(0, MAX_TASK_MS)
    }
}

/// The time of a task as people type it: seconds such as `2.5`, to the millisecond.
///
/// # Errors
/// One sentence that says what is expected.
pub fn read_seconds(text: &str) -> Result<i64, String> {
    let seconds = text.trim().parse::<f64>().ok();
    let milliseconds = seconds.map(|seconds| (seconds * 1000.0).round());
    milliseconds
        .filter(|ms| (0.0..=MAX_TASK_MS as f64).contains(ms))
        .map(|ms| ms as i64)
        .ok_or_else(|| format!("Write seconds from 0 to {}, such as 2.5.", MAX_TASK_MS / 1000))
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// This command, when the virtual clock shows that many milliseconds; never less than it shows now.
    /// A [`Command::PassTime`] fires a timer then: the time until then is its own.
    Command {
        /// What is done.
        command: Command,
        /// When, in virtual milliseconds.
        at: i64,
    },
    /// Nothing comes by itself: somebody must start the run, post an event, fill in a form, …
    ByHand,
    /// The WfRun and every ThreadRun are over.
    Over,
    /// The sitting has as many steps as it can have.
    Full,
}

/// What comes next at the cursor.
pub fn next(sitting: &Sitting, settings: &Settings) -> Next {
    let state = sitting.state();
    if sitting.cursor() >= MAX_STEPS {
        return Next::Full;
    }
    if !state.is_started() {
        return start(sitting);
    }
    if wf_runs::all(sitting.program(), state).iter().all(|run| run.state.live.is_empty()) {
        return Next::Over;
    }
    let runs: Vec<(WfRun<'_>, Vec<Choice>)> = wf_runs::all(sitting.program(), state)
        .into_iter()
        .map(|run| {
            let choices = halter_engine::enabled(run.program, run.state);
            (run, choices)
        })
        .collect();
    let mut script = follow::Script::of(sitting, &runs);
    let line = script.next.take().map(|line| {
        let (path, command) = wf_runs::meant(&line.command);
        let run = runs.iter().map(|(run, _)| run).find(|run| run.path == path);
        let working = match (run, command) {
            (Some(run), Command::ReportTask(thread, position, _)) => {
                done_at(sitting, settings, run, *thread, *position)
            }
            (Some(run), Command::ReportChildWf(thread, position, _)) => {
                child_wf_done_at(sitting, settings, run, *thread, *position)
            }
            _ => state.now,
        };
        (line.at.max(working), line.command)
    });
    let others = runs.iter().flat_map(|(run, choices)| {
        let at_hand = choices.iter().filter_map(|choice| match *choice {
            Choice::ClaimTask(thread, position) if !script.awaits(&run.path, thread, position) => {
                Some((state.now, Command::ClaimTask(thread, position)))
            }
            Choice::ReportTask(thread, position) if !script.awaits(&run.path, thread, position) => {
                let result = simulated(sitting, run, thread, position);
                let at = done_at(sitting, settings, run, thread, position);
                Some((at, Command::ReportTask(thread, position, result)))
            }
            Choice::ReportChildWf(thread, position)
                if !script.awaits(&run.path, thread, position) =>
            {
                let output = fields::child_wf_output(run.program, run.state, thread, position);
                let at = child_wf_done_at(sitting, settings, run, thread, position);
                Some((at, Command::ReportChildWf(thread, position, ChildWfResult::Output(output))))
            }
            // It passes for all of them.
            Choice::PassTime(milliseconds) if milliseconds > 0 && run.path.is_empty() => {
                let at = state.now.saturating_add(milliseconds);
                Some((at, Command::PassTime(milliseconds)))
            }
            _ => None,
        });
        at_hand.map(|(at, command)| (at, wf_runs::to(&run.path, command)))
    });
    let mut coming: Vec<(i64, Command)> = line.into_iter().chain(others).collect();
    // What is due at the same time comes in this order: the script, then by ThreadRun, then timers.
    coming.sort_by_key(|(at, _)| *at);
    let first = coming.into_iter().next();
    let first = first.or_else(|| script.otherwise.map(|command| (state.now, command)));
    first.map_or(Next::ByHand, |(at, command)| Next::Command { command, at: at.max(state.now) })
}

/// Whether anything comes by itself at the cursor.
pub fn goes_on(sitting: &Sitting) -> bool {
    matches!(next(sitting, &Settings::default()), Next::Command { .. })
}

/// The start, once: what was refused is for people to put right.
fn start(sitting: &Sitting) -> Next {
    let steps = sitting.steps().iter().take(sitting.cursor());
    let tried = steps.filter(|step| matches!(step.command, Command::RunWf(_))).count();
    match guide::start(sitting).filter(|_| tried == 0) {
        Some(command) => Next::Command { command, at: sitting.state().now },
        None => Next::ByHand,
    }
}

/// When the worker that works at this NodeRun now is done.
fn done_at(
    sitting: &Sitting,
    settings: &Settings,
    run: &WfRun<'_>,
    thread: ThreadNumber,
    position: Position,
) -> i64 {
    let begins = |what: &What| {
        matches!(what, What::TaskStatus { thread: t, position: p, status: TaskStatus::Running }
            if (*t, *p) == (thread, position))
    };
    let steps = sitting.steps().iter().take(sitting.cursor()).rev();
    let begun = steps
        .filter(|step| {
            let mut whats =
                step.told.iter().filter_map(|t| wf_runs::happened_in(&run.path, &t.what));
            whats.any(begins)
        })
        .map(|step| step.state.now)
        .next();
    let task = task_name(run, thread, position);
    let begun = begun.unwrap_or(sitting.state().now);
    begun.saturating_add(settings.of(task))
}

/// When the child WfRun that this NodeRun started is over: it takes as long as a task.
fn child_wf_done_at(
    sitting: &Sitting,
    settings: &Settings,
    run: &WfRun<'_>,
    thread: ThreadNumber,
    position: Position,
) -> i64 {
    let starts = |what: &What| {
        matches!(what, What::ChildWf { thread: t, position: p, status: Status::Running }
            if (*t, *p) == (thread, position))
    };
    let mut steps = sitting.steps().iter().take(sitting.cursor()).rev();
    let begun = steps.find(|step| {
        let mut whats = step.told.iter().filter_map(|t| wf_runs::happened_in(&run.path, &t.what));
        whats.any(starts)
    });
    let begun = begun.map_or(sitting.state().now, |step| step.state.now);
    begun.saturating_add(settings.of(""))
}

fn task_name<'a>(run: &WfRun<'a>, thread: ThreadNumber, position: Position) -> &'a str {
    let task = fields::task_run(run.state, thread, position);
    let def = task.and_then(|task| run.program.tasks.get(task.task_def as usize));
    def.map_or("", |def| &def.name)
}

/// What the document's simulated worker answers at this attempt; without one, a value of the declared type.
fn simulated(
    sitting: &Sitting,
    run: &WfRun<'_>,
    thread: ThreadNumber,
    position: Position,
) -> TaskResult {
    let task = fields::task_run(run.state, thread, position);
    let attempt = task.map_or(0, |task| task.attempts.len().saturating_sub(1));
    let answers = sitting.document().simulate.get(task_name(run, thread, position));
    match answers.and_then(|answers| answers.get(attempt).or_else(|| answers.last())) {
        Some(SimulatedResult::Output(value)) => TaskResult::Output(value.clone()),
        Some(SimulatedResult::Error(message)) => {
            TaskResult::Error(TASK_FAILURE.into(), (&**message).into())
        }
        Some(SimulatedResult::Exception(name, message, content)) => {
            TaskResult::Exception((&**name).into(), (&**message).into(), content.clone())
        }
        None => {
            let def = task.and_then(|task| run.program.tasks.get(task.task_def as usize));
            let defs = &run.program.struct_defs;
            let returns = def.and_then(|def| def.return_type.as_ref());
            let example = returns.map(|of| composed::example(of, defs));
            TaskResult::Output(example.unwrap_or_default())
        }
    }
}
