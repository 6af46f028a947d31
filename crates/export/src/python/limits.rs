//! What LittleHorse's Python SDK can't say.

use halter_spec::model::{Selector, Type, VarType};
use halter_spec::value::Value;

use super::Python;
use crate::code::{Action, Call, Limits, Said, Term, TermKind};

fn no<T>(reason: &str) -> Said<T> {
    Err(format!("LittleHorse's Python SDK {reason}"))
}

/// Whether a call with this as an argument would be taken as one without.
fn is_falsy(term: &Term) -> bool {
    matches!(&term.kind, TermKind::Literal(value) if !matches!(value, Value::Str(text) if !text.is_empty()))
}

impl Limits for Python {
    fn size_of(&self, _operand: &Term) -> Said<()> {
        no("has no size of a value.")
    }

    fn part_of(&self, _output: &Term, _part: &Selector) -> Said<()> {
        no("takes parts of outputs by JSON paths only.")
    }

    fn branch(&self, _first: bool, _condition: &Term) -> Said<()> {
        Ok(())
    }

    fn part_of_variable(&self, found: &Type, _part: &Selector) -> Said<()> {
        match found {
            Type::Primitive(VarType::JsonObj | VarType::JsonArr) | Type::Struct(_) => Ok(()),
            Type::Primitive(_) | Type::Array(_) | Type::Map(_) | Type::Unknown => {
                no("takes parts of JSON and of structs only.")
            }
        }
    }

    fn default_of(&self, found: &Type) -> Said<()> {
        if *found == VarType::Timestamp.into() {
            no("takes no default for a TIMESTAMP.")
        } else {
            Ok(())
        }
    }

    fn call(&self, call: &Call) -> Said<()> {
        match call {
            Call::Event { timeout: Some(timeout), .. }
                if timeout.int().is_none_or(|seconds| seconds <= 0) =>
            {
                no("takes only a literal number of seconds as the timeout of an event.")
            }
            Call::Sleep(length) => match length.kind {
                TermKind::Literal(_) if length.int().is_none_or(|seconds| seconds <= 0) => {
                    no("sleeps for a positive number of seconds.")
                }
                TermKind::Variable(ref found) if *found != VarType::Int.into() => {
                    no("sleeps for the seconds of an INT variable only.")
                }
                _ => Ok(()),
            },
            Call::SleepUntil(time) if time.kind != TermKind::Variable(VarType::Int.into()) => {
                no("sleeps until the time of an INT variable only.")
            }
            Call::UserTask { user, group, notes, on_cancel, .. }
                if [user, group, notes, on_cancel].into_iter().flatten().any(is_falsy)
                    || (user.is_none() && group.is_none()) =>
            {
                no("needs a user or a group for a form, and no empty texts.")
            }
            Call::Complete(Some(content)) if content.is_null() => {
                Err("the SDK takes no empty content.".to_owned())
            }
            Call::RunWf { name: Err(_), .. } => no("runs a workflow whose name stands there only."),
            Call::RunWf { .. }
            | Call::WaitForWf(_)
            | Call::Task { .. }
            | Call::Event { .. }
            | Call::Start { .. }
            | Call::StartEach { .. }
            | Call::WaitFor { .. }
            | Call::WaitForEach { .. }
            | Call::SleepUntil(_)
            | Call::UserTask { .. }
            | Call::Throw { .. }
            | Call::WaitForCondition(_)
            | Call::Fail { .. }
            | Call::Complete(_) => Ok(()),
        }
    }

    fn action(&self, action: &Action) -> Said<()> {
        match action {
            Action::Remind { on_assignment: true, .. } => {
                no("loses the arguments of a reminder on assignment.")
            }
            Action::Reassign { on_assignment: true, .. } => {
                no("reassigns a form on its arrival only.")
            }
            Action::Remind { .. }
            | Action::Reassign { .. }
            | Action::Release { .. }
            | Action::Cancel { .. } => Ok(()),
        }
    }
}
