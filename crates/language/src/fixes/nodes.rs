//! Nodes: a way to an end, and retries that LittleHorse takes.

use super::search::Search;
use crate::cst::{Entry, Node};
use crate::edit::Edit;
use crate::edits::layout::insert_into;

impl Search<'_, '_> {
    pub(super) fn lead_to_exit(&mut self) {
        let Some((map, index)) = self.entry() else {
            return;
        };
        let Some(entry) = map.entries().get(index) else {
            return;
        };
        let exit = map
            .entries()
            .iter()
            .find(|other| other.value.text() == Some("exit") || other.value.get("exit").is_some());
        if let Some(exit) = exit {
            let edit = match entry.value.text() {
                Some(word) => Some(Edit::replace(
                    entry.value.from,
                    entry.value.to,
                    format!("{{{word}: , next: {}}}", exit.key),
                )),
                None => insert_into(self.cst, &entry.value, None, "next", &exit.key),
            };
            self.add(format!("lead to {}", exit.key), edit);
        }
    }

    pub(super) fn retries(&mut self) {
        let Some(step) = self.step() else { return };
        let backoff = step.get("backoff");
        let mut edits = Vec::new();
        let mut raise = |entry: Option<&Entry>, least: f64, written: &str| {
            if let Some(entry) = entry
                && let Some(number) = entry.value.text().and_then(|text| text.parse::<f64>().ok())
                && number < least
            {
                edits.push(Edit::replace(entry.value.from, entry.value.to, written));
            }
        };
        raise(step.entry("retries"), 0.0, "0");
        if let Some(backoff) = backoff {
            raise(backoff.entry("base-ms"), 1.0, "1");
            raise(backoff.entry("multiplier"), 1.0, "1");
            let base = backoff.get("base-ms").and_then(Node::text).unwrap_or("1");
            let least = base.parse::<f64>().unwrap_or(1.0);
            raise(backoff.entry("max-ms"), least, base);
            let all = [("base-ms", "1000"), ("max-ms", "60000"), ("multiplier", "2")];
            for (key, value) in all {
                if backoff.entry(key).is_none() {
                    edits.extend(insert_into(self.cst, backoff, None, key, value));
                }
            }
        }
        // Several new keys at one place are one edit.
        let mut merged: Vec<Edit> = Vec::new();
        for edit in edits {
            match merged.last_mut() {
                Some(last)
                    if last.from == edit.from && last.to == edit.to && edit.from == edit.to =>
                {
                    last.insert.push_str(&edit.insert);
                }
                _ => merged.push(edit),
            }
        }
        self.add("use numbers that LittleHorse takes", merged);
    }
}
