//! How far a run is that is played again, and a button that stops it.

use yew::prelude::*;

use super::{Msg, SEEN};
use crate::model::Model;
use crate::sender::Sender;

/// How far it is, and a button that stops it; nothing, if nothing is on its way.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(replaying) = model.replaying.as_ref().filter(|on_its_way| on_its_way.slices >= SEEN)
    else {
        return Html::default();
    };
    let (done, all) = replaying.replay.progress();
    html! {
        <p class="notice notice--busy" data-replaying={done.to_string()}>
            <span>{ format!("The run is played again: {done} of {all} commands.") }</span>
            <progress max={all.to_string()} value={done.to_string()} aria-label="Commands played again" />
            <button type="button" class="quiet" onclick={sender.callback(|_| Msg::Stop)}>{ "Stop playing again" }</button>
        </p>
    }
}
