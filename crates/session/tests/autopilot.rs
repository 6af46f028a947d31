//! A run that goes on by itself: what comes next, and when.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::path::Path;
use std::sync::Arc;

use halter_engine::state::Status;
use halter_engine::{Command, Semantics};
use halter_session::Sitting;
use halter_session::autopilot::{Next, Settings, Stop, go, go_ahead, next, read_seconds};
use halter_session::pause::Breakpoint;
use halter_session::words::{self, Names};

fn sitting(source: &str) -> Sitting {
    let loaded = halter_spec::load(source);
    let Some(document) = loaded.document else { panic!("{:?}", loaded.diagnostics) };
    Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap()
}

/// Goes on until nothing comes by itself, as the page does: what happened at which time, and why it ended.
fn run(sitting: &mut Sitting, settings: &Settings, most: usize) -> (Vec<String>, Next) {
    let mut done = Vec::new();
    loop {
        let (command, at) = match next(sitting, settings) {
            Next::Command { command, at } if done.len() < most => (command, at),
            end => return (done, end),
        };
        let wait = at - sitting.state().now;
        assert!(wait >= 0, "time only goes forward");
        let passes = matches!(command, Command::PassTime(_));
        if wait > 0 && !passes {
            sitting.take(Command::PassTime(wait)).unwrap();
        }
        sitting.take(command.clone()).unwrap();
        let names = Names::new(sitting.program(), sitting.state());
        done.push(format!("{at}: {}", words::command(&names, &command)));
        if passes {
            assert_eq!(sitting.state().now, at);
        }
    }
}

const WORK: &str = "
workflow: work
events: {more: STR, stop: }
tasks: {one: {returns: STR}, two: , three: {returns: STR}}
user-tasks: {approve: {ok: BOOL}}
simulate:
  one: [{error: no network}, {output: found}]
threads:
  main:
    variables: {found: STR, three: STR}
    interrupts: {more: handle}
    do:
      - task: one
        retries: 1
        into: found
      - start-thread: child
        as: number
      - task: three
        into: three
      - sleep: 10
      - user-task: approve
        user: mia
  child:
    - task: two
  handle:
    variables: {INPUT: STR}
    do: [nop]
";

#[test]
fn workers_claim_at_once_and_are_done_after_their_time() {
    let mut sitting = sitting(WORK);
    let settings = Settings { task_ms: 2000, tasks: [("two".to_owned(), 500)].into() };
    let (done, end) = run(&mut sitting, &settings, 100);
    insta::assert_snapshot!(done.join("\n"), @r#"
0: Ran the workflow
0: A worker claimed task one (ThreadRun 0)
2000: The worker failed task one (ThreadRun 0): no network
2000: A worker claimed task one (ThreadRun 0)
4000: The worker completed task one (ThreadRun 0) with "found"
4000: A worker claimed task three (ThreadRun 0)
4000: A worker claimed task two (ThreadRun 1)
4500: The worker completed task two (ThreadRun 1)
6000: The worker completed task three (ThreadRun 0) with "hello"
16000: 10 s passed
"#);
    assert_eq!(end, Next::ByHand);
}

#[test]
fn the_script_brings_its_events_at_their_time_and_tasks_keep_its_order() {
    let scripts = [
        // The event comes while the worker works, though the worker would be done long before.
        (
            "[run, {claim: one, position: 1}, {pass: 30}, {post: more, content: a}, {report: one, position: 1, output: b}]",
            6,
        ),
        // Whoever is not in the script works meanwhile.
        ("[run, {pass: 3}, {post: more, content: a}, {post: more, content: b}]", 6),
        // A line that can never come is passed over when nothing else is to be done.
        ("[run, {claim: one, thread: 7, position: 9}, {post: more, content: a}]", 20),
        // What is refused is not tried again.
        ("[run, {stop: 9}, {post: more, content: a, id: x}, {post: more, content: a, id: x}]", 5),
    ];
    let all = scripts.map(|(script, most)| {
        let mut sitting = sitting(&format!("{WORK}script: {script}\n"));
        let (done, _) = run(&mut sitting, &Settings::default(), most);
        format!("{script}\n{}\n", done.join("\n"))
    });
    insta::assert_snapshot!(all.join("\n"), @r#"
[run, {claim: one, position: 1}, {pass: 30}, {post: more, content: a}, {report: one, position: 1, output: b}]
0: Ran the workflow
0: A worker claimed task one (ThreadRun 0)
30000: Posted event more (e1) with "a"
30000: The worker completed task one (ThreadRun 0) with "b"
30000: A worker claimed task three (ThreadRun 0)
30000: A worker claimed task two (ThreadRun 2)

[run, {pass: 3}, {post: more, content: a}, {post: more, content: b}]
0: Ran the workflow
0: A worker claimed task one (ThreadRun 0)
2000: The worker failed task one (ThreadRun 0): no network
2000: A worker claimed task one (ThreadRun 0)
3000: Posted event more (e1) with "a"
3000: Posted event more (e2) with "b"

[run, {claim: one, thread: 7, position: 9}, {post: more, content: a}]
0: Ran the workflow
0: A worker claimed task one (ThreadRun 0)
2000: The worker failed task one (ThreadRun 0): no network
2000: A worker claimed task one (ThreadRun 0)
4000: The worker completed task one (ThreadRun 0) with "found"
4000: A worker claimed task three (ThreadRun 0)
4000: A worker claimed task two (ThreadRun 1)
6000: The worker completed task three (ThreadRun 0) with "hello"
6000: The worker completed task two (ThreadRun 1)
16000: 10 s passed
16000: Posted event more (e1) with "a"

[run, {stop: 9}, {post: more, content: a, id: x}, {post: more, content: a, id: x}]
0: Ran the workflow
0: Stopped ThreadRun 9
0: Posted event more (x) with "a"
0: Posted event more (x) with "a"
0: A worker claimed task one (ThreadRun 0)
"#);
}

#[test]
fn somebody_must_start_what_needs_input() {
    let needs = "
workflow: needs
threads:
  main:
    variables: {card: STR required}
    do: [nop]
";
    assert_eq!(next(&sitting(needs), &Settings::default()), Next::ByHand);
    let mut wrong = sitting(&format!("{needs}script: [{{run: {{other: 5}}}}]\n"));
    let (done, end) = run(&mut wrong, &Settings::default(), 5);
    assert_eq!((done.len(), end), (1, Next::ByHand));
}

#[test]
fn after_a_step_back_the_same_comes_again() {
    let mut sitting = sitting(WORK);
    run(&mut sitting, &Settings::default(), 4);
    let now = next(&sitting, &Settings::default());
    sitting.back();
    let before = next(&sitting, &Settings::default());
    assert_ne!(now, before);
    sitting.forward();
    assert_eq!(next(&sitting, &Settings::default()), now);
}

/// Every example of the page goes as far by itself as its script goes by hand: the same ThreadRuns end in the
/// same statuses.
#[test]
fn examples_go_by_themselves_as_their_scripts_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let mut scripted = sitting(&source);
        let lines = scripted.document().script.clone();
        for line in &lines {
            let command = halter_session::script::read(line, &scripted).unwrap();
            scripted.take(command).unwrap();
        }
        let mut alone = sitting(&source);
        let (done, end) = run(&mut alone, &Settings::default(), 200);
        assert!(matches!(end, Next::Over | Next::ByHand), "{}: {end:?}", path.display());
        for (number, theirs) in (0..).zip(&scripted.state().threads) {
            let ours = alone.state().thread(number).unwrap_or_else(|| panic!("{}", path.display()));
            let same = ours.status == theirs.status || !theirs.status.is_terminal();
            assert!(
                same,
                "{}: ThreadRun {number} is {:?}\n{}",
                path.display(),
                ours.status,
                done.join("\n")
            );
        }
        seen += 1;
    }
    assert!(seen > 10);
}

/// Goes on until it stops: the step and the sentence of each point, and why it ended.
fn stops(sitting: &mut Sitting, points: &[Breakpoint]) -> Vec<String> {
    let mut stops = Vec::new();
    for _ in 0..200 {
        match go(sitting, &Settings::default(), points) {
            Ok(()) => {}
            Err(Stop::Breakpoint(hit)) => {
                assert_eq!(hit.step, sitting.cursor());
                stops.push(format!("{}: {} ({})", hit.step, hit.sentence, hit.rule));
            }
            Err(end) => {
                stops.push(format!("{end:?}"));
                break;
            }
        }
    }
    stops
}

#[test]
fn it_stops_at_each_point_and_goes_on_from_there() {
    let source = format!("{WORK}script: [run, {{pass: 1}}, {{post: more, content: a}}]\n");
    let of = |text: &str| text.to_owned();
    let points = [
        Breakpoint::Status(Some(of("main")), Status::Halted),
        Breakpoint::Node(of("child"), of("1-two-TASK")),
        Breakpoint::Variable(of("main"), of("three")),
        Breakpoint::Rule(of("R-RESUME")),
    ];
    let mut sitting = sitting(&source);
    let found = stops(&mut sitting, &points);
    insta::assert_snapshot!(found.join("\n"), @r#"
9: ThreadRun 0 (main) is HALTED: event more interrupts it (R-HALTED)
9: ThreadRun 0 (main) loses halt reason INTERRUPTED (R-RESUME)
9: ThreadRun 2 (child) arrives at task two (R-EDGE)
13: ThreadRun 0 (main) sets three to "hello" (R-MUTATE)
ByHand
"#);
    // The same points are found again among the steps that were played.
    sitting.go_to(0);
    let mut again = Vec::new();
    while let Some(hit) = go_ahead(&mut sitting, &points) {
        again.push(format!("{}: {} ({})", hit.step, hit.sentence, hit.rule));
    }
    assert_eq!(again.len(), found.len() - 1);
    assert!(found.starts_with(&again));
    assert_eq!(sitting.cursor(), sitting.steps().len());
}

#[test]
fn a_loop_without_end_goes_on_for_as_long_as_it_is_let() {
    let mut sitting = sitting(
        "
workflow: endless
threads:
  main:
    do:
      - while: true
        do:
          - sleep: 1
",
    );
    for _ in 0..50 {
        assert_eq!(go(&mut sitting, &Settings::default(), &[]), Ok(()));
    }
    assert_eq!(sitting.state().now, 49_000);
}

#[test]
fn times_of_tasks_are_typed_in_seconds() {
    let taken = [("0", 0), (" 2.5 ", 2500), ("1e1", 10_000), ("0.0004", 0), ("86400", 86_400_000)];
    for (text, milliseconds) in taken {
        assert_eq!(read_seconds(text), Ok(milliseconds), "{text}");
    }
    for text in ["", "-1", "2 s", "86400.1", "NaN", "inf", "1e999"] {
        assert!(read_seconds(text).is_err(), "{text}");
    }
}
