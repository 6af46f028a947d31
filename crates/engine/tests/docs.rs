//! docs/semantics.md tells the same rules and deviations as the tables, each once.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fs;
use std::path::Path;

use halter_engine::{Deviation, RULES};

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/semantics.md");
    fs::read_to_string(path).unwrap()
}

/// What stands between two marks, in order.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(|part| Some(part.split_once(close)?.0)).collect()
}

#[test]
fn every_rule_stands_in_the_document_once_and_in_order_of_its_section() {
    let document = document();
    let mut told = between(&document, "**R-", "**");
    let mut rules: Vec<&str> =
        RULES.iter().map(|rule| rule.id.strip_prefix("R-").unwrap()).collect();
    told.sort_unstable();
    rules.sort_unstable();
    assert_eq!(told, rules);
}

#[test]
fn every_deviation_stands_in_the_document_in_order() {
    let document = document();
    let told = between(&document, "\n| D-", " |");
    let deviations: Vec<&str> =
        Deviation::ALL.iter().map(|(_, id, _)| id.strip_prefix("D-").unwrap()).collect();
    assert_eq!(told, deviations);
}

#[test]
fn the_limits_stand_in_the_document_as_they_are() {
    let document = document();
    let limits = halter_engine::Limits::default();
    for number in [limits.live_thread_runs, limits.passes] {
        assert!(document.contains(&format!(" {number} ")), "{number}");
    }
}
