//! A run as text for Mermaid and Graphviz: before it starts, in the middle of an interrupt, and to the end.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::path::Path;
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::{Sitting, diagram, script};

fn sitting(source: &str, steps: usize) -> Sitting {
    let document = halter_spec::load(source).document.unwrap();
    let mut sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
    for line in sitting.document().script.clone().iter().take(steps) {
        let command = script::read(line, &sitting).unwrap();
        sitting.take(command).unwrap();
    }
    sitting
}

fn example(name: &str, steps: usize) -> Sitting {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let source = std::fs::read_to_string(path.join(name)).unwrap();
    sitting(&source, steps)
}

#[test]
fn before_anything_runs_the_thread_specs_are_drawn() {
    let sitting = example("child-interrupted.yaml", 0);
    insta::assert_snapshot!("specs_as_states", diagram::states(&sitting));
    insta::assert_snapshot!("specs_as_graphviz", diagram::graphviz(&sitting));
    assert_eq!(diagram::sequence(&sitting), "sequenceDiagram\n  actor outside as Outside\n");
}

#[test]
fn a_halted_child_is_drawn_as_halted() {
    let sitting = example("parent-with-children.yaml", 4);
    insta::assert_snapshot!("halted_as_states", diagram::states(&sitting));
    insta::assert_snapshot!("halted_as_graphviz", diagram::graphviz(&sitting));
    insta::assert_snapshot!("halted_as_sequence", diagram::sequence(&sitting));
}

#[test]
fn names_and_payloads_that_are_syntax_elsewhere_are_escaped() {
    let source = r#"
workflow: odd
events: {say: STR}
threads:
  main:
    - wait-for-event: say
script:
  - run
  - post: say
    content: "\"a\"; %% b\n} --> c: <d> #e; \\"
"#;
    let sitting = sitting(source, 2);
    let sequence = diagram::sequence(&sitting);
    assert!(sequence.contains("#34;"), "{sequence}");
    for line in sequence.lines().skip(1) {
        let text = line.split_once(": ").map_or("", |(_, text)| text);
        assert!(!text.contains(['"', '<', '>', '}', '\\', '%']), "{line}");
    }
    let graphviz = diagram::graphviz(&sitting);
    assert_eq!(graphviz.matches('"').count() % 2, 0, "{graphviz}");
}
