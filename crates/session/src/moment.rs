//! A run within a step: how it stood after each occurrence. The engine takes a command to its fixed point at
//! once; to see halting spread down and HALTED rise up, the picture must be drawn in between.

use halter_engine::command::Command;
use halter_engine::occurrence::{Observer, Occurrence, What};
use halter_engine::program::Program;
use halter_engine::state::{RunState, Status};

use crate::step::step;

/// The state after the first occurrences of a step: the command is taken again, and stopped at.
pub(crate) fn state_at(
    program: &Program,
    before: &RunState,
    command: &Command,
    happened: usize,
) -> RunState {
    let mut look = Look { happened, heard: 0, state: before.clone() };
    let _ = step(program, before.clone(), command, &mut look);
    look.state
}

struct Look {
    happened: usize,
    heard: usize,
    state: RunState,
}

impl Observer for Look {
    fn occur(&mut self, _: Occurrence) {
        self.heard += 1;
    }

    fn looks(&self) -> bool {
        self.heard == self.happened
    }

    fn after(&mut self, state: &RunState) {
        if self.looks() {
            self.state.clone_from(state);
        }
    }

    fn heard(&self) -> usize {
        self.heard
    }

    fn undone(&mut self, heard: usize) {
        self.heard = heard;
    }
}

/// Whether an occurrence changes what a person sees of a run.
pub(crate) fn is_notable(what: &What) -> bool {
    match what {
        What::InChildWf { occurrence, .. } => is_notable(&occurrence.what),
        What::EventArrived { .. }
        | What::EventClaimed { .. }
        | What::Interrupted { .. }
        | What::HaltReasonAdded { .. }
        | What::ThreadStarted { .. }
        | What::ThreadStatus { .. }
        | What::NodeArrived { .. }
        | What::NodeFailed { .. }
        | What::VariableSet { .. }
        | What::ChildWf { .. }
        | What::TimerFired { .. }
        | What::BrokeOff { .. } => true,
        What::NodeStatus { status, .. } => matches!(status, Status::Halting | Status::Halted),
        What::WfRunStarted
        | What::WfRunStatus(_)
        | What::HaltReasonResolved { .. }
        | What::TaskStatus { .. }
        | What::TimePassed { .. }
        | What::EventThrown { .. }
        | What::TaskSent { .. }
        | What::UserTask { .. } => false,
    }
}
