//! Words and signs of an expression, right or half typed, as they stand in the text.

/// What a piece of an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The name of a variable, without its `$`.
    Variable,
    /// `output`, `size`, `format`, `get` and the like.
    Function,
    /// What stands in `$output(…)`.
    Output,
    /// A part of a path, such as `items` in `$cart.items`.
    Path,
    /// A type behind `as`.
    Type,
    /// A sign or a word between values.
    Operator,
    Number,
    Text,
    /// `true`, `false`, `null`.
    Constant,
}

/// Bytes of the name that a text begins with: letters, digits and underscores, with single dashes between them.
pub(crate) fn name_length(text: &str) -> usize {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        let goes_on = is_letter(letter)
            || (letter == '-'
                && index > 0
                && letters.peek().is_some_and(|(_, next)| is_letter(*next)));
        if !goes_on {
            break;
        }
        end = index + letter.len_utf8();
    }
    end
}

const WORDS: [&str; 10] =
    ["or", "and", "not", "in", "as", "extend", "remove", "remove-index", "remove-key", "add"];

/// The pieces of an expression: what they are and where they begin and end.
pub(crate) fn pieces(text: &str) -> Vec<(Piece, usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    let mut after_as = false;
    let mut after_value = false;
    while let Some(byte) = bytes.get(at).copied() {
        let rest = text.get(at..).unwrap_or_default();
        let start = at;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b'\\' => {
                at += 1;
                continue;
            }
            b'$' => {
                at += 1;
                if bytes.get(at) == Some(&b'{') {
                    let end = rest.find('}').map_or(text.len(), |end| start + end);
                    found.push((Piece::Variable, at + 1, end));
                    at = (end + 1).min(text.len());
                } else {
                    let length = name_length(text.get(at..).unwrap_or_default());
                    let name = text.get(at..at + length).unwrap_or_default();
                    let called = bytes.get(at + length) == Some(&b'(');
                    let is_function = matches!(name, "output" | "size" | "format") && called;
                    if is_function || name == "output" {
                        found.push((Piece::Function, at, at + length));
                    } else if length > 0 {
                        found.push((Piece::Variable, at, at + length));
                    }
                    at += length;
                    if name == "output" && called {
                        let inside = at + 1;
                        let end = text.get(inside..).and_then(|rest| rest.find(')'));
                        let end = end.map_or(text.len(), |end| inside + end);
                        let label = text.get(inside..end).unwrap_or_default();
                        let from = inside + label.len() - label.trim_start().len();
                        let to = from + label.trim().len();
                        if to > from {
                            found.push((Piece::Output, from, to));
                        }
                        at = (end + 1).min(text.len());
                    }
                }
                after_value = true;
                continue;
            }
            b'"' | b'\'' => {
                at += 1;
                while let Some(next) = bytes.get(at) {
                    at += 1;
                    if *next == byte {
                        break;
                    }
                }
                found.push((Piece::Text, start, at));
                after_value = true;
            }
            b'.' if after_value => {
                at += 1;
                let length = name_length(text.get(at..).unwrap_or_default());
                let is_get = text.get(at..at + length + 1) == Some("get(");
                if length > 0 {
                    let piece = if is_get { Piece::Function } else { Piece::Path };
                    found.push((piece, at, at + length));
                }
                at += length;
                continue;
            }
            b'[' if after_value => {
                let end = rest.find(']').map_or(text.len(), |end| start + end + 1);
                found.push((Piece::Path, start, end));
                at = end;
                continue;
            }
            b'@' => {
                at += 1;
                found.push((Piece::Operator, start, at));
            }
            b'0'..=b'9' => {
                let end = rest
                    .find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.'))
                    .unwrap_or(rest.len());
                at += end.max(1);
                found.push((Piece::Number, start, at));
                after_value = true;
            }
            b')' | b']' | b'}' => {
                at += 1;
                after_value = true;
                continue;
            }
            b'(' | b'[' | b'{' | b',' | b':' => {
                at += 1;
                after_value = false;
                continue;
            }
            _ if name_length(rest) > 0 => {
                let length = name_length(rest);
                let word = rest.get(..length).unwrap_or_default();
                at += length;
                if after_as {
                    found.push((Piece::Type, start, at));
                    after_value = true;
                } else if matches!(word, "true" | "false" | "null") {
                    found.push((Piece::Constant, start, at));
                    after_value = true;
                } else if WORDS.contains(&word) {
                    found.push((Piece::Operator, start, at));
                    after_value = false;
                } else if matches!(word, "bytes" | "timestamp" | "wf-run-id") {
                    found.push((Piece::Function, start, at));
                }
                after_as = word == "as";
                continue;
            }
            _ => {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let two = matches!(
                    rest.get(..2),
                    Some("==" | "!=" | "<=" | ">=" | "&&" | "||" | "**" | "+=" | "-=")
                );
                at += if two { 2 } else { first };
                if byte.is_ascii_punctuation() {
                    found.push((Piece::Operator, start, at));
                }
                after_value = false;
            }
        }
        after_as = false;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(Piece, &str)> {
        pieces(text)
            .into_iter()
            .map(|(piece, from, to)| (piece, text.get(from..to).unwrap_or("?")))
            .collect()
    }

    #[test]
    fn pieces_of_expressions() {
        assert_eq!(
            shown("$cart.items[0] as INT + ${1-a b} not in [1, 2]"),
            [
                (Piece::Variable, "cart"),
                (Piece::Path, "items"),
                (Piece::Path, "[0]"),
                (Piece::Operator, "as"),
                (Piece::Type, "INT"),
                (Piece::Operator, "+"),
                (Piece::Variable, "1-a b"),
                (Piece::Operator, "not"),
                (Piece::Operator, "in"),
                (Piece::Number, "1"),
                (Piece::Number, "2"),
            ]
        );
        assert_eq!(
            shown("$output(charge).id == \"$x\" and $size($last-seen)"),
            [
                (Piece::Function, "output"),
                (Piece::Output, "charge"),
                (Piece::Path, "id"),
                (Piece::Operator, "=="),
                (Piece::Text, "\"$x\""),
                (Piece::Operator, "and"),
                (Piece::Function, "size"),
                (Piece::Variable, "last-seen"),
            ]
        );
    }
}
