//! Of what kind a difference is: those that look alike are one kind, and one of them is enough to look at.

use halter_session::trace::{Difference, Mismatch};
use serde_json::Value as Json;

/// Characters of what the server and Halter have that tell kinds apart.
const TOLD: usize = 70;

/// A kind, as one line.
pub fn of(mismatch: &Mismatch, trace: &Json) -> String {
    match mismatch {
        Mismatch::Refused(diagnostics) => {
            let first = diagnostics.first();
            let said = first.map(|found| format!("{} {}", found.code, shape(&found.message())));
            format!("the server accepts it, Halter refuses it: {}", said.unwrap_or_default())
        }
        Mismatch::Accepted(code) => {
            let message = trace.pointer("/rejected/message").and_then(Json::as_str);
            let message = shape(message.unwrap_or_default());
            format!("the server refuses it, Halter accepts it: {code} {message}")
        }
        Mismatch::Step(_, command, differences) => {
            let command: Json = serde_json::from_str(command).unwrap_or_default();
            let name = command.as_object().and_then(|entries| entries.keys().next().cloned());
            let first = differences.iter().min_by_key(|found| rank(&found.path));
            format!("{}: {}", name.unwrap_or_default(), first.map(told).unwrap_or_default())
        }
        Mismatch::Unplayable(why) => format!("can't be played: {}", shape(why)),
    }
}

/// What says most comes first: whether it was refused, then statuses, then the rest.
fn rank(path: &str) -> usize {
    let is_status = path.ends_with("status") || path.ends_with("Status");
    match path {
        "refused" => 0,
        path if path.starts_with("wfRun.threadRuns") && is_status => 1,
        path if path.starts_with("wfRun.threadRuns") && path.ends_with("errorMessage") => 2,
        path if path.starts_with("nodeRuns") && is_status => 3,
        path if path.starts_with("nodeRuns") => 4,
        path if path.starts_with("variables") => 5,
        _ => 6,
    }
}

fn told(found: &Difference) -> String {
    let (server, halter) = (shape(&found.recorded), shape(&found.played));
    format!("{}: {server} / {halter}", without_numbers(&found.path))
}

/// A text without what differs from case to case: numbers, and the names that the generator numbers.
fn shape(text: &str) -> String {
    without_numbers(text).chars().take(TOLD).collect()
}

fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if !(c == '#' && out.ends_with('#')) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use halter_session::trace::{Difference, Mismatch};
    use serde_json::Value as Json;

    use super::of;

    #[test]
    fn numbers_make_no_kinds_and_statuses_come_first() {
        let found = |thread: u32| {
            let at = |path: String, recorded: &str, played: &str| Difference {
                path,
                recorded: recorded.to_owned(),
                played: played.to_owned(),
            };
            let differences = vec![
                at("externalEvents[0].claimed".to_owned(), "true", "false"),
                at(format!("wfRun.threadRuns[{thread}].status"), "\"HALTED\"", "\"HALTING\""),
            ];
            of(&Mismatch::Step(3, "{\"postEvent\":{}}".to_owned(), differences), &Json::Null)
        };
        assert_eq!(found(1), "postEvent: wfRun.threadRuns[#].status: \"HALTED\" / \"HALTING\"");
        assert_eq!(found(1), found(12));
    }
}
