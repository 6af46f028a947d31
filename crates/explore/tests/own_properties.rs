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

/// What is answered; commands are in the words of [`words`].
#[derive(Debug, PartialEq)]
enum Said<'a> {
    Holds,
    Undecided,
    Cannot,
    Fails(&'a str),
    Can(&'a str),
    /// The source is refused, with this message.
    Wrong(&'a str),
}
use Said::{Can, Cannot, Fails, Holds, Undecided, Wrong};

/// A property, and what is answered.
const CASES: [(&str, Said<'_>); 16] = [
    (
        "never order enters charge and event cancel was taken",
        Fails("runWf, post cancel, post paid, claim 1, report 1"),
    ),
    ("never order enters refund-it", Wrong("There is no node of order \"refund-it\".")),
    ("never clean-up enters refund and not event cancel came", Holds),
    ("always order.total >= 5", Fails("runWf, post paid, claim 0, report 0")),
    ("always run is RUNNING or run is COMPLETED", Fails("runWf, post cancel, claim 1, pass 60000")),
    ("can run is COMPLETED", Can("runWf, post paid, claim 0, report 0")),
    ("can count clean-up >= 2", Cannot),
    ("can count clean-up is RUNNING == 1", Can("runWf, post cancel")),
    ("can order at charge and order is HALTING", Can("runWf, post paid, post cancel")),
    (
        "event paid was taken leads to order.total == 0",
        Fails("runWf, post paid, claim 0, pass 60000"),
    ),
    ("event cancel came leads to clean-up reached refund", Holds),
    ("order at charge leads to not run is RUNNING", Holds),
    ("never order is HALTEDD", Wrong("There is no status \"HALTEDD\". Did you mean \"HALTED\"?")),
    (
        "never order.totl == 1",
        Wrong("There is no variable of order \"totl\". Did you mean \"total\"?"),
    ),
    ("can event pad came", Wrong("There is no event \"pad\". Did you mean \"paid\"?")),
    ("can ordr is HALTED", Wrong("There is no thread \"ordr\". Did you mean \"order\"?")),
];

#[test]
fn properties_are_answered() {
    for (property, expected) in CASES {
        let loaded = halter_spec::load(&format!("{SHOP}  it: {property}\n"));
        let text;
        let said = if let Some(document) = &loaded.document {
            match explore(document, Semantics::DOCUMENTED, |_| {}).own_answer(0) {
                Answer::Holds => Holds,
                Answer::Undecided => Undecided,
                Answer::Cannot => Cannot,
                Answer::Fails(commands) => {
                    text = words(&commands);
                    Fails(&text)
                }
                Answer::Can(commands) => {
                    text = words(&commands);
                    Can(&text)
                }
            }
        } else {
            text = loaded.diagnostics[0].message();
            Wrong(&text)
        };
        assert_eq!(said, expected, "{property}");
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
