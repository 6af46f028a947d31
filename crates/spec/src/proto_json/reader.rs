//! Messages and their fields.

use crate::about::About;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, add};
use crate::limits::ENOUGH_DIAGNOSTICS;
use crate::names::similar;
use crate::place::Span;
use crate::tree::{Entry, Plain, Tree};

/// Reads messages and collects what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// What is wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The ThreadSpec that is being read.
    pub(super) thread: Option<String>,
    /// The node that is being read.
    pub(super) node: Option<String>,
}

/// One message: a map whose keys are the names of fields.
pub(super) struct Message<'t> {
    pub(super) tree: &'t Tree,
    /// The message's type, for the diagnostics.
    what: &'static str,
    entries: &'t [Entry],
    known: Vec<&'static str>,
}

impl<'t> Message<'t> {
    /// The value of a field, unless it is absent or null. The name is the one in camelCase.
    pub(super) fn field(&mut self, name: &'static str) -> Option<&'t Tree> {
        self.known.push(name);
        self.entries
            .iter()
            .find(|entry| is_name(&entry.key, name))
            .map(|entry| &entry.value)
            .filter(|value| !value.is_null())
    }

    pub(super) fn span(&self) -> Span {
        self.tree.span
    }
}

/// Whether a key is this field's name, in camelCase or in snake_case.
fn is_name(key: &str, camel: &str) -> bool {
    let mut key = key.chars();
    for letter in camel.chars() {
        match key.next() {
            Some(found) if found == letter => {}
            Some('_') if letter.is_ascii_uppercase() => {
                if key.next() != Some(letter.to_ascii_lowercase()) {
                    return false;
                }
            }
            _ => return false,
        }
    }
    key.next().is_none()
}

impl Reader {
    pub(super) fn report(&mut self, mut diagnostic: Diagnostic) {
        if let (Some(thread), Some(node), None) = (&self.thread, &self.node, &diagnostic.node) {
            diagnostic.node = Some((thread.clone(), node.clone()));
        }
        add(&mut self.diagnostics, diagnostic);
    }

    pub(super) fn error(&mut self, code: Code, at: Span, about: impl Into<About>) {
        self.report(Diagnostic::error(code, at, about));
    }

    pub(super) fn message<'t>(
        &mut self,
        tree: &'t Tree,
        what: &'static str,
    ) -> Option<Message<'t>> {
        if let Some(entries) = tree.map() {
            return Some(Message { tree, what, entries, known: Vec::new() });
        }
        let message = format!("A {what} is a map {{…}}, but here is {}.", tree.what());
        self.error(Code::Type, tree.span, message);
        None
    }

    /// Warns about fields that nobody asked for.
    #[allow(clippy::needless_pass_by_value, reason = "nothing may be taken after this")]
    pub(super) fn finish(&mut self, message: Message<'_>) {
        for entry in message.entries {
            if self.diagnostics.len() >= ENOUGH_DIAGNOSTICS {
                return;
            }
            if message.known.iter().any(|name| is_name(&entry.key, name)) {
                continue;
            }
            let mut text =
                format!("A {} has no field \"{}\"; it is ignored.", message.what, entry.key);
            if let Some(meant) = similar(&entry.key, message.known.iter().copied()) {
                text = format!(
                    "A {} has no field \"{}\"; did you mean \"{meant}\"? It is ignored.",
                    message.what, entry.key
                );
            }
            self.report(Diagnostic::warning(Code::UnknownField, entry.key_span, text));
        }
    }

    /// The one field that is set of some of which at most one may be.
    pub(super) fn one_of<'t>(
        &mut self,
        message: &mut Message<'t>,
        names: &[&'static str],
    ) -> Option<(&'static str, &'t Tree)> {
        let mut found: Option<(&'static str, &'t Tree)> = None;
        for name in names {
            let Some(value) = message.field(name) else {
                continue;
            };
            if let Some((first, _)) = found {
                let text =
                    format!("Of \"{first}\" and \"{name}\" a {} has only one.", message.what);
                self.error(Code::OneOf, value.span, text);
            } else {
                found = Some((name, value));
            }
        }
        found
    }

    pub(super) fn text(&mut self, message: &mut Message<'_>, name: &'static str) -> String {
        self.optional_text(message, name).unwrap_or_default()
    }

    pub(super) fn optional_text(
        &mut self,
        message: &mut Message<'_>,
        name: &'static str,
    ) -> Option<String> {
        let value = message.field(name)?;
        self.text_of(value, name)
    }

    pub(super) fn text_of(&mut self, value: &Tree, name: &str) -> Option<String> {
        if value.as_plain().is_none_or(|plain| plain == Plain::Text)
            && let Some(text) = value.text()
        {
            return Some(text.to_owned());
        }
        self.expected(value, name, "a text");
        None
    }

    pub(super) fn flag(&mut self, message: &mut Message<'_>, name: &'static str) -> bool {
        self.optional_flag(message, name).unwrap_or_default()
    }

    pub(super) fn optional_flag(
        &mut self,
        message: &mut Message<'_>,
        name: &'static str,
    ) -> Option<bool> {
        let value = message.field(name)?;
        if let Some(Plain::Bool(flag)) = value.as_plain() {
            return Some(flag);
        }
        self.expected(value, name, "true or false");
        None
    }

    /// A whole number of 64 bits, as proto JSON has it: a number, or a text of digits.
    pub(super) fn integer(&mut self, message: &mut Message<'_>, name: &'static str) -> Option<i64> {
        let value = message.field(name)?;
        self.integer_of(value, name)
    }

    pub(super) fn integer_of(&mut self, value: &Tree, name: &str) -> Option<i64> {
        match value.text().map(whole_number) {
            Some(Ok(number)) => return Some(number),
            Some(Err(Some(problem))) => {
                self.error(Code::Number, value.span, format!("\"{name}\": {problem}"));
            }
            _ => self.expected(value, name, "a whole number"),
        }
        None
    }

    /// A whole number of 32 bits.
    pub(super) fn small_integer(
        &mut self,
        message: &mut Message<'_>,
        name: &'static str,
    ) -> Option<i32> {
        let value = message.field(name)?;
        let number = self.integer_of(value, name)?;
        let small = i32::try_from(number).ok();
        if small.is_none() {
            let text = format!("\"{name}\": {number} has more than 32 bits.");
            self.error(Code::Number, value.span, text);
        }
        small
    }

    pub(super) fn double_of(&mut self, value: &Tree, name: &str) -> Option<f64> {
        let number = match value.text() {
            Some("NaN") => Some(f64::NAN),
            Some("Infinity") => Some(f64::INFINITY),
            Some("-Infinity") => Some(f64::NEG_INFINITY),
            Some(text) => text.parse::<f64>().ok().filter(|number| number.is_finite()),
            None => None,
        };
        if number.is_none() {
            self.expected(value, name, "a number");
        }
        number
    }

    /// One of the words of an enum, or its number.
    pub(super) fn word<T: Copy>(
        &mut self,
        value: &Tree,
        name: &str,
        words: &[(T, &'static str)],
    ) -> Option<T> {
        let found = match value.as_plain() {
            Some(Plain::Int(number)) => {
                usize::try_from(number).ok().and_then(|index| words.get(index))
            }
            _ => value.text().and_then(|text| words.iter().find(|(_, word)| *word == text)),
        };
        if found.is_none() {
            let all: Vec<_> = words.iter().map(|(_, word)| *word).collect();
            self.expected(value, name, &format!("one of {}", all.join(", ")));
        }
        found.map(|(word, _)| *word)
    }

    pub(super) fn optional_word<T: Copy>(
        &mut self,
        message: &mut Message<'_>,
        name: &'static str,
        words: &[(T, &'static str)],
    ) -> Option<T> {
        let value = message.field(name)?;
        self.word(value, name, words)
    }

    pub(super) fn list<'t>(&mut self, message: &mut Message<'t>, name: &'static str) -> &'t [Tree] {
        let Some(value) = message.field(name) else {
            return &[];
        };
        value.list().unwrap_or_else(|| {
            self.expected(value, name, "a list");
            &[]
        })
    }

    pub(super) fn map<'t>(&mut self, message: &mut Message<'t>, name: &'static str) -> &'t [Entry] {
        let Some(value) = message.field(name) else {
            return &[];
        };
        value.map().unwrap_or_else(|| {
            self.expected(value, name, "a map");
            &[]
        })
    }

    pub(super) fn expected(&mut self, value: &Tree, name: &str, expected: &str) {
        let found = match value.text() {
            Some(text) if text.chars().count() <= 40 => format!("\"{text}\""),
            _ => value.what().to_owned(),
        };
        self.error(Code::Type, value.span, format!("\"{name}\" is {expected}, not {found}."));
    }

    /// The name in an id such as `{"name": "charge"}`.
    pub(super) fn name_in_id(&mut self, message: &mut Message<'_>, field: &'static str) -> String {
        let Some(tree) = message.field(field) else {
            return String::new();
        };
        let Some(mut id) = self.message(tree, "id") else {
            return String::new();
        };
        let name = self.text(&mut id, "name");
        id.field("version");
        id.field("majorVersion");
        id.field("revision");
        self.finish(id);
        name
    }
}

/// A whole number, also as `5.0` and `5e2`, which proto JSON allows. `Err(Some)` says why a number is none of ours.
pub(super) fn whole_number(text: &str) -> Result<i64, Option<String>> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return Ok(number);
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Some(format!("{text} has more than 64 bits.")));
    }
    match text.parse::<f64>() {
        // Beyond 2^53 such a number is not exact any more.
        Ok(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
            Ok(number as i64)
        }
        Ok(_) => Err(Some(format!("{text} is no whole number."))),
        Err(_) => Err(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_both_cases() {
        assert!(is_name("threadSpecs", "threadSpecs"));
        assert!(is_name("thread_specs", "threadSpecs"));
        assert!(is_name("lhs_json_path", "lhsJsonPath"));
        assert!(!is_name("thread_specs_", "threadSpecs"));
        assert!(!is_name("threadspecs", "threadSpecs"));
    }
}
