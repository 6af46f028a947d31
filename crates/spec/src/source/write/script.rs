//! The script: commands in short forms where they say the same.

use serde_json::{Map, Value as Json};

use super::expressions::literal;
use super::yaml::Out;
use crate::model::{Document, Type};
use crate::proto_json;

type Entries = Vec<(String, Out)>;

/// A command; in its short form if it has one.
pub(super) fn command(document: &Document, command: &Json, short: bool) -> Out {
    let written = command
        .as_object()
        .filter(|command| short && command.len() == 1)
        .and_then(|command| command.iter().next())
        .and_then(|(name, body)| self::short(document, name, body.as_object()?));
    match written.as_deref() {
        Some([(word, Out::Plain(value))]) if value.is_empty() && word == "run" => Out::text(word),
        Some(entries) => Out::Block(entries.to_vec()),
        None => Out::serde(command),
    }
}

fn short(document: &Document, name: &str, body: &Map<String, Json>) -> Option<Entries> {
    let mut fields = Fields { body, entries: Vec::new(), taken: Vec::new() };
    match name {
        "runWf" => {
            let variables = fields.take("variables").and_then(Json::as_object)?;
            let spec = &document.wf_spec;
            let thread = spec.thread_specs.get(&spec.entrypoint_thread_name);
            let type_of = |name: &str| {
                let mut all = thread?.variable_defs.iter();
                let found = all.find(|variable| variable.var_def.name == name)?;
                Some(&found.var_def.type_def.of)
            };
            let variables = values(variables, type_of)?;
            fields.word(
                "run",
                if variables.is_empty() { Out::nothing() } else { Out::Map(variables) },
            );
        }
        "postEvent" => {
            let event = fields.text("externalEventDef")?;
            let def = document.external_event_defs.get(event)?;
            let content_type = def.content_type.as_ref().and_then(|found| found.type_def.as_ref());
            fields.word("post", Out::text(event));
            fields.payload("content", "content", content_type.map(|found| &found.of))?;
            if fields.body.contains_key("guid") {
                let id = Out::text(fields.text("guid")?);
                fields.add("id", id);
            }
            fields.number("thread", "threadRunNumber", false)?;
            fields.number("position", "nodeRunPosition", false)?;
        }
        "claimTask" => {
            let task = fields.text("taskDef").map_or_else(Out::nothing, Out::text);
            fields.word("claim", task);
            fields.place()?;
        }
        "reportTask" => {
            let task = fields.text("taskDef");
            fields.word("report", task.map_or_else(Out::nothing, Out::text));
            fields.place()?;
            let returns = task
                .and_then(|task| document.task_defs.get(task))
                .and_then(|def| def.return_type.as_ref()?.type_def.as_ref())
                .map(|found| &found.of);
            if let Some(error) = fields.take("error") {
                let kind = error.get("type")?.as_str()?;
                fields.add("error", Out::text(error.get("message")?.as_str()?));
                if kind != "TASK_FAILURE" {
                    fields.add("type", Out::text(kind));
                }
            } else if let Some(exception) = fields.take("exception") {
                fields.thrown(exception)?;
            } else {
                fields.payload("output", "output", returns)?;
            }
        }
        "reportChildWf" => {
            let name = fields.text("wfSpec").map_or_else(Out::nothing, Out::text);
            fields.word("report-child-wf", name);
            fields.place()?;
            if let Some(error) = fields.take("error") {
                fields.add("error", Out::text(error.get("message")?.as_str()?));
            } else if let Some(exception) = fields.take("exception") {
                fields.thrown(exception)?;
            } else {
                // It may have returned nothing.
                fields.payload("output", "output", None).or(Some(()))?;
            }
        }
        "inChildWf" => {
            let name = fields.text("wfSpec").map_or_else(Out::nothing, Out::text);
            fields.word("in-child-wf", name);
            fields.place()?;
            let inner = fields.take("do")?;
            fields.add("do", command(document, inner, true));
        }
        "passTime" => {
            let seconds = Out::serde(fields.take("seconds")?);
            fields.word("pass", seconds);
        }
        "stopWfRun" | "resumeWfRun" | "rescueThreadRun" => {
            let thread = fields.take("threadRunNumber")?.as_i64()?;
            let word = match name {
                "stopWfRun" => "stop",
                "resumeWfRun" => "resume",
                _ => "rescue",
            };
            fields.word(word, Out::number(thread));
            if fields.take("skipCurrentNode").and_then(Json::as_bool) == Some(true) {
                fields.add("skip", Out::number(true));
            }
        }
        "completeUserTask" => {
            fields.word("complete-user-task", Out::nothing());
            fields.place()?;
            let results = fields.take("results").and_then(Json::as_object)?;
            let results = values(results, |_| None)?;
            if !results.is_empty() {
                fields.add("results", Out::Map(results));
            }
        }
        "cancelUserTask" => {
            fields.word("cancel-user-task", Out::nothing());
            fields.place()?;
        }
        _ => return None,
    }
    let known = fields.taken;
    body.keys().all(|key| known.contains(&key.as_str())).then_some(fields.entries)
}

struct Fields<'j> {
    body: &'j Map<String, Json>,
    entries: Entries,
    taken: Vec<&'static str>,
}

impl<'j> Fields<'j> {
    fn take(&mut self, name: &'static str) -> Option<&'j Json> {
        self.taken.push(name);
        self.body.get(name)
    }

    fn thrown(&mut self, exception: &Json) -> Option<()> {
        self.add("exception", Out::text(exception.get("name")?.as_str()?));
        let message = exception.get("message")?.as_str()?;
        if !message.is_empty() {
            self.add("message", Out::text(message));
        }
        if let Some(content) = exception.get("content") {
            self.add("content", value(content, None)?);
        }
        Some(())
    }

    fn text(&mut self, name: &'static str) -> Option<&'j str> {
        self.take(name)?.as_str()
    }

    fn word(&mut self, word: &str, value: Out) {
        self.entries.insert(0, (word.to_owned(), value));
    }

    fn add(&mut self, key: &str, value: Out) {
        self.entries.push((key.to_owned(), value));
    }

    /// A whole number; 0 is left out where it goes without saying.
    fn number(&mut self, key: &str, name: &'static str, zero_is_default: bool) -> Option<()> {
        if let Some(number) = self.take(name) {
            let number = number.as_i64()?;
            if number != 0 || !zero_is_default {
                self.add(key, Out::number(number));
            }
        }
        Some(())
    }

    fn place(&mut self) -> Option<()> {
        self.number("thread", "threadRunNumber", true)?;
        self.number("position", "position", true)
    }

    fn payload(&mut self, key: &str, name: &'static str, expected: Option<&Type>) -> Option<()> {
        let json = self.take(name)?;
        if json.as_object().is_some_and(|value| !value.is_empty()) {
            self.add(key, value(json, expected)?);
        }
        Some(())
    }
}

fn value(json: &Json, expected: Option<&Type>) -> Option<Out> {
    literal(&proto_json::read_value(json).ok()?, expected)
}

fn values<'t>(
    values: &Map<String, Json>,
    type_of: impl Fn(&str) -> Option<&'t Type>,
) -> Option<Entries> {
    values.iter().map(|(name, json)| Some((name.clone(), value(json, type_of(name))?))).collect()
}
