//! How the demo answers.

use super::{Effect, Msg};
use crate::effect::Effect as PageEffect;
use crate::model::Model;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Begin if model.play.is_some() => {
            model.demo.on = true;
            model.welcome = false;
            "The demo: arrow keys go on and back, Escape leaves it."
                .clone_into(&mut model.announcement);
            vec![Effect::Enter.into(), PageEffect::Focus(".demo-next")]
        }
        Msg::Begin => {
            "There is no run yet: the source has problems.".clone_into(&mut model.announcement);
            Vec::new()
        }
        Msg::End if model.demo.on => {
            model.demo.on = false;
            vec![Effect::Leave.into(), PageEffect::Focus(".demo-button button")]
        }
        Msg::End => Vec::new(),
    }
}
