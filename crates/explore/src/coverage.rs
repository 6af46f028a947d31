//! What was never reached: nodes, ways between them, handlers.

use std::sync::Arc;

use halter_engine::program::NodeKind;
use halter_engine::state::{ThreadRun, ThreadType};
use halter_engine::{Program, RunState};

use crate::quick::QuickSet;

/// What was reached so far.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    nodes: QuickSet<(u16, u16)>,
    edges: QuickSet<(u16, u16, u16)>,
    interrupts: QuickSet<(u16, u16)>,
    handlers: QuickSet<(u16, u16, u16)>,
}

/// What no run reached, each in the order of the source. Indices are those of the [`Program`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Nodes: ThreadSpec and node.
    pub nodes: Vec<(u16, u16)>,
    /// Edges between nodes that were both reached: ThreadSpec, node, node.
    pub edges: Vec<(u16, u16, u16)>,
    /// Interrupts whose handler was never started: ThreadSpec and ExternalEventDef.
    pub interrupts: Vec<(u16, u16)>,
    /// Failure handlers that were never started: ThreadSpec, node and the handler's ThreadSpec.
    pub handlers: Vec<(u16, u16, u16)>,
}

impl Coverage {
    /// Whether everything was reached.
    #[must_use]
    pub fn is_full(&self) -> bool {
        *self == Coverage::default()
    }
}

impl Reach {
    /// Notes what a move has reached.
    pub(crate) fn note(&mut self, before: &RunState, after: &RunState) {
        for (index, thread) in after.threads.iter().enumerate() {
            let old = before.threads.get(index);
            if old.is_some_and(|old| Arc::ptr_eq(old, thread)) {
                continue;
            }
            if old.is_none() {
                self.note_start(after, thread);
            }
            // The node that it was at is where the first new edge begins.
            let known = old.map_or(0, |old| old.node_runs.len());
            if thread.node_runs.len() == known {
                continue;
            }
            let mut before = None;
            for node_run in thread.node_runs.iter_from(known.saturating_sub(1)) {
                self.nodes.insert((thread.spec, node_run.node));
                if let Some(before) = before.replace(node_run.node) {
                    self.edges.insert((thread.spec, before, node_run.node));
                }
            }
        }
    }

    fn note_start(&mut self, after: &RunState, thread: &ThreadRun) {
        let parent = thread.parent.and_then(|number| after.thread(number));
        match (thread.kind, parent, thread.trigger) {
            (ThreadType::Interrupt, Some(parent), Some(event)) => {
                if let Some(event) = after.events.get(event as usize) {
                    self.interrupts.insert((parent.spec, event.def));
                }
            }
            (ThreadType::FailureHandler, Some(parent), _) => {
                let position = thread.failure_being_handled.map(|(_, position, _)| position);
                let node_run = position.and_then(|p| parent.node_runs.get(p as usize));
                if let Some(node_run) = node_run {
                    self.handlers.insert((parent.spec, node_run.node, thread.spec));
                }
            }
            _ => {}
        }
    }

    /// Adds what was reached elsewhere.
    pub(crate) fn add(&mut self, other: &Reach) {
        self.nodes.extend(&other.nodes);
        self.edges.extend(&other.edges);
        self.interrupts.extend(&other.interrupts);
        self.handlers.extend(&other.handlers);
    }

    /// What was not reached.
    pub(crate) fn missing(&self, program: &Program) -> Coverage {
        let mut coverage = Coverage::default();
        for (spec, thread) in (0_u16..).zip(&program.specs) {
            for (node, at) in (0_u16..).zip(&thread.nodes) {
                if !self.nodes.contains(&(spec, node)) {
                    coverage.nodes.push((spec, node));
                    continue;
                }
                for edge in &at.edges {
                    let edge = (spec, node, edge.sink);
                    if self.nodes.contains(&(spec, edge.2))
                        && !self.edges.contains(&edge)
                        && !coverage.edges.contains(&edge)
                    {
                        coverage.edges.push(edge);
                    }
                }
                let more = if let NodeKind::WaitForThreads { handlers, .. } = &at.kind {
                    &handlers[..]
                } else {
                    &[]
                };
                for handler in at.handlers.iter().chain(more) {
                    let handler = (spec, node, handler.spec);
                    if !self.handlers.contains(&handler) && !coverage.handlers.contains(&handler) {
                        coverage.handlers.push(handler);
                    }
                }
            }
            for interrupt in &thread.interrupts {
                if !self.interrupts.contains(&(spec, interrupt.event)) {
                    coverage.interrupts.push((spec, interrupt.event));
                }
            }
        }
        coverage
    }
}
