//! What a ThreadRun waits for, and what would move it, as its card says it.

use halter_engine::state::{HaltReason, NodeRunDetail, Status, ThreadNumber, ThreadRun};

use crate::needs::{self, DelayingNode, Need, Needs};
use crate::words::{self, Names, duration, threads};

/// One or two sentences; empty if the ThreadRun is over.
pub(crate) fn waits(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> String {
    if run.status.is_terminal() {
        return String::new();
    }
    match needs::of(names, number, run) {
        Needs::Nothing | Needs::Rescue | Needs::Node(None) => String::new(),
        Needs::Node(Some(need)) => at_node(names, number, run, &need),
        Needs::ToHalt { node, children } => to_halt(names, number, run, node, &children),
        Needs::Reasons(reasons) => goes_on_when(names, reasons),
    }
}

/// What keeps a HALTING ThreadRun from being HALTED (R-HALTED).
fn to_halt(
    names: &Names<'_>,
    number: ThreadNumber,
    run: &ThreadRun,
    node: Option<DelayingNode>,
    children: &[ThreadNumber],
) -> String {
    let mut delays = Vec::new();
    if let Some(DelayingNode { need }) = node {
        let node = names.node(number, run.position());
        delays.push(match need {
            Some(Need::Claim) => format!("{node} is scheduled: a worker must claim and finish it"),
            Some(Need::Report) => format!("{node} is running: a worker must finish it"),
            Some(Need::Retry(_)) => format!("{node} is about to be tried again"),
            Some(Need::NeverHalts) => {
                format!("{node} is never halted, as the server has it (D-CHILD-WF-NEVER-HALTS)")
            }
            None
            | Some(
                Need::Event { .. }
                | Need::Clock(_)
                | Need::Threads(_)
                | Need::Form
                | Need::ChildWf { .. }
                | Need::CancelledForm
                | Need::Condition
                | Need::Children(_),
            ) => format!("{node} is not halted yet"),
        });
    }
    if !children.is_empty() {
        let verb = if children.len() == 1 { "is" } else { "are" };
        delays.push(format!("{} {verb} not halted yet", threads(children)));
    }
    if delays.is_empty() {
        return "It is about to be HALTED.".to_owned();
    }
    format!("Not HALTED yet: {}.", delays.join("; "))
}

/// The HALTING ThreadRuns that this one keeps from being HALTED: itself by its node, its parent by going on (R-HALTED).
pub(super) fn delays(
    names: &Names<'_>,
    number: ThreadNumber,
    run: &ThreadRun,
) -> Vec<ThreadNumber> {
    let itself = needs::node_delays(run).then_some(number);
    let parent = run.parent.filter(|parent| {
        let parent = names.state.thread(*parent);
        let waits = parent.is_some_and(|parent| {
            parent.status == Status::Halting && parent.children.contains(&number)
        });
        waits && run.status.is_in_progress()
    });
    itself.into_iter().chain(parent).collect()
}

/// What would take the halt reasons away (R-RESUME).
fn goes_on_when(names: &Names<'_>, reasons: &[HaltReason]) -> String {
    let never = reasons.iter().find_map(|reason| words::never(names, reason));
    if let Some(why) = never {
        return format!("It never goes on: {why}.");
    }
    let reasons: Vec<String> =
        reasons.iter().filter_map(|reason| words::resolution(names, reason)).collect();
    match &*reasons {
        [] => String::new(),
        [one] => format!("It goes on when {one}."),
        many => format!("It goes on when {}.", many.join(" and ")),
    }
}

fn at_node(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun, need: &Need) -> String {
    let node = names.node(number, run.position());
    let label = || {
        let node = names.node_of(number, run.position());
        node.map(|node| names.node_label(node)).unwrap_or_default()
    };
    match need {
        Need::Claim => format!("A worker must claim {node}."),
        Need::Report => format!("A worker is at {node} and must complete or fail it."),
        Need::Retry(at) => {
            let when =
                at.map_or_else(String::new, |at| format!(" when the clock shows {}", duration(at)));
            format!("{} is tried again{when}.", words::capital(&node))
        }
        Need::Event { timeout_at, key, masked } => {
            let key = words::with_key(key.as_deref(), *masked);
            let timeout =
                timeout_at.map_or_else(String::new, |at| format!(", or until {}", duration(at)));
            format!("It waits for event {}{key}{timeout}.", label())
        }
        Need::Clock(at) if *at <= names.state.now => {
            "Its sleep is over already: it goes on as soon as any time passes.".to_owned()
        }
        Need::Clock(at) => format!(
            "It sleeps until the clock shows {}: {} must pass.",
            duration(*at),
            duration(at.saturating_sub(names.state.now))
        ),
        Need::Threads(awaited) => {
            let open: Vec<ThreadNumber> = awaited.iter().map(|awaited| awaited.thread).collect();
            format!("It waits for {}.", threads(&open))
        }
        Need::ChildWf { wf_spec, is_played: true } => {
            format!("It waits for the child workflow {wf_spec} to end.")
        }
        Need::ChildWf { wf_spec, is_played: false } => {
            format!("It waits for the child workflow {wf_spec}: somebody must say how that ended.")
        }
        Need::NeverHalts => {
            format!("Nothing moves it: the server never halts {node} (D-CHILD-WF-NEVER-HALTS).")
        }
        Need::Form => {
            let form = names.state.form(number, run.position());
            format!("{} must complete {node}.", words::capital(&words::whose(form)))
        }
        Need::CancelledForm => format!(
            "Nothing moves it: {node} was cancelled when it was halted, and can't be completed any more."
        ),
        Need::Condition => {
            "It waits for its condition: a thread that shares its variables must change one."
                .to_owned()
        }
        Need::Children(children) => format!("It waits at its end for {}.", threads(children)),
    }
}

/// The ThreadRuns that a NodeRun started.
pub(super) fn started(detail: &NodeRunDetail) -> Vec<ThreadNumber> {
    match detail {
        NodeRunDetail::StartThread(Some(thread)) => vec![*thread],
        NodeRunDetail::StartMultipleThreads(threads) => threads.clone(),
        NodeRunDetail::Plain
        | NodeRunDetail::Task(_)
        | NodeRunDetail::ExternalEvent { .. }
        | NodeRunDetail::StartThread(_)
        | NodeRunDetail::WaitForThreads(_)
        | NodeRunDetail::Sleep { .. }
        | NodeRunDetail::UserTask(_)
        | NodeRunDetail::RunChildWf { .. }
        | NodeRunDetail::WaitForChildWf(_)
        | NodeRunDetail::ThrowEvent(_) => Vec::new(),
    }
}
