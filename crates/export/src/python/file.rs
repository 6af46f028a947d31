//! The file: what it imports, the workflow, stubs of its tasks, and the registration of what it needs.

use halter_spec::model::{
    AllowedUpdates, CorrelatedEventConfig, Document, ReturnType, TypeDef, VarType, VariableDef,
};

use super::definition;
use super::literals::literal;
use super::names::{self, IMPORTS};
use crate::code::{Identifiers, Outline, text};

pub(super) fn write(outline: &Outline<'_>) -> Result<String, String> {
    let document = outline.document;
    let spec = &document.wf_spec;
    let mut names = Identifiers::new(true, names::is_reserved);
    let entrypoint = names.name(&spec.name);
    let mut lines = definition(&entrypoint, &outline.entrypoint);
    lines.extend([String::new(), String::new()]);
    lines.extend(workflow(document, &entrypoint)?);
    let mut workers = Vec::new();
    for (name, def) in &document.task_defs {
        let function = names.name(name);
        let mut inputs = Identifiers::new(true, names::is_reserved);
        let inputs: Vec<_> = def
            .input_vars
            .iter()
            .map(|input| format!("{}: {}", inputs.name(&input.name), type_of(&input.type_def)))
            .collect();
        let returns = def.return_type.as_ref().and_then(|found| found.type_def.as_ref());
        let returns = returns.map_or("None", type_of);
        lines.extend([
            String::new(),
            String::new(),
            format!("async def {function}({}) -> {returns}:", inputs.join(", ")),
            format!("    raise NotImplementedError({})", text(name)),
        ]);
        workers.push(format!("LHTaskWorker({function}, {}, config)", text(name)));
    }
    lines.extend([String::new(), String::new()]);
    lines.extend(register(outline)?);
    lines.extend([String::new(), String::new(), "async def main() -> None:".to_owned()]);
    lines.push("    config = LHConfig()".to_owned());
    lines.push("    register(config)".to_owned());
    if !workers.is_empty() {
        lines.push("    await littlehorse.start(".to_owned());
        lines.extend(workers.iter().map(|worker| format!("        {worker},")));
        lines.push("    )".to_owned());
    }
    lines.extend([
        String::new(),
        String::new(),
        "if __name__ == \"__main__\":".to_owned(),
        "    asyncio.run(main())".to_owned(),
    ]);
    let body = lines.join("\n");
    let mut head = format!(
        "\"\"\"The workflow {}, and what it needs on a LittleHorse server (pip install littlehorse-client).\"\"\"\n\nimport asyncio\n",
        spec.name
    );
    let uses = |word: &str| {
        body.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
            .any(|found| found == word)
    };
    if uses("datetime") {
        head.push_str("import datetime\n");
    }
    if uses("Any") {
        head.push_str("from typing import Any\n");
    }
    head.push('\n');
    if uses("start") && !workers.is_empty() {
        head.push_str("import littlehorse\n");
    }
    for (module, all) in IMPORTS {
        let used: Vec<_> = all.iter().copied().filter(|name| uses(name)).collect();
        if used.is_empty() {
            continue;
        }
        let line = format!("from {module} import {}\n", used.join(", "));
        if line.len() <= 100 {
            head.push_str(&line);
        } else {
            head.push_str(&format!("from {module} import (\n"));
            for name in used {
                head.push_str(&format!("    {name},\n"));
            }
            head.push_str(")\n");
        }
    }
    Ok(format!("{head}\n\n{body}\n"))
}

fn workflow(document: &Document, entrypoint: &str) -> Result<Vec<String>, String> {
    let spec = &document.wf_spec;
    let mut arguments = vec![text(&spec.name), entrypoint.to_owned()];
    if let Some(parent) = &spec.parent_wf_spec {
        if parent.wf_spec_major_version != 0 {
            return Err("the SDK can't choose the version of the parent.".to_owned());
        }
        arguments.push(format!("parent_wf={}", text(&parent.wf_spec_name)));
    }
    let mut code = format!("Workflow({})", arguments.join(", "));
    let updates = match spec.allowed_updates {
        AllowedUpdates::AllUpdates => None,
        other => Some(other.name()),
    };
    if let Some(updates) = updates {
        code.push_str(&format!(".with_update_type(AllowedUpdateType.{updates})"));
    }
    if let Some(seconds) = spec.retention_seconds {
        code.push_str(&format!(
            ".with_retention_policy(WorkflowRetentionPolicy(seconds_after_wf_termination={seconds}))"
        ));
    }
    Ok(vec!["def get_workflow() -> Workflow:".to_owned(), format!("    return {code}")])
}

/// The type of a value in Python.
fn type_of(found: &TypeDef) -> &'static str {
    match found.var_type {
        VarType::JsonObj => "dict[str, Any]",
        VarType::JsonArr => "list[Any]",
        VarType::Double => "float",
        VarType::Bool => "bool",
        VarType::Str => "str",
        VarType::Int => "int",
        VarType::Bytes => "bytes",
        VarType::WfRunId => "WfRunId",
        VarType::Timestamp => "datetime.datetime",
    }
}

fn type_definition(found: &TypeDef) -> String {
    let masked = if found.masked { ", masked=True" } else { "" };
    format!("TypeDefinition(primitive_type=VariableType.{}{masked})", found.var_type.name())
}

fn return_type(found: &ReturnType) -> String {
    match &found.type_def {
        Some(found) => format!("ReturnType(return_type={})", type_definition(found)),
        None => "ReturnType()".to_owned(),
    }
}

fn variable_def(def: &VariableDef) -> Result<String, String> {
    let mut all = vec![
        format!("name={}", text(&def.name)),
        format!("type_def={}", type_definition(&def.type_def)),
    ];
    if let Some(default) = &def.default_value {
        all.push(format!("default_value=littlehorse.to_variable_value({})", literal(default)?));
    }
    Ok(format!("VariableDef({})", all.join(", ")))
}

/// A request, its fields on lines of their own if they are several.
fn put(lines: &mut Vec<String>, what: &str, fields: &[String]) {
    let line = format!("    stub.Put{what}(Put{what}Request({}))", fields.join(", "));
    if line.len() <= 110 {
        lines.push(line);
        return;
    }
    lines.push(format!("    stub.Put{what}("));
    lines.push(format!("        Put{what}Request("));
    lines.extend(fields.iter().map(|field| format!("            {field},")));
    lines.push("        )".to_owned());
    lines.push("    )".to_owned());
}

/// How correlated events are kept.
pub(super) fn correlated(config: &CorrelatedEventConfig) -> String {
    let mut all = Vec::new();
    if let Some(seconds) = config.ttl_seconds {
        all.push(format!("ttl_seconds={seconds}"));
    }
    if config.delete_after_first_correlation {
        all.push("delete_after_first_correlation=True".to_owned());
    }
    format!("CorrelatedEventConfig({})", all.join(", "))
}

/// Registers the definitions that the steps do not, and the workflow last.
fn register(outline: &Outline<'_>) -> Result<Vec<String>, String> {
    let document = outline.document;
    let mut lines = vec!["def register(config: LHConfig) -> None:".to_owned()];
    let all = [
        document.external_event_defs.len() - outline.registered.len(),
        document.task_defs.len(),
        document.user_task_defs.len(),
        document.workflow_event_defs.len(),
    ];
    if all.iter().any(|count| *count > 0) {
        lines.push("    stub = config.stub()".to_owned());
    }
    for (name, def) in &document.external_event_defs {
        if outline.registered.contains(name) {
            continue;
        }
        let mut fields = vec![format!("name={}", text(name))];
        if let Some(seconds) = def.retention_seconds {
            fields.push(format!(
                "retention_policy=ExternalEventRetentionPolicy(seconds_after_put={seconds})"
            ));
        }
        if let Some(content) = &def.content_type {
            fields.push(format!("content_type={}", return_type(content)));
        }
        if let Some(correlated) = &def.correlated {
            fields.push(format!("correlated_event_config={}", self::correlated(correlated)));
        }
        put(&mut lines, "ExternalEventDef", &fields);
    }
    for (name, def) in &document.task_defs {
        let mut fields = vec![format!("name={}", text(name))];
        if !def.input_vars.is_empty() {
            let inputs: Result<Vec<_>, _> = def.input_vars.iter().map(variable_def).collect();
            fields.push(format!("input_vars=[{}]", inputs?.join(", ")));
        }
        if let Some(returns) = &def.return_type {
            fields.push(format!("return_type={}", return_type(returns)));
        }
        put(&mut lines, "TaskDef", &fields);
    }
    for (name, def) in &document.user_task_defs {
        let mut fields = vec![format!("name={}", text(name))];
        let inputs: Vec<_> = def
            .fields
            .iter()
            .map(|field| {
                let mut all = vec![
                    format!("name={}", text(&field.name)),
                    format!("type=VariableType.{}", field.var_type.name()),
                    format!("display_name={}", text(&field.display_name)),
                ];
                if let Some(description) = &field.description {
                    all.push(format!("description={}", text(description)));
                }
                if field.required {
                    all.push("required=True".to_owned());
                }
                format!("UserTaskField({})", all.join(", "))
            })
            .collect();
        fields.push(format!("fields=[{}]", inputs.join(", ")));
        put(&mut lines, "UserTaskDef", &fields);
    }
    for (name, def) in &document.workflow_event_defs {
        let mut fields = vec![format!("name={}", text(name))];
        if let Some(content) = &def.content_type {
            fields.push(format!("content_type={}", return_type(content)));
        }
        put(&mut lines, "WorkflowEventDef", &fields);
    }
    lines.push("    create_workflow_spec(get_workflow(), config)".to_owned());
    Ok(lines)
}
