//! `LittleHorse`'s own JSON: protocol buffers in their JSON form.

use serde_json::Value as SerdeJson;

use crate::diagnostic::Diagnostic;
use crate::model::{ExternalEventDef, TaskDef, UserTaskDef, WfSpec, WorkflowEventDef};
use crate::value::Value;

/// Reads a `PutWfSpecRequest` or a `WfSpec`.
pub fn read_wf_spec(_text: &str) -> Result<WfSpec, Vec<Diagnostic>> {
    Err(Vec::new())
}

/// Reads a `PutTaskDefRequest` or a `TaskDef`.
pub fn read_task_def(_text: &str) -> Result<(String, TaskDef), Vec<Diagnostic>> {
    Err(Vec::new())
}

/// Reads a `PutExternalEventDefRequest` or an `ExternalEventDef`.
pub fn read_external_event_def(
    _text: &str,
) -> Result<(String, ExternalEventDef), Vec<Diagnostic>> {
    Err(Vec::new())
}

/// Reads a `PutUserTaskDefRequest` or a `UserTaskDef`.
pub fn read_user_task_def(_text: &str) -> Result<(String, UserTaskDef), Vec<Diagnostic>> {
    Err(Vec::new())
}

/// Reads a `PutWorkflowEventDefRequest` or a `WorkflowEventDef`.
pub fn read_workflow_event_def(
    _text: &str,
) -> Result<(String, WorkflowEventDef), Vec<Diagnostic>> {
    Err(Vec::new())
}

/// Writes a `PutWfSpecRequest`.
pub fn write_put_wf_spec_request(_spec: &WfSpec) -> SerdeJson {
    SerdeJson::Null
}

/// Writes a `PutTaskDefRequest`.
pub fn write_task_def(_name: &str, _def: &TaskDef) -> SerdeJson {
    SerdeJson::Null
}

/// Writes a `PutExternalEventDefRequest`.
pub fn write_external_event_def(_name: &str, _def: &ExternalEventDef) -> SerdeJson {
    SerdeJson::Null
}

/// Writes a `PutUserTaskDefRequest`.
pub fn write_user_task_def(_name: &str, _def: &UserTaskDef) -> SerdeJson {
    SerdeJson::Null
}

/// Writes a `PutWorkflowEventDefRequest`.
pub fn write_workflow_event_def(_name: &str, _def: &WorkflowEventDef) -> SerdeJson {
    SerdeJson::Null
}

/// Reads a `VariableValue`.
pub fn read_value(_json: &SerdeJson) -> Result<Value, String> {
    Err(String::new())
}

/// Writes a `VariableValue`.
pub fn write_value(_value: &Value) -> SerdeJson {
    SerdeJson::Null
}
