//! Maps with known keys.

use super::Source;
use crate::about::{About, Missing, Unknown, UnknownWhat};
use crate::code::Code;
use crate::diagnostic::is_enough;
use crate::grammar::{Key, Shape};
use crate::place::Span;
use crate::tree::{Entry, Plain, Tree};

/// A map of which keys are taken one by one; what is left over is not known.
pub(super) struct Fields<'t> {
    what: String,
    span: Span,
    entries: Vec<&'t Entry>,
    known: Vec<&'static str>,
    /// The keys that the grammar has here: no others are asked for.
    grammar: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    /// The entry with this key.
    pub(super) fn take(&mut self, key: &'static str) -> Option<&'t Entry> {
        debug_assert!(self.grammar.contains(&key), "{key} is not in the grammar");
        self.known.push(key);
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index))
    }

    /// Says more exactly what this map is.
    pub(super) fn call(&mut self, what: &str) {
        what.clone_into(&mut self.what);
    }
}

impl Source {
    /// A map of this shape.
    pub(super) fn fields<'t>(
        &mut self,
        tree: &'t Tree,
        shape: &'static Shape,
    ) -> Option<Fields<'t>> {
        self.fields_of(tree, shape.name, shape.keys)
    }

    /// A map with these keys, and what messages call it.
    pub(super) fn fields_of<'t>(
        &mut self,
        tree: &'t Tree,
        what: &str,
        keys: impl IntoIterator<Item = &'static Key>,
    ) -> Option<Fields<'t>> {
        if let Some(entries) = tree.map() {
            let entries = entries.iter().collect();
            return Some(Fields {
                what: what.to_owned(),
                span: tree.span,
                entries,
                known: Vec::new(),
                grammar: keys.into_iter().map(|key| key.name).collect(),
            });
        }
        self.expected(tree, what, "a map, lines such as \"key: value\"");
        None
    }

    /// Reports the keys that nobody asked for.
    #[allow(clippy::needless_pass_by_value, reason = "nothing may be taken after this")]
    pub(super) fn finish(&mut self, fields: Fields<'_>) {
        for entry in &fields.entries {
            if is_enough(&self.diagnostics) {
                return;
            }
            // A key that stands there twice, and a merge key, have been reported before.
            if fields.known.contains(&entry.key.as_str()) || entry.key == "<<" {
                continue;
            }
            let what = UnknownWhat::Key(fields.what.clone());
            let unknown = Unknown::among(what, &entry.key, fields.known.iter().copied());
            self.error(Code::UnknownKey, entry.key_span, About::Unknown(unknown));
        }
    }

    /// A name: any text but an empty one.
    pub(super) fn name(&mut self, tree: &Tree, what: &str) -> Option<String> {
        match tree.text() {
            Some(text) if !tree.is_null() && !text.is_empty() => Some(text.to_owned()),
            _ => {
                self.expected(tree, what, "a name");
                None
            }
        }
    }

    pub(super) fn optional_name(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<String> {
        let entry = fields.take(key)?;
        self.name(&entry.value, key)
    }

    /// Any text, also an empty one in quotation marks.
    pub(super) fn optional_text(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<String> {
        let entry = fields.take(key)?;
        match entry.value.text() {
            Some(text) if !entry.value.is_null() => Some(text.to_owned()),
            _ => {
                self.expected(&entry.value, key, "a text");
                None
            }
        }
    }

    pub(super) fn required_name(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<String> {
        let Some(entry) = fields.take(key) else {
            self.missing(fields, key);
            return None;
        };
        self.name(&entry.value, key)
    }

    pub(super) fn missing(&mut self, fields: &Fields<'_>, key: &str) {
        let missing = Missing::Key { key: key.to_owned(), of: fields.what.clone() };
        self.error(Code::Missing, super::first_line(fields.span), About::Missing(missing));
    }

    pub(super) fn integer(&mut self, tree: &Tree, what: &str) -> Option<i64> {
        match tree.as_plain() {
            Some(Plain::Int(number)) => return Some(number),
            Some(Plain::TooBig) => {
                let message = format!("\"{what}\": this number has more than 64 bits.");
                self.error(Code::Number, tree.span, message);
            }
            _ => self.expected(tree, what, "a whole number"),
        }
        None
    }

    pub(super) fn optional_integer(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<i64> {
        let entry = fields.take(key)?;
        self.integer(&entry.value, key)
    }

    /// A whole number of 32 bits.
    pub(super) fn optional_small(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<i32> {
        let entry = fields.take(key)?;
        let number = self.integer(&entry.value, key)?;
        let small = i32::try_from(number).ok();
        if small.is_none() {
            self.error(
                Code::Number,
                entry.value.span,
                format!("\"{key}\": {number} has more than 32 bits."),
            );
        }
        small
    }

    pub(super) fn flag(&mut self, fields: &mut Fields<'_>, key: &'static str) -> bool {
        let Some(entry) = fields.take(key) else {
            return false;
        };
        if let Some(Plain::Bool(flag)) = entry.value.as_plain() {
            return flag;
        }
        self.expected(&entry.value, key, "true or false");
        false
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &mut self,
        tree: &Tree,
        what: &str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let text = tree.text();
        if let Some((_, found)) = words.iter().find(|(word, _)| Some(*word) == text) {
            return Some(*found);
        }
        let all: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        let expected = format!("one of {}", all.join(", "));
        let unknown = text.map(|text| {
            Unknown::among(UnknownWhat::Word(what.to_owned()), text, all.iter().copied())
        });
        match unknown.filter(|unknown| unknown.meant.is_some()) {
            Some(unknown) => self.error(Code::Type, tree.span, About::Unknown(unknown)),
            None => self.expected(tree, what, &expected),
        }
        None
    }
}
