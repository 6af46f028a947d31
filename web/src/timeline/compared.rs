//! Two branches side by side, at their ends.

use halter_session::Sitting;
use halter_session::view;
use halter_session::words::{self, Names};
use yew::prelude::*;

use super::Msg;
use crate::compare;
use crate::model::Model;
use crate::sender::Sender;

/// Commands after the fork that are named.
const COMMANDS_SHOWN: usize = 8;

/// The branch that is played beside the one that was chosen, if one was.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let (Some(number), Some(play)) = (model.timeline.compared, &model.play) else {
        return Html::default();
    };
    let Some(branch) = play.sitting.branches().iter().find(|f| f.number() == number) else {
        return Html::default();
    };
    let fork = play.sitting.fork(branch);
    let (mut ours, mut theirs) = (play.sitting.clone(), play.sitting.clone());
    ours.go_to(usize::MAX);
    theirs.switch_to(number);
    let heads = [format!("Branch {}", ours.branch()), format!("Branch {number}")];
    html! {
        <section class="panel branches-compared" aria-label="Two branches" data-compared-branch={number.to_string()}>
            <div class="panel-head">
                <h2 class="panel-title">{ format!("Two branches, which part after step {fork}") }</h2>
                <button type="button" class="quiet" onclick={sender.callback(move |_: MouseEvent| Msg::Compare(None))}>{ "Close the comparison" }</button>
            </div>
            <div class="branches-commands">
                { commands(&ours, fork, &heads[0]) }
                { commands(&theirs, fork, &heads[1]) }
            </div>
            { compare::table("At their ends", [&heads[0], &heads[1]], [&view::run(&ours), &view::run(&theirs)], [&ours, &theirs]) }
        </section>
    }
}

fn commands(sitting: &Sitting, fork: usize, head: &str) -> Html {
    let steps = sitting.steps().get(fork..).unwrap_or_default();
    html! {
        <div>
            <h3 class="why-values-title">{ head.to_owned() }</h3>
            <ol class="branches-steps" start={(fork + 1).to_string()}>
                { for steps.iter().take(COMMANDS_SHOWN).map(|step| {
                    let names = Names::new(sitting.program(), &step.state);
                    html! { <li>{ words::command(&names, &step.command) }</li> }
                }) }
                if steps.len() > COMMANDS_SHOWN { <li>{ format!("and {} more", steps.len() - COMMANDS_SHOWN) }</li> }
                if steps.is_empty() { <li>{ "Nothing more was done." }</li> }
            </ol>
        </div>
    }
}
