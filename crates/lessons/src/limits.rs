//! How long a lesson may be. What is longer is hardly read.

/// Bytes of a lesson's text.
pub const MAX_LESSON_BYTES: usize = 64 << 10;

/// Pages of a lesson.
pub const MAX_PAGES: usize = 20;

/// Bytes of what one page says, its heading and its block aside.
pub const MAX_PAGE_BYTES: usize = 4 << 10;

/// Characters of a title, and of a heading.
pub const MAX_TITLE: usize = 80;

/// Characters of a summary.
pub const MAX_SUMMARY: usize = 200;

/// Characters of a sentence that says what to do, and of a hint.
pub const MAX_SENTENCE: usize = 400;

/// Commands of one list.
pub const MAX_COMMANDS: usize = 50;

/// ThreadRuns that one page asks about.
pub const MAX_ASKED: usize = 20;

/// Lists, links and emphases inside one another.
pub const MAX_TEXT_DEPTH: usize = 8;

/// Problems that are told of one lesson.
pub const MAX_PROBLEMS: usize = 100;
