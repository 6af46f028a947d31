//! The deadlocks of server 1.2.1 are found by asking; the documented rules have none of them.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::format_push_string,
    dead_code,
    missing_docs,
    reason = "a test"
)]

mod support;

use halter_engine::{Deviation, Semantics};
use halter_explore::{Answer, BuiltInProperty, Choices};
use support::{example, explore, play, words};

/// Example, what may happen beyond the usual, and the shortest way to where the run can't finish any more.
type Case = (&'static str, Deviation, fn(&mut Choices), &'static str);

const CASES: [Case; 5] = [
    ("exit-never-halts", Deviation::ExitNeverHalts, |_| {}, "runWf, post note-added"),
    (
        "double-parent-halt",
        Deviation::DoubleParentHalt,
        |_| {},
        "runWf, pass 5000, post note-added",
    ),
    ("child-wf-never-halts", Deviation::ChildWfNeverHalts, |_| {}, "runWf, post note-added"),
    ("user-task", Deviation::UserTask, |_| {}, "runWf, post note-added"),
    (
        "sibling-handlers-stuck",
        Deviation::SiblingHandlersStuck,
        |choices| {
            choices.stops = 1;
            choices.events[0].budget = 2;
        },
        "runWf, post note-added, post note-added, stop 0",
    ),
];

#[test]
fn the_servers_deadlocks_are_found_and_only_by_their_deviation() {
    for (name, deviation, change, shortest) in CASES {
        let document = example(&format!("deviations/{name}.yaml"));
        for semantics in [Semantics::SERVER_1_2, Semantics::DOCUMENTED.with(deviation)] {
            let explorer = explore(&document, semantics, change);
            let Answer::Fails(commands) = explorer.answer(BuiltInProperty::CanFinish) else {
                unreachable!("{name} is not stuck under {semantics:?}");
            };
            assert_eq!(words(&commands), shortest, "{name}");
            assert!(!play(&document, semantics, &commands).status.is_terminal());
        }
        for semantics in [Semantics::DOCUMENTED, Semantics::SERVER_1_2.without(deviation)] {
            let explorer = explore(&document, semantics, change);
            for property in [
                BuiltInProperty::NoDeadlock,
                BuiltInProperty::CanFinish,
                BuiltInProperty::NoEndlessHalting,
            ] {
                assert_eq!(explorer.answer(property), Answer::Holds, "{name} under {semantics:?}");
            }
        }
    }
}

/// A parent that waits is stuck as well when it is stopped itself (D-CHILD-WF-NEVER-HALTS): that is shorter.
#[test]
fn a_child_wf_run_that_stays_stopped_is_found_by_its_deviation_alone() {
    let document = example("deviations/child-wf-stays-stopped.yaml");
    let with = Semantics::DOCUMENTED.with(Deviation::ChildWfStaysStopped);
    let stuck = explore(&document, with, |choices| choices.stops = 1);
    let Answer::Fails(commands) = stuck.answer(BuiltInProperty::CanFinish) else {
        unreachable!("it is not stuck");
    };
    assert_eq!(words(&commands), "runWf, in child: stop 0");
    let documented = explore(&document, Semantics::DOCUMENTED, |choices| choices.stops = 1);
    assert_eq!(documented.answer(BuiltInProperty::CanFinish), Answer::Holds);
}
