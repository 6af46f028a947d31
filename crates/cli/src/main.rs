//! Halter for a terminal.
#![forbid(unsafe_code)]

fn main() {}
