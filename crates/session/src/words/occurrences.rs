//! Occurrences, in words.

use std::collections::HashMap;

use halter_engine::occurrence::What;
use halter_engine::state::{
    HaltReason, Position, RunState, Status, TaskStatus, ThreadNumber, ThreadType, UserTaskRun,
    UserTaskStatus,
};

use super::masks::show_unless;
use super::names::Names;
use super::reasons;
use super::time::duration;

/// Tells the occurrences of one step, in order. It keeps halt reasons, statuses and numbers of failures as they
/// were at each of them, because the state after the step no longer knows what came and went within it.
#[derive(Debug)]
pub struct Teller<'a> {
    names: Names<'a>,
    reasons: HashMap<ThreadNumber, Vec<HaltReason>>,
    statuses: HashMap<ThreadNumber, Status>,
    failures: HashMap<(ThreadNumber, u32), usize>,
    before: Option<&'a RunState>,
    /// Tellers of the child WfRuns, by the NodeRuns that started them.
    child_wfs: HashMap<(ThreadNumber, Position), Teller<'a>>,
}

impl<'a> Teller<'a> {
    /// A teller of the step that led from one state to the next.
    pub fn new(names: Names<'a>, before: &'a RunState) -> Self {
        Self::since(names, Some(before))
    }

    /// The same; without a state before if there was none.
    fn since(names: Names<'a>, before: Option<&'a RunState>) -> Self {
        let threads = || (0..).zip(before.into_iter().flat_map(|before| &before.threads));
        let statuses = threads().map(|(number, thread)| (number, thread.status)).collect();
        let reasons =
            threads().map(|(number, thread)| (number, thread.halt_reasons.clone())).collect();
        let (failures, child_wfs) = (HashMap::new(), HashMap::new());
        Teller { names, reasons, statuses, failures, before, child_wfs }
    }

    /// One sentence, without a full stop.
    pub fn tell(&mut self, what: &What) -> String {
        self.pass(what);
        self.sentence(what)
    }

    /// The sentence of the last of some occurrences; of those before it none is made.
    pub fn tell_last<'w>(&mut self, whats: impl IntoIterator<Item = &'w What>) -> Option<String> {
        let last = whats.into_iter().inspect(|what| self.pass(what)).last()?;
        Some(self.sentence(last))
    }

    /// Takes note of an occurrence that is not told: sentences about later ones depend on it.
    pub fn pass(&mut self, what: &What) {
        match what {
            What::ThreadStarted { thread, .. } => {
                self.statuses.insert(*thread, Status::Running);
            }
            What::ThreadStatus { thread, status } => {
                self.statuses.insert(*thread, *status);
            }
            What::HaltReasonAdded { thread, reason } => {
                self.reasons.entry(*thread).or_default().push(reason.clone());
            }
            What::HaltReasonResolved { thread, reason } => {
                let reasons = self.reasons.entry(*thread).or_default();
                if let Some(index) = reasons.iter().position(|r| r == reason) {
                    reasons.remove(index);
                }
            }
            What::NodeFailed { thread, position } => {
                let before = self.before;
                let known = || {
                    let run = before.and_then(|before| before.node_run(*thread, *position));
                    run.map_or(0, |run| run.failures.len())
                };
                *self.failures.entry((*thread, *position)).or_insert_with(known) += 1;
            }
            What::InChildWf { thread, position, occurrence } => {
                let (names, before) = (self.names, self.before);
                let child = before.and_then(|before| before.child_wf(*thread, *position));
                let before = child.and_then(|child| child.run.as_deref());
                let Some(names) = names.in_child_wf(*thread, *position) else { return };
                let teller = self.child_wfs.entry((*thread, *position));
                teller.or_insert_with(|| Teller::since(names, before)).pass(&occurrence.what);
            }
            What::WfRunStarted
            | What::WfRunStatus(_)
            | What::NodeArrived { .. }
            | What::NodeStatus { .. }
            | What::EventArrived { .. }
            | What::Interrupted { .. }
            | What::EventClaimed { .. }
            | What::TaskStatus { .. }
            | What::VariableSet { .. }
            | What::TimerFired { .. }
            | What::TimePassed { .. }
            | What::EventThrown { .. }
            | What::UserTask { .. }
            | What::ChildWf { .. }
            | What::TaskSent { .. }
            | What::BrokeOff { .. } => {}
        }
    }

    /// Of an occurrence that was taken note of last.
    pub(crate) fn sentence(&self, what: &What) -> String {
        let names = self.names;
        match what {
            What::WfRunStarted => format!("The WfRun of {} starts", names.program.name),
            What::WfRunStatus(status) => format!("The WfRun is {}", status.name()),
            What::ThreadStarted { thread, kind } => self.thread_started(*thread, *kind),
            What::ThreadStatus { thread, status } => self.thread_status(*thread, *status),
            What::HaltReasonAdded { thread, reason } => {
                format!(
                    "{} gets halt reason {}: {}",
                    names.thread(*thread),
                    reason.name(),
                    self.reason(reason)
                )
            }
            What::HaltReasonResolved { thread, reason } => {
                format!("{} loses halt reason {}", names.thread(*thread), reason.name())
            }
            What::NodeArrived { thread, position } => {
                format!("{} arrives at {}", names.thread(*thread), names.node(*thread, *position))
            }
            What::NodeStatus { thread, position, status } => {
                format!(
                    "{}: {} is {}",
                    names.thread(*thread),
                    names.node(*thread, *position),
                    status.name()
                )
            }
            What::EventArrived { event } => {
                let content = names.state.events.get(*event as usize).map(|event| &event.content);
                match content {
                    Some(content) if content.var_type().is_some() => {
                        format!(
                            "{} arrives with {}",
                            capital(&names.event(*event)),
                            show_unless(names.masks_event(names.event_def(*event)), content)
                        )
                    }
                    _ => format!("{} arrives without a payload", capital(&names.event(*event))),
                }
            }
            What::Interrupted { thread, event } => {
                format!("{} interrupts {}", capital(&names.event(*event)), names.thread(*thread))
            }
            What::EventClaimed { event, thread, .. } => {
                format!("{} is claimed by {}", capital(&names.event(*event)), names.thread(*thread))
            }
            What::TaskStatus { thread, position, status } => {
                let node = capital(&names.node(*thread, *position));
                format!("{node} of {} {}", names.thread(*thread), task_status(*status))
            }
            What::VariableSet { thread, variable, value, by } => {
                let name = names.variable(*thread, *variable);
                let value = show_unless(names.masks_variable(*thread, *variable), value);
                let child = names.child_wf(by.0, by.1);
                if !child.is_empty() {
                    format!("Workflow {child} sets {name} of {} to {value}", names.thread(*thread))
                } else if by.0 == *thread {
                    format!("{} sets {name} to {value}", names.thread(*thread))
                } else {
                    format!(
                        "{} sets {name} of {} to {value}",
                        names.thread(by.0),
                        names.thread(*thread),
                    )
                }
            }
            What::NodeFailed { thread, position } => self.node_failed(*thread, *position),
            What::TimerFired { thread, position } => {
                format!(
                    "The time of {} of {} is up",
                    names.node(*thread, *position),
                    names.thread(*thread)
                )
            }
            What::TimePassed { now } => format!("The clock shows {}", duration(*now)),
            What::EventThrown { event, thread, .. } => {
                let thrown = names.state.thrown_events.get(*event as usize);
                let def = thrown
                    .and_then(|thrown| names.program.workflow_events.get(thrown.def as usize));
                let name = def.map_or("", |name| name);
                format!("{} throws workflow event {name}", names.thread(*thread))
            }
            What::UserTask { thread, position, status } => {
                self.user_task(*thread, *position, *status)
            }
            What::ChildWf { thread, position, status: Status::Running } => format!(
                "{} starts a WfRun of workflow {}",
                names.thread(*thread),
                names.child_wf(*thread, *position)
            ),
            What::ChildWf { thread, position, status } => format!(
                "The WfRun of workflow {}, which {} started, is {}",
                names.child_wf(*thread, *position),
                names.thread(*thread),
                status.name()
            ),
            What::TaskSent { thread, position, task } => format!(
                "{} of {} sends task {task} to the workers; what becomes of it changes nothing here",
                capital(&names.node(*thread, *position)),
                names.thread(*thread)
            ),
            What::InChildWf { thread, position, occurrence } => {
                let teller = self.child_wfs.get(&(*thread, *position));
                let told = teller.map(|teller| teller.sentence(&occurrence.what));
                let workflow = names.child_wf(*thread, *position);
                format!("In workflow {workflow}: {}", told.unwrap_or_default())
            }
            What::BrokeOff { by } => {
                let sentence = by.sentence().trim_end_matches('.');
                format!(
                    "The server breaks off, and nothing of what had begun stays. {sentence} ({})",
                    by.id()
                )
            }
        }
    }

    fn reason(&self, reason: &HaltReason) -> String {
        let status_of = |thread| self.statuses.get(&thread).copied();
        reasons::reason_when(&self.names, reason, status_of)
    }

    fn thread_started(&self, thread: ThreadNumber, kind: ThreadType) -> String {
        let names = self.names;
        let name = names.thread(thread);
        let parent = names.state.thread(thread).and_then(|run| run.parent);
        let parent = parent.map_or_else(|| "another".to_owned(), |parent| names.thread(parent));
        match kind {
            ThreadType::Entrypoint => format!("{name} starts: the entrypoint"),
            ThreadType::Child => format!("{name} starts as a child of {parent}"),
            ThreadType::Interrupt => {
                let trigger = names.state.thread(thread).and_then(|run| run.trigger);
                let event = trigger
                    .map_or_else(String::new, |e| format!(" by event {}", names.event_def(e)));
                format!("{name} starts to handle the interrupt of {parent}{event}")
            }
            ThreadType::FailureHandler => {
                format!("{name} starts to handle the failure of {parent}")
            }
        }
    }

    fn thread_status(&self, thread: ThreadNumber, status: Status) -> String {
        let name = self.names.thread(thread);
        match status {
            Status::Halting | Status::Halted => {
                let reasons = self.reasons.get(&thread).map(Vec::as_slice).unwrap_or_default();
                let why: Vec<String> = reasons.iter().map(|reason| self.reason(reason)).collect();
                if why.is_empty() {
                    format!("{name} is {}", status.name())
                } else {
                    format!("{name} is {}: {}", status.name(), why.join("; "))
                }
            }
            Status::Error | Status::Exception => {
                let message =
                    self.names.state.thread(thread).and_then(|run| run.error_message.clone());
                let message = message.unwrap_or_default();
                format!("{name} fails with {}{}", status.name(), because(&message))
            }
            _ => format!("{name} is {}", status.name()),
        }
    }

    fn node_failed(&self, thread: ThreadNumber, position: u32) -> String {
        let names = self.names;
        let node = capital(&names.node(thread, position));
        let run = names.state.node_run(thread, position);
        let noted = self.failures.get(&(thread, position)).copied().unwrap_or_default();
        let failure = run.zip(noted.checked_sub(1)).and_then(|(run, at)| run.failures.get(at));
        match failure {
            Some(failure) => format!(
                "{node} of {} fails with {}{}",
                names.thread(thread),
                failure.name,
                because(&failure.message)
            ),
            None => format!("{node} of {} fails", names.thread(thread)),
        }
    }

    fn user_task(&self, thread: ThreadNumber, position: u32, status: UserTaskStatus) -> String {
        let names = self.names;
        let node = capital(&names.node(thread, position));
        let what = match status {
            UserTaskStatus::Unassigned | UserTaskStatus::Assigned => {
                format!("waits for {} to fill it in", whose(names.state.form(thread, position)))
            }
            UserTaskStatus::Done => "is done".to_owned(),
            UserTaskStatus::Cancelled => "is cancelled".to_owned(),
        };
        format!("{node} of {} {what}", names.thread(thread))
    }
}

/// Who shall fill in a form.
pub(crate) fn whose(form: Option<&UserTaskRun>) -> String {
    match form.map(|form| (&form.user_id, &form.user_group)) {
        Some((Some(user), None)) => user.to_string(),
        Some((Some(user), Some(group))) => format!("{user} of group {group}"),
        Some((None, Some(group))) => format!("somebody of group {group}"),
        Some((None, None)) | None => "somebody".to_owned(),
    }
}

/// The key of an event that is waited for, unless it is hidden.
pub(crate) fn with_key(key: Option<&str>, masked: bool) -> String {
    key.filter(|_| !masked).map_or_else(String::new, |key| format!(" with key {key}"))
}

fn task_status(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Scheduled => "is scheduled and waits for a worker",
        TaskStatus::Running => "is taken by a worker",
        TaskStatus::Success => "succeeds",
        TaskStatus::Failed => "fails",
        TaskStatus::Timeout => "times out",
        TaskStatus::OutputSerdeError => "fails: its output can't be read",
        TaskStatus::InputVarSubError => "fails: its input can't be computed",
        TaskStatus::Exception => "throws an exception",
        TaskStatus::Pending => "waits to be tried again",
    }
}

/// A message after what it explains, if there is one.
pub(crate) fn because(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(": {message}") }
}

/// The same with a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
