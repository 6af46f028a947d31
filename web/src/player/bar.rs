//! The bar: to the beginning, step back, play or pause, step forward, to the end; a scrubber, and the virtual clock.

use halter_session::offers::Action;
use halter_session::view;
use halter_session::words::{self, Names, Teller};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::round::round;
use super::shell::Clock;
use super::view::{play as play_button, settings};
use crate::model::{Model, Play};
use crate::msg::Msg;
use crate::sender::Sender;
use crate::{demo, timeline};

/// The bar.
pub(crate) fn bar(model: &Model, sender: &Sender) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    let (at, last) = (play.sitting.cursor(), play.sitting.steps().len());
    let what = what(play);
    let scrub = sender.batch_callback(|event: InputEvent| {
        let steps = event.target_dyn_into::<HtmlInputElement>()?.value().parse().ok()?;
        Some(Msg::GoTo(steps))
    });
    // Where the timeline is open it is the scrubber.
    let scrubs = model.embed.is_some() || !model.layout.timeline;
    html! {
        <section class="stepper" aria-label="Steps" data-step={at.to_string()} data-steps={last.to_string()}>
            <div class="stepper-buttons" role="group" aria-label="Play">
                { to(sender, 0, at == 0, "To the beginning", "M-5 -6V6M5 -6L-3 0L5 6Z") }
                <button type="button" class="round" aria-label="Step back" aria-keyshortcuts="Alt+ArrowLeft"
                    title="Step back (Alt ←)" disabled={at == 0} onclick={sender.callback(|_| Msg::Back)}>
                    <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d="M4 -6L-4 0L4 6Z" /></svg>
                </button>
                { play_button(model, sender) }
                <button type="button" class="round" aria-label="Step forward" aria-keyshortcuts="Alt+ArrowRight"
                    title={format!("Step forward (Alt →){}", ahead(play))} disabled={!play.goes_on} onclick={sender.callback(|_| Msg::Forward)}>
                    <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d="M-4 -6L4 0L-4 6Z" /></svg>
                </button>
                { to(sender, last, at == last, "To the end", "M5 -6V6M-5 -6L3 0L-5 6Z") }
                { settings(model, sender) }
                { round("Start over", "M-5 -1A5.2 5.2 0 1 1 -4 3.4M-5.6 -5.4V-0.8H-1", last == 0, None, sender.callback(|_| Msg::Restart)) }
                if model.embed.is_none() { { demo::view::button(sender) } }
                if model.embed.is_none() { { timeline::view::buttons(model, play, sender) } }
            </div>
            <div class={classes!("stepper-track", (!scrubs).then_some("stepper-track--words"))}>
                if scrubs {
                    <input
                        type="range"
                        aria-label="Step"
                        min="0"
                        max={last.to_string()}
                        value={at.to_string()}
                        aria-valuetext={format!("Step {at} of {last}: {what}")}
                        disabled={last == 0}
                        oninput={scrub}
                    />
                }
                <p class="stepper-what" title={what.clone()}><b>{ format!("{at}/{last}") }</b>{ " " }{ what }</p>
            </div>
            <div class="clock-side">
                <Clock now={play.run.now} glide={model.player.glide()} />
                { to_next_timer(play, sender) }
            </div>
            if model.embed.is_none() { { timeline::view::toggle(model, sender) } }
        </section>
    }
}

/// Time passes where it is shown: to the next timer. For the pointer, as the row of commands has it for the keyboard.
fn to_next_timer(play: &Play, sender: &Sender) -> Html {
    let next = play.offers.iter().find_map(|offer| {
        let Action::PassTime(milliseconds) = offer.action else { return None };
        Some((offer.action, milliseconds))
    });
    let Some((action, milliseconds)) = next else {
        return Html::default();
    };
    let word = format!("+{}", words::duration(milliseconds));
    html! {
        <button type="button" class="quiet clock-next" tabindex="-1" aria-label={format!("{word} to the next timer")} title="To the next timer"
            onclick={sender.callback(move |_| Msg::Give(action))}>{ word }</button>
    }
}

/// What a step forward would do, if that is known.
fn ahead(play: &Play) -> String {
    play.script_next.as_ref().map_or_else(String::new, |next| format!(": {next}"))
}

/// A button that goes to a step.
fn to(sender: &Sender, step: usize, there: bool, name: &'static str, shape: &'static str) -> Html {
    html! {
        <button type="button" class="round" aria-label={name} title={name} disabled={there} onclick={sender.callback(move |_| Msg::GoTo(step))}>
            <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d={shape} /></svg>
        </button>
    }
}

/// What the step at the cursor did; within it, what has just happened.
fn what(play: &Play) -> String {
    let Some(step) = play.sitting.current_step() else {
        return words::capital(view::beginning(&play.sitting));
    };
    let names = Names::new(play.sitting.program(), &step.state);
    if let Some(happened) = play.sitting.moment() {
        let before = play.sitting.state_after(play.sitting.cursor() - 1);
        let mut teller = Teller::new(names, before);
        let told = step.told.iter().take(happened).map(|told| &told.what);
        return teller.tell_last(told).unwrap_or_default();
    }
    let words = words::command(&names, &step.command);
    if step.refusal.is_some() { format!("{words}: refused") } else { words }
}
