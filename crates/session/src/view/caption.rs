//! What a moment is about, for people: names first, and what each ThreadRun must do, without numbers and statuses.

use halter_engine::state::{Status, ThreadNumber, ThreadType};

use super::{Passed, beginning, passed, place, waits};
use crate::sitting::Sitting;
use crate::wf_runs;
use crate::words::Names;

/// ThreadRuns that are named one by one; more are counted.
const NAMED: usize = 6;

/// The step at the cursor, up to the moment that is looked at: what was done, and what becomes of the ThreadRuns that it reached.
pub fn caption(sitting: &Sitting) -> String {
    let Some(step) = sitting.current_step() else {
        return format!("At the beginning: {}.", beginning(sitting));
    };
    let command = crate::words::command(&Names::new(sitting.program(), &step.state), &step.command);
    let mut sentences = vec![command];
    if let Some(refusal) = &step.refusal {
        sentences.push(format!("Refused: {}", refusal.message));
    }
    let all = wf_runs::all(sitting.program(), sitting.shown());
    for run in &all {
        let (names, place) = (Names::new(run.program, run.state), place(&all, run));
        let (passed, wf_run) = passed(sitting, step, &run.path);
        let about = if passed.len() > NAMED {
            counted(&names, &passed)
        } else {
            let about = passed.iter();
            let about =
                about.map(|of| format!("{} {}", name(&names, of.thread), becomes(&names, of)));
            about.collect()
        };
        sentences.extend(about.into_iter().map(|about| format!("{place}{about}")));
        let over = wf_run.last().filter(|status| status.is_terminal());
        sentences.extend(over.map(|status| format!("{place}The WfRun is {}", status.name())));
    }
    // What somebody wrote may end with a sign of its own.
    let ends = |sentence: &String| sentence.ends_with(['.', '!', '?']);
    let ended = sentences.into_iter().map(|s| if ends(&s) { s } else { s + "." });
    ended.collect::<Vec<_>>().join(" ")
}

/// Its ThreadSpec's name; with its number, if it is not the only one.
fn name(names: &Names<'_>, thread: ThreadNumber) -> String {
    let spec = |number| names.spec_of(number).map_or("", |spec| &*spec.name);
    let own = spec(thread);
    let count = names.state.threads.len();
    let alike = (0..).take(count).filter(|number| spec(*number) == own).take(2).count();
    if alike > 1 { format!("{own} ({thread})") } else { own.to_owned() }
}

/// The status that it ends up with.
fn last(passed: &Passed) -> Status {
    passed.statuses.last().copied().unwrap_or(Status::Running)
}

fn becomes(names: &Names<'_>, passed: &Passed) -> String {
    let handles = passed.started == Some(ThreadType::Interrupt);
    match last(passed) {
        Status::Halting => format!("must halt{}", but(names, passed.thread)),
        Status::Halted => "is halted".to_owned(),
        Status::Starting | Status::Running => match passed.started {
            Some(_) if handles => "starts and handles it".to_owned(),
            Some(_) => "starts".to_owned(),
            None if passed.statuses.contains(&Status::Halted) => {
                "was halted, and runs on".to_owned()
            }
            None => "runs on".to_owned(),
        },
        Status::Completed => match passed.started {
            Some(_) if handles => "handles it and is done".to_owned(),
            Some(_) => "starts and is done".to_owned(),
            None => "is done".to_owned(),
        },
        Status::Error | Status::Exception => format!("fails: {}", last(passed).name()),
    }
}

/// What keeps a HALTING ThreadRun from being HALTED (R-HALTED).
fn but(names: &Names<'_>, thread: ThreadNumber) -> String {
    let Some(run) = names.state.thread(thread) else {
        return String::new();
    };
    let delays = |other: &ThreadNumber| {
        let run = names.state.thread(*other);
        run.is_some_and(|run| waits::delays(names, *other, run).contains(&thread))
    };
    if delays(&thread) {
        return format!(", but {} must end first", names.node(thread, run.position()));
    }
    let children: Vec<String> = run
        .children
        .iter()
        .filter(|child| delays(child))
        .map(|child| name(names, *child))
        .collect();
    match &*children {
        [] => String::new(),
        [one] => format!(", but waits for {one}"),
        many => format!(", but waits for {} ThreadRuns", many.len()),
    }
}

/// How many of each ThreadSpec end up with which status, in the order in which they were reached.
fn counted(names: &Names<'_>, passed: &[Passed]) -> Vec<String> {
    let mut groups: Vec<(&str, Status, usize)> = Vec::new();
    for passed in passed {
        let spec = names.spec_of(passed.thread).map_or("", |spec| &*spec.name);
        let status = last(passed);
        match groups.iter_mut().find(|(of, last, _)| *of == spec && *last == status) {
            Some((.., count)) => *count += 1,
            None => groups.push((spec, status, 1)),
        }
    }
    let group = |(spec, last, count): (&str, Status, usize)| match count {
        1 => format!("{spec} is {}", last.name()),
        _ => format!("{count} × {spec} are {}", last.name()),
    };
    groups.into_iter().map(group).collect()
}
