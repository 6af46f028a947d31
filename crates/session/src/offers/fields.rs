//! The fields of an offer: what is asked, what is suggested, what is read.

use halter_engine::program::{Node, NodeKind, Program, UserTaskDef};
use halter_engine::state::{NodeRunDetail, Position, RunState, TaskRun, ThreadNumber};
use halter_spec::composed::{self, StructDefs};
use halter_spec::model::{Document, SimulatedResult, Type};
use halter_spec::value::Value;

use crate::payload;
use crate::script;

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name, such as `payload` or a variable's.
    pub name: String,
    /// What it takes.
    pub shape: Shape,
    /// What stands in it at first.
    pub suggested: Draft,
    /// Whether it must hold something.
    pub required: bool,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A value of this type.
    Typed(Type),
    /// A value of a type that the user chooses, or none.
    Any,
    /// A message.
    Text,
    /// The name of an EXCEPTION: lower-case-with-dashes.
    ExceptionName,
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What was typed.
    pub text: String,
    /// The chosen type, where there is a choice; `None`: no value.
    pub of: Option<Type>,
}

impl Field {
    /// A field for a value of this type.
    pub(super) fn value_of(name: &str, of: &Type, text: String) -> Self {
        let suggested = Draft { text, of: Some(of.clone()) };
        let shape = Shape::Typed(of.clone());
        Field { name: name.to_owned(), shape, suggested, required: false }
    }

    /// A field for a value of any type, or none.
    pub(super) fn any(name: &str, suggested: Option<&Value>) -> Self {
        let suggested = Draft {
            text: suggested.map(payload::edit).unwrap_or_default(),
            of: suggested.map(Value::type_of).filter(|of| *of != Type::Unknown),
        };
        Field { name: name.to_owned(), shape: Shape::Any, suggested, required: false }
    }

    pub(super) fn text(name: &str, text: &str) -> Self {
        let suggested = Draft { text: text.to_owned(), of: None };
        Field { name: name.to_owned(), shape: Shape::Text, suggested, required: false }
    }

    pub(super) fn exception_name(name: &str, text: &str) -> Self {
        Field { shape: Shape::ExceptionName, required: true, ..Field::text(name, text) }
    }

    /// The value that a draft stands for.
    pub(super) fn value(&self, draft: &Draft, defs: &StructDefs) -> Result<Value, String> {
        let value = match (&self.shape, &draft.of) {
            (Shape::Typed(of), _) | (Shape::Any, Some(of)) => {
                payload::parse_as(&draft.text, of, defs)?
            }
            (Shape::Any, None) => Value::Null,
            (Shape::Text, _) => Value::str(draft.text.trim()),
            (Shape::ExceptionName, _) => exception_name(draft.text.trim())?,
        };
        if self.required && value == Value::Null {
            return Err(format!("{} is required.", self.name));
        }
        Ok(value)
    }
}

/// LittleHorse's rule for the names of EXCEPTIONs (R-FAIL).
fn exception_name(name: &str) -> Result<Value, String> {
    let fits =
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !name.is_empty()
            && !name.starts_with('-')
            && !name.ends_with('-');
    if fits {
        Ok(Value::str(name))
    } else {
        Err("The name of an exception is in lower-case-with-dashes, such as out-of-stock."
            .to_owned())
    }
}

/// A value to begin with, so that a click is enough to try.
pub(crate) fn example(of: &Type, defs: &StructDefs) -> String {
    payload::edit(&composed::example(of, defs))
}

/// The payload with which the document's own script posts this event first.
pub(super) fn suggested_payload(document: &Document, event: &str) -> Option<Value> {
    document.script.iter().find_map(|line| script::payload_of(line, event))
}

/// The TaskRun of a NodeRun.
pub(crate) fn task_run(
    state: &RunState,
    thread: ThreadNumber,
    position: Position,
) -> Option<&TaskRun> {
    if let NodeRunDetail::Task(Some(task)) = &state.node_run(thread, position)?.detail {
        Some(task)
    } else {
        None
    }
}

/// The form of a NodeRun.
pub(super) fn user_task_def<'a>(
    program: &'a Program,
    state: &RunState,
    thread: ThreadNumber,
    position: Position,
) -> Option<&'a UserTaskDef> {
    program.user_tasks.get(usize::from(state.form(thread, position)?.def))
}

/// Whether a node waits for events of this def.
pub(super) fn waits_for_event(node: &Node, def: u16) -> bool {
    matches!(&node.kind, NodeKind::ExternalEvent { event, .. } if *event == def)
}

/// What is offered as the result of a task.
pub(super) struct Simulated {
    pub(super) output: Option<Value>,
    pub(super) error: String,
    pub(super) exception: (String, String, Option<Value>),
}

impl Simulated {
    /// The output to begin with, in a field of this type.
    pub(super) fn output_text(&self, of: &Type, defs: &StructDefs) -> String {
        let output = self.output.as_ref().filter(|value| value.type_of() == *of);
        output.map_or_else(|| example(of, defs), payload::edit)
    }
}

/// What the document's simulated worker answers at this attempt (from 0); the last answer repeats.
pub(super) fn simulated(document: &Document, task: &str, attempt: usize) -> Option<Simulated> {
    let answers = document.simulate.get(task)?;
    let mut simulated = Simulated::default();
    match answers.get(attempt).or_else(|| answers.last())? {
        SimulatedResult::Output(value) => simulated.output = Some(value.clone()),
        SimulatedResult::Error(message) => simulated.error.clone_from(message),
        SimulatedResult::Exception(name, message, content) => {
            let content = Some(content.clone()).filter(|content| *content != Value::Null);
            simulated.exception = (name.clone(), message.clone(), content);
        }
    }
    Some(simulated)
}

/// What a child WfRun may return, to begin with: where it is kept in a variable, a value of its type. The child's WfSpec is
/// not known here.
pub(crate) fn child_wf_output(
    program: &Program,
    state: &RunState,
    thread: ThreadNumber,
    position: Position,
) -> Value {
    let of = program.child_wf_returns(state, thread, position);
    of.map_or(Value::Null, |of| composed::example(of, &program.struct_defs))
}

impl Default for Simulated {
    fn default() -> Self {
        Simulated {
            output: None,
            error: "the task failed".to_owned(),
            exception: ("out-of-stock".to_owned(), String::new(), None),
        }
    }
}
