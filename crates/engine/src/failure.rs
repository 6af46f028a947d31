//! R-FAIL, R-CATCH, R-HANDLER-FAILS: what happens when a NodeRun fails.

use std::sync::Arc;

use halter_spec::model::{FailureToCatch, TECHNICAL_FAILURES};
use halter_spec::value::Value;

use crate::advance::status_of;
use crate::occurrence::{Because, Observer};
use crate::program::Handler;
use crate::rules::Rule;
use crate::run::{FailurePlace, Lost, Stepping};
use crate::semantics::Deviation;
use crate::state::{Failure, HaltReason, PendingFailure, Status, ThreadNumber, ThreadType};

/// R-HANDLER-FAILS: the name with which an interrupted ThreadRun fails.
const CHILD_FAILED: &str = "CHILD_FAILED";

/// R-FAIL: whether a failure is a technical ERROR rather than an EXCEPTION.
pub(crate) fn is_technical(name: &str) -> bool {
    name == CHILD_FAILED || TECHNICAL_FAILURES.contains(&name)
}

pub(crate) fn technical(name: &str, message: impl Into<Arc<str>>) -> Failure {
    failure(name.into(), message.into(), None)
}

pub(crate) fn failure(name: Arc<str>, message: Arc<str>, content: Option<Value>) -> Failure {
    Failure { name, message, content, handler: None, properly_handled: false }
}

/// R-CATCH: whether a handler takes a failure; VAR_ERROR and TASK_ERROR cover several.
pub(crate) fn catches(handler: &Handler, name: &str) -> bool {
    match &handler.catches {
        FailureToCatch::Any => true,
        FailureToCatch::AnyError => is_technical(name),
        FailureToCatch::AnyException => !is_technical(name),
        FailureToCatch::Specific(specific) => {
            specific == name
                || match specific.as_str() {
                    "VAR_ERROR" => matches!(name, "VAR_MUTATION_ERROR" | "VAR_SUB_ERROR"),
                    "TASK_ERROR" => matches!(name, "TASK_FAILURE" | "TIMEOUT"),
                    _ => false,
                }
        }
    }
}

impl<O: Observer> Stepping<'_, O> {
    /// R-CATCH: a failure on the current NodeRun starts its first matching handler, or fails the ThreadRun.
    pub(crate) fn respond(&mut self, number: ThreadNumber, failure: &Failure) -> Result<(), Lost> {
        let position = self.position(number);
        let because = Because::Node(number, position);
        if let Some(handler) = self.node(number).handlers.iter().find(|h| catches(h, &failure.name))
        {
            let handler = handler.spec;
            self.state.pending_failures.push(PendingFailure { thread: number, handler });
            return self.halt(number, HaltReason::PendingFailure(position), Rule::Catch, because);
        }
        self.halt_children(number)?;
        self.set_node_status(number, status_of(failure), Rule::Fail, because);
        self.fail_for_good(number, failure, because)
    }

    fn halt_children(&mut self, number: ThreadNumber) -> Result<(), Lost> {
        for index in 0..self.thread(number).live_children.len() {
            let child = self.thread(number).live_children[index];
            self.halt_child(child, number, Rule::Catch)?;
            self.halt_node(child);
        }
        Ok(())
    }

    /// R-CATCH, R-HANDLER-FAILS: fails a ThreadRun whatever handlers there are; a handler takes its parent along.
    fn fail_for_good(
        &mut self,
        number: ThreadNumber,
        failure: &Failure,
        because: Because,
    ) -> Result<(), Lost> {
        for index in 0..self.thread(number).live_children.len() {
            let child = self.thread(number).live_children[index];
            if matches!(self.thread(child).status, Status::Running | Status::Starting) {
                if self.has(Deviation::LostCommand) {
                    return Err(Lost(Deviation::LostCommand));
                }
                self.halt(
                    child,
                    HaltReason::ParentHalted(number),
                    Rule::HandlerFails,
                    Because::Thread(number),
                )?;
            }
        }
        self.thread_mut(number).error_message = Some(Arc::clone(&failure.message));
        self.set_thread_status(number, status_of(failure), Rule::Fail, because);
        let thread = self.thread(number);
        if let Some(parent) = thread.parent {
            if thread.trigger.is_some() {
                self.fail_interrupted(parent, number, failure)?;
            } else if thread.failure_being_handled.is_some() {
                self.fail_for_good(parent, failure, Because::Thread(number))?;
            }
        }
        self.thread_ended(number);
        Ok(())
    }

    /// R-HANDLER-FAILS: the interrupted ThreadRun fails at once; nothing can catch that.
    fn fail_interrupted(
        &mut self,
        number: ThreadNumber,
        handler: ThreadNumber,
        failure: &Failure,
    ) -> Result<(), Lost> {
        let message: Arc<str> = format!("Interrupt thread with id {handler} failed!").into();
        let failure = if self.has(Deviation::FailureName) {
            self::failure(Arc::clone(&failure.name), message, failure.content.clone())
        } else {
            technical(CHILD_FAILED, message)
        };
        let because = Because::Thread(handler);
        self.put_failure(number, failure.clone(), Rule::HandlerFails, because);
        self.set_node_status(number, status_of(&failure), Rule::HandlerFails, because);
        self.fail_for_good(number, &failure, because)
    }

    /// R-CATCH: starts the failure handlers of ThreadRuns that are HALTED by now.
    pub(crate) fn start_failure_handlers(&mut self) -> Result<bool, Lost> {
        let mut changed = false;
        for index in (0..self.state.pending_failures.len()).rev() {
            let PendingFailure { thread, handler } = self.state.pending_failures[index];
            if !self.finish_halting(thread)? {
                continue;
            }
            changed = true;
            self.state.pending_failures.remove(index);
            if !self.thread(thread).status.is_terminal() {
                self.start_failure_handler(thread, handler);
            }
        }
        Ok(changed)
    }

    fn start_failure_handler(&mut self, thread: ThreadNumber, handler: u16) {
        if let Err(failure) = self.has_room(1) {
            return self.fail_where_it_stands(thread, failure);
        }
        let content = self.current(thread).failures.last().and_then(|f| f.content.clone());
        let input = self.failure_input(handler, content);
        let number = self.start_thread(
            handler,
            Some(thread),
            &input,
            ThreadType::FailureHandler,
            None,
            Rule::Catch,
        );
        let position = self.position(thread);
        let failures = self.current(thread).failures.len() as u32;
        self.thread_mut(number).failure_being_handled =
            Some((thread, position, failures.saturating_sub(1)));
        self.current_mut(thread).failure_handlers.push(number);
        self.change_failure(thread, |failure| failure.handler = Some(number));
        self.replace_reason(
            thread,
            &HaltReason::PendingFailure(position),
            HaltReason::HandlingFailure(number),
        );
    }

    /// The INPUT of a handler of a failure: its content. D-REMOVE-INDEX-LOST: an ERROR has none, and the server breaks off
    /// where a handler asks for it.
    pub(crate) fn failure_input(
        &self,
        handler: u16,
        content: Option<Value>,
    ) -> Vec<(Arc<str>, Value)> {
        let has_none = content.is_none();
        let input = self.handler_input(handler, &content.unwrap_or_default());
        if has_none && !input.is_empty() && self.has(Deviation::RemoveIndexLost) {
            self.broken.set(true);
        }
        input
    }

    /// Where the latest failure of a ThreadRun's current NodeRun stands.
    pub(crate) fn latest_failure(&self, number: ThreadNumber) -> FailurePlace {
        let failures = self.current(number).failures.len();
        (number, self.position(number), failures.saturating_sub(1))
    }

    /// R-CHILD-FAILS: changes the latest failure of a ThreadRun, and of those who share it with the ThreadRun
    /// during this command.
    pub(crate) fn change_failure(&mut self, number: ThreadNumber, change: impl Fn(&mut Failure)) {
        let mut places = vec![self.latest_failure(number)];
        let mut next = 0;
        while let Some(&place) = places.get(next) {
            let others = self.passed.iter().filter_map(|&(from, to)| match place {
                _ if from == place => Some(to),
                _ if to == place => Some(from),
                _ => None,
            });
            let new: Vec<FailurePlace> = others.filter(|other| !places.contains(other)).collect();
            places.extend(new);
            next += 1;
        }
        for (number, position, index) in places {
            let node_run = &mut self.thread_mut(number).node_runs[position as usize];
            if let Some(failure) = node_run.failures.get_mut(index) {
                change(failure);
            }
        }
    }

    /// R-STEP: fails a ThreadRun whose handler finds no room.
    pub(crate) fn fail_where_it_stands(&mut self, number: ThreadNumber, failure: Failure) {
        let because = Because::Thread(number);
        self.thread_mut(number).error_message = Some(Arc::clone(&failure.message));
        let status = status_of(&failure);
        self.put_failure(number, failure, Rule::Step, because);
        self.set_thread_status(number, status, Rule::Step, because);
        self.halt_node(number);
        self.thread_ended(number);
    }

    /// R-CATCH: once its failure was handled, a ThreadRun goes on after the node.
    pub(crate) fn go_on_after_failure(&mut self, number: ThreadNumber) -> Result<bool, Lost> {
        let because = Because::Node(number, self.position(number));
        let Some(failure) = self.current(number).failures.last().cloned() else {
            return Ok(false);
        };
        self.set_node_status(number, status_of(&failure), Rule::Fail, because);
        let Some(handler) = failure.handler else {
            return Ok(false);
        };
        if self.thread(handler).status != Status::Completed {
            return Ok(false);
        }
        if let Err(failure) = self.leave(number) {
            self.fail_for_good(number, &failure, because)?;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::catches;
    use crate::program::Handler;
    use halter_spec::model::FailureToCatch::{self, Any, AnyError, AnyException, Specific};

    #[test]
    fn what_each_handler_takes() {
        let names = [
            "CHILD_FAILURE",
            "VAR_SUB_ERROR",
            "VAR_MUTATION_ERROR",
            "USER_TASK_CANCELLED",
            "TIMEOUT",
            "TASK_FAILURE",
            "VAR_ERROR",
            "TASK_ERROR",
            "INTERNAL_ERROR",
            "CHILD_FAILED",
            "mine",
        ];
        let of = |name: &str| Specific(name.to_owned());
        let takes = |what: FailureToCatch| {
            let handler = Handler { spec: 0, catches: what };
            let taken = names.iter().filter(|name| catches(&handler, name));
            taken.copied().collect::<Vec<_>>()
        };
        assert_eq!(takes(Any), names);
        assert_eq!(takes(AnyError), names[..10]);
        assert_eq!(takes(AnyException), ["mine"]);
        assert_eq!(takes(of("VAR_ERROR")), ["VAR_SUB_ERROR", "VAR_MUTATION_ERROR", "VAR_ERROR"]);
        assert_eq!(takes(of("TASK_ERROR")), ["TIMEOUT", "TASK_FAILURE", "TASK_ERROR"]);
        for name in names.iter().filter(|name| !["VAR_ERROR", "TASK_ERROR"].contains(name)) {
            assert_eq!(takes(of(name)), [*name]);
        }
    }
}
