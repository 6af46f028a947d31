//! Ids of correlated events: the server makes them up, and makes up others each time. In a trace they are called as Halter calls
//! them, by the key and by the NodeRun that took the event.

use std::collections::HashMap;

use serde_json::Value as Json;

/// The same trace, with the ids that Halter gives.
pub(crate) fn renamed(mut trace: Json) -> Json {
    let mut names = HashMap::new();
    let mut key = None;
    for step in steps(&mut trace) {
        let posted = step.pointer("/do/postCorrelatedEvent/key").and_then(Json::as_str);
        key = posted.map(str::to_owned).or(key);
        if let Some(key) = &key {
            learn(step, key, &mut names);
        }
        if !names.is_empty() {
            rename(step, &names);
            sort_events(step);
        }
    }
    trace
}

fn steps(trace: &mut Json) -> impl Iterator<Item = &mut Json> {
    trace.get_mut("steps").and_then(Json::as_array_mut).into_iter().flatten()
}

/// Gives names to the events of a step that have ids of the server's own.
fn learn(step: &Json, key: &str, names: &mut HashMap<String, String>) {
    let events = step.pointer("/then/externalEvents").and_then(Json::as_array);
    for event in events.into_iter().flatten() {
        let Some(guid) = event.get("guid").and_then(Json::as_str).filter(|guid| is_made_up(guid))
        else {
            continue;
        };
        let number = |key: &str| event.get(key).and_then(Json::as_u64).unwrap_or(0);
        let (thread, position) = (number("threadRunNumber"), number("nodeRunPosition"));
        names.entry(guid.to_owned()).or_insert_with(|| format!("{key}-{thread}-{position}"));
    }
}

/// Those of scripts are short.
fn is_made_up(guid: &str) -> bool {
    guid.len() == 32 && guid.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn rename(json: &mut Json, names: &HashMap<String, String>) {
    match json {
        Json::String(text) => {
            if let Some(name) = names.get(text) {
                text.clone_from(name);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        Json::Object(entries) => entries.values_mut().for_each(|value| rename(value, names)),
        _ => {}
    }
}

fn sort_events(step: &mut Json) {
    let events = step.pointer_mut("/then/externalEvents").and_then(Json::as_array_mut);
    let guid = |event: &Json| event.get("guid").and_then(Json::as_str).map(str::to_owned);
    if let Some(events) = events {
        events.sort_by_key(guid);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::renamed;

    #[test]
    fn an_id_that_the_server_made_up_becomes_halters() {
        let made_up = "be371cd63fc24bf09b2b35e364681bae";
        let event =
            |guid: &str| json!({ "guid": guid, "threadRunNumber": 2, "nodeRunPosition": 1 });
        let step = |guid: &str, first: bool| {
            let mut events = vec![json!({ "guid": "e1" }), event(guid)];
            if first {
                events.reverse();
            }
            json!({
                "do": { "postCorrelatedEvent": { "key": "milk" } },
                "then": { "nodeRuns": [{ "guid": guid }], "externalEvents": events },
            })
        };
        let found = renamed(json!({ "steps": [step(made_up, true)] }));
        assert_eq!(found, json!({ "steps": [step("milk-2-1", false)] }));
    }
}
