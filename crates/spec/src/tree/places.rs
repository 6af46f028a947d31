//! From bytes of a text to lines and columns.

use crate::place::Span;

/// One remembered count of characters for so many bytes.
const STRIDE: usize = 256;

/// Finds lines and columns quickly, however long the lines.
pub(crate) struct Places<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// Characters before each multiple of [`STRIDE`] bytes.
    characters: Vec<u32>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut line_starts = vec![0];
        let mut characters = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (index, byte) in text.bytes().enumerate() {
            if index % STRIDE == 0 {
                characters.push(count);
            }
            if starts_character(byte) {
                count += 1;
            }
            if byte == b'\n' {
                line_starts.push(index + 1);
            }
        }
        if text.len().is_multiple_of(STRIDE) {
            characters.push(count);
        }
        Self { text, line_starts, characters }
    }

    /// Line and column, from 1, of a byte.
    pub(crate) fn at(&self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let column = self.characters_before(offset) - self.characters_before(start);
        (line as u32, column + 1)
    }

    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let (line, column) = self.at(start);
        let (end_line, end_column) = self.at(end);
        Span { line, column, end_line, end_column }
    }

    fn characters_before(&self, offset: usize) -> u32 {
        let slot = offset / STRIDE;
        let known = self.characters.get(slot).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(slot * STRIDE..offset).unwrap_or_default();
        known + rest.iter().filter(|byte| starts_character(**byte)).count() as u32
    }
}

/// Whether the byte is the first of a character of UTF-8.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = format!("ä{}\nöü x", "é".repeat(300));
        let places = Places::of(&text);
        assert_eq!(places.at(0), (1, 1));
        assert_eq!(places.at(2), (1, 2));
        assert_eq!(places.at(602), (1, 302));
        assert_eq!(places.at(text.len()), (2, 5));
        assert_eq!(places.at(9999), (2, 5));
    }
}
