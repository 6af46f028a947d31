//! Commands as lines of a script, in the form of the recorded traces.

use std::sync::Arc;

use halter_engine::command::{ChildWfResult, Command, TaskResult};
use halter_spec::proto_json::write_value;
use halter_spec::value::Value;
use serde_json::{Map, Value as Json, json};

/// Writes one command; [`super::read`] makes the same command of it. What is 0 or empty is left out.
pub fn write(command: &Command) -> Json {
    let body = match command {
        Command::RunWf(variables) => Body::default().values("variables", variables),
        Command::PostEvent { def, guid, content, thread, position } => Body::default()
            .put("externalEventDef", &**def)
            .put("guid", &**guid)
            .value("content", content)
            .number_if("threadRunNumber", *thread)
            .number_if("nodeRunPosition", *position),
        Command::PostCorrelatedEvent { def, key, content } => Body::default()
            .put("externalEventDef", &**def)
            .put("key", &**key)
            .value("content", content),
        Command::ClaimTask(thread, position) | Command::CancelUserTask(thread, position) => {
            place(*thread, *position)
        }
        Command::ReportTask(thread, position, result) => {
            let body = place(*thread, *position);
            match result {
                TaskResult::Output(output) => body.value("output", output),
                TaskResult::Error(kind, message) => {
                    body.put("error", json!({ "type": &**kind, "message": &**message }))
                }
                TaskResult::Exception(name, message, content) => {
                    body.put("exception", thrown(name, message, content))
                }
            }
        }
        Command::ReportChildWf(thread, position, result) => {
            let body = place(*thread, *position);
            match result {
                ChildWfResult::Output(output) => body.value("output", output),
                ChildWfResult::Error(message) => {
                    body.put("error", json!({ "message": &**message }))
                }
                ChildWfResult::Exception(name, message, content) => {
                    body.put("exception", thrown(name, message, content))
                }
            }
        }
        Command::InChildWf(thread, position, command) => {
            place(*thread, *position).put("do", write(command))
        }
        Command::PassTime(milliseconds) => Body::default().put("seconds", seconds(*milliseconds)),
        Command::StopWfRun(thread) | Command::ResumeWfRun(thread) => {
            Body::default().number("threadRunNumber", *thread)
        }
        Command::RescueThreadRun { thread, skip_current_node } => {
            let body = Body::default().number("threadRunNumber", *thread);
            if *skip_current_node { body.put("skipCurrentNode", true) } else { body }
        }
        Command::CompleteUserTask(thread, position, results) => {
            place(*thread, *position).values("results", results)
        }
    };
    json!({ command.name(): body.0 })
}

fn thrown(name: &str, message: &str, content: &Value) -> Map<String, Json> {
    Body::default().put("name", name).put("message", message).value("content", content).0
}

/// Milliseconds as seconds: a whole number where it is one.
fn seconds(milliseconds: i64) -> Json {
    if milliseconds % 1_000 == 0 {
        (milliseconds / 1_000).into()
    } else {
        (milliseconds as f64 / 1_000.0).into()
    }
}

fn place(thread: u32, position: u32) -> Body {
    Body::default().number("threadRunNumber", thread).number("position", position)
}

/// What a command's line holds.
#[derive(Default)]
struct Body(Map<String, Json>);

impl Body {
    fn put(mut self, key: &str, value: impl Into<Json>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// A number; 0 is left out, as in proto JSON.
    fn number(self, key: &str, number: u32) -> Self {
        if number == 0 { self } else { self.put(key, number) }
    }

    /// A number that may also be absent: here 0 says something.
    fn number_if(self, key: &str, number: Option<u32>) -> Self {
        match number {
            Some(number) => self.put(key, number),
            None => self,
        }
    }

    /// A value; none at all is left out.
    fn value(self, key: &str, value: &Value) -> Self {
        if matches!(value, Value::Null) { self } else { self.put(key, write_value(value)) }
    }

    fn values(self, key: &str, values: &[(Arc<str>, Value)]) -> Self {
        if values.is_empty() {
            return self;
        }
        let written = values.iter().map(|(name, value)| (name.to_string(), write_value(value)));
        self.put(key, written.collect::<Map<_, _>>())
    }
}
