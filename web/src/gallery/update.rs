//! How the gallery answers.

use halter_engine::semantics::Semantics;

use super::{Card, Effect, Msg, groups};
use crate::documents;
use crate::effect::Effect as PageEffect;
use crate::examples;
use crate::model::Model;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    let gallery = &mut model.gallery;
    match msg {
        Msg::Open => {
            if gallery.groups.is_empty() {
                gallery.groups = groups();
            }
            gallery.open = true;
            vec![Effect::Show.into()]
        }
        Msg::Closed => {
            gallery.open = false;
            Vec::new()
        }
        Msg::Choose(group, card) => {
            let found = gallery.groups.get(group).and_then(|group| group.cards.get(card));
            let Some(card) = found.cloned() else {
                return Vec::new();
            };
            gallery.open = false;
            choose(model, &card)
        }
    }
}

fn choose(model: &mut Model, card: &Card) -> Vec<PageEffect> {
    let Some(index) = examples::index_of(&card.example) else {
        return Vec::new();
    };
    let rules = card.semantics.as_deref().and_then(Semantics::from_name);
    model.semantics = rules.unwrap_or(Semantics::DOCUMENTED);
    model.welcome = false;
    let mut effects = documents::update::open_example_at(model, index, card.step);
    effects.push(Effect::Close.into());
    effects
}
