//! R-CHILD-WF: a WfRun and the child WfRuns that are played. Each is a run by itself, and a command goes to one of them. A
//! child WfRun starts within its parent's command; that it is over its parent hears in a command of its own.

use std::sync::Arc;

use halter_spec::limits::MAX_PASS_MS;
use halter_spec::model::AccessLevel;
use halter_spec::value::Value;

use crate::command::{ChildWfResult, Code, Command, Refusal};
use crate::occurrence::{Because, Observer, Occurrence, What};
use crate::program::Program;
use crate::rules::Rule;
use crate::run::Stepping;
use crate::semantics::Deviation;
use crate::state::{ChildWfRun, NodeRun, NodeRunDetail, Position, RunState, Status, ThreadNumber};
use crate::step::{Asked, step_alone};
use crate::timers;

/// What a child WfRun costs by being there, in bytes: workflows that run others in loops must not fill the memory.
const WF_RUN: usize = 4 << 10;

/// The NodeRun that started a child WfRun.
type StartedBy = (ThreadNumber, Position);

/// As [`step_in_place`](crate::step_in_place), where child WfRuns may be played.
pub(crate) fn step<O: Observer>(
    program: &Program,
    state: &mut RunState,
    command: &Command,
    observer: &mut O,
) -> Result<(), Refusal> {
    let before = state.clone();
    let heard = observer.heard();
    let mut tree = Tree { program, state, observer: Spending { observer, effort: 0 } };
    let outcome = tree.take(command);
    let effort = tree.observer.effort;
    if let Err(refusal) = &outcome {
        *state = before;
        if !refusal.code.is_lost() {
            observer.undone(heard);
        }
    }
    observer.spent(effort);
    outcome
}

/// Adds up what the commands cost that one command leads to.
struct Spending<'a> {
    observer: &'a mut dyn Observer,
    effort: usize,
}

impl Observer for Spending<'_> {
    fn occur(&mut self, occurrence: Occurrence) {
        self.observer.occur(occurrence);
    }

    fn spent(&mut self, effort: usize) {
        self.effort = self.effort.saturating_add(effort);
    }

    fn after(&mut self, state: &RunState) {
        self.observer.after(state);
    }

    fn looks(&self) -> bool {
        self.observer.looks()
    }

    fn heard(&self) -> usize {
        self.observer.heard()
    }

    fn undone(&mut self, heard: usize) {
        self.observer.undone(heard);
    }
}

/// Hears for the parent what happens in a child WfRun.
struct InChild<'a> {
    outer: &'a mut dyn Observer,
    /// The parent as it is meanwhile.
    parent: &'a RunState,
    started_by: StartedBy,
    effort: usize,
}

impl Observer for InChild<'_> {
    fn occur(&mut self, occurrence: Occurrence) {
        // It passes for all of them, and the first of them says so.
        if matches!(occurrence.what, What::TimePassed { .. }) {
            return;
        }
        let (thread, position) = self.started_by;
        let Occurrence { rule, because, .. } = occurrence;
        let what = What::InChildWf { thread, position, occurrence: Box::new(occurrence) };
        self.outer.occur(Occurrence { what, rule, because });
    }

    fn spent(&mut self, effort: usize) {
        self.effort = self.effort.saturating_add(effort);
    }

    fn after(&mut self, state: &RunState) {
        if self.outer.looks() {
            let mut parent = self.parent.clone();
            put(&mut parent, self.started_by, state.clone());
            self.outer.after(&parent);
        }
    }

    fn looks(&self) -> bool {
        self.outer.looks()
    }

    fn heard(&self) -> usize {
        self.outer.heard()
    }

    fn undone(&mut self, heard: usize) {
        self.outer.undone(heard);
    }
}

impl<O: Observer> Stepping<'_, O> {
    /// Starts the child WfRun that a NodeRun asks for: it goes as far as it can before its parent goes on.
    pub(crate) fn start_child_wf(&mut self, thread: ThreadNumber, position: Position) {
        let Some(node_run) = self.state.node_run(thread, position) else { return };
        let NodeRunDetail::RunChildWf { inputs, .. } = &node_run.detail else { return };
        let variables = inputs.clone();
        let run = RunState {
            now: self.state.now,
            correlated_events: self.state.correlated_events.clone(),
            ..RunState::default()
        };
        put(self.state, (thread, position), run);
        let asked = Asked::StartAsChild(&variables);
        let given = give(self.program, self.state, (thread, position), asked, self.observer);
        let effort = given.effort.saturating_add(WF_RUN);
        self.effort.set(self.effort.get().saturating_add(effort));
        if given.outcome.is_err() {
            // The child's step is part of this one.
            self.broken.set(true);
        }
        let run = self.state.child_wf(thread, position).and_then(|child| child.run.as_ref());
        if let Some(result) = run.and_then(|run| run.ended()) {
            self.child_wf_is_over(thread, position, result, Because::Node(thread, position));
        }
    }
}

fn child_wf_mut(parent: &mut RunState, (thread, position): StartedBy) -> Option<&mut ChildWfRun> {
    let thread = Arc::make_mut(parent.threads.get_mut(thread as usize)?);
    let NodeRunDetail::RunChildWf { child, .. } =
        &mut thread.node_runs.get_mut(position as usize)?.detail
    else {
        return None;
    };
    child.as_deref_mut()
}

/// Keeps the state of a child WfRun with the NodeRun that started it.
fn put(parent: &mut RunState, started_by: StartedBy, run: RunState) {
    if let Some(child) = child_wf_mut(parent, started_by) {
        child.run = Some(Arc::new(run));
    }
}

/// A WfRun with its child WfRuns, on their way to where all of them stand still.
struct Tree<'a> {
    program: &'a Program,
    state: &'a mut RunState,
    observer: Spending<'a>,
}

impl Tree<'_> {
    fn take(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::InChildWf(thread, position, command) => {
                self.in_child(*thread, *position, command)?;
            }
            Command::PassTime(ms) => self.pass_time(*ms)?,
            Command::PostCorrelatedEvent { .. } => {
                self.alone(command)?;
                // It is posted to no WfRun: all of them hear of it.
                for started_by in self.running() {
                    self.give(started_by, command)?;
                }
            }
            Command::ReportChildWf(thread, position, _)
                if self.state.child_wf(*thread, *position).is_some_and(|c| c.run.is_some()) =>
            {
                let message = "The child WfRun is played: it ends by what happens in it";
                return Err(Refusal::new(Code::FailedPrecondition, Rule::ChildWf, message));
            }
            Command::RunWf(_)
            | Command::PostEvent { .. }
            | Command::ClaimTask(..)
            | Command::ReportTask(..)
            | Command::ReportChildWf(..)
            | Command::StopWfRun(_)
            | Command::ResumeWfRun(_)
            | Command::RescueThreadRun { .. }
            | Command::CompleteUserTask(..)
            | Command::CancelUserTask(..) => self.alone(command)?,
        }
        self.tell_of_those_that_are_over();
        Ok(())
    }

    /// A command to the WfRun itself.
    fn alone(&mut self, command: &Command) -> Result<(), Refusal> {
        // Through a reference to any observer: those who play child WfRuns have one engine.
        let mut observer: &mut dyn Observer = &mut self.observer;
        step_alone(self.program, self.state, Asked::Command(command), &mut observer)
    }

    /// A command of somebody to a child WfRun.
    fn in_child(
        &mut self,
        thread: ThreadNumber,
        position: Position,
        command: &Command,
    ) -> Result<(), Refusal> {
        if self.state.child_wf(thread, position).is_none_or(|child| child.run.is_none()) {
            let message = "This NodeRun started no child WfRun that is played";
            return Err(Refusal::new(Code::NotFound, Rule::ChildWf, message));
        }
        if let Command::PassTime(_) = command {
            let message = "Time passes for all WfRuns";
            return Err(Refusal::new(Code::InvalidArgument, Rule::ChildWf, message));
        }
        let server_finds_none = self.program.semantics.has(Deviation::ChildWfStaysStopped);
        if server_finds_none && matches!(command, Command::ResumeWfRun(_)) {
            let message = "Couldn't find provided WfRun";
            return Err(Refusal::new(Code::NotFound, Rule::Manual, message));
        }
        if !matches!(innermost(command), Command::RescueThreadRun { .. }) {
            return self.give((thread, position), command);
        }
        // R-RESCUE: with a child WfRun the ThreadRun is rescued that waits for it.
        let waits = self.waits_for((thread, position));
        if let Some((waiting, at)) = waits
            && let Some(failure) =
                self.state.node_run(waiting, at).and_then(|node_run| node_run.failures.last())
            && failure.handler.is_some()
        {
            let message = "Parent WfRun has already handled the child failure";
            return Err(Refusal::new(Code::FailedPrecondition, Rule::Rescue, message));
        }
        self.give((thread, position), command)?;
        match waits {
            Some((thread, _))
                if self.state.thread(thread).is_some_and(|t| t.status == Status::Error) =>
            {
                self.alone(&Command::RescueThreadRun { thread, skip_current_node: false })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The NodeRun that waited last for a child WfRun.
    fn waits_for(&self, started_by: StartedBy) -> Option<(ThreadNumber, Position)> {
        let threads = (0..).zip(&self.state.threads);
        let found = threads.filter_map(|(number, thread)| {
            let waits = |run: &NodeRun| {
                matches!(run.detail, NodeRunDetail::WaitForChildWf(Some(of)) if of == started_by)
            };
            let position = (0..).zip(&thread.node_runs).filter(|(_, run)| waits(run)).last()?.0;
            Some((number, position))
        });
        found.last()
    }

    /// The child WfRuns that are not over, oldest first.
    fn running(&self) -> Vec<StartedBy> {
        let played = self.state.played_child_wfs();
        let running = played.filter(|(.., run)| !run.status.is_terminal());
        running.map(|(thread, position, _)| (thread, position)).collect()
    }

    fn give(&mut self, started_by: StartedBy, command: &Command) -> Result<(), Refusal> {
        let asked = Asked::Command(command);
        let given = give(self.program, self.state, started_by, asked, &mut self.observer);
        self.observer.spent(given.effort);
        given.outcome
    }

    /// The parent hears of the child WfRuns that are over, and of those that this leads to.
    fn tell_of_those_that_are_over(&mut self) {
        let mut next = 0;
        while let Some(&(thread, position)) = self.state.child_wfs.get(next) {
            next += 1;
            let child = self.state.child_wf(thread, position);
            let run = child.filter(|child| child.result.is_none());
            let run = run.and_then(|child| child.run.as_ref());
            let Some(result) = run.and_then(|run| run.ended()) else { continue };
            let report = Command::ReportChildWf(thread, position, result.clone());
            // Where that is lost (D-LOST-COMMAND) the child is over all the same: the parent sees it when it is asked again.
            if self.alone(&report).is_err()
                && let Some(child) = child_wf_mut(self.state, (thread, position))
            {
                child.result = Some(result);
            }
        }
    }

    /// Time passes for all of them: up to each moment at which something comes due in one, for the parent first.
    fn pass_time(&mut self, ms: i64) -> Result<(), Refusal> {
        if !(0..=MAX_PASS_MS).contains(&ms) {
            return self.alone(&Command::PassTime(ms));
        }
        let until = self.state.now.saturating_add(ms);
        let limits = self.program.limits;
        for _ in 0..limits.time_passes {
            let due = timers::next_of_all(self.state).filter(|at| *at <= until);
            let now = due.unwrap_or(until).max(self.state.now);
            let step = Command::PassTime(now - self.state.now);
            self.alone(&step)?;
            for started_by in self.running() {
                self.give(started_by, &step)?;
            }
            if due.is_none() {
                return Ok(());
            }
            self.tell_of_those_that_are_over();
            if self.observer.effort > limits.effort {
                break;
            }
        }
        let message = "Too much comes due in that time: let less of it pass at once";
        Err(Refusal::new(Code::ResourceExhausted, Rule::Step, message))
    }
}

/// What came of something that was asked of a child WfRun.
struct Given {
    outcome: Result<(), Refusal>,
    effort: usize,
}

/// Asks something of a child WfRun, which sees the variables that it inherits and leaves what it has made of them.
fn give(
    program: &Program,
    state: &mut RunState,
    started_by: StartedBy,
    asked: Asked<'_>,
    observer: &mut dyn Observer,
) -> Given {
    let nothing = Given { outcome: Ok(()), effort: 0 };
    let (thread, position) = started_by;
    let Some(child) = state.child_wf(thread, position) else { return nothing };
    let (Some(child_program), Some(run)) = (program.workflow(&child.wf_spec), &child.run) else {
        return nothing;
    };
    let mut run = RunState::clone(run);
    // Time did not pass for one that was over, and may be rescued.
    run.now = run.now.max(match asked {
        Asked::Command(Command::PassTime(_)) => run.now,
        Asked::Command(_) | Asked::StartAsChild(_) => state.now,
    });
    let inherited = inherited(child_program, program, state);
    let mut hears = InChild { outer: observer, parent: state, started_by, effort: 0 };
    let outcome = {
        let mut hears: &mut dyn Observer = &mut hears;
        match asked {
            Asked::Command(command) => {
                for variable in &inherited {
                    variable.lend(&mut run);
                }
                crate::step::step_in_place(child_program, &mut run, command, &mut hears)
            }
            Asked::StartAsChild(inputs) => {
                let values = inherited.iter();
                let values = values.map(|own| (Arc::clone(&own.name), own.value.clone()));
                let variables: Vec<_> = inputs.iter().cloned().chain(values).collect();
                let asked = Asked::StartAsChild(&variables);
                step_alone(child_program, &mut run, asked, &mut hears)
            }
        }
    };
    let effort = hears.effort;
    if outcome.is_ok() {
        for variable in &inherited {
            variable.take_back(state, &run, started_by, observer);
        }
        let goes_on = !run.status.is_terminal();
        put(state, started_by, run);
        if let Some(child) = child_wf_mut(state, started_by)
            && goes_on
            && child.result.take().is_some()
        {
            let what = What::ChildWf { thread, position, status: Status::Running };
            observer.occur(Occurrence { what, rule: Rule::Rescue, because: Because::Command });
            observer.after(state);
        }
    }
    Given { outcome, effort }
}

/// What a command is to the WfRun that it is meant for.
fn innermost(command: &Command) -> &Command {
    let mut command = command;
    while let Command::InChildWf(_, _, inner) = command {
        command = inner;
    }
    command
}

/// A variable of the parent WfRun that a child WfRun inherits.
struct Inherited {
    name: Arc<str>,
    /// Its index among the variables of the child's ENTRYPOINT ThreadRun.
    own: usize,
    /// Its index among those of the parent's.
    parents: usize,
    value: Value,
}

impl Inherited {
    fn lend(&self, run: &mut RunState) {
        let thread = run.threads.get_mut(0).map(Arc::make_mut);
        if let Some(variable) = thread.and_then(|thread| thread.variables.get_mut(self.own)) {
            variable.clone_from(&self.value);
        }
    }

    /// Puts what the child WfRun has made of it into the parent's variable.
    fn take_back(
        &self,
        parent: &mut RunState,
        run: &RunState,
        started_by: StartedBy,
        observer: &mut dyn Observer,
    ) {
        let value = run.thread(0).and_then(|thread| thread.variables.get(self.own));
        let Some(value) = value.filter(|value| **value != self.value) else { return };
        let Some(thread) = parent.threads.get_mut(0) else { return };
        let Some(variable) = Arc::make_mut(thread).variables.get_mut(self.parents) else { return };
        variable.clone_from(value);
        let (thread, position) = started_by;
        let value = value.clone();
        let variable = self.parents as u16;
        let what = What::VariableSet { thread: 0, variable, value, by: started_by };
        let because = Because::Node(thread, position);
        observer.occur(Occurrence { what, rule: Rule::ChildWf, because });
        observer.after(parent);
    }
}

/// R-SCOPE: the variables that a child WfRun inherits from its parent.
fn inherited(program: &Program, parent: &Program, state: &RunState) -> Vec<Inherited> {
    if program.parent.as_deref() != Some(&*parent.name) {
        return Vec::new();
    }
    let Some(thread) = state.thread(0) else { return Vec::new() };
    let own = program.spec(program.entrypoint).variables.iter().enumerate();
    let inherited = own.filter(|(_, variable)| variable.access == AccessLevel::InheritedVar);
    let parents = &parent.spec(parent.entrypoint).variables;
    let found = inherited.filter_map(|(own, variable)| {
        let of = parents.iter().position(|of| of.name == variable.name)?;
        let value = thread.variables.get(of)?.clone();
        Some(Inherited { name: Arc::clone(&variable.name), own, parents: of, value })
    });
    found.collect()
}

impl RunState {
    /// How it ended, as its parent hears it; none if it is not over.
    #[must_use]
    pub fn ended(&self) -> Option<ChildWfResult> {
        if !self.status.is_terminal() {
            return None;
        }
        let thread = self.thread(0)?;
        let failure = thread.current().and_then(|node_run| node_run.failures.last());
        let message = || thread.error_message.clone().unwrap_or_default();
        Some(match self.status {
            Status::Exception => {
                let (name, content) = match failure {
                    Some(failure) => (Arc::clone(&failure.name), failure.content.clone()),
                    None => (Arc::default(), None),
                };
                ChildWfResult::Exception(name, message(), content.unwrap_or_default())
            }
            Status::Error => ChildWfResult::Error(message()),
            Status::Starting
            | Status::Running
            | Status::Halting
            | Status::Halted
            | Status::Completed => ChildWfResult::Output(thread.output.clone().unwrap_or_default()),
        })
    }
}
