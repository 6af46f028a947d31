//! What holds of Halter whatever it is given. Each function here takes any bytes at all and panics where something that
//! has to hold of them does not: the fuzz targets in `tests/fuzz` look for such bytes, and an ordinary `cargo test` plays
//! again those that were found.
#![forbid(unsafe_code)]
#![allow(clippy::panic, clippy::missing_panics_doc, reason = "what does not hold is a panic here")]

pub mod document;
mod json;
mod language;
pub mod link;
pub mod play;
mod script;
mod source;

pub use json::json;
pub use language::language;
pub use link::link;
pub use script::script;
pub use source::source;

/// The function that a fuzz target is named after.
#[must_use]
pub fn by_name(target: &str) -> Option<fn(&[u8])> {
    Some(match target {
        "source" => source,
        "json" => json,
        "link" => link,
        "script" => script,
        "language" => language,
        _ => return None,
    })
}
