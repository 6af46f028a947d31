//! Travel in time: step back and forward, a scrubber, and the virtual clock.

use halter_session::words::{self, Names, Teller};
use web_sys::HtmlInputElement;
use yew::html::Scope;
use yew::prelude::*;

use crate::app::App;
use crate::model::{Model, Play};
use crate::msg::Msg;
use crate::{run, timeline};

/// The bar.
pub(crate) fn view(model: &Model, link: &Scope<App>) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    let (at, last) = (play.sitting.cursor(), play.sitting.steps().len());
    let what = what(play);
    let scrub = link.batch_callback(|event: InputEvent| {
        let steps = event.target_dyn_into::<HtmlInputElement>()?.value().parse().ok()?;
        Some(Msg::GoTo(steps))
    });
    // Where the timeline is open it is the scrubber.
    let scrubs = model.embed.is_some() || !model.layout.timeline;
    html! {
        <section class="stepper" aria-label="Steps" data-step={at.to_string()} data-steps={last.to_string()}>
            <div class="stepper-buttons" role="group" aria-label="Play">
                { to(link, 0, at == 0, "To the beginning", "M-5 -6V6M5 -6L-3 0L5 6Z") }
                <button type="button" class="round" aria-label="Step back" aria-keyshortcuts="Alt+ArrowLeft"
                    title="Step back (Alt ←)" disabled={at == 0} onclick={link.callback(|_| Msg::Back)}>
                    <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d="M4 -6L-4 0L4 6Z" /></svg>
                </button>
                { run::play(model, link) }
                <button type="button" class="round" aria-label="Step forward" aria-keyshortcuts="Alt+ArrowRight"
                    title="Step forward (Alt →)" disabled={at == last} onclick={link.callback(|_| Msg::Forward)}>
                    <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d="M-4 -6L4 0L-4 6Z" /></svg>
                </button>
                { to(link, last, at == last, "To the end", "M5 -6V6M-5 -6L3 0L-5 6Z") }
                { run::settings(model, link) }
                { round("Start over", "M-5 -1A5.2 5.2 0 1 1 -4 3.4M-5.6 -5.4V-0.8H-1", last == 0, None, link.callback(|_| Msg::Restart)) }
                { slow_motion(model, play, link) }
                if let Some(next) = &play.script_next {
                    <button type="button" class="quiet" title={next.clone()} onclick={link.callback(|_| Msg::PlayNext)}>{ "Play the script's next" }</button>
                }
                if model.embed.is_none() { { timeline::buttons(model, play, link) } }
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
            <run::Clock now={play.run.now} glide={model.run.glide()} />
            if model.embed.is_none() { { timeline::toggle(model, link) } }
        </section>
    }
}

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

/// A button that goes to a step.
fn to(
    link: &Scope<App>,
    step: usize,
    there: bool,
    name: &'static str,
    shape: &'static str,
) -> Html {
    html! {
        <button type="button" class="round" aria-label={name} title={name} disabled={there} onclick={link.callback(move |_| Msg::GoTo(step))}>
            <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d={shape} /></svg>
        </button>
    }
}

/// A step may be shown moment after moment: what spreads within it would not be seen at once.
fn slow_motion(model: &Model, play: &Play, link: &Scope<App>) -> Html {
    let toggle = link.callback(|event: Event| {
        let checked =
            event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        Msg::SetSlow(checked)
    });
    html! {
        <>
            if play.sitting.moment().is_some() {
                { round("To the step's end", "M-6 -5L-1 0L-6 5M0 -5L5 0L0 5M6 -5V5", false, None, link.callback(|_| Msg::Settle)) }
            } else {
                { round("Replay step", "M-6 -5V5M-3 -5L3 0L-3 5M4 -3A4 4 0 0 1 4 3", play.sitting.cursor() == 0, None, link.callback(|_| Msg::Replay)) }
            }
            <label class="slow">
                <input type="checkbox" checked={model.slow} onchange={toggle} />
                { "Slow motion" }
            </label>
        </>
    }
}

/// What the step at the cursor did; within it, what has just happened.
fn what(play: &Play) -> String {
    let Some(step) = play.sitting.current_step() else {
        return "Nothing has happened yet".to_owned();
    };
    let names = Names::new(play.sitting.program(), &step.state);
    if let Some(happened) = play.sitting.moment() {
        let before = play.sitting.state_after(play.sitting.cursor() - 1);
        let mut teller = Teller::new(names, before);
        let told = step.told.iter().take(happened).map(|told| teller.tell(&told.what));
        return told.last().unwrap_or_default();
    }
    let words = words::command(&names, &step.command);
    if step.refusal.is_some() { format!("{words}: refused") } else { words }
}
