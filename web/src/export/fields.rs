//! Fields of the dialog: one of a few, and yes or no.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{Choice, Msg};
use crate::sender::Sender;

/// One of a few.
pub(super) fn choose<T: Copy + PartialEq + 'static>(
    label: &'static str,
    choices: &'static [Choice<T>],
    chosen: T,
    set: impl Fn(T) -> Msg + 'static,
    sender: &Sender,
) -> Html {
    let onchange = sender.batch_callback(move |event: Event| {
        let name = event.target_dyn_into::<HtmlSelectElement>()?.value();
        choices.iter().find(|choice| choice.name == name).map(|choice| set(choice.value))
    });
    html! {
        <label class="choice">
            <span>{ label }</span>
            <select {onchange}>
                { for choices.iter().map(|choice| html! {
                    <option key={choice.name} value={choice.name} selected={choice.value == chosen}>{ choice.title }</option>
                }) }
            </select>
        </label>
    }
}

/// Yes or no.
pub(super) fn tick(
    label: &'static str,
    checked: bool,
    disabled: bool,
    set: impl Fn(bool) -> Msg + 'static,
    sender: &Sender,
) -> Html {
    let onchange = sender.batch_callback(move |event: Event| {
        Some(set(event.target_dyn_into::<HtmlInputElement>()?.checked()))
    });
    html! {
        <label class="export-tick">
            <input type="checkbox" {checked} {disabled} {onchange} />
            <span>{ label }</span>
        </label>
    }
}
