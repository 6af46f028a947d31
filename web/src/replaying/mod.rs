//! A run that is played again: after an edit, under other semantics, or from a link. What takes long is played in slices,
//! between which the page answers; it can be stopped.

mod update;
pub(crate) mod view;

use halter_session::sitting::Replay;

use crate::linked::LookedAt;

pub(crate) use update::{begin, is_ended_by, stop, update};

/// After so many slices it is said how far it is: what ends earlier would only flicker.
const SEEN: u32 = 2;

/// A run on its way.
pub(crate) struct Replaying {
    replay: Replay,
    why: Why,
    /// How many slices were played.
    slices: u32,
}

/// Why it is played again.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Why {
    /// The source was changed.
    Edited,
    /// Other semantics were chosen: their name.
    Semantics(&'static str),
    /// The page was loaded again; this was looked at.
    Reload(LookedAt),
    /// A link was opened, in which this is looked at.
    Link(LookedAt),
}

/// What can happen to it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Play the next slice.
    GoOn,
    /// Somebody has had enough.
    Stop,
}
