//! What the script of a document says about what may come: payloads of events, variables at the start.

use std::sync::Arc;

use halter_spec::model::Document;
use halter_spec::proto_json::read_value;
use halter_spec::value::Value;

/// The different payloads with which the script posts an event, in its order.
pub(crate) fn payloads(document: &Document, event: &str) -> Vec<Value> {
    let mut payloads = Vec::new();
    for line in &document.script {
        let post = line.get("postEvent");
        let Some(post) = post.filter(|post| {
            let def = post.get("externalEventDef").and_then(|def| def.as_str());
            def == Some(event)
        }) else {
            continue;
        };
        let content = match post.get("content") {
            Some(content) => read_value(content).ok(),
            None => Some(Value::Null),
        };
        payloads.extend(content.filter(|content| !payloads.contains(content)));
    }
    payloads
}

/// The variables with which the script starts the run.
pub(crate) fn start(document: &Document) -> Vec<(Arc<str>, Value)> {
    let run = document.script.iter().find_map(|line| line.get("runWf"));
    let variables = run.and_then(|run| run.get("variables")?.as_object());
    let read = |(name, value)| {
        let (name, value): (&String, _) = (name, value);
        Some((Arc::from(name.as_str()), read_value(value).ok()?))
    };
    variables.into_iter().flatten().filter_map(read).collect()
}
