//! What was found: how much was looked at, each property with its answer, what only the server can come to, what is never reached.

use halter_engine::state::Status;
use halter_explorer_worker::messages::{Answered, Found};
use yew::prelude::*;

use super::{Msg, Outcome, Shown, missing, words};
use crate::graph::icon;
use crate::model::Model;
use crate::sender::Sender;

/// Of what only one of the semantics can come to, so much is listed.
const ONLY_SHOWN: usize = 6;

pub(super) fn view(model: &Model, outcome: &Outcome, sender: &Sender) -> Html {
    let is_old = *outcome.asked.text != *model.source.text;
    let on_stage = model.play.as_ref().and_then(|play| model.explore.on_stage(&play.sitting));
    html! {
        <div class="explore-found" data-explored={outcome.found.len().to_string()}>
            if is_old {
                <p class="explore-refused">{ "The source is another one now: this was found in the one before." }</p>
            }
            { for outcome.found.iter().enumerate().map(|(side, found)| head(side, found, outcome, is_old, sender)) }
            <ul class="explore-answers" aria-label="Properties">
                { for properties(outcome).map(|property| answer(outcome, property, on_stage, is_old, sender)) }
            </ul>
            { only(outcome, is_old, sender) }
            { for outcome.found.iter().take(1).map(missing::view) }
        </div>
    }
}

/// Indices of the properties: what fails first, then what may be meant to, then the rest.
fn properties(outcome: &Outcome) -> impl Iterator<Item = usize> {
    let count = outcome.found.first().map_or(0, |found| found.answers.len());
    let rank = |property: usize| {
        let answers = outcome.found.iter().filter_map(|found| found.answers.get(property));
        answers
            .map(|answered| match words::verdict(answered).0 {
                "fails" => 0,
                "note" => 1,
                _ => 2,
            })
            .min()
    };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|property| rank(*property));
    order.into_iter()
}

fn head(side: usize, found: &Found, outcome: &Outcome, is_old: bool, sender: &Sender) -> Html {
    let both = outcome.found.len() > 1;
    html! {
        <div class="explore-head" data-end={format!("{:?}", found.end)} data-states={found.far.states.to_string()}>
            if both { <p class="explore-side">{ words::rules(&found.semantics).to_owned() }</p> }
            <p>{ words::looked_at(found) }</p>
            if !is_old && !found.map.groups.is_empty() {
                <button type="button" class="quiet" onclick={sender.callback(move |_| Msg::Map(Some(side)))}>
                    { "See all states" }
                    if both { <span class="spoken">{ format!(", {}", words::rules(&found.semantics)) }</span> }
                </button>
            }
        </div>
    }
}

fn answer(
    outcome: &Outcome,
    property: usize,
    on_stage: Option<Shown>,
    is_old: bool,
    sender: &Sender,
) -> Html {
    let both = outcome.found.len() > 1;
    let sides = outcome.found.iter().enumerate();
    let sides: Vec<(usize, &Found, &Answered)> = sides
        .filter_map(|(side, found)| Some((side, found, found.answers.get(property)?)))
        .collect();
    let Some((.., first)) = sides.first() else {
        return Html::default();
    };
    html! {
        <li class="explore-answer" data-property={first.property.clone()}>
            <p class="explore-says">
                if first.own { <b>{ &first.property }{ ": " }</b><code>{ &first.says }</code> } else { { &first.says } }
            </p>
            { for sides.iter().map(|(side, found, answered)| {
                let (class, word) = words::verdict(answered);
                let shown = Shown::Property(*side, property);
                let name = format!("Show me how {}", first.property);
                html! {
                    <p class="explore-verdict" data-semantics={found.semantics.clone()} data-verdict={class}>
                        if both { <span class="explore-by">{ found.semantics.clone() }</span> }
                        <span class={classes!("verdict", format!("verdict--{class}"))}>{ sign(class) }{ word }</span>
                        if let Some(way) = words::way(answered) {
                            // Beside two answers there is no room for it; the bar above the stage says it.
                            if !both { <span class="explore-way">{ format!("after {way}") }</span> }
                            if on_stage == Some(shown) {
                                <span class="explore-there">{ "on the stage" }</span>
                            } else if !is_old {
                                <button type="button" class="quiet" aria-label={name} onclick={sender.callback(move |_| Msg::Show(shown))}>{ "Show me" }</button>
                            }
                        }
                    </p>
                }
            }) }
        </li>
    }
}

/// The shape that stands beside a word: colour is never alone.
fn sign(verdict: &str) -> Html {
    let path = match verdict {
        "holds" => "M3 8.5L6.5 12L13 4.5",
        "fails" => "M4 4L12 12M12 4L4 12",
        "note" => "M8 3.5V9M8 12V12.1",
        _ => "M5.5 6C5.5 3 10.5 3 10.5 6C10.5 8 8 8 8 10M8 12.6V12.7",
    };
    html! { <svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true"><path class="stroke" d={path} /></svg> }
}

/// What can come about under the server's rules alone.
fn only(outcome: &Outcome, is_old: bool, sender: &Sender) -> Html {
    if outcome.found.len() < 2 {
        return Html::default();
    }
    let count = outcome.only.len();
    if count == 0 {
        return html! { <p class="explore-only" data-only="0">{ "Statuses that only the server can come to: none." }</p> };
    }
    html! {
        <div class="explore-only" data-only={count.to_string()}>
            <h3 class="explore-part">{ format!("Only the server can come to this: {}", words::count(count, "combination of statuses", "combinations of statuses")) }</h3>
            <ul>
                { for outcome.only.iter().take(ONLY_SHOWN).map(|group| {
                    let shown = Shown::State(0, group.first);
                    html! {
                        <li>
                            <span>{ words::group(group) }</span>
                            if !is_old {
                                <button type="button" class="quiet" aria-label={format!("Show me {}", words::group(group))} onclick={sender.callback(move |_| Msg::Show(shown))}>{ "Show me" }</button>
                            }
                        </li>
                    }
                }) }
            </ul>
            if count > ONLY_SHOWN { <p class="explore-more">{ format!("and {} more", words::number(count - ONLY_SHOWN)) }</p> }
        </div>
    }
}

/// A status by its name.
pub(super) fn chip(name: &str) -> Html {
    let status = Status::ALL.into_iter().find(|status| status.name() == name);
    status.map(icon::chip).unwrap_or_default()
}
