//! How the drawers answer.

use super::{Msg, Side, WIDTHS};
use crate::effect::Effect;
use crate::model::Model;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Toggle(side) => {
            let drawer = model.layout.drawer_mut(side);
            drawer.open = !drawer.open;
            let opened = drawer.open && side == Side::Source;
            let focus = opened.then_some(crate::editor::Effect::Focus.into());
            std::iter::once(Effect::KeepLayout(model.layout)).chain(focus).collect()
        }
        Msg::Close(side) => {
            model.layout.drawer_mut(side).open = false;
            vec![Effect::KeepLayout(model.layout)]
        }
        Msg::Resize(side, width) => {
            model.layout.drawer_mut(side).width = width.clamp(WIDTHS.0, WIDTHS.2);
            Vec::new()
        }
        Msg::Resized => vec![Effect::KeepLayout(model.layout)],
    }
}
