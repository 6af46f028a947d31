//! What the built-in questions say of every example.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::format_push_string,
    dead_code,
    missing_docs,
    reason = "a test"
)]

mod support;

use std::fmt::Write as _;

use support::{BOTH, answers, examples, explore};

#[test]
fn every_example_has_its_answers() {
    let mut table = String::new();
    for (name, document) in examples() {
        for semantics in BOTH {
            let explorer = explore(&document, semantics, |_| {});
            let progress = explorer.progress();
            writeln!(
                table,
                "{name}, {}: {} states, {} deep, {:?}",
                semantics.name(),
                progress.states,
                progress.depth,
                progress.phase
            )
            .unwrap();
            table.push_str(&answers(&explorer));
        }
    }
    insta::assert_snapshot!(table);
}
