//! The script: commands in short forms, kept in the form of the recorded traces.

use serde_json::{Map, Value as SerdeJson};

use super::Source;
use super::fields::Fields;
use crate::about::{About, Undeclared, Unknown, UnknownWhat};
use crate::code::Code;
use crate::diagnostic::is_enough;
use crate::grammar::{self, COMMANDS, CommandWord, LONG_COMMANDS, Statement};
use crate::limits::MAX_PASS_MS;
use crate::model::Type;
use crate::names::similar;
use crate::proto_json::{serde_of, write_value};
use crate::tree::{Entry, Tree};

/// The words of the short forms.
fn short() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.key.name)
}

impl Source {
    pub(super) fn script(&mut self, tree: &Tree) {
        let Some(items) = tree.list() else {
            if !tree.is_null() {
                self.expected(tree, "script", "a list of commands, each with a dash");
            }
            return;
        };
        for item in items {
            if is_enough(&self.diagnostics) {
                break;
            }
            let command = self.command(item);
            self.document.script.extend(command);
        }
    }

    pub(super) fn command(&mut self, tree: &Tree) -> Option<SerdeJson> {
        if tree.text() == Some("run") {
            return Some(named("runWf", variables(Map::new())));
        }
        let Some(entries) = tree.map().filter(|entries| !entries.is_empty()) else {
            let message =
                format!("A command is a map such as \"post: cart-updated\", not {}.", tree.what());
            self.error(Code::Type, tree.span, message);
            return None;
        };
        if let Some(entry) =
            entries.iter().find(|entry| LONG_COMMANDS.contains(&entry.key.as_str()))
        {
            let mut body = serde_of(&entry.value);
            if body.is_null() {
                body = SerdeJson::Object(Map::new());
            }
            if !body.is_object() {
                self.expected(&entry.value, &entry.key, "a map");
                return None;
            }
            return Some(named(&entry.key, body));
        }
        let found =
            entries.iter().find_map(|entry| Some((CommandWord::from_name(&entry.key)?, entry)));
        let Some((command, entry)) = found else {
            if let Some(first) = entries.first() {
                self.unknown_command(first);
            }
            return None;
        };
        let word = command.name();
        let keys = grammar::command(word).into_iter().flat_map(Statement::keys);
        let mut fields = self.fields_of(tree, word, keys)?;
        fields.take(word);
        let command = self.short(command, entry, &mut fields);
        self.finish(fields);
        command
    }

    fn unknown_command(&mut self, entry: &Entry) {
        let about = About::Unknown(Unknown {
            what: UnknownWhat::Command,
            written: entry.key.clone(),
            meant: similar(&entry.key, short().chain(LONG_COMMANDS)).map(str::to_owned),
            known: short().map(str::to_owned).collect(),
        });
        self.error(Code::UnknownCommand, entry.key_span, about);
    }

    fn short(
        &mut self,
        command: CommandWord,
        entry: &Entry,
        fields: &mut Fields<'_>,
    ) -> Option<SerdeJson> {
        let word = command.name();
        let tree = &entry.value;
        let mut body = Map::new();
        let name = match command {
            CommandWord::Run => {
                let types = |name: &str, source: &Self| source.entrypoint_variable(name);
                return Some(named("runWf", variables(self.values(tree, word, types))));
            }
            CommandWord::Post => {
                let event = self.name(tree, word)?;
                let def = self.document.external_event_defs.get(&event);
                let of = def
                    .and_then(|def| def.content_type.as_ref())
                    .and_then(|content| content.type_def.as_ref())
                    .map(|type_def| type_def.of.clone());
                if def.is_none() {
                    let about = About::Undeclared(Undeclared::PostedEvent, event.clone());
                    self.error(Code::VEventDef, tree.span, about);
                }
                body.insert("externalEventDef".to_owned(), SerdeJson::from(event));
                if let Some(id) = self.optional_name(fields, "id") {
                    body.insert("guid".to_owned(), SerdeJson::from(id));
                }
                let content = match fields.take("content") {
                    Some(entry) => self.payload(&entry.value, of.as_ref())?,
                    None => SerdeJson::Object(Map::new()),
                };
                body.insert("content".to_owned(), content);
                self.optional_number(fields, "thread", "threadRunNumber", &mut body);
                self.optional_number(fields, "position", "nodeRunPosition", &mut body);
                "postEvent"
            }
            CommandWord::Claim => {
                if !tree.is_null() {
                    body.insert("taskDef".to_owned(), SerdeJson::from(self.name(tree, word)?));
                }
                self.place(fields, &mut body);
                "claimTask"
            }
            CommandWord::Report => {
                if !tree.is_null() {
                    body.insert("taskDef".to_owned(), SerdeJson::from(self.name(tree, word)?));
                }
                self.place(fields, &mut body);
                self.task_result(tree, fields, &mut body)?;
                "reportTask"
            }
            CommandWord::ReportChildWf => {
                if !tree.is_null() {
                    body.insert("wfSpec".to_owned(), SerdeJson::from(self.name(tree, word)?));
                }
                self.place(fields, &mut body);
                self.child_wf_result(fields, &mut body)?;
                "reportChildWf"
            }
            CommandWord::InChildWf => {
                if !tree.is_null() {
                    body.insert("wfSpec".to_owned(), SerdeJson::from(self.name(tree, word)?));
                }
                self.place(fields, &mut body);
                let Some(entry) = fields.take("do") else {
                    let message = "\"in-child-wf\" needs \"do\", with a command such as \"post: cart-updated\".";
                    self.error(Code::Missing, tree.span, message);
                    return None;
                };
                body.insert("do".to_owned(), self.command(&entry.value)?);
                "inChildWf"
            }
            CommandWord::Pass => {
                let seconds = match tree.as_plain() {
                    Some(crate::tree::Plain::Double(text)) => {
                        let number =
                            crate::tree::Plain::number(text).filter(|number| number.is_finite());
                        SerdeJson::from(number.unwrap_or_default())
                    }
                    _ => SerdeJson::from(self.integer(tree, word)?),
                };
                let most = MAX_PASS_MS as f64 / 1000.0;
                let fits = seconds.as_f64().is_some_and(|s| (0.0..=most).contains(&s));
                if !fits {
                    let message = format!("\"pass\" is a number from 0 to {most}.");
                    self.error(Code::Number, tree.span, message);
                }
                body.insert("seconds".to_owned(), seconds);
                "passTime"
            }
            CommandWord::Stop => {
                self.of_thread(tree, word, &mut body)?;
                "stopWfRun"
            }
            CommandWord::Resume => {
                self.of_thread(tree, word, &mut body)?;
                "resumeWfRun"
            }
            CommandWord::Rescue => {
                self.of_thread(tree, word, &mut body)?;
                let skip = self.flag(fields, "skip");
                body.insert("skipCurrentNode".to_owned(), SerdeJson::from(skip));
                "rescueThreadRun"
            }
            CommandWord::CompleteUserTask => {
                self.place(fields, &mut body);
                let form = if tree.is_null() { None } else { self.name(tree, word) };
                let results = match fields.take("results") {
                    Some(entry) => self.values(&entry.value, "results", |name, source: &Self| {
                        let def = source.document.user_task_defs.get(form.as_deref()?)?;
                        def.fields
                            .iter()
                            .find(|field| field.name == name)
                            .map(|field| Type::Primitive(field.var_type))
                    }),
                    None => Map::new(),
                };
                body.insert("results".to_owned(), SerdeJson::Object(results));
                "completeUserTask"
            }
            CommandWord::CancelUserTask => {
                self.place(fields, &mut body);
                "cancelUserTask"
            }
        };
        Some(named(name, SerdeJson::Object(body)))
    }

    /// The ThreadRun that a command is about: the first, if it says none.
    fn of_thread(
        &mut self,
        tree: &Tree,
        word: &str,
        body: &mut Map<String, SerdeJson>,
    ) -> Option<()> {
        let thread = if tree.is_null() { 0 } else { self.integer(tree, word)? };
        body.insert("threadRunNumber".to_owned(), SerdeJson::from(thread));
        Some(())
    }

    fn task_result(
        &mut self,
        tree: &Tree,
        fields: &mut Fields<'_>,
        body: &mut Map<String, SerdeJson>,
    ) -> Option<()> {
        if let Some(error) = fields.take("error") {
            let (kind, message) = if error.value.map().is_some() {
                let mut parts = self.fields(&error.value, &grammar::ERROR)?;
                let kind = self.error_type(&mut parts);
                let message = self.optional_text(&mut parts, "message").unwrap_or_default();
                self.finish(parts);
                (kind, message)
            } else {
                if error.value.list().is_some() {
                    self.expected(&error.value, "error", "a message");
                }
                (self.error_type(fields), error.value.text().unwrap_or_default().to_owned())
            };
            body.insert("error".to_owned(), serde_json::json!({"type": kind, "message": message}));
        } else if let Some(exception) = fields.take("exception") {
            self.thrown(exception, fields, body)?;
        } else {
            let of = tree
                .text()
                .and_then(|task| self.document.task_defs.get(task))
                .and_then(|def| def.return_type.as_ref()?.type_def.as_ref())
                .map(|type_def| type_def.of.clone());
            let output = match fields.take("output") {
                Some(entry) => self.payload(&entry.value, of.as_ref())?,
                None => SerdeJson::Object(Map::new()),
            };
            body.insert("output".to_owned(), output);
        }
        Some(())
    }

    /// How a child WfRun ended.
    fn child_wf_result(
        &mut self,
        fields: &mut Fields<'_>,
        body: &mut Map<String, SerdeJson>,
    ) -> Option<()> {
        if let Some(error) = fields.take("error") {
            let message = error.value.text().unwrap_or_default();
            body.insert("error".to_owned(), serde_json::json!({"message": message}));
        } else if let Some(exception) = fields.take("exception") {
            self.thrown(exception, fields, body)?;
        } else if let Some(output) = fields.take("output") {
            body.insert("output".to_owned(), self.payload(&output.value, None)?);
        }
        Some(())
    }

    /// An EXCEPTION that was thrown, with its message and content beside it.
    fn thrown(
        &mut self,
        exception: &Entry,
        fields: &mut Fields<'_>,
        body: &mut Map<String, SerdeJson>,
    ) -> Option<()> {
        let name = self.name(&exception.value, "exception")?;
        let message = self.optional_name(fields, "message").unwrap_or_default();
        let mut thrown = Map::new();
        thrown.insert("name".to_owned(), SerdeJson::from(name));
        thrown.insert("message".to_owned(), SerdeJson::from(message));
        if let Some(content) = fields.take("content") {
            thrown.insert("content".to_owned(), self.payload(&content.value, None)?);
        }
        body.insert("exception".to_owned(), SerdeJson::Object(thrown));
        Some(())
    }

    /// The kind of an ERROR that a worker reports.
    fn error_type(&mut self, fields: &mut Fields<'_>) -> &'static str {
        let kinds = [
            ("TASK_FAILURE", "TASK_FAILURE"),
            ("VAR_SUB_ERROR", "VAR_SUB_ERROR"),
            ("TIMEOUT", "TIMEOUT"),
        ];
        fields
            .take("type")
            .and_then(|entry| self.word(&entry.value, "type", &kinds))
            .unwrap_or("TASK_FAILURE")
    }

    /// A value of a command.
    fn payload(&mut self, tree: &Tree, of: Option<&Type>) -> Option<SerdeJson> {
        self.literal(tree, of).as_ref().map(write_value)
    }

    fn values(
        &mut self,
        tree: &Tree,
        what: &str,
        type_of: impl Fn(&str, &Self) -> Option<Type>,
    ) -> Map<String, SerdeJson> {
        let Some(entries) = tree.map() else {
            if !tree.is_null() {
                self.expected(tree, what, "a map from names to values");
            }
            return Map::new();
        };
        let mut values = Map::new();
        for entry in entries {
            let of = type_of(&entry.key, self);
            if let Some(value) = self.payload(&entry.value, of.as_ref()) {
                values.insert(entry.key.clone(), value);
            }
        }
        values
    }

    fn entrypoint_variable(&self, name: &str) -> Option<Type> {
        let spec = &self.document.wf_spec;
        let thread = spec.thread_specs.get(&spec.entrypoint_thread_name)?;
        let variable =
            thread.variable_defs.iter().find(|variable| variable.var_def.name == name)?;
        Some(variable.var_def.type_def.of.clone())
    }

    /// The thread and the position of a NodeRun.
    fn place(&mut self, fields: &mut Fields<'_>, body: &mut Map<String, SerdeJson>) {
        for (key, name) in [("thread", "threadRunNumber"), ("position", "position")] {
            let number = self.optional_integer(fields, key).unwrap_or_default();
            body.insert(name.to_owned(), SerdeJson::from(number));
        }
    }

    fn optional_number(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        name: &str,
        body: &mut Map<String, SerdeJson>,
    ) {
        if let Some(number) = self.optional_integer(fields, key) {
            body.insert(name.to_owned(), SerdeJson::from(number));
        }
    }
}

fn named(name: &str, body: SerdeJson) -> SerdeJson {
    let mut map = Map::new();
    map.insert(name.to_owned(), body);
    SerdeJson::Object(map)
}

fn variables(values: Map<String, SerdeJson>) -> SerdeJson {
    named("variables", SerdeJson::Object(values))
}
