//! What the spec masks is in nothing that is given out: no state, no step, no sentence, no event.
#![allow(clippy::unwrap_used, dead_code, missing_docs, reason = "a test")]

use halter_js::{Plain, shown};
use halter_session::{Sitting, script};
use serde_json::{Value as Json, json};

mod support;
use support::{sitting, take, written};

/// Every value that this script gives is `s3cret`, at every place where a type may be masked.
const SOURCE: &str = "
workflow: masks
events:
  paid: STR masked
  noted: JSON_OBJ masked
  signed: {payload: STR masked, correlated: {}}
tasks:
  charge: {inputs: {card: STR masked}, returns: STR masked}
threads:
  main:
    variables:
      card: STR masked
      paid-with: STR masked
      receipt: STR masked
      signature: STR masked
      notes: JSON_ARR masked = [s3cret]
    interrupts: {noted: note}
    do:
      - start-thread: child
        with: {token: $card}
      - task: charge
        with: [$card]
        into: receipt
      - wait-for-event: paid
        into: paid-with
      - wait-for-event: signed
        correlation-key: $card
        mask-correlation-key: true
        into: signature
      - task: charge
        with: [$card]
        on-failure: {declined: handle}
      - wait-for-condition: $card != $receipt
  child:
    variables: {token: STR masked}
    do:
      - wait-for-event: paid
  note:
    variables: {INPUT: JSON_OBJ masked}
    do:
      - set: {notes: add $INPUT.text}
  handle:
    variables: {INPUT: STR masked}
    do: [{nop: }]
";

/// What is given out, and by which way.
struct Given {
    sentences: String,
    variables: String,
    events: String,
    rest: String,
}

impl Given {
    fn of(source: &str) -> (Sitting, Self) {
        let mut sitting = sitting(source);
        let mut given = Given {
            sentences: String::new(),
            variables: String::new(),
            events: String::new(),
            rest: String::new(),
        };
        given.see(&sitting);
        let secret = || json!({ "str": "s3cret" });
        let place = |position: u32| json!({ "threadRunNumber": 0, "position": position });
        let reported = json!({ "threadRunNumber": 0, "position": 2, "output": secret() });
        for (line, refused) in [
            (json!({ "runWf": { "variables": { "card": secret(), "notes": secret() } } }), true),
            (json!({ "runWf": { "variables": { "card": secret() } } }), false),
            (json!({ "claimTask": place(2) }), false),
            (json!({ "postEvent": { "externalEventDef": "noted", "content": secret() } }), true),
            (
                json!({ "postEvent": {
                    "externalEventDef": "noted",
                    "content": { "jsonObj": r#"{"text":"s3cret"}"# },
                } }),
                false,
            ),
            (json!({ "reportTask": reported }), false),
            // A report that comes twice.
            (json!({ "reportTask": reported }), false),
            (json!({ "postEvent": { "externalEventDef": "paid", "content": secret() } }), false),
            (
                json!({ "postCorrelatedEvent": {
                    "externalEventDef": "signed", "key": "s3cret", "content": secret(),
                } }),
                false,
            ),
            (json!({ "claimTask": place(5) }), false),
            (
                json!({ "reportTask": {
                    "threadRunNumber": 0,
                    "position": 5,
                    "exception": { "name": "declined", "message": "no", "content": secret() },
                } }),
                false,
            ),
        ] {
            let command = script::read(&line, &sitting).unwrap();
            let told = take(&mut sitting, command);
            assert_eq!(told["refused"] != Json::Null, refused, "{line}: {told:#}");
            given.sentences.push_str(&told.to_string());
            given.see(&sitting);
        }
        (sitting, given)
    }

    fn see(&mut self, sitting: &Sitting) {
        fn see(given: &mut Given, key: &str, plain: &Plain) {
            match (key, plain) {
                ("variables", plain) => given.variables.push_str(&written(plain)),
                ("events", plain) => given.events.push_str(&written(plain)),
                (_, Plain::Object(entries)) => {
                    for (key, value) in entries {
                        see(given, key, value);
                    }
                }
                (_, Plain::List(items)) => {
                    for item in items {
                        see(given, "", item);
                    }
                }
                (_, plain) => given.rest.push_str(&written(plain)),
            }
        }
        see(self, "", &shown(sitting));
    }
}

fn around(text: &str) -> Option<&str> {
    text.find("s3cret").map(|at| &text[at.saturating_sub(200)..at + 6])
}

#[test]
fn what_is_masked_is_given_out_nowhere() {
    let (sitting, given) = Given::of(SOURCE);
    assert_eq!(sitting.state().status.name(), "RUNNING");
    assert_eq!(around(&given.sentences), None);
    assert_eq!(around(&given.variables), None);
    assert_eq!(around(&given.events), None);
    assert_eq!(around(&given.rest), None);
    assert!(given.variables.contains("card: undefined"), "{}", given.variables);
    assert!(given.variables.contains("INPUT: undefined"), "{}", given.variables);
    assert!(given.events.contains("content: undefined"), "{}", given.events);
    assert!(given.events.contains("id: undefined"), "{}", given.events);
}

/// So that the test above looks where something is to be seen.
#[test]
fn what_is_not_masked_is_given_out() {
    let (_, given) = Given::of(&SOURCE.replace(" masked", ""));
    assert!(given.sentences.contains("s3cret"));
    assert!(given.variables.contains("card: \"s3cret\""));
    assert!(given.events.contains("content: \"s3cret\""));
    assert!(given.events.contains("text: \"s3cret\""));
}
