//! The WfSpec and its ThreadSpecs.

use indexmap::IndexMap;

use super::reader::{Message, Reader};
use crate::code::Code;
use crate::model::{
    AccessLevel, AllowedUpdates, FailureHandlerDef, FailureToCatch, InterruptDef, ParentWfSpec,
    ThreadSpec, ThreadVarDef, VarType, WfSpec,
};
use crate::place::At;
use crate::tree::Tree;

/// The two kinds of failures, by `LittleHorse`'s names.
const FAILURE_TYPES: [(bool, &str); 2] =
    [(false, "FAILURE_TYPE_ERROR"), (true, "FAILURE_TYPE_EXCEPTION")];

impl Reader {
    /// A `PutWfSpecRequest` or a `WfSpec`.
    pub(crate) fn wf_spec(&mut self, tree: &Tree) -> Option<WfSpec> {
        let mut message = self.message(tree, "WfSpec")?;
        let name_at = message.field("name").or_else(|| message.field("id")).map(Tree::at);
        let by_id = self.name_in_id(&mut message, "id");
        let name = Some(self.text(&mut message, "name")).filter(|name| !name.is_empty());
        for kept_by_the_server in ["createdAt", "frozenVariables", "status", "migration"] {
            message.field(kept_by_the_server);
        }
        let entrypoint_at = message.field("entrypointThreadName").map(Tree::at);
        let entrypoint_thread_name = self.text(&mut message, "entrypointThreadName");
        let retention_seconds = self.retention(&mut message, "secondsAfterWfTermination");
        let parent_wf_spec = message.field("parentWfSpec").and_then(|tree| {
            let mut parent = self.message(tree, "ParentWfSpecReference")?;
            let reference = ParentWfSpec {
                wf_spec_name: self.text(&mut parent, "wfSpecName"),
                wf_spec_major_version: self
                    .small_integer(&mut parent, "wfSpecMajorVersion")
                    .unwrap_or_default(),
            };
            self.finish(parent);
            Some(reference)
        });
        let allowed_updates = self
            .optional_word(&mut message, "allowedUpdates", &AllowedUpdates::ALL)
            .unwrap_or_default();
        let mut thread_specs = IndexMap::new();
        for entry in self.map(&mut message, "threadSpecs") {
            self.thread = Some(entry.key.clone());
            if let Some(thread_spec) = self.thread_spec(&entry.value, At(entry.key_span)) {
                thread_specs.insert(entry.key.clone(), thread_spec);
            }
            self.thread = None;
        }
        self.finish(message);
        Some(WfSpec {
            name: name.unwrap_or(by_id),
            thread_specs,
            entrypoint_thread_name,
            retention_seconds,
            parent_wf_spec,
            allowed_updates,
            at: tree.at(),
            name_at: name_at.unwrap_or(tree.at()),
            entrypoint_at: entrypoint_at.unwrap_or(tree.at()),
        })
    }

    fn retention(&mut self, message: &mut Message<'_>, field: &'static str) -> Option<i64> {
        let tree = message.field("retentionPolicy")?;
        let mut policy = self.message(tree, "retention policy")?;
        let seconds = self.integer(&mut policy, field);
        self.finish(policy);
        seconds
    }

    fn thread_spec(&mut self, tree: &Tree, at: At) -> Option<ThreadSpec> {
        let mut message = self.message(tree, "ThreadSpec")?;
        let mut nodes = IndexMap::new();
        for entry in self.map(&mut message, "nodes") {
            self.node = Some(entry.key.clone());
            if let Some(node) = self.node(&entry.value, At(entry.key_span)) {
                nodes.insert(entry.key.clone(), node);
            }
            self.node = None;
        }
        let variables = self.list(&mut message, "variableDefs");
        let variable_defs = variables.iter().filter_map(|tree| self.thread_var_def(tree)).collect();
        let interrupts = self.list(&mut message, "interruptDefs");
        let interrupt_defs =
            interrupts.iter().filter_map(|tree| self.interrupt_def(tree)).collect();
        let retention_seconds = self.retention(&mut message, "secondsAfterThreadTermination");
        self.finish(message);
        Some(ThreadSpec { nodes, variable_defs, interrupt_defs, retention_seconds, at })
    }

    fn thread_var_def(&mut self, tree: &Tree) -> Option<ThreadVarDef> {
        let mut message = self.message(tree, "ThreadVarDef")?;
        let var_def = match message.field("varDef") {
            Some(tree) => self.variable_def(tree),
            None => {
                self.error(Code::Missing, tree.span, "A ThreadVarDef has a varDef.");
                None
            }
        };
        let required = self.flag(&mut message, "required");
        let searchable = self.flag(&mut message, "searchable");
        let indexes = self.list(&mut message, "jsonIndexes");
        let json_indexes = indexes.iter().filter_map(|tree| self.json_index(tree)).collect();
        let access_level =
            self.optional_word(&mut message, "accessLevel", &AccessLevel::ALL).unwrap_or_default();
        self.finish(message);
        Some(ThreadVarDef { var_def: var_def?, required, searchable, json_indexes, access_level })
    }

    fn json_index(&mut self, tree: &Tree) -> Option<(String, VarType)> {
        let mut message = self.message(tree, "JsonIndex")?;
        let path = self.text(&mut message, "fieldPath");
        let var_type = self
            .optional_word(&mut message, "fieldType", &VarType::ALL)
            .unwrap_or(VarType::JsonObj);
        self.finish(message);
        Some((path, var_type))
    }

    fn interrupt_def(&mut self, tree: &Tree) -> Option<InterruptDef> {
        let mut message = self.message(tree, "InterruptDef")?;
        let external_event_def = self.name_in_id(&mut message, "externalEventDefId");
        let handler_spec_name = self.text(&mut message, "handlerSpecName");
        self.finish(message);
        Some(InterruptDef { external_event_def, handler_spec_name, at: tree.at() })
    }

    pub(super) fn failure_handlers(
        &mut self,
        message: &mut Message<'_>,
        field: &'static str,
    ) -> Vec<FailureHandlerDef> {
        let handlers = self.list(message, field);
        handlers.iter().filter_map(|tree| self.failure_handler(tree)).collect()
    }

    fn failure_handler(&mut self, tree: &Tree) -> Option<FailureHandlerDef> {
        let mut message = self.message(tree, "FailureHandlerDef")?;
        let handler_spec_name = self.text(&mut message, "handlerSpecName");
        let failure_to_catch =
            match self.one_of(&mut message, &["specificFailure", "anyFailureOfType"]) {
                Some(("specificFailure", tree)) => {
                    self.text_of(tree, "specificFailure").map(FailureToCatch::Specific)
                }
                Some((name, tree)) => self.word(tree, name, &FAILURE_TYPES).map(|exception| {
                    if exception { FailureToCatch::AnyException } else { FailureToCatch::AnyError }
                }),
                None => Some(FailureToCatch::Any),
            };
        self.finish(message);
        Some(FailureHandlerDef {
            handler_spec_name,
            failure_to_catch: failure_to_catch?,
            at: tree.at(),
        })
    }
}
