//! Python, for LittleHorse's littlehorse-client.

mod file;
mod limits;
mod literals;
mod names;

use halter_spec::model::{Comparator, MutationType, StructDefId, Type, TypeDef, VarType};
use halter_spec::value::Value;

use crate::code::{
    Body, BuiltField, Call, Field, Language, Made, Message, Outline, Said, Term, TermKind, Words,
    invoke, text,
};

pub(crate) use names::module;

/// The language and its SDK.
pub(crate) struct Python;

const WORDS: Words = Words {
    sdk: "LittleHorse's Python SDK",
    snake_case: true,
    is_reserved: names::is_reserved,
    keywords: true,
    end: "",
    variable: "",
    number_of: "number",
    // With no class at all the SDK says nothing of the payload, not that there is none.
    no_payload: None,
    indexed: (&[VarType::JsonObj], "a JSON_OBJ"),
};

/// The lines inside something, or `pass`.
fn indented(lines: &[String]) -> Vec<String> {
    if lines.iter().all(String::is_empty) {
        return vec!["    pass".to_owned()];
    }
    let lines = lines.iter().skip_while(|line| line.is_empty());
    lines.map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }).collect()
}

fn definition(name: &str, body: &Body) -> Vec<String> {
    let mut lines = vec![format!("def {name}({}: WorkflowThread) -> None:", body.thread)];
    lines.extend(indented(&body.lines));
    lines
}

fn fields(message: &Message) -> Vec<String> {
    let fields = message.fields.iter().map(|(name, field)| match field {
        Field::Code(code) => format!("{name}={code}"),
        Field::Long(number) => format!("{name}={number}"),
        Field::Float(number) => format!("{name}={}", literals::double(f64::from(*number))),
        Field::True => format!("{name}=True"),
        Field::Message(message) => format!("{name}={}", Python.message(message)),
        Field::Several(messages) => {
            let messages: Vec<_> = messages.iter().map(|one| Python.message(one)).collect();
            format!("{name}=[{}]", messages.join(", "))
        }
        Field::Entries(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, one)| format!("{}: {}", text(key), Python.message(one)))
                .collect();
            format!("{name}={{{}}}", entries.join(", "))
        }
    });
    fields.collect()
}

impl Language for Python {
    fn words(&self) -> &'static Words {
        &WORDS
    }

    fn adapt(&self, method: &str, arguments: &mut Vec<String>) -> Option<&'static str> {
        match (method, arguments.as_mut_slice()) {
            // Its number is 0, which the SDK takes for none.
            ("handle_error", [_, what, function]) if what == "LHErrorType.CHILD_FAILURE" => {
                "\"CHILD_FAILURE\"".clone_into(what);
                std::mem::swap(what, function);
                return Some("handle_exception");
            }
            ("spawn_thread_for_each", [_, before, behind, ..])
            | ("handle_error" | "handle_exception", [_, before, behind])
            | ("handle_error_on_child" | "handle_exception_on_child", [before, behind]) => {
                std::mem::swap(before, behind);
            }
            // The content stands last.
            ("fail", all @ [_, _, _]) => all.rotate_left(1),
            // The delay stands first, behind the form.
            ("reassign_user_task", [_, all @ ..]) if !all.is_empty() => {
                all.rotate_right(1);
            }
            ("wait_for_first_of", _) => {
                arguments.push("WaitForThreadsStrategy.WAIT_FOR_FIRST".to_owned());
            }
            ("wait_for_any_of", _) => {
                arguments.push("WaitForThreadsStrategy.WAIT_FOR_ANY".to_owned());
            }
            _ => {}
        }
        Some(match method {
            "and" => "do_and",
            "json_path" => "with_json_path",
            "of" => "from_list",
            "or" => "do_or",
            "reassign_user_task" => "reassign_user_task_on_deadline",
            "register_interrupt_handler" => "add_interrupt_handler",
            "sleep_seconds" => "sleep",
            "wait_for_any_of" | "wait_for_first_of" => "wait_for_threads",
            _ => return None,
        })
    }

    fn literal(&self, value: &Value) -> Said<String> {
        literals::literal(value)
    }

    fn map(&self, entries: &[(String, Term)]) -> String {
        let entries: Vec<_> =
            entries.iter().map(|(name, value)| format!("{}: {}", text(name), value.code)).collect();
        format!("{{{}}}", entries.join(", "))
    }

    fn message(&self, message: &Message) -> String {
        format!("{}({})", message.name, fields(message).join(", "))
    }

    /// The fields stand on lines of their own if one is too short for them.
    fn put(&self, definition: &Message) -> Vec<String> {
        let (what, fields) = (&definition.name, fields(definition));
        let line = format!("    stub.Put{what}(Put{what}Request({}))", fields.join(", "));
        if line.len() <= 110 {
            return vec![line];
        }
        let mut lines = vec![format!("    stub.Put{what}("), format!("        Put{what}Request(")];
        lines.extend(fields.iter().map(|field| format!("            {field},")));
        lines.extend(["        )".to_owned(), "    )".to_owned()]);
        lines
    }

    fn type_name(&self, found: &TypeDef) -> Said<String> {
        let name = match &found.of {
            Type::Primitive(VarType::JsonObj) => "dict[str, Any]",
            Type::Primitive(VarType::JsonArr) => "list[Any]",
            Type::Primitive(VarType::Double) => "float",
            Type::Primitive(VarType::Bool) => "bool",
            Type::Primitive(VarType::Str) => "str",
            Type::Primitive(VarType::Int) => "int",
            Type::Primitive(VarType::Bytes) => "bytes",
            Type::Primitive(VarType::WfRunId) => "WfRunId",
            Type::Primitive(VarType::Timestamp) => "datetime.datetime",
            Type::Array(_) | Type::Map(_) | Type::Struct(_) | Type::Unknown => "Any",
        };
        Ok(name.to_owned())
    }

    fn class(&self, found: &TypeDef) -> Said<String> {
        Err(format!("LittleHorse's Python SDK 1.2 has no Array and no Map, here of {}.", found.of))
    }

    fn payload_class(&self, found: VarType) -> Option<&'static str> {
        match found {
            VarType::JsonObj => Some("dict"),
            VarType::JsonArr => Some("list"),
            VarType::Double => Some("float"),
            VarType::Bool => Some("bool"),
            VarType::Str => Some("str"),
            VarType::Int => Some("int"),
            VarType::Bytes | VarType::WfRunId | VarType::Timestamp => None,
        }
    }

    fn build_struct(
        &self,
        _thread: &str,
        id: &StructDefId,
        _fields: &[(String, BuiltField)],
    ) -> Said<String> {
        Err(format!("LittleHorse's Python SDK 1.2 builds no struct, here {}.", id.name))
    }

    fn has_methods(&self, term: &Term) -> bool {
        matches!(
            term.kind,
            TermKind::Variable(_) | TermKind::Output | TermKind::Expression | TermKind::Cast
        )
    }

    fn compares(&self, left: &Term, _comparator: Comparator) -> bool {
        matches!(left.kind, TermKind::Variable(_))
    }

    fn combine(
        &self,
        _thread: &str,
        operation: MutationType,
        method: &str,
        left: &Term,
        right: &Term,
    ) -> Said<String> {
        let logical = matches!(operation, MutationType::And | MutationType::Or);
        let has_method = match left.kind {
            TermKind::Variable(_) => !logical,
            TermKind::Comparison => logical,
            _ => self.has_methods(left),
        };
        let (a, b) = (&left.code, &right.code);
        Ok(if has_method && !right.is_null() {
            invoke(self, a, method, vec![b.clone()])
        } else {
            format!("LHExpression({a}, VariableMutationType.{}, {b})", operation.name())
        })
    }

    fn cast(&self, operand: &Term, to: VarType) -> Said<String> {
        Ok(format!("CastExpression({}, VariableType.{})", operand.code, to.name()))
    }

    fn input_default(&self, value: &Value) -> Said<String> {
        match value {
            Value::Array(_) | Value::Map(_) | Value::Struct(_) => self.literal(value),
            Value::Null
            | Value::JsonObj(_)
            | Value::JsonArr(_)
            | Value::Double(_)
            | Value::Bool(_)
            | Value::Str(_)
            | Value::Int(_)
            | Value::Bytes(_)
            | Value::WfRunId(_)
            | Value::Timestamp(_) => {
                Ok(format!("littlehorse.to_variable_value({})", self.literal(value)?))
            }
        }
    }

    fn statement(&self, keep: Option<&str>, _call: &Call, made: &Made) -> Vec<String> {
        let Some(name) = keep else {
            return vec![format!("{}{}", made.code, made.more.concat())];
        };
        let mut lines = vec![format!("{name} = {}", made.code)];
        lines.extend(made.more.iter().map(|more| format!("{name}{more}")));
        lines
    }

    fn branches(
        &self,
        thread: &str,
        number: usize,
        branches: &[(Term, Body)],
        otherwise: Option<&Body>,
    ) -> Vec<String> {
        let mut lines = vec![String::new()];
        let mut calls = Vec::new();
        let chained = branches.len() > 1 || otherwise.is_some();
        for (index, (condition, body)) in branches.iter().enumerate() {
            // No variable's name begins with a line: none of these is in the way of one.
            let (name, call) = if index == 0 {
                let kept = if chained { format!("_branch_{number} = ") } else { String::new() };
                (format!("_then_{number}"), format!("{kept}{thread}.do_if"))
            } else {
                (format!("_else_if_{number}_{index}"), format!("_branch_{number}.do_else_if"))
            };
            lines.extend(definition(&name, body));
            lines.push(String::new());
            calls.push(format!("{call}({}, {name})", condition.code));
        }
        if let Some(body) = otherwise {
            let name = format!("_else_{number}");
            lines.extend(definition(&name, body));
            lines.push(String::new());
            calls.push(format!("_branch_{number}.do_else({name})"));
        }
        lines.extend(calls);
        lines
    }

    fn repeat(&self, thread: &str, number: usize, condition: &Term, body: &Body) -> Vec<String> {
        let name = format!("_repeat_{number}");
        let mut lines = vec![String::new()];
        lines.extend(definition(&name, body));
        lines.push(String::new());
        lines.push(format!("{thread}.do_while({}, {name})", condition.code));
        lines
    }

    fn function(&self, name: &str, body: &Body) -> Vec<String> {
        definition(name, body)
    }

    fn file(&self, outline: &Outline<'_>) -> Said<String> {
        Ok(file::write(outline))
    }
}
