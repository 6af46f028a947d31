//! A run as it is drawn: everything that is shown about it, in words and numbers, without how it looks.

mod caption;
mod thread;
mod variables;
pub(crate) mod waits;

use halter_engine::occurrence::What;
use halter_engine::state::{Position, Status, ThreadNumber, ThreadType};

use crate::sitting::{Sitting, Step};
use crate::wf_runs::{self, WfRun, WfRunPath};
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
    /// The ThreadRuns by number; behind those of the first WfRun those of its child WfRuns that are played.
    pub threads: Vec<ThreadView>,
    /// These child WfRuns, as in [`wf_runs::all`].
    pub child_wf_runs: Vec<ChildWfView>,
    /// Events that nobody has claimed, such as `event paid (e2)`.
    pub unclaimed: Vec<String>,
    /// The event that is on its way, at a moment within a step.
    pub flight: Option<Flight>,
}

/// A child WfRun that is played.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildWfView {
    /// Which it is.
    pub path: WfRunPath,
    /// Its WfSpec's name; with the NodeRun that started it, if there are several.
    pub name: String,
    /// Its status.
    pub status: Status,
    /// The ThreadRun that started it.
    pub started_by: ThreadNumber,
    /// The NodeRun of that ThreadRun.
    pub from: Position,
    /// The index of its first ThreadRun in [`RunView::threads`].
    pub first: usize,
    /// Events that nobody has claimed, such as `event paid (e2)`.
    pub unclaimed: Vec<String>,
}

impl RunView {
    /// The ThreadRun that is known by that number.
    #[must_use]
    pub fn thread(&self, number: ThreadNumber) -> Option<&ThreadView> {
        let (index, own) = wf_runs::own_number(number);
        let first = match index.checked_sub(1) {
            None => 0,
            Some(child) => self.child_wf_runs.get(child)?.first,
        };
        self.threads.get(first + own as usize).filter(|thread| thread.number == number)
    }

    /// The ThreadRuns of the first WfRun.
    #[must_use]
    pub fn own_threads(&self) -> &[ThreadView] {
        let own = self.child_wf_runs.first().map_or(self.threads.len(), |child| child.first);
        self.threads.get(..own).unwrap_or_default()
    }
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
    // The event as its WfRun knows it: where that is among all of them, and the event's index.
    let (mut event, mut at) = (None, None);
    let runs = wf_runs::all(sitting.program(), sitting.shown());
    for told in told {
        let mut told_by = runs.iter().enumerate();
        let told_by = told_by.find_map(|(index, run)| {
            Some((index, run, wf_runs::happened_in(&run.path, &told.what)?))
        });
        let Some((index, run, what)) = told_by else { continue };
        match *what {
            What::EventArrived { event: arrived } => (event, at) = (Some((index, arrived)), None),
            What::Interrupted { event: taken, thread }
            | What::EventClaimed { event: taken, thread, .. } => {
                (event, at) = (Some((index, taken)), Some(wf_runs::shared_number(index, thread)));
            }
            What::ThreadStarted { thread, kind: ThreadType::Interrupt } => {
                let trigger = run.state.thread(thread).and_then(|run| run.trigger);
                if trigger.is_some() && trigger.map(|trigger| (index, trigger)) == event {
                    at = Some(wf_runs::shared_number(index, thread));
                }
            }
            _ => {}
        }
    }
    let (index, event) = event?;
    let run = runs.get(index)?;
    Some(Flight { event: Names::new(run.program, run.state).event(event), at })
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
    let mut threads: Vec<ThreadView> = threads.collect();
    let child_wf_runs = child_wf_runs(sitting, &mut threads);
    RunView {
        status: state.is_started().then_some(state.status),
        now: state.now,
        threads,
        child_wf_runs,
        unclaimed: unclaimed(&names),
        flight: flight(sitting),
    }
}

fn unclaimed(names: &Names<'_>) -> Vec<String> {
    let events = (0..).zip(&names.state.events);
    events.filter(|(_, event)| !event.claimed).map(|(index, _)| names.event(index)).collect()
}

/// The child WfRuns that are played; their ThreadRuns come behind the others.
fn child_wf_runs(sitting: &Sitting, threads: &mut Vec<ThreadView>) -> Vec<ChildWfView> {
    let program = sitting.program();
    let before = sitting.state_after(sitting.cursor().saturating_sub(1));
    let runs = wf_runs::all(program, sitting.shown());
    let index_of = |path: &[_]| runs.iter().position(|run| run.path == path).unwrap_or_default();
    let children = runs.iter().enumerate().skip(1).map(|(index, run)| {
        let (&(thread, from), parent) = run.path.split_last().unwrap_or((&(0, 0), &[]));
        let name = wf_runs::name(&runs, run);
        let names = Names::new(run.program, run.state);
        let before = wf_runs::at(program, before, &run.path).map(|(_, state)| state);
        let first_spec = wf_runs::first_spec(program, run.program);
        let first = threads.len();
        threads.extend((0..).zip(&run.state.threads).map(|(number, run)| {
            let changed = before.and_then(|before| before.thread(number)) != Some(&**run);
            thread::view(&names, number, run, changed).in_child(index, first_spec, &name)
        }));
        ChildWfView {
            path: run.path.clone(),
            name,
            status: run.state.status,
            started_by: wf_runs::shared_number(index_of(parent), thread),
            from,
            first,
            unclaimed: unclaimed(&names),
        }
    });
    children.collect()
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
    let all = wf_runs::all(sitting.program(), &step.state);
    for run in &all {
        let (passed, wf_run) = passed(sitting, step, &run.path);
        let (names, place) = (Names::new(run.program, run.state), place(&all, run));
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
fn place(all: &[WfRun<'_>], run: &WfRun<'_>) -> String {
    if run.path.is_empty() {
        String::new()
    } else {
        format!("In workflow {}: ", wf_runs::name(all, run))
    }
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
