//! Events, tasks, user tasks, and what simulated tasks return.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Source;
use crate::about::{About, Unknown, UnknownWhat};
use crate::code::Code;
use crate::grammar;
use crate::model::{
    CorrelatedEventConfig, Document, ExternalEventDef, NodeKind, ReturnType, SimulatedResult,
    Source as From, TaskDef, TaskToExecute, ThreadSpec, Type, TypeDef, UserTaskDef, UserTaskField,
    VarType, VariableAssignment, VariableDef, WfSpec, WorkflowEventDef,
};
use crate::place::At;
use crate::tree::{Entry, Tree};
use crate::value::Value;

impl Source {
    /// The entries of a section: a map from names to what they are, or a list of names.
    fn section(&mut self, tree: &Tree, what: &str) -> Vec<Entry> {
        if let Some(entries) = tree.map() {
            return entries.to_vec();
        }
        if let Some(items) = tree.list() {
            let mut entries = Vec::new();
            for item in items {
                if let Some(name) = self.name(item, what) {
                    let value = Tree::plain("", item.span);
                    entries.push(Entry { key: name, key_span: item.span, value });
                }
            }
            return entries;
        }
        if !tree.is_null() {
            self.expected(tree, what, "a map from names to types, or a list of names");
        }
        Vec::new()
    }

    /// A type; `NOTHING`; or no type at all.
    fn return_type(&mut self, tree: &Tree) -> Option<ReturnType> {
        if tree.is_null() {
            return None;
        }
        if tree.text() == Some("NOTHING") {
            return Some(ReturnType { type_def: None });
        }
        let words = self.words(tree)?;
        let type_def = TypeDef { of: words.of?, masked: words.masked };
        Some(ReturnType { type_def: Some(type_def) })
    }

    pub(super) fn events(&mut self, tree: &Tree) {
        for entry in self.section(tree, "events") {
            let mut def =
                ExternalEventDef { at: At(entry.key_span), ..ExternalEventDef::default() };
            if entry.value.map().is_some() {
                let keys = grammar::EVENT.keys;
                let Some(mut fields) = self.fields_of(&entry.value, &entry.key, keys) else {
                    continue;
                };
                if let Some(payload) = fields.take("payload") {
                    def.content_type = self.return_type(&payload.value);
                }
                def.retention_seconds = self.optional_integer(&mut fields, "retention");
                if let Some(correlated) = fields.take("correlated") {
                    def.correlated = Some(self.correlated(&correlated.value));
                }
                self.finish(fields);
            } else {
                def.content_type = self.return_type(&entry.value);
            }
            self.document.external_event_defs.insert(entry.key, def);
        }
    }

    fn correlated(&mut self, tree: &Tree) -> CorrelatedEventConfig {
        if tree.text() == Some("true") {
            return CorrelatedEventConfig::default();
        }
        let Some(mut fields) = self.fields(tree, &grammar::CORRELATED) else {
            return CorrelatedEventConfig::default();
        };
        let config = CorrelatedEventConfig {
            ttl_seconds: self.optional_integer(&mut fields, "ttl"),
            delete_after_first_correlation: self.flag(&mut fields, "delete-after-first"),
        };
        self.finish(fields);
        config
    }

    pub(super) fn tasks(&mut self, tree: &Tree) {
        for entry in self.section(tree, "tasks") {
            let mut def = TaskDef { at: At(entry.key_span), ..TaskDef::default() };
            let mut has_inputs = false;
            if entry.value.map().is_some() {
                let keys = grammar::TASK.keys;
                let Some(mut fields) = self.fields_of(&entry.value, &entry.key, keys) else {
                    continue;
                };
                if let Some(inputs) = fields.take("inputs") {
                    has_inputs = true;
                    let variables = self.variables(&inputs.value);
                    def.input_vars = variables.into_iter().map(|input| input.var_def).collect();
                }
                if let Some(returns) = fields.take("returns") {
                    def.return_type = self.return_type(&returns.value);
                }
                self.finish(fields);
            } else {
                def.return_type = self.return_type(&entry.value);
            }
            if !has_inputs {
                self.tasks_without_inputs.insert(entry.key.clone());
            }
            self.document.task_defs.insert(entry.key, def);
        }
    }

    /// A task that does not say its inputs has those that the first step which runs it gives.
    pub(super) fn infer_inputs(&mut self) {
        let Document { wf_spec, workflows, task_defs, .. } = &mut self.document;
        for wf_spec in std::iter::once(&*wf_spec).chain(workflows.values()) {
            infer_inputs_of(wf_spec, task_defs, &mut self.tasks_without_inputs);
        }
    }

    pub(super) fn workflow_events(&mut self, tree: &Tree) {
        for entry in self.section(tree, "workflow-events") {
            let content_type = self.return_type(&entry.value);
            let def = WorkflowEventDef { content_type, at: At(entry.key_span) };
            self.document.workflow_event_defs.insert(entry.key, def);
        }
    }

    pub(super) fn user_tasks(&mut self, tree: &Tree) {
        for entry in self.section(tree, "user-tasks") {
            let mut fields = Vec::new();
            match entry.value.map() {
                Some(entries) => {
                    for field in entries {
                        fields.extend(self.user_task_field(field));
                    }
                }
                None if entry.value.is_null() => {}
                None => self.expected(&entry.value, &entry.key, "a map from fields to types"),
            }
            let def = UserTaskDef { fields, at: At(entry.key_span) };
            self.document.user_task_defs.insert(entry.key, def);
        }
    }

    fn user_task_field(&mut self, entry: &Entry) -> Option<UserTaskField> {
        let mut field = UserTaskField {
            name: entry.key.clone(),
            var_type: VarType::Str,
            required: false,
            display_name: entry.key.clone(),
            description: None,
        };
        if entry.value.map().is_none() {
            (field.var_type, field.required) = self.field_type(&entry.value, &entry.key)?;
            return Some(field);
        }
        let keys = grammar::FIELD.keys;
        let mut fields = self.fields_of(&entry.value, &entry.key, keys)?;
        let mut required = false;
        if let Some(entry) = fields.take("type")
            && let Some(found) = self.field_type(&entry.value, "type")
        {
            (field.var_type, required) = found;
        }
        field.required = self.flag(&mut fields, "required") || required;
        if let Some(label) = self.optional_text(&mut fields, "label") {
            field.display_name = label;
        }
        field.description = self.optional_text(&mut fields, "description");
        self.finish(fields);
        Some(field)
    }

    pub(super) fn simulate(&mut self, tree: &Tree) {
        let Some(entries) = tree.map() else {
            if !tree.is_null() {
                self.expected(tree, "simulate", "a map from tasks to what they return");
            }
            return;
        };
        for entry in entries {
            let def = self.document.task_defs.get(&entry.key).cloned();
            if def.is_none() {
                let tasks = self.document.task_defs.keys().map(String::as_str);
                let unknown = Unknown::among(UnknownWhat::SimulatedTask, &entry.key, tasks);
                self.warning(Code::Simulate, entry.key_span, About::Unknown(unknown));
            }
            let of = def
                .and_then(|def| def.return_type)
                .and_then(|returns| returns.type_def)
                .map(|type_def| type_def.of);
            let items = match entry.value.list() {
                Some(items) => items,
                None => std::slice::from_ref(&entry.value),
            };
            let mut results = Vec::new();
            for item in items {
                results.extend(self.simulated(item, of.as_ref()));
            }
            self.document.simulate.insert(entry.key.clone(), results);
        }
    }

    /// `{output: …}`, `{error: message}`, `{exception: name, message: …, content: …}`, or just the output.
    fn simulated(&mut self, tree: &Tree, of: Option<&Type>) -> Option<SimulatedResult> {
        let is_result = ["output", "error", "exception"].iter().any(|key| tree.get(key).is_some());
        if !is_result {
            return self.literal(tree, of).map(SimulatedResult::Output);
        }
        let mut fields = self.fields(tree, &grammar::RESULT)?;
        let result = if let Some(exception) = fields.take("exception") {
            let name = self.name(&exception.value, "exception");
            let message = self.optional_name(&mut fields, "message").unwrap_or_default();
            let content = match fields.take("content") {
                Some(entry) => self.literal(&entry.value, None).unwrap_or_default(),
                None => Value::Null,
            };
            name.map(|name| SimulatedResult::Exception(name, message, content))
        } else if let Some(error) = fields.take("error") {
            if error.value.text().is_none() {
                self.expected(&error.value, "error", "a message");
            }
            Some(SimulatedResult::Error(error.value.text().unwrap_or_default().to_owned()))
        } else {
            let output = fields.take("output").and_then(|entry| self.literal(&entry.value, of));
            output.map(SimulatedResult::Output)
        };
        self.finish(fields);
        result
    }
}

fn infer_inputs_of(
    wf_spec: &WfSpec,
    task_defs: &mut IndexMap<String, TaskDef>,
    without_inputs: &mut HashSet<String>,
) {
    let type_of = |spec: &ThreadSpec, value: &VariableAssignment| match &value.source {
        _ if value.path.is_some() || value.target_type.is_some() => None,
        From::Literal(value) => Some(value.type_of()).filter(|found| *found != Type::Unknown),
        From::Variable(name) => {
            let all = wf_spec.thread_specs.values().flat_map(|thread| &thread.variable_defs);
            let mut defs = spec.variable_defs.iter().chain(all);
            let def = defs.find(|variable| variable.var_def.name == *name);
            def.map(|variable| variable.var_def.type_def.of.clone())
        }
        _ => None,
    };
    for spec in wf_spec.thread_specs.values() {
        for node in spec.nodes.values() {
            let NodeKind::Task(task) = &node.kind else {
                continue;
            };
            let TaskToExecute::TaskDef(name) = &task.task else {
                continue;
            };
            if !without_inputs.remove(name) {
                continue;
            }
            let Some(def) = task_defs.get_mut(name) else {
                continue;
            };
            for (index, value) in task.variables.iter().enumerate() {
                let of = value
                    .target_type
                    .as_ref()
                    .map(|target| target.of.clone())
                    .or_else(|| type_of(spec, value))
                    .unwrap_or(Type::Primitive(VarType::Str));
                def.input_vars.push(VariableDef {
                    name: format!("input-{}", index + 1),
                    type_def: TypeDef::from(of),
                    default_value: None,
                    at: def.at,
                });
            }
        }
    }
}
