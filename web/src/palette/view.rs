//! The command palette.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::update::of_key;
use super::{Msg, Open, SHOWN, entries, sheet};
use crate::model::Model;
use crate::sender::Sender;

const INPUT_ID: &str = "palette-input";

const LIST_ID: &str = "palette-list";

/// What is open.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    match model.palette.open {
        Open::Nothing => Html::default(),
        Open::Commands => commands(model, sender),
        Open::Shortcuts => sheet::view(model, sender),
    }
}

fn commands(model: &Model, sender: &Sender) -> Html {
    let entries = entries::found(model);
    let shown = entries.len().min(SHOWN);
    let chosen = model.palette.chosen.min(shown.saturating_sub(1));
    let send = |msg: Msg| crate::msg::Msg::Palette(msg);
    let typed = sender.batch_callback(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>()?;
        Some(send(Msg::Typed(input.value())))
    });
    let keys = sender.batch_callback(move |event: KeyboardEvent| {
        let (key, msg) = (event.key(), of_key(&event.key()));
        // Tab does nothing: this is the only thing that takes the focus while the palette is open.
        if msg.is_some() || key == "Tab" {
            event.prevent_default();
        }
        msg.map(send)
    });
    html! {
        <div class="palette-ground">
            <div class="palette-away" onclick={sender.callback(move |_: MouseEvent| send(Msg::Close))} />
            <div class="palette" role="dialog" aria-modal="true" aria-label="Commands">
                <input
                    id={INPUT_ID}
                    class="palette-input"
                    role="combobox"
                    aria-label="Find a command"
                    aria-expanded="true"
                    aria-controls={LIST_ID}
                    aria-activedescendant={(shown > 0).then(|| format!("palette-{chosen}"))}
                    placeholder="Find a command"
                    autocomplete="off"
                    spellcheck="false"
                    value={model.palette.typed.clone()}
                    oninput={typed}
                    onkeydown={keys}
                />
                <div id={LIST_ID} class="palette-list" role="listbox" aria-label="Commands">
                    { for entries.iter().take(SHOWN).enumerate().map(|(index, entry)| html! {
                        <div
                            id={format!("palette-{index}")}
                            class="palette-entry"
                            key={entry.name.clone()}
                            role="option"
                            aria-selected={(index == chosen).to_string()}
                            onclick={sender.callback(move |_: MouseEvent| send(Msg::Run(Some(index))))}
                        >
                            <span>{ &entry.name }</span>
                            <span class="palette-keys">{ entry.keys }</span>
                        </div>
                    }) }
                </div>
                <p class="palette-note" role="status">
                    { match entries.len() {
                        0 => "Nothing is called so.".to_owned(),
                        1 => "1 command. Enter does it.".to_owned(),
                        many => format!("{many} commands. ↑ ↓ to choose, Enter to do it, Esc to close."),
                    } }
                </p>
            </div>
        </div>
    }
}
