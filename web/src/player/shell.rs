//! Timers, the clock that moves, the key, and what the browser keeps.

use gloo_timers::callback::{Interval, Timeout};
use gloo_utils::window;
use halter_session::words::duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::{Effect, Glide, Kept, Msg, reload};
use crate::embed;
use crate::sender::Sender;
use crate::storage::{self, Area};

const KEPT_KEY: &str = "halter.run";

/// How long after a step the run is kept for a reload, in milliseconds.
const KEEP_MS: u32 = 150;

/// How often the clock is drawn while it moves, in milliseconds.
const TICK_MS: u32 = 100;

/// What has a use of its own for Space.
const USES_SPACE: &str = "a, audio, button, details, dialog, input, label, select, summary, textarea, video, \
    [contenteditable], [role=dialog], [tabindex]:not([role=slider])";

/// What waits.
#[derive(Default)]
pub(crate) struct Shell {
    due: Option<Timeout>,
    moment: Option<Timeout>,
    keep: Option<Timeout>,
}

impl Shell {
    /// Does what is asked for.
    pub(crate) fn perform(&mut self, effect: Effect, link: &Sender) {
        match effect {
            Effect::Await(milliseconds) => {
                let link = link.clone();
                // The timeout before it is dropped, and so never comes.
                self.due = Some(Timeout::new(milliseconds, move || {
                    link.send_message(Msg::Due);
                }));
            }
            Effect::AwaitMoment(milliseconds) => {
                let link = link.clone();
                self.moment = Some(Timeout::new(milliseconds, move || {
                    link.send_message(Msg::NextMoment);
                }));
            }
            Effect::AwaitKeep => {
                let link = link.clone();
                self.keep = Some(Timeout::new(KEEP_MS, move || {
                    link.send_message(Msg::KeepRun);
                }));
            }
            Effect::KeepRun(run) => reload::keep(run),
            Effect::Keep(kept) => {
                if !embed::shell::is_embedded() {
                    // They are small and unimportant: a refusal is no news.
                    storage::set(Area::Browser, KEPT_KEY, &kept);
                }
            }
        }
    }
}

/// What was kept, if it can be read.
pub(crate) fn kept() -> Option<Kept> {
    if embed::shell::is_embedded() {
        return None;
    }
    storage::get(Area::Browser, KEPT_KEY).map(Kept::in_bounds)
}

/// The browser's clock, in milliseconds; it never goes back.
pub(super) fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// The shortcuts: Space where it has no other use.
pub(crate) fn shortcut(event: &KeyboardEvent) -> Option<Msg> {
    let other = event.alt_key() || event.ctrl_key() || event.meta_key() || event.repeat();
    if event.key() != " " || other || embed::shell::is_embedded() {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let used = target.closest(USES_SPACE).ok()?.is_some();
    let msg = if event.shift_key() { Msg::ToNextPoint } else { Msg::Toggle };
    (!used).then_some(msg)
}

/// What the clock needs.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct ClockProps {
    /// The run's time, in virtual milliseconds.
    pub(super) now: i64,
    /// Where the clock is on its way to.
    pub(super) glide: Option<Glide>,
}

/// The virtual clock. It draws itself while it moves: the rest of the page stays as it is.
#[component]
pub(super) fn Clock(props: &ClockProps) -> Html {
    let tick = use_force_update();
    use_effect_with(props.glide, move |glide| {
        let ticking = glide.map(|_| Interval::new(TICK_MS, move || tick.force_update()));
        move || drop(ticking)
    });
    let shown = props.glide.map_or(props.now, |glide| glide.shows(now()));
    html! {
        <p class="clock" data-now={shown.to_string()}>
            <span class="choice-name">{ "Clock" }</span>
            { duration(shown) }
        </p>
    }
}
