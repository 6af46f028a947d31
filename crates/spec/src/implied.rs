//! Definitions that a WfSpec refers to but that its format has no place for.

use crate::model::{
    Document, ExternalEventDef, NodeKind, Source, StructDef, StructDefId, TaskDef, TaskToExecute,
    UserTaskDef, WorkflowEventDef,
};
use crate::place::At;
use crate::visit;

/// Declares, without types, all tasks, events and user tasks that the WfSpec refers to.
pub(crate) fn declare(document: &mut Document) {
    let Document {
        wf_spec,
        task_defs,
        external_event_defs,
        user_task_defs,
        workflow_event_defs,
        struct_defs,
        ..
    } = document;
    let mut task_def = |name: &str, at: At| {
        task_defs.entry(name.to_owned()).or_insert_with(|| TaskDef { at, ..TaskDef::default() });
    };
    for thread in wf_spec.thread_specs.values() {
        let mut named = |id: &StructDefId, at: At| {
            struct_defs.entry(id.name.to_string()).or_insert_with(|| StructDef {
                version: id.version.max(0),
                at,
                ..StructDef::default()
            });
        };
        for variable in &thread.variable_defs {
            let at = variable.var_def.at;
            variable.var_def.type_def.of.struct_defs(&mut |id| named(id, at));
        }
        for node in thread.nodes.values() {
            visit::node(node, &mut |value| {
                if let Source::StructBuilder(id, _) = &value.source {
                    named(id, value.at);
                }
            });
        }
        for interrupt in &thread.interrupt_defs {
            let name = interrupt.external_event_def.clone();
            let def = ExternalEventDef { at: interrupt.at, ..ExternalEventDef::default() };
            external_event_defs.entry(name).or_insert(def);
        }
        for node in thread.nodes.values() {
            // They stand where they are first used.
            let at = node.at;
            match &node.kind {
                NodeKind::Task(task) => {
                    if let TaskToExecute::TaskDef(name) = &task.task {
                        task_def(name, at);
                    }
                }
                NodeKind::ExternalEvent(event) => {
                    external_event_defs
                        .entry(event.external_event_def.clone())
                        .or_insert_with(|| ExternalEventDef { at, ..ExternalEventDef::default() });
                }
                NodeKind::UserTask(task) => {
                    task.reminders().for_each(|(name, _)| task_def(name, at));
                    user_task_defs
                        .entry(task.user_task_def_name.clone())
                        .or_insert_with(|| UserTaskDef { at, ..UserTaskDef::default() });
                }
                NodeKind::ThrowEvent(throw) => {
                    workflow_event_defs
                        .entry(throw.event_def.clone())
                        .or_insert_with(|| WorkflowEventDef { at, ..WorkflowEventDef::default() });
                }
                NodeKind::Entrypoint
                | NodeKind::Exit(_)
                | NodeKind::StartThread(_)
                | NodeKind::StartMultipleThreads(_)
                | NodeKind::WaitForThreads(_)
                | NodeKind::Nop
                | NodeKind::Sleep(_)
                | NodeKind::WaitForCondition(_)
                | NodeKind::RunChildWf(_)
                | NodeKind::WaitForChildWf(_) => {}
            }
        }
    }
}
