//! A case that differs, made smaller: parts are left out for as long as Halter accepts the source and both part in the same way.

use serde_json::Value as Json;

use crate::case::Case;
use crate::play::{Difference, Played, Server};
use crate::source::Source;

/// How often a server is asked about one case.
const TRIES: usize = 28;

/// What a step, a thread or a definition can do without.
const OPTIONAL: [&str; 16] = [
    "actions",
    "backoff",
    "content",
    "else",
    "else-if",
    "group",
    "interrupts",
    "into",
    "notes",
    "on-cancel",
    "on-child-failure",
    "on-failure",
    "retries",
    "strategy",
    "timeout",
    "variables",
];

/// Maps whose entries can be left out one by one.
const MAPS: [&str; 8] = [
    "events",
    "on-failure",
    "interrupts",
    "set",
    "tasks",
    "threads",
    "variables",
    "workflow-events",
];

/// Lists of steps.
const STEPS: [&str; 3] = ["do", "then", "else"];

/// Makes a case smaller that differs so; returns the smallest, and how that differs.
pub fn smaller(server: &Server, case: Case, found: Difference) -> (Case, Difference) {
    let mut shrinking = Shrinking { server, best: case, found, tries: TRIES };
    if let Some(step) = shrinking.found.step {
        // What comes behind the difference says nothing. What came before it the trace knows: the server hands out tasks in an
        // order of its own.
        let steps = shrinking.found.trace.get("steps").and_then(Json::as_array);
        let done = steps.into_iter().flatten().take(step + 1).filter_map(|step| step.get("do"));
        let script = done.cloned().collect();
        shrinking.try_it(Case { script, ..shrinking.best.clone() });
    }
    let mut size = parts(&shrinking.best).len().div_ceil(2);
    while size > 0 && shrinking.tries > 0 {
        let mut at = 0;
        while at < parts(&shrinking.best).len() && shrinking.tries > 0 {
            if !shrinking.without(at, size) {
                at += size;
            }
        }
        size /= 2;
    }
    (shrinking.best, shrinking.found)
}

struct Shrinking<'a> {
    server: &'a Server,
    best: Case,
    found: Difference,
    tries: usize,
}

impl Shrinking<'_> {
    /// Leaves out so many parts from here on, those that can be; whether it still differs in the same way.
    fn without(&mut self, at: usize, size: usize) -> bool {
        let all = parts(&self.best);
        let mut smaller = self.best.clone();
        let mut changed = false;
        // From behind, so that what stands before keeps its place; definitions and threads stand in front, and go once nothing
        // refers to them.
        for part in all.iter().skip(at).take(size).rev() {
            let mut next = smaller.clone();
            next.leave_out(part);
            if next.source.document().is_ok() {
                smaller = next;
                changed = true;
            }
        }
        changed && self.try_it(smaller)
    }

    fn try_it(&mut self, candidate: Case) -> bool {
        let Some((document, script)) = candidate.fitted() else { return false };
        self.tries = self.tries.saturating_sub(1);
        match self.server.play(&document, &script) {
            Played::Differs(found) if found.kind == self.found.kind => {
                self.best = Case { script, ..candidate };
                self.found = *found;
                true
            }
            _ => false,
        }
    }
}

/// A part that can be left out.
#[derive(Debug, Clone)]
enum Part {
    /// A command of the script.
    Command(usize),
    /// What stands there in the source, by the keys and numbers that lead to it.
    Source(Vec<String>),
}

/// All parts of a case, those to which others refer first.
fn parts(case: &Case) -> Vec<Part> {
    let mut found = Vec::new();
    for (name, section) in &case.source.sections {
        found_in(name, section, &mut vec![name.clone()], &mut found);
    }
    // Definitions, then threads, then what stands in threads.
    found.sort_by_key(|path| (path.len() > 2, path.first().is_some_and(|name| name == "threads")));
    let commands = (1..case.script.len()).map(Part::Command);
    found.into_iter().map(Part::Source).chain(commands).collect()
}

fn found_in(name: &str, value: &Json, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match value {
        Json::Object(entries) => {
            for (key, inner) in entries {
                path.push(key.clone());
                let optional = path.len() > 2 && OPTIONAL.contains(&key.as_str());
                if optional || MAPS.contains(&name) {
                    found.push(path.clone());
                }
                found_in(key, inner, path, found);
                path.pop();
            }
        }
        Json::Array(items) => {
            for (nth, inner) in items.iter().enumerate() {
                path.push(nth.to_string());
                if STEPS.contains(&name) {
                    found.push(path.clone());
                }
                found_in("", inner, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

impl Case {
    fn leave_out(&mut self, part: &Part) {
        match part {
            Part::Command(nth) => {
                if *nth < self.script.len() {
                    self.script.remove(*nth);
                }
            }
            Part::Source(path) => self.source.leave_out(path),
        }
    }
}

impl Source {
    fn leave_out(&mut self, path: &[String]) {
        let Some((last, before)) = path.split_last() else { return };
        let Some((section, inner)) = before.split_first() else { return };
        let Some(mut at) = self.sections.get_mut(section) else { return };
        for key in inner {
            let next = match at {
                Json::Object(entries) => entries.get_mut(key),
                Json::Array(items) => key.parse::<usize>().ok().and_then(|nth| items.get_mut(nth)),
                _ => None,
            };
            let Some(next) = next else { return };
            at = next;
        }
        match at {
            Json::Object(entries) => {
                entries.remove(last);
            }
            Json::Array(items) => {
                if let Some(nth) = last.parse().ok().filter(|nth: &usize| *nth < items.len()) {
                    items.remove(nth);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Case, Part, parts};
    use crate::generate;

    #[test]
    fn whatever_is_left_out_a_source_becomes_smaller() {
        for seed in 0..20 {
            let Some((source, _)) = generate::source(seed) else { continue };
            let case = Case { source, script: vec![json!({ "runWf": {} }), json!({ "x": {} })] };
            let all = parts(&case);
            assert!(all.iter().any(|part| matches!(part, Part::Command(1))));
            for part in all {
                let mut smaller = case.clone();
                smaller.leave_out(&part);
                let size = |case: &Case| case.source.text().len() + case.script.len();
                assert!(size(&smaller) < size(&case), "{part:?}");
            }
        }
    }
}
