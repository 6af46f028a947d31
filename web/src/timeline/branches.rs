//! The other branches that are kept: what was done instead.

use halter_session::sitting::MAX_BRANCHES;
use yew::prelude::*;

use super::Msg;
use crate::model::{Model, Play};
use crate::sender::Sender;

pub(super) fn view(model: &Model, play: &Play, sender: &Sender) -> Html {
    let sitting = &play.sitting;
    if sitting.branches().is_empty() {
        return Html::default();
    }
    html! {
        <div
            class="branches"
            role="group"
            aria-label="Branches"
            data-branch={sitting.branch().to_string()}
            title={format!("Going back and doing something else keeps both branches: up to {MAX_BRANCHES} beside the one that is played.")}
        >
            <span class="branch branch--played">{ format!("Branch {} is played", sitting.branch()) }</span>
            { for sitting.branches().iter().map(|branch| {
                let number = branch.number();
                let fork = sitting.fork(branch);
                let compared = model.timeline.compared == Some(number);
                html! {
                    <span class="branch" key={number} data-other-branch={number.to_string()} data-fork={fork.to_string()}>
                        <button type="button" class="link" title={format!("It has {} steps and parts after step {fork}.", branch.steps().len())}
                            onclick={sender.callback(move |_: MouseEvent| Msg::SwitchTo(number))}>{ format!("Play branch {number}") }</button>
                        <button type="button" class="link" aria-pressed={compared.to_string()}
                            onclick={sender.callback(move |_: MouseEvent| Msg::Compare(Some(number).filter(|_| !compared)))}>{ "compare" }<span class="spoken">{ format!(" branch {number}") }</span></button>
                        <button type="button" class="link" onclick={sender.callback(move |_: MouseEvent| Msg::Forget(number))}>{ "forget" }<span class="spoken">{ format!(" branch {number}") }</span></button>
                    </span>
                }
            }) }
        </div>
    }
}
