//! What Halter writes it reads: every document, command, trace and link that it accepts is the same again.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::sync::Arc;

use halter_engine::{Command, Semantics};
use halter_invariants::{document, play};
use halter_session::{Sitting, offers};
use halter_spec::model::Document;
use halter_spec::value::{Json, Value};
use halter_spec::{Severity, load, validate, write_source};
use proptest::prelude::*;
use proptest::sample::Index;

#[path = "support/commands.rs"]
mod commands;
#[path = "../../engine/tests/support/mod.rs"]
#[allow(dead_code, reason = "commands come from elsewhere")]
mod random;
#[path = "../../spec/tests/support/spoil.rs"]
mod spoil;

/// Documents that are accepted: random ones, and sources that were spoiled but still are some.
fn accepted() -> impl Strategy<Value = Document> {
    let random = any::<u64>().prop_map(|seed| random::document(&mut random::Random(seed)));
    let is_accepted = |document: &Document| {
        validate(document).iter().all(|found| found.severity != Severity::Error)
    };
    prop_oneof![
        1 => random.prop_filter("it is accepted", is_accepted),
        2 => spoil::spoiled_source()
            .prop_filter_map("it is accepted", |text| load(&text).document),
    ]
}

/// What is done in a sitting: any command, or one that is offered.
#[derive(Debug, Clone)]
enum Deed {
    Any(Command),
    Offered(Index),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        1 => commands::command().prop_map(Deed::Any),
        3 => any::<Index>().prop_map(Deed::Offered),
    ];
    prop::collection::vec(deed, 0..20)
}

fn play(sitting: &mut Sitting, deeds: &[Deed]) {
    for deed in deeds {
        let command = match deed {
            Deed::Any(command) => Some(command.clone()),
            Deed::Offered(index) => {
                let offers = offers::offers(sitting);
                let offer = offers.get(index.index(offers.len().max(1)));
                offer.and_then(|offer| offer.command(&[], sitting).ok())
            }
        };
        if play::is_enough(sitting) {
            return;
        }
        if let Some(command) = command {
            play::take(sitting, command);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_accepted_is_written_and_read_as_the_same(
        document in accepted(),
        deeds in deeds(),
        cursor in any::<Index>(),
        server in any::<bool>(),
    ) {
        document::survives(&document);
        let semantics = if server { Semantics::SERVER_1_2 } else { Semantics::DOCUMENTED };
        let source = write_source(&document).unwrap();
        // As whoever opens a link reads it.
        let document = Arc::new(load(&source).document.unwrap());
        let mut sitting = play::sitting(&document, semantics);
        play::commands(&mut sitting, &document.script);
        play(&mut sitting, &deeds);
        sitting.go_to(cursor.index(sitting.steps().len() + 1));
        play::linked(&sitting, &source);
        play::recorded(&sitting);
    }
}

const A_TIME_OUT_OF_A_NUMBER: &str = "
workflow: x
threads:
  main:
    variables: {input: JSON_OBJ, time: TIMESTAMP}
    do:
      - set: {time: $input.number}
";

#[test]
fn of_a_number_no_timestamp_is_made() {
    let document = Arc::new(load(A_TIME_OUT_OF_A_NUMBER).document.unwrap());
    for number in [0, 1_000, i64::MIN, i64::MAX] {
        let mut sitting = play::sitting(&document, Semantics::DOCUMENTED);
        let input = Json::Obj(vec![("number".into(), Json::Int(number))]);
        let input = ("input".into(), Value::JsonObj(Arc::new(input)));
        play::take(&mut sitting, Command::RunWf(vec![input]));
        let thread = sitting.state().thread(0).unwrap();
        let failure = thread.node_runs.iter().flat_map(|node_run| &node_run.failures).next();
        let failed = failure.map(|failure| &*failure.name);
        assert_eq!((&thread.variables[1], failed), (&Value::Null, Some("VAR_SUB_ERROR")));
        play::recorded(&sitting);
        play::linked(&sitting, A_TIME_OUT_OF_A_NUMBER);
    }
}

#[test]
fn a_trace_says_how_many_thread_runs_there_may_be() {
    let source = "workflow: x\nmax-thread-runs: 2\nthreads:\n  main:\n    do: [{start-thread: child}, {start-thread: child}]\n  child: [{sleep: 1}]\n";
    let document = Arc::new(load(source).document.unwrap());
    let mut sitting = play::sitting(&document, Semantics::DOCUMENTED);
    play::take(&mut sitting, Command::RunWf(Vec::new()));
    assert_eq!(sitting.state().threads.len(), 2);
    play::recorded(&sitting);
}
