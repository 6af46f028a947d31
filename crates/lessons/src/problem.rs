//! What is wrong with a lesson.

use std::fmt;

use halter_spec::Diagnostic;

/// Something wrong at a line of a lesson's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line, from 1.
    pub line: u32,
    /// One plain sentence, or a few.
    pub sentence: String,
}

impl Problem {
    pub(crate) fn new(line: u32, sentence: impl Into<String>) -> Self {
        Problem { line, sentence: sentence.into() }
    }

    /// The errors among what was found in a piece of the text that begins at this line; warnings are the author's own affair.
    pub(crate) fn errors(
        diagnostics: Vec<Diagnostic>,
        first_line: u32,
    ) -> impl Iterator<Item = Problem> {
        let errors = diagnostics.into_iter().filter(Diagnostic::is_error);
        errors.map(move |error| Problem::new(error.span.line.max(first_line), error.message()))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.sentence)
    }
}

impl std::error::Error for Problem {}
