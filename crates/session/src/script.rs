//! Commands written down in a document, in the form of the recorded traces: `{"postEvent": {…}}`.

use std::sync::Arc;

use halter_engine::command::{ChildWfResult, Command, TaskResult};
use halter_engine::state::{Position, ThreadNumber};
use halter_spec::limits::{MAX_PASS_MS, MAX_WORKFLOWS};
use halter_spec::proto_json::read_value;
use halter_spec::value::Value;
use serde_json::{Map, Value as Json};

use crate::sitting::{Sitting, next_guid};
use crate::wf_runs::{self, WfRunPath};

mod write;

pub use write::write;

/// Seconds that can be written with milliseconds and read back exactly.
const EXACT_SECONDS: f64 = 2_000_000_000_000.0;

/// The id of the next event of a WfRun.
pub(crate) type NextGuid<'a> = &'a dyn Fn(&[(ThreadNumber, Position)]) -> Arc<str>;

/// Reads one command.
///
/// # Errors
/// One sentence that says what is missing or wrong.
pub fn read(line: &Json, sitting: &Sitting) -> Result<Command, String> {
    read_command(line, &|path| {
        let run = wf_runs::at(sitting.program(), sitting.state(), path);
        run.map_or_else(Arc::default, |(_, state)| next_guid(state))
    })
}

/// Reads one command; an event without a guid gets the next one of its WfRun.
pub(crate) fn read_command(line: &Json, next_guid: NextGuid<'_>) -> Result<Command, String> {
    read_to(&mut WfRunPath::new(), line, next_guid)
}

fn read_to(path: &mut WfRunPath, line: &Json, next_guid: NextGuid<'_>) -> Result<Command, String> {
    let (name, body) =
        entry(line).ok_or("A command is an object with one key, such as {\"postEvent\": {…}}.")?;
    let number = |key: &str| number(body, key);
    let place = || Ok::<_, String>((number("threadRunNumber")?, number("position")?));
    Ok(match name {
        "runWf" => Command::RunWf(values(body, "variables")?),
        "postEvent" => Command::PostEvent {
            def: text(body, "externalEventDef")
                .ok_or("postEvent needs an externalEventDef.")?
                .into(),
            guid: text(body, "guid").map_or_else(|| next_guid(path), Arc::from),
            content: value(body, "content")?,
            thread: optional_number(body, "threadRunNumber")?,
            position: optional_number(body, "nodeRunPosition")?,
        },
        "postCorrelatedEvent" => Command::PostCorrelatedEvent {
            def: text(body, "externalEventDef")
                .ok_or("postCorrelatedEvent needs an externalEventDef.")?
                .into(),
            key: text(body, "key").ok_or("postCorrelatedEvent needs a key.")?.into(),
            content: value(body, "content")?,
        },
        "claimTask" => {
            let (thread, position) = place()?;
            Command::ClaimTask(thread, position)
        }
        "reportTask" => {
            let (thread, position) = place()?;
            Command::ReportTask(thread, position, task_result(body)?)
        }
        "reportChildWf" => {
            let (thread, position) = place()?;
            Command::ReportChildWf(thread, position, child_wf_result(body)?)
        }
        "inChildWf" => {
            let (thread, position) = place()?;
            if path.len() >= MAX_WORKFLOWS {
                return Err("inChildWf stands in too many others.".to_owned());
            }
            path.push((thread, position));
            let inner = body.get("do").ok_or("inChildWf needs do, a command.")?;
            let command = read_to(path, inner, next_guid)?;
            Command::InChildWf(thread, position, Box::new(command))
        }
        "passTime" => {
            let seconds = body.get("seconds").and_then(Json::as_f64);
            let seconds =
                seconds.filter(|s| (0.0..=MAX_PASS_MS as f64 / 1000.0).contains(s)).ok_or_else(
                    || format!("passTime needs seconds from 0 to {}.", MAX_PASS_MS / 1000),
                )?;
            // Beyond that a number of JSON has no place for milliseconds.
            let seconds = if seconds > EXACT_SECONDS { seconds.round() } else { seconds };
            Command::PassTime((seconds * 1000.0).round() as i64)
        }
        "stopWfRun" => Command::StopWfRun(number("threadRunNumber")?),
        "resumeWfRun" => Command::ResumeWfRun(number("threadRunNumber")?),
        "rescueThreadRun" => Command::RescueThreadRun {
            thread: number("threadRunNumber")?,
            skip_current_node: body.get("skipCurrentNode").and_then(Json::as_bool).unwrap_or(false),
        },
        "completeUserTask" => {
            let (thread, position) = place()?;
            Command::CompleteUserTask(thread, position, values(body, "results")?)
        }
        "cancelUserTask" => {
            let (thread, position) = place()?;
            Command::CancelUserTask(thread, position)
        }
        other => return Err(format!("There is no command {other}.")),
    })
}

/// The payload with which this line of a script posts this event, if it does.
pub(crate) fn payload_of(line: &Json, event: &str) -> Option<Value> {
    let (name, body) = entry(line)?;
    let posts = name == "postEvent" && text(body, "externalEventDef") == Some(event);
    if posts { value(body, "content").ok() } else { None }
}

/// The event that this line of a script posts, if it does.
pub(crate) fn posted_event(line: &Json) -> Option<&str> {
    let (name, body) = entry(line)?;
    if name == "postEvent" { text(body, "externalEventDef") } else { None }
}

fn entry(line: &Json) -> Option<(&str, &Map<String, Json>)> {
    let object = line.as_object()?;
    let (name, body) = object.iter().next()?;
    if object.len() == 1 { Some((name, body.as_object()?)) } else { None }
}

fn text<'a>(body: &'a Map<String, Json>, key: &str) -> Option<&'a str> {
    body.get(key)?.as_str()
}

/// A number that is left out is 0, as in proto JSON.
fn number(body: &Map<String, Json>, key: &str) -> Result<u32, String> {
    Ok(optional_number(body, key)?.unwrap_or(0))
}

fn optional_number(body: &Map<String, Json>, key: &str) -> Result<Option<u32>, String> {
    let Some(found) = body.get(key) else {
        return Ok(None);
    };
    let number = found.as_u64().and_then(|number| u32::try_from(number).ok());
    number.map(Some).ok_or_else(|| format!("{key} is a whole number from 0."))
}

fn value(body: &Map<String, Json>, key: &str) -> Result<Value, String> {
    body.get(key).map_or(Ok(Value::Null), |found| {
        read_value(found).map_err(|error| format!("{key} is no value: {error}"))
    })
}

fn values(body: &Map<String, Json>, key: &str) -> Result<Vec<(Arc<str>, Value)>, String> {
    let Some(Json::Object(given)) = body.get(key) else {
        return Ok(Vec::new());
    };
    given.keys().map(|name| Ok((Arc::from(&**name), value(given, name)?))).collect()
}

fn task_result(body: &Map<String, Json>) -> Result<TaskResult, String> {
    let part = |key: &str| body.get(key).and_then(Json::as_object);
    let message = |part: &Map<String, Json>| Arc::from(text(part, "message").unwrap_or_default());
    if let Some(error) = part("error") {
        let kind = text(error, "type").unwrap_or("TASK_FAILURE");
        return Ok(TaskResult::Error(kind.into(), message(error)));
    }
    if let Some(exception) = part("exception") {
        let (name, message, content) = thrown(exception)?;
        return Ok(TaskResult::Exception(name, message, content));
    }
    Ok(TaskResult::Output(value(body, "output")?))
}

fn child_wf_result(body: &Map<String, Json>) -> Result<ChildWfResult, String> {
    let part = |key: &str| body.get(key).and_then(Json::as_object);
    if let Some(error) = part("error") {
        return Ok(ChildWfResult::Error(text(error, "message").unwrap_or_default().into()));
    }
    if let Some(exception) = part("exception") {
        let (name, message, content) = thrown(exception)?;
        return Ok(ChildWfResult::Exception(name, message, content));
    }
    Ok(ChildWfResult::Output(value(body, "output")?))
}

/// An EXCEPTION's name, message and content.
fn thrown(exception: &Map<String, Json>) -> Result<(Arc<str>, Arc<str>, Value), String> {
    let name = text(exception, "name").ok_or("An exception needs a name.")?;
    let message = text(exception, "message").unwrap_or_default();
    Ok((name.into(), message.into(), value(exception, "content")?))
}
