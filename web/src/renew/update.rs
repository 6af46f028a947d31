//! What becomes of another build.

use super::{Effect, Msg};
use crate::effect::Effect as PageEffect;
use crate::model::Model;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Found(found) => {
            if model.renew.hear(found) {
                "A new version is ready. The buttons Reload and Later are at the top of the page."
                    .clone_into(&mut model.announcement);
            }
            Vec::new()
        }
        Msg::Take => vec![Effect::Take.into()],
        Msg::Later => {
            model.renew.put_off();
            Vec::new()
        }
    }
}
