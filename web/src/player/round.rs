//! A round button.

use yew::prelude::*;

/// A round button with a sign; its name is heard, and shown to the pointer.
pub(crate) fn round(
    name: &'static str,
    shape: &'static str,
    disabled: bool,
    keys: Option<&'static str>,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" class="round round--line" aria-label={name} title={name} aria-keyshortcuts={keys} {disabled} {onclick}>
            <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d={shape} /></svg>
        </button>
    }
}
