//! Edits of a text.

/// A part of a text, in bytes; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct Span {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// Replaces a part of a text. The edits of one answer all refer to the text before any of them, stand in its order and do
/// not overlap.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Edit {
    /// Where the replaced part begins.
    pub from: usize,
    /// Where it ends; the same as `from` for an insertion.
    pub to: usize,
    /// What stands there instead.
    pub insert: String,
}

impl Edit {
    pub(crate) fn replace(from: usize, to: usize, insert: impl Into<String>) -> Self {
        Self { from, to, insert: insert.into() }
    }

    pub(crate) fn insert(at: usize, insert: impl Into<String>) -> Self {
        Self::replace(at, at, insert)
    }
}

/// The text after these edits. An edit that does not fit the text, or that overlaps the one before, is left out.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        if edit.from >= done
            && edit.to >= edit.from
            && let (Some(kept), Some(_)) = (text.get(done..edit.from), text.get(edit.from..edit.to))
        {
            result.push_str(kept);
            result.push_str(&edit.insert);
            done = edit.to;
        }
    }
    result.push_str(text.get(done..).unwrap_or_default());
    result
}

/// The nearest place at or before an offset that is not inside a character.
pub(crate) fn clamp(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Finds bytes of lines and columns.
pub(crate) struct Bytes<'t> {
    text: &'t str,
    lines: Vec<usize>,
}

impl<'t> Bytes<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { text, lines }
    }

    /// The byte of a line and a column, both from 1; columns count characters.
    pub(crate) fn at(&self, line: u32, column: u32) -> usize {
        let index = (line as usize).saturating_sub(1);
        let Some(start) = self.lines.get(index).copied() else {
            return self.text.len();
        };
        let end = self.lines.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text.get(start..end).unwrap_or_default();
        let before = (column as usize).saturating_sub(1);
        line.char_indices().nth(before).map_or(end, |(at, _)| start + at)
    }
}
