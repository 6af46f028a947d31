//! A WfRun as it was found: every state that a real server was ever recorded in is read and written again as it was.
#![allow(clippy::unwrap_used, clippy::format_push_string, missing_docs, reason = "a test")]

mod support;

use std::path::Path;
use std::sync::Arc;

use halter_engine::state::{RunState, Status};
use halter_engine::{ChildWfResult, Command, Deviation, Program, Semantics};
use halter_session::trace::{Trace, differences, state_json};
use halter_session::{Sitting, found, guide};
use halter_spec::value::Value;
use halter_spec::{load, write_source};
use serde_json::{Value as Json, json};

#[test]
fn every_state_of_every_trace_is_found_again() {
    let mut states = 0;
    let mut wrong = String::new();
    for file in support::trace_files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let trace = Trace::read(&text).unwrap();
        let Ok(document) = &trace.document else { continue };
        let program = Program::compile(document, Semantics::SERVER_1_2).unwrap();
        let json: Json = serde_json::from_str(&text).unwrap();
        for step in json["steps"].as_array().unwrap() {
            let then = &step["then"];
            if then["wfRun"]["threadRuns"].as_array().is_none_or(Vec::is_empty) {
                continue;
            }
            states += 1;
            match found::state(&program, then) {
                Ok(state) => {
                    for difference in differences(then, &state_json(&program, &state)) {
                        wrong.push_str(&format!("{}: {difference}\n", file.display()));
                    }
                }
                Err(why) => wrong.push_str(&format!("{}: {why}\n", file.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(states > 1_000, "{states}");
}

/// What `lhctl get wfSpec`, `lhctl get wfRun` and `lhctl list nodeRun` printed of a run that was interrupted.
fn pasted() -> String {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/found/halting-for-ever.json");
    std::fs::read_to_string(file).unwrap()
}

fn sitting(text: &str, semantics: Semantics) -> Sitting {
    let loaded = load(text);
    let document = loaded.document.unwrap_or_else(|| unreachable!("{:?}", loaded.diagnostics));
    Sitting::new(Arc::new(document), semantics).unwrap()
}

fn statuses(state: &RunState) -> Vec<Status> {
    state.threads.iter().map(|thread| thread.status).collect()
}

#[test]
fn what_lhctl_prints_stands_there_as_it_was_found_and_goes_on() {
    let mut sitting = sitting(&pasted(), Semantics::SERVER_1_2);
    assert_eq!(statuses(sitting.state()), [Status::Halting, Status::Halting]);
    assert_eq!(guide::start(&sitting), None, "it runs already");
    let stands = statuses(sitting.state());
    let posted = |id: &str| Command::PostEvent {
        def: "pint".into(),
        guid: id.into(),
        content: Value::Null,
        thread: None,
        position: None,
    };
    assert!(sitting.take(posted("another")).unwrap().refusal.is_none());
    assert_eq!(statuses(sitting.state()), stands, "D-CHILD-WF-NEVER-HALTS");
    // The same id is known.
    assert!(sitting.take(posted("note-1")).unwrap().refusal.is_some());
    let free = Semantics::SERVER_1_2.without(Deviation::ChildWfNeverHalts);
    let mut free = self::sitting(&pasted(), free);
    free.take(posted("another"));
    assert_eq!(
        free.state().threads[0].status,
        Status::Halted,
        "without it, the next command halts it"
    );
}

#[test]
fn it_does_not_matter_in_which_order_it_is_pasted_and_as_what_it_is_kept() {
    let whole = sitting(&pasted(), Semantics::SERVER_1_2);
    let parts: Vec<&str> = pasted_parts();
    let turned: String = parts.iter().rev().copied().collect();
    let told = |sitting: &Sitting| state_json(sitting.program(), sitting.state());
    assert_eq!(told(&sitting(&turned, Semantics::SERVER_1_2)), told(&whole));
    let readable = write_source(whole.document()).unwrap();
    assert!(readable.starts_with("workflow: cp-inchild"), "{readable}");
    assert_eq!(told(&sitting(&readable, Semantics::SERVER_1_2)), told(&whole));
}

/// The last state of a trace, as `lhctl` would print it.
fn as_lhctl(trace: &Json) -> String {
    let then = &trace["steps"].as_array().unwrap().last().unwrap()["then"];
    let (mut spec, mut run) = (trace["wfSpec"].clone(), then["wfRun"].clone());
    spec["id"] = json!({ "name": spec["name"] });
    run["id"] = json!({ "id": "wf" });
    run["wfSpecId"] = spec["id"].clone();
    let node_runs = then["nodeRuns"].as_array().unwrap().iter().map(|told| {
        let mut told = told.clone();
        told["id"] = json!({
            "wfRunId": run["id"],
            "threadRunNumber": told["threadRunNumber"],
            "position": told["position"],
        });
        for (called, name) in
            [("run_child_wf", "runChildWf"), ("wait_for_child_wf", "waitForChildWf")]
        {
            if let Some(inner) = told.get(called) {
                told[name] = inner.clone();
            }
        }
        told
    });
    let node_runs = json!({ "results": node_runs.collect::<Vec<_>>() });
    format!("{spec:#}\n{run:#}\n{node_runs:#}\n")
}

#[test]
fn an_exception_of_a_child_workflow_is_known_from_who_waited_for_it() {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces/child-wf/throws.json");
    let trace: Json = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let sitting = sitting(&as_lhctl(&trace), Semantics::SERVER_1_2);
    let child = sitting.state().child_wf(0, 1).unwrap();
    let thrown = ChildWfResult::Exception("my-exc".into(), "sorry".into(), Value::Int(42));
    assert_eq!(child.result, Some(thrown));
}

fn pasted_parts() -> Vec<&'static str> {
    let text: &'static str = Box::leak(pasted().into_boxed_str());
    let starts: Vec<usize> = text.match_indices("\n{").map(|(at, _)| at + 1).collect();
    let mut from = 0;
    let mut parts: Vec<&str> = Vec::new();
    for at in starts.into_iter().chain([text.len()]) {
        parts.push(&text[from..at]);
        from = at;
    }
    assert_eq!(parts.len(), 3);
    parts
}

#[test]
fn what_is_missing_is_said() {
    let parts = pasted_parts();
    let run_alone = load(parts[1]);
    assert_eq!(
        run_alone.diagnostics[0].message(),
        "This is a WfRun without its WfSpec: paste behind it what \"lhctl get wfSpec\" prints."
    );
    let without_node_runs = format!("{}{}", parts[0], parts[1]);
    let document = Arc::new(load(&without_node_runs).document.unwrap());
    assert_eq!(
        Sitting::new(document, Semantics::SERVER_1_2).unwrap_err().to_string(),
        "NodeRun 0 of ThreadRun 0 is missing: paste all that \"lhctl list nodeRun\" prints."
    );
    let other = pasted().replace("2-wait-WAIT_FOR_CHILD_WF\"", "9-wait-WAIT_FOR_CHILD_WF\"");
    let (spec, rest) = other.split_at(parts[0].len());
    let other = format!("{}{rest}", spec.replace("9-wait", "2-wait"));
    let document = Arc::new(load(&other).document.unwrap());
    assert_eq!(
        Sitting::new(document, Semantics::SERVER_1_2).unwrap_err().to_string(),
        "The ThreadSpec t has no node 9-wait-WAIT_FOR_CHILD_WF: paste the WfSpec's version of this WfRun."
    );
}

/// Whatever stands in the place of something: one sentence says that it does not fit, or the run goes on from it.
#[test]
fn what_does_not_fit_together_is_refused_and_never_panics() {
    let Json::Object(whole) = bundle() else { unreachable!() };
    let mut begun = 0;
    for seed in 0..4_000_u64 {
        let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = |below: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            (random % below as u64) as usize
        };
        let mut spoiled = whole.clone();
        for _ in 0..=next(2) {
            let part = ["wfRun", "nodeRuns"][next(2)];
            spoil(spoiled.get_mut(part).unwrap(), &mut next);
        }
        let loaded = load(&Json::Object(spoiled).to_string());
        let Some(document) = loaded.document else { continue };
        let Ok(mut sitting) = Sitting::new(Arc::new(document), Semantics::SERVER_1_2) else {
            continue;
        };
        begun += 1;
        for _ in 0..4 {
            let offers = halter_session::offers::offers(&sitting);
            let Some(offer) = offers.get(next(offers.len().max(1))) else { break };
            let drafts: Vec<_> = offer.fields.iter().map(|field| field.suggested.clone()).collect();
            let Ok(command) = offer.command(&drafts, &sitting) else { break };
            sitting.take(command);
        }
        halter_session::view::run(&sitting);
    }
    assert!(begun > 500, "{begun}");
}

/// The messages under their names, in one object.
fn bundle() -> Json {
    let parts: Vec<Json> =
        pasted_parts().iter().map(|part| serde_json::from_str(part).unwrap()).collect();
    serde_json::json!({
        "wfSpec": parts[0], "wfRun": parts[1], "nodeRuns": parts[2]["results"],
    })
}

/// Puts something else in the place of one value.
fn spoil(json: &mut Json, next: &mut dyn FnMut(usize) -> usize) {
    match json {
        Json::Object(fields) if !fields.is_empty() && next(8) > 0 => {
            let at = next(fields.len());
            if let Some((_, value)) = fields.iter_mut().nth(at) {
                spoil(value, next);
            }
        }
        Json::Array(items) if !items.is_empty() && next(8) > 0 => {
            let at = next(items.len());
            spoil(&mut items[at], next);
        }
        _ => {
            let others = [
                Json::Null,
                Json::from(0),
                Json::from(1),
                Json::from(7),
                Json::from(4_000_000_000_u64),
                Json::from("HALTED"),
                Json::from("COMPLETED"),
                Json::from("RUNNING"),
                Json::from(""),
                serde_json::json!([0, 1, 2]),
                serde_json::json!([{ "handlingFailure": { "handlerThreadId": 1 } }]),
                serde_json::json!([{ "interrupted": { "interruptThreadId": 1 } }]),
                serde_json::json!({ "threadRunNumber": 1 }),
            ];
            *json = others[next(others.len())].clone();
        }
    }
}
