//! How many passed, how many failed.

use std::fmt;
use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    /// A check that counts as one, and passed.
    pub(crate) const fn passed() -> Self {
        Self { passed: 1, failed: 0 }
    }

    /// A check that counts as one, and failed.
    pub(crate) const fn failed() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// Whether the line is a tally and nothing else; a test may well print something like it.
    pub(crate) fn is_line(line: &str) -> bool {
        Self::in_line(line).is_some_and(|tally| tally.to_string() == line)
    }

    /// Reads both numbers from a line such as `test result: ok. 3 passed; 0 failed; 0 ignored`,
    /// or `3 passed, 0 failed`.
    pub(crate) fn in_line(line: &str) -> Option<Self> {
        Some(Self {
            passed: number_before(line, " passed")?,
            failed: number_before(line, " failed")?,
        })
    }
}

fn number_before(line: &str, word: &str) -> Option<u32> {
    line.split_once(word)?.0.rsplit(' ').next()?.parse().ok()
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn reads_what_it_writes_and_what_cargo_writes() {
        let tally = Tally { passed: 12, failed: 3 };
        assert_eq!(Tally::in_line(&tally.to_string()), Some(tally));
        let cargo = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured";
        assert_eq!(Tally::in_line(cargo), Some(tally));
        assert_eq!(Tally::in_line("running 3 tests"), None);
        assert!(Tally::is_line("12 passed, 3 failed"));
        assert!(!Tally::is_line("✔ says 12 passed, 3 failed (8 ms)"));
    }
}
