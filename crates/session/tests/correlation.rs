//! Correlated events find the NodeRuns that wait for their key, whichever comes first.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::sync::Arc;

use halter_engine::{Code, Semantics};
use halter_session::trace::state_json;
use halter_session::{Sitting, offers, script};
use serde_json::{Value as Json, json};

const ORDERS: &str = "
workflow: orders
events:
  paid: {payload: STR, correlated: {}}
  shipped: {payload: STR, correlated: {delete-after-first: true}}
  noted:
threads:
  main:
    variables: {order: STR = \"o-1\", receipt: STR, parcel: STR}
    do:
      - wait-for-event: paid
        correlation-key: $order
        into: receipt
      - wait-for-event: shipped
        correlation-key: $order
        into: parcel
";

fn take(sitting: &mut Sitting, line: &Json) -> Option<Code> {
    let command = script::read(line, sitting).unwrap();
    sitting.take(command).unwrap().refusal.as_ref().map(|r| r.code)
}

fn correlated(event: &str, key: &str, content: &str) -> Json {
    json!({ "postCorrelatedEvent": { "externalEventDef": event, "key": key, "content": { "str": content } } })
}

fn sitting() -> Sitting {
    let document = halter_spec::load(ORDERS).document.unwrap();
    Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap()
}

#[test]
fn they_find_who_waits_and_who_will_wait() {
    let mut sitting = sitting();
    take(&mut sitting, &json!({ "runWf": {} }));
    // Another order's; and one that comes before anybody waits for it.
    take(&mut sitting, &correlated("paid", "o-2", "not ours"));
    take(&mut sitting, &correlated("shipped", "o-1", "parcel 7"));
    let state = state_json(sitting.program(), sitting.state());
    assert_eq!(state["wfRun"]["threadRuns"][0]["currentNodePosition"], 1);
    assert_eq!(state["externalEvents"], json!([]));

    take(&mut sitting, &correlated("paid", "o-1", "receipt 3"));
    let state = state_json(sitting.program(), sitting.state());
    assert_eq!(state["wfRun"]["status"], "COMPLETED");
    assert_eq!(state["variables"]["0"]["receipt"], json!({ "str": "receipt 3" }));
    assert_eq!(state["variables"]["0"]["parcel"], json!({ "str": "parcel 7" }));
    let left: Vec<&str> = sitting.state().correlated_events.iter().map(|e| &*e.key).collect();
    assert_eq!(left, ["o-2", "o-1"], "shipped is gone with its first use, paid is not");
}

#[test]
fn what_is_not_configured_or_not_defined_is_refused() {
    let mut sitting = sitting();
    take(&mut sitting, &json!({ "runWf": {} }));
    for event in ["noted", "nobody"] {
        assert_eq!(take(&mut sitting, &correlated(event, "o-1", "x")), Some(Code::InvalidArgument));
    }
}

/// The key that is waited for stands in the field already; one that is masked does not.
#[test]
fn the_key_that_is_waited_for_is_offered() {
    let offered = |source: &str| {
        let document = halter_spec::load(source).document.unwrap();
        let mut sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
        take(&mut sitting, &json!({ "runWf": {} }));
        let offers = offers::offers(&sitting);
        let offer = |label: &str| offers.iter().find(|offer| offer.label == label).unwrap();
        ["Post correlated event paid", "Post correlated event shipped"]
            .map(|label| offer(label).fields[0].suggested.text.clone())
    };
    assert_eq!(offered(ORDERS), ["o-1", ""]);
    let masked = "correlation-key: $order\n        mask-correlation-key: true";
    assert_eq!(offered(&ORDERS.replace("correlation-key: $order", masked)), ["", ""]);
}
