//! The demo: the stage and its caption alone, large, on the full screen; next and back by the keys of a presenter. Between two of them nothing
//! moves: there the speaker talks.

mod shell;
pub(crate) mod update;
pub(crate) mod view;

pub(crate) use shell::{listen, perform, shortcut};

/// Whether a demo is shown.
#[derive(Debug, Default)]
pub(crate) struct Demo {
    pub(crate) on: bool,
}

/// What can happen to it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Show it.
    Begin,
    /// Back to the whole page.
    End,
}

/// What is to be done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effect {
    /// Take the full screen, if the browser lets it.
    Enter,
    /// Give it back.
    Leave,
}
