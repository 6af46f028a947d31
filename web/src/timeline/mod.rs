//! The timeline: ThreadRuns as bars over steps or over virtual time, events as marks, and the branches that are
//! kept.

mod bars;
mod branches;
pub(crate) mod compared;
mod update;
pub(crate) mod view;

pub(crate) use update::{forgotten_by_leaving, forgotten_next, tell_forgotten, update};

/// Height of a ThreadRun's row, in CSS pixels.
const ROW: usize = 18;

/// What is looked at, and how.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timeline {
    /// Whether the time that passed widens a step.
    pub(crate) by_time: bool,
    /// The first row in view.
    pub(crate) top: usize,
    /// The branch that is compared with the one that is played.
    pub(crate) compared: Option<u32>,
}

/// What can happen to it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Open or close it.
    Toggle,
    /// Over steps, or over virtual time.
    ByTime(bool),
    /// It was scrolled: the first row in view.
    Scrolled(usize),
    /// Scrub to a part of its width, from 0 to 1.
    Scrub(f64),
    /// To the next (or last) step in which the status of a ThreadRun changes.
    Jump(bool),
    /// Play another branch on.
    SwitchTo(u32),
    /// Forget another branch.
    Forget(u32),
    /// Compare another branch with the one that is played, or no longer.
    Compare(Option<u32>),
}
