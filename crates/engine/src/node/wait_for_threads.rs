//! R-WAIT, R-CHILD-FAILS: waiting for threads.

use halter_spec::model::WaitStrategy;
use halter_spec::value::Value;

use crate::failure::{catches, is_technical, technical};
use crate::java_text;
use crate::occurrence::{Because, Observer};
use crate::program::{Handler, Threads};
use crate::rules::Rule;
use crate::run::{Lost, Stepping};
use crate::semantics::Deviation;
use crate::state::{
    Failure, HaltReason, NodeRunDetail, Status, ThreadNumber, ThreadType, WaitForThread,
    WaitingStatus,
};
use crate::value_ops::{as_int, from_json, items};

impl<O: Observer> Stepping<'_, O> {
    pub(super) fn arrive_wait_for_threads(
        &mut self,
        number: ThreadNumber,
        threads: &Threads,
    ) -> Result<(), Failure> {
        let position = self.position(number);
        self.watched.push((number, position));
        let failed = |why: String| {
            technical(
                "VAR_SUB_ERROR",
                format!("Failed determining thread run number to wait for: {why}"),
            )
        };
        let wanted: Vec<Value> = match threads {
            Threads::Each(each) => each
                .iter()
                .map(|a| self.assign(number, a))
                .collect::<Result<_, _>>()
                .map_err(failed)?,
            Threads::List(list) => match self.assign(number, list).map_err(failed)? {
                Value::JsonArr(list) => items(&list).iter().map(from_json).collect(),
                list => {
                    // D-REMOVE-INDEX-LOST: so does a list of threads that is nothing.
                    if list == Value::Null && self.has(Deviation::RemoveIndexLost) {
                        self.broken.set(true);
                    }
                    return Err(failed("the list is not a JSON_ARR".to_owned()));
                }
            },
        };
        let mut waits = Vec::new();
        for value in &wanted {
            let wanted = as_int(value).map_err(failed)?;
            let Some(thread) =
                ThreadNumber::try_from(wanted).ok().filter(|n| self.state.thread(*n).is_some())
            else {
                return Err(technical(
                    "VAR_SUB_ERROR",
                    format!("Couldn't wait for nonexistent threadRun: {wanted}"),
                ));
            };
            let mut ancestor = Some(number);
            while let Some(n) = ancestor {
                if n == thread {
                    return Err(technical(
                        "VAR_SUB_ERROR",
                        format!("Determined threadrunnumber {thread} is a parent!"),
                    ));
                }
                ancestor = self.thread(n).parent;
            }
            let thread_status = self.thread(thread).status;
            waits.push(WaitForThread {
                thread,
                thread_status,
                waiting_status: WaitingStatus::InProgress,
                failure_handler: None,
            });
        }
        *self.detail_mut(number) = NodeRunDetail::WaitForThreads(waits);
        Ok(())
    }

    fn wait(&self, number: ThreadNumber, index: usize) -> Option<&WaitForThread> {
        if let NodeRunDetail::WaitForThreads(waits) = &self.current(number).detail {
            waits.get(index)
        } else {
            None
        }
    }

    fn change_wait(
        &mut self,
        number: ThreadNumber,
        index: usize,
        change: impl FnOnce(&mut WaitForThread),
    ) {
        if let NodeRunDetail::WaitForThreads(waits) = self.detail_mut(number)
            && let Some(wait) = waits.get_mut(index)
        {
            change(wait);
        }
    }

    fn waits(&self, number: ThreadNumber) -> Vec<WaitForThread> {
        if let NodeRunDetail::WaitForThreads(waits) = &self.current(number).detail {
            waits.clone()
        } else {
            Vec::new()
        }
    }

    pub(super) fn check_wait_for_threads(
        &mut self,
        number: ThreadNumber,
        handlers: &[Handler],
        strategy: WaitStrategy,
    ) -> Result<Result<bool, Failure>, Lost> {
        let at = (number, self.position(number));
        if !self.watched.contains(&at) {
            self.watched.push(at);
        }
        let mut index = 0;
        while let Some(wait) = self.wait(number, index).cloned() {
            if let Err(failure) = self.look_at(number, index, &wait, handlers) {
                return Ok(Err(failure));
            }
            index += 1;
        }
        let waits = self.waits(number);
        let done = |w: &WaitForThread| w.waiting_status == WaitingStatus::CompletedOrFailureHandled;
        let unsuccessful = |w: &WaitForThread| w.waiting_status == WaitingStatus::Unsuccessful;
        match strategy {
            WaitStrategy::WaitForAll => {
                if let Some(failed) = waits.iter().find(|w| unsuccessful(w)) {
                    let failed = failed.clone();
                    return Ok(Err(self.failure_of_wait(number, &failed)));
                }
                Ok(Ok(waits.iter().all(done)))
            }
            WaitStrategy::WaitForAny => {
                if waits.iter().any(done) {
                    self.halt_the_others(number)?;
                    return Ok(Ok(true));
                }
                if waits.iter().all(unsuccessful) {
                    return Ok(Err(technical("CHILD_FAILURE", "All child threads failed")));
                }
                Ok(Ok(false))
            }
            WaitStrategy::WaitForFirst => match waits.iter().find(|w| done(w) || unsuccessful(w)) {
                None => Ok(Ok(false)),
                Some(first) => {
                    self.halt_the_others(number)?;
                    Ok(if done(first) {
                        Ok(true)
                    } else {
                        Err(self.failure_of_wait(number, first))
                    })
                }
            },
        }
    }

    /// Brings up to date what the state of one thread means for the waiting.
    fn look_at(
        &mut self,
        number: ThreadNumber,
        index: usize,
        wait: &WaitForThread,
        handlers: &[Handler],
    ) -> Result<(), Failure> {
        let status = self.thread(wait.thread).status;
        let change = match wait.waiting_status {
            WaitingStatus::InProgress if status == Status::Completed => {
                WaitingStatus::CompletedOrFailureHandled
            }
            WaitingStatus::InProgress if status.is_failed() => {
                let Some(failure) = self.current(wait.thread).failures.last().cloned() else {
                    return Ok(());
                };
                match handlers.iter().find(|h| catches(h, &failure.name)) {
                    None => WaitingStatus::Unsuccessful,
                    Some(handler) => {
                        self.has_room(1)?;
                        if let Some(why) = self.rejected_input(handler.spec, wait.thread) {
                            self.change_wait(number, index, |w| {
                                w.waiting_status = WaitingStatus::HandlingFailure;
                            });
                            return Err(why);
                        }
                        let input = self.failure_input(handler.spec, failure.content);
                        let started = self.start_thread(
                            handler.spec,
                            Some(wait.thread),
                            &input,
                            ThreadType::FailureHandler,
                            None,
                            Rule::Wait,
                        );
                        self.change_wait(number, index, |w| w.failure_handler = Some(started));
                        WaitingStatus::HandlingFailure
                    }
                }
            }
            WaitingStatus::HandlingFailure => {
                match wait.failure_handler.map(|h| self.thread(h).status) {
                    Some(Status::Completed) => {
                        self.thread_mut(number).handled_failed_children.push(wait.thread);
                        WaitingStatus::CompletedOrFailureHandled
                    }
                    Some(status) if status.is_failed() => WaitingStatus::Unsuccessful,
                    _ => return Ok(()),
                }
            }
            _ => return Ok(()),
        };
        self.change_wait(number, index, |w| w.waiting_status = change);
        Ok(())
    }

    /// A handler of a child's failure is given INPUT as soon as it declares any variable, and rejects it if it does not
    /// declare that one.
    fn rejected_input(&self, handler: u16, child: ThreadNumber) -> Option<Failure> {
        let spec = self.program.spec(handler);
        if spec.variable_defs.is_empty()
            || spec.variable_defs.iter().any(|v| v.var_def.name == "INPUT")
        {
            return None;
        }
        let name = &spec.name;
        let variables = java_text::of_variables(&spec.variable_defs);
        let message = format!(
            "Failure Handler spec {name} for thread {child} rejected input variables: ThreadSpec {name} invalid: Var INPUT provided but not needed for thread {name} Current variables{variables}"
        );
        Some(technical("CHILD_FAILURE", message))
    }

    /// R-CHILD-FAILS: an EXCEPTION goes on as it is; an ERROR becomes CHILD_FAILURE.
    fn failure_of_wait(&mut self, number: ThreadNumber, wait: &WaitForThread) -> Failure {
        let failed = wait.failure_handler.unwrap_or(wait.thread);
        let Some(last) = self.current(failed).failures.last().cloned() else {
            return technical("CHILD_FAILURE", format!("Child thread {} failed", wait.thread));
        };
        if is_technical(&last.name) {
            let message =
                format!("Child thread {} failed with {}: {}", wait.thread, last.name, last.message);
            return technical("CHILD_FAILURE", message);
        }
        let next = self.current(number).failures.len();
        self.passed.push((self.latest_failure(failed), (number, self.position(number), next)));
        last
    }

    /// R-WAIT: the losers are halted for good.
    fn halt_the_others(&mut self, number: ThreadNumber) -> Result<(), Lost> {
        let position = self.position(number);
        for wait in self.waits(number) {
            match wait.waiting_status {
                WaitingStatus::InProgress | WaitingStatus::HandlingFailure => {
                    let reason = HaltReason::HaltedByParent(number, position);
                    self.halt(wait.thread, reason, Rule::Wait, Because::Node(number, position))?;
                }
                WaitingStatus::CompletedOrFailureHandled | WaitingStatus::Unsuccessful => {
                    self.thread_mut(number).handled_failed_children.push(wait.thread);
                }
            }
        }
        Ok(())
    }
}
