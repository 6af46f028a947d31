//! Within a step the session shows what the engine itself went through: every moment of every trace.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fs;
use std::sync::Arc;

use halter_engine::occurrence::{Observer, Occurrence, What};
use halter_engine::{RunState, step};
use halter_session::Sitting;
use halter_session::trace::Trace;
use halter_session::view;

mod support;

/// Fewer moments mean that traces were lost, or that the engine tells less than it did.
const MOMENTS: usize = 5_000;

/// What happened, and the state right after each of it.
#[derive(Default)]
struct Witness(Vec<(What, RunState)>);

impl Observer for Witness {
    fn occur(&mut self, occurrence: Occurrence) {
        self.0.push((occurrence.what, RunState::default()));
    }

    fn after(&mut self, state: &RunState) {
        self.0.last_mut().unwrap().1.clone_from(state);
    }

    fn looks(&self) -> bool {
        true
    }

    fn heard(&self) -> usize {
        self.0.len()
    }

    fn undone(&mut self, heard: usize) {
        self.0.truncate(heard);
    }
}

/// Whether what was told holds of the state right after it, and was news.
fn holds(what: &What, before: &RunState, state: &RunState) -> bool {
    let thread = |number: u32| state.thread(number).unwrap();
    let node_run = |number: u32, position: u32| thread(number).node_runs.get(position as usize);
    match what {
        What::WfRunStarted => state.threads.is_empty(),
        What::WfRunStatus(status) => state.status == *status,
        What::ThreadStarted { thread: number, kind } => {
            thread(*number).kind == *kind && state.threads.len() == *number as usize + 1
        }
        What::ThreadStatus { thread: number, status } => thread(*number).status == *status,
        What::HaltReasonAdded { thread: number, reason } => {
            thread(*number).halt_reasons.last() == Some(reason)
        }
        What::HaltReasonResolved { thread: number, reason } => {
            // One may have the same reason twice (D-DOUBLE-PARENT-HALT).
            let count = |state: &RunState| {
                let reasons = &state.thread(*number).unwrap().halt_reasons;
                reasons.iter().filter(|r| *r == reason).count()
            };
            count(state) + 1 == count(before)
        }
        What::NodeArrived { thread: number, position } => {
            thread(*number).node_runs.len() == *position as usize + 1
        }
        What::NodeStatus { thread: number, position, status } => {
            node_run(*number, *position).unwrap().status == *status
        }
        What::EventArrived { event } => state.events.len() == *event as usize + 1,
        What::Interrupted { event, .. } | What::EventClaimed { event, .. } => {
            state.events[*event as usize].claimed
        }
        What::TaskStatus { thread: number, position, .. }
        | What::TimerFired { thread: number, position }
        | What::TaskSent { thread: number, position, .. }
        | What::UserTask { thread: number, position, .. } => node_run(*number, *position).is_some(),
        What::ChildWf { thread: number, position, status } => {
            state.child_wf(*number, *position).unwrap().status() == *status
        }
        What::VariableSet { thread: number, variable, value, .. } => {
            thread(*number).variables[*variable as usize] == *value
        }
        What::NodeFailed { thread: number, position } => {
            !node_run(*number, *position).unwrap().failures.is_empty()
        }
        What::InChildWf { thread: number, position, occurrence } => {
            let run = |state: &RunState| {
                let child = state.child_wf(*number, *position);
                child.and_then(|child| child.run.as_deref().cloned()).unwrap_or_default()
            };
            holds(&occurrence.what, &run(before), &run(state))
        }
        What::TimePassed { now } => state.now == *now,
        What::EventThrown { event, .. } => state.thrown_events.len() == *event as usize + 1,
        // All is as it was, but what came due is over.
        What::BrokeOff { .. } => {
            state.threads.len() == before.threads.len() && state.events.len() == before.events.len()
        }
    }
}

#[test]
fn every_moment_is_a_state_of_the_engine() {
    let mut moments = 0;
    for file in support::trace_files() {
        let trace = Trace::read(&fs::read_to_string(&file).unwrap()).unwrap();
        let (Ok(document), Ok(commands)) = (&trace.document, trace.commands()) else {
            continue;
        };
        let document = Arc::new(document.clone());
        for semantics in trace.semantics() {
            let mut sitting = Sitting::new(Arc::clone(&document), semantics).unwrap();
            for (number, command) in commands.iter().enumerate() {
                let before = sitting.state().clone();
                let mut witness = Witness::default();
                let _ = step(sitting.program(), before.clone(), command, &mut witness);
                sitting.take(command.clone()).unwrap();
                let at = |happened: usize| format!("{} step {number}.{happened}", file.display());
                if witness.0.is_empty() {
                    // Nothing is told of it: it has one moment, the state after it.
                    continue;
                }
                sitting.look_at(0);
                assert_eq!(sitting.shown(), &before, "{}", at(0));
                let mut earlier = &before;
                for (index, (what, state)) in witness.0.iter().enumerate() {
                    let happened = index + 1;
                    assert!(
                        holds(what, std::mem::replace(&mut earlier, state), state),
                        "{}: {what:?}",
                        at(happened)
                    );
                    sitting.look_at(happened);
                    // The last of them is the step's end, and the look is over: a lost command is undone there.
                    if sitting.moment().is_some() {
                        assert_eq!(sitting.shown(), state, "{}", at(happened));
                        view::run(&sitting);
                        moments += 1;
                    }
                }
                sitting.go_to(sitting.cursor());
            }
        }
    }
    assert!(moments >= MOMENTS, "only {moments} moments");
}
