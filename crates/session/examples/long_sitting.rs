//! What a step of a long sitting costs, in time and in memory: `cargo run --release -p halter-session --example
//! long_sitting`. Memory is what the process has resident (Linux).
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a measurement")]

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use halter_engine::{Command, Semantics};
use halter_session::Sitting;
use halter_spec::value::Value;

const MANY: [usize; 3] = [100, 1_000, 10_000];
/// Steps that are timed.
const LAST: usize = 90;

fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    pages.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or_default() * 4096
}

fn sitting(source: &str) -> Sitting {
    let document = halter_spec::load(source).document.unwrap();
    let mut sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
    sitting.take(Command::RunWf(Vec::new()));
    sitting
}

fn post(number: usize) -> Command {
    let guid = format!("e{number}").into();
    Command::PostEvent {
        def: "noise".into(),
        guid,
        content: Value::Null,
        thread: None,
        position: None,
    }
}

fn main() {
    println!("A sitting of so many events that nobody takes; each step at its end:");
    let mut kept = Vec::new();
    for steps in MANY {
        let before = resident();
        let source =
            "workflow: x\nevents: {noise: , go: }\nthreads:\n  main: [{wait-for-event: go}]\n";
        let mut sitting = sitting(source);
        (0..steps - LAST - 1).for_each(|number| assert!(sitting.take(post(number)).is_some()));
        let start = Instant::now();
        (steps - LAST - 1..steps - 1)
            .for_each(|number| assert!(sitting.take(post(number)).is_some()));
        let time = start.elapsed().as_nanos() as f64 / 1e3 / LAST as f64;
        let bytes = (resident() - before) / steps;
        println!("    {steps:>6}: {time:.2} µs; {bytes} bytes a step, over all");
        kept.push(sitting);
    }
    println!("One event that nobody takes, with so many running ThreadRuns:");
    for threads in [10, 100, 1_000, 9_000] {
        let mut list = String::from("1");
        (1..threads).for_each(|_| list.push_str(", 1"));
        let mut source = String::new();
        write!(source, "workflow: x\nmax-thread-runs: 10000\nevents: {{noise: , go: }}\nthreads:\n  main:\n    variables:\n      list: JSON_ARR = [{list}]\n    do:\n      - start-threads: kid\n        for-each: $list\n      - wait-for-event: go\n  kid: [{{wait-for-event: go}}]\n").unwrap();
        let sitting = sitting(&source);
        let mut state = sitting.state().clone();
        let commands: Vec<Command> = (0..1_000).map(post).collect();
        let start = Instant::now();
        for command in &commands {
            let _ = halter_engine::step_in_place(
                sitting.program(),
                &mut state,
                command,
                &mut halter_engine::Unobserved,
            );
        }
        println!("    {threads:>6}: {:.2} µs", start.elapsed().as_nanos() as f64 / 1e6);
    }
}
