//! The file: what it imports, the workflow, stubs of its tasks, and the registration of what it needs.

use super::names::{API, IMPORTS};
use super::{Python, definition};
use crate::code::{Outline, chained, text, used, words};

pub(super) fn write(outline: &Outline<'_>) -> String {
    let mut lines = definition(&outline.function, &outline.entrypoint);
    let parent = outline.parent.as_ref();
    let parent = parent.map_or_else(String::new, |parent| format!(", parent_wf={parent}"));
    let mut code = format!("Workflow({}, {}{parent})", text(outline.workflow), outline.function);
    for (method, value) in &outline.settings {
        code.push_str(&chained(&Python, method, value));
    }
    lines.extend([
        String::new(),
        String::new(),
        "def get_workflow() -> Workflow:".to_owned(),
        format!("    return {code}"),
    ]);
    let mut workers = Vec::new();
    for stub in &outline.stubs {
        let (task, function) = (&stub.task, &stub.function);
        let inputs = stub.inputs.iter();
        let inputs: Vec<_> = inputs.map(|(name, found)| format!("{name}: {found}")).collect();
        let returns = stub.returns.as_deref().unwrap_or("None");
        lines.extend([
            String::new(),
            String::new(),
            format!("async def {function}({}) -> {returns}:", inputs.join(", ")),
            format!("    raise NotImplementedError({task})"),
        ]);
        workers.push(format!("LHTaskWorker({function}, {task}, config)"));
    }
    lines.extend([
        String::new(),
        String::new(),
        "def register(config: LHConfig) -> None:".to_owned(),
    ]);
    if !outline.requests.is_empty() {
        lines.push("    stub = config.stub()".to_owned());
    }
    lines.extend(outline.requests.iter().cloned());
    lines.extend([
        "    create_workflow_spec(get_workflow(), config)".to_owned(),
        String::new(),
        String::new(),
        "async def main() -> None:".to_owned(),
        "    config = LHConfig()".to_owned(),
        "    register(config)".to_owned(),
    ]);
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
        outline.workflow
    );
    let uses = |word: &str| words(&body).any(|found| found == word);
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
    for (module, used) in used(&IMPORTS, API, &body) {
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
    format!("{head}\n\n{body}\n")
}
