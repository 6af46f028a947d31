//! One ThreadRun as it is drawn.

use std::fmt::Write as _;

use halter_engine::program::NodeKind;
use halter_engine::state::{HaltReason, Position, Status, ThreadNumber, ThreadRun, ThreadType};

use super::waits;
use crate::wf_runs;
use crate::words::{self, Names};

/// A ThreadRun.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadView {
    /// The number by which it is known among the ThreadRuns of all WfRuns: of the first WfRun its own.
    pub number: ThreadNumber,
    /// The number that it has in its WfRun.
    pub own_number: ThreadNumber,
    /// The name of the child WfRun of which it is, such as `shipping`; empty of the first.
    pub wf_run: String,
    /// Index of its ThreadSpec, among those of all WfSpecs.
    pub spec: u16,
    /// Its ThreadSpec's name.
    pub spec_name: String,
    /// Why it exists.
    pub kind: ThreadType,
    /// Its status.
    pub status: Status,
    /// Its parent.
    pub parent: Option<ThreadNumber>,
    /// The parent's NodeRun from which it was started: where it started a child, or where it was when it was
    /// interrupted or failed.
    pub from: Option<Position>,
    /// The event that it handles, such as `event cart-updated (e1)`.
    pub event: Option<String>,
    /// Index of that event's def.
    pub event_def: Option<u16>,
    /// Why it is halting or halted.
    pub reasons: Vec<ReasonView>,
    /// Its NodeRuns.
    pub node_runs: Vec<NodeRunView>,
    /// What it waits for and what would move it; empty if it is over.
    pub waits: String,
    /// How it failed: the failure's name and message; empty if it did not.
    pub failed: String,
    /// The HALTING ThreadRuns that it keeps from being HALTED: itself by its node, its parent by going on (R-HALTED).
    pub delays: Vec<ThreadNumber>,
    /// Everything about it in one or two sentences, for those who can't see the picture.
    pub text: String,
    /// Whether the step at the cursor changed it.
    pub changed: bool,
}

/// A halt reason.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonView {
    /// `LittleHorse`'s name.
    pub name: &'static str,
    /// The number of the other ThreadRun that it is about.
    pub thread: Option<ThreadNumber>,
    /// What it means.
    pub sentence: String,
}

/// A NodeRun.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeRunView {
    /// Its position.
    pub position: Position,
    /// Index of its node.
    pub node: u16,
    /// Its status.
    pub status: Status,
    /// Whether it keeps its HALTING ThreadRun from being HALTED (R-HALTED).
    pub delays: bool,
    /// What it is, its status and its failures, in words.
    pub text: String,
}

pub(super) fn view(
    names: &Names<'_>,
    number: ThreadNumber,
    run: &ThreadRun,
    changed: bool,
) -> ThreadView {
    let spec_name = names.spec_of(number).map_or_else(String::new, |spec| spec.name.to_string());
    let event = run.trigger.map(|event| names.event(event));
    let reasons: Vec<ReasonView> =
        run.halt_reasons.iter().map(|reason| reason_view(names, reason)).collect();
    let waits = waits::waits(names, number, run);
    let text = text(names, number, run, &reasons, &waits);
    ThreadView {
        number,
        own_number: number,
        wf_run: String::new(),
        spec: run.spec,
        spec_name,
        kind: run.kind,
        status: run.status,
        parent: run.parent,
        from: run.parent.and_then(|parent| origin(names, number, parent)),
        event,
        event_def: run.trigger.and_then(|event| Some(names.state.events.get(event as usize)?.def)),
        reasons,
        node_runs: node_runs(names, number, run),
        waits,
        delays: waits::delays(names, number, run),
        failed: if run.status.is_failed() { failed(run) } else { String::new() },
        text,
        changed,
    }
}

impl ThreadView {
    /// `ThreadRun 1`, or `ThreadRun 1 of shipping`.
    #[must_use]
    pub fn name(&self) -> String {
        let own = self.own_number;
        match &*self.wf_run {
            "" => format!("ThreadRun {own}"),
            wf_run => format!("ThreadRun {own} of {wf_run}"),
        }
    }

    /// How it is called in attributes: `1`, or `shipping:1`.
    #[must_use]
    pub fn key(&self) -> String {
        wf_runs::key(&self.wf_run, self.own_number)
    }

    /// The same as one of a child WfRun: with the place of that among all WfRuns, and the index of its first ThreadSpec.
    pub(super) fn in_child(self, index: usize, first_spec: u16, wf_run: &str) -> Self {
        let shared = |own| wf_runs::shared_number(index, own);
        ThreadView {
            number: shared(self.number),
            wf_run: wf_run.to_owned(),
            spec: first_spec.saturating_add(self.spec),
            parent: self.parent.map(shared),
            delays: self.delays.into_iter().map(shared).collect(),
            text: format!("In workflow {wf_run}: {}", self.text),
            ..self
        }
    }
}

fn failed(run: &ThreadRun) -> String {
    let failure = run.current().and_then(|node_run| node_run.failures.last());
    let parts = [failure.map(|failure| &*failure.name), run.error_message.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(": ")
}

fn reason_view(names: &Names<'_>, reason: &HaltReason) -> ReasonView {
    let thread = match reason {
        HaltReason::Interrupted(thread)
        | HaltReason::ParentHalted(thread)
        | HaltReason::HandlingFailure(thread)
        | HaltReason::HaltedByParent(thread, _) => Some(*thread),
        HaltReason::PendingInterrupt(_)
        | HaltReason::PendingFailure(_)
        | HaltReason::ManualHalt => None,
    };
    ReasonView { name: reason.name(), thread, sentence: words::reason(names, reason) }
}

fn node_runs(names: &Names<'_>, number: ThreadNumber, run: &ThreadRun) -> Vec<NodeRunView> {
    (0..)
        .zip(&run.node_runs)
        .map(|(position, node_run)| {
            let mut text = format!(
                "{} is {}",
                words::capital(&names.node(number, position)),
                node_run.status.name()
            );
            if let Some(failure) = node_run.failures.last() {
                text.push_str(", failed with ");
                text.push_str(&failure.name);
            }
            let delays = crate::needs::node_delays(run) && position == run.position();
            if delays {
                let _ = write!(text, ". It keeps {} from being HALTED", names.thread(number));
            }
            NodeRunView { position, node: node_run.node, status: node_run.status, delays, text }
        })
        .collect()
}

/// The parent's NodeRun from which a ThreadRun was started.
fn origin(names: &Names<'_>, number: ThreadNumber, parent: ThreadNumber) -> Option<Position> {
    let run = names.state.thread(number)?;
    let parent_run = names.state.thread(parent)?;
    match run.kind {
        ThreadType::Entrypoint => None,
        // The interrupted thread stays where it was until the handler is over; afterwards nobody can tell.
        ThreadType::Interrupt if run.status.is_terminal() => None,
        ThreadType::Interrupt => Some(parent_run.position()),
        ThreadType::FailureHandler => run
            .failure_being_handled
            .filter(|(thread, ..)| *thread == parent)
            .map(|(_, position, _)| position),
        ThreadType::Child => (0..).zip(&parent_run.node_runs).find_map(|(position, node_run)| {
            let starts = names.node_of(parent, position).is_some_and(|node| {
                matches!(
                    node.kind,
                    NodeKind::StartThread { .. } | NodeKind::StartMultipleThreads { .. }
                )
            });
            (starts && waits::started(&node_run.detail).contains(&number)).then_some(position)
        }),
    }
}

fn text(
    names: &Names<'_>,
    number: ThreadNumber,
    run: &ThreadRun,
    reasons: &[ReasonView],
    waits: &str,
) -> String {
    let role = match (run.kind, run.parent) {
        (ThreadType::Entrypoint, _) | (_, None) => "the entrypoint".to_owned(),
        (ThreadType::Child, Some(parent)) => format!("a child of ThreadRun {parent}"),
        (ThreadType::Interrupt, Some(parent)) => {
            let event = run
                .trigger
                .map_or_else(String::new, |e| format!(" by event {}", names.event_def(e)));
            format!("handles the interrupt of ThreadRun {parent}{event}")
        }
        (ThreadType::FailureHandler, Some(parent)) => {
            format!("handles the failure of ThreadRun {parent}")
        }
    };
    let mut text = format!("{}, {role}, is {}", names.thread(number), run.status.name());
    let because = match run.status {
        Status::Halting | Status::Halted => " because ",
        Status::Starting | Status::Running => " and is about to halt because ",
        // What halted it once says nothing about its end.
        Status::Completed | Status::Error | Status::Exception => "",
    };
    if !reasons.is_empty() && !because.is_empty() {
        let reasons: Vec<&str> = reasons.iter().map(|reason| &*reason.sentence).collect();
        text.push_str(because);
        text.push_str(&reasons.join(" and "));
    }
    text.push('.');
    let message = run.error_message.as_deref().unwrap_or_default();
    for sentence in [message, waits] {
        if !sentence.is_empty() {
            text.push(' ');
            text.push_str(sentence);
        }
    }
    text
}
