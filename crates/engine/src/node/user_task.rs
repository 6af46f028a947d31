//! USER_TASK: the life of a form.

use std::sync::Arc;

use halter_spec::model::UserTaskHook;
use halter_spec::value::Value;

use crate::command::{Code, Refusal};
use crate::failure::{failure, technical};
use crate::occurrence::{Because, Observer, What};
use crate::program::{Assignment, NodeKind, UserTaskActionKind};
use crate::rules::Rule;
use crate::run::Stepping;
use crate::state::{
    Deadline, Failure, NodeRunDetail, Position, Status, ThreadNumber, UserTaskRun, UserTaskStatus,
};
use crate::value_ops::{as_str, primitive_name};

impl<O: Observer> Stepping<'_, O> {
    /// Creates the UserTaskRun and assigns it: to `[user, group]`; the third assignment is the notes.
    pub(super) fn arrive_user_task(
        &mut self,
        number: ThreadNumber,
        def: u16,
        assignments: [Option<&Assignment>; 3],
    ) -> Result<(), Failure> {
        let invalid_variables = |why: String| {
            let message = format!("Invalid variables when creating UserTaskRun: {why}");
            technical("VAR_SUB_ERROR", message)
        };
        let mut texts: [Option<Arc<str>>; 3] = [None, None, None];
        for (text, assignment) in texts.iter_mut().zip(assignments) {
            *text = self.text_or_null(number, assignment).map_err(invalid_variables)?;
        }
        let [user_id, user_group, _notes] = texts;
        let invalid = |message: &str| Err(technical("VAR_ERROR", message));
        let is_blank = |text: &Option<Arc<str>>| text.as_ref().is_some_and(|t| t.trim().is_empty());
        if user_id.is_none() && user_group.is_none() {
            return invalid("Invalid user task assignment");
        }
        if is_blank(&user_id) {
            return invalid("Invalid user task assignment. UserId can't be empty");
        }
        if is_blank(&user_group) {
            return invalid("Invalid group task assignment. UserGroup can't be empty");
        }
        let form = UserTaskRun {
            def,
            status: UserTaskStatus::Unassigned,
            user_id: None,
            user_group: None,
            results: Vec::new(),
            failure_to_throw: None,
            epoch: 0,
            reminders: Vec::new(),
        };
        *self.detail_mut(number) = NodeRunDetail::UserTask(Some(Box::new(form)));
        let position = self.position(number);
        self.assign_form(number, position, user_id, user_group);
        if let Err(why) = self.schedule_actions(number, position, UserTaskHook::OnArrival) {
            // There is no form then.
            *self.detail_mut(number) = NodeRunDetail::UserTask(None);
            return Err(invalid_variables(why));
        }
        self.user_task_occurs(number, position, Because::Node(number, position));
        Ok(())
    }

    /// A text, or nobody where the assignment is missing or NULL.
    fn text_or_null(
        &self,
        number: ThreadNumber,
        assignment: Option<&Assignment>,
    ) -> Result<Option<Arc<str>>, String> {
        match assignment.map(|assignment| self.assign(number, assignment)).transpose()? {
            None | Some(Value::Null) => Ok(None),
            Some(value) => Ok(Some(as_str(&value))),
        }
    }

    fn form_mut(&mut self, number: ThreadNumber, position: Position) -> Option<&mut UserTaskRun> {
        if let NodeRunDetail::UserTask(form) =
            &mut self.thread_mut(number).node_runs[position as usize].detail
        {
            form.as_deref_mut()
        } else {
            None
        }
    }

    /// Assigns a form; another user than before has the actions for that scheduled.
    fn assign_form(
        &mut self,
        number: ThreadNumber,
        position: Position,
        user_id: Option<Arc<str>>,
        user_group: Option<Arc<str>>,
    ) {
        let Some(form) = self.form_mut(number, position) else {
            return;
        };
        let another = user_id.is_some() && user_id != form.user_id;
        let assigned = user_id.is_some();
        form.status = if assigned { UserTaskStatus::Assigned } else { UserTaskStatus::Unassigned };
        (form.user_id, form.user_group) = (user_id, user_group);
        form.epoch += 1;
        if another {
            // One that can't be scheduled is left out: the form waits all the same.
            let _ = self.schedule_actions(number, position, UserTaskHook::OnTaskAssigned);
        }
    }

    /// Schedules a form's actions; the first that can't be is an error.
    fn schedule_actions(
        &mut self,
        number: ThreadNumber,
        position: Position,
        hook: UserTaskHook,
    ) -> Result<(), String> {
        let program = self.program;
        let node = self.thread(number).node_runs[position as usize].node;
        let spec = program.spec(self.thread(number).spec);
        let NodeKind::UserTask { actions, .. } = &spec.nodes[usize::from(node)].kind else {
            return Ok(());
        };
        let epoch = self.state.form(number, position).map_or(0, |form| form.epoch);
        let mut wrong = Ok(());
        for (index, action) in actions.iter().enumerate().filter(|(_, a)| a.hook == hook) {
            let delay = match self.assign(number, &action.delay_seconds) {
                Ok(Value::Int(seconds)) => seconds,
                Ok(other) => {
                    let kind = primitive_name(&other);
                    wrong = wrong.and(Err(format!(
                        "Delay for User Task Action was not an INT, got a {kind}"
                    )));
                    continue;
                }
                Err(why) => {
                    wrong = wrong.and(Err(why));
                    continue;
                }
            };
            let at = self.state.now.saturating_add(delay.saturating_mul(1000));
            let action = index as u16;
            self.state.deadlines.push(Deadline { at, thread: number, position, action, epoch });
        }
        wrong
    }

    /// What was scheduled for a form happens.
    pub(crate) fn deadline_passed(&mut self, deadline: Deadline) {
        let Deadline { thread: number, position, .. } = deadline;
        let program = self.program;
        let Some(node_run) = self.state.node_run(number, position) else {
            return;
        };
        let (node, status) = (node_run.node, node_run.status);
        let spec = program.spec(self.thread(number).spec);
        let NodeKind::UserTask { actions, .. } = &spec.nodes[usize::from(node)].kind else {
            return;
        };
        let (Some(action), Some(form)) =
            (actions.get(usize::from(deadline.action)), self.state.form(number, position))
        else {
            return;
        };
        match &action.kind {
            UserTaskActionKind::Cancel => {
                self.cancel_form(number, position);
            }
            UserTaskActionKind::Reassign { user_id, user_group } => {
                // It was meant for those who had it when it was scheduled.
                if form.status != UserTaskStatus::Assigned || form.epoch != deadline.epoch {
                    return;
                }
                let user_id = self.text_or_null(number, user_id.as_ref());
                let user_group = self.text_or_null(number, user_group.as_ref());
                match (user_id, user_group) {
                    (Ok(None), Ok(None)) => return,
                    (Ok(user_id), Ok(user_group)) => {
                        self.assign_form(number, position, user_id, user_group);
                    }
                    (Err(_), _) | (_, Err(_)) => {
                        if let Some(form) = self.form_mut(number, position) {
                            form.failure_to_throw = Some("VAR_SUB_ERROR".into());
                        }
                    }
                }
            }
            UserTaskActionKind::Task { name, inputs } => {
                let computed = inputs.iter().all(|input| self.assign(number, input).is_ok());
                let name = self.text_or_null(number, Some(name)).ok().flatten();
                let (true, Some(name), Status::Running) = (computed, name, status) else {
                    return;
                };
                if let Some(form) = self.form_mut(number, position) {
                    form.reminders.push(Arc::clone(&name));
                }
                let what = What::TaskSent { thread: number, position, task: name };
                self.occur(what, Rule::Step, Because::Node(number, position));
                return;
            }
        }
        self.user_task_occurs(number, position, Because::Node(number, position));
    }

    pub(super) fn check_user_task(&mut self, number: ThreadNumber) -> Result<bool, Failure> {
        let NodeRunDetail::UserTask(Some(form)) = &self.current(number).detail else {
            return Ok(false);
        };
        let done = form.status == UserTaskStatus::Done;
        if form.failure_to_throw.is_some()
            && let NodeRunDetail::UserTask(Some(form)) = self.detail_mut(number)
            && let Some(name) = form.failure_to_throw.take()
        {
            return Err(failure(name, "User task cancelled".into(), None));
        }
        Ok(done)
    }

    /// The name of the failure with which a cancelled form ends.
    pub(crate) fn cancellation_failure(&self, number: ThreadNumber) -> Arc<str> {
        if let NodeKind::UserTask { cancellation: Some(name), .. } = &self.node(number).kind {
            self.text_or_null(number, Some(name)).ok().flatten()
        } else {
            None
        }
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "USER_TASK_CANCELLED".into())
    }

    /// Fills in a form. A form that is done or cancelled stays as it is.
    pub(crate) fn complete_user_task(
        &mut self,
        number: ThreadNumber,
        position: Position,
        results: &[(Arc<str>, Value)],
    ) -> Result<(), Refusal> {
        let Some(form) = self.state.form(number, position) else {
            return Err(Refusal::new(
                Code::NotFound,
                Rule::Step,
                "Couldn't find provided UserTaskRun",
            ));
        };
        if matches!(form.status, UserTaskStatus::Done | UserTaskStatus::Cancelled) {
            return Ok(());
        }
        let fields = &self.program.user_tasks[usize::from(form.def)].fields;
        for (name, value) in results {
            if !fields.iter().any(|f| f.name == *name && value.var_type() == Some(f.var_type)) {
                let message =
                    format!("Field {name} is not defined in UserTask schema or has different type");
                return Err(Refusal::new(Code::InvalidArgument, Rule::Step, message));
            }
        }
        let missing: Vec<&str> = fields
            .iter()
            .filter(|f| f.required && results.iter().all(|(n, _)| *n != f.name))
            .map(|f| &*f.name)
            .collect();
        if !missing.is_empty() {
            return Err(Refusal::new(
                Code::InvalidArgument,
                Rule::Step,
                format!("[{}] are mandatory fields", missing.join(",")),
            ));
        }
        if let Some(form) = self.form_mut(number, position) {
            form.results = results.to_vec();
            form.status = UserTaskStatus::Done;
        }
        self.user_task_occurs(number, position, Because::Command);
        Ok(())
    }

    /// Cancels a form: its node fails as soon as its ThreadRun runs.
    pub(crate) fn cancel_user_task(
        &mut self,
        number: ThreadNumber,
        position: Position,
    ) -> Result<(), Refusal> {
        if self.state.form(number, position).is_none() {
            return Err(Refusal::new(
                Code::NotFound,
                Rule::Step,
                "Couldn't find specified UserTaskRun",
            ));
        }
        self.cancel_form(number, position);
        self.user_task_occurs(number, position, Because::Command);
        Ok(())
    }

    /// Whether there is a form to cancel.
    pub(crate) fn cancel_form(&mut self, number: ThreadNumber, position: Position) -> bool {
        let name = self.cancellation_failure(number);
        let Some(form) = self.form_mut(number, position) else { return false };
        form.status = UserTaskStatus::Cancelled;
        form.failure_to_throw = Some(name);
        true
    }

    fn user_task_occurs(&mut self, thread: ThreadNumber, position: Position, because: Because) {
        let status = self.state.form(thread, position).map(|form| form.status);
        let status = status.unwrap_or(UserTaskStatus::Unassigned);
        self.occur(What::UserTask { thread, position, status }, Rule::Step, because);
    }
}
