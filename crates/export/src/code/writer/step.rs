//! A step with all that belongs to it: how its output is kept, what happens to its form, who handles its failures.

use halter_spec::model::{
    ExitNode, FailureHandlerDef, FailureToCatch, Node, NodeKind, Source, TECHNICAL_FAILURES,
    VarType, VariableMutation,
};
use halter_spec::visit;

use super::{Writer, Written};
use crate::code::call::{Call, Failure};
use crate::code::language::{Term, TermKind};
use crate::code::methods;
use crate::code::numbers::{numbers, stores};
use crate::code::values::Scope;

impl Writer<'_> {
    pub(super) fn step(
        &mut self,
        name: &str,
        node: &Node,
        mutations: &[VariableMutation],
        scope: &mut Scope,
        lines: &mut Vec<String>,
        last: bool,
    ) -> Written<()> {
        self.place(name);
        let call = match &node.kind {
            NodeKind::Entrypoint => return Ok(()),
            NodeKind::Nop => return self.refuse("the SDK has no step that does nothing."),
            NodeKind::Exit(exit) => {
                if !node.failure_handlers.is_empty() {
                    return self.refuse("the SDK takes no failure handlers for an EXIT.");
                }
                // The end of a function is the end of its thread.
                if last && *exit == ExitNode::default() {
                    return Ok(());
                }
                match &exit.failure {
                    Some(failure) => Call::Fail {
                        name: failure.failure_name.clone(),
                        message: failure.message.clone(),
                        content: self.optional(failure.content.as_ref(), scope)?,
                    },
                    None => Call::Complete(self.optional(exit.return_content.as_ref(), scope)?),
                }
            }
            NodeKind::Task(_)
            | NodeKind::ExternalEvent(_)
            | NodeKind::StartThread(_)
            | NodeKind::StartMultipleThreads(_)
            | NodeKind::WaitForThreads(_)
            | NodeKind::Sleep(_)
            | NodeKind::UserTask(_)
            | NodeKind::ThrowEvent(_)
            | NodeKind::WaitForCondition(_)
            | NodeKind::RunChildWf(_)
            | NodeKind::WaitForChildWf(_) => self.call(name, node, scope)?,
        };
        let made = self.said(methods::call(self.language, &scope.thread, &call))?;
        let sdk_name = format!("{}-{}-{}", self.count, base(&call), node.kind.name());
        self.count += 1;
        let mut rest = mutations;
        let starts = matches!(call, Call::Start { .. } | Call::StartEach { .. });
        let mut number = None;
        if starts {
            match mutations.split_first() {
                Some((first, others)) if stores(first, name) => {
                    number = Some(first.lhs_name.clone());
                    rest = others;
                }
                _ => {
                    return self.refuse("the SDK keeps the number of a started thread in a variable of its own; here it is not kept.");
                }
            }
            let spec = self.document.wf_spec.thread_specs.get(&self.thread);
            let known = spec.is_some_and(|spec| {
                let wanted = number.as_deref().unwrap_or_default();
                numbers(spec).contains_key(wanted)
            });
            if !known {
                return self.refuse("the number of the started thread is kept in a variable that other things change as well, or that another thread declares; the SDK makes a variable of its own.");
            }
        }
        let form = match &node.kind {
            NodeKind::UserTask(task) => !task.actions.is_empty(),
            NodeKind::WaitForThreads(wait) => !wait.per_thread_failure_handlers.is_empty(),
            NodeKind::Entrypoint
            | NodeKind::Exit(_)
            | NodeKind::Task(_)
            | NodeKind::ExternalEvent(_)
            | NodeKind::StartThread(_)
            | NodeKind::StartMultipleThreads(_)
            | NodeKind::Nop
            | NodeKind::Sleep(_)
            | NodeKind::ThrowEvent(_)
            | NodeKind::WaitForCondition(_)
            | NodeKind::WaitForChildWf(_) => false,
            NodeKind::RunChildWf(_) => self.is_waited_for(name),
        };
        let keep = (self.used.contains(name) && !starts)
            || form
            || !node.failure_handlers.is_empty()
            || number.as_ref().is_some_and(|number| self.is_used(number));
        let kept = keep.then(|| self.names.name(&kept_name(&call)));
        lines.extend(self.language.statement(kept.as_deref(), &call, &made));
        if let (Some(number), Some(kept)) = (&number, &kept) {
            let several = matches!(call, Call::StartEach { .. });
            scope.started.insert(number.clone(), (kept.clone(), several));
            // The SDK does not show the numbers of several threads.
            if !several {
                let code = format!("{kept}.{}", self.language.words().number_of);
                let kind = TermKind::Variable(VarType::Int.into());
                scope.variables.insert(number.clone(), Term::new(code, kind));
            }
        }
        if let Some(kept) = &kept {
            if matches!(call, Call::RunWf { .. }) {
                scope.workflows.insert(name.to_owned(), kept.clone());
            } else if !matches!(call, Call::Throw { .. }) {
                scope.outputs.insert(name.to_owned(), kept.clone());
            }
            if let NodeKind::UserTask(task) = &node.kind {
                for action in &task.actions {
                    let action = self.action(task, action, scope)?;
                    let line = methods::action(self.language, &scope.thread, kept, &action);
                    lines.push(self.said(line)?);
                }
            }
            for handler in &node.failure_handlers {
                if !matches!(
                    node.kind,
                    NodeKind::Task(_)
                        | NodeKind::ExternalEvent(_)
                        | NodeKind::UserTask(_)
                        | NodeKind::WaitForThreads(_)
                        | NodeKind::WaitForCondition(_)
                        | NodeKind::WaitForChildWf(_)
                ) {
                    return self.refuse("the SDK gives no output of this step that failure handlers could be added to.");
                }
                lines.push(self.handler(handler, &sdk_name, kept, scope, false)?);
            }
            if let NodeKind::WaitForThreads(wait) = &node.kind {
                for handler in &wait.per_thread_failure_handlers {
                    lines.push(self.handler(handler, &sdk_name, kept, scope, true)?);
                }
            }
        }
        self.set(rest, scope, lines)
    }

    /// Whether a step of this thread waits for the workflow that this one starts.
    fn is_waited_for(&self, started: &str) -> bool {
        let spec = self.document.wf_spec.thread_specs.get(&self.thread);
        let mut nodes = spec.into_iter().flat_map(|spec| spec.nodes.values());
        nodes.any(|node| matches!(&node.kind, NodeKind::WaitForChildWf(wait) if wait.source_node == started))
    }

    /// Whether the variable with the number of a started thread is used anywhere but where it is stored.
    fn is_used(&self, variable: &str) -> bool {
        let specs = self.document.wf_spec.thread_specs.values();
        let mut found = false;
        for node in specs.flat_map(|spec| spec.nodes.values()) {
            visit::node(node, &mut |value| {
                found |= matches!(&value.source, Source::Variable(name) if name == variable);
            });
        }
        found
    }

    /// A handler of the failures of what is kept, or of those of the threads that it waits for.
    fn handler(
        &mut self,
        handler: &FailureHandlerDef,
        node: &str,
        kept: &str,
        scope: &Scope,
        on_child: bool,
    ) -> Written<String> {
        let failure = match &handler.failure_to_catch {
            FailureToCatch::Any => Failure::Any,
            FailureToCatch::AnyError => Failure::AnyError,
            FailureToCatch::AnyException => Failure::AnyException,
            FailureToCatch::Specific(name) if TECHNICAL_FAILURES.contains(&name.as_str()) => {
                Failure::Error(name.clone())
            }
            FailureToCatch::Specific(name) => Failure::Exception(name.clone()),
        };
        let of = if on_child { "child-" } else { "" };
        self.claim(format!("{of}handler-{node}-{failure:?}"))?;
        let function = self.function_of(&handler.handler_spec_name)?;
        let (language, thread) = (self.language, &scope.thread);
        Ok(methods::on_failure(language, thread, kept, &failure, &function, on_child))
    }
}

/// What the output of a step is kept under.
fn kept_name(call: &Call) -> String {
    match call {
        Call::Task { name: Ok(name), .. }
        | Call::Event { name, .. }
        | Call::RunWf { name: Ok(name), .. } => name.clone(),
        Call::Task { .. } => "task".to_owned(),
        Call::Start { thread, .. } | Call::StartEach { thread, .. } => format!("started-{thread}"),
        Call::WaitFor { .. } | Call::WaitForEach { .. } => "waited".to_owned(),
        Call::UserTask { .. } => "form".to_owned(),
        Call::WaitForCondition(_) => "condition".to_owned(),
        Call::RunWf { .. } => "workflow".to_owned(),
        Call::WaitForWf(_) => "returned".to_owned(),
        Call::Sleep(_)
        | Call::SleepUntil(_)
        | Call::Throw { .. }
        | Call::Fail { .. }
        | Call::Complete(_) => "output".to_owned(),
    }
}

/// The middle of the name that the SDK gives to a node.
fn base(call: &Call) -> &str {
    match call {
        Call::Task { name: Ok(name), .. }
        | Call::Event { name, .. }
        | Call::UserTask { name, .. } => name,
        Call::Start { thread, .. } | Call::StartEach { thread, .. } => thread,
        Call::WaitFor { .. } | Call::WaitForEach { .. } => "threads",
        Call::Task { name: Err(_), .. }
        | Call::Sleep(_)
        | Call::SleepUntil(_)
        | Call::Throw { .. }
        | Call::WaitForCondition(_)
        | Call::RunWf { .. }
        | Call::Fail { .. }
        | Call::Complete(_) => "",
        Call::WaitForWf(_) => "wait",
    }
}
