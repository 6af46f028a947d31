//! How the demo looks.

use halter_session::view;
use yew::prelude::*;

use super::Msg;
use crate::graph;
use crate::model::Model;
use crate::msg;
use crate::page::parts::about;
use crate::player::round::round;
use crate::sender::Sender;

/// The button that begins it.
pub(crate) fn button(sender: &Sender) -> Html {
    html! {
        <span class="demo-button">
            { round("Present on the full screen", "M-6 -5H6V3H-6ZM0 3V6M-3 6H3", false, None, sender.callback(|_: MouseEvent| Msg::Begin)) }
        </span>
    }
}

/// The stage, its caption, and how far it is.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    let (at, last) = (play.sitting.cursor(), play.sitting.steps().len());
    let script = play.sitting.document().script.len();
    html! {
        <main class="demo" aria-label="Demo" data-step={at.to_string()} data-steps={last.to_string()}>
            <h1 class="demo-title">{ about(&model.source.text).map_or_else(|| model.documents.open.name.clone(), |(title, _)| title) }</h1>
            { graph::view::view(model, sender) }
            <p class="demo-caption" data-caption="">{ view::caption(&play.sitting) }</p>
            <div class="demo-foot">
                <button type="button" class="quiet" disabled={at == 0} onclick={sender.callback(|_: MouseEvent| msg::Msg::Back)}>{ "Back" }</button>
                <span class="demo-far">{ format!("{at} of {}", last.max(script)) }</span>
                <button type="button" class="primary demo-next" disabled={!play.goes_on} onclick={sender.callback(|_: MouseEvent| msg::Msg::Forward)}>{ "Next" }</button>
                <button type="button" class="link" onclick={sender.callback(|_: MouseEvent| Msg::End)}>{ "Leave the demo" }</button>
            </div>
        </main>
    }
}
