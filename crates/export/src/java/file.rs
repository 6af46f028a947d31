//! The file: a class with the workflow, stubs of its tasks, and the registration of what it needs.

use halter_spec::model::{
    AllowedUpdates, CorrelatedEventConfig, ReturnType, TypeDef, VarType, VariableDef,
};

use super::indented;
use super::names::{self, IMPORTS};
use crate::code::{Identifiers, Outline, text, words};

pub(super) fn write(outline: &Outline<'_>) -> Result<String, String> {
    let document = outline.document;
    let spec = &document.wf_spec;
    let class = names::class(&spec.name);
    let mut names = Identifiers::new(false, names::is_reserved);
    let entrypoint = names.name(&spec.name);
    let mut lines = vec![
        "public static Workflow getWorkflow() {".to_owned(),
        format!(
            "    Workflow workflow = Workflow.newWorkflow({}, {class}::{entrypoint});",
            text(&spec.name)
        ),
    ];
    if let Some(parent) = &spec.parent_wf_spec {
        if parent.wf_spec_major_version != 0 {
            return Err("the SDK can't choose the version of the parent.".to_owned());
        }
        lines.push(format!("    workflow.setParent({});", text(&parent.wf_spec_name)));
    }
    if spec.allowed_updates != AllowedUpdates::AllUpdates {
        lines.push(format!(
            "    workflow.withUpdateType(AllowedUpdateType.{});",
            spec.allowed_updates.name()
        ));
    }
    if let Some(seconds) = spec.retention_seconds {
        lines.push(format!(
            "    workflow.withRetentionPolicy(WorkflowRetentionPolicy.newBuilder().setSecondsAfterWfTermination({seconds}L).build());"
        ));
    }
    lines.extend(["    return workflow;".to_owned(), "}".to_owned(), String::new()]);
    lines.push(format!(
        "private static void {entrypoint}(WorkflowThread {}) {{",
        outline.entrypoint.thread
    ));
    lines.extend(indented(&outline.entrypoint.lines));
    lines.push("}".to_owned());
    let mut workers = Vec::new();
    if !document.task_defs.is_empty() {
        lines.extend([String::new(), "public static class Tasks {".to_owned()]);
        for (index, (name, def)) in document.task_defs.iter().enumerate() {
            let method = names.name(name);
            let mut inputs = Identifiers::new(false, names::is_reserved);
            let inputs: Vec<_> = def
                .input_vars
                .iter()
                .map(|input| format!("{} {}", type_of(&input.type_def), inputs.name(&input.name)))
                .collect();
            let returns = def.return_type.as_ref().and_then(|found| found.type_def.as_ref());
            let returns = returns.map_or("void", type_of);
            if index > 0 {
                lines.push(String::new());
            }
            lines.extend([
                format!("    @LHTaskMethod({})", text(name)),
                format!("    public {returns} {method}({}) {{", inputs.join(", ")),
                format!("        throw new UnsupportedOperationException({});", text(name)),
                "    }".to_owned(),
            ]);
            workers.push(format!("new LHTaskWorker(new Tasks(), {}, config).start();", text(name)));
        }
        lines.push("}".to_owned());
    }
    lines.push(String::new());
    lines.extend(register(outline)?);
    lines.extend([
        String::new(),
        "public static void main(String[] args) {".to_owned(),
        "    LHConfig config = new LHConfig();".to_owned(),
        "    register(config.getBlockingStub());".to_owned(),
    ]);
    lines.extend(workers.iter().map(|worker| format!("    {worker}")));
    lines.push("}".to_owned());
    let all = lines.join("\n");
    for (function, setter) in [("jsonObj", "setJsonObj"), ("jsonArr", "setJsonArr")] {
        if words(&all).any(|word| word == function) {
            lines.extend([
                String::new(),
                format!("private static VariableValue {function}(String json) {{"),
                format!("    return VariableValue.newBuilder().{setter}(json).build();"),
                "}".to_owned(),
            ]);
        }
    }
    let body = indented(&lines).join("\n");
    let mut head = String::new();
    for (package, all) in IMPORTS {
        for name in all {
            if words(&body).any(|word| word == *name) {
                head.push_str(&format!("import {package}.{name};\n"));
            }
        }
    }
    Ok(format!(
        "{head}\n/** The workflow {}, and what it needs on a LittleHorse server (io.littlehorse:littlehorse-client). */\npublic class {class} {{\n{body}\n}}\n",
        spec.name
    ))
}

/// The type of a value in Java.
fn type_of(found: &TypeDef) -> &'static str {
    match found.var_type {
        VarType::JsonObj => "Map<String, Object>",
        VarType::JsonArr => "List<Object>",
        VarType::Double => "double",
        VarType::Bool => "boolean",
        VarType::Str => "String",
        VarType::Int => "long",
        VarType::Bytes => "byte[]",
        VarType::WfRunId => "WfRunId",
        VarType::Timestamp => "Instant",
    }
}

fn type_definition(found: &TypeDef) -> String {
    let masked = if found.masked { ".setMasked(true)" } else { "" };
    format!(
        "TypeDefinition.newBuilder().setPrimitiveType(VariableType.{}){masked}",
        found.var_type.name()
    )
}

fn return_type(found: &ReturnType) -> String {
    match &found.type_def {
        Some(found) => format!("ReturnType.newBuilder().setReturnType({})", type_definition(found)),
        None => "ReturnType.newBuilder()".to_owned(),
    }
}

fn variable_def(def: &VariableDef) -> Result<String, String> {
    if def.default_value.is_some() {
        return Err("the default of a task's input is not written.".to_owned());
    }
    Ok(format!(
        ".addInputVars(VariableDef.newBuilder().setName({}).setTypeDef({}))",
        text(&def.name),
        type_definition(&def.type_def)
    ))
}

/// A request, its fields on lines of their own.
fn put(lines: &mut Vec<String>, what: &str, name: &str, fields: &[String]) {
    let start =
        format!("    client.put{what}(Put{what}Request.newBuilder().setName({})", text(name));
    if fields.is_empty() {
        lines.push(format!("{start}.build());"));
        return;
    }
    lines.push(format!("    client.put{what}(Put{what}Request.newBuilder()"));
    lines.push(format!("            .setName({})", text(name)));
    lines.extend(fields.iter().map(|field| format!("            {field}")));
    lines.push("            .build());".to_owned());
}

/// The builder of how correlated events are kept.
pub(super) fn correlated(config: &CorrelatedEventConfig) -> String {
    let mut code = "CorrelatedEventConfig.newBuilder()".to_owned();
    if let Some(seconds) = config.ttl_seconds {
        code.push_str(&format!(".setTtlSeconds({seconds}L)"));
    }
    if config.delete_after_first_correlation {
        code.push_str(".setDeleteAfterFirstCorrelation(true)");
    }
    code
}

/// Registers the definitions that the steps do not, and the workflow last.
fn register(outline: &Outline<'_>) -> Result<Vec<String>, String> {
    let document = outline.document;
    let mut lines =
        vec!["public static void register(LittleHorseBlockingStub client) {".to_owned()];
    for (name, def) in &document.external_event_defs {
        if outline.registered.contains(name) {
            continue;
        }
        let mut fields = Vec::new();
        if let Some(seconds) = def.retention_seconds {
            fields.push(format!(
                ".setRetentionPolicy(ExternalEventRetentionPolicy.newBuilder().setSecondsAfterPut({seconds}L))"
            ));
        }
        if let Some(content) = &def.content_type {
            fields.push(format!(".setContentType({})", return_type(content)));
        }
        if let Some(correlated) = &def.correlated {
            fields.push(format!(".setCorrelatedEventConfig({})", self::correlated(correlated)));
        }
        put(&mut lines, "ExternalEventDef", name, &fields);
    }
    for (name, def) in &document.task_defs {
        let mut fields = Vec::new();
        for input in &def.input_vars {
            fields.push(variable_def(input)?);
        }
        if let Some(returns) = &def.return_type {
            fields.push(format!(".setReturnType({})", return_type(returns)));
        }
        put(&mut lines, "TaskDef", name, &fields);
    }
    for (name, def) in &document.user_task_defs {
        let fields: Vec<_> = def
            .fields
            .iter()
            .map(|field| {
                let mut code = format!(
                    ".addFields(UserTaskField.newBuilder().setName({}).setType(VariableType.{}).setDisplayName({})",
                    text(&field.name),
                    field.var_type.name(),
                    text(&field.display_name)
                );
                if let Some(description) = &field.description {
                    code.push_str(&format!(".setDescription({})", text(description)));
                }
                if field.required {
                    code.push_str(".setRequired(true)");
                }
                code.push(')');
                code
            })
            .collect();
        put(&mut lines, "UserTaskDef", name, &fields);
    }
    for (name, def) in &document.workflow_event_defs {
        let fields: Vec<_> = def
            .content_type
            .iter()
            .map(|content| format!(".setContentType({})", return_type(content)))
            .collect();
        put(&mut lines, "WorkflowEventDef", name, &fields);
    }
    lines.extend(["    getWorkflow().registerWfSpec(client);".to_owned(), "}".to_owned()]);
    Ok(lines)
}
