//! Explores a model of a given size and prints how fast that was and how much memory the process had:
//! `cargo run --release -p halter-explore --example speed -- 5 2` for 5 children on 2 threads. `all` as a third
//! argument looks at every order.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it prints what it measured")]

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use halter_engine::{Program, Semantics};
use halter_explore::{Bounds, Choices, Explorer, Phase};

/// States that are looked at between two looks at how far it is.
const AT_ONCE: usize = 100_000;

/// A parent that starts so many different children, each of which works and then waits for its own event, and waits
/// for them; what comes with `halt` is handled in two steps.
fn model(children: usize) -> Result<String, std::fmt::Error> {
    let mut source = String::from("workflow: speed\nevents:\n  halt:\n");
    for child in 1..=children {
        writeln!(source, "  go-{child}:")?;
    }
    source.push_str("tasks:\n  note: {}\n  tell: {}\n");
    for child in 1..=children {
        writeln!(source, "  work-{child}: {{}}")?;
    }
    source.push_str("threads:\n  parent:\n    interrupts: {halt: handle}\n    do:\n");
    for child in 1..=children {
        writeln!(source, "      - start-thread: child-{child}\n        as: c{child}")?;
    }
    let names: Vec<String> = (1..=children).map(|child| format!("c{child}")).collect();
    writeln!(source, "      - wait-for-threads: [{}]", names.join(", "))?;
    for child in 1..=children {
        writeln!(source, "  child-{child}:\n    do:")?;
        writeln!(source, "      - task: work-{child}\n      - wait-for-event: go-{child}")?;
    }
    source.push_str("  handle:\n    do:\n      - task: note\n      - task: tell\n");
    Ok(source)
}

fn explorer(children: usize, threads: NonZeroUsize, reduction: bool) -> Option<Explorer> {
    let document = halter_spec::load(&model(children).ok()?).document?;
    let program = Arc::new(Program::compile(&document, Semantics::DOCUMENTED).ok()?);
    let mut choices = Choices::usual(&document, &program);
    choices.time = false;
    choices.reduction = reduction;
    let halt = program.event("halt")?;
    choices.events.get_mut(usize::from(halt))?.budget = 2;
    let bounds = Bounds { states: usize::MAX, bytes: usize::MAX };
    Some(Explorer::new(program, choices, bounds).with_threads(threads))
}

/// The most memory that the process ever had, in bytes, where the system tells.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? * 1024)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| arguments.get(index).and_then(|text| text.parse::<usize>().ok());
    let children = number(0).unwrap_or(5);
    let threads = number(1).and_then(NonZeroUsize::new).unwrap_or(NonZeroUsize::MIN);
    let reduction = arguments.get(2).is_none_or(|text| text != "all");
    let Some(mut explorer) = explorer(children, threads, reduction) else {
        eprintln!("the model with {children} children can't be explored");
        return ExitCode::FAILURE;
    };
    let before = peak().unwrap_or(0);
    let begin = Instant::now();
    while explorer.run(AT_ONCE).phase == Phase::Running {}
    let seconds = begin.elapsed().as_secs_f64();
    let progress = explorer.progress();
    let bytes = peak().unwrap_or(0).saturating_sub(before);
    println!(
        "{children} children, {threads} threads: {} states in {seconds:.2} s, {:.0} a second; {} MiB, {} bytes a state; {} bytes told",
        progress.states,
        progress.states as f64 / seconds,
        bytes >> 20,
        bytes / progress.states.max(1),
        progress.bytes / progress.states.max(1),
    );
    ExitCode::SUCCESS
}
