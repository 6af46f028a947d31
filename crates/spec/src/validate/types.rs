//! V-TYPE: which types fit, and what operations make of them.

use super::Check;
use crate::about::About;
use crate::model::{
    Comparator, Expression, MutationType, NodeKind, Operator, Path, Selector, Source,
    TaskToExecute, ThreadSpec, Type, VarType, VariableAssignment,
};

/// The type that an operation on a value of this type gives. What stands at its right is `a`, whose type is `rhs`, if it is known.
pub(super) fn applied(
    lhs: &Type,
    operation: MutationType,
    rhs: Option<&Type>,
    a: &VariableAssignment,
) -> Result<Option<Type>, About> {
    match rhs {
        Some(rhs) => self::operation(lhs, operation, rhs),
        None if a.is_null() => with_null(lhs, operation).map(Some),
        None => Ok(None),
    }
}

/// The type that an operation gives; an error if the types don't go together; `None` if that is not known.
fn operation(lhs: &Type, operation: MutationType, rhs: &Type) -> Result<Option<Type>, About> {
    use MutationType as M;
    let fits = match (lhs, operation, rhs) {
        (_, M::And | M::Or, _) => return Ok(Some(Type::Primitive(VarType::Bool))),
        (Type::Unknown, _, _) | (_, _, Type::Unknown) => return Ok(None),
        (Type::Primitive(left), _, Type::Primitive(right)) => {
            return match of_primitives(*left, operation, *right) {
                Some(result) => Ok(Some(Type::Primitive(result))),
                None => Err(About::NoOperation { operation, lhs: lhs.clone(), rhs: rhs.clone() }),
            };
        }
        (_, M::Assign, _) => rhs.can_be(lhs),
        // Anything can be appended to JSON.
        (Type::Primitive(left), _, _) => *left == VarType::JsonArr && operation == M::Add,
        (Type::Array(element), M::RemoveIfPresent, _) => element.of == *rhs,
        (Type::Array(_), M::RemoveIndex, _) => rhs.primitive().is_some_and(VarType::is_number),
        (Type::Array(element), M::Extend, _) => element.of == *rhs || lhs == rhs,
        (Type::Map(map), M::RemoveKey, _) => rhs.can_be(&map.key.of),
        (Type::Map(_), M::Extend, _) => matches!(rhs, Type::Map(_)),
        (Type::Struct(_) | Type::Array(_) | Type::Map(_), _, _) => false,
    };
    if fits {
        Ok(Some(lhs.clone()))
    } else {
        Err(About::NoOperation { operation, lhs: lhs.clone(), rhs: rhs.clone() })
    }
}

/// The same with a literal null at the right: nearly nothing goes together with it.
fn with_null(lhs: &Type, operation: MutationType) -> Result<Type, About> {
    use MutationType as M;
    match (lhs, operation) {
        (_, M::And | M::Or) => Ok(Type::Primitive(VarType::Bool)),
        (Type::Primitive(VarType::JsonArr), M::Add) | (Type::Map(_), M::RemoveKey) => {
            Ok(lhs.clone())
        }
        (
            Type::Unknown | Type::Primitive(_) | Type::Struct(_) | Type::Array(_) | Type::Map(_),
            _,
        ) => Err(About::NoOperation { operation, lhs: lhs.clone(), rhs: Type::Unknown }),
    }
}

/// The same for VariableTypes; `None` if they don't go together.
fn of_primitives(lhs: VarType, operation: MutationType, rhs: VarType) -> Option<VarType> {
    use MutationType as M;
    use VarType as T;
    let if_number = |result: VarType| rhs.is_number().then_some(result);
    let is_word = !matches!(rhs, T::JsonObj | T::JsonArr | T::Bytes);
    match (lhs, operation) {
        (T::Int, M::Pow) => if_number(rhs),
        (T::Int | T::Double, M::Add | M::Subtract | M::Multiply | M::Divide | M::Pow)
        | (T::JsonArr | T::Str, M::RemoveIndex) => if_number(lhs),
        (_, M::Assign) if rhs.can_be(lhs) => Some(lhs),
        (T::JsonArr | T::Bytes, M::Extend) if rhs == lhs => Some(lhs),
        (T::Str, M::Add | M::Extend | M::RemoveIfPresent)
        | (T::JsonArr | T::JsonObj, M::RemoveIfPresent)
        | (T::JsonObj, M::RemoveKey)
            if is_word =>
        {
            Some(lhs)
        }
        (T::JsonArr, M::Add) => Some(lhs),
        _ => None,
    }
}

/// Whether two types can be compared.
pub(super) fn comparison(lhs: &Type, comparator: Comparator, rhs: &Type) -> Result<(), About> {
    use VarType as T;
    let has_magnitude = |of: &Type| {
        matches!(
            of,
            Type::Primitive(T::Int | T::Double | T::Str | T::Bool | T::Timestamp) | Type::Unknown
        )
    };
    let includes = match rhs {
        Type::Primitive(found) => matches!(found, T::JsonArr | T::JsonObj),
        Type::Unknown | Type::Struct(_) | Type::Array(_) | Type::Map(_) => true,
    };
    let fits = match comparator {
        _ if *rhs == Type::Unknown => true,
        Comparator::Equals | Comparator::NotEquals => {
            lhs == rhs || (has_magnitude(lhs) && has_magnitude(rhs))
        }
        Comparator::LessThan
        | Comparator::LessThanEq
        | Comparator::GreaterThan
        | Comparator::GreaterThanEq => has_magnitude(rhs),
        Comparator::In | Comparator::NotIn => {
            includes && (*rhs == Type::Primitive(T::JsonArr) || *lhs == Type::Primitive(T::Str))
        }
    };
    if fits {
        Ok(())
    } else {
        Err(About::NoComparison { lhs: lhs.clone(), comparator, rhs: rhs.clone() })
    }
}

impl<'d> Check<'d> {
    /// The type of an assignment; `None` if it is not known before the run.
    pub(super) fn type_of(
        &self,
        spec: &'d ThreadSpec,
        a: &VariableAssignment,
    ) -> Result<Option<Type>, About> {
        match &a.target_type {
            Some(target) => Ok(Some(target.of.clone())),
            None => self.source_type(spec, a),
        }
    }

    /// The type of an assignment before its cast.
    pub(super) fn source_type(
        &self,
        spec: &'d ThreadSpec,
        a: &VariableAssignment,
    ) -> Result<Option<Type>, About> {
        if let Some(Path::JsonPath(_)) = a.path {
            return Ok(None);
        }
        match (self.whole_type(spec, &a.source)?, &a.path) {
            (Some(whole), Some(Path::LhPath(selectors))) => self.part(whole, selectors),
            (whole, _) => Ok(whole),
        }
    }

    /// The type of that of which a path leads to a part.
    pub(super) fn whole_type(
        &self,
        spec: &'d ThreadSpec,
        source: &Source,
    ) -> Result<Option<Type>, About> {
        let int = Type::Primitive(VarType::Int);
        Ok(match source {
            Source::Variable(name) => self.variable_type(spec, name),
            Source::Literal(value) => Some(value.type_of()).filter(|of| *of != Type::Unknown),
            Source::FormatString(..) => Some(Type::Primitive(VarType::Str)),
            // Nothing has no size; a cast counts for nothing here.
            Source::SizeOf(operand) if operand.is_null() => {
                return Err(About::NoSize(Type::Unknown));
            }
            Source::SizeOf(operand) => match self.source_type(spec, operand)? {
                None | Some(Type::Primitive(VarType::Str | VarType::JsonArr) | Type::Array(_)) => {
                    Some(int)
                }
                Some(other) => return Err(About::NoSize(other)),
            },
            Source::NodeOutput(node) => {
                spec.nodes.get(node).and_then(|n| self.output_type(&n.kind))
            }
            Source::Expression(expression) => self.expression_type(spec, expression)?,
            Source::StructBuilder(id, _) => Some(Type::Struct(id.clone())),
            Source::MapBuilder(map_type, _) => map_type.clone().map(Type::Map),
        })
    }

    /// The type of a part; `None` within JSON, and where only the name of a StructDef is known.
    fn part(&self, whole: Type, selectors: &[Selector]) -> Result<Option<Type>, About> {
        let mut of = whole;
        for selector in selectors {
            let none = |of: &Type| {
                let part = match selector {
                    Selector::Key(key) => format!("\"{key}\""),
                    Selector::Index(index) => index.to_string(),
                    Selector::Dynamic(_) => "that is computed".to_owned(),
                };
                Err(About::NoPart { of: of.clone(), part })
            };
            of = match (&of, selector) {
                (Type::Primitive(VarType::JsonArr | VarType::JsonObj) | Type::Unknown, _) => {
                    return Ok(None);
                }
                (Type::Struct(id), Selector::Key(key)) => {
                    let def = self.document.struct_defs.get(&*id.name);
                    let Some(fields) = def.and_then(|def| def.fields.as_ref()) else {
                        return Ok(None);
                    };
                    match fields.get(key) {
                        Some(field) => field.type_def.of.clone(),
                        None => return none(&of),
                    }
                }
                (Type::Array(element), Selector::Index(_) | Selector::Dynamic(_)) => {
                    element.of.clone()
                }
                (Type::Map(map), Selector::Key(_) | Selector::Dynamic(_)) => map.value.of.clone(),
                (Type::Primitive(_) | Type::Struct(_) | Type::Array(_) | Type::Map(_), _) => {
                    return none(&of);
                }
            };
        }
        Ok(Some(of))
    }

    /// Whether it is the output of a task or the content of an event of which only the name is known, as in
    /// pasted JSON: then nobody knows its type, and the server may.
    pub(super) fn is_output_of_unknown(&self, spec: &ThreadSpec, a: &VariableAssignment) -> bool {
        let Source::NodeOutput(node) = &a.source else {
            return false;
        };
        let document = self.document;
        a.path.is_none()
            && spec.nodes.get(node).is_some_and(|node| match &node.kind {
                NodeKind::Task(task) => match &task.task {
                    TaskToExecute::TaskDef(name) => document
                        .task_defs
                        .get(name)
                        .is_some_and(|def| def.return_type.is_none() && def.input_vars.is_empty()),
                    TaskToExecute::Dynamic(_) => false,
                },
                NodeKind::ExternalEvent(event) => document
                    .external_event_defs
                    .get(&event.external_event_def)
                    .is_some_and(|def| def.content_type.is_none()),
                NodeKind::Entrypoint
                | NodeKind::Exit(_)
                | NodeKind::Nop
                | NodeKind::StartThread(_)
                | NodeKind::StartMultipleThreads(_)
                | NodeKind::WaitForThreads(_)
                | NodeKind::Sleep(_)
                | NodeKind::UserTask(_)
                | NodeKind::ThrowEvent(_)
                | NodeKind::RunChildWf(_)
                | NodeKind::WaitForCondition(_) => false,
                // Of the child's WfSpec only the name is known.
                NodeKind::WaitForChildWf(_) => true,
            })
    }

    fn expression_type(
        &self,
        spec: &'d ThreadSpec,
        expression: &Expression,
    ) -> Result<Option<Type>, About> {
        // The server asks the sides of a comparison for their types only where it is a condition.
        let Operator::Mutation(op) = expression.operator else {
            return Ok(Some(Type::Primitive(VarType::Bool)));
        };
        let (lhs, rhs) = (&expression.lhs, &expression.rhs);
        let sides = (self.type_of(spec, lhs)?, self.type_of(spec, rhs)?);
        sides.0.map_or(Ok(None), |lhs| applied(&lhs, op, sides.1.as_ref(), rhs))
    }

    pub(super) fn output_type(&self, kind: &NodeKind) -> Option<Type> {
        let document = self.document;
        let returned = |r: Option<&crate::model::ReturnType>| {
            r?.type_def.as_ref().map(|type_def| type_def.of.clone())
        };
        let primitive = |found| Some(Type::Primitive(found));
        match kind {
            NodeKind::Task(task) => match &task.task {
                TaskToExecute::TaskDef(name) => {
                    returned(document.task_defs.get(name)?.return_type.as_ref())
                }
                TaskToExecute::Dynamic(_) => None,
            },
            NodeKind::ExternalEvent(event) => {
                let def = document.external_event_defs.get(&event.external_event_def)?;
                returned(def.content_type.as_ref())
            }
            NodeKind::StartThread(_) => primitive(VarType::Int),
            NodeKind::StartMultipleThreads(_) => primitive(VarType::JsonArr),
            NodeKind::UserTask(_) => primitive(VarType::JsonObj),
            NodeKind::RunChildWf(_) => primitive(VarType::WfRunId),
            NodeKind::Entrypoint
            | NodeKind::Exit(_)
            | NodeKind::WaitForThreads(_)
            | NodeKind::Nop
            | NodeKind::Sleep(_)
            | NodeKind::ThrowEvent(_)
            | NodeKind::WaitForCondition(_)
            | NodeKind::WaitForChildWf(_) => None,
        }
    }
}
