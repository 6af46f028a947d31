//! A step of a document and what happens to its form, with all values as code.

use halter_spec::model::{
    GivenAction, Node, NodeKind, SleepNode, Source, TaskNode, TaskToExecute, ThreadsToWaitFor,
    UserTaskActionKind, UserTaskHook, UserTaskNode, VariableAssignment, WfSpecToRun,
};
use halter_spec::{Diagnostic, proto_json};

use super::{Writer, Written};
use crate::code::call::{Action, Call};
use crate::code::language::Term;
use crate::code::values::Scope;

impl Writer<'_> {
    pub(super) fn optional(
        &self,
        value: Option<&VariableAssignment>,
        scope: &Scope,
    ) -> Written<Option<Term>> {
        value.map(|value| self.value(value, scope)).transpose()
    }

    pub(super) fn call(&mut self, name: &str, node: &Node, scope: &Scope) -> Written<Call> {
        let value = |value: &VariableAssignment| self.value(value, scope);
        Ok(match &node.kind {
            NodeKind::Task(task) => {
                let arguments: Written<Vec<_>> = task.variables.iter().map(value).collect();
                Call::Task {
                    name: match &task.task {
                        TaskToExecute::TaskDef(name) => Ok(name.clone()),
                        TaskToExecute::Dynamic(name) => Err(value(name)?),
                    },
                    arguments: arguments?,
                    timeout: task.timeout_seconds,
                    retries: task.retries,
                    backoff: task.exponential_backoff.clone(),
                }
            }
            NodeKind::ExternalEvent(event) => {
                let key = self.optional(event.correlation_key.as_ref(), scope)?;
                if key.is_none() && event.mask_correlation_key {
                    return self.refuse("a correlation key is masked, but there is none.");
                }
                let registers = self.payload(&event.external_event_def, key.is_some());
                if registers.is_some() {
                    self.registered.insert(event.external_event_def.clone());
                }
                Call::Event {
                    name: event.external_event_def.clone(),
                    timeout: self.optional(event.timeout_seconds.as_ref(), scope)?,
                    correlation: key.map(|key| (key, event.mask_correlation_key)),
                    registers,
                }
            }
            NodeKind::StartThread(start) => {
                let variables = self.variables(&start.variables, scope)?;
                self.claim(start.thread_spec_name.clone())?;
                Call::Start {
                    function: self.function_of(&start.thread_spec_name)?,
                    thread: start.thread_spec_name.clone(),
                    variables,
                }
            }
            NodeKind::StartMultipleThreads(start) => {
                let variables = self.variables(&start.variables, scope)?;
                let list = value(&start.iterable)?;
                self.claim(start.thread_spec_name.clone())?;
                Call::StartEach {
                    function: self.function_of(&start.thread_spec_name)?,
                    thread: start.thread_spec_name.clone(),
                    variables,
                    list,
                }
            }
            NodeKind::WaitForThreads(wait) => {
                let started = |value: &VariableAssignment, several: bool| {
                    let VariableAssignment {
                        source: Source::Variable(variable),
                        path: None,
                        target_type: None,
                        ..
                    } = value
                    else {
                        return self.refuse("the SDK waits for threads that were started here, not for computed numbers.");
                    };
                    match scope.started.get(variable) {
                        Some((kept, found)) if *found == several => Ok(kept.clone()),
                        _ => self.refuse(&format!(
                            "the SDK waits for threads that the same function started before; {variable} is none."
                        )),
                    }
                };
                match &wait.threads {
                    ThreadsToWaitFor::Threads(numbers) => {
                        let threads: Written<Vec<_>> =
                            numbers.iter().map(|number| started(number, false)).collect();
                        let threads = threads?;
                        if threads.is_empty() {
                            return self.refuse("it waits for no thread at all.");
                        }
                        Call::WaitFor { threads, strategy: wait.strategy }
                    }
                    ThreadsToWaitFor::List(list) => {
                        Call::WaitForEach { threads: started(list, true)?, strategy: wait.strategy }
                    }
                }
            }
            NodeKind::Sleep(SleepNode::RawSeconds(length)) => Call::Sleep(value(length)?),
            NodeKind::Sleep(SleepNode::Timestamp(time)) => Call::SleepUntil(value(time)?),
            NodeKind::Sleep(SleepNode::IsoDate(_)) => {
                return self.refuse("the SDK can't sleep until an ISO date.");
            }
            NodeKind::UserTask(task) => {
                if task.user_task_def_version.is_some() {
                    return self.refuse("the SDK can't choose the version of a form.");
                }
                Call::UserTask {
                    name: task.user_task_def_name.clone(),
                    user: self.optional(task.user_id.as_ref(), scope)?,
                    group: self.optional(task.user_group.as_ref(), scope)?,
                    notes: self.optional(task.notes.as_ref(), scope)?,
                    on_cancel: self
                        .optional(task.on_cancellation_exception_name.as_ref(), scope)?,
                }
            }
            NodeKind::ThrowEvent(throw) => {
                Call::Throw { name: throw.event_def.clone(), content: value(&throw.content)? }
            }
            NodeKind::WaitForCondition(condition) => {
                Call::WaitForCondition(self.condition(condition, scope)?)
            }
            NodeKind::RunChildWf(run) => {
                if run.major_version != -1 {
                    return self.refuse("the SDK runs the latest version of a workflow only.");
                }
                if run.child_id.is_some() {
                    return self.refuse("LittleHorse's SDKs 1.2 can't choose the id of a WfRun.");
                }
                let name = match &run.wf_spec {
                    WfSpecToRun::WfSpec(name) => Ok(name.clone()),
                    WfSpecToRun::Dynamic(name) => Err(value(name)?),
                };
                Call::RunWf { name, inputs: self.variables(&run.inputs, scope)? }
            }
            NodeKind::WaitForChildWf(wait) => {
                let started = VariableAssignment::of(Source::NodeOutput(wait.source_node.clone()));
                if wait.child_wf_run_id != started {
                    return self.refuse("the SDK waits for the WfRun that a step started only.");
                }
                match scope.workflows.get(&wait.source_node) {
                    Some(kept) => Call::WaitForWf(kept.clone()),
                    None => {
                        return self.refuse("the step that starts the workflow is not seen here.");
                    }
                }
            }
            NodeKind::Entrypoint | NodeKind::Exit(_) | NodeKind::Nop => {
                return self.refuse(&format!("{name} is no step."));
            }
        })
    }

    fn variables<'v>(
        &self,
        variables: impl IntoIterator<Item = (&'v String, &'v VariableAssignment)>,
        scope: &Scope,
    ) -> Written<Vec<(String, Term)>> {
        let variables = variables.into_iter();
        variables.map(|(name, value)| Ok((name.clone(), self.value(value, scope)?))).collect()
    }

    /// An action of a form.
    pub(super) fn action(
        &self,
        form: &UserTaskNode,
        given: &GivenAction,
        scope: &Scope,
    ) -> Written<Action> {
        let GivenAction::Read(action) = given else {
            let mut wrong = proto_json::user_task_actions(form).filter_map(Result::err).flatten();
            let why = wrong.find(Diagnostic::is_error).map(|found| found.message());
            let no_such = || "the SDK has no such action of a form.".to_owned();
            return self.said(Err(why.unwrap_or_else(no_such)));
        };
        let delay = self.value(&action.delay_seconds, scope)?;
        let on_assignment = match action.hook {
            UserTaskHook::OnArrival => false,
            UserTaskHook::OnTaskAssigned => true,
        };
        match &action.kind {
            UserTaskActionKind::Cancel => Ok(Action::Cancel { delay, on_assignment }),
            UserTaskActionKind::Reassign { user_id, user_group } => {
                let to_own_group = user_group.is_some() && *user_group == form.user_group;
                if user_id.is_none() && to_own_group && on_assignment && form.user_id.is_some() {
                    return Ok(Action::Release { delay });
                }
                let user = self.optional(user_id.as_ref(), scope)?;
                let group = self.optional(user_group.as_ref(), scope)?;
                Ok(Action::Reassign { user, group, delay, on_assignment })
            }
            UserTaskActionKind::Task(TaskNode {
                task: TaskToExecute::TaskDef(name),
                timeout_seconds: 0,
                retries: 0,
                exponential_backoff: None,
                variables,
            }) => {
                let arguments = variables.iter().map(|value| self.value(value, scope));
                let arguments = arguments.collect::<Written<_>>()?;
                Ok(Action::Remind { task: name.clone(), arguments, delay, on_assignment })
            }
            UserTaskActionKind::Task(_) => self
                .refuse("the SDK's reminders have a task's name and arguments, and nothing else."),
        }
    }
}
