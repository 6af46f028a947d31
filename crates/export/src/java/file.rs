//! The file: a class with the workflow, stubs of its tasks, and the registration of what it needs.

use super::names::{self, API, IMPORTS};
use super::{Java, indented, structs};
use crate::code::{Outline, Said, method, text, used, words};

pub(super) fn write(outline: &Outline<'_>) -> Said<String> {
    let class = names::class(outline.workflow);
    let entrypoint = &outline.function;
    let mut lines = vec![
        "public static Workflow getWorkflow() {".to_owned(),
        format!(
            "    Workflow workflow = Workflow.newWorkflow({}, {class}::{entrypoint});",
            text(outline.workflow)
        ),
    ];
    let parent = outline.parent.iter().map(|parent| ("set_parent", parent));
    for (setter, value) in parent.chain(outline.settings.iter().map(|(name, value)| (*name, value)))
    {
        lines.push(format!("    workflow.{}({value});", method(&Java, setter)));
    }
    lines.extend(["    return workflow;".to_owned(), "}".to_owned(), String::new()]);
    lines.push(format!(
        "private static void {entrypoint}(WorkflowThread {}) {{",
        outline.entrypoint.thread
    ));
    lines.extend(indented(&outline.entrypoint.lines));
    lines.push("}".to_owned());
    let mut workers = Vec::new();
    if !outline.stubs.is_empty() {
        lines.extend([String::new(), "public static class Tasks {".to_owned()]);
        for (index, stub) in outline.stubs.iter().enumerate() {
            let (task, name) = (&stub.task, &stub.function);
            let inputs = stub.inputs.iter();
            let inputs: Vec<_> = inputs.map(|(name, found)| format!("{found} {name}")).collect();
            let returns = stub.returns.as_deref().unwrap_or("void");
            if index > 0 {
                lines.push(String::new());
            }
            lines.extend([
                format!("    @LHTaskMethod({task})"),
                format!("    public {returns} {name}({}) {{", inputs.join(", ")),
                format!("        throw new UnsupportedOperationException({task});"),
                "    }".to_owned(),
            ]);
            workers.push(format!("new LHTaskWorker(new Tasks(), {task}, config).start();"));
        }
        lines.push("}".to_owned());
    }
    lines.extend([
        String::new(),
        "public static void register(LittleHorseBlockingStub client) {".to_owned(),
    ]);
    lines.extend(outline.requests.iter().cloned());
    lines.extend([
        "    getWorkflow().registerWfSpec(client);".to_owned(),
        "}".to_owned(),
        String::new(),
        "public static void main(String[] args) {".to_owned(),
        "    LHConfig config = new LHConfig();".to_owned(),
        "    register(config.getBlockingStub());".to_owned(),
    ]);
    lines.extend(workers.iter().map(|worker| format!("    {worker}")));
    lines.push("}".to_owned());
    let all = lines.join("\n");
    lines.extend(structs::classes(&all, outline.structs)?);
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
    for (package, names) in used(&IMPORTS, API, &body) {
        for name in names {
            head.push_str(&format!("import {package}.{name};\n"));
        }
    }
    Ok(format!(
        "{head}\n/** The workflow {}, and what it needs on a LittleHorse server (io.littlehorse:littlehorse-client). */\npublic class {class} {{\n{body}\n}}\n",
        outline.workflow
    ))
}
