//! Run and Pause, and why it stopped.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{Msg, PANEL_ID, SPEEDS};
use crate::model::Model;
use crate::sender::Sender;

/// Run and Pause, in the bar of steps.
pub(crate) fn play(model: &Model, sender: &Sender) -> Html {
    if model.embed.is_some() {
        return Html::default();
    }
    let going = model.player.is_moving();
    let (name, label, shape) = if going {
        ("Pause", "Pause the run", "M-4 -6V6M4 -6V6")
    } else {
        ("Play", "Play the run", "M-4 -6L6 0L-4 6Z")
    };
    html! {
            <button
                type="button"
                class="run-button"
                aria-label={label}
                aria-keyshortcuts="Space"
                title={format!("{label} (Space): what was played, then the script, then what comes by itself")}
                data-running={going.to_string()}
                onclick={sender.callback(|_| Msg::Toggle)}
            >
                <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d={shape} /></svg>
                { name }
            </button>
    }
}

/// How fast, and the settings.
pub(crate) fn settings(model: &Model, sender: &Sender) -> Html {
    if model.embed.is_some() {
        return Html::default();
    }
    let run = &model.player;
    let points = run.points().len();
    let settings = match points {
        0 => "Run settings".to_owned(),
        1 => "Run settings: pauses at 1 point".to_owned(),
        many => format!("Run settings: pauses at {many} points"),
    };
    html! {
        <>
            { speed(run.kept.speed, sender) }
            <button
                type="button"
                class="round run-settings-button"
                aria-label={settings}
                title="Run settings: times of tasks, and where to pause"
                aria-expanded={run.open.to_string()}
                aria-controls={run.open.then_some(PANEL_ID)}
                onclick={sender.callback(|_| Msg::ToggleSettings)}
            >
                <svg class="run-sliders" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
                    <path d="M-7 -4H7M-7 4H7" /><circle cx="-2.5" cy="-4" r="2.2" /><circle cx="2.5" cy="4" r="2.2" />
                </svg>
                if points > 0 { <span class="run-count" aria-hidden="true">{ points }</span> }
            </button>
            if points > 0 {
                <button type="button" class="quiet" aria-keyshortcuts="Shift+Space" title="Shift Space" onclick={sender.callback(|_| Msg::ToNextPoint)}>
                    { "To the next point" }
                </button>
            }
        </>
    }
}

fn speed(chosen: u32, sender: &Sender) -> Html {
    let choose = sender.batch_callback(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        Some(Msg::Speed(chosen.parse().ok()?))
    });
    html! {
        <label class="choice run-speed">
            <span class="spoken">{ "Speed" }</span>
            <select onchange={choose} title="How fast the clock runs, steps play and moments pass: at 1× a virtual second is a second, and no wait is longer than 6 s">
                { for SPEEDS.iter().map(|(percent, name)| html! {
                    <option value={percent.to_string()} selected={*percent == chosen}>{ *name }</option>
                }) }
            </select>
        </label>
    }
}

/// Why it stopped, above the bar of steps.
pub(crate) fn said(model: &Model) -> Html {
    let Some(said) = &model.player.said else {
        return Html::default();
    };
    html! {
        <section class="run-said" aria-label="Why the run stopped" data-run-stopped={said.why.name()}>
            <p>{ &said.text }</p>
        </section>
    }
}
