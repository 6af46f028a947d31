//! What the drawer beside the stage can hold: the story of this run, what could happen, lessons.

use yew::prelude::*;

use crate::layout::Tab;
use crate::model::Model;
use crate::msg::Msg;
use crate::sender::Sender;
use crate::{explore, learn};

const TABS: [Tab; 3] = [Tab::Run, Tab::Explorer, Tab::Lessons];

fn name(tab: Tab) -> &'static str {
    match tab {
        Tab::Run => "This run",
        Tab::Explorer => "What could happen",
        Tab::Lessons => "Lessons",
    }
}

fn open(tab: Tab) -> Msg {
    match tab {
        Tab::Run => explore::Msg::Open(false).into(),
        Tab::Explorer => explore::Msg::Open(true).into(),
        Tab::Lessons => learn::Msg::Open.into(),
    }
}

/// The one beside it, by an arrow key.
fn beside(tab: Tab, key: &str) -> Option<Tab> {
    let at = TABS.iter().position(|known| *known == tab)?;
    let to = match key {
        "ArrowRight" => at + 1,
        "ArrowLeft" => at + TABS.len() - 1,
        _ => return None,
    };
    TABS.get(to % TABS.len()).copied()
}

/// The tabs.
pub(super) fn view(model: &Model, sender: &Sender) -> Html {
    let chosen = model.tab;
    let keys =
        sender.batch_callback(move |event: KeyboardEvent| beside(chosen, &event.key()).map(open));
    html! {
        <div class="side-tabs" role="tablist" aria-label="Story, explorer and lessons" onkeydown={keys}>
            { for TABS.into_iter().map(|tab| {
                let is_chosen = tab == chosen;
                html! {
                    <button type="button" role="tab" class="side-tab" aria-selected={is_chosen.to_string()} aria-controls="side-body"
                        tabindex={if is_chosen { "0" } else { "-1" }} onclick={sender.callback(move |_| open(tab))}>{ name(tab) }</button>
                }
            }) }
        </div>
    }
}
