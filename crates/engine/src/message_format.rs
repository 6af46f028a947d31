//! Format strings, as Java's `MessageFormat` reads them: `{0}`, `''` for a quote, `'{'` for a brace.

use halter_spec::value::Value;

use crate::value_ops::as_str;

/// Puts the arguments into the template; `None` if the template can't be read. What is longer than `most` bytes
/// is not finished: it is too long anyway.
pub(crate) fn format(template: &str, args: &[Value], most: usize) -> Option<String> {
    let mut out = String::new();
    let mut quoted = false;
    let mut chars = template.chars().peekable();
    while let Some(c) = chars.next() {
        if out.len() > most {
            break;
        }
        match c {
            '\'' if chars.peek() == Some(&'\'') => {
                chars.next();
                out.push('\'');
            }
            '\'' => quoted = !quoted,
            '{' if !quoted => {
                let mut inner = String::new();
                loop {
                    match chars.next()? {
                        '}' => break,
                        c => inner.push(c),
                    }
                }
                let number: usize = inner.split(',').next()?.trim().parse().ok()?;
                let missing = || std::format!("{{{number}}}");
                out.push_str(&args.get(number).map_or_else(missing, argument));
            }
            c => out.push(c),
        }
    }
    Some(out)
}

/// From here on a DOUBLE has nothing behind the point.
const WHOLE: f64 = 9_007_199_254_740_992.0;

fn argument(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Int(n) => grouped(&n.unsigned_abs().to_string(), *n < 0, ""),
        // Only the digits that tell it from others, and zeros behind them.
        Value::Double(d) if d.0.is_finite() && d.0.abs() >= WHOLE => {
            grouped(&d.0.abs().to_string(), d.0.is_sign_negative(), "")
        }
        Value::Double(d) if d.0.is_finite() => {
            // At most three digits behind the point.
            let text = std::format!("{:.3}", d.0.abs());
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            grouped(whole, d.0.is_sign_negative(), fraction.trim_end_matches('0'))
        }
        other => as_str(other).to_string(),
    }
}

/// Digits in groups of three: `-1,234.5`.
fn grouped(digits: &str, negative: bool, fraction: &str) -> String {
    let mut out = if negative { "-".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use halter_spec::value::Double;

    #[test]
    fn formats_as_java_does() {
        let args =
            [Value::str("Ada"), Value::Int(-1_234_567), Value::Double(Double(0.5)), Value::Null];
        assert_eq!(
            format("Hi {0}, {1} {2} {3} {9}", &args, 100).as_deref(),
            Some("Hi Ada, -1,234,567 0.5 null {9}")
        );
        assert_eq!(format("it''s '{0}'", &args, 100).as_deref(), Some("it's {0}"));
        assert_eq!(format("{0", &args, 100), None);
        assert_eq!(format("{x}", &args, 100), None);
        let long = format(&"{0}".repeat(1000), &args, 100);
        assert!((101..110).contains(&long.map_or(0, |text| text.len())));
    }

    #[test]
    fn numbers_have_groups_of_three_and_three_digits_behind_the_point() {
        for (number, wanted) in
            [(0, "0"), (-1, "-1"), (999, "999"), (1000, "1,000"), (-12_345, "-12,345")]
        {
            assert_eq!(format("{0}", &[Value::Int(number)], 100).as_deref(), Some(wanted));
        }
        for (number, wanted) in [
            (0.0, "0"),
            (2.0, "2"),
            (-0.25, "-0.25"),
            (0.0625, "0.062"),
            (0.1, "0.1"),
            (1234.5678, "1,234.568"),
            (-1_000_000.0, "-1,000,000"),
            (999.9999, "1,000"),
        ] {
            let found = format("{0}", &[Value::Double(Double(number))], 100);
            assert_eq!(found.as_deref(), Some(wanted), "{number}");
        }
    }

    #[test]
    fn braces_and_quotes() {
        let args = [Value::str("a")];
        for (template, wanted) in [
            ("'{'{0}'}'", Some("{a}")),
            ("'{0}' {0}", Some("{0} a")),
            ("''{0}''", Some("'a'")),
            ("'a''b'", Some("a'b")),
            ("}", Some("}")),
            ("{", None),
            ("{}", None),
            ("{-1}", None),
        ] {
            assert_eq!(format(template, &args, 100).as_deref(), wanted, "{template}");
        }
    }
}
