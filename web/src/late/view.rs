//! The views that are fetched late. What they show is opened by their messages, so they are here when there is anything to show.

use std::rc::Rc;

use halter_engine::Program;
use yew::prelude::*;

use crate::graph::Unreached;
use crate::model::Model;
use crate::sender::Sender;
use crate::{draw, explore, export, gallery, learn, palette};

type View = fn(&Model, &Sender) -> Html;

/// The panels' views.
pub(crate) struct Views {
    pub(crate) explore: View,
    pub(crate) explore_bar: View,
    pub(crate) explore_map: fn(&Model, &Sender) -> Option<Html>,
    pub(crate) unreached: fn(&Model, &Program) -> Option<Rc<Unreached>>,
    pub(crate) export: View,
    pub(crate) draw: View,
    pub(crate) gallery: View,
    pub(crate) learn: View,
    pub(crate) palette: View,
}

pub(super) static VIEWS: Views = Views {
    explore: explore::view::view,
    explore_bar: explore::bar::view,
    explore_map: explore::map::view,
    unreached: |model, program| {
        explore::missing::on_stage(&model.explore, &model.source.text, program)
    },
    export: export::view::view,
    draw: draw::view::view,
    gallery: gallery::view::view,
    learn: learn::view::view,
    palette: palette::view::view,
};

/// Draws what could happen in the place of the graph, if that is shown.
pub(crate) fn map(model: &Model, sender: &Sender) -> Option<Html> {
    (super::get()?.views.explore_map)(model, sender)
}

/// What no run reaches, if that is known.
pub(crate) fn unreached(model: &Model, program: &Program) -> Option<Rc<Unreached>> {
    (super::get()?.views.unreached)(model, program)
}

/// Draws one of them.
pub(crate) fn view(which: impl FnOnce(&Views) -> View, model: &Model, sender: &Sender) -> Html {
    super::get().map_or_else(Html::default, |late| which(late.views)(model, sender))
}
