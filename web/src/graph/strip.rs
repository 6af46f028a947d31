//! All ThreadRuns that are not over in one line, for a screen on which the graph and the commands are not in view together.

use yew::prelude::*;

use super::icon;
use crate::model::Model;

/// More of them don't fit.
const SHOWN: usize = 12;

/// Only for the eye, and only drawn on a narrow screen: the lanes say all of it.
pub(crate) fn view(model: &Model) -> Html {
    let threads = model.play.iter().flat_map(|play| &play.run.threads);
    let live: Vec<_> = threads.filter(|thread| !thread.status.is_terminal()).collect();
    if live.is_empty() {
        return Html::default();
    }
    html! {
        <p class="strip" aria-hidden="true">
            { for live.iter().take(SHOWN).map(|thread| html! {
                <span class="strip-one" key={thread.number}>{ thread.number }{ icon::chip(thread.status) }</span>
            }) }
            if live.len() > SHOWN { { format!("and {} more", live.len() - SHOWN) } }
        </p>
    }
}
