//! Durations, as people say them.

/// Milliseconds as seconds, such as `30 s` or `1.5 s`.
pub fn duration(milliseconds: i64) -> String {
    let (seconds, rest) = (milliseconds / 1000, (milliseconds % 1000).abs());
    if rest == 0 {
        return format!("{seconds} s");
    }
    let decimals = format!("{rest:03}");
    let sign = if milliseconds < 0 && seconds == 0 { "-" } else { "" };
    format!("{sign}{seconds}.{} s", decimals.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_in_seconds() {
        assert_eq!(duration(30_000), "30 s");
        assert_eq!(duration(1_500), "1.5 s");
        assert_eq!(duration(1), "0.001 s");
        assert_eq!(duration(-500), "-0.5 s");
        assert_eq!(duration(0), "0 s");
    }
}
