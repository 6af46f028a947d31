//! The button that opens the gallery, and the gallery.

use halter_engine::rules::RULES;
use yew::prelude::*;

use super::{Card, DIALOG_ID, Group, Msg};
use crate::examples::{self, EXAMPLES};
use crate::model::Model;
use crate::sender::Sender;

/// The button in the page's head. It says what is shown.
pub(crate) fn button(model: &Model, sender: &Sender) -> Html {
    let example = model.documents.open.example.and_then(|index| EXAMPLES.get(index));
    html! {
        <button type="button" class="quiet gallery-open" aria-haspopup="dialog" title="All examples, each with a picture"
            onclick={sender.callback(|_| Msg::Open)}>
            { "Examples" }
            if let Some(example) = example { <span class="gallery-shown" data-example={example.slug}>{ example.title }</span> }
        </button>
    }
}

/// The dialog.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    html! {
        <dialog id={DIALOG_ID} class="gallery" aria-labelledby="gallery-title" onclose={sender.callback(|_: Event| Msg::Closed)}>
            if model.gallery.open {
                <div class="gallery-head">
                    <h2 id="gallery-title" class="gallery-title">{ "Examples" }</h2>
                    <form method="dialog"><button class="quiet" aria-label="Close the examples">{ "Close" }</button></form>
                </div>
                <div class="gallery-body" tabindex="0" role="region" aria-label="All examples">
                    { for model.gallery.groups.iter().enumerate().map(|(index, of)| group(model, index, of, sender)) }
                </div>
            }
        </dialog>
    }
}

fn group(model: &Model, index: usize, group: &Group, sender: &Sender) -> Html {
    html! {
        <section class="gallery-group" aria-labelledby={format!("gallery-{index}")}>
            <h3 id={format!("gallery-{index}")} class="gallery-name">{ &group.title }</h3>
            <ul class="gallery-cards">
                { for group.cards.iter().enumerate().map(|(place, of)| card(model, (index, place), of, sender)) }
            </ul>
        </section>
    }
}

fn card(model: &Model, (group, place): (usize, usize), card: &Card, sender: &Sender) -> Html {
    let index = examples::index_of(&card.example);
    let example = index.and_then(|index| EXAMPLES.get(index)).map_or("", |example| example.title);
    let rule = RULES.iter().find(|rule| card.rule.as_deref() == Some(rule.id));
    let (title, says) = match rule {
        Some(rule) => (rule.id, rule.sentence),
        None => (example, card.says.as_deref().unwrap_or_default()),
    };
    let shown = rule.is_none() && index.is_some() && index == model.documents.open.example;
    html! {
        <li>
            <button type="button" class="gallery-card" data-card={card.picture()} aria-current={shown.then_some("true")}
                onclick={sender.callback(move |_| Msg::Choose(group, place))}>
                // What it shows is said by the card's words.
                <span class="gallery-frame"><img class="gallery-picture" src={format!("static/gallery/{}", card.picture())} alt="" loading="lazy" /></span>
                <b class="gallery-card-title">{ title }</b>
                <span class="gallery-says">{ says }</span>
            </button>
        </li>
    }
}
