//! What was found, in words.

use std::collections::BTreeMap;

use halter_explorer_worker::messages::{Answered, End, Found, Group, Verdict, Why};

use super::{Exploring, Outcome};

/// A number with commas.
pub(super) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

pub(super) fn count(of: usize, one: &str, more: &str) -> String {
    if of == 1 { format!("1 {one}") } else { format!("{} {more}", number(of)) }
}

/// How far it is.
pub(super) fn progress(exploring: &Exploring) -> String {
    let far = exploring.far;
    let speed = exploring.speed.filter(|_| !exploring.paused);
    let speed =
        speed.map_or_else(String::new, |speed| format!(" · {} a second", number(speed as usize)));
    format!(
        "{} · {} deep{speed} · {} MB",
        count(far.states, "state", "states"),
        count(far.depth, "move", "moves"),
        number(far.bytes >> 20)
    )
}

/// How much was looked at.
pub(super) fn looked_at(found: &Found) -> String {
    let far = found.far;
    let states = count(far.states, "state", "states");
    match found.end {
        End::Complete if far.states == 1 => "There is 1 state. It was looked at.".to_owned(),
        End::Complete => format!(
            "All {states} were looked at, {} deep at most.",
            count(far.depth, "move", "moves")
        ),
        End::States => {
            format!("Stopped at {states}: there are more. What follows is so as far as was looked.")
        }
        End::Memory => format!(
            "Stopped at {} MB, after {states}: there are more. What follows is so as far as was looked.",
            number(far.bytes >> 20)
        ),
        End::Stopped => {
            format!("You stopped it after {states}. What follows is so as far as was looked.")
        }
    }
}

/// The answer to a property: a word, for the eye and for the style sheet.
pub(super) fn verdict(answered: &Answered) -> (&'static str, &'static str) {
    match (answered.verdict, answered.note) {
        (Verdict::Holds, _) => ("holds", "holds"),
        (Verdict::Undecided, _) => ("undecided", "holds so far"),
        (Verdict::Fails, true) => ("note", "not always"),
        (Verdict::Fails, false) => ("fails", "fails"),
        (Verdict::Can, _) => ("holds", "can be"),
        (Verdict::Cannot, _) => ("fails", "never is"),
    }
}

/// How long the way is that shows it.
pub(super) fn way(answered: &Answered) -> Option<String> {
    let commands = answered.commands.as_ref()?;
    Some(count(commands.len(), "command", "commands"))
}

/// All of it in one or two sentences, for those who hear the page.
pub(super) fn in_short(outcome: &Outcome) -> String {
    let sides = outcome.found.iter().map(|found| {
        let grave = found.answers.iter().filter(|answered| {
            !answered.note && matches!(answered.verdict, Verdict::Fails | Verdict::Cannot)
        });
        let said: Vec<&str> = grave.map(|answered| answered.property.as_str()).collect();
        let said = match &said[..] {
            [] => "No property fails.".to_owned(),
            fails => format!("What fails: {}.", fails.join(", ")),
        };
        let by = if outcome.found.len() > 1 {
            format!("{}: ", rules(&found.semantics))
        } else {
            String::new()
        };
        format!("{by}{} {said}", looked_at(found))
    });
    sides.collect::<Vec<_>>().join(" ")
}

/// What the semantics are called here.
pub(super) fn rules(semantics: &str) -> &str {
    match semantics {
        "documented" => "As documented",
        "server-1.2" => "As server 1.2 does",
        other => other,
    }
}

/// Statuses of ThreadRuns: like ones are counted.
pub(super) fn statuses(group: &Group) -> Vec<(usize, &str, &str)> {
    let mut counted: BTreeMap<(usize, &str, &str), usize> = BTreeMap::new();
    // In the order in which they were started.
    let mut order: Vec<(&str, &str)> = Vec::new();
    for (thread, status) in &group.threads {
        let like = (thread.as_str(), status.as_str());
        let place = order.iter().position(|known| *known == like).unwrap_or_else(|| {
            order.push(like);
            order.len() - 1
        });
        *counted.entry((place, like.0, like.1)).or_default() += 1;
    }
    counted.into_iter().map(|((_, thread, status), count)| (count, thread, status)).collect()
}

/// The same as a text.
pub(super) fn group(group: &Group) -> String {
    if group.run.is_none() {
        return "not started".to_owned();
    }
    let all = statuses(group).into_iter().map(|(count, thread, status)| match count {
        1 => format!("{thread} {status}"),
        count => format!("{count} × {thread} {status}"),
    });
    all.collect::<Vec<_>>().join(", ")
}

/// One of the states that were found.
pub(super) fn state(found: &Found, state: u32) -> String {
    let of = found.map.states.get(state as usize).map(|(group, _)| *group);
    let of = of.and_then(|group| found.map.groups.get(group));
    let of = of.or_else(|| found.map.groups.iter().find(|group| group.first == state));
    let statuses = of.map_or_else(|| "One state".to_owned(), group);
    format!("{statuses}: one of {}.", count(found.far.states, "state", "states"))
}

/// Why something is never reached.
pub(super) fn why(why: &Why, thread: &str) -> String {
    match why {
        Why::NeverStarted => format!("no ThreadRun of {thread} is ever started"),
        Why::NoBudget => "the event never comes: it may come 0 times".to_owned(),
        Why::NeverInterrupts => {
            format!("the event never comes while a ThreadRun of {thread} could be interrupted")
        }
        Why::NotTaken(from) => format!("the edge from {from} is never taken"),
        Why::Behind => "no node before it is reached".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas() {
        let written = [0, 12, 999, 1_000, 123_456, 1_000_000].map(number);
        assert_eq!(written, ["0", "12", "999", "1,000", "123,456", "1,000,000"]);
    }

    #[test]
    fn like_thread_runs_are_counted_in_the_order_of_the_first() {
        let thread = |name: &str, status: &str| (name.to_owned(), status.to_owned());
        let group = Group {
            run: Some("RUNNING".to_owned()),
            threads: vec![
                thread("order", "HALTING"),
                thread("kid", "HALTED"),
                thread("kid", "HALTING"),
                thread("kid", "HALTED"),
            ],
            first: 0,
            depth: 0,
            states: 1,
        };
        assert_eq!(super::group(&group), "order HALTING, 2 × kid HALTED, kid HALTING");
        assert_eq!(super::group(&Group { run: None, ..group }), "not started");
    }
}
