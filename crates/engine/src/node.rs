//! What each kind of node does when a ThreadRun arrives at it, while it waits there, and what it leaves behind.

use std::sync::Arc;

use halter_spec::value::{Json, Value};

use crate::failure::{failure, technical};
use crate::occurrence::{Because, Observer, What};
use crate::program::{Assignment, FailureDef, NodeKind, Sleep};
use crate::rules::Rule;
use crate::run::{Lost, Stepping};
use crate::state::{
    EventIndex, Failure, NodeRun, NodeRunDetail, RunState, Status, TaskStatus, ThreadNumber,
    ThreadType, ThrownEvent,
};
use crate::value_ops::{
    as_int, case, from_json, items, json_arr, primitive_name, to_json, type_name,
};

mod child_wf;
mod task;
mod user_task;
mod wait_for_threads;

impl RunState {
    /// What a NodeRun gives to mutations.
    pub(crate) fn output_of(&self, detail: &NodeRunDetail) -> Option<Value> {
        match detail {
            NodeRunDetail::Task(Some(task)) if task.status == TaskStatus::Success => {
                Some(task.attempts.last().and_then(|a| a.output.clone()).unwrap_or_default())
            }
            NodeRunDetail::ExternalEvent { event: Some(event), .. } => {
                Some(self.events[*event as usize].content.clone())
            }
            NodeRunDetail::StartThread(Some(child)) => Some(Value::Int(i64::from(*child))),
            NodeRunDetail::StartMultipleThreads(children) => {
                Some(json_arr(children.iter().map(|c| Json::Int(i64::from(*c))).collect()))
            }
            NodeRunDetail::UserTask(Some(form)) => {
                let fields = form
                    .results
                    .iter()
                    .map(|(name, value)| (Arc::clone(name), to_json(value)))
                    .collect();
                Some(Value::JsonObj(Arc::new(Json::Obj(fields))))
            }
            NodeRunDetail::RunChildWf { child: Some(child), .. } => {
                Some(Value::WfRunId(Arc::clone(&child.id)))
            }
            NodeRunDetail::WaitForChildWf(Some((thread, position))) => {
                self.child_wf_output(*thread, *position)
            }
            NodeRunDetail::Plain
            | NodeRunDetail::Task(_)
            | NodeRunDetail::ExternalEvent { .. }
            | NodeRunDetail::StartThread(_)
            | NodeRunDetail::WaitForThreads(_)
            | NodeRunDetail::Sleep { .. }
            | NodeRunDetail::UserTask(_)
            | NodeRunDetail::ThrowEvent(_)
            | NodeRunDetail::RunChildWf { child: None, .. }
            | NodeRunDetail::WaitForChildWf(None) => None,
        }
    }
}

impl<O: Observer> Stepping<'_, O> {
    /// Puts a new NodeRun on a ThreadRun; it is RUNNING.
    pub(crate) fn new_node_run(&mut self, number: ThreadNumber, node: u16) {
        let detail = match &self.spec(number).nodes[usize::from(node)].kind {
            NodeKind::Task { .. } => NodeRunDetail::Task(None),
            NodeKind::ExternalEvent { .. } => NodeRunDetail::ExternalEvent {
                event: None,
                timeout_at: None,
                timed_out: false,
                correlation_key: None,
            },
            NodeKind::StartThread { .. } => NodeRunDetail::StartThread(None),
            NodeKind::StartMultipleThreads { .. } => {
                NodeRunDetail::StartMultipleThreads(Vec::new())
            }
            NodeKind::WaitForThreads { .. } => NodeRunDetail::WaitForThreads(Vec::new()),
            NodeKind::Sleep(_) => NodeRunDetail::Sleep { matures_at: None, matured: false },
            NodeKind::UserTask { .. } => NodeRunDetail::UserTask(None),
            NodeKind::ThrowEvent { .. } => NodeRunDetail::ThrowEvent(None),
            NodeKind::RunChildWf { .. } => {
                NodeRunDetail::RunChildWf { inputs: Vec::new(), child: None }
            }
            NodeKind::WaitForChildWf { .. } => NodeRunDetail::WaitForChildWf(None),
            NodeKind::Entrypoint
            | NodeKind::Exit { .. }
            | NodeKind::Nop
            | NodeKind::WaitForCondition(_) => NodeRunDetail::Plain,
        };
        let node_run = NodeRun {
            node,
            status: Status::Running,
            failures: Vec::new(),
            failure_handlers: Vec::new(),
            error_message: None,
            detail,
        };
        self.thread_mut(number).node_runs.push(node_run);
    }

    /// What happens on arrival at the current node.
    pub(crate) fn arrive_node(&mut self, number: ThreadNumber) -> Result<(), Failure> {
        let program = self.program;
        let spec = program.spec(self.thread(number).spec);
        match &spec.nodes[usize::from(self.current(number).node)].kind {
            NodeKind::Entrypoint
            | NodeKind::Exit { .. }
            | NodeKind::Nop
            | NodeKind::WaitForCondition(_) => Ok(()),
            NodeKind::Task { task, inputs, .. } => self.arrive_task(number, task, inputs),
            NodeKind::ExternalEvent { event, timeout_seconds, correlation_key, .. } => self
                .arrive_external_event(
                    number,
                    *event,
                    timeout_seconds.as_ref(),
                    correlation_key.as_ref(),
                ),
            NodeKind::StartThread { spec, variables } => {
                self.arrive_start_thread(number, *spec, variables)
            }
            NodeKind::StartMultipleThreads { spec, variables, iterable } => {
                self.arrive_start_multiple_threads(number, *spec, variables, iterable)
            }
            NodeKind::WaitForThreads { threads, .. } => {
                self.arrive_wait_for_threads(number, threads)
            }
            NodeKind::Sleep(sleep) => self.arrive_sleep(number, sleep),
            NodeKind::UserTask { def, user_id, user_group, notes, .. } => self.arrive_user_task(
                number,
                *def,
                [user_id.as_ref(), user_group.as_ref(), notes.as_ref()],
            ),
            NodeKind::ThrowEvent { event, content } => {
                self.arrive_throw_event(number, *event, content)
            }
            NodeKind::RunChildWf { wf_spec, inputs, child_id, .. } => {
                self.arrive_run_child_wf(number, wf_spec, inputs, child_id.as_ref())
            }
            NodeKind::WaitForChildWf { child } => self.arrive_wait_for_child_wf(number, child),
        }
    }

    /// Whether the current NodeRun's work is done, or the failure with which it ended.
    pub(crate) fn check_node(
        &mut self,
        number: ThreadNumber,
    ) -> Result<Result<bool, Failure>, Lost> {
        let program = self.program;
        let spec = program.spec(self.thread(number).spec);
        Ok(match &spec.nodes[usize::from(self.current(number).node)].kind {
            NodeKind::Entrypoint
            | NodeKind::Nop
            | NodeKind::StartThread { .. }
            | NodeKind::StartMultipleThreads { .. }
            | NodeKind::ThrowEvent { .. }
            | NodeKind::RunChildWf { .. } => Ok(true),
            NodeKind::WaitForChildWf { .. } => self.check_wait_for_child_wf(number),
            NodeKind::Exit { failure, returns } => {
                self.check_exit(number, failure.as_ref(), returns.as_ref())
            }
            NodeKind::Task { .. } => self.check_task(number),
            NodeKind::ExternalEvent { event, .. } => self.check_external_event(number, *event),
            NodeKind::WaitForThreads { handlers, strategy, .. } => {
                return self.check_wait_for_threads(number, handlers, *strategy);
            }
            NodeKind::Sleep(sleep) => self.check_sleep(number, sleep),
            NodeKind::UserTask { .. } => self.check_user_task(number),
            NodeKind::WaitForCondition(condition) => {
                self.condition(number, condition).map_err(|why| {
                    technical(
                        "VAR_SUB_ERROR",
                        format!("Failed evaluating condition on WAIT_FOR_CONDITION_NODE: {why}"),
                    )
                })
            }
        })
    }

    /// What the current NodeRun gives to mutations.
    pub(crate) fn output(&self, number: ThreadNumber) -> Option<Value> {
        self.state.output_of(&self.current(number).detail)
    }

    /// Keeps the output of the current NodeRun if some assignment reads it later.
    pub(crate) fn keep_output(&mut self, number: ThreadNumber) {
        if !self.node(number).keeps_output {
            return;
        }
        let Some(output) = self.output(number) else {
            return;
        };
        let node = self.current(number).node;
        let outputs = &mut self.thread_mut(number).outputs;
        match outputs.iter_mut().find(|(n, _)| *n == node) {
            Some((_, old)) => *old = output,
            None => outputs.push((node, output)),
        }
    }

    /// EXIT: throws its failure, or waits until every child is over or HALTED (R-CHILD-FAILS).
    fn check_exit(
        &mut self,
        number: ThreadNumber,
        throws: Option<&FailureDef>,
        returns: Option<&Assignment>,
    ) -> Result<bool, Failure> {
        if let Some(def) = throws {
            return Err(self.failure_of(number, def));
        }
        let thread = self.thread(number);
        let stands = |child: &ThreadNumber| self.thread(*child).status == Status::Halted;
        if !thread.live_children.iter().all(stands) {
            return Ok(false);
        }
        let is_unhandled = |child: &&ThreadNumber| {
            self.thread(**child).status.is_failed()
                && !thread.handled_failed_children.contains(child)
        };
        let failed: Vec<String> =
            thread.children.iter().filter(is_unhandled).map(ToString::to_string).collect();
        if !failed.is_empty() {
            return Err(technical(
                "CHILD_FAILURE",
                format!("Child thread (or threads) failed: {}", failed.join(" ")),
            ));
        }
        if let Some(returns) = returns {
            let output = self.assign(number, returns).map_err(|why| {
                technical("VAR_ERROR", format!("Failed calculating threadRun output: {why}"))
            })?;
            self.thread_mut(number).output = Some(output);
        }
        Ok(true)
    }

    fn failure_of(&self, number: ThreadNumber, def: &FailureDef) -> Failure {
        let (content, message) =
            match def.content.as_ref().map(|content| self.assign(number, content)) {
                None => (Value::Null, Arc::clone(&def.message)),
                Some(Ok(content)) => (content, Arc::clone(&def.message)),
                Some(Err(why)) => (
                    Value::Null,
                    format!("{}\n\nWARNING: Unable to assign output content: {why}", def.message)
                        .into(),
                ),
            };
        failure(Arc::clone(&def.name), message, Some(content))
    }

    fn arrive_external_event(
        &mut self,
        number: ThreadNumber,
        def: u16,
        timeout: Option<&Assignment>,
        correlation: Option<&Assignment>,
    ) -> Result<(), Failure> {
        let is_not = |what: &str, kind: &str, wanted: &str| {
            format!("Resulting {what} was of type {kind} not {wanted}!")
        };
        if let Some(timeout) = timeout {
            let failed = |why: String| {
                let message = format!("Failed determining timeout for ext evt node: {why}");
                technical("VAR_ERROR", message)
            };
            let seconds = match self.assign(number, timeout).map_err(failed)? {
                Value::Int(seconds) => seconds,
                other => return Err(failed(is_not("TimeoutSeconds", &type_name(&other), "INT"))),
            };
            let at = self.state.now.saturating_add(seconds.saturating_mul(1000));
            if let NodeRunDetail::ExternalEvent { timeout_at, .. } = self.detail_mut(number) {
                *timeout_at = Some(at);
            }
        }
        if let Some(correlation) = correlation {
            let failed = |why: String| {
                let message = format!("Failed determining correlationId for ext evt node: {why}");
                technical("VAR_ERROR", message)
            };
            let key = match self.assign(number, correlation).map_err(failed)? {
                Value::Str(key) => key,
                other => {
                    return Err(failed(is_not("correlation id", primitive_name(&other), "STR")));
                }
            };
            if let NodeRunDetail::ExternalEvent { correlation_key, .. } = self.detail_mut(number) {
                *correlation_key = Some(Arc::clone(&key));
            }
            self.correlate_arrival(number, def, &key);
        }
        Ok(())
    }

    /// Takes the oldest unclaimed event of the def that is meant for this NodeRun.
    fn check_external_event(&mut self, number: ThreadNumber, def: u16) -> Result<bool, Failure> {
        let position = self.position(number);
        if let NodeRunDetail::ExternalEvent { event, timed_out, .. } = self.current(number).detail {
            if event.is_some() {
                return Ok(true);
            }
            if timed_out {
                return Err(technical("TIMEOUT", "ExternalEvent did not arrive in time"));
            }
        }
        let is_meant = |index: &EventIndex| {
            let event = &self.state.events[*index as usize];
            event.thread.is_none_or(|t| t == number) && event.position.is_none_or(|p| p == position)
        };
        let Some(index) = self.state.unclaimed.of(def).find(is_meant) else {
            return Ok(false);
        };
        self.state.unclaimed.remove(def, index);
        let claimed = &mut self.state.events[index as usize];
        claimed.claimed = true;
        claimed.claimed_by = Some((number, position));
        if let NodeRunDetail::ExternalEvent { event, .. } = self.detail_mut(number) {
            *event = Some(index);
        }
        self.occur(
            What::EventClaimed { event: index, thread: number, position },
            Rule::Trigger,
            Because::Event(index),
        );
        Ok(true)
    }

    fn arrive_start_thread(
        &mut self,
        number: ThreadNumber,
        spec: u16,
        variables: &[(u16, Assignment)],
    ) -> Result<(), Failure> {
        let mut given = self.child_variables(number, variables).map_err(|why| {
            technical(
                "VAR_SUB_ERROR",
                format!("Failed constructing input variables for thread: {why}"),
            )
        })?;
        self.start_variables(spec, &mut given).map_err(|why| {
            technical("VAR_SUB_ERROR", format!("Invalid input variables for child thread: {why}"))
        })?;
        self.has_room_for_child()?;
        let child =
            self.start_thread(spec, Some(number), &given, ThreadType::Child, None, Rule::Tree);
        *self.detail_mut(number) = NodeRunDetail::StartThread(Some(child));
        Ok(())
    }

    fn arrive_start_multiple_threads(
        &mut self,
        number: ThreadNumber,
        spec: u16,
        variables: &[(u16, Assignment)],
        iterable: &Assignment,
    ) -> Result<(), Failure> {
        let failed = |why: String| {
            technical(
                "VAR_SUB_ERROR",
                format!("Failed constructing input variables for thread: {why}"),
            )
        };
        let list: Vec<Value> = match self.assign(number, iterable).map_err(failed)? {
            Value::JsonArr(list) => items(&list).iter().map(from_json).collect(),
            Value::Array(array) => array.items.clone(),
            other => {
                let kind = case(&other);
                return Err(failed(format!("Iterable must be ARRAY or JSON_ARR, got {kind}")));
            }
        };
        self.has_room(list.len())?;
        for item in &list {
            let mut given = self.child_variables(number, variables).map_err(failed)?;
            given.extend(self.handler_input(spec, item));
            self.start_variables(spec, &mut given).map_err(failed)?;
            let child =
                self.start_thread(spec, Some(number), &given, ThreadType::Child, None, Rule::Tree);
            if let NodeRunDetail::StartMultipleThreads(children) = self.detail_mut(number) {
                children.push(child);
            }
        }
        Ok(())
    }

    pub(crate) fn child_variables(
        &self,
        number: ThreadNumber,
        variables: &[(u16, Assignment)],
    ) -> Result<Vec<(Arc<str>, Value)>, String> {
        let value = |(name, a): &(u16, Assignment)| {
            Ok((Arc::clone(&self.program.names[usize::from(*name)]), self.assign(number, a)?))
        };
        variables.iter().map(value).collect()
    }

    fn arrive_sleep(&mut self, number: ThreadNumber, sleep: &Sleep) -> Result<(), Failure> {
        let at = self.maturation(number, sleep)?;
        *self.detail_mut(number) = NodeRunDetail::Sleep { matures_at: Some(at), matured: false };
        Ok(())
    }

    /// A point in time to sleep until is looked at again whenever the run advances; a duration is not.
    fn check_sleep(&mut self, number: ThreadNumber, sleep: &Sleep) -> Result<bool, Failure> {
        let NodeRunDetail::Sleep { matures_at, matured } = self.current(number).detail else {
            return Ok(false);
        };
        match sleep {
            Sleep::Timestamp(_) | Sleep::IsoDate(_) if !matured => {
                let at = self.maturation(number, sleep)?;
                if matures_at != Some(at) {
                    *self.detail_mut(number) =
                        NodeRunDetail::Sleep { matures_at: Some(at), matured };
                }
            }
            Sleep::Seconds(_) | Sleep::Timestamp(_) | Sleep::IsoDate(_) => {}
        }
        Ok(matured)
    }

    /// When a sleep is over.
    fn maturation(&self, number: ThreadNumber, sleep: &Sleep) -> Result<i64, Failure> {
        let at = match sleep {
            Sleep::Seconds(a) => self
                .assign(number, a)
                .and_then(|v| as_int(&v))
                .map(|seconds| self.state.now.saturating_add(seconds.saturating_mul(1000))),
            Sleep::Timestamp(a) => self.assign(number, a).and_then(|v| as_int(&v)),
            Sleep::IsoDate(a) => {
                self.assign(number, a).map(|v| crate::value_ops::as_str(&v)).and_then(|text| {
                    halter_spec::timestamp::parse(&text)
                        .ok_or_else(|| format!("failed parsing date string {text}"))
                })
            }
        };
        at.map_err(|why| {
            technical("VAR_SUB_ERROR", format!("Failed calculating maturation for timer: {why}"))
        })
    }

    fn arrive_throw_event(
        &mut self,
        number: ThreadNumber,
        def: u16,
        content: &Assignment,
    ) -> Result<(), Failure> {
        let earlier = self.state.thrown_events.iter().filter(|e| e.def == def).count() as u32;
        *self.detail_mut(number) = NodeRunDetail::ThrowEvent(Some(earlier));
        let content = self.assign(number, content).map_err(|why| {
            technical(
                "VAR_SUB_ERROR",
                format!("Failed calculating content of workflow Event: {why}"),
            )
        })?;
        let index = self.state.thrown_events.len() as u32;
        let position = self.position(number);
        let thrown = ThrownEvent { def, number: earlier, content, thrown_by: (number, position) };
        self.state.thrown_events.push(Arc::new(thrown));
        let what = What::EventThrown { event: index, thread: number, position };
        self.occur(what, Rule::Step, Because::Node(number, position));
        Ok(())
    }
}
