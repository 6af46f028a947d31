//! The graph: a lane for each ThreadRun, the ThreadSpec's nodes in it, the token, and what ties lanes together.

mod camera;
pub(crate) mod chips;
mod chips_view;
mod flight;
mod ground;
pub(crate) mod icon;
pub(crate) mod kept;
mod lane;
pub(crate) mod lanes;
pub(crate) mod layout;
mod minimap;
mod node;
mod reveal;
mod roll;
mod stack;
mod ties;
mod tools;
mod update;
mod viewport;
mod walk;

use std::rc::Rc;

use yew::prelude::*;

use crate::draw;
use crate::model::Model;
use crate::sender::Sender;

pub(crate) use reveal::reveal;
pub(crate) use update::update;

/// What somebody can do to what is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Ask why a ThreadRun has the halt reason with this index.
    AskReason(u32, usize),
    /// Ask why the node with this index is as it is in a ThreadRun; or draw there, while somebody draws.
    ChooseNode(u32, u16),
    /// Open what is folded, or fold it again.
    Fold(lanes::Fold),
}

impl From<Msg> for crate::msg::Msg {
    fn from(msg: Msg) -> Self {
        Self::Graph(msg)
    }
}

/// The graph of the last good run.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    html! {
        <section class="panel graph" aria-labelledby="graph-title" data-stale={model.source.stale.to_string()}>
            <div class="graph-head">
                <h2 id="graph-title" class="panel-title">{ "Threads" }</h2>
                { draw::toggle(model, sender) }
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
                        is_coming={model.player.kept_run.is_some() || model.replaying.is_some()}
                        sender={sender.clone()}
                    />
                },
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
