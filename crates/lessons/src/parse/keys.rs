//! Maps with known keys.

use halter_spec::fragment::{Entry, Tree};
use halter_spec::similar;

use crate::problem::Problem;

/// A map of which all keys are known.
pub(super) struct Keys<'t> {
    /// What messages call it, such as `the front matter`.
    what: &'static str,
    line: u32,
    entries: &'t [Entry],
}

impl<'t> Keys<'t> {
    /// The map in a piece of the text that begins at this line, also an empty one; other keys are reported, and so is what is
    /// no map at all.
    pub(super) fn of(
        tree: Option<&'t Tree>,
        what: &'static str,
        known: &[&'static str],
        line: u32,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let entries = match tree.filter(|tree| !tree.is_null()) {
            None => &[],
            Some(tree) => tree.map().or_else(|| {
                let sentence = format!(
                    "Here are keys and values such as \"{}: …\", not {}.",
                    known.first().copied().unwrap_or_default(),
                    tree.what()
                );
                problems.push(Problem::new(tree.span.line, sentence));
                None
            })?,
        };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let hint = match similar(&entry.key, known.iter().copied()) {
                Some(meant) => format!("Did you mean \"{meant}\"?"),
                None => format!("There are {}.", known.join(", ")),
            };
            let sentence = format!("There is no key \"{}\" in {what}. {hint}", entry.key);
            problems.push(Problem::new(entry.key_span.line, sentence));
        }
        Some(Keys { what, line, entries })
    }

    /// The entry with this key.
    pub(super) fn get(&self, key: &str) -> Option<&'t Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// An entry that must be there.
    pub(super) fn required(&self, key: &str, problems: &mut Vec<Problem>) -> Option<&'t Entry> {
        let entry = self.get(key);
        if entry.is_none() {
            let sentence = format!("\"{key}\" is missing in {}.", self.what);
            problems.push(Problem::new(self.line, sentence));
        }
        entry
    }

    /// A text that must be there, of at most so many characters.
    pub(super) fn text(
        &self,
        key: &str,
        most: usize,
        problems: &mut Vec<Problem>,
    ) -> Option<String> {
        let entry = self.required(key, problems)?;
        let text = word(entry, problems)?;
        let length = text.chars().count();
        if length > most {
            let sentence = format!("\"{key}\" has {length} characters; it may have {most}.");
            problems.push(Problem::new(entry.key_span.line, sentence));
            return None;
        }
        Some(text)
    }
}

/// A text that is not empty.
pub(super) fn word(entry: &Entry, problems: &mut Vec<Problem>) -> Option<String> {
    let text = entry.value.text().map(str::trim).filter(|text| !text.is_empty());
    if text.is_none() || entry.value.is_null() {
        let found = entry.value.text().map_or_else(|| entry.value.what(), |_| "nothing");
        let sentence = format!("\"{}\" is a text, not {found}.", entry.key);
        problems.push(Problem::new(entry.key_span.line, sentence));
        return None;
    }
    text.map(str::to_owned)
}
