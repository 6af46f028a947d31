//! What can be done now: a button for each command that would be taken, with the fields that it needs.

use std::sync::Arc;

use halter_engine::Choice;
use halter_engine::command::{ChildWfResult, Command, TaskResult};
use halter_engine::program::{EventDef, NodeKind};
use halter_engine::state::{NodeRunDetail, Position, ThreadNumber};
use halter_spec::model::{AccessLevel, Document, Type, VarType};
use halter_spec::value::Value;

use crate::payload;
use crate::sitting::{Sitting, next_guid};
use crate::wf_runs::{self, WfRun, WfRunPath};
use crate::words::{Names, duration};

pub(crate) mod fields;

pub use fields::{Draft, Field, Shape};

/// What a worker reports as the type of a technical failure.
pub(crate) const TASK_FAILURE: &str = "TASK_FAILURE";

/// A command that can be given now.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What its button says; unique among the offers of a state.
    pub label: String,
    /// What it does.
    pub action: Action,
    /// What has to be filled in.
    pub fields: Vec<Field>,
    /// What it would do, in one sentence; empty if the label says it all.
    pub note: String,
    /// The ThreadRuns that an event would reach.
    pub reach: Reach,
    /// To which WfRun it is.
    pub to: WfRunPath,
}

/// The ThreadRuns that an event would reach if it was posted now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// Those that it would interrupt.
    pub interrupts: Vec<ThreadNumber>,
    /// Those that wait for it.
    pub waiting: Vec<ThreadNumber>,
}

impl Reach {
    fn note(&self) -> String {
        let mut effects = Vec::new();
        if !self.interrupts.is_empty() {
            effects.push(format!("Interrupts {}", crate::words::threads(&self.interrupts)));
        }
        if !self.waiting.is_empty() {
            let verb = if self.waiting.len() == 1 { "waits" } else { "wait" };
            effects.push(format!("{} {verb} for it", crate::words::threads(&self.waiting)));
        }
        if effects.is_empty() {
            return "No ThreadRun is registered for it or waits for it now: it stays unclaimed."
                .to_owned();
        }
        format!("{}.", effects.join("; "))
    }
}

/// What an offer does: by this it is known. ThreadRuns are known by the numbers that they have among those of all WfRuns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named like the commands")]
pub enum Action {
    RunWf,
    /// `to`: the first ThreadRun of the WfRun.
    PostEvent {
        def: u16,
        to: ThreadNumber,
    },
    PostCorrelatedEvent {
        def: u16,
    },
    ClaimTask(ThreadNumber, Position),
    CompleteTask(ThreadNumber, Position),
    FailTask(ThreadNumber, Position),
    ThrowException(ThreadNumber, Position),
    PassTime(i64),
    Stop(ThreadNumber),
    Resume(ThreadNumber),
    Rescue {
        thread: ThreadNumber,
        skip: bool,
    },
    CompleteUserTask(ThreadNumber, Position),
    CancelUserTask(ThreadNumber, Position),
    CompleteChildWf(ThreadNumber, Position),
    FailChildWf(ThreadNumber, Position),
    ThrowFromChildWf(ThreadNumber, Position),
}

/// What can be wrong with a field: its index and one sentence.
pub type FieldError = (usize, String);

impl Offer {
    fn new(label: String, action: Action) -> Self {
        let (fields, note) = (Vec::new(), String::new());
        Offer { label, action, fields, note, reach: Reach::default(), to: WfRunPath::new() }
    }

    fn noted(self, note: &str) -> Self {
        Offer { note: note.to_owned(), ..self }
    }

    fn with(mut self, fields: Vec<Field>) -> Self {
        self.fields = fields;
        self
    }

    /// The command with what was filled in: one draft for each field.
    ///
    /// # Errors
    /// If a field does not hold what it should.
    pub fn command(&self, drafts: &[Draft], sitting: &Sitting) -> Result<Command, FieldError> {
        let values = self
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| {
                let draft = drafts.get(index).unwrap_or(&field.suggested);
                field.value(draft, &sitting.program().struct_defs).map_err(|error| (index, error))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut filled = values.iter().cloned();
        let mut next = || filled.next().unwrap_or_default();
        let program = sitting.program();
        let named = || {
            let names = self.fields.iter().map(|field| Arc::<str>::from(&*field.name));
            names.zip(values.clone()).filter(|(_, value)| *value != Value::Null).collect()
        };
        let command = match self.action.own() {
            Action::RunWf => Command::RunWf(named()),
            Action::PostEvent { def, .. } => Command::PostEvent {
                def: program
                    .events
                    .get(def as usize)
                    .map(|event| Arc::clone(&event.name))
                    .unwrap_or_default(),
                guid: wf_runs::at(program, sitting.state(), &self.to)
                    .map_or_else(Arc::default, |(_, state)| next_guid(state)),
                content: next(),
                thread: None,
                position: None,
            },
            Action::PostCorrelatedEvent { def } => Command::PostCorrelatedEvent {
                def: program
                    .events
                    .get(def as usize)
                    .map(|event| Arc::clone(&event.name))
                    .unwrap_or_default(),
                key: Arc::from(payload::edit(&next())),
                content: next(),
            },
            Action::ClaimTask(thread, position) => Command::ClaimTask(thread, position),
            Action::CompleteTask(thread, position) => {
                Command::ReportTask(thread, position, TaskResult::Output(next()))
            }
            Action::FailTask(thread, position) => {
                let message = Arc::from(payload::edit(&next()));
                Command::ReportTask(
                    thread,
                    position,
                    TaskResult::Error(TASK_FAILURE.into(), message),
                )
            }
            Action::ThrowException(thread, position) => {
                let name = Arc::from(payload::edit(&next()));
                let message = Arc::from(payload::edit(&next()));
                Command::ReportTask(thread, position, TaskResult::Exception(name, message, next()))
            }
            Action::PassTime(milliseconds) => Command::PassTime(milliseconds),
            Action::Stop(thread) => Command::StopWfRun(thread),
            Action::Resume(thread) => Command::ResumeWfRun(thread),
            Action::Rescue { thread, skip } => {
                Command::RescueThreadRun { thread, skip_current_node: skip }
            }
            Action::CompleteUserTask(thread, position) => {
                Command::CompleteUserTask(thread, position, named())
            }
            Action::CancelUserTask(thread, position) => Command::CancelUserTask(thread, position),
            Action::CompleteChildWf(thread, position) => {
                Command::ReportChildWf(thread, position, ChildWfResult::Output(next()))
            }
            Action::FailChildWf(thread, position) => {
                let message = Arc::from(payload::edit(&next()));
                Command::ReportChildWf(thread, position, ChildWfResult::Error(message))
            }
            Action::ThrowFromChildWf(thread, position) => {
                let name = Arc::from(payload::edit(&next()));
                let message = Arc::from(payload::edit(&next()));
                let result = ChildWfResult::Exception(name, message, next());
                Command::ReportChildWf(thread, position, result)
            }
        };
        Ok(wf_runs::to(&self.to, command))
    }
}

impl Action {
    /// The same with the numbers that ThreadRuns have in their own WfRun.
    fn own(self) -> Self {
        self.renumbered(|shared| wf_runs::own_number(shared).1)
    }

    fn renumbered(self, number: impl Fn(ThreadNumber) -> ThreadNumber) -> Self {
        match self {
            Action::RunWf | Action::PostCorrelatedEvent { .. } | Action::PassTime(_) => self,
            Action::PostEvent { def, to } => Action::PostEvent { def, to: number(to) },
            Action::ClaimTask(thread, at) => Action::ClaimTask(number(thread), at),
            Action::CompleteTask(thread, at) => Action::CompleteTask(number(thread), at),
            Action::FailTask(thread, at) => Action::FailTask(number(thread), at),
            Action::ThrowException(thread, at) => Action::ThrowException(number(thread), at),
            Action::Stop(thread) => Action::Stop(number(thread)),
            Action::Resume(thread) => Action::Resume(number(thread)),
            Action::Rescue { thread, skip } => Action::Rescue { thread: number(thread), skip },
            Action::CompleteUserTask(thread, at) => Action::CompleteUserTask(number(thread), at),
            Action::CancelUserTask(thread, at) => Action::CancelUserTask(number(thread), at),
            Action::CompleteChildWf(thread, at) => Action::CompleteChildWf(number(thread), at),
            Action::FailChildWf(thread, at) => Action::FailChildWf(number(thread), at),
            Action::ThrowFromChildWf(thread, at) => Action::ThrowFromChildWf(number(thread), at),
        }
    }
}

/// Every command that can be given at the cursor: to the WfRun, and then to its child WfRuns that are played.
pub fn offers(sitting: &Sitting) -> Vec<Offer> {
    let all = wf_runs::all(sitting.program(), sitting.state());
    let of = |(index, run): (usize, &WfRun<'_>)| {
        let name = if index == 0 { String::new() } else { wf_runs::name(&all, run) };
        let maker = Maker {
            document: sitting.document(),
            names: Names::new(run.program, run.state),
            of: if index == 0 { String::new() } else { format!(" of {name}") },
            name,
        };
        let choices = halter_engine::enabled(run.program, run.state).into_iter();
        // It passes for all of them.
        let choices = choices.filter(|choice| index == 0 || !matches!(choice, Choice::PassTime(_)));
        let offers = choices.flat_map(|choice| maker.offers(choice));
        let shared = |own| wf_runs::shared_number(index, own);
        let offers = offers.map(|offer| Offer {
            action: offer.action.renumbered(shared),
            reach: Reach {
                interrupts: offer.reach.interrupts.into_iter().map(shared).collect(),
                waiting: offer.reach.waiting.into_iter().map(shared).collect(),
            },
            to: run.path.clone(),
            ..offer
        });
        offers.collect::<Vec<_>>()
    };
    all.iter().enumerate().flat_map(of).collect()
}

struct Maker<'a> {
    document: &'a Document,
    names: Names<'a>,
    /// The name of the child WfRun; empty: the first WfRun.
    name: String,
    /// ` of shipping`, or empty.
    of: String,
}

impl Maker<'_> {
    fn offers(&self, choice: Choice) -> Vec<Offer> {
        match choice {
            Choice::RunWf => vec![self.run_wf()],
            Choice::PostEvent(def) => {
                let mut posts = vec![self.post_event(def)];
                // It is posted to no WfRun.
                posts.extend(self.post_correlated(def).filter(|_| self.name.is_empty()));
                posts
            }
            Choice::ClaimTask(thread, position) => {
                let claim =
                    self.at("Claim task", Action::ClaimTask(thread, position), thread, position);
                vec![claim.noted("A worker takes the task and begins to work on it.")]
            }
            Choice::ReportTask(thread, position) => self.report_task(thread, position),
            Choice::ReportChildWf(thread, position) => self.report_child_wf(thread, position),
            Choice::PassTime(milliseconds) => {
                let label = format!("Pass time {}", duration(milliseconds));
                let pass = Offer::new(label, Action::PassTime(milliseconds));
                vec![pass.noted("Until the next timer is due.")]
            }
            Choice::Stop(thread) => vec![self.thread("Stop", thread, Action::Stop(thread))],
            Choice::Resume(thread) => vec![self.thread("Resume", thread, Action::Resume(thread))],
            Choice::Rescue(thread) => {
                let retry = self.thread("Rescue", thread, Action::Rescue { thread, skip: false });
                let mut skip = self.thread("Rescue", thread, Action::Rescue { thread, skip: true });
                skip.label.push_str(" past the failed node");
                vec![retry, skip]
            }
            Choice::CompleteUserTask(thread, position) => {
                vec![self.complete_user_task(thread, position)]
            }
            Choice::CancelUserTask(thread, position) => {
                vec![self.at(
                    "Cancel user task",
                    Action::CancelUserTask(thread, position),
                    thread,
                    position,
                )]
            }
        }
    }

    fn thread(&self, verb: &str, thread: ThreadNumber, action: Action) -> Offer {
        Offer::new(format!("{verb} ThreadRun {thread}{}", self.of), action)
    }

    /// `Claim task charge (ThreadRun 1)`
    fn at(&self, verb: &str, action: Action, thread: ThreadNumber, position: Position) -> Offer {
        let task = self.names.task(thread, position);
        let what = task.or_else(|| {
            self.names.node_of(thread, position).map(|node| self.names.node_label(node))
        });
        let what = what.unwrap_or_default();
        Offer::new(format!("{verb} {what} (ThreadRun {thread}{})", self.of), action)
    }

    fn run_wf(&self) -> Offer {
        let program = self.names.program;
        let variables = program.specs.get(program.entrypoint as usize).map(|spec| &spec.variables);
        let fields = variables
            .into_iter()
            .flatten()
            .map(|variable| {
                let default = variable.default.as_ref().map(payload::edit).unwrap_or_default();
                let mut field = Field::value_of(&variable.name, &variable.of, default);
                // What is inherited stands for the parent WfRun's value.
                field.required = variable.required || variable.access == AccessLevel::InheritedVar;
                field
            })
            .collect();
        Offer::new("Run workflow".to_owned(), Action::RunWf).with(fields)
    }

    fn post_event(&self, def: u16) -> Offer {
        let program = self.names.program;
        let Some(event) = program.events.get(def as usize) else {
            return Offer::new(String::new(), Action::PostEvent { def, to: 0 });
        };
        let to = if self.name.is_empty() { String::new() } else { format!(" to {}", self.name) };
        let label = format!("Post event {}{to}", event.name);
        let mut offer = Offer::new(label, Action::PostEvent { def, to: 0 })
            .with(self.payload_field(event).into_iter().collect());
        offer.reach = self.reach(def);
        offer.note = offer.reach.note();
        offer
    }

    /// An event that finds its NodeRuns by a key, where the def allows it.
    fn post_correlated(&self, def: u16) -> Option<Offer> {
        let event = self.names.program.events.get(def as usize)?;
        event.correlated?;
        let key = Field {
            required: true,
            ..Field::text("key", self.awaited_key(def).unwrap_or_default())
        };
        let fields = std::iter::once(key).chain(self.payload_field(event)).collect();
        let label = format!("Post correlated event {}", event.name);
        let offer = Offer::new(label, Action::PostCorrelatedEvent { def }).with(fields);
        Some(offer.noted("It finds the NodeRuns that wait for it with this key, now or later."))
    }

    /// The key for which a NodeRun waits now, unless it is masked.
    fn awaited_key(&self, def: u16) -> Option<&str> {
        let state = self.names.state;
        state.live.iter().find_map(|&number| {
            let run = state.thread(number)?;
            let node = self.names.node_of(number, run.position())?;
            let masked =
                matches!(node.kind, NodeKind::ExternalEvent { mask_correlation_key: true, .. });
            match &run.current()?.detail {
                NodeRunDetail::ExternalEvent {
                    event: None, correlation_key: Some(key), ..
                } if fields::waits_for_event(node, def) && !masked => Some(&**key),
                NodeRunDetail::Plain
                | NodeRunDetail::Task(_)
                | NodeRunDetail::ExternalEvent { .. }
                | NodeRunDetail::StartThread(_)
                | NodeRunDetail::StartMultipleThreads(_)
                | NodeRunDetail::WaitForThreads(_)
                | NodeRunDetail::Sleep { .. }
                | NodeRunDetail::UserTask(_)
                | NodeRunDetail::ThrowEvent(_)
                | NodeRunDetail::RunChildWf { .. }
                | NodeRunDetail::WaitForChildWf(_) => None,
            }
        })
    }

    fn payload_field(&self, event: &EventDef) -> Option<Field> {
        let suggested = fields::suggested_payload(self.document, &event.name);
        let defs = &self.names.program.struct_defs;
        match &event.content_type {
            _ if event.content_empty => None,
            Some(of) => {
                let suggested = suggested.filter(|value| value.type_of() == *of);
                let text =
                    suggested.as_ref().map_or_else(|| fields::example(of, defs), payload::edit);
                Some(Field::value_of("payload", of, text))
            }
            None => Some(Field::any("payload", suggested.as_ref())),
        }
    }

    /// Whom an event would reach now.
    fn reach(&self, def: u16) -> Reach {
        let Names { program, state } = self.names;
        let mut reach = Reach::default();
        for &number in &state.live {
            let Some(run) = state.thread(number) else {
                continue;
            };
            let spec = program.specs.get(run.spec as usize);
            if spec
                .is_some_and(|spec| spec.interrupts.iter().any(|interrupt| interrupt.event == def))
            {
                reach.interrupts.push(number);
            }
            let node = self.names.node_of(number, run.position());
            if node.is_some_and(|node| fields::waits_for_event(node, def)) {
                reach.waiting.push(number);
            }
        }
        reach
    }

    fn report_task(&self, thread: ThreadNumber, position: Position) -> Vec<Offer> {
        let program = self.names.program;
        let task = fields::task_run(self.names.state, thread, position);
        let def = task.and_then(|task| program.tasks.get(task.task_def as usize));
        let attempt = task.map_or(0, |task| task.attempts.len().saturating_sub(1));
        let simulated = def
            .and_then(|def| fields::simulated(self.document, &def.name, attempt))
            .unwrap_or_default();
        let output = match def.and_then(|def| def.return_type.as_ref()) {
            Some(of) => {
                Field::value_of("output", of, simulated.output_text(of, &program.struct_defs))
            }
            None => Field::any("output", simulated.output.as_ref()),
        };
        let complete = self
            .at("Complete task", Action::CompleteTask(thread, position), thread, position)
            .with(vec![output]);
        let fail = self
            .at("Fail task", Action::FailTask(thread, position), thread, position)
            .with(vec![Field::text("message", &simulated.error)]);
        let throw = self
            .at(
                "Throw exception from task",
                Action::ThrowException(thread, position),
                thread,
                position,
            )
            .with(vec![
                Field::exception_name("exception", &simulated.exception.0),
                Field::text("message", &simulated.exception.1),
                Field::any("content", simulated.exception.2.as_ref()),
            ]);
        vec![complete, fail, throw]
    }

    fn report_child_wf(&self, thread: ThreadNumber, position: Position) -> Vec<Offer> {
        let output =
            fields::child_wf_output(self.names.program, self.names.state, thread, position);
        let output = Field::any("output", (output != Value::Null).then_some(&output));
        let offer = |verb, action| self.at(verb, action, thread, position);
        vec![
            offer("Complete workflow", Action::CompleteChildWf(thread, position))
                .with(vec![output])
                .noted("The child WfRun is COMPLETED, and this is what it returns."),
            offer("Fail workflow", Action::FailChildWf(thread, position))
                .with(vec![Field::text("message", "")]),
            offer("Throw exception from workflow", Action::ThrowFromChildWf(thread, position))
                .with(vec![
                    Field::exception_name("exception", "out-of-stock"),
                    Field::text("message", ""),
                    Field::any("content", None),
                ]),
        ]
    }

    fn complete_user_task(&self, thread: ThreadNumber, position: Position) -> Offer {
        let program = self.names.program;
        let def = fields::user_task_def(program, self.names.state, thread, position);
        let fields = def
            .into_iter()
            .flat_map(|def| &def.fields)
            .map(|field| {
                let of = Type::Primitive(field.var_type);
                let text = fields::example(&of, &program.struct_defs);
                let mut made = Field::value_of(&field.name, &of, text);
                made.required = field.required;
                made
            })
            .collect();
        self.at("Complete user task", Action::CompleteUserTask(thread, position), thread, position)
            .with(fields)
    }
}

/// The command that passes this many milliseconds: the clock can be turned by any time, not only to the next timer.
pub fn pass_time(text: &str) -> Result<Command, String> {
    let value = payload::parse(text, VarType::Double)?;
    match value {
        Value::Double(seconds) if seconds.0 > 0.0 && seconds.0 <= 1e9 => {
            Ok(Command::PassTime((seconds.0 * 1000.0).round() as i64))
        }
        _ => Err("Time only goes forward: write seconds such as 30.".to_owned()),
    }
}
