//! All states in groups, as a picture shows them.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::format_push_string,
    dead_code,
    missing_docs,
    reason = "a test"
)]

mod support;

use std::sync::Arc;

use halter_engine::{Program, Semantics};
use halter_explore::{Bounds, Choices, Explorer, Phase};
use support::{example, play};

fn explored(name: &str, semantics: Semantics) -> Explorer {
    let document = example(name);
    let program = Arc::new(Program::compile(&document, semantics).unwrap());
    let choices = Choices { reduction: false, ..Choices::usual(&document, &program) };
    let mut explorer = Explorer::new(program, choices, Bounds::default()).with_groups();
    assert_eq!(explorer.run(100_000).phase, Phase::Complete);
    explorer
}

#[test]
fn every_state_is_in_a_group_whose_statuses_it_has() {
    for name in ["update-the-cart.yaml", "running-task.yaml", "deviations/user-task.yaml"] {
        let explorer = explored(name, Semantics::SERVER_1_2);
        let map = explorer.map(500, 100_000);
        let states = explorer.progress().states;
        assert_eq!(map.states.len(), states);
        assert_eq!(map.groups.iter().map(|group| group.states).sum::<usize>(), states);
        let document = example(name);
        for (number, &(group, depth)) in map.states.iter().enumerate() {
            let commands = explorer.way_to_state(number as u32);
            assert!(commands.len() >= depth);
            let state = play(&document, Semantics::SERVER_1_2, &commands);
            let statuses = &map.groups[group].statuses;
            let threads: Vec<_> = state.threads.iter().map(|t| (t.spec, t.status)).collect();
            assert_eq!(threads, statuses.threads, "{name} {number}");
            assert!(map.groups[group].depth <= depth);
        }
        // The moves between groups: every group but the first is come to, and each command can be given where it is said to be.
        for group in 1..map.groups.len() {
            assert!(map.ways.iter().any(|way| way.to == group), "{name}: nothing leads to {group}");
        }
        for way in &map.ways {
            let of = |state: &halter_engine::RunState| -> Vec<_> {
                state.threads.iter().map(|t| (t.spec, t.status)).collect()
            };
            assert_eq!(of(&way.before), map.groups[way.from].statuses.threads);
            let program = explorer.program();
            let (after, refused) = halter_engine::step(
                program,
                way.before.clone(),
                &way.command,
                &mut halter_engine::Unobserved,
            );
            assert_eq!(refused, Ok(()));
            assert_eq!(of(&after), map.groups[way.to].statuses.threads);
        }
    }
}

#[test]
fn what_only_the_server_can_come_to_is_told() {
    let name = "deviations/exit-never-halts.yaml";
    let server = explored(name, Semantics::SERVER_1_2);
    let documented = explored(name, Semantics::DOCUMENTED);
    let only = server.only_here(&documented);
    assert!(!only.is_empty());
    let theirs = documented.map(usize::MAX, 0).groups;
    for group in &only {
        assert!(theirs.iter().all(|other| other.statuses != group.statuses));
        let state = play(&example(name), Semantics::SERVER_1_2, &server.way_to_state(group.first));
        let threads: Vec<_> = state.threads.iter().map(|t| (t.spec, t.status)).collect();
        assert_eq!(threads, group.statuses.threads);
    }
    assert!(documented.only_here(&documented).is_empty());
}

#[test]
fn few_groups_are_the_nearest_and_without_them_there_is_no_map() {
    let explorer = explored("side-by-side.yaml", Semantics::DOCUMENTED);
    let all = explorer.map(usize::MAX, 0);
    let few = explorer.map(3, usize::MAX);
    assert_eq!(few.groups, all.groups[..3]);
    assert_eq!(few.left_out, all.groups.len() - 3);
    assert!(few.states.is_empty() && all.states.is_empty());
    assert!(few.ways.iter().all(|way| way.from < 3 && way.to < 3));

    let document = example("side-by-side.yaml");
    let program = Arc::new(Program::compile(&document, Semantics::DOCUMENTED).unwrap());
    let choices = Choices::usual(&document, &program);
    let mut explorer = Explorer::new(program, choices, Bounds::default());
    explorer.run(100);
    assert!(explorer.map(10, 10).groups.is_empty());
}

#[test]
fn rules_by_which_nothing_happens_are_told() {
    let never = |name: &str| -> Vec<&str> {
        let explorer = explored(name, Semantics::DOCUMENTED);
        explorer.rules_never().into_iter().map(halter_engine::rules::Rule::id).collect()
    };
    let cart = never("update-the-cart.yaml");
    assert!(cart.contains(&"R-RESCUE") && cart.contains(&"R-CATCH"), "{cart:?}");
    assert!(!cart.contains(&"R-HALT") && !cart.contains(&"R-TERMINAL"), "{cart:?}");
    assert!(!never("failing-handler.yaml").contains(&"R-HANDLER-FAILS"));
}
