//! Definitions of tasks, events and user tasks, and of variables.

use super::reader::{Message, Reader};
use crate::code::Code;
use crate::model::{
    CorrelatedEventConfig, ExternalEventDef, ReturnType, StructDef, TaskDef, Type, TypeDef,
    UserTaskDef, UserTaskField, VarType, VariableDef, WorkflowEventDef,
};
use crate::tree::Tree;

impl Reader {
    /// `name`, or the name in `id`.
    fn name(&mut self, message: &mut Message<'_>) -> String {
        let by_id = self.name_in_id(message, "id");
        let name = self.text(message, "name");
        if name.is_empty() { by_id } else { name }
    }

    fn optional_return_type(
        &mut self,
        message: &mut Message<'_>,
        name: &'static str,
    ) -> Option<ReturnType> {
        let tree = message.field(name)?;
        self.return_type(tree)
    }

    pub(super) fn task_def(&mut self, tree: &Tree) -> Option<(String, TaskDef)> {
        let mut message = self.message(tree, "TaskDef")?;
        let name = self.name(&mut message);
        message.field("createdAt");
        message.field("description");
        let inputs = self.list(&mut message, "inputVars");
        let input_vars = inputs.iter().filter_map(|tree| self.variable_def(tree)).collect();
        let return_type = self.optional_return_type(&mut message, "returnType");
        self.finish(message);
        Some((name, TaskDef { input_vars, return_type, at: tree.at() }))
    }

    pub(super) fn external_event_def(&mut self, tree: &Tree) -> Option<(String, ExternalEventDef)> {
        let mut message = self.message(tree, "ExternalEventDef")?;
        let name = self.name(&mut message);
        message.field("createdAt");
        let retention_seconds = message.field("retentionPolicy").and_then(|tree| {
            let mut policy = self.message(tree, "ExternalEventRetentionPolicy")?;
            let seconds = self.integer(&mut policy, "secondsAfterPut");
            self.finish(policy);
            seconds
        });
        let put = self.optional_return_type(&mut message, "contentType");
        let content_type = put.or(self.optional_return_type(&mut message, "typeInformation"));
        let correlated = message.field("correlatedEventConfig").and_then(|tree| {
            let mut config = self.message(tree, "CorrelatedEventConfig")?;
            let correlated = CorrelatedEventConfig {
                ttl_seconds: self.integer(&mut config, "ttlSeconds"),
                delete_after_first_correlation: self
                    .flag(&mut config, "deleteAfterFirstCorrelation"),
            };
            self.finish(config);
            Some(correlated)
        });
        self.finish(message);
        let def = ExternalEventDef { content_type, retention_seconds, correlated, at: tree.at() };
        Some((name, def))
    }

    pub(super) fn workflow_event_def(&mut self, tree: &Tree) -> Option<(String, WorkflowEventDef)> {
        let mut message = self.message(tree, "WorkflowEventDef")?;
        let name = self.name(&mut message);
        message.field("createdAt");
        let content_type = self.optional_return_type(&mut message, "contentType");
        self.finish(message);
        Some((name, WorkflowEventDef { content_type, at: tree.at() }))
    }

    pub(super) fn struct_def(&mut self, tree: &Tree) -> Option<(String, StructDef)> {
        let mut message = self.message(tree, "StructDef")?;
        let id = message.field("id").and_then(|tree| self.struct_def_id(tree));
        let name = self.text(&mut message, "name");
        for known in ["createdAt", "description", "allowedUpdates"] {
            message.field(known);
        }
        let fields = message.field("structDef").and_then(|tree| self.struct_fields(tree));
        self.finish(message);
        let (name, version) = match id {
            Some(id) => (id.name.to_string(), id.version),
            None => (name, 0),
        };
        let fields = Some(fields.unwrap_or_default());
        Some((name, StructDef { version, fields, at: tree.at() }))
    }

    pub(super) fn user_task_def(&mut self, tree: &Tree) -> Option<(String, UserTaskDef)> {
        let mut message = self.message(tree, "UserTaskDef")?;
        let name = self.name(&mut message);
        message.field("version");
        message.field("description");
        message.field("createdAt");
        let fields = self.list(&mut message, "fields");
        let fields = fields.iter().filter_map(|tree| self.user_task_field(tree)).collect();
        self.finish(message);
        Some((name, UserTaskDef { fields, at: tree.at() }))
    }

    fn user_task_field(&mut self, tree: &Tree) -> Option<UserTaskField> {
        let mut message = self.message(tree, "UserTaskField")?;
        let field = UserTaskField {
            name: self.text(&mut message, "name"),
            var_type: self
                .optional_word(&mut message, "type", &VarType::ALL)
                .unwrap_or(VarType::JsonObj),
            required: self.flag(&mut message, "required"),
            display_name: self.text(&mut message, "displayName"),
            description: self.optional_text(&mut message, "description"),
        };
        self.finish(message);
        Some(field)
    }

    /// A `VariableDef`; the deprecated `type` and `maskedValue` are read as a `typeDef`.
    pub(super) fn variable_def(&mut self, tree: &Tree) -> Option<VariableDef> {
        let mut message = self.message(tree, "VariableDef")?;
        let name = self.text(&mut message, "name");
        let old_type = self.optional_word(&mut message, "type", &VarType::ALL);
        let old_masked = self.flag(&mut message, "maskedValue");
        let old = old_type.map(|found| TypeDef { of: Type::Primitive(found), masked: old_masked });
        let type_tree = message.field("typeDef");
        let type_def = match type_tree {
            Some(tree) => self.type_def(tree),
            None if old.is_some() => old,
            None => {
                let text = format!("The variable \"{name}\" has no type.");
                self.error(Code::Type, tree.span, text);
                None
            }
        };
        let default_value = message.field("defaultValue").and_then(|tree| self.value(tree));
        self.finish(message);
        Some(VariableDef { name, type_def: type_def?, default_value, at: tree.at() })
    }
}
