//! What LittleHorse's Java SDK can't say.

use halter_spec::model::{Selector, Type, VarType};

use super::Java;
use crate::code::{Action, Call, Language, Limits, Said, Term, TermKind};

fn only_if(holds: bool, otherwise: &str) -> Said<()> {
    if holds { Ok(()) } else { Err(format!("LittleHorse's Java SDK {otherwise}")) }
}

fn is_variable(term: &Term) -> bool {
    matches!(term.kind, TermKind::Variable(_))
}

/// What doIf, doWhile and waitForCondition take.
fn is_condition(term: &Term) -> bool {
    matches!(term.kind, TermKind::Comparison | TermKind::Expression)
}

fn is_small(term: &Term) -> bool {
    term.int().is_some_and(|number| i32::try_from(number).is_ok())
}

fn inputs(variables: &[(String, Term)]) -> Said<()> {
    only_if(
        !variables.iter().any(|(_, value)| value.is_null()),
        "takes no empty value for a variable of a thread.",
    )
}

impl Limits for Java {
    fn size_of(&self, operand: &Term) -> Said<()> {
        only_if(self.has_methods(operand), "has no size of a literal.")
    }

    fn part_of(&self, output: &Term, part: &Selector) -> Said<()> {
        match part {
            Selector::Key(_) => {
                only_if(!output.code.contains(".get("), "takes one key of an output.")
            }
            Selector::Index(_) | Selector::Dynamic(_) => {
                only_if(false, "takes no index of an output.")
            }
        }
    }

    fn branch(&self, first: bool, condition: &Term) -> Said<()> {
        only_if(
            is_condition(condition) || (first && is_variable(condition)),
            "branches on a comparison, or on several with and, or.",
        )
    }

    fn part_of_variable(&self, found: &Type, part: &Selector) -> Said<()> {
        let takes = match (found, part) {
            (Type::Primitive(VarType::JsonObj | VarType::JsonArr), _)
            | (Type::Struct(_) | Type::Map(_), Selector::Key(_))
            | (Type::Array(_), Selector::Index(_)) => true,
            (
                Type::Primitive(_)
                | Type::Struct(_)
                | Type::Map(_)
                | Type::Array(_)
                | Type::Unknown,
                _,
            ) => false,
        };
        only_if(takes, "takes a key of JSON, a struct or a Map, and an index of JSON or an Array.")
    }

    fn default_of(&self, found: &Type) -> Said<()> {
        only_if(!matches!(found, Type::Struct(_)), "takes no default for a struct.")
    }

    fn call(&self, call: &Call) -> Said<()> {
        match call {
            Call::Event { timeout, .. } => only_if(
                timeout.as_ref().is_none_or(is_small),
                "takes only a literal number of seconds as the timeout of an event.",
            ),
            Call::Start { variables, .. } => inputs(variables),
            Call::StartEach { variables, list, .. } => {
                only_if(is_variable(list), "starts threads for the elements of a variable only.")?;
                inputs(variables)
            }
            Call::SleepUntil(time) => {
                only_if(is_variable(time), "sleeps until the time of a variable only.")
            }
            Call::UserTask { user, group, notes, on_cancel, .. } => {
                let is_empty = |term: &Term| {
                    term.is_null() || term.text().is_some_and(|text| text.trim().is_empty())
                };
                only_if(
                    ![user, group].into_iter().flatten().any(is_empty),
                    "takes no empty user or group.",
                )?;
                let is_text = |term: &Term| term.text().is_some() || is_variable(term);
                only_if(
                    notes
                        .as_ref()
                        .is_none_or(|notes| is_text(notes) || notes.kind == TermKind::Format),
                    "takes a text, a variable or a template as notes.",
                )?;
                only_if(
                    on_cancel.as_ref().is_none_or(is_text),
                    "takes a text or a variable as the name of an exception.",
                )
            }
            Call::WaitForCondition(condition) => only_if(
                is_condition(condition),
                "waits for a comparison, or for several with and, or.",
            ),
            Call::RunWf { name, inputs: variables } => {
                let by_name = name.as_ref().is_ok_and(|name| !name.is_empty());
                only_if(
                    by_name || name.as_ref().is_err_and(is_variable),
                    "runs a workflow whose name stands there or in a variable only.",
                )?;
                inputs(variables)
            }
            Call::WaitForWf(_)
            | Call::Task { .. }
            | Call::WaitFor { .. }
            | Call::WaitForEach { .. }
            | Call::Sleep(_)
            | Call::Throw { .. }
            | Call::Fail { .. }
            | Call::Complete(_) => Ok(()),
        }
    }

    fn action(&self, action: &Action) -> Said<()> {
        match action {
            Action::Remind { delay, .. } => only_if(
                is_variable(delay) || is_small(delay),
                "takes a number or a variable as the delay of a reminder.",
            ),
            Action::Reassign { user, on_assignment, .. } => only_if(
                user.is_some() && *on_assignment,
                "reassigns a form to a user, on its assignment.",
            ),
            Action::Release { .. } | Action::Cancel { .. } => Ok(()),
        }
    }
}
