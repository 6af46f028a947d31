//! The reader reads every key that the grammar has; that it asks for no other, it asserts itself.

use halter_spec::grammar::{
    self, COMMANDS, CORRELATED, DOCUMENT, EVENT, FIELD, STATEMENTS, STRATEGIES, Shape, TASK,
    THREAD, VARIABLE,
};
use halter_spec::{Code, load};

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
                ("report", "message" | "content") => ", exception: x",
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
