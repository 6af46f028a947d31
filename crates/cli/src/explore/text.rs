//! What came of it, for people.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use halter_engine::Program;
use halter_explore::{Answer as Found, Choices, Phase};

use super::{Answered, Outcome, script_of, shown};
use crate::table;

/// The answers, the counter-examples as scripts, and what was never reached.
pub(super) fn tell(outcome: &Outcome<'_>, file: &Path, taken: Duration) -> String {
    let explorer = outcome.explorer;
    let program = explorer.program();
    let progress = explorer.progress();
    let mut out = String::new();
    // Writing to a String can't fail.
    let _ = writeln!(
        out,
        "{}, {}: {} states, {} deep, in {:.1} s",
        shown(file),
        program.semantics.name(),
        progress.states,
        progress.depth,
        taken.as_secs_f64()
    );
    let _ = writeln!(out, "{}\n", may_come(program, explorer.choices()));
    match progress.phase {
        Phase::Running | Phase::Complete => {}
        Phase::StoppedAtStates => out.push_str(
            "Stopped at the most states (--states): there are more than were looked at.\n\n",
        ),
        Phase::StoppedAtBytes => out.push_str(
            "Stopped at the most memory (--memory): there are more states than were looked at.\n\n",
        ),
    }
    let rows: Vec<[String; 3]> = outcome.answered.iter().map(row).collect();
    table::write(&mut out, ["property", "answer", "says"], &rows);
    for answered in &outcome.answered {
        if let (Found::Fails(commands), true) = (&answered.found, answered.counts) {
            let _ = write!(
                out,
                "\n{} to where {} fails, for halter run {} --script - --semantics {}:\n\n{}",
                if answered.is_shortest { "The shortest way" } else { "A way" },
                answered.name,
                shown(file),
                program.semantics.name(),
                script_of(commands)
            );
        }
    }
    let noted = outcome.answered.iter().filter(|a| !a.counts);
    for answered in noted.filter(|a| matches!(a.found, Found::Fails(_))) {
        let _ =
            writeln!(out, "\nA note may be meant so; --property {} shows the way.", answered.name);
    }
    let missing = missing(outcome);
    if !missing.is_empty() {
        out.push_str("\nNever reached:\n");
        for line in missing {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

fn row(answered: &Answered) -> [String; 3] {
    let answer = match &answered.found {
        Found::Holds => "holds".to_owned(),
        Found::Undecided => "holds so far".to_owned(),
        Found::Can(commands) => format!("holds after {} commands", commands.len()),
        Found::Cannot => "fails: it never is".to_owned(),
        Found::Fails(commands) if answered.counts => {
            format!("fails after {} commands", commands.len())
        }
        Found::Fails(commands) => format!("note: fails after {} commands", commands.len()),
    };
    [answered.name.clone(), answer, answered.says.clone()]
}

/// What may come, in one sentence.
fn may_come(program: &Program, choices: &Choices) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (def, choice) in program.events.iter().zip(&choices.events) {
        let times = match choice.budget {
            0 => continue,
            1 => "once".to_owned(),
            budget => format!("{budget} times"),
        };
        let payloads = match choice.payloads.len() {
            0 | 1 => String::new(),
            payloads => format!(" with {payloads} payloads"),
        };
        parts.push(format!("event {} {times}{payloads}", def.name));
    }
    for (def, choice) in program.tasks.iter().zip(&choices.tasks) {
        let mut may = Vec::new();
        if choice.fails {
            may.push("fails".to_owned());
        }
        may.extend(choice.throws.iter().map(|name| format!("throws {name}")));
        if !may.is_empty() {
            parts.push(format!("task {} {}", def.name, may.join(" or ")));
        }
    }
    for (budget, what) in [(choices.stops, "stop"), (choices.rescues, "rescue")] {
        match budget {
            0 => {}
            1 => parts.push(format!("one {what} by hand")),
            _ => parts.push(format!("{budget} {what}s by hand")),
        }
    }
    if choices.time {
        parts.push("time passes".to_owned());
    }
    if !choices.delay {
        parts.push("workers report at once".to_owned());
    }
    if parts.is_empty() {
        "Nothing may come from outside.".to_owned()
    } else {
        format!("May come: {}.", parts.join(", "))
    }
}

/// A line for each thing that was never reached.
pub(super) fn missing(outcome: &Outcome<'_>) -> Vec<String> {
    let program = outcome.explorer.program();
    let spec = |index: u16| &program.specs[usize::from(index)];
    let node = |thread: u16, node: u16| &*spec(thread).nodes[usize::from(node)].name;
    let coverage = outcome.explorer.coverage();
    let nodes =
        coverage.nodes.iter().map(|&(s, n)| format!("node {} of {}", node(s, n), spec(s).name));
    let edges = coverage.edges.iter().map(|&(s, from, to)| {
        format!("edge {} → {} of {}", node(s, from), node(s, to), spec(s).name)
    });
    let interrupts = coverage.interrupts.iter().map(|&(s, event)| {
        let event = &program.events[usize::from(event)].name;
        format!("interrupt of {} by {event}", spec(s).name)
    });
    let handlers = coverage.handlers.iter().map(|&(s, n, handler)| {
        format!("failure handler {} of {} at {}", spec(handler).name, spec(s).name, node(s, n))
    });
    nodes.chain(edges).chain(interrupts).chain(handlers).collect()
}
