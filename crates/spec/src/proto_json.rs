//! `LittleHorse`'s own JSON: protocol buffers in their JSON form.
//!
//! Names of fields are read in camelCase and in snake_case and written in camelCase. A field that is not known is a
//! warning.

mod assignments;
mod bundle;
mod definitions;
mod nodes;
mod object;
mod reader;
mod threads;
mod values;
mod write;

use crate::diagnostic::Diagnostic;
use crate::model::{
    ExternalEventDef, GivenAction, StructDef, TaskDef, UserTaskAction, UserTaskDef, UserTaskNode,
    WfSpec, WorkflowEventDef,
};
use crate::tree::{self, Tree};

pub(crate) use nodes::serde_of;
pub use object::ProtoObject;
pub(crate) use reader::Reader;
pub(crate) use values::bytes_of_base64;
pub use values::{
    read_value, write_type_def, write_value, write_wf_run_id, write_whole_type_def,
    write_whole_value,
};
pub(crate) use write::{
    assignment as write_assignment, condition as write_condition, mutation as write_mutation,
    node as write_node,
};
pub use write::{
    write_external_event_def, write_put_wf_spec_request, write_struct_def, write_task_def,
    write_user_task_def, write_workflow_event_def,
};

/// Reads a `PutWfSpecRequest` or a `WfSpec`.
pub fn read_wf_spec(text: &str) -> Result<WfSpec, Vec<Diagnostic>> {
    read(text, Reader::wf_spec)
}

/// Reads a `PutTaskDefRequest` or a `TaskDef`.
pub fn read_task_def(text: &str) -> Result<(String, TaskDef), Vec<Diagnostic>> {
    read(text, Reader::task_def)
}

/// Reads a `PutExternalEventDefRequest` or an `ExternalEventDef`.
pub fn read_external_event_def(text: &str) -> Result<(String, ExternalEventDef), Vec<Diagnostic>> {
    read(text, Reader::external_event_def)
}

/// Reads a `PutUserTaskDefRequest` or a `UserTaskDef`.
pub fn read_user_task_def(text: &str) -> Result<(String, UserTaskDef), Vec<Diagnostic>> {
    read(text, Reader::user_task_def)
}

/// Reads a `PutWorkflowEventDefRequest` or a `WorkflowEventDef`.
pub fn read_workflow_event_def(text: &str) -> Result<(String, WorkflowEventDef), Vec<Diagnostic>> {
    read(text, Reader::workflow_event_def)
}

/// Reads a `PutStructDefRequest` or a `StructDef`.
pub fn read_struct_def(text: &str) -> Result<(String, StructDef), Vec<Diagnostic>> {
    read(text, Reader::struct_def)
}

/// Reads `maxThreadRuns` of a trace: how many ThreadRuns a WfRun may hold at a time.
pub fn read_max_thread_runs(text: &str) -> Result<u32, Vec<Diagnostic>> {
    read(text, Reader::max_thread_runs)
}

/// What each action of a user task says (`UTActionTrigger`), or what is wrong with it.
pub fn user_task_actions(
    node: &UserTaskNode,
) -> impl Iterator<Item = Result<UserTaskAction, Vec<Diagnostic>>> {
    node.actions.iter().map(|action| match action {
        GivenAction::Read(action) => Ok((**action).clone()),
        GivenAction::Kept(json) => read(&json.to_string(), Reader::user_task_action),
    })
}

/// Reads one message; all diagnostics, if one of them is an error.
fn read<T>(
    text: &str,
    message: impl FnOnce(&mut Reader, &Tree) -> Option<T>,
) -> Result<T, Vec<Diagnostic>> {
    if let Some(diagnostic) = crate::load::too_large(text) {
        return Err(vec![diagnostic]);
    }
    let tree = tree::json::parse(text).map_err(|diagnostic| vec![*diagnostic])?;
    let mut reader = Reader::default();
    tree.report_duplicates(&mut reader.diagnostics);
    let result = message(&mut reader, &tree);
    match result {
        Some(result) if !reader.diagnostics.iter().any(Diagnostic::is_error) => Ok(result),
        _ => Err(reader.diagnostics),
    }
}
