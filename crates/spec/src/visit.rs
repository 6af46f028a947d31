//! The values in a node, an edge or a value: the one place that knows where they stand.

use crate::model::{
    Condition, Edge, GivenAction, InlineStructBuilder, InlineStructFieldValue, MutationRhs, Node,
    NodeKind, Path, Selector, SleepNode, Source, ThreadsToWaitFor, VariableAssignment,
    VariableMutation, WfSpecToRun,
};

/// What is done with each value.
pub type Take<'t, 'v> = &'t mut dyn FnMut(&'v VariableAssignment);

/// A value with all that is in it: first the indices and keys of its path, then itself, then its operands.
pub fn parts<'v>(value: &'v VariableAssignment, take: Take<'_, 'v>) {
    path(value.path.as_ref(), take);
    take(value);
    match &value.source {
        Source::FormatString(format, arguments) => {
            parts(format, take);
            for argument in arguments {
                parts(argument, take);
            }
        }
        Source::Expression(sides) => {
            parts(&sides.lhs, take);
            parts(&sides.rhs, take);
        }
        Source::SizeOf(operand) => parts(operand, take),
        Source::StructBuilder(_, built) => inline_struct(built, take),
        Source::MapBuilder(_, entries) => {
            for (key, value) in entries {
                parts(key, take);
                parts(value, take);
            }
        }
        Source::Variable(_) | Source::Literal(_) | Source::NodeOutput(_) => {}
    }
}

/// The values of a struct that is built, with their parts.
fn inline_struct<'v>(built: &'v InlineStructBuilder, take: Take<'_, 'v>) {
    for value in built.fields.values() {
        match value {
            InlineStructFieldValue::Simple(value) => parts(value, take),
            InlineStructFieldValue::SubStructure(built) => inline_struct(built, take),
        }
    }
}

/// The values in a path, with their parts.
fn path<'v>(path: Option<&'v Path>, take: Take<'_, 'v>) {
    let selectors = match path {
        Some(Path::LhPath(selectors)) => selectors.as_slice(),
        Some(Path::JsonPath(_)) | None => &[],
    };
    for selector in selectors {
        match selector {
            Selector::Dynamic(value) => parts(value, take),
            Selector::Key(_) | Selector::Index(_) => {}
        }
    }
}

/// The values of an edge, with their parts: those of its condition, then of its changes of variables.
pub fn edge<'v>(edge: &'v Edge, take: Take<'_, 'v>) {
    if let Some(condition) = &edge.condition {
        self::condition(condition, take);
    }
    for one in &edge.variable_mutations {
        mutation(one, take);
    }
}

/// The values of a condition, with their parts.
pub fn condition<'v>(condition: &'v Condition, take: Take<'_, 'v>) {
    match condition {
        Condition::Assignment(value) => parts(value, take),
        Condition::Legacy(_, left, right) => {
            parts(left, take);
            parts(right, take);
        }
    }
}

/// The values of a change of a variable, with their parts; the variable itself is none.
pub fn mutation<'v>(mutation: &'v VariableMutation, take: Take<'_, 'v>) {
    path(mutation.lhs_path.as_ref(), take);
    match &mutation.rhs {
        MutationRhs::Assignment(value) => parts(value, take),
        MutationRhs::NodeOutput(of) => path(of.as_ref(), take),
        MutationRhs::Literal(_) => {}
    }
}

/// The values of a node, with their parts: those of its edges, then its own.
pub fn node<'v>(node: &'v Node, take: Take<'_, 'v>) {
    for one in &node.outgoing_edges {
        edge(one, take);
    }
    kind(&node.kind, take);
}

/// What a node itself is given, with its parts.
pub fn kind<'v>(kind: &'v NodeKind, take: Take<'_, 'v>) {
    let mut all = |values: &mut dyn Iterator<Item = &'v VariableAssignment>| {
        values.for_each(|value| parts(value, take));
    };
    match kind {
        NodeKind::Entrypoint | NodeKind::Nop => {}
        NodeKind::Exit(exit) => {
            let content = exit.failure.as_ref().and_then(|failure| failure.content.as_ref());
            all(&mut content.into_iter().chain(&exit.return_content));
        }
        NodeKind::Task(task) => all(&mut task.values()),
        NodeKind::ExternalEvent(event) => {
            all(&mut event.timeout_seconds.iter().chain(&event.correlation_key));
        }
        NodeKind::StartThread(start) => all(&mut start.variables.values()),
        NodeKind::StartMultipleThreads(start) => {
            all(&mut start.variables.values().chain([&start.iterable]));
        }
        NodeKind::WaitForThreads(wait) => match &wait.threads {
            ThreadsToWaitFor::Threads(threads) => all(&mut threads.iter()),
            ThreadsToWaitFor::List(list) => all(&mut std::iter::once(list)),
        },
        NodeKind::Sleep(
            SleepNode::RawSeconds(value) | SleepNode::Timestamp(value) | SleepNode::IsoDate(value),
        ) => all(&mut std::iter::once(value)),
        NodeKind::UserTask(form) => {
            let who = form.user_id.iter().chain(&form.user_group);
            all(&mut who.chain(&form.notes).chain(&form.on_cancellation_exception_name));
            for action in &form.actions {
                match action {
                    GivenAction::Read(action) => all(&mut action.values().into_iter()),
                    GivenAction::Kept(_) => {}
                }
            }
        }
        NodeKind::ThrowEvent(event) => all(&mut std::iter::once(&event.content)),
        NodeKind::WaitForCondition(condition) => self::condition(condition, take),
        NodeKind::RunChildWf(run) => {
            let name = match &run.wf_spec {
                WfSpecToRun::Dynamic(name) => Some(name),
                WfSpecToRun::WfSpec(_) => None,
            };
            all(&mut run.inputs.values().chain(name).chain(&run.child_id));
        }
        NodeKind::WaitForChildWf(wait) => all(&mut std::iter::once(&wait.child_wf_run_id)),
    }
}
