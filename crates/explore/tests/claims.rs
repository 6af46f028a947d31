//! Properties of a source are answered, with the shortest way.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::format_push_string,
    dead_code,
    missing_docs,
    reason = "a test"
)]

mod support;

use halter_engine::Semantics;
use halter_explore::Answer;
use support::{document, explore, words};

const SHOP: &str = "\
workflow: shop
events: {cancel: , paid: }
tasks: {charge: , refund: }
threads:
  order:
    variables: {total: INT = 5}
    interrupts: {cancel: clean-up}
    do:
      - wait-for-event: paid
      - task: charge
      - set: {total: 0}
  clean-up:
    do:
      - task: refund
properties:
";

/// A property, and what is answered.
const CASES: [(&str, &str); 16] = [
    (
        "never order enters charge and event cancel was taken",
        "runWf, post cancel, post paid, claim 1, report 1",
    ),
    ("never order enters refund-it", "There is no node of order \"refund-it\"."),
    ("never clean-up enters refund and not event cancel came", "holds"),
    ("always order.total >= 5", "runWf, post paid, claim 0, report 0"),
    ("always run is RUNNING or run is COMPLETED", "runWf, post cancel, claim 1, pass 60000"),
    ("can run is COMPLETED", "can: runWf, post paid, claim 0, report 0"),
    ("can count clean-up >= 2", "cannot"),
    ("can count clean-up is RUNNING == 1", "can: runWf, post cancel"),
    ("can order at charge and order is HALTING", "can: runWf, post paid, post cancel"),
    ("event paid was taken leads to order.total == 0", "runWf, post paid, claim 0, pass 60000"),
    ("event cancel came leads to clean-up reached refund", "holds"),
    ("order at charge leads to not run is RUNNING", "holds"),
    ("never order is HALTEDD", "There is no status \"HALTEDD\". Did you mean \"HALTED\"?"),
    ("never order.totl == 1", "There is no variable of order \"totl\". Did you mean \"total\"?"),
    ("can event pad came", "There is no event \"pad\". Did you mean \"paid\"?"),
    ("can ordr is HALTED", "There is no thread \"ordr\". Did you mean \"order\"?"),
];

#[test]
fn properties_are_answered() {
    for (property, expected) in CASES {
        let loaded = halter_spec::load(&format!("{SHOP}  it: {property}\n"));
        let answer = match &loaded.document {
            None => loaded.diagnostics[0].message(),
            Some(document) => {
                let explorer = explore(document, Semantics::DOCUMENTED, |_| {});
                match explorer.claim(0) {
                    Answer::Holds => "holds".to_owned(),
                    Answer::Undecided => "undecided".to_owned(),
                    Answer::Cannot => "cannot".to_owned(),
                    Answer::Fails(commands) => words(&commands),
                    Answer::Can(commands) => format!("can: {}", words(&commands)),
                }
            }
        };
        assert_eq!(answer, expected, "{property}");
    }
}

#[test]
fn properties_survive_being_written() {
    let with =
        format!("{SHOP}  it: never order is ERROR\n  other: 'can order.total == \"a: b\"'\n");
    let document = document(&with);
    let written = halter_spec::write_source(&document).unwrap();
    assert_eq!(support::document(&written).properties, document.properties);
}
