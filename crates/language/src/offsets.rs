//! From the lines and columns of diagnostics, and the bytes of Rust, to the UTF-16 offsets of a browser, and back.
//! The one place that knows how long a character is on either side.

use halter_spec::place::Span;

/// Bytes between two places that are remembered. Between them characters are counted.
const STRIDE: usize = 1 << 10;

/// A text's offsets. Making one looks at the text once.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    /// Where lines begin, in bytes.
    lines: Vec<usize>,
    /// Every so many bytes: the byte, and the UTF-16 offset there. Empty if all is ASCII: then both are the same.
    places: Vec<(usize, usize)>,
    utf16_length: usize,
}

impl<'a> Offsets<'a> {
    /// Looks at a text.
    pub fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1));
        let mut offsets =
            Self { text, lines: lines.collect(), places: Vec::new(), utf16_length: text.len() };
        if !text.is_ascii() {
            let mut utf16 = 0;
            for (byte, character) in text.char_indices() {
                if byte >= offsets.places.len() * STRIDE {
                    offsets.places.push((byte, utf16));
                }
                utf16 += character.len_utf16();
            }
            offsets.utf16_length = utf16;
        }
        offsets
    }

    /// The UTF-16 offset of a byte; within a character that of its beginning, beyond the end that of the end.
    pub fn utf16(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let next = self.places.partition_point(|(at, _)| *at <= byte);
        let Some(&(start, utf16)) = next.checked_sub(1).and_then(|last| self.places.get(last))
        else {
            return byte;
        };
        let between = self.text.get(start..).unwrap_or_default().char_indices();
        utf16
            + between
                .take_while(|(at, character)| start + at + character.len_utf8() <= byte)
                .map(|(_, character)| character.len_utf16())
                .sum::<usize>()
    }

    /// The byte of a UTF-16 offset; within a surrogate pair that of the character, beyond the end that of the end.
    pub fn byte(&self, utf16: usize) -> usize {
        if utf16 >= self.utf16_length {
            return self.text.len();
        }
        let next = self.places.partition_point(|(_, at)| *at <= utf16);
        let Some(&(start, mut at)) = next.checked_sub(1).and_then(|last| self.places.get(last))
        else {
            return utf16;
        };
        for (byte, character) in self.text.get(start..).unwrap_or_default().char_indices() {
            at += character.len_utf16();
            if at > utf16 {
                return start + byte;
            }
        }
        self.text.len()
    }

    /// The UTF-16 offset of a line and column in characters, both from 1; beyond a line's end that of its end.
    pub fn of_place(&self, line: u32, column: u32) -> usize {
        let index = line.max(1) as usize - 1;
        let Some(&start) = self.lines.get(index) else {
            return self.utf16_length;
        };
        let line = self.text.get(start..).unwrap_or_default();
        let before = line
            .chars()
            .take_while(|character| *character != '\n')
            .take(column.max(1) as usize - 1);
        self.utf16(start + before.map(char::len_utf8).sum::<usize>())
    }

    /// Where a span begins and ends, in UTF-16 offsets; the end is never before the beginning.
    pub fn of_span(&self, span: Span) -> (usize, usize) {
        let start = self.of_place(span.line, span.column);
        let end = self.of_place(span.end_line, span.end_column);
        (start, end.max(start))
    }

    /// The line of a UTF-16 offset, from 1.
    pub fn line(&self, utf16: usize) -> u32 {
        let byte = self.byte(utf16);
        self.lines.partition_point(|start| *start <= byte) as u32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_are_counted_in_characters_and_told_in_utf16() {
        let offsets = Offsets::new("a: ü\n# 🐴 horse\nb: 1");
        assert_eq!(offsets.of_place(1, 4), 3);
        assert_eq!(offsets.of_place(2, 5), 10, "behind the horse and its blank");
        assert_eq!(offsets.of_place(3, 1), 16);
        assert_eq!(offsets.of_place(1, 99), 4, "a line ends where it ends");
        assert_eq!(offsets.of_place(99, 1), 20);
        assert_eq!(offsets.line(15), 2);
        assert_eq!(offsets.line(16), 3);
    }

    proptest! {
        #[test]
        fn bytes_and_utf16_agree_with_counting(text in "[a-z:\\n üß🐴]{0,60}", times in 1_usize..60) {
            let text = text.repeat(times);
            let offsets = Offsets::new(&text);
            let mut utf16 = 0;
            for (byte, character) in text.char_indices() {
                prop_assert_eq!(offsets.utf16(byte), utf16);
                prop_assert_eq!(offsets.byte(utf16), byte);
                utf16 += character.len_utf16();
            }
            prop_assert_eq!(offsets.utf16(text.len()), utf16);
            prop_assert_eq!(offsets.byte(utf16), text.len());
        }

        #[test]
        fn any_place_is_within_the_text(text in "\\PC{0,40}", line: u32, column: u32, end_line: u32, end_column: u32) {
            let offsets = Offsets::new(&text);
            let (start, end) = offsets.of_span(Span { line, column, end_line, end_column });
            prop_assert!(start <= end && end <= text.encode_utf16().count());
        }
    }
}
