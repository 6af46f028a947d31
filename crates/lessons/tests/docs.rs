//! The lesson in docs/lessons.md is one.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod support;

use std::fs;

use halter_lessons::{Problem, check};

#[test]
fn the_lesson_in_the_document_can_be_played() {
    let text = fs::read_to_string(support::root().join("docs/lessons.md")).unwrap();
    let lesson = text.split("````").nth(1).unwrap().strip_prefix("markdown\n").unwrap();
    let lesson = support::read(lesson).unwrap();
    assert_eq!(lesson.pages.len(), 3);
    assert_eq!(check(&lesson), Vec::<Problem>::new());
}

#[test]
fn the_document_names_every_key() {
    let text = fs::read_to_string(support::root().join("docs/lessons.md")).unwrap();
    let keys = ["title", "summary", "semantics", "example", "play", "do", "until", "hint", "try"];
    for key in keys.into_iter().chain(["predict", "threads"]) {
        assert!(text.contains(&format!("\n| `{key}` | ")), "{key}");
    }
}
