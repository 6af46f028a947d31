//! The way back: messages as JSON. What has its default value is left out, as proto JSON has it.

use indexmap::IndexMap;
use serde_json::{Value as SerdeJson, json};

use super::object::ProtoObject;
use super::values::{write_map_type, write_struct_def_id, write_type_def as type_def, write_value};
use crate::model::{
    AccessLevel, AllowedUpdates, Condition, Edge, ExternalEventDef, FailureHandlerDef,
    FailureToCatch, GivenAction, InlineStructBuilder, InlineStructFieldValue, MutationRhs,
    MutationType, Node, NodeKind, Operator, Path, ReturnType, Selector, SleepNode, Source,
    StructDef, TaskDef, TaskNode, TaskToExecute, ThreadSpec, ThreadVarDef, ThreadsToWaitFor,
    UserTaskAction, UserTaskActionKind, UserTaskDef, UserTaskHook, VariableAssignment, VariableDef,
    VariableMutation, WaitStrategy, WfSpec, WfSpecToRun, WorkflowEventDef,
};

/// Writes a `PutWfSpecRequest`.
#[must_use]
pub fn write_put_wf_spec_request(spec: &WfSpec) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("name", spec.name.as_str());
    let threads = spec.thread_specs.iter();
    fields.map("threadSpecs", threads.map(|(name, thread)| (name, thread_spec(thread))));
    fields.put("entrypointThreadName", spec.entrypoint_thread_name.as_str());
    let retention = spec.retention_seconds;
    fields.optional(
        "retentionPolicy",
        retention.map(|seconds| json!({"secondsAfterWfTermination": seconds.to_string()})),
    );
    if let Some(parent) = &spec.parent_wf_spec {
        let mut reference = ProtoObject::default();
        reference.put("wfSpecName", parent.wf_spec_name.as_str());
        reference.put("wfSpecMajorVersion", parent.wf_spec_major_version);
        fields.set("parentWfSpec", reference.done());
    }
    if spec.allowed_updates != AllowedUpdates::default() {
        fields.put("allowedUpdates", spec.allowed_updates.name());
    }
    fields.done()
}

/// Writes a `PutTaskDefRequest`.
#[must_use]
pub fn write_task_def(name: &str, def: &TaskDef) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("name", name);
    fields.list("inputVars", def.input_vars.iter().map(variable_def));
    fields.optional("returnType", def.return_type.as_ref().map(return_type));
    fields.done()
}

/// Writes a `PutExternalEventDefRequest`.
#[must_use]
pub fn write_external_event_def(name: &str, def: &ExternalEventDef) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("name", name);
    fields.optional(
        "retentionPolicy",
        def.retention_seconds.map(|seconds| json!({"secondsAfterPut": seconds.to_string()})),
    );
    fields.optional("contentType", def.content_type.as_ref().map(return_type));
    if let Some(correlated) = &def.correlated {
        let mut config = ProtoObject::default();
        let ttl = correlated.ttl_seconds.map(|seconds| SerdeJson::from(seconds.to_string()));
        config.optional("ttlSeconds", ttl);
        config.put("deleteAfterFirstCorrelation", correlated.delete_after_first_correlation);
        fields.set("correlatedEventConfig", config.done());
    }
    fields.done()
}

/// Writes a `PutStructDefRequest`.
#[must_use]
pub fn write_struct_def(name: &str, def: &StructDef) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("name", name);
    let mut inline = ProtoObject::default();
    inline.map(
        "fields",
        def.fields.iter().flatten().map(|(name, field)| {
            let mut fields = ProtoObject::default();
            fields.set("fieldType", type_def(&field.type_def));
            fields.optional("defaultValue", field.default_value.as_ref().map(write_value));
            fields.put("isNullable", field.is_nullable);
            (name, fields.done())
        }),
    );
    fields.set("structDef", inline.done());
    fields.done()
}

/// Writes a `PutUserTaskDefRequest`.
#[must_use]
pub fn write_user_task_def(name: &str, def: &UserTaskDef) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("name", name);
    fields.list(
        "fields",
        def.fields.iter().map(|field| {
            let mut fields = ProtoObject::default();
            fields.put("name", field.name.as_str());
            if field.var_type != crate::model::VarType::JsonObj {
                fields.put("type", field.var_type.name());
            }
            fields.optional("description", field.description.as_deref().map(SerdeJson::from));
            fields.put("displayName", field.display_name.as_str());
            fields.put("required", field.required);
            fields.done()
        }),
    );
    fields.done()
}

/// Writes a `PutWorkflowEventDefRequest`.
#[must_use]
pub fn write_workflow_event_def(name: &str, def: &WorkflowEventDef) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("name", name);
    fields.optional("contentType", def.content_type.as_ref().map(return_type));
    fields.done()
}

fn return_type(return_type: &ReturnType) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.optional("returnType", return_type.type_def.as_ref().map(type_def));
    fields.done()
}

fn variable_def(def: &VariableDef) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("name", def.name.as_str());
    fields.optional("defaultValue", def.default_value.as_ref().map(write_value));
    fields.set("typeDef", type_def(&def.type_def));
    fields.done()
}

fn thread_spec(thread: &ThreadSpec) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.map("nodes", thread.nodes.iter().map(|(name, value)| (name, node(value))));
    fields.list("variableDefs", thread.variable_defs.iter().map(thread_var_def));
    fields.list(
        "interruptDefs",
        thread.interrupt_defs.iter().map(|interrupt| {
            let mut fields = ProtoObject::default();
            fields.set("externalEventDefId", id(&interrupt.external_event_def));
            fields.put("handlerSpecName", interrupt.handler_spec_name.as_str());
            fields.done()
        }),
    );
    fields.optional(
        "retentionPolicy",
        thread
            .retention_seconds
            .map(|seconds| json!({"secondsAfterThreadTermination": seconds.to_string()})),
    );
    fields.done()
}

fn id(name: &str) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("name", name);
    fields.done()
}

fn thread_var_def(variable: &ThreadVarDef) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.set("varDef", variable_def(&variable.var_def));
    fields.put("required", variable.required);
    fields.put("searchable", variable.searchable);
    fields.list(
        "jsonIndexes",
        variable.json_indexes.iter().map(|(path, var_type)| {
            let mut fields = ProtoObject::default();
            fields.put("fieldPath", path.as_str());
            if *var_type != crate::model::VarType::JsonObj {
                fields.put("fieldType", var_type.name());
            }
            fields.done()
        }),
    );
    if variable.access_level != AccessLevel::default() {
        fields.put("accessLevel", variable.access_level.name());
    }
    fields.done()
}

pub(crate) fn node(node: &Node) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.list("outgoingEdges", node.outgoing_edges.iter().map(edge));
    fields.list("failureHandlers", node.failure_handlers.iter().map(failure_handler));
    let (name, kind) = node_kind(&node.kind);
    fields.set(name, kind);
    fields.done()
}

fn node_kind(kind: &NodeKind) -> (&'static str, SerdeJson) {
    let mut fields = ProtoObject::default();
    let name = match kind {
        NodeKind::Entrypoint => "entrypoint",
        NodeKind::Nop => "nop",
        NodeKind::Exit(exit) => {
            if let Some(failure) = &exit.failure {
                let mut def = ProtoObject::default();
                def.put("failureName", failure.failure_name.as_str());
                def.put("message", failure.message.as_str());
                def.optional("content", failure.content.as_ref().map(assignment));
                fields.set("failureDef", def.done());
            } else {
                fields.optional("returnContent", exit.return_content.as_ref().map(assignment));
            }
            "exit"
        }
        NodeKind::Task(task) => return ("task", task_node(task)),
        NodeKind::ExternalEvent(event) => {
            fields.set("externalEventDefId", id(&event.external_event_def));
            fields.optional("timeoutSeconds", event.timeout_seconds.as_ref().map(assignment));
            fields.optional("correlationKey", event.correlation_key.as_ref().map(assignment));
            fields.put("maskCorrelationKey", event.mask_correlation_key);
            "externalEvent"
        }
        NodeKind::StartThread(start) => {
            fields.put("threadSpecName", start.thread_spec_name.as_str());
            fields.map("variables", assignments(&start.variables));
            "startThread"
        }
        NodeKind::StartMultipleThreads(start) => {
            fields.put("threadSpecName", start.thread_spec_name.as_str());
            fields.map("variables", assignments(&start.variables));
            fields.set("iterable", assignment(&start.iterable));
            "startMultipleThreads"
        }
        NodeKind::WaitForThreads(wait) => {
            match &wait.threads {
                ThreadsToWaitFor::Threads(numbers) => {
                    let mut threads = ProtoObject::default();
                    let numbers = numbers.iter();
                    threads.list(
                        "threads",
                        numbers.map(|number| json!({"threadRunNumber": assignment(number)})),
                    );
                    fields.set("threads", threads.done());
                }
                ThreadsToWaitFor::List(list) => {
                    fields.set("threadList", assignment(list));
                }
            }
            let handlers = wait.per_thread_failure_handlers.iter();
            fields.list("perThreadFailureHandlers", handlers.map(failure_handler));
            if wait.strategy != WaitStrategy::default() {
                fields.put("strategy", wait.strategy.name());
            }
            "waitForThreads"
        }
        NodeKind::Sleep(sleep) => {
            match sleep {
                SleepNode::RawSeconds(length) => {
                    fields.set("rawSeconds", assignment(length));
                }
                SleepNode::Timestamp(time) => {
                    fields.set("timestamp", assignment(time));
                }
                SleepNode::IsoDate(date) => {
                    fields.set("isoDate", assignment(date));
                }
            }
            "sleep"
        }
        NodeKind::UserTask(task) => {
            fields.put("userTaskDefName", task.user_task_def_name.as_str());
            fields.optional("userGroup", task.user_group.as_ref().map(assignment));
            fields.optional("userId", task.user_id.as_ref().map(assignment));
            fields.list("actions", task.actions.iter().map(given_action));
            fields.optional("userTaskDefVersion", task.user_task_def_version.map(SerdeJson::from));
            fields.optional("notes", task.notes.as_ref().map(assignment));
            fields.optional(
                "onCancellationExceptionName",
                task.on_cancellation_exception_name.as_ref().map(assignment),
            );
            "userTask"
        }
        NodeKind::ThrowEvent(throw) => {
            fields.set("eventDefId", id(&throw.event_def));
            fields.set("content", assignment(&throw.content));
            "throwEvent"
        }
        NodeKind::WaitForCondition(condition) => {
            set_condition(&mut fields, condition);
            "waitForCondition"
        }
        NodeKind::RunChildWf(run) => {
            match &run.wf_spec {
                WfSpecToRun::WfSpec(name) => {
                    fields.set("wfSpecName", SerdeJson::from(name.as_str()));
                }
                WfSpecToRun::Dynamic(name) => {
                    fields.set("wfSpecVar", assignment(name));
                }
            }
            fields.put("majorVersion", run.major_version);
            fields.map("inputs", assignments(&run.inputs));
            fields.optional("childId", run.child_id.as_ref().map(assignment));
            "runChildWf"
        }
        NodeKind::WaitForChildWf(wait) => {
            fields.set("childWfRunId", assignment(&wait.child_wf_run_id));
            fields.put("childWfRunSourceNode", wait.source_node.as_str());
            "waitForChildWf"
        }
    };
    (name, fields.done())
}

fn task_node(task: &TaskNode) -> SerdeJson {
    let mut fields = ProtoObject::default();
    match &task.task {
        TaskToExecute::TaskDef(name) => {
            fields.set("taskDefId", id(name));
        }
        TaskToExecute::Dynamic(name) => {
            fields.set("dynamicTask", assignment(name));
        }
    }
    fields.put("timeoutSeconds", task.timeout_seconds);
    fields.put("retries", task.retries);
    if let Some(backoff) = &task.exponential_backoff {
        let mut policy = ProtoObject::default();
        policy.put("baseIntervalMs", backoff.base_interval_ms);
        if backoff.max_delay_ms != 0 {
            policy.put("maxDelayMs", backoff.max_delay_ms.to_string().as_str());
        }
        if backoff.multiplier != 0.0 {
            policy.set("multiplier", write_float(backoff.multiplier));
        }
        fields.set("exponentialBackoff", policy.done());
    }
    fields.list("variables", task.variables.iter().map(assignment));
    fields.done()
}

/// The shortest number that is this one with 32 bits.
fn write_float(number: f32) -> SerdeJson {
    number.to_string().parse::<f64>().map_or(SerdeJson::Null, SerdeJson::from)
}

fn given_action(action: &GivenAction) -> SerdeJson {
    match action {
        GivenAction::Read(action) => user_task_action(action),
        GivenAction::Kept(json) => json.clone(),
    }
}

fn user_task_action(action: &UserTaskAction) -> SerdeJson {
    let mut fields = ProtoObject::default();
    let mut inner = ProtoObject::default();
    let name = match &action.kind {
        UserTaskActionKind::Cancel => "cancel",
        UserTaskActionKind::Reassign { user_id, user_group } => {
            inner.optional("userId", user_id.as_ref().map(assignment));
            inner.optional("userGroup", user_group.as_ref().map(assignment));
            "reassign"
        }
        UserTaskActionKind::Task(task) => {
            inner.set("task", task_node(task));
            "task"
        }
    };
    fields.set(name, inner.done());
    fields.set("delaySeconds", assignment(&action.delay_seconds));
    match action.hook {
        UserTaskHook::OnArrival => {}
        UserTaskHook::OnTaskAssigned => {
            fields.put("hook", "ON_TASK_ASSIGNED");
        }
    }
    fields.done()
}

fn assignments(
    variables: &IndexMap<String, VariableAssignment>,
) -> impl Iterator<Item = (&String, SerdeJson)> {
    variables.iter().map(|(name, value)| (name, assignment(value)))
}

fn failure_handler(handler: &FailureHandlerDef) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("handlerSpecName", handler.handler_spec_name.as_str());
    match &handler.failure_to_catch {
        FailureToCatch::Specific(name) => {
            fields.set("specificFailure", SerdeJson::from(name.as_str()));
        }
        FailureToCatch::AnyError => {
            fields.put("anyFailureOfType", "FAILURE_TYPE_ERROR");
        }
        FailureToCatch::AnyException => {
            fields.put("anyFailureOfType", "FAILURE_TYPE_EXCEPTION");
        }
        FailureToCatch::Any => {}
    }
    fields.done()
}

fn edge(edge: &Edge) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("sinkNodeName", edge.sink_node_name.as_str());
    if let Some(condition) = &edge.condition {
        set_condition(&mut fields, condition);
    }
    fields.list("variableMutations", edge.variable_mutations.iter().map(mutation));
    fields.done()
}

/// The map that has a condition in one of its two fields.
pub(crate) fn condition(condition: &Condition) -> SerdeJson {
    let mut fields = ProtoObject::default();
    set_condition(&mut fields, condition);
    fields.done()
}

fn set_condition(fields: &mut ProtoObject, condition: &Condition) {
    match condition {
        Condition::Assignment(value) => {
            fields.set("condition", assignment(value));
        }
        Condition::Legacy(comparator, left, right) => {
            let mut legacy = ProtoObject::default();
            if *comparator != crate::model::Comparator::LessThan {
                legacy.put("comparator", comparator.name());
            }
            legacy.set("left", assignment(left));
            legacy.set("right", assignment(right));
            fields.set("legacyCondition", legacy.done());
        }
    }
}

pub(crate) fn mutation(mutation: &VariableMutation) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.put("lhsName", mutation.lhs_name.as_str());
    set_path(&mut fields, mutation.lhs_path.as_ref(), "lhsJsonPath", "lhsLhPath");
    if mutation.operation != MutationType::Assign {
        fields.put("operation", mutation.operation.name());
    }
    match &mutation.rhs {
        MutationRhs::Assignment(value) => {
            fields.set("rhsAssignment", assignment(value));
        }
        MutationRhs::Literal(value) => {
            fields.set("literalValue", write_value(value));
        }
        MutationRhs::NodeOutput(path) => {
            let mut output = ProtoObject::default();
            set_path(&mut output, path.as_ref(), "jsonpath", "lhPath");
            fields.set("nodeOutput", output.done());
        }
    }
    fields.done()
}

fn set_path(fields: &mut ProtoObject, path: Option<&Path>, json: &str, lh: &str) {
    match path {
        None => {}
        Some(Path::JsonPath(path)) => {
            fields.set(json, SerdeJson::from(path.as_str()));
        }
        Some(Path::LhPath(selectors)) => {
            let mut path = ProtoObject::default();
            path.list(
                "path",
                selectors.iter().map(|selector| match selector {
                    Selector::Key(key) => json!({"key": key}),
                    Selector::Index(index) => json!({"index": index}),
                    Selector::Dynamic(value) => json!({"dynamic": assignment(value)}),
                }),
            );
            fields.set(lh, path.done());
        }
    }
}

/// Writes a `VariableAssignment`.
pub(crate) fn assignment(value: &VariableAssignment) -> SerdeJson {
    let mut fields = ProtoObject::default();
    set_path(&mut fields, value.path.as_ref(), "jsonPath", "lhPath");
    match &value.source {
        Source::Variable(name) => {
            fields.set("variableName", SerdeJson::from(name.as_str()));
        }
        Source::Literal(literal) => {
            fields.set("literalValue", write_value(literal));
        }
        Source::FormatString(format, args) => {
            let mut string = ProtoObject::default();
            string.set("format", assignment(format));
            string.list("args", args.iter().map(assignment));
            fields.set("formatString", string.done());
        }
        Source::NodeOutput(node) => {
            let mut reference = ProtoObject::default();
            reference.put("nodeName", node.as_str());
            fields.set("nodeOutput", reference.done());
        }
        Source::Expression(parts) => {
            let mut expression = ProtoObject::default();
            expression.set("lhs", assignment(&parts.lhs));
            match parts.operator {
                Operator::Mutation(operator) => {
                    expression.put("mutationType", operator.name());
                }
                Operator::Compare(comparator) => {
                    expression.put("comparator", comparator.name());
                }
            }
            expression.set("rhs", assignment(&parts.rhs));
            fields.set("expression", expression.done());
        }
        Source::SizeOf(operand) => {
            fields.set("sizeOf", json!({"operand": assignment(operand)}));
        }
        Source::StructBuilder(id, value) => {
            let mut builder = ProtoObject::default();
            builder.set("structDefId", write_struct_def_id(id));
            builder.set("value", inline_struct(value));
            fields.set("structBuilder", builder.done());
        }
        Source::MapBuilder(map_type, entries) => {
            let mut builder = ProtoObject::default();
            let entries = entries.iter();
            builder.list(
                "entries",
                entries.map(
                    |(key, value)| json!({"key": assignment(key), "value": assignment(value)}),
                ),
            );
            builder.optional("mapType", map_type.as_ref().map(write_map_type));
            fields.set("mapBuilder", builder.done());
        }
    }
    fields.optional("targetType", value.target_type.as_ref().map(type_def));
    fields.done()
}

fn inline_struct(value: &InlineStructBuilder) -> SerdeJson {
    let mut fields = ProtoObject::default();
    fields.map(
        "fields",
        value.fields.iter().map(|(name, value)| {
            let value = match value {
                InlineStructFieldValue::Simple(value) => json!({"simpleValue": assignment(value)}),
                InlineStructFieldValue::SubStructure(value) => {
                    json!({"subStructure": inline_struct(value)})
                }
            };
            (name, value)
        }),
    );
    fields.done()
}
