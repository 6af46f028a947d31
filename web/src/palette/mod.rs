//! The command palette: everything that can be done, found by typing. And the sheet of keyboard shortcuts.

mod entries;
mod sheet;
mod update;
pub(crate) mod view;

pub(crate) use update::{ahead, is_open_after, shortcut, update};
/// Entries that are shown at once; more are found by typing.
const SHOWN: usize = 60;

/// Which of both is open, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Open {
    #[default]
    Nothing,
    Commands,
    Shortcuts,
}

/// What it shows.
#[derive(Debug, Default)]
pub(crate) struct Palette {
    pub(crate) open: Open,
    pub(crate) typed: String,
    pub(crate) chosen: usize,
    /// Whether a single key, `?`, is no shortcut: it may be in the way of those who speak to their computer.
    pub(crate) no_single_keys: bool,
}

/// What can happen to it.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Open the palette.
    Open,
    /// Show the sheet of shortcuts, if single keys are shortcuts or it was asked for otherwise.
    Sheet { by_single_key: bool },
    /// Close what is open.
    Close,
    /// Something was typed.
    Typed(String),
    /// This key was typed before the palette had come.
    TypedAhead(String),
    /// The last character is taken back, before the palette had come.
    TakenBack,
    /// Go down, or up.
    Move(bool),
    /// Do what is chosen, or the entry with this index.
    Run(Option<usize>),
    /// Whether `?` alone is a shortcut.
    SingleKeys(bool),
}
