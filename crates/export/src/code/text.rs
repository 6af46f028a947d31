//! Texts in quotation marks, as Python, Java, Go and C# have them alike.

use std::fmt::Write as _;

use halter_spec::quote::in_quotes;

/// A text as a literal.
pub(crate) fn text(text: &str) -> String {
    in_quotes(text, |out, letter| {
        if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}') {
            // Writing to a text does not fail.
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    })
}

/// The words of code.
pub(crate) fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
}

/// Words `written_like_this` written likeThis.
pub(crate) fn camel_case(words: &str) -> String {
    let mut capital = false;
    let mut out = String::new();
    for letter in words.chars() {
        if letter == '_' {
            capital = true;
        } else {
            out.push(if capital { letter.to_ascii_uppercase() } else { letter });
            capital = false;
        }
    }
    out
}
