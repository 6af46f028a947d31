//! What a run reaches that plays on without keeping anything, the explorer reaches: random walks through random specs.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::format_push_string,
    dead_code,
    missing_docs,
    reason = "a test"
)]

#[path = "../../engine/tests/support/mod.rs"]
mod random;
mod support;

use std::sync::Arc;

use halter_engine::state::NodeRunDetail;
use halter_engine::{ChildWfResult, Choice, Command, Program, RunState, Unobserved, enabled, step};
use halter_explore::{Bounds, Choices, Explorer, Phase};
use halter_spec::value::Value;
use random::Random;

/// Specs that are explored to the end.
const SPECS: usize = 80;

/// Walks through each.
const WALKS: usize = 20;

#[test]
fn what_random_walks_reach_is_reached() {
    let (mut seed, mut compared, mut child_wfs) = (5_000_000, 0, 0);
    while compared < SPECS {
        seed += 1;
        let mut random = Random(seed);
        let document = random::document(&mut random);
        let semantics = support::BOTH[random.below(2)];
        let Ok(program) = Program::compile(&document, semantics) else { continue };
        let program = Arc::new(program);
        let choices = Choices::usual(&document, &program);
        let bounds = Bounds { states: 1_500, ..Bounds::default() };
        let mut explorer = Explorer::new(Arc::clone(&program), choices.clone(), bounds);
        while explorer.run(500).phase == Phase::Running {}
        if explorer.progress().phase != Phase::Complete {
            continue;
        }
        compared += 1;
        let missing = explorer.coverage();
        for _ in 0..WALKS {
            let state = walk(&program, &choices, &mut random);
            child_wfs += state.child_wfs.len();
            for thread in &state.threads {
                for node_run in &thread.node_runs {
                    let node = (thread.spec, node_run.node);
                    assert!(!missing.nodes.contains(&node), "seed {seed}: {node:?} is reached");
                }
            }
        }
    }
    assert!(child_wfs > SPECS, "only {child_wfs} child WfRuns");
}

/// A run that plays on by chance until nothing can come.
fn walk(program: &Program, choices: &Choices, random: &mut Random) -> RunState {
    let mut left: Vec<u8> = choices.events.iter().map(|event| event.budget).collect();
    let mut state = RunState::default();
    for _ in 0..60 {
        let all = enabled(program, &state).into_iter();
        let mut commands: Vec<Command> =
            all.filter_map(|choice| command(program, choices, &left, &state, choice)).collect();
        if commands.is_empty() {
            break;
        }
        let command = commands.swap_remove(random.below(commands.len()));
        if let Command::PostEvent { def, .. } = &command {
            left[usize::from(program.event(def).unwrap())] -= 1;
        }
        state = step(program, state, &command, &mut Unobserved).0;
    }
    state
}

/// What the usual choices make of a choice.
fn command(
    program: &Program,
    choices: &Choices,
    left: &[u8],
    state: &RunState,
    choice: Choice,
) -> Option<Command> {
    match choice {
        Choice::RunWf => Some(Command::RunWf(choices.start.clone())),
        Choice::PostEvent(def) => {
            let index = usize::from(def);
            (left[index] > 0).then(|| Command::PostEvent {
                def: Arc::clone(&program.events[index].name),
                guid: format!("e{}", state.events.len()).into(),
                content: choices.events[index].payloads[0].clone(),
                thread: None,
                position: None,
            })
        }
        Choice::ClaimTask(thread, position) => Some(Command::ClaimTask(thread, position)),
        Choice::ReportTask(thread, position) => match &state.node_run(thread, position)?.detail {
            NodeRunDetail::Task(Some(task)) => {
                let simulated = &choices.tasks[usize::from(task.task_def)].simulated;
                Some(Command::ReportTask(thread, position, simulated[0].clone()))
            }
            _ => None,
        },
        Choice::ReportChildWf(thread, position) => {
            let result = ChildWfResult::Output(Value::Null);
            Some(Command::ReportChildWf(thread, position, result))
        }
        Choice::PassTime(milliseconds) => Some(Command::PassTime(milliseconds)),
        Choice::Resume(thread) => Some(Command::ResumeWfRun(thread)),
        Choice::CompleteUserTask(thread, position) => {
            let form = state.form(thread, position)?;
            let fields = choices.forms[usize::from(form.def)].clone();
            Some(Command::CompleteUserTask(thread, position, fields))
        }
        Choice::Stop(_) | Choice::Rescue(_) | Choice::CancelUserTask(..) => None,
    }
}
