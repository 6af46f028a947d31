//! A run as it is drawn: everything that is shown about it, in words and numbers, without how it looks.

mod caption;
mod thread;
mod variables;
pub(crate) mod waits;

use halter_engine::occurrence::What;
use halter_engine::state::{Position, Status, ThreadNumber, ThreadType};

use crate::sitting::{Sitting, Step};
use crate::wf_runs::{self, WfRun};
use crate::words::Names;

pub use caption::caption;
pub use thread::{NodeRunView, ReasonView, ThreadView};
pub use variables::{ChangeView, ScopeView, VariableView, history, scopes};

/// A run at the cursor; by default one that was not started.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunView {
    /// The WfRun's status; none before it was started.
    pub status: Option<Status>,
    /// The virtual clock, in milliseconds.
    pub now: i64,
    /// The ThreadRuns, by number.
    pub threads: Vec<ThreadView>,
    /// Events that nobody has claimed, such as `event paid (e2)`.
    pub unclaimed: Vec<String>,
    /// The event that is on its way, at a moment within a step.
    pub flight: Option<Flight>,
}

/// An event on its way to who takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Flight {
    /// The event, such as `event paid (e2)`.
    pub event: String,
    /// The ThreadRun that it has come to; none while it only has arrived.
    pub at: Option<ThreadNumber>,
}

/// An event flies from its arrival to the ThreadRun that it interrupts or that waits for it, and from there to the handler.
fn flight(sitting: &Sitting) -> Option<Flight> {
    let told = sitting.current_step()?.told.get(..sitting.moment()?)?;
    let (mut event, mut at) = (None, None);
    for told in told {
        match told.what {
            What::EventArrived { event: arrived } => (event, at) = (Some(arrived), None),
            What::Interrupted { event: taken, thread }
            | What::EventClaimed { event: taken, thread, .. } => {
                (event, at) = (Some(taken), Some(thread));
            }
            What::ThreadStarted { thread, kind: ThreadType::Interrupt } => {
                let trigger = sitting.shown().thread(thread).and_then(|run| run.trigger);
                if trigger.is_some() && trigger == event {
                    at = Some(thread);
                }
            }
            _ => {}
        }
    }
    let names = Names::new(sitting.program(), sitting.shown());
    Some(Flight { event: names.event(event?), at })
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
        flight: flight(sitting),
    }
}

/// What there is before the first step.
pub fn beginning(sitting: &Sitting) -> &'static str {
    match sitting.document().found {
        Some(_) => "the WfRun as it was found",
        None => "nothing has happened yet",
    }
}

/// What changed in the step at the cursor, up to the moment that is looked at, for those who listen: the statuses
/// of ThreadRuns that are not as they were before.
pub fn changes(sitting: &Sitting) -> String {
    let Some(step) = sitting.current_step() else {
        return format!("At the beginning: {}.", beginning(sitting));
    };
    let names = Names::new(sitting.program(), &step.state);
    let mut sentences = vec![crate::words::command(&names, &step.command)];
    if let Some(refusal) = &step.refusal {
        sentences.push(format!("Refused: {}", refusal.message));
    }
    for run in wf_runs::all(sitting.program(), &step.state) {
        let (passed, wf_run) = passed(sitting, step, &run.path);
        let (names, place) = (Names::new(run.program, run.state), place(&run));
        let statuses = wf_run.iter().map(|status| status.name());
        sentences.extend(statuses.map(|status| format!("{place}The WfRun is {status}")));
        for Passed { thread, statuses, .. } in passed {
            let statuses: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
            let name = names.thread(thread);
            sentences.push(format!("{place}{name} is {}", statuses.join(", then ")));
        }
    }
    format!("{}.", sentences.join(". "))
}

/// What a ThreadRun went through in a step.
struct Passed {
    thread: ThreadNumber,
    /// What it is, if it was started in this step.
    started: Option<ThreadType>,
    /// One at least. A ThreadRun that halted and went on is worth telling of, though it is as it was before.
    statuses: Vec<Status>,
}

/// What sentences about a child WfRun begin with.
fn place(run: &WfRun<'_>) -> String {
    if run.path.is_empty() { String::new() } else { format!("In workflow {}: ", run.program.name) }
}

/// What ThreadRuns of a WfRun went through in the step at the cursor, up to the moment that is looked at, in the order in which
/// they were reached; and what the WfRun did.
fn passed(
    sitting: &Sitting,
    step: &Step,
    path: &[(ThreadNumber, Position)],
) -> (Vec<Passed>, Vec<Status>) {
    let (mut passed, mut wf_run): (Vec<Passed>, Vec<Status>) = (Vec::new(), Vec::new());
    let told = step.told.iter().take(sitting.moment().unwrap_or(usize::MAX));
    for what in told.filter_map(|told| wf_runs::happened_in(path, &told.what)) {
        let (thread, status, started) = match *what {
            What::ThreadStatus { thread, status } => (thread, status, None),
            What::ThreadStarted { thread, kind } => (thread, Status::Running, Some(kind)),
            What::WfRunStatus(status) => {
                wf_run.push(status);
                continue;
            }
            _ => continue,
        };
        match passed.iter_mut().find(|passed| passed.thread == thread) {
            Some(passed) => passed.statuses.push(status),
            None => passed.push(Passed { thread, started, statuses: vec![status] }),
        }
    }
    (passed, wf_run)
}
