//! What the spec masks is told by no sentence and shown by no view, state or trace.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fmt::Write as _;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::offers;
use halter_session::trace::state_json;
use halter_session::view::scopes;
use halter_session::words::{self, Names, Teller};
use halter_session::{Sitting, script, view};
use serde_json::json;

/// Every value that this script gives is `s3cret`, at every place where a type may be masked.
const SOURCE: &str = "
workflow: masks
events:
  paid: STR masked
  signed: {payload: STR masked, correlated: {}}
tasks:
  charge: {inputs: {card: STR masked}, returns: STR masked}
threads:
  main:
    variables: {card: STR masked, paid-with: STR masked, receipt: STR masked, signature: STR masked}
    do:
      - task: charge
        with: [$card]
        into: receipt
      - wait-for-event: paid
        into: paid-with
      - wait-for-event: signed
        correlation-key: $card
        mask-correlation-key: true
        into: signature
";

/// All that can be seen of the sitting at each of its steps.
fn seen(source: &str) -> String {
    let document = halter_spec::load(source).document.unwrap();
    let mut sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
    let mut seen = String::new();
    for line in [
        json!({ "runWf": { "variables": { "card": { "str": "s3cret" } } } }),
        json!({ "claimTask": { "threadRunNumber": 0, "position": 1 } }),
        json!({ "reportTask": { "threadRunNumber": 0, "position": 1, "output": { "str": "s3cret" } } }),
        json!({ "postEvent": { "externalEventDef": "paid", "content": { "str": "s3cret" } } }),
        json!({ "postCorrelatedEvent": { "externalEventDef": "signed", "key": "s3cret", "content": { "str": "s3cret" } } }),
    ] {
        let before = sitting.state().clone();
        let command = script::read(&line, &sitting).unwrap();
        sitting.take(command).unwrap();
        let step = sitting.current_step().unwrap();
        assert_eq!(step.refusal, None);
        let names = Names::new(sitting.program(), sitting.state());
        seen.push_str(&words::command(&names, &step.command));
        let mut teller = Teller::new(names, &before);
        for told in &step.told {
            seen.push_str(&teller.tell(&told.what));
        }
        seen.push_str(&view::changes(&sitting));
        let _ = write!(seen, "{:?}", view::run(&sitting));
        let _ = write!(seen, "{:?}", scopes(&sitting, 0));
        let _ = write!(seen, "{:?}", offers::offers(&sitting));
        // Events keep their payloads and ids in the state, as the server's do.
        let state = state_json(sitting.program(), sitting.state());
        let _ = write!(seen, "{}{}", state["wfRun"], state["variables"]);
    }
    assert_eq!(sitting.state().threads[0].status.name(), "COMPLETED");
    seen
}

#[test]
fn no_sentence_tells_them() {
    assert!(seen(&SOURCE.replace(" masked", "")).contains("s3cret"));
    let seen = seen(SOURCE);
    let at = seen.find("s3cret").map(|at| &seen[at.saturating_sub(200)..at + 20]);
    assert_eq!(at, None, "somewhere in what is seen");
}
