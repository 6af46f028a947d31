//! Going back and doing something else keeps both branches, within limits.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::sync::Arc;

use halter_engine::{Command, Semantics};
use halter_session::Sitting;
use halter_session::sitting::MAX_BRANCHES;

const WORKFLOW: &str = "
workflow: two-ways
events: {left: STR, right: STR}
threads:
  main:
    - wait-for-event: left
    - wait-for-event: right
";

fn sitting() -> Sitting {
    let document = halter_spec::load(WORKFLOW).document.unwrap();
    let mut sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
    sitting.take(Command::RunWf(Vec::new())).unwrap();
    sitting
}

fn pass(sitting: &mut Sitting, milliseconds: i64) {
    sitting.take(Command::PassTime(milliseconds)).unwrap();
}

#[test]
fn both_branches_are_kept_and_can_be_switched() {
    let mut sitting = sitting();
    pass(&mut sitting, 1);
    pass(&mut sitting, 2);
    sitting.go_to(1);
    pass(&mut sitting, 10);
    assert_eq!((sitting.branch(), sitting.steps().len()), (2, 2));
    let [other] = sitting.branches() else { panic!() };
    assert_eq!((other.number(), other.steps().len(), sitting.fork(other)), (1, 3, 1));

    assert!(sitting.switch_to(1));
    assert_eq!((sitting.branch(), sitting.state().now), (1, 3));
    assert!(sitting.switch_to(2));
    assert_eq!(sitting.state().now, 10);
    assert!(!sitting.switch_to(7));
    // Occurrences go on to be numbered without gaps or repetition.
    pass(&mut sitting, 1);
    let ids: Vec<u32> = sitting.steps().iter().flat_map(|s| s.told.iter().map(|t| t.id)).collect();
    assert!(ids.iter().copied().eq(1..=ids.len() as u32), "{ids:?}");
}

#[test]
fn steps_are_shared_and_what_is_repeated_is_no_other_branch() {
    let mut sitting = sitting();
    pass(&mut sitting, 1);
    sitting.go_to(1);
    pass(&mut sitting, 1);
    assert!(sitting.branches().is_empty());
    sitting.go_to(1);
    pass(&mut sitting, 2);
    assert!(Arc::ptr_eq(&sitting.steps()[0], &sitting.branches()[0].steps()[0]));
}

#[test]
fn the_branch_left_longest_ago_is_forgotten_first() {
    let mut sitting = sitting();
    for round in 0..=(MAX_BRANCHES as i64 + 1) {
        sitting.go_to(1);
        pass(&mut sitting, round + 1);
    }
    let kept: Vec<u32> =
        sitting.branches().iter().map(halter_session::sitting::Branch::number).collect();
    assert!(kept.iter().copied().eq(2..2 + MAX_BRANCHES as u32), "{kept:?}");
    assert!(sitting.forget(2) && !sitting.forget(2));
    assert_eq!(sitting.branches().len(), MAX_BRANCHES - 1);
}

#[test]
fn branches_live_through_a_change_of_the_source() {
    let mut sitting = sitting();
    pass(&mut sitting, 1);
    pass(&mut sitting, 2);
    sitting.go_to(1);
    pass(&mut sitting, 10);
    let (again, replayed) =
        sitting.replay(Arc::clone(sitting.document()), Semantics::SERVER_1_2).unwrap();
    assert_eq!(replayed.left_out, 0);
    assert_eq!((again.branch(), again.cursor(), again.state().now), (2, 2, 10));
    let [other] = again.branches() else { panic!() };
    assert_eq!((other.number(), again.fork(other)), (1, 1));
    assert_eq!(other.steps().last().unwrap().state.now, 3);
}
