//! A run that is played again: after an edit, under other semantics, or from a link. What takes long is played in slices,
//! between which the page answers; it can be stopped.

mod update;

use halter_session::sitting::Replay;
use yew::prelude::*;

use crate::linked::LookedAt;
use crate::model::Model;
use crate::msg;
use crate::sender::Sender;

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

impl From<Msg> for msg::Msg {
    fn from(msg: Msg) -> Self {
        Self::Replaying(msg)
    }
}

/// How far it is, and a button that stops it; nothing, if nothing is on its way.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(replaying) = model.replaying.as_ref().filter(|on_its_way| on_its_way.slices >= SEEN)
    else {
        return Html::default();
    };
    let (done, all) = replaying.replay.progress();
    html! {
        <p class="notice notice--busy" data-replaying={done.to_string()}>
            <span>{ format!("The run is played again: {done} of {all} commands.") }</span>
            <progress max={all.to_string()} value={done.to_string()} aria-label="Commands played again" />
            <button type="button" class="quiet" onclick={sender.callback(|_| Msg::Stop)}>{ "Stop playing again" }</button>
        </p>
    }
}
