//! One field of an offer: an input that suits the type of what it takes.

use halter_session::offers::{Draft, Field, Offer, Shape};
use halter_spec::model::{Type, VarType};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::msg::Msg;
use crate::sender::Sender;

pub(super) fn view(
    offer: &Offer,
    index: usize,
    field: &Field,
    draft: &Draft,
    error: Option<&str>,
    form: &str,
    sender: &Sender,
) -> Html {
    let fill = {
        let (action, of) = (offer.action, draft.of.clone());
        move |text: String| Msg::Fill(action, index, Draft { text, of: of.clone() })
    };
    let error_id = format!("{}-{index}-error", id_of(&offer.label));
    let name = match &field.shape {
        Shape::Typed(of) => format!("{} ({of})", field.name),
        Shape::Any | Shape::Text | Shape::ExceptionName => field.name.clone(),
    };
    // A lone value needs no name beside its button, only its type.
    let tag = match &field.shape {
        Shape::Typed(of) if offer.fields.len() == 1 => of.to_string(),
        _ => name.clone(),
    };
    let chosen = match &field.shape {
        Shape::Typed(of) => Some(of.clone()),
        Shape::Any => draft.of.clone(),
        Shape::Text | Shape::ExceptionName => Some(VarType::Str.into()),
    };
    html! {
        <div class="field">
            <span class="field-name" aria-hidden="true">{ tag }</span>
            if field.shape == Shape::Any { { type_choice(offer, index, &field.name, draft, sender) } }
            { match chosen {
                None => Html::default(),
                Some(Type::Primitive(VarType::Bool)) => yes_or_no(offer, form, &name, draft, sender.callback(fill)),
                Some(of) => text_input(offer, form, &name, &of, draft, error.map(|_| &*error_id), sender.callback(fill)),
            } }
            if let Some(error) = error {
                <p class="field-error" id={error_id.clone()}>{ error }</p>
            }
        </div>
    }
}

/// What an input says now.
pub(super) fn text_of(event: &InputEvent) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return area.value();
    }
    target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default()
}

fn text_input(
    offer: &Offer,
    form: &str,
    name: &str,
    of: &Type,
    draft: &Draft,
    error: Option<&str>,
    fill: Callback<String>,
) -> Html {
    let typed = Callback::from(move |event: InputEvent| fill.emit(text_of(&event)));
    let name = format!("{name} of {}", offer.label);
    let invalid = error.is_some().to_string();
    let described_by = error.map(str::to_owned);
    let is_json = match of {
        Type::Primitive(found) => matches!(found, VarType::JsonObj | VarType::JsonArr),
        Type::Struct(_) | Type::Array(_) | Type::Map(_) => true,
        Type::Unknown => false,
    };
    if is_json {
        let rows = draft.text.lines().count().clamp(1, 6).to_string();
        return html! {
            <textarea
                class="field-input field-input--json"
                form={form.to_owned()}
                aria-label={name}
                aria-invalid={invalid}
                aria-describedby={described_by}
                spellcheck="false"
                {rows}
                value={draft.text.clone()}
                oninput={typed}
            />
        };
    }
    // A number is typed as text: a browser's own number field would round a 64-bit INT.
    let mode = match of.primitive() {
        Some(VarType::Int) => "numeric",
        Some(VarType::Double) => "decimal",
        _ => "text",
    };
    html! {
        <input
            class="field-input"
            form={form.to_owned()}
            aria-label={name}
            aria-invalid={invalid}
            aria-describedby={described_by}
            inputmode={mode}
            autocomplete="off"
            spellcheck="false"
            value={draft.text.clone()}
            oninput={typed}
        />
    }
}

fn yes_or_no(offer: &Offer, form: &str, name: &str, draft: &Draft, fill: Callback<String>) -> Html {
    let changed = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            fill.emit(select.value());
        }
    });
    html! {
        <select class="field-input" form={form.to_owned()} aria-label={format!("{name} of {}", offer.label)} onchange={changed}>
            { for ["true", "false", ""].into_iter().map(|value| html! {
                <option {value} selected={draft.text == value}>{ if value.is_empty() { "no value" } else { value } }</option>
            }) }
        </select>
    }
}

fn type_choice(offer: &Offer, index: usize, name: &str, draft: &Draft, sender: &Sender) -> Html {
    let action = offer.action;
    let text = draft.text.clone();
    let changed = sender.batch_callback(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        let var_type = VarType::from_name(&chosen);
        let text = if var_type == Some(VarType::Bool) { "true".to_owned() } else { text.clone() };
        Some(Msg::Fill(action, index, Draft { text, of: var_type.map(Type::Primitive) }))
    });
    html! {
        <select class="field-input field-input--type" aria-label={format!("Type of {name} of {}", offer.label)} onchange={changed}>
            <option value="" selected={draft.of.is_none()}>{ "none" }</option>
            { for VarType::ALL.iter().map(|(var_type, name)| html! {
                <option value={*name} selected={draft.of == Some(Type::Primitive(*var_type))}>{ *name }</option>
            }) }
        </select>
    }
}

/// A label as an id.
pub(super) fn id_of(label: &str) -> String {
    label
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect()
}
