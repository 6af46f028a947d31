//! R-TRIGGER, R-HANDLER, R-SIDE-BY-SIDE: from an event to its handlers.

use std::sync::Arc;

use halter_spec::value::Value;

use crate::occurrence::{Because, Observer, What};
use crate::rules::Rule;
use crate::run::{Lost, Stepping};
use crate::semantics::Deviation;
use crate::state::{EventIndex, HaltReason, PendingInterrupt, ThreadNumber, ThreadType};

/// The reserved variable that handlers get their input in.
pub(crate) const INPUT: &str = "INPUT";

impl<O: Observer> Stepping<'_, O> {
    /// R-TRIGGER: interrupts every ThreadRun that is not over and registers the event's def.
    pub(crate) fn trigger_interrupts(&mut self, event: EventIndex) -> Result<(), Lost> {
        let (def, addressed) = {
            let event = &self.state.events[event as usize];
            (event.def, event.thread)
        };
        // The list of those that are not over does not change while they are being halted.
        for index in 0..self.state.live.len() {
            let number = self.state.live[index];
            if addressed.is_some_and(|n| n != number) {
                continue;
            }
            let Some(interrupt) =
                self.spec(number).interrupts.iter().find(|i| i.event == def).copied()
            else {
                continue;
            };
            self.claim(event);
            // R-NESTED: a handler is interrupted like any other thread.
            let handles = self.thread(number).trigger.is_some();
            let rule = if handles { Rule::Nested } else { Rule::Trigger };
            let what = What::Interrupted { thread: number, event };
            self.occur(what, rule, Because::Event(event));
            self.halt(
                number,
                HaltReason::PendingInterrupt(event),
                Rule::Halt,
                Because::Event(event),
            )?;
            self.state.pending_interrupts.push(PendingInterrupt {
                event,
                thread: number,
                handler: interrupt.handler,
            });
        }
        Ok(())
    }

    fn claim(&mut self, event: EventIndex) {
        let claimed = &mut self.state.events[event as usize];
        if !claimed.claimed {
            claimed.claimed = true;
            let def = claimed.def;
            self.state.unclaimed.remove(def, event);
        }
    }

    /// R-HANDLER: starts the handlers of interrupted ThreadRuns that are HALTED, at most one for each in a pass.
    pub(crate) fn start_interrupt_handlers(&mut self) -> Result<bool, Lost> {
        if self.state.pending_interrupts.is_empty() {
            return Ok(false);
        }
        // The latest of a ThreadRun's interrupts that wait together is started first: so the server numbers them.
        let mut launch: Vec<PendingInterrupt> = Vec::new();
        for index in (0..self.state.pending_interrupts.len()).rev() {
            let number = self.state.pending_interrupts[index].thread;
            if launch.iter().all(|p| p.thread != number) && self.finish_halting(number)? {
                launch.push(self.state.pending_interrupts.remove(index));
            }
        }
        for pending in launch.iter().rev() {
            let over = self.thread(pending.thread).status.is_terminal();
            if !over || self.has(Deviation::PendingStartsBelowFailed) {
                self.start_interrupt_handler(pending);
            }
        }
        Ok(!launch.is_empty())
    }

    fn start_interrupt_handler(&mut self, pending: &PendingInterrupt) {
        let &PendingInterrupt { event, thread, handler } = pending;
        if let Err(failure) = self.has_room(1) {
            return self.fail_where_it_stands(thread, failure);
        }
        let input = self.handler_input(handler, &self.state.events[event as usize].content);
        let mut others = self.thread(thread).live_children.iter();
        let beside = others.any(|child| self.thread(*child).trigger.is_some());
        let rule = if beside { Rule::SideBySide } else { Rule::Handler };
        let kind = ThreadType::Interrupt;
        let number = self.start_thread(handler, Some(thread), &input, kind, Some(event), rule);
        self.replace_reason(
            thread,
            &HaltReason::PendingInterrupt(event),
            HaltReason::Interrupted(number),
        );
    }

    /// R-HANDLER: `INPUT`, if the handler declares it.
    pub(crate) fn handler_input(&self, handler: u16, content: &Value) -> Vec<(Arc<str>, Value)> {
        let declared = self.program.spec(handler).variables.iter().find(|v| &*v.name == INPUT);
        declared.map(|v| (Arc::clone(&v.name), content.clone())).into_iter().collect()
    }

    pub(crate) fn replace_reason(
        &mut self,
        thread: ThreadNumber,
        old: &HaltReason,
        new: HaltReason,
    ) {
        if let Some(index) = self.thread(thread).halt_reasons.iter().position(|r| r == old) {
            self.remove_reason(thread, index, Rule::Handler, Because::Thread(thread));
        }
        self.add_reason(thread, new, Rule::Handler, Because::Thread(thread));
    }
}
