//! The guard: while somebody edits, a small exploration in the background looks for interrupts that can leave the run stuck, handlers that
//! can fail and events that can be lost. What it finds is noted in the text.

mod finding;
pub(crate) mod update;

use std::rc::Rc;

use halter_explorer_worker::messages::{Exploration, Tell};

pub(crate) use finding::Finding;

/// The most states that are looked at: some hundredths of a second.
const STATES: usize = 3_000;

/// The most bytes.
const BYTES: usize = 64 << 20;

/// What it knows.
#[derive(Default)]
pub(crate) struct Guard {
    /// Whether somebody has changed a text since the page was loaded: who only looks fetches nothing.
    edited: bool,
    /// The text that was looked at last, or is being looked at.
    text: Rc<str>,
    round: u32,
    is_looking: bool,
    /// What was found in that text.
    pub(crate) findings: Rc<[Finding]>,
}

/// What can happen to it.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// The worker tells something.
    Told(Rc<Tell>),
    /// There is no worker to be had.
    Failed,
    /// Bring what was found on the stage: its index.
    Show(usize),
}

/// What is to be done for it.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Look at a text.
    Look(Box<Exploration>),
    /// Let it be: the text is another one.
    Cancel,
}

impl Guard {
    /// What was found, if it is of this text.
    pub(crate) fn findings_of(&self, text: &str) -> &[Finding] {
        if *self.text == *text { &self.findings } else { &[] }
    }
}
