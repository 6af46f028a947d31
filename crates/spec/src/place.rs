//! Where something stands in a source text.

/// A place in a source: line and column, both from 1, columns in characters; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize)]
pub struct Span {
    /// First line, from 1; 0 if unknown.
    pub line: u32,
    /// First column, from 1.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

/// The place a part of the model was read from. Two models are equal wherever their parts stand,
/// so all `At`s are equal.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
#[serde(transparent)]
pub struct At(pub Span);

impl At {
    /// This place, or another where this one is not known.
    #[must_use]
    pub fn or(self, other: At) -> At {
        if self.0.line == 0 { other } else { self }
    }
}

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for At {}
