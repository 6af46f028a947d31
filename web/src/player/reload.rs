//! What a reload brings back: the run, the step and the moment that are looked at, and the ThreadRun that was chosen. The tab keeps them, for this
//! address alone.

use std::sync::Arc;

use halter_session::Sitting;
use halter_session::link::Link;
use halter_session::sitting::Replay;
use serde::{Deserialize, Serialize};

use super::{Effect, SittingPlace};
use crate::browser;
use crate::effect::Effect as PageEffect;
use crate::linked::{self, LookedAt};
use crate::model::Model;
use crate::replaying::{self, Why};
use crate::storage::{self, Area};

const KEY: &str = "halter.sitting";

/// Longer runs, in steps, and longer texts, in bytes, are not kept: packing them would hold the page.
const MAX_STEPS: usize = 1_000;
const MAX_TEXT: usize = 200_000;

/// A run, packed as a link is, and the address under which it was played.
#[derive(Serialize, Deserialize)]
struct Kept {
    address: String,
    link: String,
}

/// What this tab kept, if this page is the same one, loaded again.
pub(crate) fn kept() -> Option<Link> {
    if !browser::is_loaded_again() {
        return None;
    }
    let kept: Kept = storage::get(Area::Tab, KEY)?;
    Link::decode(&kept.link).ok().filter(|_| kept.address == browser::whole_address())
}

pub(super) fn keep(link: Option<String>) {
    match link {
        Some(link) => {
            // A refusal is no news: the run can be played again.
            storage::set(Area::Tab, KEY, &Kept { address: browser::whole_address(), link });
        }
        None => storage::delete(Area::Tab, KEY),
    }
}

/// After anything happened to the page: a run that is elsewhere is kept soon.
pub(crate) fn keep_soon(model: &mut Model) -> Option<PageEffect> {
    let play = model.play.as_ref().filter(|_| model.embed.is_none())?;
    let looked_at = (SittingPlace::of(&play.sitting), play.sitting.moment(), model.chosen);
    if model.player.kept_at.as_ref() == Some(&looked_at) {
        return None;
    }
    model.player.kept_at = Some(looked_at);
    Some(Effect::AwaitKeep.into())
}

/// A run that is there is kept. As long as one is being played again, what it is played from stays as it was kept; an embedded page keeps nothing.
pub(super) fn keep_now(model: &Model) -> Option<PageEffect> {
    let coming = model.replaying.is_some() || model.player.kept_run.is_some();
    (model.embed.is_none() && !coming).then(|| Effect::KeepRun(packed(model)).into())
}

/// The run as it is to be kept; none, if it is too long or not of the text that is shown.
fn packed(model: &Model) -> Option<String> {
    let play = model.play.as_ref().filter(|_| !model.source.stale)?;
    let text = &model.source.text;
    if play.sitting.steps().len() > MAX_STEPS || text.len() > MAX_TEXT {
        return None;
    }
    Some(linked::link(&play.sitting, text, model.chosen).encode())
}

/// Plays again what was played before the page was loaded again, if it shows the same text.
pub(crate) fn bring_back(model: &mut Model) {
    let Some(link) = model.player.kept_run.take() else {
        return;
    };
    let Some(play) = model.play.as_ref().filter(|_| link.source == *model.source.text) else {
        return;
    };
    let semantics = link.plays_by();
    let document = Arc::clone(play.sitting.document());
    if let Ok(sitting) = Sitting::new(document, semantics) {
        model.semantics = semantics;
        let why = Why::Reload(LookedAt::in_link(&link));
        // It tells nobody outside the page.
        drop(replaying::begin(model, Replay::of_link(&link, sitting), why));
    }
}
