//! The project's own habits: set-up, serve, test.
#![forbid(unsafe_code)]

fn main() {}
