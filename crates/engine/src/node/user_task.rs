//! USER_TASK: the life of a form.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::command::{Code, Refusal};
use crate::failure::{failure, technical};
use crate::occurrence::{Because, Observer, What};
use crate::program::{Assignment, NodeKind};
use crate::rules::Rule;
use crate::run::Run;
use crate::state::{Failure, NodeRunDetail, Position, ThreadNumber, UserTaskRun, UserTaskStatus};
use crate::value_ops::as_str;

impl<O: Observer> Run<'_, O> {
    /// Creates the UserTaskRun and assigns it: to `[user, group]`; the third assignment is the notes.
    pub(super) fn arrive_user_task(
        &mut self,
        number: ThreadNumber,
        def: u16,
        assignments: [Option<&Assignment>; 3],
    ) -> Result<(), Failure> {
        let mut texts: [Option<Arc<str>>; 3] = [None, None, None];
        for (text, assignment) in texts.iter_mut().zip(assignments) {
            let Some(assignment) = assignment else {
                continue;
            };
            let value = self.assign(number, assignment).and_then(|value| match value {
                // NULL assigns to nobody.
                Value::Null => Ok(None),
                value => as_str(&value).map(Some),
            });
            *text = value.map_err(|why| {
                technical(
                    "VAR_SUB_ERROR",
                    format!("Invalid variables when creating UserTaskRun: {why}"),
                )
            })?;
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
        let status =
            if user_id.is_some() { UserTaskStatus::Assigned } else { UserTaskStatus::Unassigned };
        let form = UserTaskRun {
            def,
            status,
            user_id,
            user_group,
            results: Vec::new(),
            failure_to_throw: None,
        };
        *self.detail_mut(number) = NodeRunDetail::UserTask(Some(Box::new(form)));
        self.user_task_occurs(
            number,
            self.position(number),
            Because::Node(number, self.position(number)),
        );
        Ok(())
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
        match &self.node(number).kind {
            NodeKind::UserTask { cancellation: Some(name), .. } => {
                self.assign(number, name).and_then(|v| as_str(&v)).ok()
            }
            _ => None,
        }
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "USER_TASK_CANCELLED".into())
    }

    fn form(&self, number: ThreadNumber, position: Position) -> Option<&UserTaskRun> {
        match &self.state.thread(number)?.node_runs.get(position as usize)?.detail {
            NodeRunDetail::UserTask(form) => form.as_deref(),
            _ => None,
        }
    }

    /// Fills in a form. A form that is done or cancelled stays as it is.
    pub(crate) fn complete_user_task(
        &mut self,
        number: ThreadNumber,
        position: Position,
        results: &[(Arc<str>, Value)],
    ) -> Result<(), Refusal> {
        let Some(form) = self.form(number, position) else {
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
        if let NodeRunDetail::UserTask(Some(form)) =
            &mut self.thread_mut(number).node_runs[position as usize].detail
        {
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
        if self.form(number, position).is_none() {
            return Err(Refusal::new(
                Code::NotFound,
                Rule::Step,
                "Couldn't find specified UserTaskRun",
            ));
        }
        let name = self.cancellation_failure(number);
        if let NodeRunDetail::UserTask(Some(form)) =
            &mut self.thread_mut(number).node_runs[position as usize].detail
        {
            form.status = UserTaskStatus::Cancelled;
            form.failure_to_throw = Some(name);
        }
        self.user_task_occurs(number, position, Because::Command);
        Ok(())
    }

    fn user_task_occurs(&mut self, thread: ThreadNumber, position: Position, because: Because) {
        self.occur(What::UserTask { thread, position }, Rule::Step, because);
    }
}
