//! R-CHILD-WF: WfRuns of other WfSpecs. They run beside this one, as `wf_runs.rs` plays them, or somebody says how they end.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::command::{ChildWfResult, Code, EXCEPTION_OF_CHILD_WF, Refusal};
use crate::failure::{failure, technical};
use crate::occurrence::{Because, Observer, What};
use crate::program::{Assignment, WfSpecSource};
use crate::rules::Rule;
use crate::run::Stepping;
use crate::semantics::Deviation;
use crate::state::{ChildWfRun, Failure, NodeRunDetail, Position, RunState, Status, ThreadNumber};
use crate::value_ops::{as_str, type_name};

impl RunState {
    /// What a child WfRun returned; none if nothing, or if it is not over.
    pub(super) fn child_wf_output(
        &self,
        thread: ThreadNumber,
        position: Position,
    ) -> Option<Value> {
        match &self.child_wf(thread, position)?.result {
            Some(ChildWfResult::Output(output)) if *output != Value::Null => Some(output.clone()),
            Some(_) | None => None,
        }
    }
}

impl<O: Observer> Stepping<'_, O> {
    pub(super) fn arrive_run_child_wf(
        &mut self,
        number: ThreadNumber,
        wf_spec: &WfSpecSource,
        inputs: &[(u16, Assignment)],
        child_id: Option<&Assignment>,
    ) -> Result<(), Failure> {
        let failed = |why: String| {
            let message = format!("Failed constructing input variables for child workflow: {why}");
            technical("VAR_SUB_ERROR", message)
        };
        let inputs = self.child_variables(number, inputs).map_err(failed)?;
        *self.detail_mut(number) = NodeRunDetail::RunChildWf { inputs, child: None };
        let wf_spec: Arc<str> = match wf_spec {
            WfSpecSource::Named(name) => Arc::clone(name),
            WfSpecSource::Dynamic(name) => match self.assign(number, name).map_err(failed)? {
                Value::Null => {
                    return Err(technical("CHILD_FAILURE", "Couldn't find WfSpec null"));
                }
                name => as_str(&name),
            },
        };
        let position = self.position(number);
        let id: Arc<str> = match child_id {
            Some(id) => format!("wf_{}", as_str(&self.assign(number, id).map_err(failed)?)).into(),
            // A server's id is by chance; this one says whose it is.
            None => format!("wf_{wf_spec}-{number}-{position}").into(),
        };
        let program = self.program.workflow(&wf_spec);
        let run = program.map(|_| Arc::default());
        if let NodeRunDetail::RunChildWf { child, .. } = self.detail_mut(number) {
            *child = Some(Box::new(ChildWfRun { wf_spec, id, result: None, run }));
        }
        self.state.child_wfs.push((number, position));
        let what = What::ChildWf { thread: number, position, status: Status::Running };
        self.occur(what, Rule::ChildWf, Because::Node(number, position));
        if program.is_some() {
            self.start_child_wf(number, position);
        }
        Ok(())
    }

    pub(super) fn arrive_wait_for_child_wf(
        &mut self,
        number: ThreadNumber,
        child: &Assignment,
    ) -> Result<(), Failure> {
        let id = match self.assign(number, child).map_err(|why| technical("VAR_SUB_ERROR", why))? {
            Value::WfRunId(id) => id,
            other => {
                let kind = type_name(&other);
                let message = format!("Received non-WF_RUN_ID value of type {kind}");
                return Err(technical("VAR_SUB_ERROR", message));
            }
        };
        let Some(started_by) = self.child_wf_with(&id) else {
            if self.has(Deviation::RemoveIndexLost) {
                self.broken.set(true);
            }
            return Err(technical("VAR_SUB_ERROR", format!("There is no child WfRun {id}")));
        };
        *self.detail_mut(number) = NodeRunDetail::WaitForChildWf(Some(started_by));
        Ok(())
    }

    /// The NodeRun that started the child WfRun with this id.
    fn child_wf_with(&self, id: &str) -> Option<(ThreadNumber, Position)> {
        let has_id = |&&(thread, position): &&(ThreadNumber, Position)| {
            self.state.child_wf(thread, position).is_some_and(|child| *child.id == *id)
        };
        self.state.child_wfs.iter().find(has_id).copied()
    }

    pub(super) fn check_wait_for_child_wf(&self, number: ThreadNumber) -> Result<bool, Failure> {
        let NodeRunDetail::WaitForChildWf(Some((thread, position))) = self.current(number).detail
        else {
            return Ok(false);
        };
        let Some(child) = self.state.child_wf(thread, position) else {
            return Ok(false);
        };
        match &child.result {
            None => Ok(false),
            Some(ChildWfResult::Output(_)) => Ok(true),
            Some(ChildWfResult::Error(_)) => {
                let message = format!("Child WfRun {} failed", child.id);
                Err(technical("CHILD_FAILURE", message))
            }
            Some(ChildWfResult::Exception(name, message, content)) => {
                let message = format!("{EXCEPTION_OF_CHILD_WF}{message}").into();
                Err(failure(Arc::clone(name), message, Some(content.clone())))
            }
        }
    }

    /// A child WfRun is over.
    pub(crate) fn child_wf_reported(
        &mut self,
        thread: ThreadNumber,
        position: Position,
        result: &ChildWfResult,
    ) -> Result<(), Refusal> {
        let refuse = |code, message| Err(Refusal::new(code, Rule::ChildWf, message));
        match self.state.child_wf(thread, position) {
            None => return refuse(Code::NotFound, "This NodeRun started no child WfRun"),
            Some(child) if child.result.is_some() => {
                return refuse(Code::FailedPrecondition, "The child WfRun is over already");
            }
            Some(_) => {}
        }
        self.child_wf_is_over(thread, position, result.clone(), Because::Command);
        Ok(())
    }

    pub(crate) fn child_wf_is_over(
        &mut self,
        thread: ThreadNumber,
        position: Position,
        result: ChildWfResult,
        because: Because,
    ) {
        let run = &mut self.thread_mut(thread).node_runs[position as usize];
        if let NodeRunDetail::RunChildWf { child: Some(child), .. } = &mut run.detail {
            child.result = Some(result);
            let status = child.status();
            let what = What::ChildWf { thread, position, status };
            self.occur(what, Rule::ChildWf, because);
        }
    }
}
