//! Java, for LittleHorse's littlehorse-client.

mod file;
mod limits;
mod literals;
mod names;
mod structs;

use halter_spec::model::{Comparator, MutationType, StructDefId, TypeDef, VarType};
use halter_spec::value::Value;

use crate::code::{
    Body, BuiltField, Call, Field, Language, Made, Message, Outline, Said, Term, TermKind, Words,
    camel_case, invoke, text, variable_value,
};

use names::API;

pub(crate) use names::class;

/// The language and its SDK.
pub(crate) struct Java;

const WORDS: Words = Words {
    sdk: "LittleHorse's Java SDK",
    snake_case: false,
    is_reserved: names::is_reserved,
    keywords: false,
    end: ";",
    variable: "WfRunVariable ",
    number_of: "getThreadNumberVariable()",
    no_payload: Some("null"),
    indexed: (&[VarType::JsonObj, VarType::JsonArr], "JSON"),
};

fn indented(lines: &[String]) -> Vec<String> {
    let lines = lines.iter().skip_while(|line| line.is_empty());
    lines.map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }).collect()
}

fn lambda(body: &Body) -> Vec<String> {
    let mut lines = vec![format!("{} -> {{", body.thread)];
    lines.extend(indented(&body.lines));
    lines.push("}".to_owned());
    lines
}

/// Adds lines behind what stands on the last line.
fn join(lines: &mut Vec<String>, more: Vec<String>) {
    let mut more = more.into_iter();
    if let (Some(last), Some(first)) = (lines.last_mut(), more.next()) {
        last.push_str(&first);
    }
    lines.extend(more);
}

/// The calls that set a builder's fields.
fn setters(message: &Message) -> Vec<String> {
    let mut setters = Vec::new();
    for (name, field) in &message.fields {
        let mut set = |what, value| {
            setters.push(format!(".{}({value})", camel_case(&format!("{what}_{name}"))));
        };
        match field {
            Field::Code(code) => set("set", code.clone()),
            Field::Long(number) => set("set", format!("{number}L")),
            Field::Float(number) => set("set", format!("{number}f")),
            Field::True => set("set", "true".to_owned()),
            Field::Message(message) => set("set", builder(message)),
            Field::Several(messages) => {
                for message in messages {
                    set("add", builder(message));
                }
            }
            Field::Entries(entries) => {
                for (key, message) in entries {
                    set("put", format!("{}, {}.build()", text(key), builder(message)));
                }
            }
        }
    }
    setters
}

fn builder(message: &Message) -> String {
    // Maps of Java are meant more often: a message of the same name says where it is.
    let at = if message.name.starts_with("Map") { format!("{API}.") } else { String::new() };
    format!("{at}{}.newBuilder(){}", message.name, setters(message).concat())
}

impl Language for Java {
    fn words(&self) -> &'static Words {
        &WORDS
    }

    fn adapt(&self, method: &str, arguments: &mut Vec<String>) -> Option<&'static str> {
        match method {
            "declare_wf_run_id" => {
                arguments.push("VariableType.WF_RUN_ID".to_owned());
                return Some("add_variable");
            }
            "spawn_thread" if arguments.len() == 2 => arguments.push("Map.of()".to_owned()),
            "handle_error_on_child" | "handle_exception_on_child" if arguments.len() == 1 => {
                arguments.insert(0, "null".to_owned());
            }
            _ => {}
        }
        None
    }

    fn literal(&self, value: &Value) -> Said<String> {
        literals::literal(value)
    }

    fn argument(&self, term: &Term) -> String {
        if term.is_null() { "(Serializable) null".to_owned() } else { term.code.clone() }
    }

    fn map(&self, entries: &[(String, Term)]) -> String {
        let pair = |(name, value): &(String, Term)| format!("{}, {}", text(name), value.code);
        if entries.len() <= 10 {
            let pairs: Vec<_> = entries.iter().map(pair).collect();
            return format!("Map.of({})", pairs.join(", "));
        }
        let pairs: Vec<_> =
            entries.iter().map(|entry| format!("Map.entry({})", pair(entry))).collect();
        format!("Map.ofEntries({})", pairs.join(", "))
    }

    fn message(&self, message: &Message) -> String {
        format!("{}.build()", builder(message))
    }

    /// The fields stand on lines of their own.
    fn put(&self, definition: &Message) -> Vec<String> {
        let what = &definition.name;
        let start = format!("    client.put{what}(Put{what}Request.newBuilder()");
        let setters = setters(definition);
        if let [name] = setters.as_slice() {
            return vec![format!("{start}{name}.build());")];
        }
        let mut lines = vec![start];
        lines.extend(setters.iter().map(|setter| format!("            {setter}")));
        lines.push("            .build());".to_owned());
        lines
    }

    fn type_name(&self, found: &TypeDef) -> Said<String> {
        Ok(match found.primitive() {
            Some(VarType::Double) => "double".to_owned(),
            Some(VarType::Bool) => "boolean".to_owned(),
            Some(VarType::Int) => "long".to_owned(),
            _ => structs::boxed(found),
        })
    }

    fn class(&self, found: &TypeDef) -> Said<String> {
        structs::class(found)
    }

    fn payload_class(&self, found: VarType) -> Option<&'static str> {
        Some(match found {
            VarType::JsonObj => "Map.class",
            VarType::JsonArr => "List.class",
            VarType::Double => "Double.class",
            VarType::Bool => "Boolean.class",
            VarType::Str => "String.class",
            VarType::Int => "Long.class",
            VarType::Bytes => "byte[].class",
            VarType::WfRunId => "WfRunId.class",
            VarType::Timestamp => "Instant.class",
        })
    }

    fn build_struct(
        &self,
        thread: &str,
        id: &StructDefId,
        fields: &[(String, BuiltField)],
    ) -> Said<String> {
        let arguments = vec![text(&id.name), id.version.to_string()];
        let start = invoke(self, thread, "build_struct", arguments);
        Ok(start + &structs::puts(thread, fields))
    }

    fn has_methods(&self, term: &Term) -> bool {
        !matches!(term.kind, TermKind::Format | TermKind::Literal(_) | TermKind::Built)
    }

    fn compares(&self, left: &Term, comparator: Comparator) -> bool {
        let only_of_variables =
            matches!(comparator, Comparator::LessThanEq | Comparator::GreaterThanEq);
        matches!(left.kind, TermKind::Variable(_)) || (self.has_methods(left) && !only_of_variables)
    }

    fn combine(
        &self,
        thread: &str,
        operation: MutationType,
        method: &str,
        left: &Term,
        right: &Term,
    ) -> Said<String> {
        let (a, b) = (left.code.clone(), right.code.clone());
        let fits = operation != MutationType::RemoveIndex
            || self.has_methods(right)
            || right.int().is_some_and(|index| i32::try_from(index).is_ok());
        if self.has_methods(left) && fits {
            Ok(invoke(self, &a, method, vec![b]))
        } else if matches!(operation, MutationType::And | MutationType::Or) {
            Err("LittleHorse's Java SDK has no and, or behind a literal.".to_owned())
        } else {
            Ok(invoke(self, thread, method, vec![a, b]))
        }
    }

    fn cast(&self, _operand: &Term, _to: VarType) -> Said<String> {
        Err("LittleHorse's Java SDK does not cast literals and templates.".to_owned())
    }

    fn input_default(&self, value: &Value) -> Said<String> {
        Ok(self.message(&variable_value(self, value)?))
    }

    fn statement(&self, keep: Option<&str>, call: &Call, made: &Made) -> Vec<String> {
        let type_name = match call {
            Call::Task { .. } => "TaskNodeOutput",
            Call::Event { .. } => "ExternalEventNodeOutput",
            Call::Start { .. } => "SpawnedThread",
            Call::StartEach { .. } => "SpawnedThreads",
            Call::WaitFor { .. } | Call::WaitForEach { .. } => "WaitForThreadsNodeOutput",
            Call::UserTask { .. } => "UserTaskOutput",
            Call::RunWf { .. } => "SpawnedChildWf",
            Call::Sleep(_)
            | Call::SleepUntil(_)
            | Call::Throw { .. }
            | Call::WaitForCondition(_)
            | Call::WaitForWf(_)
            | Call::Fail { .. }
            | Call::Complete(_) => "NodeOutput",
        };
        let start = keep.map_or_else(String::new, |name| format!("{type_name} {name} = "));
        let line = format!("{start}{}{};", made.code, made.more.concat());
        if made.more.is_empty() || line.chars().count() <= 100 {
            return vec![line];
        }
        let mut lines = vec![format!("{start}{}", made.code)];
        lines.extend(made.more.iter().map(|more| format!("        {more}")));
        if let Some(last) = lines.last_mut() {
            last.push(';');
        }
        lines
    }

    fn branches(
        &self,
        thread: &str,
        _number: usize,
        branches: &[(Term, Body)],
        otherwise: Option<&Body>,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, (condition, body)) in branches.iter().enumerate() {
            if index == 0 {
                lines.push(format!("{thread}.doIf({}, ", condition.code));
            } else if let Some(last) = lines.last_mut() {
                last.push_str(&format!(".doElseIf({}, ", condition.code));
            }
            join(&mut lines, lambda(body));
            join(&mut lines, vec![")".to_owned()]);
        }
        if let Some(body) = otherwise {
            join(&mut lines, vec![".doElse(".to_owned()]);
            join(&mut lines, lambda(body));
            join(&mut lines, vec![")".to_owned()]);
        }
        join(&mut lines, vec![";".to_owned()]);
        lines
    }

    fn repeat(&self, thread: &str, _number: usize, condition: &Term, body: &Body) -> Vec<String> {
        let mut lines = vec![format!("{thread}.doWhile({}, ", condition.code)];
        join(&mut lines, lambda(body));
        join(&mut lines, vec![");".to_owned()]);
        lines
    }

    fn function(&self, name: &str, body: &Body) -> Vec<String> {
        let mut lines = vec![format!("ThreadFunc {name} = ")];
        join(&mut lines, lambda(body));
        join(&mut lines, vec![";".to_owned()]);
        lines
    }

    fn file(&self, outline: &Outline<'_>) -> Said<String> {
        file::write(outline)
    }
}
