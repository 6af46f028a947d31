//! What the spec masks is not told.

use halter_engine::program::{NodeKind, TaskDef};
use halter_engine::state::{NodeRunDetail, Position, ThreadNumber};
use halter_spec::value::Value;

use super::names::Names;
use crate::payload::show;

/// What is told instead of a masked value.
pub(crate) const MASKED: &str = "a masked value";

/// The value, or that it is masked.
pub(crate) fn show_unless(masked: bool, value: &Value) -> String {
    if masked { MASKED.to_owned() } else { show(value) }
}

impl Names<'_> {
    /// Whether a ThreadRun's variable is masked.
    pub(crate) fn masks_variable(&self, thread: ThreadNumber, variable: u16) -> bool {
        self.spec_of(thread)
            .and_then(|spec| spec.variables.get(usize::from(variable)))
            .is_some_and(|variable| variable.masked)
    }

    /// Whether the variable with that name, given when the WfRun starts, is masked.
    pub(crate) fn masks_input(&self, name: &str) -> bool {
        let entrypoint = self.program.specs.get(usize::from(self.program.entrypoint));
        entrypoint
            .into_iter()
            .flat_map(|spec| &spec.variables)
            .any(|variable| variable.masked && &*variable.name == name)
    }

    /// Whether the payloads of the ExternalEventDef with that name are masked.
    pub(crate) fn masks_event(&self, def: &str) -> bool {
        let mut defs = self.program.events.iter();
        defs.any(|event| event.masked && &*event.name == def)
    }

    /// Whether a node hides the correlation key by which it waits for events of that ExternalEventDef. The ids of events
    /// that were posted with a key tell it.
    pub fn masks_key(&self, def: &str) -> bool {
        let mut nodes = self.program.specs.iter().flat_map(|spec| &spec.nodes);
        nodes.any(|node| {
            if let NodeKind::ExternalEvent { event, mask_correlation_key: true, .. } = &node.kind {
                let event = self.program.events.get(usize::from(*event));
                event.is_some_and(|event| &*event.name == def)
            } else {
                false
            }
        })
    }

    /// Whether what the TaskRun of a NodeRun returns is masked.
    pub(crate) fn masks_output(&self, thread: ThreadNumber, position: Position) -> bool {
        let def = self.state.node_run(thread, position).and_then(|node_run| {
            if let NodeRunDetail::Task(Some(task)) = &node_run.detail {
                self.program.tasks.get(usize::from(task.task_def))
            } else {
                None
            }
        });
        def.is_some_and(|TaskDef { masked, .. }| *masked)
    }
}
