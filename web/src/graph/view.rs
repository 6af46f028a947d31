//! The panel of the graph.

use std::rc::Rc;

use yew::prelude::*;

use super::{Unreached, ground};
use crate::layout::Tab;
use crate::model::{Model, Play};
use crate::sender::Sender;
use crate::{draw, late};

/// The graph of the last good run.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    html! {
        <section class="panel graph" aria-labelledby="graph-title" data-stale={model.source.stale.to_string()}>
            <div class="graph-head">
                <h2 id="graph-title" class="panel-title">{ "Threads" }</h2>
                { draw::view::toggle(model, sender) }
            </div>
            { match &model.play {
                Some(play) => html! {
                    <ground::Ground
                        run={Rc::clone(&play.run)}
                        stage={Rc::clone(&play.stage)}
                        layouts={Rc::clone(&play.layouts)}
                        selected={model.selected()}
                        pointed={play.pointed.clone()}
                        chips={Rc::clone(&play.chips)}
                        unreached={unreached(model, play)}
                        large={model.demo.on}
                        drawing={draw::update::is_open(model)}
                        is_coming={model.player.kept_run.is_some() || model.replaying.is_some()}
                        sender={sender.clone()}
                    />
                },
                None => nothing(),
            } }
        </section>
    }
}

/// What no run reaches, while the drawer tells of it.
fn unreached(model: &Model, play: &Play) -> Option<Rc<Unreached>> {
    let program = play.sitting.program();
    let told = model.tab == Tab::Explorer;
    told.then(|| late::view::unreached(model, program))?
}

fn nothing() -> Html {
    html! {
        <p class="empty">
            { "There is nothing to run yet: the source has problems. They are listed beneath it, each with its place." }
        </p>
    }
}
