//! Texts in quotation marks.

/// A text in quotation marks, with escapes as YAML, JSON, Java and Python have them alike; `other` writes what else it holds.
pub fn in_quotes(text: &str, mut other: impl FnMut(&mut String, char)) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            letter => other(&mut out, letter),
        }
    }
    out.push('"');
    out
}
