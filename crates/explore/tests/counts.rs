//! How many states there are, held to formulas: children that know nothing of one another are in every combination of
//! what each can be, and before all of them stands the one state in which nothing runs yet.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fmt::Write as _;
use std::sync::Arc;

use halter_engine::{Program, Semantics};
use halter_explore::{Bounds, Choices, Explorer, Phase};

/// A parent that starts so many children, each of which does these steps (`N` is the child's number), and waits for them; whatever
/// interrupts it is handled in two steps.
fn parent(children: u32, steps: &[&str], interrupted: bool) -> String {
    let mut events = String::new();
    let mut source = String::from("threads:\n  parent:\n");
    if interrupted {
        events.push_str("  halt:\n");
        source.push_str("    interrupts: {halt: handle}\n");
    }
    source.push_str("    do:\n");
    for child in 1..=children {
        writeln!(source, "      - start-thread: child-{child}\n        as: c{child}").unwrap();
    }
    let all: Vec<String> = (1..=children).map(|child| format!("c{child}")).collect();
    writeln!(source, "      - wait-for-threads: [{}]", all.join(", ")).unwrap();
    for child in 1..=children {
        writeln!(source, "  child-{child}:\n    do:").unwrap();
        for step in steps.iter().map(|step| step.replace('N', &child.to_string())) {
            writeln!(source, "      - {step}").unwrap();
            if let Some(event) = step.strip_prefix("wait-for-event: ") {
                writeln!(events, "  {event}:").unwrap();
            }
        }
    }
    if interrupted {
        source.push_str("  handle:\n    do:\n      - task: work\n      - task: work\n");
    }
    let events = if events.is_empty() { events } else { format!("events:\n{events}") };
    format!("workflow: count\ntasks:\n  work: {{}}\n{events}{source}")
}

/// The number of states, of every order.
fn states(source: &str, delay: bool) -> u32 {
    let document = halter_spec::load(source).document.expect("a document");
    let program = Arc::new(Program::compile(&document, Semantics::DOCUMENTED).unwrap());
    let choices =
        Choices { reduction: false, time: false, delay, ..Choices::usual(&document, &program) };
    let mut explorer = Explorer::new(program, choices, Bounds::default());
    assert_eq!(explorer.run(usize::MAX).phase, Phase::Complete);
    explorer.progress().states.try_into().unwrap()
}

#[test]
fn a_task_that_is_reported_at_once_is_done_or_not() {
    for children in 1..=6 {
        let source = parent(children, &["task: work"], false);
        assert_eq!(states(&source, false), 2_u32.pow(children) + 1, "{children} children");
        assert_eq!(states(&source, true), 3_u32.pow(children) + 1, "{children} children, delayed");
    }
}

#[test]
fn two_tasks_that_are_reported_at_once() {
    for children in 1..=5 {
        let source = parent(children, &["task: work", "task: work"], false);
        assert_eq!(states(&source, false), 3_u32.pow(children) + 1, "{children} children");
        assert_eq!(states(&source, true), 5_u32.pow(children) + 1, "{children} children, delayed");
    }
}

#[test]
fn an_event_may_come_before_somebody_waits_for_it() {
    for children in 1..=4 {
        // The task is done or not, and the event has come or not.
        let source = parent(children, &["task: work", "wait-for-event: go-N"], false);
        assert_eq!(states(&source, false), 4_u32.pow(children) + 1, "{children} children");
        // Or somebody works at the task.
        assert_eq!(states(&source, true), 6_u32.pow(children) + 1, "{children} children, delayed");
    }
}

#[test]
fn an_interrupt_waits_for_the_tasks_of_all_children() {
    for children in 1..=6 {
        let source = parent(children, &["task: work"], true);
        // Not interrupted: as without. Halting: each child was done before, is to be waited for, or is HALTED, and at least one is
        // waited for. Then the handler is at its first or at its second step, with children that were done before or are HALTED, but
        // not all done before. In the end all is done.
        let (two, three) = (2_u32.pow(children), 3_u32.pow(children));
        let wanted = (1 + two) + (three - two) + 2 * (two - 1) + 1;
        assert_eq!(states(&source, false), wanted, "{children} children");
    }
}
