//! Which occurrences of a long step are listed: thousands of elements would hold the page.

use std::ops::Range;

/// A step of so many occurrences is listed as a whole.
const ALL: usize = 200;
/// Of a longer one so many are listed at its start, as many at its end, and as many around the one looked at.
const PART: usize = 60;

/// The parts that are listed, in order; between them something is left out.
pub(super) fn parts(length: usize, looked_at: Option<usize>) -> Vec<Range<usize>> {
    if length <= ALL {
        return std::iter::once(0..length).collect();
    }
    let around = looked_at.map(|at| at.saturating_sub(PART / 2)..(at + PART / 2).min(length));
    let wanted = [Some(0..PART), around, Some(length - PART..length)];
    let mut wanted: Vec<Range<usize>> = wanted.into_iter().flatten().collect();
    wanted.sort_by_key(|part| part.start);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in wanted {
        match parts.last_mut().filter(|last| part.start <= last.end) {
            Some(last) => last.end = last.end.max(part.end),
            None => parts.push(part),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_what_is_looked_at_are_listed() {
        assert!(parts(200, Some(3)).iter().eq(std::iter::once(&(0..200))));
        assert_eq!(parts(1_000, None), [0..60, 940..1_000]);
        assert_eq!(parts(1_000, Some(500)), [0..60, 470..530, 940..1_000]);
        assert_eq!(parts(1_000, Some(70)), [0..100, 940..1_000]);
        assert_eq!(parts(1_000, Some(999)), [0..60, 940..1_000]);
        assert_eq!(parts(201, Some(0)), [0..60, 141..201]);
    }
}
