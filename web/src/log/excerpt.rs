//! Which occurrences of a long step are listed: thousands of elements would hold the page.

use std::ops::Range;

/// How much is listed of a step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excerpt {
    /// A step of so many occurrences is listed as a whole.
    all: usize,
    /// Of a longer one so many are listed at its start, as many at its end, and as many around the one looked at.
    part: usize,
}

/// Of the newest step.
pub(super) const NEWEST: Excerpt = Excerpt { all: 80, part: 25 };
/// Of those before.
pub(super) const EARLIER: Excerpt = Excerpt { all: 40, part: 8 };

/// The parts that are listed, in order; between them something is left out.
pub(super) fn parts(length: usize, looked_at: Option<usize>, of: Excerpt) -> Vec<Range<usize>> {
    let Excerpt { all, part: side } = of;
    if length <= all {
        return std::iter::once(0..length).collect();
    }
    let around = looked_at.map(|at| at.saturating_sub(side / 2)..(at + side / 2).min(length));
    let wanted = [Some(0..side), around, Some(length - side..length)];
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
        assert!(parts(80, Some(3), NEWEST).iter().eq(std::iter::once(&(0..80))));
        assert_eq!(parts(1_000, None, NEWEST), [0..25, 975..1_000]);
        assert_eq!(parts(1_000, Some(500), NEWEST), [0..25, 488..512, 975..1_000]);
        assert_eq!(parts(1_000, Some(30), NEWEST), [0..42, 975..1_000]);
        assert_eq!(parts(1_000, Some(999), NEWEST), [0..25, 975..1_000]);
        assert_eq!(parts(81, Some(0), NEWEST), [0..25, 56..81]);
        assert_eq!(parts(201, Some(100), EARLIER), [0..8, 96..104, 193..201]);
    }
}
