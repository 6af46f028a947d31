//! Points at which a run stops.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::sync::Arc;

use halter_engine::Semantics;
use halter_engine::state::Status;
use halter_session::pause::{Breakpoint, choices, next, within};
use halter_session::{Sitting, script};

const SOURCE: &str = include_str!("../../../static/examples/running-task.yaml");

/// The example, played to its end.
fn played(source: &str) -> Sitting {
    let document = halter_spec::load(source).document.unwrap();
    let mut sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
    for line in sitting.document().script.clone() {
        let command = script::read(&line, &sitting).unwrap();
        sitting.take(command).unwrap();
    }
    sitting
}

#[test]
fn each_kind_of_point_is_found_at_its_first_moment() {
    let sitting = played(SOURCE);
    let of = |text: &str| text.to_owned();
    let table = [
        Breakpoint::Node(of("order"), of("2-ship-TASK")),
        Breakpoint::Node(of("wait-for-release"), of("0-entrypoint-ENTRYPOINT")),
        Breakpoint::Status(None, Status::Halting),
        Breakpoint::Status(Some(of("wait-for-release")), Status::Running),
        Breakpoint::Status(Some(of("wait-for-release")), Status::Completed),
        Breakpoint::Variable(of("order"), of("why")),
        Breakpoint::Rule(of("R-RESUME")),
        Breakpoint::Status(None, Status::Exception),
        Breakpoint::Node(of("nobody"), of("2-ship-TASK")),
        Breakpoint::Rule(of("R-NONE")),
    ];
    let found: Vec<String> = table
        .iter()
        .map(|point| {
            let hit = next(&sitting, std::slice::from_ref(point), 0, 0);
            let hit = hit.map_or("never".to_owned(), |hit| {
                format!("step {}, {} happened: {}", hit.step, hit.happened, hit.sentence)
            });
            format!("{}: {hit}", point.words())
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
order is at 2-ship-TASK: step 5, 12 happened: ThreadRun 0 (order) arrives at task ship
wait-for-release is at 0-entrypoint-ENTRYPOINT: step 4, 4 happened: ThreadRun 1 (wait-for-release) starts to handle the interrupt of ThreadRun 0 (order) by event hold
any ThreadRun is HALTING: step 3, 4 happened: ThreadRun 0 (order) is HALTING: event hold interrupts it
wait-for-release is RUNNING: step 4, 4 happened: ThreadRun 1 (wait-for-release) starts to handle the interrupt of ThreadRun 0 (order) by event hold
wait-for-release is COMPLETED: step 5, 6 happened: ThreadRun 1 (wait-for-release) is COMPLETED
why of order is written: step 4, 8 happened: ThreadRun 1 (wait-for-release) sets why of ThreadRun 0 (order) to "the address is incomplete"
R-RESUME applies: step 5, 7 happened: ThreadRun 0 (order) loses halt reason INTERRUPTED
any ThreadRun is EXCEPTION: never
nobody is at 2-ship-TASK: never
R-NONE applies: never
"#);
}

#[test]
fn from_one_hit_to_the_next_all_are_found_in_order_and_the_run_is_seen_as_it_is_then() {
    let mut sitting = played(SOURCE);
    let points = [
        Breakpoint::Status(None, Status::Halted),
        Breakpoint::Status(None, Status::Halting),
        Breakpoint::Rule("R-HANDLER".to_owned()),
    ];
    let (mut step, mut after) = (0, 0);
    let mut seen = Vec::new();
    while let Some(hit) = next(&sitting, &points, step, after) {
        assert!((hit.step, hit.happened) > (step, after), "it goes on");
        (step, after) = (hit.step, hit.happened);
        sitting.go_to(hit.step);
        sitting.look_at(hit.happened);
        let status = sitting.shown().thread(0).unwrap().status;
        seen.push(format!("{} {}/{} {}", points[hit.point].words(), step, after, status.name()));
    }
    insta::assert_snapshot!(seen.join("\n"), @r"
any ThreadRun is HALTING 3/4 HALTING
any ThreadRun is HALTED 4/3 HALTED
R-HANDLER applies 4/4 HALTED
");
    assert_eq!(within(&sitting, &[], 3, 0), None);
    assert_eq!(within(&sitting, &points, 0, 0), None);
    assert_eq!(within(&sitting, &points, 99, 0), None);
}

#[test]
fn a_deviation_is_reached_where_the_semantics_part() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/examples/deviations");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let sitting = played(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
        let both = halter_session::compare::Comparer::default().up_to_cursor(&sitting).unwrap();
        for deviation in &both.parting.deviations {
            let point = Breakpoint::Rule(deviation.id().to_owned());
            let hit = next(&sitting, &[point], 0, 0).unwrap();
            assert_eq!(hit.step, both.parting.step + 1);
            found += 1;
        }
    }
    assert!(found > 0);
}

#[test]
fn every_point_that_is_offered_is_kept_as_text_and_read_again() {
    let sitting = played(SOURCE);
    let points: Vec<Breakpoint> =
        choices(&sitting).into_iter().flat_map(|(_, points)| points).collect();
    let text = serde_json::to_string(&points).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Breakpoint>>(&text).unwrap(), points);
    assert!(text.contains(r#"{"status":["order","HALTED"]}"#), "{text}");
    assert!(serde_json::from_str::<Breakpoint>(r#"{"status":[null,"ASLEEP"]}"#).is_err());
    let mut words: Vec<String> = points.iter().map(Breakpoint::words).collect();
    words.sort();
    words.dedup();
    assert_eq!(words.len(), points.len(), "no two are called the same");
}
