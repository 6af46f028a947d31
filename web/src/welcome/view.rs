//! How the first screen looks.

use yew::prelude::*;

use super::progress::{Progress, progress};
use super::{Msg, TOUR};
use crate::model::Model;
use crate::sender::Sender;

/// The sentence, the button and the captions.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    let progress = progress(play);
    let come_true = progress.captions();
    let over = progress == Progress::Resumed && !model.player.within_step;
    let button = match progress {
        Progress::NotYet => TOUR.button,
        Progress::Halts | Progress::Handles | Progress::Resumed if !over => "Show its end",
        Progress::Halts | Progress::Handles | Progress::Resumed => "Try it yourself",
    };
    html! {
        <section class="welcome" aria-labelledby="welcome-says" data-welcome={come_true.to_string()}>
            <div class="welcome-lead">
                <h2 id="welcome-says" class="welcome-says">{ TOUR.says }</h2>
                <p class="welcome-buttons">
                    <button type="button" class="welcome-button" onclick={sender.callback(|_| Msg::Press)}>{ button }</button>
                    if over {
                        <button type="button" class="link" onclick={sender.callback(|_| Msg::Next)}>{ TOUR.next.1 }</button>
                    } else {
                        <button type="button" class="link" onclick={sender.callback(|_| Msg::Close)}>{ "Show all commands" }</button>
                    }
                </p>
            </div>
            <ol class="welcome-captions">
                { for TOUR.captions.iter().enumerate().map(|(index, (title, text))| {
                    let state = if index >= come_true { "next" } else if index + 1 == come_true && !over { "now" } else { "done" };
                    html! {
                        <li class="welcome-caption" data-state={state} aria-current={(state == "now").then_some("step")}>
                            <span class="welcome-number" aria-hidden="true">
                                if state == "done" {
                                    <svg viewBox="-8 -8 16 16" width="14" height="14"><path class="stroke" d="M-5 0.5L-1.5 4L5 -4" /></svg>
                                } else {
                                    { index + 1 }
                                }
                            </span>
                            <p><b>{ *title }</b><span>{ *text }</span></p>
                        </li>
                    }
                }) }
            </ol>
        </section>
    }
}
