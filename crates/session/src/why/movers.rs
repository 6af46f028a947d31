//! What would move a ThreadRun that waits: who, outside of the run, must do what. A ThreadRun that waits for others
//! is moved by what moves them.

use std::collections::HashSet;

use halter_engine::state::{HaltReason, ThreadNumber, ThreadRun};

use crate::needs::{self, Need, Needs};
use crate::words::{Names, capital, duration, whose, with_key};

/// So many ThreadRuns are looked into, and so many sentences told: beyond, nobody reads them.
const MAX_LOOKED_AT: usize = 200;
const MAX_TOLD: usize = 12;

/// One sentence for each that would move it; none if it is over.
pub(super) fn of(names: &Names<'_>, number: ThreadNumber) -> Vec<String> {
    let mut movers = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![number];
    while let Some(number) = open.pop() {
        if !seen.insert(number) || seen.len() > MAX_LOOKED_AT || movers.len() == MAX_TOLD {
            continue;
        }
        if let Some(run) = names.state.thread(number) {
            let mut found = look(names, number, run);
            for mover in found.told {
                if !movers.contains(&mover) {
                    movers.push(mover);
                }
            }
            found.others.reverse();
            open.append(&mut found.others);
        }
    }
    movers
}

#[derive(Default)]
struct Found {
    told: Vec<String>,
    /// ThreadRuns that must be moved first.
    others: Vec<ThreadNumber>,
}

fn look(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> Found {
    let told = |sentence: String| Found { told: vec![sentence], others: Vec::new() };
    match needs::of(names, number, run) {
        Needs::Nothing | Needs::Node(None) => Found::default(),
        Needs::Rescue => told(format!("Somebody must rescue {}.", names.thread(number))),
        Needs::Node(Some(need)) => at_node(names, number, run, &need),
        Needs::ToHalt { node, children } => {
            let mut found = node
                .and_then(|node| node.need)
                .map_or_else(Found::default, |need| at_node(names, number, run, &need));
            found.others.extend(children);
            found
        }
        Needs::Reasons(reasons) => halted(names, number, reasons),
    }
}

fn halted(names: &Names<'_>, number: ThreadNumber, reasons: &[HaltReason]) -> Found {
    let mut found = Found::default();
    for reason in reasons {
        match reason {
            HaltReason::Interrupted(other)
            | HaltReason::HandlingFailure(other)
            | HaltReason::ParentHalted(other) => found.others.push(*other),
            HaltReason::ManualHalt => {
                found.told.push(format!("Somebody must resume {}.", names.thread(number)));
            }
            HaltReason::HaltedByParent(parent, _) => found.told.push(format!(
                "Nothing: {} no longer waits for {}.",
                names.thread(*parent),
                names.thread(number)
            )),
            HaltReason::PendingInterrupt(_) | HaltReason::PendingFailure(_) => {}
        }
    }
    found
}

fn at_node(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun, need: &Need) -> Found {
    let thread = names.thread(number);
    let node = names.node(number, run.position());
    let label = || {
        let node = names.node_of(number, run.position());
        node.map(|node| names.node_label(node)).unwrap_or_default()
    };
    let told = |sentence: String| Found { told: vec![sentence], others: Vec::new() };
    let others = |others: Vec<ThreadNumber>| Found { told: Vec::new(), others };
    match need {
        Need::Claim => told(format!("A worker must claim and finish {node} in {thread}.")),
        Need::Report => told(format!("A worker must finish {node} in {thread}.")),
        Need::Retry(at) => {
            let when = at.map_or_else(String::new, |at| format!(" (at {})", duration(at)));
            let node = capital(&node);
            told(format!("Time must pass: {node} in {thread} is tried again{when}."))
        }
        Need::Event { timeout_at, key, masked } => {
            let key = with_key(key.as_deref(), *masked);
            let timeout = timeout_at.map_or_else(String::new, |at| {
                format!(", or the clock must show {}", duration(at))
            });
            told(format!("Event {}{key} must be posted for {thread}{timeout}.", label()))
        }
        Need::Clock(at) => {
            told(format!("The clock must show {}: {thread} sleeps until then.", duration(*at)))
        }
        Need::Threads(awaited) => others(awaited.iter().map(|awaited| awaited.by).collect()),
        Need::ChildWf { wf_spec, .. } => {
            told(format!("The child workflow {wf_spec} must end: {thread} waits for it."))
        }
        Need::NeverHalts => told(format!(
            "Nothing: the server never halts {node} in {thread} (D-CHILD-WF-NEVER-HALTS)."
        )),
        Need::Form => {
            let form = names.state.form(number, run.position());
            told(format!("{} must complete {node} in {thread}.", capital(&whose(form))))
        }
        Need::CancelledForm => told(format!(
            "Nothing: {node} in {thread} was cancelled when it was halted, and can't be completed any more."
        )),
        Need::Condition => told(format!(
            "A ThreadRun must change a variable so that the condition of {thread} holds."
        )),
        Need::Children(children) => others(children.clone()),
    }
}
