//! One command: whether it can be taken, and what it does at once. The rest is R-STEP.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Arc;

use halter_spec::limits::MAX_PASS_MS;
use halter_spec::model::{AccessLevel, Type, VarType};
use halter_spec::value::Value;

use crate::command::{Code, Command, Refusal, TaskResult};
use crate::occurrence::{Because, Observer, What};
use crate::program::{NodeKind, Program, Variable};
use crate::rules::Rule;
use crate::run::{Lost, Stepping};
use crate::semantics::Deviation;
use crate::state::{
    CorrelatedEvent, EventIndex, ExternalEvent, HaltReason, NodeRunDetail, Position, RunState,
    Status, TaskAttempt, TaskStatus, ThreadNumber, ThreadType,
};
use crate::timers::TimerKind;
use crate::typed::{server_name, typed};
use crate::wf_runs;

/// Why a command was not taken to its end.
enum Stop {
    Refused(Refusal),
    Lost(Deviation),
}

impl From<Lost> for Stop {
    fn from(Lost(by): Lost) -> Self {
        Stop::Lost(by)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

fn refuse<T>(code: Code, rule: Rule, message: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Refused(Refusal::new(code, rule, message)))
}

/// Takes one command to its fixed point (R-STEP). If it is refused, the state comes back unchanged.
///
/// `observer` hears what happens, in order, also of what a command did that was lost in the end (D-LOST-COMMAND).
pub fn step<O: Observer>(
    program: &Program,
    mut state: RunState,
    command: &Command,
    observer: &mut O,
) -> (RunState, Result<(), Refusal>) {
    let outcome = step_in_place(program, &mut state, command, observer);
    (state, outcome)
}

/// As [`step`], on a state that stays where it is: nothing is moved for a command that changes little.
pub fn step_in_place<O: Observer>(
    program: &Program,
    state: &mut RunState,
    command: &Command,
    observer: &mut O,
) -> Result<(), Refusal> {
    if program.workflows.is_empty() {
        step_alone(program, state, Asked::Command(command), observer)
    } else {
        wf_runs::step(program, state, command, observer)
    }
}

/// What is asked of one WfRun.
#[derive(Clone, Copy)]
pub(crate) enum Asked<'a> {
    Command(&'a Command),
    /// To start as a child WfRun, with these variables and what it inherits: nobody checks them (R-CHILD-WF).
    StartAsChild(&'a [(Arc<str>, Value)]),
}

/// Takes what is asked of one WfRun, whatever others there are.
pub(crate) fn step_alone<O: Observer>(
    program: &Program,
    state: &mut RunState,
    asked: Asked<'_>,
    observer: &mut O,
) -> Result<(), Refusal> {
    // Only a step that may break off needs the state it began with.
    let rescues = matches!(asked, Asked::Command(Command::RescueThreadRun { .. }));
    let breaks_off = rescues || program.semantics.may_break_off();
    let before = breaks_off.then(|| state.clone());
    let heard = observer.heard();
    let mut run = Stepping {
        program,
        state,
        observer,
        passes: 0,
        bytes: Cell::new(0),
        effort: Cell::new(0),
        ended: false,
        turns: 0,
        watched: Vec::new(),
        passed: Vec::new(),
        parent_halts: Vec::new(),
        found: VecDeque::new(),
        broken: Cell::new(false),
    };
    let taken = match asked {
        Asked::Command(command) => run.take(command),
        Asked::StartAsChild(variables) => run.start(variables),
    };
    let outcome = taken.and_then(|()| Ok(run.go_on_if_whole()?));
    run.end_command();
    if outcome.is_ok() {
        run.deliver_found();
    }
    run.observer.spent(run.effort.get());
    let Err(stop) = outcome else {
        return Ok(());
    };
    if let Some(before) = before {
        *run.state = before;
    }
    match stop {
        Stop::Refused(refusal) => {
            run.observer.undone(heard);
            Err(refusal)
        }
        // A report that is lost vanishes silently; whoever else asked is told.
        Stop::Lost(by) => {
            run.break_off(heard, Lost(by));
            if let Asked::Command(Command::ReportTask(..) | Command::PassTime(_)) = asked {
                Ok(())
            } else if let Asked::Command(Command::ClaimTask(..)) = asked {
                let message = "The claim could not be processed in time.";
                Err(Refusal::new(Code::Unavailable, Rule::Step, message))
            } else {
                Err(Refusal::new(Code::Internal, Rule::Step, "Internal error"))
            }
        }
    }
}

impl<O: Observer> Stepping<'_, O> {
    fn take(&mut self, command: &Command) -> Result<(), Stop> {
        // An event may be there before its WfRun: it waits unclaimed.
        let comes_first = matches!(
            command,
            Command::RunWf(_)
                | Command::PassTime(_)
                | Command::PostEvent { .. }
                | Command::PostCorrelatedEvent { .. }
        );
        if !self.state.is_started() && !comes_first {
            return refuse(Code::NotFound, Rule::Tree, "The WfRun was not started yet");
        }
        match command {
            Command::RunWf(variables) => self.run_wf(variables),
            Command::PostEvent { def, guid, content, thread, position } => {
                self.post_event(def, guid, content, *thread, *position)
            }
            Command::PostCorrelatedEvent { def, key, content } => {
                self.post_correlated_event(def, key, content)
            }
            Command::ClaimTask(thread, position) => {
                let attempt = self.attempt(*thread, *position)?;
                if attempt.status != TaskStatus::Scheduled {
                    return refuse(
                        Code::FailedPrecondition,
                        Rule::Step,
                        format!("The TaskRun is {}, not TASK_SCHEDULED", attempt.status.name()),
                    );
                }
                self.task_claimed(*thread, *position);
                // Nobody waits for a task to be taken: all stand still, as they did since the last command.
                // D-RESCUE-WAITS: after a rescue they don't.
                if self.has(Deviation::RescueWaits) {
                    self.advance()?;
                }
                Ok(())
            }
            Command::ReportTask(thread, position, result) => {
                // A report on an attempt that does not run comes too late: it is ignored.
                if self.attempt(*thread, *position)?.status == TaskStatus::Running {
                    self.task_reported(*thread, *position, result.clone());
                    self.advance()?;
                }
                Ok(())
            }
            Command::ReportChildWf(thread, position, result) => {
                self.child_wf_reported(*thread, *position, result)?;
                Ok(self.advance()?)
            }
            Command::PassTime(ms) => self.pass_time(*ms),
            Command::StopWfRun(thread) => self.stop(*thread),
            Command::ResumeWfRun(thread) => self.resume(*thread),
            Command::RescueThreadRun { thread, skip_current_node } => {
                self.rescue(*thread, *skip_current_node)?;
                if !self.has(Deviation::RescueWaits) {
                    self.advance()?;
                }
                Ok(())
            }
            Command::CompleteUserTask(thread, position, results) => {
                self.complete_user_task(*thread, *position, results)?;
                Ok(self.advance()?)
            }
            Command::CancelUserTask(thread, position) => {
                self.cancel_user_task(*thread, *position)?;
                Ok(self.advance()?)
            }
            Command::InChildWf(..) => {
                refuse(Code::NotFound, Rule::ChildWf, "What happens in this WfRun is not played")
            }
        }
    }

    fn run_wf(&mut self, variables: &[(Arc<str>, Value)]) -> Result<(), Stop> {
        if self.state.is_started() {
            return refuse(Code::AlreadyExists, Rule::Tree, "The WfRun exists already");
        }
        let entrypoint = self.program.entrypoint;
        if let Some(parent) = &self.program.parent {
            // Whoever runs a child workflow here gives what its parent WfRun would.
            let lacking = |v: &&Variable| {
                v.access == AccessLevel::InheritedVar && variables.iter().all(|(n, _)| *n != v.name)
            };
            if let Some(v) = self.program.spec(entrypoint).variables.iter().find(lacking) {
                let (name, variable) = (&self.program.name, &v.name);
                return refuse(
                    Code::InvalidArgument,
                    Rule::Scope,
                    format!(
                        "WfSpec {name} requires a parent WfRun of WfSpec {parent}: give the value of its variable {variable}"
                    ),
                );
            }
        }
        let mut variables = variables.to_vec();
        if let Err(why) = self.start_variables(entrypoint, &mut variables) {
            return refuse(Code::InvalidArgument, Rule::Scope, why);
        }
        self.start(&variables)
    }

    fn start(&mut self, variables: &[(Arc<str>, Value)]) -> Result<(), Stop> {
        let entrypoint = self.program.entrypoint;
        self.occur(What::WfRunStarted, Rule::Tree, Because::Command);
        self.set_wf_status(Status::Running, Rule::Status, Because::Command);
        self.start_thread(entrypoint, None, variables, ThreadType::Entrypoint, None, Rule::Tree);
        Ok(self.advance()?)
    }

    fn post_event(
        &mut self,
        def: &str,
        guid: &Arc<str>,
        content: &Value,
        thread: Option<ThreadNumber>,
        position: Option<Position>,
    ) -> Result<(), Stop> {
        let Some(index) = self.program.event(def) else {
            return refuse(
                Code::InvalidArgument,
                Rule::Trigger,
                format!("No ExternalEventDef named {def}"),
            );
        };
        // R-TERMINAL: the same id twice is refused.
        let key = crate::event_ids::key(index, guid);
        if self.state.event_ids.may_contain(key)
            && self.state.events.iter().any(|e| e.def == index && e.guid == *guid)
        {
            return refuse(Code::AlreadyExists, Rule::Terminal, "ExternalEvent already exists");
        }
        let content = self.content(index, content)?;
        let event = self.add_event(
            key,
            ExternalEvent {
                def: index,
                guid: Arc::clone(guid),
                content,
                claimed: false,
                claimed_by: None,
                thread,
                position,
            },
        );
        if self.state.is_started() && self.may_be_taken(index) {
            self.trigger_interrupts(event)?;
            self.advance()?;
        }
        Ok(())
    }

    /// Whether any ThreadRun that is not over is interrupted by an event of the def or waits for one. If none does,
    /// nothing changes, however many ThreadRuns there are: since the last command all of them stand still.
    fn may_be_taken(&self, def: u16) -> bool {
        let specs = self.program.specs.iter().zip(&self.state.live_of);
        // D-RESCUE-WAITS: after a rescue they don't.
        self.has(Deviation::RescueWaits)
            || specs.clone().any(|(spec, live)| *live > 0 && spec.takes.contains(&def))
                && self.state.live.iter().any(|&number| self.takes(number, def))
    }

    /// Whether a ThreadRun is interrupted by an event of the def, or is at a node that waits for one and not halted.
    fn takes(&self, number: ThreadNumber, def: u16) -> bool {
        let waits = matches!(
            self.node(number).kind,
            NodeKind::ExternalEvent { event, .. } if event == def
        );
        let runs = matches!(self.thread(number).status, Status::Starting | Status::Running);
        waits && runs || self.spec(number).interrupts.iter().any(|i| i.event == def)
    }

    /// Keeps an event, unclaimed; with the key of its def and id.
    pub(crate) fn add_event(&mut self, key: u64, event: ExternalEvent) -> EventIndex {
        self.state.event_ids.insert(key);
        let def = event.def;
        self.state.events.push(event);
        let index = (self.state.events.len() - 1) as EventIndex;
        self.state.unclaimed.push(def, index);
        self.occur(What::EventArrived { event: index }, Rule::Trigger, Because::Command);
        index
    }

    fn post_correlated_event(
        &mut self,
        def: &str,
        key: &Arc<str>,
        content: &Value,
    ) -> Result<(), Stop> {
        let Some(index) = self.program.event(def) else {
            return refuse(
                Code::InvalidArgument,
                Rule::Trigger,
                format!("No ExternalEventDef named {def}"),
            );
        };
        let Some(once) = self.program.events[usize::from(index)].correlated else {
            let message = format!("ExternalEventDef {def} is not configured for correlation");
            return refuse(Code::InvalidArgument, Rule::Trigger, message);
        };
        let content = self.content(index, content)?;
        // One that was deleted leaves its key to another.
        if self.state.correlated_events.iter().any(|event| event.def == index && event.key == *key)
        {
            let message = "CorrelatedEvent already exists";
            return refuse(Code::AlreadyExists, Rule::Terminal, message);
        }
        let event = CorrelatedEvent { def: index, key: Arc::clone(key), content };
        // Where nobody waits for it nothing moves, not even what could.
        self.correlate(event, once);
        Ok(())
    }

    /// R-INPUT-TYPE: the content, which must fit the def's type, with the types declared for it.
    fn content(&self, def: u16, content: &Value) -> Result<Value, Stop> {
        let unchecked = self.has(Deviation::InputUnchecked);
        let def = &self.program.events[usize::from(def)];
        let from = content.type_of();
        let content = content.clone();
        if from == Type::Unknown {
            return Ok(content);
        }
        match &def.content_type {
            // What can be written as text passes for STR, and stays what it was until it is assigned.
            Some(to)
                if from.primitive().is_some()
                    && !(from == *to
                        || from.can_be(to) && (unchecked || *to != VarType::Str.into())) =>
            {
                let message = format!(
                    "ExternalEventDef {} takes {}, not {}",
                    def.name,
                    server_name(to),
                    server_name(&from)
                );
                refuse(Code::InvalidArgument, Rule::InputType, message)
            }
            None if def.content_empty && !unchecked => {
                let message = format!(
                    "ExternalEventDef {} takes no content, not {}",
                    def.name,
                    server_name(&from)
                );
                refuse(Code::InvalidArgument, Rule::InputType, message)
            }
            Some(to) => match typed(self.program, to, def.masked, &content) {
                Ok(content) => Ok(content),
                Err(why) => refuse(Code::InvalidArgument, Rule::InputType, why),
            },
            None => Ok(content),
        }
    }

    fn attempt(&self, thread: ThreadNumber, position: Position) -> Result<&TaskAttempt, Stop> {
        let node_run = self.state.node_run(thread, position);
        match node_run.map(|n| &n.detail) {
            Some(NodeRunDetail::Task(Some(task))) => match task.attempts.last() {
                Some(attempt) => Ok(attempt),
                None => refuse(Code::NotFound, Rule::Step, "The TaskRun has no attempt"),
            },
            _ => refuse(
                Code::InvalidArgument,
                Rule::Step,
                format!("There is no TaskRun at NodeRun {thread}.{position}"),
            ),
        }
    }

    /// R-MANUAL: halts a ThreadRun by hand.
    fn stop(&mut self, number: ThreadNumber) -> Result<(), Stop> {
        let Some(thread) = self.state.thread(number) else {
            return refuse(
                Code::InvalidArgument,
                Rule::Manual,
                "Tried to stop a non-existent thread id.",
            );
        };
        if thread.halt_reasons.contains(&HaltReason::ManualHalt) {
            return Ok(());
        }
        self.halt(number, HaltReason::ManualHalt, Rule::Manual, Because::Command)?;
        Ok(self.advance()?)
    }

    /// R-MANUAL: takes that back.
    fn resume(&mut self, number: ThreadNumber) -> Result<(), Stop> {
        let Some(thread) = self.state.thread(number) else {
            return refuse(
                Code::InvalidArgument,
                Rule::Manual,
                "Tried to resume a non-existent thread id.",
            );
        };
        if let Some(index) = thread.halt_reasons.iter().position(|r| *r == HaltReason::ManualHalt) {
            self.remove_reason(number, index, Rule::Manual, Because::Command);
        }
        Ok(self.advance()?)
    }

    /// R-RESCUE: tries a failed ThreadRun again at its node, or past it.
    fn rescue(&mut self, number: ThreadNumber, skip: bool) -> Result<(), Stop> {
        crate::rescue::check(self.state, number)?;
        let mut number = number;
        let mut skip = skip;
        loop {
            self.revive(number, skip)?;
            let Some(parent) = self.thread(number).parent else {
                self.set_wf_status(Status::Running, Rule::Rescue, Because::Thread(0));
                return Ok(());
            };
            // A parent that failed only because of this child waits for it again.
            let waits = matches!(self.node(parent).kind.name(), "WAIT_FOR_THREADS" | "EXIT");
            let by_child =
                self.current(parent).failures.last().is_some_and(|f| &*f.name == "CHILD_FAILURE");
            if self.thread(parent).status != Status::Error || !waits || !by_child {
                return Ok(());
            }
            number = parent;
            skip = false;
        }
    }

    fn revive(&mut self, number: ThreadNumber, skip: bool) -> Result<(), Stop> {
        let node = if skip { self.take_edge(number) } else { Ok(self.current(number).node) };
        let arrived = node.and_then(|node| {
            self.set_thread_status(number, Status::Running, Rule::Rescue, Because::Command);
            self.arrive(number, node)
        });
        match arrived {
            Ok(()) => self.halt_with_parent(number),
            Err(_) if self.broken.take() => Err(Lost(Deviation::RemoveIndexLost).into()),
            Err(failure) => {
                self.set_thread_status(
                    number,
                    Status::Error,
                    Rule::Rescue,
                    Because::Thread(number),
                );
                refuse(
                    Code::FailedPrecondition,
                    Rule::Rescue,
                    format!("Could not rescue threadRun: {}", failure.message),
                )
            }
        }
    }

    /// R-HALTED: below a parent that is halted, the rescued ThreadRun is halted as well.
    fn halt_with_parent(&mut self, number: ThreadNumber) -> Result<(), Stop> {
        let Some(parent) = self.thread(number).parent else {
            return Ok(());
        };
        let parent_halts = matches!(self.thread(parent).status, Status::Halting | Status::Halted);
        if parent_halts && !self.has(Deviation::RescueIgnoresHalt) {
            let because = Because::Thread(parent);
            self.halt(number, HaltReason::ParentHalted(parent), Rule::Halt, because)?;
        }
        Ok(())
    }

    /// What is remembered until the end of a command is settled or forgotten.
    pub(crate) fn end_command(&mut self) {
        self.note_watched();
        self.show_wf_status();
        self.forget_command();
        if self.has(Deviation::UserTask) {
            self.forget_cancellations();
        }
    }

    /// Back to the state in which something began that broke off, and to the events that had found their NodeRuns by then.
    pub(crate) fn take_back(&mut self, before: Option<RunState>, found: usize) {
        if let Some(before) = before {
            *self.state = before;
            self.found.truncate(found);
            self.forget_command();
        }
    }

    /// What was undone is told no more; that it was is told instead.
    pub(crate) fn break_off(&mut self, heard: usize, Lost(by): Lost) {
        self.observer.undone(heard);
        self.occur(What::BrokeOff { by }, Rule::Step, Because::Command);
    }

    /// What is remembered until the end of a command is forgotten: it may name NodeRuns and ThreadRuns that are there no more.
    pub(crate) fn forget_command(&mut self) {
        self.watched.clear();
        self.passed.clear();
        self.parent_halts.clear();
        self.ended = false;
    }

    /// D-USER-TASK: a cancellation that was not thrown in its own step never is.
    fn forget_cancellations(&mut self) {
        for index in 0..self.state.live.len() {
            let number = self.state.live[index];
            if matches!(&self.current(number).detail, NodeRunDetail::UserTask(Some(form)) if form.failure_to_throw.is_some())
                && let NodeRunDetail::UserTask(Some(form)) = self.detail_mut(number)
            {
                form.failure_to_throw = None;
            }
        }
    }

    /// Time passes: what matures until then happens one by one, each taken to its fixed point.
    fn pass_time(&mut self, ms: i64) -> Result<(), Stop> {
        if ms < 0 {
            return refuse(Code::InvalidArgument, Rule::Step, "Time does not run backwards");
        }
        if ms > MAX_PASS_MS {
            let most = MAX_PASS_MS / 1000;
            let message = format!("At most {most} seconds pass at once");
            return refuse(Code::InvalidArgument, Rule::Step, message);
        }
        let until = self.state.now.saturating_add(ms);
        let limits = self.program.limits;
        let mut passes = 0;
        let mut start = None;
        while let Some(timer) = crate::timers::next(self.state).filter(|t| t.at <= until) {
            passes += std::mem::take(&mut self.passes);
            self.bytes.set(0);
            if passes > limits.time_passes || self.effort.get() > limits.effort {
                // What comes due again and again would never end.
                if let Some(start) = start {
                    *self.state = start;
                }
                self.forget_command();
                return refuse(
                    Code::ResourceExhausted,
                    Rule::Step,
                    "Too much comes due in that time: let less of it pass at once",
                );
            }
            start.get_or_insert_with(|| self.state.clone());
            self.set_now(timer.at.max(self.state.now));
            let breaks_off = self.program.semantics.may_break_off();
            let before = breaks_off.then(|| self.state.clone());
            let (thread, position) = (timer.thread, timer.position);
            self.occur(What::TimerFired { thread, position }, Rule::Step, Because::Command);
            let heard = self.observer.heard();
            self.fire(timer);
            if let Err(lost) = self.advance() {
                // The timer is spent all the same.
                let now = self.state.now;
                self.take_back(before, 0);
                self.state.now = now;
                self.defuse(timer);
                self.break_off(heard, lost);
            }
            // What comes due is a command of its own.
            self.end_command();
            self.deliver_found();
        }
        self.set_now(until);
        Ok(())
    }

    fn set_now(&mut self, now: i64) {
        if now != self.state.now {
            self.state.now = now;
            self.occur(What::TimePassed { now }, Rule::Step, Because::Command);
        }
    }

    fn fire(&mut self, timer: crate::timers::Timer) {
        let (thread, position) = (timer.thread, timer.position);
        match timer.kind {
            TimerKind::TaskTimeout => {
                self.task_reported(
                    thread,
                    position,
                    TaskResult::Error("TIMEOUT".into(), "Task timed out".into()),
                );
            }
            TimerKind::TaskRetry => self.task_ready(thread, position),
            TimerKind::Deadline(deadline) => {
                self.state.deadlines.retain(|other| *other != deadline);
                self.deadline_passed(deadline);
            }
            TimerKind::Sleep | TimerKind::EventTimeout => {
                match &mut self.thread_mut(thread).node_runs[position as usize].detail {
                    NodeRunDetail::Sleep { matured, .. } => *matured = true,
                    NodeRunDetail::ExternalEvent { timed_out, .. } => {
                        *timed_out = true;
                        self.await_key_no_more(thread, position);
                    }
                    NodeRunDetail::Plain
                    | NodeRunDetail::Task(_)
                    | NodeRunDetail::StartThread(_)
                    | NodeRunDetail::StartMultipleThreads(_)
                    | NodeRunDetail::WaitForThreads(_)
                    | NodeRunDetail::UserTask(_)
                    | NodeRunDetail::ThrowEvent(_)
                    | NodeRunDetail::RunChildWf { .. }
                    | NodeRunDetail::WaitForChildWf(_) => {}
                }
            }
        }
    }

    /// D-LOST-COMMAND: takes away a timer whose effect was lost.
    fn defuse(&mut self, timer: crate::timers::Timer) {
        if let TimerKind::Deadline(deadline) = timer.kind {
            self.state.deadlines.retain(|other| *other != deadline);
            return;
        }
        match &mut self.thread_mut(timer.thread).node_runs[timer.position as usize].detail {
            NodeRunDetail::Sleep { matures_at, .. } => *matures_at = None,
            NodeRunDetail::ExternalEvent { timeout_at, .. } => *timeout_at = None,
            NodeRunDetail::Task(Some(task)) => {
                if let Some(attempt) = task.attempts.last_mut() {
                    attempt.due = None;
                }
            }
            NodeRunDetail::Plain
            | NodeRunDetail::Task(_)
            | NodeRunDetail::StartThread(_)
            | NodeRunDetail::StartMultipleThreads(_)
            | NodeRunDetail::WaitForThreads(_)
            | NodeRunDetail::UserTask(_)
            | NodeRunDetail::ThrowEvent(_)
            | NodeRunDetail::RunChildWf { .. }
            | NodeRunDetail::WaitForChildWf(_) => {}
        }
    }
}
