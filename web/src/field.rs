//! A text field that is set when it is left, or by Enter. What is typed until then stays, whatever else is drawn meanwhile:
//! a run that plays, or a document that was kept.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What the field is.
#[derive(Properties, Clone, PartialEq)]
pub(crate) struct Props {
    /// What it is set to.
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) on_set: Callback<String>,
    /// Whether it has several lines.
    #[prop_or_default]
    pub(crate) is_long: bool,
    /// Whether a phone shows digits for it.
    #[prop_or_default]
    pub(crate) is_number: bool,
    #[prop_or_default]
    pub(crate) class: Classes,
    /// The id of a list of suggestions.
    #[prop_or_default]
    pub(crate) list: Option<String>,
    #[prop_or_default]
    pub(crate) placeholder: Option<String>,
    /// The id of the element that says what is wrong with it.
    #[prop_or_default]
    pub(crate) error: Option<String>,
}

#[component]
pub(crate) fn Field(props: &Props) -> Html {
    let typed = use_state(|| None::<String>);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(text(&event)))
    };
    let onchange = {
        let (typed, on_set) = (typed.clone(), props.on_set.clone());
        Callback::from(move |event: Event| {
            if let Some(text) = text(&event) {
                on_set.emit(text);
            }
            typed.set(None);
        })
    };
    // Left as it was, it shows again what it is set to.
    let onblur = {
        let typed = typed.clone();
        Callback::from(move |_: FocusEvent| typed.set(None))
    };
    let Props { label, class, list, placeholder, error, .. } = props.clone();
    let value = typed.as_ref().unwrap_or(&props.value).clone();
    if props.is_long {
        return html! { <textarea {class} aria-label={label} rows="4" {value} {oninput} {onchange} {onblur} /> };
    }
    html! {
        <input
            type="text"
            {class}
            aria-label={label}
            aria-invalid={error.is_some().to_string()}
            aria-describedby={error}
            inputmode={props.is_number.then_some("decimal")}
            {list}
            {placeholder}
            {value}
            {oninput}
            {onchange}
            {onblur}
        />
    }
}

fn text(event: &Event) -> Option<String> {
    let target = event.target()?;
    let input = target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
    input.or_else(|| target.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value))
}
