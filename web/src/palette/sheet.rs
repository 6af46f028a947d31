//! The keyboard shortcuts.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Msg;
use crate::model::Model;
use crate::sender::Sender;

/// The sheet's heading: it gets the focus.
const TITLE_ID: &str = "shortcuts-title";

/// Keys, and what they do.
const SHORTCUTS: [(&str, &str); 13] = [
    ("Ctrl K or ⌘ K", "find and give any command, anywhere but in the source"),
    ("?", "show this sheet, unless a text is typed"),
    (
        "Ctrl Z and Ctrl Shift Z",
        "take back what was drawn or typed, and make it again, wherever no other text is typed",
    ),
    ("Ctrl S and Ctrl Shift S", "save to the file, and as another file"),
    ("Space", "run by itself, or pause, where Space has no other use"),
    ("Shift Space", "run at once to the next point at which to pause"),
    ("Alt ← and Alt →", "one step back and forward"),
    ("Alt Shift ← and Alt Shift →", "to the last and to the next change of a status"),
    ("← → Home End on the timeline", "travel through the steps"),
    ("Page Up and Page Down on the timeline", "to the next and to the last change of a status"),
    ("Tab, Enter, Space", "everything else, as in any page"),
    ("↑ ↓ Enter in the commands", "choose one and do it"),
    ("Esc", "close what is open"),
];

pub(super) fn view(model: &Model, sender: &Sender) -> Html {
    let close = sender.callback(|_: MouseEvent| crate::msg::Msg::Palette(Msg::Close));
    let keys = sender.batch_callback(|event: KeyboardEvent| {
        (event.key() == "Escape").then_some(crate::msg::Msg::Palette(Msg::Close))
    });
    let single = sender.batch_callback(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>()?;
        Some(crate::msg::Msg::Palette(Msg::SingleKeys(input.checked())))
    });
    html! {
        <div class="palette-ground">
            <div class="palette-away" onclick={close.clone()} />
            <div class="palette palette--sheet" role="dialog" aria-modal="true" aria-labelledby={TITLE_ID} onkeydown={keys}>
                <h2 id={TITLE_ID} tabindex="-1">{ "Keyboard shortcuts" }</h2>
                <dl class="shortcuts">
                    { for SHORTCUTS.iter().map(|(keys, what)| html! { <div><dt><kbd>{ *keys }</kbd></dt><dd>{ *what }</dd></div> }) }
                </dl>
                <p class="shortcuts-foot">
                    <label class="slow"><input type="checkbox" checked={!model.palette.no_single_keys} onchange={single} />{ "? alone opens this sheet" }</label>
                    <button type="button" class="quiet" onclick={close}>{ "Close the shortcuts" }</button>
                </p>
            </div>
        </div>
    }
}
