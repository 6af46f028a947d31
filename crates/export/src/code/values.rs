//! Values as code.

use std::collections::HashMap;

use halter_spec::model::{
    Comparator, InlineStructBuilder, InlineStructFieldValue, MutationType, Operator, Path,
    Selector, Source, Type, VarType, VariableAssignment,
};

use super::invoke::invoke;
use super::language::{BuiltField, Language, Said, Term, TermKind};
use super::message::variable_type;
use super::text;

/// What is seen at a place: variables and kept outputs, by the names that they have in code.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// The thread's own name in code.
    pub(crate) thread: String,
    pub(crate) variables: HashMap<String, Term>,
    pub(crate) outputs: HashMap<String, String>,
    /// By the variables with the numbers of started threads: what was started, and whether they are several.
    pub(crate) started: HashMap<String, (String, bool)>,
    /// By the nodes that start child workflows: what they have given.
    pub(crate) workflows: HashMap<String, String>,
}

/// Writes a value.
pub(crate) fn value(
    language: &dyn Language,
    scope: &Scope,
    value: &VariableAssignment,
) -> Said<Term> {
    let part = |part: &VariableAssignment| self::value(language, scope, part);
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
            self::format(language, &scope.thread, &part(format)?, &arguments?)?
        }
        Source::Expression(parts) => {
            binary(language, &scope.thread, parts.operator, &part(&parts.lhs)?, &part(&parts.rhs)?)?
        }
        Source::SizeOf(operand) => {
            let operand = part(operand)?;
            language.size_of(&operand)?;
            Term::new(invoke(language, &operand.code, "size", Vec::new()), TermKind::Size)
        }
        Source::StructBuilder(id, builder) => {
            let fields = built(language, scope, builder)?;
            Term::new(language.build_struct(&scope.thread, id, &fields)?, TermKind::Built)
        }
        Source::MapBuilder(..) => {
            return Err("LittleHorse's SDKs 1.2 build no Map.".to_owned());
        }
    };
    if let Some(path) = &value.path {
        term = with_path(language, &term, path)?;
    }
    match &value.target_type {
        None => Ok(term),
        Some(target) if target.masked => Err("the SDK has no cast to a masked type.".to_owned()),
        Some(target) => match target.primitive() {
            Some(to) => cast(language, &term, to),
            None => Err(format!("the SDK has no cast to {}.", target.of)),
        },
    }
}

fn built(
    language: &dyn Language,
    scope: &Scope,
    builder: &InlineStructBuilder,
) -> Said<Vec<(String, BuiltField)>> {
    let field = |(name, field): (&String, &InlineStructFieldValue)| {
        let field = match field {
            InlineStructFieldValue::Simple(simple) => {
                BuiltField::Value(value(language, scope, simple)?)
            }
            InlineStructFieldValue::SubStructure(inner) => {
                BuiltField::Struct(built(language, scope, inner)?)
            }
        };
        Ok((name.clone(), field))
    };
    builder.fields.iter().map(field).collect()
}

fn format(language: &dyn Language, thread: &str, format: &Term, arguments: &[Term]) -> Said<Term> {
    if format.text().is_none() {
        return Err("the SDK's templates are literal texts.".to_owned());
    }
    let mut all = vec![format.code.clone()];
    all.extend(arguments.iter().map(|argument| language.argument(argument)));
    Ok(Term::new(invoke(language, thread, "format", all), TermKind::Format))
}

fn binary(
    language: &dyn Language,
    thread: &str,
    operator: Operator,
    left: &Term,
    right: &Term,
) -> Said<Term> {
    match operator {
        Operator::Compare(comparator) => {
            let right = right.code.clone();
            let code = if language.compares(left, comparator) {
                let method = match comparator {
                    Comparator::Equals => "is_equal_to".to_owned(),
                    Comparator::NotEquals => "is_not_equal_to".to_owned(),
                    other => format!("is_{}", other.name().to_lowercase()),
                };
                invoke(language, &left.code, &method, vec![right])
            } else {
                let comparator = format!("Comparator.{}", comparator.name());
                invoke(language, thread, "condition", vec![left.code.clone(), comparator, right])
            };
            Ok(Term::new(code, TermKind::Comparison))
        }
        Operator::Mutation(MutationType::Assign) => Err("an expression can't assign.".to_owned()),
        Operator::Mutation(operation) => {
            let method = operation.name().to_lowercase();
            let code = language.combine(thread, operation, &method, left, right)?;
            Ok(Term::new(code, TermKind::Expression))
        }
    }
}

fn cast(language: &dyn Language, operand: &Term, to: VarType) -> Said<Term> {
    let code = if language.has_methods(operand) {
        let (method, arguments) = match to {
            VarType::JsonObj | VarType::JsonArr | VarType::Timestamp => {
                ("cast_to".to_owned(), vec![variable_type(to)])
            }
            other => (format!("cast_to_{}", other.name().to_lowercase()), Vec::new()),
        };
        invoke(language, &operand.code, &method, arguments)
    } else {
        language.cast(operand, to)?
    };
    Ok(Term::new(code, TermKind::Cast))
}

/// A part of a value.
pub(crate) fn with_path(language: &dyn Language, base: &Term, path: &Path) -> Said<Term> {
    match &base.kind {
        TermKind::Variable(_) | TermKind::Output => {}
        _ => return Err("the SDK takes a part of a variable or an output only.".to_owned()),
    }
    match path {
        Path::JsonPath(path) if path.starts_with("$.") => {
            let kind = match &base.kind {
                TermKind::Variable(Type::Primitive(VarType::JsonObj | VarType::JsonArr)) => {
                    TermKind::Variable(Type::Primitive(VarType::JsonObj))
                }
                TermKind::Variable(_) => {
                    return Err("the SDK has JSON paths into JSON only.".to_owned());
                }
                _ => base.kind.clone(),
            };
            Ok(Term::new(invoke(language, &base.code, "json_path", vec![text(path)]), kind))
        }
        Path::JsonPath(path) => Err(format!("the SDK's JSON paths begin with \"$.\", not {path}.")),
        Path::LhPath(selectors) => {
            let mut term = base.clone();
            for selector in selectors {
                let part = match selector {
                    Selector::Key(key) => text(key),
                    Selector::Index(index) => index.to_string(),
                    Selector::Dynamic(_) => {
                        return Err("the SDK has no computed keys in paths.".to_owned());
                    }
                };
                match &term.kind {
                    TermKind::Variable(found) => language.part_of_variable(found, selector)?,
                    _ => language.part_of(&term, selector)?,
                }
                term.code = invoke(language, &term.code, "get", vec![part]);
            }
            Ok(term)
        }
    }
}
