//! From bytes of a text to its lines, and pieces of it that keep their lines.

/// Where the lines of a text begin.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let behind = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines(std::iter::once(0).chain(behind.map(|(index, _)| index + 1)).collect())
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, byte: usize) -> u32 {
        self.0.partition_point(|start| *start <= byte).max(1) as u32
    }
}

/// A piece of a text and the line on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) line: u32,
    pub(crate) text: String,
}

impl Piece {
    /// The piece with as many empty lines before it as the text has: whoever reads it finds the lines of the text.
    pub(crate) fn in_place(&self) -> String {
        let mut text = "\n".repeat((self.line as usize).saturating_sub(1));
        text.push_str(&self.text);
        text
    }
}
