//! TASK: the life of a TaskRun and its attempts.

use std::sync::Arc;

use halter_spec::model::{ExponentialBackoff, Type};

use crate::command::TaskResult;
use crate::failure::{failure, technical};
use crate::occurrence::{Because, Observer, What};
use crate::program::{Assignment, NodeKind, TaskInput, TaskSource};
use crate::rules::Rule;
use crate::run::Stepping;
use crate::state::{
    Failure, NodeRunDetail, Position, TaskAttempt, TaskRun, TaskStatus, ThreadNumber,
};
use crate::typed::typed;
use crate::value_ops::convert;

type Result<T> = std::result::Result<T, Failure>;

impl<O: Observer> Stepping<'_, O> {
    /// Creates the TaskRun and schedules its first attempt.
    pub(super) fn arrive_task(
        &mut self,
        number: ThreadNumber,
        task: &TaskSource,
        inputs: &[Assignment],
    ) -> Result<()> {
        let task_def = match task {
            TaskSource::Def(def) => *def,
            TaskSource::Dynamic(name) => {
                let failed = |why: String| {
                    technical("VAR_SUB_ERROR", format!("Failed calculating dynamic task: {why}"))
                };
                let name = self
                    .assign(number, name)
                    .map(|v| crate::value_ops::as_str(&v))
                    .map_err(failed)?;
                let found = self.program.tasks.iter().position(|t| t.name == name);
                found.ok_or_else(|| failed(format!("No TaskDef named {name}!")))? as u16
            }
        };
        let inputs = self.task_inputs(number, task_def, inputs).map_err(|why| {
            technical("VAR_SUB_ERROR", format!("Failed calculating TaskRun Input Vars: {why}"))
        })?;
        let run = TaskRun {
            task_def,
            status: TaskStatus::Scheduled,
            inputs,
            attempts: vec![attempt(TaskStatus::Scheduled)],
        };
        *self.detail_mut(number) = NodeRunDetail::Task(Some(Box::new(run)));
        let position = self.position(number);
        self.task_occurs(number, position, TaskStatus::Scheduled, Because::Node(number, position));
        Ok(())
    }

    fn task_inputs(
        &self,
        number: ThreadNumber,
        task_def: u16,
        inputs: &[Assignment],
    ) -> std::result::Result<Vec<(Arc<str>, halter_spec::value::Value)>, String> {
        let declared = &self.program.tasks[usize::from(task_def)].inputs;
        if declared.is_empty() && !inputs.is_empty() {
            // A TaskDef that is not declared takes what it gets.
            return inputs
                .iter()
                .enumerate()
                .map(|(i, a)| Ok((format!("arg{i}").into(), self.assign(number, a)?)))
                .collect();
        }
        if declared.len() != inputs.len() {
            return Err(
                "Impossible: got different number of taskdef vars and node input vars".to_owned()
            );
        }
        let input = |(declared, a): (&TaskInput, _)| {
            let TaskInput { name, of: wanted, masked } = declared;
            let value = self.assign(number, a)?;
            let value = typed(self.program, wanted, *masked, &value)
                .map_err(|why| format!("Variable {name} invalid: {why}"))?;
            match (value.var_type(), wanted) {
                (Some(_), Type::Primitive(to)) => Ok((Arc::clone(name), convert(&value, *to)?)),
                (_, _) => Ok((Arc::clone(name), value)),
            }
        };
        declared.iter().zip(inputs).map(input).collect()
    }

    /// A TaskRun that is over gives success or its failure.
    pub(super) fn check_task(&self, number: ThreadNumber) -> Result<bool> {
        let NodeRunDetail::Task(Some(task)) = &self.current(number).detail else {
            return Ok(false);
        };
        let last = task.attempts.last();
        Err(match task.status {
            TaskStatus::Scheduled | TaskStatus::Running | TaskStatus::Pending => return Ok(false),
            TaskStatus::Success => return Ok(true),
            TaskStatus::Exception => match last.and_then(|a| a.exception.clone()) {
                Some((name, message, content)) => failure(name, message, Some(content)),
                None => technical("TASK_FAILURE", "Task execution failed"),
            },
            TaskStatus::Failed => technical("TASK_FAILURE", "Task execution failed"),
            TaskStatus::Timeout => technical("TIMEOUT", "Task timed out"),
            TaskStatus::OutputSerdeError => {
                technical("VAR_MUTATION_ERROR", "Failed serializing or deserializing Task Output")
            }
            TaskStatus::InputVarSubError => {
                technical("VAR_SUB_ERROR", "Failed calculating Task Input Variables")
            }
        })
    }

    /// A worker took the scheduled attempt: it runs, and times out after a while.
    pub(crate) fn task_claimed(&mut self, number: ThreadNumber, position: Position) {
        let timeout = if let NodeKind::Task { timeout_seconds, .. } = &self.spec(number).nodes
            [usize::from(self.thread(number).node_runs[position as usize].node)]
        .kind
        {
            *timeout_seconds
        } else {
            0
        };
        let due = self.state.now.saturating_add(timeout.saturating_mul(1000));
        if let Some(task) = self.task_mut(number, position) {
            task.status = TaskStatus::Running;
            if let Some(attempt) = task.attempts.last_mut() {
                attempt.status = TaskStatus::Running;
                attempt.due = Some(due);
            }
        }
        self.task_occurs(number, position, TaskStatus::Running, Because::Command);
    }

    /// What became of the running attempt; a failed one may be tried again (R-NODE-HALT: also while HALTING).
    pub(crate) fn task_reported(
        &mut self,
        number: ThreadNumber,
        position: Position,
        result: TaskResult,
    ) {
        let run = &self.thread(number).node_runs[position as usize];
        let NodeRunDetail::Task(Some(task)) = &run.detail else { return };
        let (task_def, node) = (task.task_def, run.node);
        let program = self.program;
        let def = &program.tasks[usize::from(task_def)];
        let return_type = def.return_type.as_ref();
        let (retries, backoff) = if let NodeKind::Task { retries, backoff, .. } =
            &self.spec(number).nodes[usize::from(node)].kind
        {
            (*retries as usize, backoff.clone())
        } else {
            (0, None)
        };
        let now = self.state.now;
        let Some(task) = self.task_mut(number, position) else {
            return;
        };
        let attempts = task.attempts.len();
        let Some(last) = task.attempts.last_mut() else {
            return;
        };
        last.due = None;
        last.status = match result {
            TaskResult::Output(output) => {
                match return_type.map_or_else(
                    || Ok(output.clone()),
                    |of| typed(program, of, def.masked, &output),
                ) {
                    Ok(output) => {
                        last.output = Some(output);
                        TaskStatus::Success
                    }
                    Err(why) => {
                        let message =
                            format!("Task output incompatible with declared return type: {why}");
                        last.error = Some(("VAR_SUB_ERROR".into(), message.into()));
                        TaskStatus::OutputSerdeError
                    }
                }
            }
            TaskResult::Error(name, message) => {
                let status =
                    if &*name == "TIMEOUT" { TaskStatus::Timeout } else { TaskStatus::Failed };
                // A timeout is the status of an attempt: nobody reported an error.
                last.error = (status != TaskStatus::Timeout).then_some((name, message));
                status
            }
            TaskResult::Exception(name, message, content) => {
                last.output = Some(content.clone());
                last.exception = Some((name, message, content));
                TaskStatus::Exception
            }
        };
        task.status = last.status;
        let again =
            matches!(task.status, TaskStatus::Failed | TaskStatus::Timeout) && attempts <= retries;
        if again {
            // The TaskRun waits with its next attempt: at once, or after the time to back off.
            let due = backoff.map(|b| now.saturating_add(delay(&b, attempts)));
            let mut next =
                attempt(if due.is_some() { TaskStatus::Pending } else { TaskStatus::Scheduled });
            next.due = due;
            task.status = next.status;
            task.attempts.push(next);
        }
        let status = task.status;
        self.task_occurs(number, position, status, Because::Command);
    }

    /// The time to back off passed: a worker may take the attempt.
    pub(crate) fn task_ready(&mut self, number: ThreadNumber, position: Position) {
        if let Some(task) = self.task_mut(number, position) {
            task.status = TaskStatus::Scheduled;
            if let Some(attempt) = task.attempts.last_mut() {
                attempt.status = TaskStatus::Scheduled;
                attempt.due = None;
            }
        }
        self.task_occurs(number, position, TaskStatus::Scheduled, Because::Command);
    }

    fn task_mut(&mut self, number: ThreadNumber, position: Position) -> Option<&mut TaskRun> {
        if let NodeRunDetail::Task(task) =
            &mut self.thread_mut(number).node_runs[position as usize].detail
        {
            task.as_deref_mut()
        } else {
            None
        }
    }

    fn task_occurs(
        &mut self,
        thread: ThreadNumber,
        position: Position,
        status: TaskStatus,
        because: Because,
    ) {
        self.occur(What::TaskStatus { thread, position, status }, Rule::Step, because);
    }
}

fn attempt(status: TaskStatus) -> TaskAttempt {
    TaskAttempt { status, output: None, error: None, exception: None, due: None }
}

/// Milliseconds to wait after that many attempts.
fn delay(backoff: &ExponentialBackoff, attempts: usize) -> i64 {
    let factor = f64::from(backoff.multiplier)
        .powi(i32::try_from(attempts).unwrap_or(i32::MAX).saturating_sub(1));
    let wait = (f64::from(backoff.base_interval_ms) * factor) as i64;
    wait.clamp(0, backoff.max_delay_ms.max(0))
}
