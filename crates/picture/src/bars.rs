//! Where bars stand: a row for each ThreadRun, with what its status was in each step.

use halter_engine::command::Command;
use halter_engine::occurrence::What;
use halter_engine::state::{RunState, Status};
use halter_session::wf_runs::{self, WfRun, WfRunPath};
use halter_session::{Sitting, Step};

/// How much wider than all other steps together the time that passed is drawn.
const TIME_WEIGHT: f64 = 3.0;

/// The state after the last step.
#[must_use]
pub fn last_state(sitting: &Sitting) -> &RunState {
    sitting.state_after(sitting.steps().len())
}

/// Where steps begin and end, as parts of the width: one more than there are steps.
#[must_use]
pub fn edges(sitting: &Sitting, by_time: bool) -> Vec<f64> {
    let steps = sitting.steps().len();
    let total = last_state(sitting).now.max(1) as f64;
    let weight = |step: usize| {
        let passed = sitting.state_after(step + 1).now - sitting.state_after(step).now;
        if by_time { 1.0 + TIME_WEIGHT * steps as f64 * passed.max(0) as f64 / total } else { 1.0 }
    };
    let weights: Vec<f64> = (0..steps).map(weight).collect();
    let sum: f64 = weights.iter().sum::<f64>().max(1.0);
    let mut edges = vec![0.0];
    let mut at = 0.0;
    for weight in weights {
        at += weight / sum;
        edges.push(at);
    }
    edges
}

/// Where a place within a step stands, as a part of the width; edges are those of [`edges`].
#[must_use]
pub fn at(edges: &[f64], place: f64) -> f64 {
    let step = place.floor();
    let edge = |step: usize| edges.get(step).copied().unwrap_or(1.0);
    let (left, right) = (edge(step as usize), edge(step as usize + 1));
    left + (right - left) * (place - step)
}

/// Where a ThreadRun had the same status, in steps: 2.5 is the middle of the third.
#[derive(Debug, PartialEq)]
pub struct Span {
    /// The status.
    pub status: Status,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// A row: that of a ThreadRun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number by which it is known among those of all WfRuns.
    pub number: u32,
    /// Its WfRun.
    pub wf_run: WfRunPath,
    /// Its number in it.
    pub own_number: u32,
    /// How it is called in attributes: `1`, or `shipping:1`.
    pub key: String,
    /// Its ThreadSpec's name.
    pub spec: String,
}

impl Row {
    /// What stands before it: `1 ship`, or `shipping:1 ship`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.key, self.spec)
    }
}

/// The rows of all ThreadRuns at the end: those of the first WfRun, and then those of its child WfRuns that are played.
#[must_use]
pub fn rows(sitting: &Sitting) -> Vec<Row> {
    let all = wf_runs::all(sitting.program(), last_state(sitting));
    let of = |(index, run): (usize, &WfRun<'_>)| {
        let wf_run = if index == 0 { String::new() } else { wf_runs::name(&all, run) };
        let rows = (0..).zip(&run.state.threads).map(|(own_number, thread)| Row {
            number: wf_runs::shared_number(index, own_number),
            wf_run: run.path.clone(),
            own_number,
            key: wf_runs::key(&wf_run, own_number),
            spec: run.program.spec(thread.spec).name.to_string(),
        });
        rows.collect::<Vec<_>>()
    };
    all.iter().enumerate().flat_map(of).collect()
}

/// The statuses that a ThreadRun went through within a step, in order.
fn passed(step: &Step, row: &Row) -> Vec<Status> {
    let whats = step.told.iter().filter_map(|told| wf_runs::happened_in(&row.wf_run, &told.what));
    let statuses = whats.filter_map(|what| match *what {
        What::ThreadStatus { thread, status } if thread == row.own_number => Some(status),
        What::ThreadStarted { thread, .. } if thread == row.own_number => Some(Status::Running),
        _ => None,
    });
    statuses.collect()
}

/// A step in which a ThreadRun goes through several statuses is shared out among them: an interrupt that is over at once is
/// seen all the same.
#[must_use]
pub fn spans(sitting: &Sitting, row: &Row) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (index, step) in sitting.steps().iter().enumerate() {
        let state = wf_runs::at(sitting.program(), &step.state, &row.wf_run);
        let Some(run) = state.and_then(|(_, state)| state.thread(row.own_number)) else {
            continue;
        };
        let over =
            spans.last().is_some_and(|last| last.status == run.status) && run.status.is_terminal();
        if over {
            // One step says so, and then there is nothing more.
            continue;
        }
        let mut statuses = passed(step, row);
        if statuses.last() != Some(&run.status) {
            statuses.push(run.status);
        }
        let parts = statuses.len() as f64;
        for (part, status) in statuses.into_iter().enumerate() {
            let (from, to) =
                (index as f64 + part as f64 / parts, index as f64 + (part + 1) as f64 / parts);
            match spans.last_mut() {
                Some(last) if last.status == status => last.to = to,
                _ => spans.push(Span { status, from, to }),
            }
        }
    }
    spans
}

/// What kind of command a step has, as it is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It was refused, whatever it was.
    Refused,
    /// An event came.
    Event,
    /// Time passed.
    Time,
    /// A task was claimed or reported.
    Task,
    /// All others.
    Other,
}

impl Mark {
    /// How a step is marked.
    #[must_use]
    pub fn of(step: &Step) -> Self {
        match wf_runs::meant(&step.command).1 {
            _ if step.refusal.is_some() => Mark::Refused,
            Command::PostEvent { .. } | Command::PostCorrelatedEvent { .. } => Mark::Event,
            Command::PassTime(_) => Mark::Time,
            Command::ClaimTask(..) | Command::ReportTask(..) | Command::ReportChildWf(..) => {
                Mark::Task
            }
            Command::InChildWf(..)
            | Command::RunWf(_)
            | Command::StopWfRun(_)
            | Command::ResumeWfRun(_)
            | Command::RescueThreadRun { .. }
            | Command::CompleteUserTask(..)
            | Command::CancelUserTask(..) => Mark::Other,
        }
    }

    /// Its name in style sheets.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Mark::Refused => "refused",
            Mark::Event => "event",
            Mark::Time => "time",
            Mark::Task => "task",
            Mark::Other => "other",
        }
    }
}
