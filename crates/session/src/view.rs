//! A run as it is drawn: everything that is shown about it, in words and numbers, without how it looks.

mod thread;
mod variables;
mod waits;

use halter_engine::state::{Status, ThreadNumber};

use crate::sitting::Sitting;
use crate::words::Names;

pub use thread::{NodeRunView, ReasonView, ThreadView};
pub use variables::{ScopeView, VariableView, scopes};

/// A run at the cursor.
#[derive(Debug, Clone, PartialEq)]
pub struct RunView {
    /// The WfRun's status; none before it was started.
    pub status: Option<Status>,
    /// The virtual clock, in milliseconds.
    pub now: i64,
    /// The ThreadRuns, by number.
    pub threads: Vec<ThreadView>,
    /// Events that nobody has claimed, such as `event paid (e2)`.
    pub unclaimed: Vec<String>,
}

/// The run as it is looked at.
pub fn run(sitting: &Sitting) -> RunView {
    let state = sitting.shown();
    let names = Names::new(sitting.program(), state);
    let before = sitting.state_after(sitting.cursor().saturating_sub(1));
    let threads = (0..).zip(&state.threads).map(|(number, run)| {
        let changed = before.thread(number) != Some(run);
        thread::view(&names, number, run, changed)
    });
    RunView {
        status: state.is_started().then_some(state.status),
        now: state.now,
        threads: threads.collect(),
        unclaimed: (0..)
            .zip(&state.events)
            .filter(|(_, event)| !event.claimed)
            .map(|(index, _)| names.event(index))
            .collect(),
    }
}

/// What changed in the step at the cursor, for those who listen: the statuses of ThreadRuns that are not as
/// they were before.
pub fn changes(sitting: &Sitting) -> String {
    let Some(step) = sitting.current_step() else {
        return "At the beginning: nothing has happened yet.".to_owned();
    };
    let names = Names::new(sitting.program(), &step.state);
    let mut sentences = vec![crate::words::command(&names, &step.command)];
    if let Some(refusal) = &step.refusal {
        sentences.push(format!("Refused: {}", refusal.message));
    }
    let before = sitting.state_after(sitting.cursor().saturating_sub(1));
    for (number, run) in (0..).zip(&step.state.threads) {
        if before.thread(number as ThreadNumber).map(|run| run.status) != Some(run.status) {
            sentences.push(format!("{} is {}", names.thread(number), run.status.name()));
        }
    }
    if before.status != step.state.status {
        sentences.push(format!("The WfRun is {}", step.state.status.name()));
    }
    format!("{}.", sentences.join(". "))
}
