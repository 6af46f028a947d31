//! What is done on the first screen.

use super::progress::{Progress, interrupt, progress};
use super::{Msg, TOUR};
use crate::effect::Effect;
use crate::model::Model;
use crate::{documents, examples, player, update};

/// Whether the first screen is shown.
pub(crate) fn is_due(model: &Model) -> bool {
    model.welcome && model.play.is_some()
}

/// After anything happened: it is only about its example, and about the beginning of its run.
pub(crate) fn after(model: &mut Model) -> Option<Effect> {
    let play = model.play.as_ref().filter(|_| model.welcome)?;
    let other = model.documents.open.example != examples::index_of(TOUR.example);
    let further = play.sitting.steps().len() > 2;
    (other || further).then(|| close(model))
}

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let progress = model.play.as_ref().map_or(Progress::NotYet, progress);
    match msg {
        Msg::Press if progress == Progress::NotYet => {
            let offer = model.play.as_ref().and_then(interrupt);
            offer.map_or_else(Vec::new, |action| update::give(model, action))
        }
        Msg::Press if model.player.within_step => player::forward(model),
        Msg::Press | Msg::Close => vec![close(model), Effect::FocusHint],
        Msg::Next => {
            let closed = close(model);
            let index = examples::index_of(TOUR.next.0).unwrap_or_default();
            let mut effects = documents::update::open_example(model, index);
            effects.extend([closed, Effect::HoldFocus]);
            effects
        }
    }
}

fn close(model: &mut Model) -> Effect {
    model.welcome = false;
    "All commands are shown now.".clone_into(&mut model.announcement);
    // What is remembered says as well that this was not the first visit.
    Effect::KeepLayout(model.layout)
}
