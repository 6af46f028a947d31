//! What can be done now: one row of commands, with what each is given on demand.

mod field;

use halter_session::offers::{Action, Offer, Reach};
use yew::prelude::*;

use crate::model::{Model, Play};
use crate::msg::Msg;
use crate::palette;
use crate::sender::Sender;

/// So many commands stand in the row; the palette has all of them.
const SHOWN: usize = 24;

/// How likely somebody wants it, the most likely first.
fn rank(offer: &Offer) -> u8 {
    match offer.action {
        Action::RunWf => 0,
        Action::PostEvent { .. } if !offer.reach.interrupts.is_empty() => 1,
        Action::CompleteTask(..) | Action::CompleteUserTask(..) | Action::CompleteChildWf(..) => 2,
        Action::ClaimTask(..) => 3,
        Action::PostEvent { .. } if !offer.reach.waiting.is_empty() => 4,
        Action::PassTime(_) => 5,
        Action::FailTask(..)
        | Action::ThrowException(..)
        | Action::FailChildWf(..)
        | Action::ThrowFromChildWf(..) => 6,
        Action::PostEvent { .. } => 7,
        Action::PostCorrelatedEvent { .. } => 8,
        Action::CancelUserTask(..) => 9,
        Action::Resume(_) | Action::Rescue { .. } => 10,
        Action::Stop(_) => 11,
    }
}

fn is_hinted(play: &Play, offer: &Offer) -> bool {
    play.hint.as_ref().is_some_and(|hint| hint.label == offer.label)
}

fn is_quiet(offer: &Offer) -> bool {
    match offer.action {
        Action::Stop(_)
        | Action::Resume(_)
        | Action::Rescue { .. }
        | Action::FailTask(..)
        | Action::ThrowException(..)
        | Action::FailChildWf(..)
        | Action::ThrowFromChildWf(..)
        | Action::CancelUserTask(..)
        | Action::PostCorrelatedEvent { .. } => true,
        Action::PostEvent { .. } => offer.reach == Reach::default(),
        Action::RunWf
        | Action::ClaimTask(..)
        | Action::CompleteTask(..)
        | Action::CompleteUserTask(..)
        | Action::CompleteChildWf(..)
        | Action::PassTime(_) => false,
    }
}

/// The row of commands, and above it the fields of the one that was opened.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    let mut offers: Vec<&Offer> = play.offers.iter().collect();
    // What is worth trying is seen first, on a phone as well.
    offers.sort_by_cached_key(|offer| (!is_hinted(play, offer), rank(offer)));
    let more = offers.len().saturating_sub(SHOWN);
    let clock = play.run.status.is_some_and(|status| !status.is_terminal());
    let open = model.fields_open.and_then(|action| offers.iter().find(|o| o.action == action));
    html! {
        <section class="controls" aria-labelledby="controls-title">
            <h2 id="controls-title" class="spoken">{ "What can happen now" }</h2>
            { open.map(|offer| panel(model, offer, sender)) }
            <div class="command-row" role="region" tabindex="0" aria-label="Commands">
                { for offers.into_iter().take(SHOWN).map(|offer| view_offer(model, play, offer, sender)) }
                if clock { { seconds(model, sender) } }
                if more > 0 {
                    <button type="button" class="command command--quiet" onclick={sender.callback(|_| Msg::Palette(palette::Msg::Open))}>
                        { format!("{more} more") }
                    </button>
                }
                { unclaimed(play) }
            </div>
        </section>
    }
}

fn unclaimed(play: &Play) -> Html {
    let unclaimed = play.run.unclaimed.join(", ");
    if unclaimed.is_empty() {
        return Html::default();
    }
    html! { <p class="unclaimed" data-unclaimed-events="">{ format!("Unclaimed: {unclaimed}") }</p> }
}

/// The form of an offer, which its button and its fields belong to wherever they stand.
fn form_of(offer: &Offer) -> String {
    format!("form-{}", field::id_of(&offer.label))
}

fn view_offer(model: &Model, play: &Play, offer: &Offer, sender: &Sender) -> Html {
    let action = offer.action;
    let hinted = is_hinted(play, offer);
    let submit = sender.callback(move |event: SubmitEvent| {
        event.prevent_default();
        Msg::Give(action)
    });
    let open = model.fields_open == Some(action);
    let has_more = !offer.fields.is_empty();
    html! {
        <form id={form_of(offer)} class={classes!("offer", has_more.then_some("offer--fields"))} key={offer.label.clone()} onsubmit={submit} novalidate=true>
            <button
                type="submit"
                class={classes!("command", is_quiet(offer).then_some("command--quiet"), hinted.then_some("command--hinted"))}
                title={offer.note.clone()}
            >
                { &offer.label }
            </button>
            if has_more {
                <button type="button" class={classes!("command", "command-more", is_quiet(offer).then_some("command--quiet"))}
                    aria-expanded={open.to_string()} aria-controls={open.then_some("offer-panel")}
                    aria-label={format!("Fields of {}", offer.label)} title="What it is given"
                    onclick={sender.callback(move |_| Msg::ShowFields(action))}>
                    <svg viewBox="-8 -8 16 16" width="12" height="12" aria-hidden="true"><path class="stroke" d={if open { "M-4 -2L0 2L4 -2" } else { "M-4 2L0 -2L4 2" }} /></svg>
                </button>
            }
        </form>
    }
}

/// What an offer is given, above the row.
fn panel(model: &Model, offer: &Offer, sender: &Sender) -> Html {
    let error = model.field_error.as_ref().filter(|(of, _)| *of == offer.action);
    let error = error.map(|(_, error)| error);
    let form = form_of(offer);
    let action = offer.action;
    let close = sender.batch_callback(move |event: KeyboardEvent| {
        (event.key() == "Escape").then_some(Msg::ShowFields(action))
    });
    html! {
        <div id="offer-panel" class="offer-panel" role="group" aria-label={format!("Fields of {}", offer.label)} onkeydown={close}>
            <div class="offer-fields">
                { for offer.fields.iter().enumerate().map(|(index, field)| {
                    let error = error.filter(|(at, _)| *at == index).map(|(_, error)| error.as_str());
                    field::view(offer, index, field, &model.draft(offer, index), error, &form, sender)
                }) }
            </div>
            if !offer.note.is_empty() { <p class="offer-note">{ &offer.note }</p> }
        </div>
    }
}

/// The clock can be turned by any time.
fn seconds(model: &Model, sender: &Sender) -> Html {
    let error = model.seconds_error.as_ref();
    let submit = sender.callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::PassSeconds
    });
    let typed = sender.callback(|event: InputEvent| Msg::FillSeconds(field::text_of(&event)));
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
