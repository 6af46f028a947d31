//! What a run does: a pure step from one state to the next.
#![forbid(unsafe_code)]
