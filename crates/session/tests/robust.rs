//! Whatever commands come, and whatever a workflow does: no panic, no hang, bounded memory.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use halter_engine::state::Status;
use halter_engine::{Code, Command, Semantics};
use halter_session::trace::Trace;
use halter_session::{Sitting, offers, script};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value as Json, json};

#[path = "../../spec/tests/support/spoil.rs"]
mod spoil;

/// One command of a machine that has one job besides this test: longer is a hang.
const PATIENCE: Duration = Duration::from_secs(5);

fn sitting(source: &str, semantics: Semantics) -> Sitting {
    let loaded = halter_spec::load(source);
    let document = loaded.document.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    Sitting::new(Arc::new(document), semantics).unwrap()
}

fn run(source: &str) -> Sitting {
    let mut sitting = sitting(source, Semantics::DOCUMENTED);
    let start = Instant::now();
    sitting.take(Command::RunWf(Vec::new()));
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    sitting
}

/// The failure with which ThreadRun 0 ended: status, and name of its last failure.
fn end(sitting: &Sitting) -> (Status, String) {
    let thread = sitting.state().thread(0).unwrap();
    let failure = thread.current().unwrap().failures.last();
    (thread.status, failure.map_or_else(String::new, |f| f.name.to_string()))
}

fn examples() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let yaml = files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "yaml"));
    yaml.map(|f| std::fs::read_to_string(f).unwrap()).collect()
}

#[test]
fn a_loop_without_end_ends_with_internal_error() {
    let sitting = run(
        "workflow: x\nthreads:\n  main:\n    variables: {n: INT = 0}\n    do:\n      - while: $n >= 0\n        do:\n          - set: {n: $n + 1}\n",
    );
    assert_eq!(end(&sitting), (Status::Error, "INTERNAL_ERROR".to_owned()));
}

const ENDLESS_THREADS: &str = "
workflow: x
threads:
  main:
    do:
      - start-thread: a
  a:
    variables: {from-a: INT}
    do:
      - start-thread: b
        as: from-a
  b:
    variables: {from-b: INT}
    do:
      - start-thread: a
        as: from-b
";

#[test]
fn threads_without_end_end_with_internal_error() {
    let sitting = run(ENDLESS_THREADS);
    // The last child finds no room; its parents fail with it.
    assert_eq!(end(&sitting), (Status::Error, "CHILD_FAILURE".to_owned()));
    assert_eq!(sitting.state().threads.len(), 65);
    let last = sitting.state().threads.last().unwrap().current().unwrap();
    assert_eq!(&*last.failures[0].name, "INTERNAL_ERROR");
}

#[test]
fn a_value_that_doubles_without_end_ends_with_an_error() {
    let sitting = run(
        "workflow: x\nthreads:\n  main:\n    variables: {s: STR = \"ab\"}\n    do:\n      - while: $s != \"\"\n        do:\n          - set: {s: $s + $s}\n",
    );
    assert_eq!(end(&sitting), (Status::Error, "VAR_SUB_ERROR".to_owned()));
}

#[test]
fn arithmetic_at_the_edge_of_64_bits_does_not_break() {
    let sitting = run(
        "workflow: x\nthreads:\n  main:\n    variables: {n: INT = 9223372036854775807, m: INT = -9223372036854775808}\n    do:\n      - set: {n: $n + 1, m: $m / -1}\n",
    );
    assert_eq!(end(&sitting).0, Status::Completed);
}

#[test]
fn many_interrupts_at_once_are_handled() {
    let mut sitting = run(
        "workflow: x\nmax-thread-runs: 400\nevents: {i: , done: }\nthreads:\n  main:\n    interrupts: {i: h}\n    do:\n      - wait-for-event: done\n  h:\n    do:\n      - wait-for-event: done\n",
    );
    let start = Instant::now();
    for _ in 0..300 {
        let line = json!({ "postEvent": { "externalEventDef": "i", "content": {} } });
        let command = script::read(&line, &sitting).unwrap();
        sitting.take(command);
    }
    assert_eq!(sitting.state().threads.len(), 301);
    assert!(start.elapsed() < PATIENCE);
}

/// An expression with nearly as many operators as one may have.
fn long_expression() -> String {
    ["$n"; 95].join(" + ")
}

#[test]
fn much_arithmetic_ends_with_an_error() {
    let variables: Vec<_> = (0..300).map(|i| format!("      v{i}: INT\n")).collect();
    let mutations: Vec<_> =
        (0..300).map(|i| format!("              v{i}: {}\n", long_expression())).collect();
    let sitting = run(&format!(
        "workflow: x\nthreads:\n  main:\n    variables:\n      n: INT = 1\n{}    do:\n      - while: 1 < 2\n        do:\n          - set:\n{}",
        variables.concat(),
        mutations.concat()
    ));
    assert_eq!(end(&sitting), (Status::Error, "VAR_SUB_ERROR".to_owned()));
}

#[test]
fn many_threads_that_look_at_their_conditions_again_and_again_are_refused() {
    let list = ["1"; 900].join(", ");
    let mut sitting = run(&format!(
        "workflow: x\nmax-thread-runs: 1000\nthreads:\n  main:\n    variables:\n      n: INT = 1\n      list: JSON_ARR = [{list}]\n    do:\n      - start-threads: child\n        for-each: $list\n      - while: 1 < 2\n        do:\n          - sleep: 1\n  child:\n    do:\n      - wait-for-condition: {} < 0\n",
        long_expression()
    ));
    let before = sitting.state().clone();
    let start = Instant::now();
    let step = sitting.take(Command::PassTime(1_000_000)).unwrap();
    assert_eq!(step.refusal.as_ref().unwrap().code, Code::ResourceExhausted);
    assert!(step.told.is_empty(), "nothing of it has happened");
    assert_eq!(step.state, before);
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    let step = sitting.take(Command::PassTime(2_000)).unwrap();
    assert_eq!(step.refusal, None, "less time can pass");
}

/// Numbers that are likely to break something.
fn number() -> impl Strategy<Value = Json> {
    prop_oneof![
        (0..4i64).prop_map(Json::from),
        Just(json!(-1)),
        Just(json!(u32::MAX)),
        Just(json!(i64::MIN)),
        Just(json!(i64::MAX)),
        Just(json!(u64::MAX)),
        Just(json!(1e300)),
        Just(json!(0.5)),
        Just(json!("1")),
        Just(Json::Null),
    ]
}

fn value() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(json!({})),
        Just(json!({ "int": "9223372036854775807" })),
        Just(json!({ "int": "99999999999999999999" })),
        Just(json!({ "str": "x" })),
        Just(json!({ "bool": true })),
        Just(json!({ "double": "NaN" })),
        Just(json!({ "jsonObj": "{\"item\":\"book\",\"price\":1}" })),
        Just(json!({ "jsonArr": "[1,[2,[3]]]" })),
        Just(json!({ "jsonObj": "{" })),
        Just(json!({ "utcTimestamp": "2026-11-23T00:00:00Z" })),
        Just(json!({ "bytes": "AA==" })),
        Just(json!({ "what": 1 })),
        Just(json!(7)),
    ]
}

fn line() -> impl Strategy<Value = Json> {
    let event = prop_oneof![
        Just("cart-updated"),
        Just("contact-changed"),
        Just("checked-out"),
        Just("order-paused"),
        Just("order-released"),
        Just("fraud-suspected"),
        Just("heartbeat"),
        Just("nobody"),
        Just("")
    ];
    let place = (number().boxed(), number().boxed());
    prop_oneof![
        1 => Just(json!({ "runWf": { "variables": {} } })),
        1 => value().prop_map(|v| json!({ "runWf": { "variables": { "customer": v } } })),
        6 => (event, value(), proptest::option::of(number())).prop_map(|(event, content, thread)| {
            let mut body = json!({ "externalEventDef": event, "content": content });
            if let Some(thread) = thread {
                body["threadRunNumber"] = thread;
            }
            json!({ "postEvent": body })
        }),
        3 => place.clone().prop_map(|(t, p)| json!({ "claimTask": { "threadRunNumber": t, "position": p } })),
        3 => (place.clone(), value()).prop_map(|((t, p), v)| {
            json!({ "reportTask": { "threadRunNumber": t, "position": p, "output": v } })
        }),
        1 => place.clone().prop_map(|(t, p)| {
            json!({ "reportTask": { "threadRunNumber": t, "position": p, "error": { "type": "X", "message": "m" } } })
        }),
        2 => number().prop_map(|s| json!({ "passTime": { "seconds": s } })),
        1 => number().prop_map(|t| json!({ "stopWfRun": { "threadRunNumber": t } })),
        1 => number().prop_map(|t| json!({ "resumeWfRun": { "threadRunNumber": t } })),
        1 => number().prop_map(|t| json!({ "rescueThreadRun": { "threadRunNumber": t, "skipCurrentNode": true } })),
        1 => (place, value()).prop_map(|((t, p), v)| {
            json!({ "completeUserTask": { "threadRunNumber": t, "position": p, "results": { "ok": v } } })
        }),
        1 => number(),
        1 => Just(json!({ "runWf": {}, "postEvent": {} })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Commands that are right, wrong, or nonsense: each is taken, refused or not understood, and each is told.
    #[test]
    fn any_commands_are_answered(lines in proptest::collection::vec(line(), 1..40), server in any::<bool>()) {
        let semantics = if server { Semantics::SERVER_1_2 } else { Semantics::DOCUMENTED };
        for source in examples() {
            let mut sitting = sitting(&source, semantics);
            let start = Instant::now();
            for line in &lines {
                if let Ok(command) = script::read(line, &sitting) {
                    sitting.take(command);
                    halter_session::view::run(&sitting);
                    halter_session::view::changes(&sitting);
                    offers::offers(&sitting);
                    let state = halter_session::trace::state_json(sitting.program(), sitting.state());
                    prop_assert!(state.is_object());
                }
            }
            prop_assert!(start.elapsed() < PATIENCE);
        }
    }
    /// A spoiled source that is still one plays its script, and then whatever is offered.
    #[test]
    fn spoiled_sources_play(text in spoil::spoiled_source(), picks in prop::collection::vec(any::<Index>(), 0..20), server in any::<bool>()) {
        let semantics = if server { Semantics::SERVER_1_2 } else { Semantics::DOCUMENTED };
        let document = halter_spec::load(&text).document;
        let sitting = document.map(|document| Sitting::new(Arc::new(document), semantics));
        if let Some(Ok(mut sitting)) = sitting {
            let start = Instant::now();
            for line in sitting.document().script.clone() {
                if let Ok(command) = script::read(&line, &sitting) {
                    sitting.take(command);
                }
            }
            for pick in picks {
                let offers = offers::offers(&sitting);
                let Some(offer) = offers.get(pick.index(offers.len().max(1))) else {
                    break;
                };
                let drafts: Vec<_> = offer.fields.iter().map(|field| field.suggested.clone()).collect();
                if let Ok(command) = offer.command(&drafts, &sitting) {
                    sitting.take(command);
                    halter_session::view::run(&sitting);
                }
            }
            prop_assert!(start.elapsed() < PATIENCE);
        }
    }

    /// A spoiled trace is no trace, can't be played, differs or matches.
    #[test]
    fn spoiled_traces_are_answered(text in spoil::spoiled_source(), server in any::<bool>()) {
        let semantics = if server { Semantics::SERVER_1_2 } else { Semantics::DOCUMENTED };
        let start = Instant::now();
        if let Ok(trace) = Trace::read(&text) && let Err(mismatch) = trace.play(semantics) {
            prop_assert!(!mismatch.to_string().is_empty());
        }
        prop_assert!(start.elapsed() < PATIENCE);
    }
}
