//! The graph: a lane for each ThreadRun, the ThreadSpec's nodes in it, the token, and what ties lanes together.

pub(crate) mod icon;
mod lane;
pub(crate) mod lanes;
pub(crate) mod layout;
mod node;
mod ties;

use yew::html::Scope;
use yew::prelude::*;

use crate::app::App;
use crate::model::{Model, Play};

/// The graph of the last good run.
pub(crate) fn view(model: &Model, link: &Scope<App>) -> Html {
    html! {
        <section class="panel graph" aria-labelledby="graph-title" data-stale={model.source.stale.to_string()}>
            <h2 id="graph-title" class="panel-title">{ "Threads" }</h2>
            { match &model.play {
                Some(play) => stage(model, play, link),
                None => nothing(),
            } }
        </section>
    }
}

fn nothing() -> Html {
    html! {
        <p class="empty">
            { "There is nothing to run yet: the source has problems. They are listed beneath it, each with its place." }
        </p>
    }
}

fn stage(model: &Model, play: &Play, link: &Scope<App>) -> Html {
    let stage = &play.stage;
    let size = format!("min-width:{}px;height:{}px", stage.width, stage.height);
    let selected = model.selected();
    html! {
        <div class="graph-scroll" tabindex="0" role="region" aria-label="The run's ThreadRuns, one lane each">
            <div class="stage" style={size}>
                { ties::gutter(stage) }
                { for stage.lanes.iter().map(|lane| lane::view(play, lane, selected, link)) }
                { ties::to_handlers(stage) }
            </div>
        </div>
    }
}
