//! V-TYPE: which types fit, and what operations make of them.

use super::Check;
use crate::about::About;
use crate::model::{
    Comparator, Expression, MutationType, NodeKind, Operator, Source, TaskToExecute, ThreadSpec,
    VarType, VariableAssignment,
};

/// The type that an operation gives; an error if the types don't go together; `None` if that is not known.
pub(super) fn operation(
    lhs: VarType,
    operation: MutationType,
    rhs: VarType,
) -> Result<Option<VarType>, About> {
    use MutationType as M;
    use VarType as T;
    let refuse = || Err(About::NoOperation { operation, lhs, rhs });
    let if_number = |result: VarType| {
        if rhs.is_number() { Ok(Some(result)) } else { refuse() }
    };
    match (lhs, operation) {
        (_, M::And | M::Or) => Ok(Some(T::Bool)),
        (T::Int, M::Pow) => if_number(rhs),
        (T::Int | T::Double, M::Add | M::Subtract | M::Multiply | M::Divide | M::Pow)
        | (T::JsonArr, M::RemoveIndex) => if_number(lhs),
        (_, M::Assign) if rhs.can_be(lhs) => Ok(Some(lhs)),
        (T::JsonArr | T::Bytes, M::Extend) if rhs == lhs => Ok(Some(lhs)),
        (T::Str, M::Add | M::Extend)
        | (T::JsonArr | T::JsonObj, M::RemoveIfPresent)
        | (T::JsonObj, M::RemoveKey)
            if rhs.is_simple() && rhs != T::Bytes =>
        {
            Ok(Some(lhs))
        }
        (T::JsonArr, M::Add) => Ok(Some(lhs)),
        _ => refuse(),
    }
}

/// Whether two types can be compared.
pub(super) fn comparison(lhs: VarType, comparator: Comparator, rhs: VarType) -> Result<(), About> {
    use VarType as T;
    let has_magnitude =
        |t: VarType| matches!(t, T::Int | T::Double | T::Str | T::Bool | T::Timestamp);
    let includes = |t: VarType| matches!(t, T::JsonArr | T::JsonObj);
    let fits = match comparator {
        Comparator::Equals | Comparator::NotEquals => {
            lhs == rhs || (has_magnitude(lhs) && has_magnitude(rhs))
        }
        Comparator::LessThan
        | Comparator::LessThanEq
        | Comparator::GreaterThan
        | Comparator::GreaterThanEq => has_magnitude(rhs),
        Comparator::In | Comparator::NotIn => includes(rhs) && (rhs == T::JsonArr || lhs == T::Str),
    };
    if fits { Ok(()) } else { Err(About::NoComparison { lhs, comparator, rhs }) }
}

impl<'d> Check<'d> {
    /// The type of an assignment; `None` if it is not known before the run.
    pub(super) fn type_of(
        &self,
        spec: &'d ThreadSpec,
        a: &VariableAssignment,
    ) -> Result<Option<VarType>, About> {
        match &a.target_type {
            Some(target) => Ok(Some(target.var_type)),
            None => self.source_type(spec, a),
        }
    }

    /// The type of an assignment before its cast.
    pub(super) fn source_type(
        &self,
        spec: &'d ThreadSpec,
        a: &VariableAssignment,
    ) -> Result<Option<VarType>, About> {
        if a.path.is_some() {
            return Ok(None);
        }
        Ok(match &a.source {
            Source::Variable(name) => self.variable_type(spec, name),
            Source::Literal(value) => value.var_type(),
            Source::FormatString(..) => Some(VarType::Str),
            Source::SizeOf(operand) => match self.type_of(spec, operand)? {
                None | Some(VarType::Str | VarType::JsonArr) => Some(VarType::Int),
                Some(other) => return Err(About::NoSize(other)),
            },
            Source::NodeOutput(node) => {
                spec.nodes.get(node).and_then(|n| self.output_type(&n.kind))
            }
            Source::Expression(expression) => self.expression_type(spec, expression)?,
        })
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
                | NodeKind::WaitForCondition(_) => false,
            })
    }

    fn expression_type(
        &self,
        spec: &'d ThreadSpec,
        expression: &Expression,
    ) -> Result<Option<VarType>, About> {
        let sides = (self.type_of(spec, &expression.lhs)?, self.type_of(spec, &expression.rhs)?);
        match (expression.operator, sides) {
            (Operator::Compare(_), _) => Ok(Some(VarType::Bool)),
            (Operator::Mutation(op), (Some(lhs), Some(rhs))) => operation(lhs, op, rhs),
            (Operator::Mutation(_), _) => Ok(None),
        }
    }

    fn output_type(&self, kind: &NodeKind) -> Option<VarType> {
        let document = self.document;
        let returned = |r: Option<&crate::model::ReturnType>| Some(r?.type_def.as_ref()?.var_type);
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
            NodeKind::StartThread(_) => Some(VarType::Int),
            NodeKind::StartMultipleThreads(_) => Some(VarType::JsonArr),
            NodeKind::UserTask(_) => Some(VarType::JsonObj),
            NodeKind::Entrypoint
            | NodeKind::Exit(_)
            | NodeKind::WaitForThreads(_)
            | NodeKind::Nop
            | NodeKind::Sleep(_)
            | NodeKind::ThrowEvent(_)
            | NodeKind::WaitForCondition(_) => None,
        }
    }
}
