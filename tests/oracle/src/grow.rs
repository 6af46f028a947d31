//! Scripts grow from what Halter says can come: commands of every kind, a few that are refused, and time where something is soon due.

use std::sync::Arc;

use halter_engine::command::{ChildWfResult, Command, TaskResult};
use halter_engine::state::{NodeRunDetail, Status};
use halter_engine::{Program, RunState, Semantics, Unobserved};
use halter_session::Sitting;
use halter_session::offers::{Action, Offer, offers};
use halter_session::script;
use halter_session::trace::state_json;
use halter_spec::model::{Document, Type, VarType};
use halter_spec::value::Value;
use serde_json::Value as Json;

use crate::generate::steps::EXCEPTIONS;
use crate::random::Random;
use crate::values;

/// Commands of a script, at most.
const COMMANDS: usize = 14;

/// What a cluster waits longer when time passes, in milliseconds.
const WAITS_LONGER: i64 = 1_500;

/// A cluster takes its time between two commands, and is late with what is due: so far from where the waiting ends nothing may
/// come due, before or after.
const MARGIN: i64 = 3_000;

/// What comes due within that time may come before the next command; what comes later does not come at all.
const SOON: i64 = 60_000;

/// Seconds that a script lets pass at once, at most.
const LONGEST_WAIT: i64 = 12;

/// Time passes so often, at most: a cluster sits it out.
const WAITS: usize = 4;

/// A script for a document; `None` if Halter itself can't play it.
pub fn script(document: &Arc<Document>, seed: u64) -> Option<Vec<Json>> {
    let sitting = Sitting::new(Arc::clone(document), Semantics::SERVER_1_2).ok()?;
    // Another stream of numbers than the source's.
    let mut growing =
        Growing { random: Random::new(!seed), sitting, lines: Vec::new(), waits: 0, refusals: 0 };
    while growing.lines.len() < COMMANDS && growing.go_on() {}
    Some(growing.lines)
}

struct Growing {
    random: Random,
    sitting: Sitting,
    lines: Vec<Json>,
    waits: usize,
    refusals: usize,
}

impl Growing {
    /// Gives one more command; false where the script ends.
    fn go_on(&mut self) -> bool {
        let state = self.sitting.state();
        if is_soon(self.sitting.program(), state) {
            return self.wait();
        }
        let over = state.is_started() && state.live.is_empty();
        if over && (self.refusals > 0 || !self.random.one_in(2)) && !self.can_be_rescued() {
            return false;
        }
        let command = if !state.is_started() && self.random.one_in(10) {
            self.early()
        } else if state.is_started() && self.random.one_in(if over { 2 } else { 14 }) {
            self.refusals += 1;
            self.out_of_place()
        } else {
            self.offered()
        };
        command.is_some_and(|command| self.give(command))
    }

    fn give(&mut self, command: Command) -> bool {
        self.lines.push(line_of(&self.sitting, &command));
        self.sitting.take(as_waited(command)).is_some()
    }

    /// Lets pass what has to pass, if there is a time around which nothing else comes due.
    fn wait(&mut self) -> bool {
        self.waits += 1;
        if self.waits > WAITS {
            return false;
        }
        let (program, state) = (self.sitting.program(), self.sitting.state());
        if come_together(state) {
            return false;
        }
        let quiet = (1..=LONGEST_WAIT).map(|seconds| seconds * 1_000).find(|after| {
            let then = passed(program, state, *after);
            // What came due last came long before the end of the waiting, and a cluster that is late has done it by then.
            let before = passed(program, state, (*after + WAITS_LONGER - MARGIN).max(0));
            let later = passed(program, &then, WAITS_LONGER + MARGIN);
            !same(program, state, &then)
                && same(program, &before, &then)
                && same(program, &then, &later)
        });
        quiet.is_some_and(|milliseconds| self.give(Command::PassTime(milliseconds)))
    }

    fn can_be_rescued(&self) -> bool {
        self.sitting.state().threads.iter().any(|thread| thread.status == Status::Error)
    }

    /// A command that can come; those that bring things on come more often.
    fn offered(&mut self) -> Option<Command> {
        let offers = offers(&self.sitting);
        let weights: Vec<usize> = offers.iter().map(Self::weight).collect();
        let mut nth = self.random.below(weights.iter().sum());
        let chosen = offers.iter().zip(&weights).find(|(_, weight)| {
            let found = nth < **weight;
            nth = nth.saturating_sub(**weight);
            found
        });
        let (offer, _) = chosen?;
        self.command(offer)
    }

    fn weight(offer: &Offer) -> usize {
        match offer.action {
            Action::PostEvent { .. } if !offer.reach.interrupts.is_empty() => 8,
            Action::PostEvent { .. } if !offer.reach.waiting.is_empty() => 8,
            Action::ClaimTask(..) | Action::CompleteTask(..) => 8,
            Action::FailTask(..)
            | Action::ThrowException(..)
            | Action::Rescue { .. }
            | Action::FailChildWf(..)
            | Action::ThrowFromChildWf(..) => 3,
            Action::CompleteUserTask(..) | Action::CompleteChildWf(..) => 6,
            Action::CancelUserTask(..) | Action::Resume(_) => 2,
            Action::RunWf
            | Action::PostEvent { .. }
            | Action::PostCorrelatedEvent { .. }
            | Action::Stop(_) => 1,
            // What is far off stays so.
            Action::PassTime(_) => 0,
        }
    }

    fn command(&mut self, offer: &Offer) -> Option<Command> {
        let program = Arc::clone(self.sitting.program());
        Some(match offer.action {
            Action::RunWf => Command::RunWf(self.inputs(&program)),
            Action::PostEvent { def, .. } => {
                let event = program.events.get(usize::from(def))?;
                let content = match &event.content_type {
                    _ if event.content_empty => Value::Null,
                    Some(of) => self.value(of),
                    None => self.any_value(),
                };
                let reached = offer.reach.interrupts.iter().chain(&offer.reach.waiting);
                let thread = reached.copied().last().filter(|_| self.random.one_in(8));
                // Only for the NodeRun that it is at, or that comes next.
                let at = thread.filter(|_| self.random.one_in(2));
                let at = at.and_then(|thread| self.sitting.state().thread(thread));
                let position = at.map(|thread| thread.position() + self.random.below(2) as u32);
                let guid = self.sitting.next_guid();
                Command::PostEvent { def: Arc::clone(&event.name), guid, content, thread, position }
            }
            Action::PostCorrelatedEvent { .. } => {
                let drafts: Vec<_> =
                    offer.fields.iter().map(|field| field.suggested.clone()).collect();
                match offer.command(&drafts, &self.sitting).ok()? {
                    Command::PostCorrelatedEvent { def, key, content } if key.is_empty() => {
                        Command::PostCorrelatedEvent { def, key: "key".into(), content }
                    }
                    command => command,
                }
            }
            Action::ClaimTask(thread, position) => Command::ClaimTask(thread, position),
            Action::CompleteTask(thread, position) => {
                let of = self.returns(&program, thread, position);
                let output = match of {
                    Some(of) => self.value(&of),
                    None => Value::Null,
                };
                Command::ReportTask(thread, position, TaskResult::Output(output))
            }
            Action::FailTask(thread, position) => {
                let failed = TaskResult::Error("TASK_FAILURE".into(), "It broke.".into());
                Command::ReportTask(thread, position, failed)
            }
            Action::ThrowException(thread, position) => {
                let name = self.random.word(&EXCEPTIONS).into();
                let content = if self.random.one_in(2) { Value::Null } else { self.any_value() };
                let thrown = TaskResult::Exception(name, "It can't be.".into(), content);
                Command::ReportTask(thread, position, thrown)
            }
            Action::PassTime(milliseconds) => Command::PassTime(milliseconds),
            Action::Stop(thread) => Command::StopWfRun(thread),
            Action::Resume(thread) => Command::ResumeWfRun(thread),
            Action::Rescue { thread, skip } => {
                Command::RescueThreadRun { thread, skip_current_node: skip }
            }
            Action::CompleteUserTask(thread, position) => {
                let mut results = vec![("ok".into(), Value::Bool(self.random.one_in(2)))];
                if self.random.one_in(2) {
                    results.push(("why".into(), Value::str("so")));
                }
                if self.random.one_in(3) {
                    results.push(("count".into(), Value::Int(3)));
                }
                Command::CompleteUserTask(thread, position, results)
            }
            Action::CancelUserTask(thread, position) => Command::CancelUserTask(thread, position),
            // A WfSpec returns values of one type.
            Action::CompleteChildWf(thread, position) => {
                let output = Value::Int(self.random.below(4) as i64);
                Command::ReportChildWf(thread, position, ChildWfResult::Output(output))
            }
            Action::FailChildWf(thread, position) => {
                Command::ReportChildWf(thread, position, ChildWfResult::Error("It broke.".into()))
            }
            Action::ThrowFromChildWf(thread, position) => {
                let name = self.random.word(&EXCEPTIONS).into();
                let content = if self.random.one_in(2) { Value::Null } else { self.any_value() };
                let thrown = ChildWfResult::Exception(name, "It can't be.".into(), content);
                Command::ReportChildWf(thread, position, thrown)
            }
        })
    }

    fn inputs(&mut self, program: &Program) -> Vec<(Arc<str>, Value)> {
        let Some(spec) = program.specs.get(usize::from(program.entrypoint)) else {
            return Vec::new();
        };
        let mut given = Vec::new();
        for variable in &spec.variables {
            if variable.required || self.random.one_in(8) {
                given.push((Arc::clone(&variable.name), self.value(&variable.of)));
            }
        }
        given
    }

    /// A value of this type; now and then none, or one of another.
    fn value(&mut self, of: &Type) -> Value {
        match self.random.below(24) {
            0 => Value::Null,
            1 => self.any_value(),
            _ => values::of(&mut self.random, of, &self.sitting.program().struct_defs),
        }
    }

    fn any_value(&mut self) -> Value {
        let of = [VarType::Int, VarType::Str, VarType::Bool, VarType::JsonObj, VarType::JsonArr];
        let of = self.random.one_of(&of).copied().unwrap_or(VarType::Int);
        values::of(&mut self.random, &Type::Primitive(of), &self.sitting.program().struct_defs)
    }

    fn returns(&self, program: &Program, thread: u32, position: u32) -> Option<Type> {
        let run = self.sitting.state().thread(thread)?.node_runs.get(position as usize)?;
        let NodeRunDetail::Task(Some(task)) = &run.detail else { return None };
        program.tasks.get(usize::from(task.task_def))?.return_type.clone()
    }

    /// An event that is there before its WfRun.
    fn early(&mut self) -> Option<Command> {
        let program = Arc::clone(self.sitting.program());
        let event = self.random.one_of(&program.events)?;
        let content = event.content_type.as_ref().map_or(Value::Null, |of| self.value(of));
        let (def, guid) = (Arc::clone(&event.name), self.sitting.next_guid());
        Some(Command::PostEvent { def, guid, content, thread: None, position: None })
    }

    /// A command that has no place here, mostly.
    fn out_of_place(&mut self) -> Option<Command> {
        let state = self.sitting.state();
        let threads = state.threads.len() as u32;
        let thread = self.random.below(threads as usize + 1) as u32;
        Some(match self.random.below(6) {
            0 => Command::StopWfRun(thread),
            1 => Command::ResumeWfRun(thread),
            2 => {
                let skip_current_node = self.random.one_in(2);
                Command::RescueThreadRun { thread, skip_current_node }
            }
            3 => {
                let again = self.sitting.steps().iter().find_map(|step| match &step.command {
                    posted @ Command::PostEvent { .. } => Some(posted.clone()),
                    _ => None,
                });
                again?
            }
            4 => Command::CompleteUserTask(thread, 1, vec![("no-field".into(), Value::Int(1))]),
            _ => {
                let event = self.random.one_of(&self.sitting.program().events)?;
                Command::PostEvent {
                    def: Arc::clone(&event.name),
                    guid: self.sitting.next_guid(),
                    content: Value::str("any"),
                    thread: Some(thread),
                    position: None,
                }
            }
        })
    }
}

/// The line of a script that gives a command, with the name of the task or of the child workflow that it is about.
pub(crate) fn line_of(sitting: &Sitting, command: &Command) -> Json {
    let mut line = script::write(command);
    if let Command::ClaimTask(thread, position) = command
        && let Some(name) = task_at(sitting, *thread, *position)
    {
        line["claimTask"]["taskDef"] = Json::from(name);
    }
    if let Command::ReportChildWf(thread, position, _) = command
        && let Some(child) = sitting.state().child_wf(*thread, *position)
    {
        line["reportChildWf"]["wfSpec"] = Json::from(&*child.wf_spec);
    }
    line
}

/// What Halter plays for a command: a cluster waits longer.
pub(crate) fn as_waited(command: Command) -> Command {
    match command {
        Command::PassTime(milliseconds) => Command::PassTime(milliseconds + WAITS_LONGER),
        other => other,
    }
}

/// The name of the task at a place.
pub(crate) fn task_at(sitting: &Sitting, thread: u32, position: u32) -> Option<String> {
    let run = sitting.state().thread(thread)?.node_runs.get(position as usize)?;
    let NodeRunDetail::Task(Some(task)) = &run.detail else { return None };
    let def = sitting.program().tasks.get(usize::from(task.task_def))?;
    Some(def.name.to_string())
}

/// Whether something comes due soon by itself.
pub(crate) fn is_soon(program: &Program, state: &RunState) -> bool {
    state.is_started() && !same(program, state, &passed(program, state, SOON))
}

/// Whether several things come due at nearly the same time: which of them comes first a server leaves to chance.
pub(crate) fn come_together(state: &RunState) -> bool {
    let current = state.live.iter().filter_map(|number| state.thread(*number)?.current());
    let of_nodes = current.filter_map(|run| match &run.detail {
        NodeRunDetail::Sleep { matures_at, matured: false } => *matures_at,
        NodeRunDetail::ExternalEvent { timeout_at, timed_out: false, .. } => *timeout_at,
        NodeRunDetail::Task(Some(task)) => task.attempts.last()?.due,
        _ => None,
    });
    let mut due: Vec<i64> = of_nodes.chain(state.deadlines.iter().map(|due| due.at)).collect();
    due.retain(|at| *at < state.now.saturating_add(SOON));
    due.sort_unstable();
    due.windows(2).any(|two| two[1].saturating_sub(two[0]) < MARGIN)
}

fn passed(program: &Program, state: &RunState, milliseconds: i64) -> RunState {
    let command = Command::PassTime(milliseconds);
    halter_engine::step(program, state.clone(), &command, &mut Unobserved).0
}

/// Whether two states are the same to whoever asks a server.
fn same(program: &Program, one: &RunState, other: &RunState) -> bool {
    state_json(program, one) == state_json(program, other)
}
