//! Every lesson can be read, and is played to its end as its text says.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod support;

use halter_lessons::{Task, check};
use support::{files, read};

#[test]
fn every_lesson_can_be_played_as_it_says() {
    let lessons = files("static/lessons", "md");
    assert!(lessons.len() >= 7, "{} lessons", lessons.len());
    let mut wrong = Vec::new();
    for (name, text) in lessons {
        let problems = match read(&text) {
            Ok(lesson) => check(&lesson),
            Err(problems) => problems,
        };
        wrong.extend(problems.iter().map(|problem| format!("static/lessons/{name}.md:{problem}")));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_lesson_is_short_and_has_things_to_do() {
    for (number, (name, text)) in (1..).zip(files("static/lessons", "md")) {
        assert!(name.starts_with(&format!("{number:02}-")), "{name} should be number {number}");
        let lesson = read(&text).unwrap();
        assert!((4..=7).contains(&lesson.pages.len()), "{name}: {} pages", lesson.pages.len());
        let count =
            |like: fn(&Task) -> bool| lesson.pages.iter().filter(|page| like(&page.task)).count();
        assert!(count(|task| matches!(task, Task::Do(_))) >= 2, "{name}: things to do");
        assert!(count(|task| matches!(task, Task::Predict(_))) >= 1, "{name}: things to predict");
    }
}

#[test]
fn a_page_begins_where_the_pages_before_it_end() {
    for (name, text) in files("static/lessons", "md") {
        let lesson = read(&text).unwrap();
        for (index, page) in lesson.pages.iter().enumerate() {
            let mut sitting = lesson.begin(index).unwrap();
            if page.play.is_none() && index > 0 {
                let mut before = lesson.begin(index - 1).unwrap();
                halter_lessons::play(lesson.pages[index - 1].task.way(), &mut before).unwrap();
                assert_eq!(before.state(), sitting.state(), "{name}: {}", page.heading);
            }
            halter_lessons::play(page.task.way(), &mut sitting).unwrap();
        }
    }
}
