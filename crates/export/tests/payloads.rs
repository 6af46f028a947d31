//! Where an event is registered: with the workflow, by the step or the handler that it is for, if that says all there is
//! to say, and by itself otherwise. Never twice.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use halter_export::{Target, export};

fn code(target: Target) -> String {
    let source = include_str!("../../../tests/sdk/sources/events-with-types.yaml");
    let loaded = halter_spec::load(source);
    let document = loaded.document.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    export(&document, target).unwrap()
}

/// The events of which a line that begins a registration of its own says the name.
fn by_themselves(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in code.split("PutExternalEventDefRequest").skip(1) {
        let name = piece.split('"').nth(1).unwrap_or_default();
        if piece.starts_with('(') || piece.starts_with(".newBuilder") {
            found.push(name);
        }
    }
    found
}

#[test]
fn java() {
    let code = code(Target::Java);
    for (event, class) in [
        ("i-obj", "Map"),
        ("i-arr", "List"),
        ("i-double", "Double"),
        ("i-bool", "Boolean"),
        ("i-str", "String"),
        ("i-int", "Long"),
        ("i-bytes", "byte[]"),
        ("i-run", "WfRunId"),
        ("i-time", "Instant"),
    ] {
        let line =
            code.lines().find(|line| line.contains(&format!("Handler(\"{event}\""))).unwrap();
        assert!(line.ends_with(&format!(".withEventType({class}.class);")), "{line}");
    }
    assert!(
        code.contains("registerInterruptHandler(\"i-nothing\", hNothing).withEventType(null);")
    );
    assert!(code.contains("waitForEvent(\"w-str\").timeout(5).registeredAs(String.class);"));
    assert_eq!(code.matches("registeredAs(").count(), 6, "{code}");
    let expected = ["i-masked", "i-kept", "i-correlated", "i-anything", "copied", "never"];
    assert_eq!(by_themselves(&code), expected);
}

#[test]
fn python() {
    let code = code(Target::Python);
    for (event, class) in [
        ("i-obj", "dict"),
        ("i-arr", "list"),
        ("i-double", "float"),
        ("i-bool", "bool"),
        ("i-str", "str"),
        ("i-int", "int"),
    ] {
        let line =
            code.lines().find(|line| line.contains(&format!("handler(\"{event}\""))).unwrap();
        assert!(line.ends_with(&format!(".with_event_type({class})")), "{line}");
    }
    assert!(code.contains("wait_for_event(\"w-str\", timeout=5, return_type=str)"));
    assert_eq!(code.matches("return_type=int, correlated_event_config=").count(), 2, "{code}");
    let expected = [
        "i-bytes",
        "i-run",
        "i-time",
        "i-nothing",
        "i-masked",
        "i-kept",
        "i-correlated",
        "i-anything",
        "w-nothing",
        "w-time",
        "copied",
        "never",
    ];
    assert_eq!(by_themselves(&code), expected);
}
