//! What a scalar without quotes says, by YAML 1.2's core schema (JSON's rules are a part of it).

/// What a scalar says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plain<'a> {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// Another number, as it was written.
    Double(&'a str),
    /// A whole number beyond 64 bits.
    TooBig,
    /// Anything else.
    Text,
}

impl Plain<'_> {
    /// The number that a [`Plain::Double`] says.
    pub fn number(text: &str) -> Option<f64> {
        match text {
            ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
            "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
            ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
            _ => text.parse().ok(),
        }
    }
}

pub(crate) fn resolve(text: &str) -> Plain<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Plain::Null,
        "true" | "True" | "TRUE" => return Plain::Bool(true),
        "false" | "False" | "FALSE" => return Plain::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" | "-.inf" | "-.Inf" | "-.INF"
        | ".nan" | ".NaN" | ".NAN" => return Plain::Double(text),
        _ => {}
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && !digits.is_empty()
            && digits.chars().all(|digit| digit.is_digit(radix))
        {
            return i64::from_str_radix(digits, radix).map_or(Plain::TooBig, Plain::Int);
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_or(Plain::TooBig, Plain::Int);
    }
    if is_decimal(unsigned) { Plain::Double(text) } else { Plain::Text }
}

/// Digits with a point, an exponent or both.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(index) => (&text[..index], Some(&text[index + 1..])),
        None => (text, None),
    };
    let exponent_is_fine = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let mut points = 0;
    let mut digits = 0;
    for byte in mantissa.bytes() {
        match byte {
            b'.' => points += 1,
            b'0'..=b'9' => digits += 1,
            _ => return false,
        }
    }
    digits > 0 && points <= 1 && exponent_is_fine
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_exact_up_to_64_bits() {
        assert_eq!(resolve("9223372036854775807"), Plain::Int(i64::MAX));
        assert_eq!(resolve("-9223372036854775808"), Plain::Int(i64::MIN));
        assert_eq!(resolve("9223372036854775808"), Plain::TooBig);
    }

    #[test]
    fn words_that_look_like_numbers_are_texts() {
        for word in ["1.2.3", "1e", "e5", "-", "+", ".", "1-charge-TASK", "0x", "2024-01-01", "yes"]
        {
            assert_eq!(resolve(word), Plain::Text, "{word}");
        }
        for number in ["1.5", "-1e9", ".5", "5.", ".inf", "-.inf"] {
            assert_eq!(resolve(number), Plain::Double(number));
        }
    }
}
