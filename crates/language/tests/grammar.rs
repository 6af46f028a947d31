//! The reader reads every word and every key that the grammar has; that it asks for no other, it asserts itself.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

use halter_spec::grammar::{
    self, COMMANDS, CORRELATED, DOCUMENT, EVENT, FIELD, Form, LONG_COMMANDS, STATEMENTS,
    STRATEGIES, Shape, TASK, THREAD, VARIABLE,
};
use halter_spec::model::{Document, Node, NodeKind};
use halter_spec::{Code, Diagnostic, Severity, load};

/// Whether the reader says that it does not know this key.
fn is_unknown(text: &str, key: &str) -> bool {
    load(text).diagnostics.iter().any(|found| {
        found.code == Code::UnknownKey && found.message().starts_with(&format!("\"{key}\""))
    })
}

/// A value that the word of a step or a command takes.
fn value(word: &str) -> &'static str {
    match word {
        "if" | "while" | "wait-for-condition" => "true",
        "set" => "{v: 1}",
        "sleep" | "sleep-until" | "pass" | "stop" | "resume" | "rescue" => "1",
        "wait-for-threads" => "[$v]",
        "return" | "exit" | "nop" | "run" => "",
        "post" => "e",
        _ => "t",
    }
}

/// For every word of a step the least that is valid, and how what comes of it begins. A word that the reader does not
/// know by itself becomes a NOP without a complaint, so that it is not enough to ask for none.
const STEPS: [(&str, &str); 21] = [
    ("task: t", "Task(TaskNode { task: TaskDef(\"t\")"),
    ("wait-for-event: e", "ExternalEvent(ExternalEventNode { external_event_def: \"e\""),
    ("start-thread: c", "StartThread(StartThreadNode { thread_spec_name: \"c\""),
    (
        "start-threads: c, for-each: $l",
        "StartMultipleThreads(StartMultipleThreadsNode { thread_spec_name: \"c\"",
    ),
    ("wait-for-threads: [$v]", "WaitForThreads(WaitForThreadsNode { threads: Threads"),
    ("sleep: 1", "Sleep(RawSeconds"),
    ("sleep-until: $when", "Sleep(Timestamp"),
    ("sleep-until-date: $day", "Sleep(IsoDate"),
    ("user-task: f, user: mia", "UserTask(UserTaskNode { user_task_def_name: \"f\""),
    ("throw-event: w", "ThrowEvent(ThrowEventNode { event_def: \"w\""),
    ("wait-for-condition: $v == 1", "WaitForCondition("),
    ("run-child-wf: r", "RunChildWf(RunChildWfNode { wf_spec: WfSpec(\"r\")"),
    ("wait-for-child-wf: r", "WaitForChildWf(WaitForChildWfNode {"),
    (
        "fail: out-of-stock",
        "Exit(ExitNode { failure: Some(FailureDef { failure_name: \"out-of-stock\"",
    ),
    ("return: $v", "Exit(ExitNode { failure: None, return_content: Some("),
    ("return:", "Exit(ExitNode { failure: None, return_content: None }"),
    ("exit:", "Exit(ExitNode { failure: None, return_content: None }"),
    ("nop:", "Nop"),
    ("if: $v == 1, then: [{task: t}]", "Nop"),
    ("while: $v == 1, do: [{task: t}]", "Nop"),
    ("set: {v: 2}", "set"),
];

/// What the steps above speak of.
const AROUND: &str = "
workflow: x
events: {e: STR}
tasks: {t: STR}
user-tasks: {f: {ok: BOOL}}
workflow-events: {w: STR}
threads:
  t:
    variables: {v: INT = 1, l: JSON_ARR, when: TIMESTAMP, day: STR}
    BODY
  c:
    variables: {INPUT: JSON_OBJ}
    do: [{nop: }]
";

/// What a source says. There may be warnings: not all that is declared is used.
fn without_errors(text: &str) -> Document {
    let loaded = load(text);
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    assert_eq!(loaded.diagnostics.iter().find(is_error), None, "{text}");
    loaded.document.unwrap()
}

/// The nodes of the first thread, without the ends that it has anyway.
fn nodes(body: &str) -> Vec<Node> {
    let document = without_errors(&AROUND.replace("BODY", body));
    let (_, thread) = document.wf_spec.thread_specs.into_iter().next().unwrap();
    thread.nodes.into_values().collect()
}

/// What has to stand before a step so that it is valid.
fn before(word: &str) -> &'static str {
    if word == "wait-for-child-wf" { "{run-child-wf: r}, " } else { "" }
}

#[test]
fn every_word_of_a_step_has_its_reader() {
    for statement in &STATEMENTS {
        let word = statement.key.name;
        let is_of = |(step, _): &&(&str, &str)| step.split(':').next() == Some(word);
        assert!(STEPS.iter().any(|step| is_of(&step)), "{word} has no step above");
        for (step, begins) in STEPS.iter().filter(is_of) {
            let read = nodes(&format!("do: [{}{{{step}}}]", before(word)));
            let is_such = |node: &Node| format!("{:?}", node.kind).starts_with(begins);
            let changes = |node: &Node| {
                node.outgoing_edges.iter().any(|edge| !edge.variable_mutations.is_empty())
            };
            let forks =
                |node: &Node| node.outgoing_edges.iter().any(|edge| edge.condition.is_some());
            let found = match word {
                "set" => read.iter().any(changes),
                "if" | "while" => read.iter().any(|n| n.kind == NodeKind::Nop && forks(n)),
                _ => read.iter().any(is_such),
            };
            assert!(found, "{step}: {read:#?}");
            if statement.form == Form::Structure {
                continue;
            }
            let next = if statement.form == Form::End { "" } else { ", next: last" };
            let all = format!(
                "nodes: {{first: {{entrypoint: , next: n}}, n: {{{step}{next}}}, last: exit, RUN}}"
            );
            let all = if next.is_empty() { all.replace(", last: exit", "") } else { all };
            let waited =
                if word == "wait-for-child-wf" { ", r: {run-child-wf: r, next: n}" } else { "" };
            let all = all.replace(", RUN", waited);
            let read = nodes(&all);
            assert!(read.iter().any(is_such), "node {step}: {read:#?}");
        }
    }
}

/// For every word of a command the least that is valid, and what comes of it in the form of the recorded traces.
const SHORT: [(&str, &str); 12] = [
    ("run: ", r#"{"runWf":{"variables":{}}}"#),
    ("post: e", r#"{"postEvent":{"externalEventDef":"e","content":{}}}"#),
    ("claim: t", r#"{"claimTask":{"taskDef":"t","threadRunNumber":0,"position":0}}"#),
    ("report: t", r#"{"reportTask":{"taskDef":"t","threadRunNumber":0,"position":0,"output":{}}}"#),
    ("report-child-wf: r", r#"{"reportChildWf":{"wfSpec":"r","threadRunNumber":0,"position":0}}"#),
    (
        "in-child-wf: r, do: {stop: 1}",
        r#"{"inChildWf":{"wfSpec":"r","threadRunNumber":0,"position":0,"do":{"stopWfRun":{"threadRunNumber":1}}}}"#,
    ),
    ("pass: 1", r#"{"passTime":{"seconds":1}}"#),
    ("stop: 1", r#"{"stopWfRun":{"threadRunNumber":1}}"#),
    ("resume: 1", r#"{"resumeWfRun":{"threadRunNumber":1}}"#),
    ("rescue: 1", r#"{"rescueThreadRun":{"threadRunNumber":1,"skipCurrentNode":false}}"#),
    (
        "complete-user-task: f",
        r#"{"completeUserTask":{"threadRunNumber":0,"position":0,"results":{}}}"#,
    ),
    ("cancel-user-task: f", r#"{"cancelUserTask":{"threadRunNumber":0,"position":0}}"#),
];

/// The script of a source with one command.
fn script(command: &str) -> serde_json::Value {
    let body = AROUND.replace("BODY", "do: [{task: t}]");
    let document = without_errors(&format!("{body}script: [{{{command}}}]\n"));
    serde_json::Value::Array(document.script)
}

#[test]
fn every_word_of_a_command_has_its_reader() {
    for command in &COMMANDS {
        let word = command.key.name;
        let step = SHORT.iter().find(|(step, _)| step.split(':').next() == Some(word));
        let (step, becomes) = step.unwrap_or_else(|| unreachable!("{word} has no command above"));
        let becomes: serde_json::Value = serde_json::from_str(becomes).unwrap();
        assert_eq!(script(step), serde_json::json!([becomes]), "{step}");
    }
    for word in LONG_COMMANDS {
        assert_eq!(script(&format!("{word}: {{}}")), serde_json::json!([{ word: {} }]));
    }
}

#[test]
fn keys_of_steps_are_read() {
    for statement in &STATEMENTS {
        let word = statement.key.name;
        let step = |key: &str| format!("{{{word}: {}, {key}: x, for-each: [1]}}", value(word));
        for key in statement.keys().skip(1) {
            let text = format!("workflow: x\nthreads: {{t: [{}]}}", step(key.name));
            assert!(!is_unknown(&text, key.name), "{word}: {}", key.name);
        }
        if matches!(word, "if" | "while" | "set") {
            continue;
        }
        for key in statement.node_keys().skip(1) {
            let text = format!("workflow: x\nthreads: {{t: {{nodes: {{n: {}}}}}}}", step(key.name));
            assert!(!is_unknown(&text, key.name), "node {word}: {}", key.name);
        }
    }
}

#[test]
fn keys_of_commands_are_read() {
    for command in &COMMANDS {
        let word = command.key.name;
        for key in command.keys().skip(1) {
            // What came of a task is one of three.
            let kind = match (word, key.name) {
                ("report", "type") => ", error: x",
                ("report" | "report-child-wf", "message" | "content") => ", exception: x",
                _ => "",
            };
            let text = format!(
                "workflow: x\nevents: [e]\nthreads: {{t: []}}\nscript: [{{{word}: {}, {}: 1{kind}}}]",
                value(word),
                key.name
            );
            assert!(!is_unknown(&text, key.name), "{word}: {}", key.name);
        }
    }
}

#[test]
fn keys_of_maps_are_read() {
    let maps: [(&Shape, &str); 7] = [
        (&DOCUMENT, "KEY: 1"),
        (&EVENT, "events: {e: {KEY: 1}}"),
        (&CORRELATED, "events: {e: {correlated: {KEY: 1}}}"),
        (&TASK, "tasks: {e: {KEY: 1}}"),
        (&FIELD, "user-tasks: {f: {g: {KEY: 1}}}"),
        (&THREAD, "threads: {t: {KEY: 1}}"),
        (&VARIABLE, "threads: {t: {variables: {v: {type: STR, KEY: 1}}}}"),
    ];
    for (shape, text) in maps {
        for key in shape.keys {
            let text = text.replace("KEY", key.name);
            assert!(!is_unknown(&text, key.name), "{}: {}", shape.name, key.name);
        }
    }
}

#[test]
fn words_are_read() {
    for (word, _) in STRATEGIES {
        let step = format!("{{wait-for-threads: [$v], strategy: {word}}}");
        let text = format!("workflow: x\nthreads: {{t: {{variables: {{v: INT}}, do: [{step}]}}}}");
        assert_eq!(load(&text).diagnostics, [], "{word}");
    }
    for (word, _) in grammar::TYPE_WORDS {
        let text = format!(
            "workflow: x\nparent: p\nthreads: {{t: {{variables: {{v: INT {word}}}, do: []}}}}"
        );
        assert_eq!(load(&text).diagnostics, [], "{word}");
    }
    for (word, _) in grammar::OPERATION_WORDS {
        let text = format!(
            "workflow: x\nthreads: {{t: {{variables: {{v: JSON_OBJ}}, do: [{{set: {{v.a: {word} 1}}}}]}}}}"
        );
        let set = load(&text).document;
        let literal = format!("{set:?}").contains(&format!("Str(\"{word}"));
        assert!(set.is_some() && !literal, "{word}");
    }
}
