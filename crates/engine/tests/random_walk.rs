//! Random specs, driven by random enabled commands: what must hold after every step holds.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod support;

use halter_engine::program::NodeKind;
use halter_engine::state::{HaltReason, NodeRunDetail, RunState, Status, TaskStatus, ThreadType};
use halter_engine::{Choice, Command, Program, Semantics, Unobserved, enabled, step};
use support::{Random, command, document};

/// Steps of all walks under one semantics.
const STEPS: usize = 110_000;
/// Steps of one walk at most.
const WALK: usize = 60;

fn check(program: &Program, state: &RunState, documented: bool) {
    let live: Vec<u32> = (0..)
        .zip(&state.threads)
        .filter(|(_, t)| !t.status.is_terminal())
        .map(|(n, _)| n)
        .collect();
    assert_eq!(state.live, live, "the list of live ThreadRuns");
    for (number, thread) in (0..).zip(&state.threads) {
        if documented
            && thread.status == Status::Halted
            && !thread.halt_reasons.iter().any(is_own_handler)
        {
            for &child in &thread.children {
                let child = state.thread(child).unwrap();
                let is_handler = child.kind != ThreadType::Child;
                assert!(
                    is_handler || !child.status.is_in_progress(),
                    "R-HALTED: {number} is HALTED above a running child"
                );
            }
        }
        for reason in &thread.halt_reasons {
            match *reason {
                HaltReason::Interrupted(handler) if !thread.status.is_terminal() && documented => {
                    assert!(
                        state.live.contains(&handler),
                        "R-RESUME: {number} is INTERRUPTED by {handler}, which is over"
                    );
                }
                HaltReason::PendingInterrupt(event) => assert!(
                    thread.status.is_terminal()
                        || state
                            .pending_interrupts
                            .iter()
                            .any(|p| p.event == event && p.thread == number),
                    "R-HANDLER: {number} waits for a handler that nobody will start"
                ),
                _ => {}
            }
        }
        if matches!(thread.status, Status::Running | Status::Starting) {
            // A rescued ThreadRun keeps the reasons of its failure, which count no more.
            let rescued = thread.error_message.is_some();
            let counts = |r: &HaltReason| !(rescued && matches!(r, HaltReason::HandlingFailure(_)));
            assert!(
                !documented || !thread.halt_reasons.iter().any(counts),
                "{number} runs with halt reasons {:?}",
                thread.halt_reasons
            );
        }
        assert!(
            thread.status == Status::Running || thread.status != Status::Starting,
            "nothing is left STARTING"
        );
    }
    if documented && !state.status.is_terminal() && state.is_started() {
        assert!(waits_for_the_outside(program, state), "deadlock: {state:#?}");
    }
}

fn is_own_handler(reason: &HaltReason) -> bool {
    matches!(reason, HaltReason::Interrupted(_) | HaltReason::HandlingFailure(_))
}

/// Whether some ThreadRun waits for an event, a task, time, a person or a resume that `enabled` names.
fn waits_for_the_outside(program: &Program, state: &RunState) -> bool {
    let choices = enabled(program, state);
    (0..).zip(&state.threads).filter(|(_, t)| !t.status.is_terminal()).any(|(number, thread)| {
        let position = thread.position();
        if thread.halt_reasons.contains(&HaltReason::ManualHalt) {
            return choices.contains(&Choice::Resume(number));
        }
        let Some(current) = thread.current() else {
            return false;
        };
        let runs = thread.status == Status::Running;
        match (&current.detail, &program.spec(thread.spec).nodes[usize::from(current.node)].kind) {
            (NodeRunDetail::ExternalEvent { .. }, NodeKind::ExternalEvent { event, .. }) => {
                runs && choices.contains(&Choice::PostEvent(*event))
            }
            (NodeRunDetail::Task(Some(task)), _) if thread.status != Status::Halted => {
                match task.status {
                    TaskStatus::Scheduled => choices.contains(&Choice::ClaimTask(number, position)),
                    TaskStatus::Running => choices.contains(&Choice::ReportTask(number, position)),
                    _ => false,
                }
            }
            (NodeRunDetail::Sleep { .. }, _) => {
                runs && choices.iter().any(|c| matches!(c, Choice::PassTime(_)))
            }
            (NodeRunDetail::UserTask(_), _) => {
                runs && choices.contains(&Choice::CompleteUserTask(number, position))
            }
            (NodeRunDetail::WaitForChildWf(Some((thread, position))), _) => {
                runs && choices.contains(&Choice::ReportChildWf(*thread, *position))
            }
            _ => false,
        }
    })
}

fn walk(semantics: Semantics, documented: bool) {
    let mut steps = 0;
    let mut seed = 0;
    let mut most_threads = 0;
    while steps < STEPS {
        seed += 1;
        let mut random = Random(seed);
        let program = Program::compile(&document(&mut random), semantics).unwrap();
        let mut state = RunState::default();
        let mut commands: Vec<Command> = Vec::new();
        for _ in 0..WALK {
            let choices = enabled(&program, &state);
            if choices.is_empty() {
                break;
            }
            // Stopping by hand is rarer than the rest.
            let choice = choices[random.below(choices.len())];
            if matches!(choice, Choice::Stop(_)) && !random.one_in(4) {
                continue;
            }
            let command = command(&mut random, &program, &state, choice);
            let before = state.clone();
            let (after, outcome) = step(&program, state, &command, &mut Unobserved);
            if outcome.is_err() {
                assert_eq!(
                    before.threads, after.threads,
                    "seed {seed}: a refused command changes nothing: {command:?}"
                );
            }
            state = after;
            commands.push(command);
            steps += 1;
            check(&program, &state, documented);
            most_threads = most_threads.max(state.threads.len());
        }
        let again = commands
            .iter()
            .fold(RunState::default(), |s, c| step(&program, s, c, &mut Vec::new()).0);
        assert_eq!(
            again, state,
            "seed {seed}: the same commands give the same state, observed or not"
        );
    }
    assert!(most_threads > 8, "the walks were too tame: at most {most_threads} ThreadRuns");
}

#[test]
fn documented_keeps_its_invariants_and_never_deadlocks() {
    walk(Semantics::DOCUMENTED, true);
}

#[test]
fn server_keeps_its_invariants() {
    walk(Semantics::SERVER_1_2, false);
}

/// The explorer tries the commands of many states on one copy.
#[test]
fn a_copy_becomes_like_any_other_state() {
    for seed in 0..60 {
        let mut random = Random(seed);
        let document = document(&mut random);
        let Ok(program) = Program::compile(&document, Semantics::DOCUMENTED) else { continue };
        let mut states = vec![RunState::default()];
        // Each goes on from any of those before: they are a tree, not a line.
        while states.len() < 80 {
            let from = states[random.below(states.len())].clone();
            let choices = enabled(&program, &from);
            if choices.is_empty() {
                continue;
            }
            let choice = choices[random.below(choices.len())];
            let command = command(&mut random, &program, &from, choice);
            states.push(step(&program, from, &command, &mut Unobserved).0);
        }
        let mut copy = RunState::default();
        for _ in 0..400 {
            let state = &states[random.below(states.len())];
            copy.clone_from(state);
            assert_eq!(&copy, state, "seed {seed}");
        }
    }
}
