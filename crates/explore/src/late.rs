//! What may come later as well and need not be tried now: posts that nobody takes; and while time stands still, a
//! worker that takes a task.
//!
//! Why nothing is lost by that stands in docs/explorer.md, with the words that are used here: a post is *idle* if
//! nobody takes it, and a move *reads* an event if a ThreadRun comes to wait for it, or goes on waiting.

use std::sync::Arc;

use halter_engine::program::NodeKind;
use halter_engine::state::{NodeRunDetail, RunState, Status, ThreadNumber, ThreadRun};
use halter_engine::{Command, Deviation, Observer, Occurrence, Program, What};

use crate::built_in::{has_moved, is_over};
use crate::choices::{Budget, Choices, Move, moves};
use crate::make::make;

/// What may come later.
#[derive(Debug, Default)]
pub(crate) struct Late {
    /// Events, by the index of their def.
    defs: Vec<bool>,
    /// Whether a worker takes a task only when it reports it.
    claims: bool,
}

/// What comes after all where it could have come later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Comes {
    Nothing,
    /// Workers take all tasks.
    Claims,
    /// They do, and all events come.
    All,
}

impl Late {
    /// What may come later in an exploration of what comes after a state.
    pub(crate) fn of(program: &Program, choices: &Choices, start: &RunState) -> Late {
        // D-RESCUE-WAITS: after a rescue any post moves others.
        let is_settled = choices.rescues == 0
            && (!start.is_started() || !program.semantics.has(Deviation::RescueWaits));
        // What moves in a child WfRun may move its parent (R-CHILD-WF).
        let is_alone = program.workflows.is_empty();
        if !choices.reduction || !is_settled || !is_alone || choices.own.see_moves() {
            return Late::default();
        }
        let defs = program.events.iter().zip(0_u16..).map(|(event, def)| {
            let mut interrupts = program.specs.iter().flat_map(|spec| &spec.interrupts);
            event.correlated.is_none()
                && interrupts.all(|interrupt| interrupt.event != def)
                && !choices.own.see_posts(def)
        });
        Late { defs: defs.collect(), claims: choices.delay && !choices.time }
    }

    pub(crate) fn leaves_out_claims(&self) -> bool {
        self.claims
    }

    pub(crate) fn leaves_out_posts(&self) -> bool {
        self.defs.contains(&true)
    }

    /// The choices with what may come later left out.
    pub(crate) fn left_out(&self, choices: &Choices) -> Choices {
        Choices { delay: choices.delay && !self.claims, ..choices.clone() }
    }

    /// The choices with what may come later.
    pub(crate) fn with_all(&self, choices: &Choices) -> Choices {
        Choices { delay: choices.delay || self.claims, ..choices.clone() }
    }

    /// Whether a move is an idle post of an event that may come later; of which def it is.
    pub(crate) fn idle(&self, program: &Program, state: &RunState, chosen: &Move) -> Option<u16> {
        if !matches!(chosen.command, Command::PostEvent { .. }) {
            return None;
        }
        let def = chosen.spends?;
        let may_be = self.defs.get(def).is_some_and(|may_be| *may_be);
        let def = def as u16;
        let mut live = state.live.iter().filter_map(|&number| state.thread(number));
        let is_idle = may_be
            && !is_over(state)
            && !live.any(|thread| is_running(thread) && awaited(program, thread) == Some(def));
        is_idle.then_some(def)
    }
}

impl Late {
    /// Has all come that may come later, as often as may be; the commands.
    pub(crate) fn come(
        &self,
        program: &Program,
        choices: &Choices,
        comes: Comes,
        state: &mut RunState,
        left: &mut [Budget],
    ) -> Vec<Command> {
        let choices = self.with_all(choices);
        let mut commands = Vec::new();
        let is_late = |state: &RunState, chosen: &Move| match comes {
            Comes::Nothing => false,
            Comes::Claims => self.is_claim(chosen),
            Comes::All => self.is_claim(chosen) || self.idle(program, state, chosen).is_some(),
        };
        loop {
            let moves = moves(program, &choices, state, left);
            let Some(chosen) = moves.into_iter().find(|chosen| is_late(state, chosen)) else {
                return commands;
            };
            let Some(after) = make(program, state, &chosen) else {
                return commands;
            };
            *state = after;
            if let Some(left) = chosen.spends.and_then(|budget| left.get_mut(budget)) {
                *left = left.saturating_sub(1);
            }
            commands.push(chosen.command);
        }
    }

    fn is_claim(&self, chosen: &Move) -> bool {
        self.claims && matches!(chosen.command, Command::ClaimTask(..))
    }

    /// Whether nothing that could come moves the run, whatever the budgets; whatever may come later has come.
    pub(crate) fn is_stuck(&self, program: &Program, choices: &Choices, state: &RunState) -> bool {
        let mut state = state.clone();
        self.come(program, choices, Comes::Claims, &mut state, &mut []);
        let choices = Choices { time: true, cancel_forms: true, ..self.with_all(choices) };
        let budgets = vec![1; choices.events.len()];
        moves(program, &choices, &state, &budgets).iter().all(|chosen| {
            let after = make(program, &state, chosen);
            after.is_none_or(|after| !has_moved(&state, &after))
        })
    }
}

fn is_running(thread: &ThreadRun) -> bool {
    matches!(thread.status, Status::Starting | Status::Running)
}

/// The event for which a ThreadRun waits where it is.
fn awaited(program: &Program, thread: &ThreadRun) -> Option<u16> {
    awaited_at(program, thread.spec, thread.current()?.node)
}

fn awaited_at(program: &Program, spec: u16, node: u16) -> Option<u16> {
    let spec = program.specs.get(usize::from(spec))?;
    match &spec.nodes.get(usize::from(node))?.kind {
        NodeKind::ExternalEvent { event, .. } => Some(*event),
        NodeKind::Entrypoint
        | NodeKind::Exit { .. }
        | NodeKind::Task { .. }
        | NodeKind::StartThread { .. }
        | NodeKind::StartMultipleThreads { .. }
        | NodeKind::WaitForThreads { .. }
        | NodeKind::Sleep(_)
        | NodeKind::UserTask { .. }
        | NodeKind::Nop
        | NodeKind::ThrowEvent { .. }
        | NodeKind::WaitForCondition(_)
        | NodeKind::RunChildWf { .. }
        | NodeKind::WaitForChildWf { .. } => None,
    }
}

/// Hears which ThreadRuns came to a node or began to run again: nobody else can take an event that is there already.
#[derive(Debug, Default)]
pub(crate) struct Woken(Vec<ThreadNumber>);

impl Observer for Woken {
    fn occur(&mut self, occurrence: Occurrence) {
        match occurrence.what {
            What::ThreadStarted { thread, .. }
            | What::NodeArrived { thread, .. }
            | What::ThreadStatus { thread, status: Status::Running }
                if !self.0.contains(&thread) =>
            {
                self.0.push(thread);
            }
            _ => {}
        }
    }
}

impl Woken {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds the events that must be tried before this move as well: those that it reads, unless it is all the same
    /// whether they come before or after it. If it ends the run, that is every event.
    pub(crate) fn reads(
        &self,
        program: &Program,
        before: &RunState,
        after: &RunState,
        chosen: &Move,
        read: &mut Read,
    ) {
        if is_over(after) {
            read.all = true;
            return;
        }
        for &number in &self.0 {
            let Some(thread) = after.thread(number) else {
                continue;
            };
            let from = before.thread(number).map_or(0, |old| old.node_runs.len().saturating_sub(1));
            let current = thread.node_runs.len().saturating_sub(1);
            for (position, node_run) in (from..).zip(thread.node_runs.iter_from(from)) {
                let Some(def) = awaited_at(program, thread.spec, node_run.node) else {
                    continue;
                };
                let waits = position == current
                    && is_running(thread)
                    && matches!(
                        node_run.detail,
                        NodeRunDetail::ExternalEvent { event: None, timed_out: false, .. }
                    );
                let passes = matches!(chosen.command, Command::PassTime(_));
                if !waits || passes || !moves_only(number, before, after) {
                    read.defs.push(def);
                }
            }
        }
    }
}

/// Events that must be tried now.
#[derive(Debug, Default)]
pub(crate) struct Read {
    defs: Vec<u16>,
    /// Whether all of them must.
    pub(crate) all: bool,
}

impl Read {
    pub(crate) fn clear(&mut self) {
        self.defs.clear();
        self.all = false;
    }

    pub(crate) fn contains(&self, def: u16) -> bool {
        self.all || self.defs.contains(&def)
    }
}

/// Whether a move has changed nothing but one ThreadRun, and events.
fn moves_only(number: ThreadNumber, before: &RunState, after: &RunState) -> bool {
    let mut threads = before.threads.iter().zip(&after.threads).zip(0..);
    before.threads.len() == after.threads.len()
        && threads.all(|((old, new), other)| other == number || Arc::ptr_eq(old, new))
        && before.status == after.status
        && before.live == after.live
        && before.pending_interrupts == after.pending_interrupts
        && before.pending_failures == after.pending_failures
        && before.thrown_events.len() == after.thrown_events.len()
        && before.correlated_events.len() == after.correlated_events.len()
        && before.awaited_keys == after.awaited_keys
        && before.deadlines == after.deadlines
        && before.archived == after.archived
}
