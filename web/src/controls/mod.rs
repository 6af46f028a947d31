//! What can be done now: a button for each command that would be taken, with what it needs beside it.

mod field;

use halter_session::offers::{Action, Offer};
use yew::html::Scope;
use yew::prelude::*;

use crate::app::App;
use crate::model::{Model, Play};
use crate::msg::Msg;

/// A group of offers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Start,
    Work,
    Events,
    Time,
    Threads,
}

const GROUPS: [(Group, &str); 5] = [
    (Group::Start, "Start"),
    (Group::Work, "Work"),
    (Group::Events, "Events"),
    (Group::Time, "Time"),
    (Group::Threads, "By hand"),
];

fn group_of(offer: &Offer) -> Group {
    match offer.action {
        Action::RunWf => Group::Start,
        Action::PostEvent { .. } | Action::PostCorrelatedEvent { .. } => Group::Events,
        Action::ClaimTask(..)
        | Action::CompleteTask(..)
        | Action::FailTask(..)
        | Action::ThrowException(..)
        | Action::CompleteUserTask(..)
        | Action::CancelUserTask(..) => Group::Work,
        Action::PassTime(_) => Group::Time,
        Action::Stop(_) | Action::Resume(_) | Action::Rescue { .. } => Group::Threads,
    }
}

/// The panel.
pub(crate) fn view(model: &Model, link: &Scope<App>) -> Html {
    html! {
        <section class="panel controls" aria-labelledby="controls-title">
            <div class="panel-head">
                <h2 id="controls-title" class="panel-title">{ "What can happen now" }</h2>
                { unclaimed(model) }
            </div>
            if let Some(play) = &model.play {
                <div class="control-groups" tabindex="0" role="region" aria-label="Commands">
                    { for GROUPS.iter().filter_map(|(which, title)| group(model, play, *which, title, link)) }
                </div>
            }
        </section>
    }
}

fn unclaimed(model: &Model) -> Html {
    let unclaimed =
        model.play.as_ref().map(|play| play.run.unclaimed.join(", ")).unwrap_or_default();
    if unclaimed.is_empty() {
        return Html::default();
    }
    html! { <p class="unclaimed" data-unclaimed-events="">{ format!("Unclaimed: {unclaimed}") }</p> }
}

fn group(model: &Model, play: &Play, which: Group, title: &str, link: &Scope<App>) -> Option<Html> {
    let offers: Vec<&Offer> = play.offers.iter().filter(|offer| group_of(offer) == which).collect();
    let clock = which == Group::Time && play.run.status.is_some_and(|status| !status.is_terminal());
    if offers.is_empty() && !clock {
        return None;
    }
    let small = which == Group::Threads;
    Some(html! {
        <div class={classes!("control-group", small.then_some("control-group--small"))} role="group" aria-label={title.to_owned()}>
            <h3 class="control-title">{ title }</h3>
            <div class="control-offers">
                { for offers.into_iter().map(|offer| view_offer(model, play, offer, link)) }
                if clock { { seconds(model, link) } }
            </div>
        </div>
    })
}

fn view_offer(model: &Model, play: &Play, offer: &Offer, link: &Scope<App>) -> Html {
    let label = offer.label.clone();
    let hinted = play.hint.as_ref().is_some_and(|hint| hint.label == offer.label);
    let error =
        model.field_error.as_ref().filter(|(of, _)| *of == offer.label).map(|(_, error)| error);
    let quiet = matches!(
        offer.action,
        Action::Stop(_)
            | Action::Resume(_)
            | Action::Rescue { .. }
            | Action::FailTask(..)
            | Action::ThrowException(..)
            | Action::CancelUserTask(..)
    );
    let submit = {
        let label = label.clone();
        link.callback(move |event: SubmitEvent| {
            event.prevent_default();
            Msg::Give(label.clone())
        })
    };
    html! {
        <form class="offer" key={label.clone()} onsubmit={submit} novalidate=true>
            <button
                type="submit"
                class={classes!("command", quiet.then_some("command--quiet"), hinted.then_some("command--hinted"))}
                title={offer.note.clone()}
            >
                { &offer.label }
            </button>
            { for offer.fields.iter().enumerate().map(|(index, field)| {
                let error = error.filter(|(at, _)| *at == index).map(|(_, error)| error.as_str());
                field::view(offer, index, field, &model.draft(offer, index), error, link)
            }) }
            if !offer.note.is_empty() && matches!(offer.action, Action::PostEvent { .. } | Action::PostCorrelatedEvent { .. }) {
                <p class="offer-note">{ &offer.note }</p>
            }
        </form>
    }
}

/// The clock can be turned by any time.
fn seconds(model: &Model, link: &Scope<App>) -> Html {
    let error = model.seconds_error.as_ref();
    let submit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::PassSeconds
    });
    let typed = link.callback(|event: InputEvent| Msg::FillSeconds(field::text_of(&event)));
    html! {
        <form class="offer" onsubmit={submit} novalidate=true>
            <button type="submit" class="command command--quiet">{ "Pass seconds" }</button>
            <div class="field">
                <input
                    class="field-input field-input--short"
                    aria-label="Seconds to pass"
                    inputmode="decimal"
                    value={model.seconds.clone()}
                    aria-invalid={error.is_some().to_string()}
                    aria-describedby={error.map(|_| "seconds-error")}
                    oninput={typed}
                />
                if let Some(error) = error {
                    <p class="field-error" id="seconds-error">{ error }</p>
                }
            </div>
        </form>
    }
}
