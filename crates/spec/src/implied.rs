//! Definitions that a WfSpec refers to but that its format has no place for.

use crate::model::{Document, NodeKind, TaskToExecute};

/// Declares, without types, all tasks, events and user tasks that the WfSpec refers to.
pub(crate) fn declare(document: &mut Document) {
    let Document {
        wf_spec, task_defs, external_event_defs, user_task_defs, workflow_event_defs, ..
    } = document;
    for thread in wf_spec.thread_specs.values() {
        for interrupt in &thread.interrupt_defs {
            external_event_defs.entry(interrupt.external_event_def.clone()).or_default();
        }
        for node in thread.nodes.values() {
            match &node.kind {
                NodeKind::Task(task) => {
                    if let TaskToExecute::TaskDef(name) = &task.task {
                        task_defs.entry(name.clone()).or_default();
                    }
                }
                NodeKind::ExternalEvent(event) => {
                    external_event_defs.entry(event.external_event_def.clone()).or_default();
                }
                NodeKind::UserTask(task) => {
                    user_task_defs.entry(task.user_task_def_name.clone()).or_default();
                }
                NodeKind::ThrowEvent(throw) => {
                    workflow_event_defs.entry(throw.event_def.clone()).or_default();
                }
                _ => {}
            }
        }
    }
}
