//! What is fetched when somebody first wants it, as a WebAssembly of its own: all that only the table reaches (decision 023).
//! A message for it is held back until it is here.

mod chunk;
pub(crate) mod shell;
mod table;
pub(crate) mod update;
pub(crate) mod view;

pub(crate) use table::{fetch, get};

/// How it gets on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Msg {
    /// It takes a while.
    Slow,
    Here,
    /// It can't be had now.
    Missing,
}
