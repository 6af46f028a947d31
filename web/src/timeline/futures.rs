//! The other futures that are kept: what was done instead.

use halter_session::sitting::MAX_FUTURES;
use yew::prelude::*;

use super::Msg;
use crate::model::{Model, Play};
use crate::sender::Sender;

pub(super) fn view(model: &Model, play: &Play, sender: &Sender) -> Html {
    let sitting = &play.sitting;
    if sitting.futures().is_empty() {
        return Html::default();
    }
    html! {
        <div
            class="futures"
            role="group"
            aria-label="Futures"
            data-future={sitting.future().to_string()}
            title={format!("Going back and doing something else keeps both futures: up to {MAX_FUTURES} beside the one that is played.")}
        >
            <span class="future future--played">{ format!("Future {} is played", sitting.future()) }</span>
            { for sitting.futures().iter().map(|future| {
                let number = future.number();
                let fork = sitting.fork(future);
                let compared = model.timeline.compared == Some(number);
                html! {
                    <span class="future" key={number} data-other-future={number.to_string()} data-fork={fork.to_string()}>
                        <button type="button" class="link" title={format!("It has {} steps and parts after step {fork}.", future.steps().len())}
                            onclick={sender.callback(move |_: MouseEvent| Msg::SwitchTo(number))}>{ format!("Play future {number}") }</button>
                        <button type="button" class="link" aria-pressed={compared.to_string()}
                            onclick={sender.callback(move |_: MouseEvent| Msg::Compare(Some(number).filter(|_| !compared)))}>{ "compare" }<span class="spoken">{ format!(" future {number}") }</span></button>
                        <button type="button" class="link" onclick={sender.callback(move |_: MouseEvent| Msg::Forget(number))}>{ "forget" }<span class="spoken">{ format!(" future {number}") }</span></button>
                    </span>
                }
            }) }
        </div>
    }
}
