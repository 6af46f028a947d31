//! Values as code.

use std::collections::HashMap;

use halter_spec::model::{Path, Selector, Source, VarType, VariableAssignment};

use super::language::{Language, Term, TermKind};

/// What is seen at a place: variables and kept outputs, by the names that they have in code.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    pub(crate) variables: HashMap<String, Term>,
    pub(crate) outputs: HashMap<String, String>,
    /// By the variables with the numbers of started threads: what was started, and whether they are several.
    pub(crate) started: HashMap<String, (String, bool)>,
}

/// Writes a value; `thread`: the thread's name in code.
pub(crate) fn value(
    language: &dyn Language,
    thread: &str,
    scope: &Scope,
    value: &VariableAssignment,
) -> Result<Term, String> {
    let part = |part: &VariableAssignment| self::value(language, thread, scope, part);
    let mut term = match &value.source {
        Source::Variable(name) => match scope.variables.get(name) {
            Some(term) => term.clone(),
            None => return Err(format!("the variable {name} is not seen in its function.")),
        },
        Source::Literal(literal) => {
            Term::new(language.literal(literal)?, TermKind::Literal(literal.clone()))
        }
        Source::NodeOutput(node) => match scope.outputs.get(node) {
            Some(name) => Term::new(name.as_str(), TermKind::Output),
            None => {
                return Err(format!(
                    "the output of {node} is not seen here: it is from another branch, or of a step that gives none."
                ));
            }
        },
        Source::FormatString(format, arguments) => {
            let arguments: Result<Vec<_>, _> = arguments.iter().map(part).collect();
            language.format(thread, &part(format)?, &arguments?)?
        }
        Source::Expression(parts) => {
            language.binary(thread, parts.operator, &part(&parts.lhs)?, &part(&parts.rhs)?)?
        }
        Source::SizeOf(operand) => language.size_of(&part(operand)?)?,
    };
    if let Some(path) = &value.path {
        term = with_path(language, &term, path)?;
    }
    match &value.target_type {
        None => Ok(term),
        Some(target) if target.masked => Err("the SDK has no cast to a masked type.".to_owned()),
        Some(target) => language.cast(&term, target.var_type),
    }
}

/// A part of a value.
pub(crate) fn with_path(language: &dyn Language, base: &Term, path: &Path) -> Result<Term, String> {
    match &base.kind {
        TermKind::Variable(VarType::JsonObj | VarType::JsonArr) | TermKind::Output => {}
        TermKind::Variable(_) => {
            return Err("the SDK takes a part of a JSON_OBJ or JSON_ARR only.".to_owned());
        }
        _ => return Err("the SDK takes a part of a variable or an output only.".to_owned()),
    }
    match path {
        Path::JsonPath(path) if path.starts_with("$.") => language.json_path(base, path),
        Path::JsonPath(path) => Err(format!("the SDK's JSON paths begin with \"$.\", not {path}.")),
        Path::LhPath(selectors) => {
            let mut term = base.clone();
            for selector in selectors {
                term = match selector {
                    Selector::Key(key) => language.get_key(&term, key)?,
                    Selector::Index(index) => language.get_index(&term, *index)?,
                    Selector::Dynamic(_) => {
                        return Err("the SDK has no computed keys in paths.".to_owned());
                    }
                };
            }
            Ok(term)
        }
    }
}
