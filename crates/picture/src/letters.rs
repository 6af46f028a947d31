//! How wide a text is, without its font: about, and rather too wide than too narrow.

/// The width of a text of letters of this size, in pixels.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(of).sum::<f64>() * size
}

/// A letter's width, as a part of its size.
fn of(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' | ' ' => 0.33,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '-' | '"' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 0.95,
        '_' => 0.52,
        'A'..='Z' | '+' | '=' | '<' | '>' | '~' | '#' | '&' => 0.71,
        'a'..='z' | '0'..='9' | '$' | '?' | '*' | '{' | '}' | '^' | '`' | '\\' => 0.61,
        _ if letter.is_ascii() => 0.61,
        // Accents are as wide as their letters; of most other scripts a letter is a square.
        '\u{a0}'..='\u{24f}' => 0.65,
        _ => 1.0,
    }
}

/// As much of a text as there is room for, in pixels.
pub(crate) fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room - width("…", size);
    let mut kept: String = text
        .chars()
        .take_while(|letter| {
            left -= of(*letter) * size;
            left >= 0.0
        })
        .collect();
    let end = kept.trim_end().len();
    kept.truncate(end);
    if kept.is_empty() { kept } else { format!("{kept}…") }
}

#[cfg(test)]
mod tests {
    use super::{fit, width};

    #[test]
    fn a_text_is_cut_where_its_room_ends() {
        let text = "It waits for event paid.";
        assert_eq!(fit(text, 12.0, width(text, 12.0)), text);
        let cut = fit(text, 12.0, 80.0);
        assert!(cut.ends_with('…') && width(&cut, 12.0) <= 80.0, "{cut}");
        assert_eq!(fit(text, 12.0, 5.0), "");
    }
}
