//! A run within a step: how it stood after each occurrence. The engine takes a command to its fixed point at
//! once; to see halting spread down and HALTED rise up, the picture must be drawn in between.

use std::sync::Arc;

use halter_engine::occurrence::What;
use halter_engine::program::Program;
use halter_engine::state::{NodeRun, NodeRunDetail, RunState, Status, ThreadNumber, ThreadRun};
use halter_spec::value::Value;

use crate::sitting::Told;

/// The state after the first occurrences of a step. What occurrences don't tell, such as messages, is taken from
/// the state after the step.
pub(crate) fn state_at(
    program: &Program,
    before: &RunState,
    after: &RunState,
    told: &[Told],
    first: usize,
) -> RunState {
    let Some(first) = told.get(..first) else {
        return after.clone();
    };
    let mut state = before.clone();
    let step = Step {
        program,
        after,
        told,
    };
    for told in first {
        step.apply(&mut state, &told.what);
    }
    state
}

/// Whether an occurrence changes what a person sees of a run.
pub(crate) fn is_notable(what: &What) -> bool {
    match what {
        What::EventArrived { .. }
        | What::EventClaimed { .. }
        | What::Interrupted { .. }
        | What::HaltReasonAdded { .. }
        | What::ThreadStarted { .. }
        | What::ThreadStatus { .. }
        | What::NodeArrived { .. }
        | What::NodeFailed { .. }
        | What::VariableSet { .. }
        | What::TimerFired { .. } => true,
        What::NodeStatus { status, .. } => matches!(status, Status::Halting | Status::Halted),
        What::WfRunStarted
        | What::WfRunStatus(_)
        | What::HaltReasonResolved { .. }
        | What::TaskStatus { .. }
        | What::TimePassed { .. }
        | What::EventThrown { .. }
        | What::UserTask { .. } => false,
    }
}

struct Step<'a> {
    program: &'a Program,
    after: &'a RunState,
    told: &'a [Told],
}

impl Step<'_> {
    fn apply(&self, state: &mut RunState, what: &What) {
        match what {
            What::WfRunStatus(status) => state.status = *status,
            What::ThreadStarted { thread, .. } => self.start_thread(state, *thread),
            What::ThreadStatus { thread, status } => self.thread_status(state, *thread, *status),
            What::HaltReasonAdded { thread, reason } => {
                if let Some(run) = thread_mut(state, *thread) {
                    run.halt_reasons.push(reason.clone());
                }
            }
            What::HaltReasonResolved { thread, reason } => {
                if let Some(run) = thread_mut(state, *thread) {
                    run.halt_reasons.retain(|known| known != reason);
                }
            }
            What::NodeArrived { thread, position } => {
                if let (Some(run), Some(later)) = (
                    thread_mut(state, *thread),
                    self.node_run(*thread, *position),
                ) && run.node_runs.len() == *position as usize
                {
                    run.node_runs.push(arriving(later));
                }
            }
            What::NodeStatus {
                thread,
                position,
                status,
            } => {
                if let Some(run) = node_run_mut(state, *thread, *position) {
                    run.status = *status;
                }
            }
            What::NodeFailed { thread, position } => {
                if let (Some(run), Some(later)) = (
                    node_run_mut(state, *thread, *position),
                    self.node_run(*thread, *position),
                ) {
                    run.failures.clone_from(&later.failures);
                }
            }
            What::TaskStatus {
                thread,
                position,
                status,
            } => {
                if let Some(NodeRun {
                    detail: NodeRunDetail::Task(Some(task)),
                    ..
                }) = node_run_mut(state, *thread, *position)
                {
                    task.status = *status;
                }
            }
            What::EventArrived { event } => {
                if let Some(arrived) = self.after.events.get(*event as usize) {
                    let mut arrived = arrived.clone();
                    (arrived.claimed, arrived.claimed_by) = (false, None);
                    state.events.push(arrived);
                }
            }
            What::Interrupted { event, .. } | What::EventClaimed { event, .. } => {
                if let Some(event) = state.events.get_mut(*event as usize) {
                    event.claimed = true;
                }
            }
            What::VariableSet {
                thread,
                variable,
                value,
                ..
            } => {
                if let Some(slot) = thread_mut(state, *thread)
                    .and_then(|run| run.variables.get_mut(*variable as usize))
                {
                    slot.clone_from(value);
                }
            }
            What::TimePassed { now } => state.now = *now,
            What::WfRunStarted
            | What::TimerFired { .. }
            | What::EventThrown { .. }
            | What::UserTask { .. } => {}
        }
    }

    fn start_thread(&self, state: &mut RunState, number: ThreadNumber) {
        let Some(later) = self.after.thread(number) else {
            return;
        };
        if state.threads.len() != number as usize {
            return;
        }
        state.threads.push(Arc::new(ThreadRun {
            status: Status::Running,
            children: Vec::new(),
            live_children: Vec::new(),
            halt_reasons: Vec::new(),
            handled_failed_children: Vec::new(),
            error_message: None,
            output: None,
            variables: self.first_values(number, later),
            node_runs: later.node_runs.get(0).map(arriving).into_iter().collect(),
            outputs: Vec::new(),
            ..later.clone()
        }));
        state.live.push(number);
        if let Some(parent) = later.parent.and_then(|parent| thread_mut(state, parent)) {
            parent.children.push(number);
        }
    }

    /// What a new thread's variables hold: those that this step sets later begin with their default.
    fn first_values(&self, number: ThreadNumber, later: &ThreadRun) -> Vec<Value> {
        let spec = self.program.specs.get(later.spec as usize);
        let sets = |index: usize| {
            self.told.iter().any(|told| {
                matches!(told.what, What::VariableSet { thread, variable, .. }
                    if thread == number && variable as usize == index)
            })
        };
        let value = |(index, value): (usize, &Value)| {
            if !sets(index) {
                return value.clone();
            }
            let variable = spec.and_then(|spec| spec.variables.get(index));
            variable
                .and_then(|variable| variable.default.clone())
                .unwrap_or_default()
        };
        later.variables.iter().enumerate().map(value).collect()
    }

    fn thread_status(&self, state: &mut RunState, number: ThreadNumber, status: Status) {
        if status.is_terminal() {
            state.live.retain(|live| *live != number);
        }
        if let Some(run) = thread_mut(state, number) {
            run.status = status;
            if let Some(later) = self.after.thread(number).filter(|_| status.is_terminal()) {
                run.error_message.clone_from(&later.error_message);
                run.output.clone_from(&later.output);
            }
        }
    }

    fn node_run(&self, thread: ThreadNumber, position: u32) -> Option<&NodeRun> {
        self.after.thread(thread)?.node_runs.get(position as usize)
    }
}

/// A NodeRun as it was when its thread arrived.
fn arriving(later: &NodeRun) -> NodeRun {
    NodeRun {
        status: Status::Running,
        failures: Vec::new(),
        failure_handlers: Vec::new(),
        error_message: None,
        ..later.clone()
    }
}

fn thread_mut(state: &mut RunState, thread: ThreadNumber) -> Option<&mut ThreadRun> {
    state.threads.get_mut(thread as usize).map(Arc::make_mut)
}

fn node_run_mut(state: &mut RunState, thread: ThreadNumber, position: u32) -> Option<&mut NodeRun> {
    thread_mut(state, thread)?
        .node_runs
        .get_mut(position as usize)
}
