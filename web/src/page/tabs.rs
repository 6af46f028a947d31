//! What the drawer beside the stage can hold: the story of this run, what could happen, lessons.

use yew::prelude::*;

use crate::model::Model;
use crate::msg::Msg;
use crate::sender::Sender;
use crate::{explore, learn};

/// What it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Run,
    Explorer,
    Lessons,
}

const TABS: [Tab; 3] = [Tab::Run, Tab::Explorer, Tab::Lessons];

impl Tab {
    /// What the drawer holds now.
    pub(super) fn of(model: &Model) -> Self {
        match (model.learn.open, model.explore.open) {
            (true, _) => Tab::Lessons,
            (false, true) => Tab::Explorer,
            (false, false) => Tab::Run,
        }
    }

    /// Its word in attributes.
    pub(super) fn word(self) -> &'static str {
        match self {
            Tab::Run => "run",
            Tab::Explorer => "explorer",
            Tab::Lessons => "lessons",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Tab::Run => "This run",
            Tab::Explorer => "What could happen",
            Tab::Lessons => "Lessons",
        }
    }

    fn open(self) -> Msg {
        match self {
            Tab::Run => explore::Msg::Open(false).into(),
            Tab::Explorer => explore::Msg::Open(true).into(),
            Tab::Lessons => learn::Msg::Open.into(),
        }
    }

    /// The one beside it, by an arrow key.
    fn beside(self, key: &str) -> Option<Self> {
        let at = TABS.iter().position(|tab| *tab == self)?;
        let to = match key {
            "ArrowRight" => at + 1,
            "ArrowLeft" => at + TABS.len() - 1,
            _ => return None,
        };
        TABS.get(to % TABS.len()).copied()
    }
}

/// The tabs.
pub(super) fn view(model: &Model, sender: &Sender) -> Html {
    let chosen = Tab::of(model);
    let keys = sender
        .batch_callback(move |event: KeyboardEvent| chosen.beside(&event.key()).map(Tab::open));
    html! {
        <div class="side-tabs" role="tablist" aria-label="Story, explorer and lessons" onkeydown={keys}>
            { for TABS.into_iter().map(|tab| {
                let is_chosen = tab == chosen;
                html! {
                    <button type="button" role="tab" class="side-tab" aria-selected={is_chosen.to_string()} aria-controls="side-body"
                        tabindex={if is_chosen { "0" } else { "-1" }} onclick={sender.callback(move |_| tab.open())}>{ tab.name() }</button>
                }
            }) }
        </div>
    }
}
