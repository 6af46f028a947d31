//! What went wrong, with the command that would put it right.

use std::fmt;

/// The result of a step.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Why a step could not be done.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    fix: Option<String>,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), fix: None }
    }

    /// Adds the command, or the deed, that would help.
    pub(crate) fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        match &self.fix {
            Some(fix) => write!(f, "\n  fix: {fix}"),
            None => Ok(()),
        }
    }
}

/// Puts the thing that was being done before the operating system's reason.
pub(crate) trait While<T> {
    fn whilst(self, doing: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T> While<T> for std::io::Result<T> {
    fn whilst(self, doing: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("{}: {error}", doing())))
    }
}
