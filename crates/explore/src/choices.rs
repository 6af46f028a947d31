//! What may happen while exploring: which events come how often, what tasks do, whether time passes.

use std::iter;
use std::sync::Arc;

use halter_engine::program::{EventDef, NodeKind};
use halter_engine::state::{NodeRunDetail, Position, RunState, ThreadNumber};
use halter_engine::{ChildWfResult, Choice, Command, Program, TaskResult, enabled};
use halter_spec::composed::example;
use halter_spec::model::{Document, FailureToCatch, SimulatedResult, TECHNICAL_FAILURES};
use halter_spec::value::Value;

use crate::own_properties::OwnProperties;
use crate::script;

/// How often something may happen; 255 at most.
pub type Budget = u8;

/// How often each event comes if nobody says otherwise.
pub const USUAL_BUDGET: Budget = 1;

/// What a worker reports as the type of a technical failure.
const TASK_FAILURE: &str = "TASK_FAILURE";

/// What somebody reports of a child WfRun that fails with ERROR.
const CHILD_WF_ERROR: &str = "the child workflow failed";

/// What may happen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// The variables with which the run starts.
    pub start: Vec<(Arc<str>, Value)>,
    /// The events that may come, by the index of their def.
    pub events: Vec<EventChoice>,
    /// What tasks may do, by the index of their TaskDef.
    pub tasks: Vec<TaskChoice>,
    /// What is filled in in forms, by the index of their UserTaskDef.
    pub forms: Vec<Vec<(Arc<str>, Value)>>,
    /// Whether forms may be cancelled.
    pub cancel_forms: bool,
    /// How child WfRuns may fail, each of them, besides completing; see [`child_wf_failures`].
    pub child_wf_failures: Vec<ChildWfResult>,
    /// Whether a worker takes a task in one step and reports it in another, so that anything may come between.
    pub delay: bool,
    /// Whether time passes, always to what comes due next.
    pub time: bool,
    /// How often a ThreadRun is stopped by hand. Whatever was stopped may be resumed.
    pub stops: Budget,
    /// How often a failed ThreadRun is rescued.
    pub rescues: Budget,
    /// The properties of the document that are asked: states remember for them what has happened.
    pub own: OwnProperties,
    /// Whether orders are left out that are known to come to the same: every answer stays what it is.
    pub reduction: bool,
}

/// An event that may come.
#[derive(Debug, Clone, PartialEq)]
pub struct EventChoice {
    /// How often.
    pub budget: Budget,
    /// With one of these.
    pub payloads: Vec<Value>,
}

/// What a task may do.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskChoice {
    /// What it reports when it does what it is simulated to do: attempt after attempt, the last one repeats.
    pub simulated: Vec<TaskResult>,
    /// Whether it does that.
    pub succeeds: bool,
    /// Whether it may fail with TASK_FAILURE.
    pub fails: bool,
    /// The EXCEPTIONs that it may throw.
    pub throws: Vec<Arc<str>>,
}

impl Choices {
    /// The usual choices for a document: each event once, with the payloads of its script or else one of its type;
    /// tasks do what they are simulated to do; time passes; nobody stops or rescues.
    #[must_use]
    pub fn usual(document: &Document, program: &Program) -> Choices {
        let start = program.specs.get(usize::from(program.entrypoint));
        let required = start.into_iter().flat_map(|spec| &spec.variables);
        let required = required.filter(|v| v.required && v.default.is_none());
        let mut given = script::start(document);
        for variable in required {
            if given.iter().all(|(name, _)| *name != variable.name) {
                given.push((
                    Arc::clone(&variable.name),
                    example(&variable.of, &program.struct_defs),
                ));
            }
        }
        Choices {
            start: given,
            events: program
                .events
                .iter()
                .map(|def| EventChoice {
                    budget: USUAL_BUDGET,
                    payloads: payloads(document, program, def),
                })
                .collect(),
            tasks: program
                .tasks
                .iter()
                .map(|def| TaskChoice {
                    simulated: simulated(document, &def.name).unwrap_or_else(|| {
                        vec![TaskResult::Output(
                            def.return_type
                                .as_ref()
                                .map_or(Value::Null, |of| example(of, &program.struct_defs)),
                        )]
                    }),
                    succeeds: true,
                    fails: false,
                    throws: Vec::new(),
                })
                .collect(),
            forms: program
                .user_tasks
                .iter()
                .map(|def| {
                    let fields = def.fields.iter();
                    fields
                        .map(|f| {
                            (Arc::clone(&f.name), example(&f.var_type.into(), &program.struct_defs))
                        })
                        .collect()
                })
                .collect(),
            cancel_forms: false,
            child_wf_failures: Vec::new(),
            delay: true,
            time: true,
            stops: 0,
            rescues: 0,
            own: OwnProperties::of(document, program),
            reduction: true,
        }
    }

    /// What stands beside a state: a budget for each event, then stops, then rescues, then what properties remember.
    pub(crate) fn budgets(&self) -> Vec<Budget> {
        let events = self.events.iter().map(|e| e.budget);
        let memory = iter::repeat_n(0, self.own.memory());
        events.chain([self.stops, self.rescues]).chain(memory).collect()
    }

    /// Where the memory of the properties begins in that list.
    pub(crate) fn memory_begins(&self) -> usize {
        self.events.len() + 2
    }
}

/// One move: what is chosen, as one or two commands, and which budget it spends.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The command.
    pub command: Command,
    /// The command that follows at once: a report after its claim.
    pub then: Option<Command>,
    /// Index of the budget that it spends.
    pub(crate) spends: Option<usize>,
    /// Whether it comes without anybody's wish: work, time, a resume. What is not inner may never come.
    pub(crate) inner: bool,
}

/// Names that commands have: each thread of the machine has its own, so that they need not agree on who holds them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Of the ExternalEventDefs.
    events: Vec<Arc<str>>,
    /// `e1` and so on: ids of events.
    ids: Vec<Arc<str>>,
}

impl Names {
    pub(crate) fn of(program: &Program) -> Names {
        let names = program.events.iter().map(|event| Arc::from(&*event.name));
        Names { events: names.collect(), ids: Vec::new() }
    }

    /// An id that no event has: nobody else posts while exploring but what the run that is explored further began
    /// with, and that numbers from the same place.
    fn free_id(&mut self, state: &RunState) -> Arc<str> {
        let events = &state.events;
        for number in events.len()..=2 * events.len() {
            while self.ids.len() <= number {
                self.ids.push(format!("e{}", self.ids.len() + 1).into());
            }
            if let Some(id) = self.ids.get(number)
                && events.iter().all(|event| event.guid != *id)
            {
                return Arc::clone(id);
            }
        }
        Arc::default()
    }
}

/// The moves that can be made in a state with what is left of the budgets, always in the same order.
pub(crate) fn moves(
    program: &Program,
    choices: &Choices,
    state: &RunState,
    left: &[Budget],
) -> Vec<Move> {
    let mut moves = Vec::new();
    moves_with(&mut Names::of(program), program, choices, state, left, &mut moves);
    moves
}

/// As [`moves`], with names that are kept, into a list that is emptied before.
pub(crate) fn moves_with(
    names: &mut Names,
    program: &Program,
    choices: &Choices,
    state: &RunState,
    left: &[Budget],
    moves: &mut Vec<Move>,
) {
    moves.clear();
    add_moves(names, program, choices, state, left, moves);
}

/// Those of a WfRun and of its child WfRuns that are played.
fn add_moves(
    names: &mut Names,
    program: &Program,
    choices: &Choices,
    state: &RunState,
    left: &[Budget],
    moves: &mut Vec<Move>,
) {
    add_own(names, program, choices, state, left, moves);
    for (thread, position, run) in state.played_child_wfs() {
        let wf_spec = state.child_wf(thread, position).map(|child| &child.wf_spec);
        let Some(program) = wf_spec.and_then(|name| program.workflow(name)) else { continue };
        let begin = moves.len();
        add_moves(names, program, choices, run, left, moves);
        let to_child =
            |command: &Command| Command::InChildWf(thread, position, Box::new(command.clone()));
        let mut own = moves.split_off(begin);
        // Time passes for all of them at once.
        own.retain(|chosen| !matches!(chosen.command, Command::PassTime(_)));
        moves.extend(own.into_iter().map(|chosen| Move {
            command: to_child(&chosen.command),
            then: chosen.then.as_ref().map(to_child),
            ..chosen
        }));
    }
}

fn add_own(
    names: &mut Names,
    program: &Program,
    choices: &Choices,
    state: &RunState,
    left: &[Budget],
    moves: &mut Vec<Move>,
) {
    let mut add = |command, then, spends, inner| {
        moves.push(Move { command, then, spends, inner });
    };
    let mut id = None;
    let affords = |budget: usize| left.get(budget).is_some_and(|&b| b > 0);
    let (stops, rescues) = (choices.events.len(), choices.events.len() + 1);
    for choice in enabled(program, state) {
        match choice {
            Choice::RunWf => add(Command::RunWf(choices.start.clone()), None, None, true),
            Choice::PostEvent(def) => {
                let index = usize::from(def);
                if let (true, Some(event)) = (affords(index), choices.events.get(index)) {
                    for payload in &event.payloads {
                        let guid = id.get_or_insert_with(|| names.free_id(state));
                        let command = Command::PostEvent {
                            def: names.events.get(index).map(Arc::clone).unwrap_or_default(),
                            guid: Arc::clone(guid),
                            content: payload.clone(),
                            thread: None,
                            position: None,
                        };
                        add(command, None, Some(index), false);
                    }
                }
            }
            Choice::ClaimTask(thread, position) => {
                let claim = Command::ClaimTask(thread, position);
                if choices.delay {
                    add(claim, None, None, true);
                } else {
                    for result in results(choices, state, thread, position) {
                        let report = Command::ReportTask(thread, position, result);
                        add(claim.clone(), Some(report), None, true);
                    }
                }
            }
            Choice::ReportTask(thread, position) => {
                for result in results(choices, state, thread, position) {
                    add(Command::ReportTask(thread, position, result), None, None, true);
                }
            }
            Choice::ReportChildWf(thread, position) => {
                let of = program.child_wf_returns(state, thread, position);
                let output = of.map_or(Value::Null, |of| example(of, &program.struct_defs));
                let output = ChildWfResult::Output(output);
                for result in iter::once(&output).chain(&choices.child_wf_failures) {
                    let report = Command::ReportChildWf(thread, position, result.clone());
                    add(report, None, None, true);
                }
            }
            Choice::PassTime(milliseconds) => {
                if choices.time {
                    add(Command::PassTime(milliseconds), None, None, true);
                }
            }
            Choice::Stop(thread) => {
                if affords(stops) {
                    add(Command::StopWfRun(thread), None, Some(stops), false);
                }
            }
            Choice::Resume(thread) => add(Command::ResumeWfRun(thread), None, None, true),
            Choice::Rescue(thread) => {
                if affords(rescues) {
                    for skip_current_node in [false, true] {
                        let command = Command::RescueThreadRun { thread, skip_current_node };
                        add(command, None, Some(rescues), false);
                    }
                }
            }
            Choice::CompleteUserTask(thread, position) => {
                if let Some(form) = state.form(thread, position) {
                    let fields = choices.forms.get(usize::from(form.def));
                    let fields = fields.cloned().unwrap_or_default();
                    let command = Command::CompleteUserTask(thread, position, fields);
                    add(command, None, None, true);
                }
            }
            Choice::CancelUserTask(thread, position) => {
                if choices.cancel_forms {
                    add(Command::CancelUserTask(thread, position), None, None, true);
                }
            }
        }
    }
}

/// What the TaskRun of a NodeRun may report.
fn results(
    choices: &Choices,
    state: &RunState,
    thread: ThreadNumber,
    position: Position,
) -> Vec<TaskResult> {
    let node_run = state.node_run(thread, position);
    let Some(NodeRunDetail::Task(Some(task))) = node_run.map(|run| &run.detail) else {
        return Vec::new();
    };
    let Some(choice) = choices.tasks.get(usize::from(task.task_def)) else {
        return Vec::new();
    };
    let attempt = task.attempts.len().saturating_sub(1);
    let mut results = Vec::new();
    if choice.succeeds {
        let simulated = choice.simulated.get(attempt).or(choice.simulated.last());
        results.extend(simulated.cloned());
    }
    if choice.fails {
        let failure = TaskResult::Error(TASK_FAILURE.into(), "the task failed".into());
        if !results.iter().any(|result| matches!(result, TaskResult::Error(..))) {
            results.push(failure);
        }
    }
    for name in &choice.throws {
        results.push(TaskResult::Exception(Arc::clone(name), "".into(), Value::Null));
    }
    results
}

fn simulated(document: &Document, task: &str) -> Option<Vec<TaskResult>> {
    let answers = document.simulate.get(task)?;
    let answers = answers.iter().map(|answer| match answer {
        SimulatedResult::Output(value) => TaskResult::Output(value.clone()),
        SimulatedResult::Error(message) => {
            TaskResult::Error(TASK_FAILURE.into(), message.as_str().into())
        }
        SimulatedResult::Exception(name, message, content) => {
            TaskResult::Exception(name.as_str().into(), message.as_str().into(), content.clone())
        }
    });
    Some(answers.collect()).filter(|answers: &Vec<_>| !answers.is_empty())
}

/// How child WfRuns can fail so that it makes a difference: with ERROR, and with each EXCEPTION that a handler of a
/// WAIT_FOR_CHILD_WF names.
#[must_use]
pub fn child_wf_failures(program: &Program) -> Vec<ChildWfResult> {
    let mut failures = vec![ChildWfResult::Error(CHILD_WF_ERROR.into())];
    let nodes = program.specs.iter().flat_map(|spec| &spec.nodes);
    let waits = nodes.filter(|node| matches!(node.kind, NodeKind::WaitForChildWf { .. }));
    for handler in waits.flat_map(|node| &node.handlers) {
        let FailureToCatch::Specific(name) = &handler.catches else { continue };
        if TECHNICAL_FAILURES.contains(&name.as_str()) {
            continue;
        }
        let thrown = ChildWfResult::Exception(name.as_str().into(), "".into(), Value::Null);
        if !failures.contains(&thrown) {
            failures.push(thrown);
        }
    }
    failures
}

/// The payloads of the script; without any, one of the type that the def declares or a handler takes.
fn payloads(document: &Document, program: &Program, def: &EventDef) -> Vec<Value> {
    let scripted = script::payloads(document, &def.name);
    if !scripted.is_empty() {
        return scripted;
    }
    if def.content_empty {
        return vec![Value::Null];
    }
    let taken = || {
        let mut interrupts = program.specs.iter().flat_map(|spec| &spec.interrupts);
        let event = program.event(&def.name)?;
        let interrupt = interrupts.find(|interrupt| interrupt.event == event)?;
        let handler = program.specs.get(usize::from(interrupt.handler))?;
        let input = handler.variables.iter().find(|v| &*v.name == "INPUT")?;
        Some(&input.of)
    };
    let of = def.content_type.as_ref().or_else(taken);
    vec![of.map_or(Value::Null, |of| example(of, &program.struct_defs))]
}
