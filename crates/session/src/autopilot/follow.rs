//! The document's script beside a run that goes on by itself: which of its lines have happened, which comes next,
//! and which tasks wait for a line of their own.

use halter_engine::Choice;
use halter_engine::command::Command;
use halter_engine::state::{Position, ThreadNumber};

use crate::guide::same;
use crate::script;
use crate::sitting::Sitting;
use crate::wf_runs::{self, WfRun, WfRunPath};

/// A line that is due at a virtual time.
pub(super) struct Line {
    pub(super) command: Command,
    pub(super) at: i64,
}

/// The rest of a script.
pub(super) struct Script {
    /// The next line, if it would be taken.
    pub(super) next: Option<Line>,
    /// The next line that would be taken at all, for when nothing else is to come: the run did not go as the
    /// script says.
    pub(super) otherwise: Option<Command>,
    /// NodeRuns about whose tasks the lines that are left say something.
    awaited: Vec<(WfRunPath, ThreadNumber, Position)>,
}

impl Script {
    /// The rest of the script at the cursor. A line has happened when its command was given; what a task
    /// returned may differ. Time that passes in the script passes after the line before it.
    pub(super) fn of(sitting: &Sitting, runs: &[(WfRun<'_>, Vec<Choice>)]) -> Script {
        let mut left: Vec<(Command, i64)> = Vec::new();
        let mut pause = 0_i64;
        for line in &sitting.document().script {
            // What can't be read is told of where it stands.
            match script::read(line, sitting) {
                Ok(Command::PassTime(milliseconds)) => pause = pause.saturating_add(milliseconds),
                Ok(command) => left.push((command, std::mem::take(&mut pause))),
                Err(_) => {}
            }
        }
        let mut since = 0;
        for step in sitting.steps().iter().take(sitting.cursor()) {
            if let Some(index) = left.iter().position(|(line, _)| says(line, &step.command)) {
                left.remove(index);
                since = step.state.now;
            }
        }
        let first = left.first();
        let next = first.filter(|(command, _)| comes(command, runs));
        let awaited = match next {
            // Where the run departed from its script, tasks need not wait for it.
            None => Vec::new(),
            Some(_) => left.iter().filter_map(|(line, _)| task_of(line)).collect(),
        };
        let otherwise = left.iter().find(|(command, _)| comes(command, runs));
        Script {
            next: next.map(|(command, pause)| Line {
                command: command.clone(),
                at: since.saturating_add(*pause),
            }),
            otherwise: otherwise.map(|(command, _)| command.clone()),
            awaited,
        }
    }

    /// Whether a line that is left says something about the task there.
    pub(super) fn awaits(
        &self,
        path: &WfRunPath,
        thread: ThreadNumber,
        position: Position,
    ) -> bool {
        self.awaited.iter().any(|awaited| *awaited == (path.clone(), thread, position))
    }
}

fn task_of(command: &Command) -> Option<(WfRunPath, ThreadNumber, Position)> {
    let (path, command) = wf_runs::meant(command);
    if let Command::ClaimTask(thread, position)
    | Command::ReportTask(thread, position, _)
    | Command::ReportChildWf(thread, position, _) = command
    {
        Some((path, *thread, *position))
    } else {
        None
    }
}

/// Whether a command that was given is what a line says.
fn says(line: &Command, given: &Command) -> bool {
    match (wf_runs::meant(line).1, wf_runs::meant(given).1) {
        (Command::ReportTask(..), Command::ReportTask(..))
        | (Command::ReportChildWf(..), Command::ReportChildWf(..)) => {
            task_of(line) == task_of(given)
        }
        (Command::RunWf(_), Command::RunWf(_)) => true,
        _ => same(line, given),
    }
}

/// Whether a line can come now. What is always there to be done comes, even to be refused: a script may show that.
fn comes(line: &Command, runs: &[(WfRun<'_>, Vec<Choice>)]) -> bool {
    let (path, line) = wf_runs::meant(line);
    let Some((_, choices)) = runs.iter().find(|(run, _)| run.path == path) else {
        return false;
    };
    let choice = match *line {
        Command::RunWf(_) | Command::InChildWf(..) => return false,
        Command::ClaimTask(thread, position) => Choice::ClaimTask(thread, position),
        Command::ReportTask(thread, position, _) => Choice::ReportTask(thread, position),
        Command::ReportChildWf(thread, position, _) => Choice::ReportChildWf(thread, position),
        Command::CompleteUserTask(thread, position, _) => {
            Choice::CompleteUserTask(thread, position)
        }
        Command::CancelUserTask(thread, position) => Choice::CancelUserTask(thread, position),
        Command::ResumeWfRun(thread) => Choice::Resume(thread),
        Command::RescueThreadRun { thread, .. } => Choice::Rescue(thread),
        Command::PostEvent { .. }
        | Command::PostCorrelatedEvent { .. }
        | Command::PassTime(_)
        | Command::StopWfRun(_) => return true,
    };
    choices.contains(&choice)
}
