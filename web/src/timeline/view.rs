//! The timeline: ThreadRuns as bars, to scrub and to jump in.

use halter_picture::bars::{self, Mark};
use halter_session::view;
use halter_session::words::{self, Names, duration};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::{Msg, ROW, bars as rows, branches};
use crate::model::{Model, Play};
use crate::player::round::round;
use crate::sender::Sender;

/// Rows that are drawn: what is in view, and some around it.
const ROWS_DRAWN: usize = 40;

/// Most marks that are drawn; in a longer sitting only events are marked, the newest first.
const MARKS_DRAWN: usize = 400;

/// The panel.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    let open = model.layout.timeline;
    let scale = if model.timeline.by_time { "time" } else { "steps" };
    html! {
        <section class={classes!("timeline", (!open).then_some("timeline--closed"))} aria-labelledby="timeline-title" data-timeline-scale={scale}>
            // On the page its buttons stand in the bar of steps.
            if model.embed.is_some() {
                <div class="timeline-head">
                    <h2 id="timeline-title" class="panel-title">{ "Timeline" }</h2>
                    { buttons(model, play, sender) }
                    { toggle(model, sender) }
                </div>
            } else {
                <h2 id="timeline-title" class="spoken">{ "Timeline" }</h2>
            }
            if open {
                { branches::view(model, play, sender) }
                { body(model, play, sender) }
            }
        </section>
    }
}

/// What opens and closes it.
pub(crate) fn toggle(model: &Model, sender: &Sender) -> Html {
    let open = model.layout.timeline;
    html! {
        <button type="button" class="quiet timeline-toggle" aria-expanded={open.to_string()} onclick={sender.callback(move |_: MouseEvent| Msg::Toggle)}>
            { if open { "Hide timeline" } else { "Show timeline" } }
        </button>
    }
}

/// Its buttons.
pub(crate) fn buttons(model: &Model, play: &Play, sender: &Sender) -> Html {
    let by_time = model.timeline.by_time;
    html! {
        <>
            { jumps(play, sender) }
            if model.layout.timeline {
                <button type="button" class="quiet" aria-pressed={by_time.to_string()} onclick={sender.callback(move |_: MouseEvent| Msg::ByTime(!by_time))}
                    title="Each step has some width of its own; the virtual time that it let pass adds to it.">
                    { "By virtual time" }
                </button>
            }
        </>
    }
}

/// From one status change to the next.
fn jumps(play: &Play, sender: &Sender) -> Html {
    let (at, last) = (play.sitting.cursor(), play.sitting.steps().len());
    html! {
        <>
            { round("Last status change", "M2 -5L-3 0L2 5M5 -5V5", at == 0, Some("Alt+Shift+ArrowLeft"), sender.callback(move |_: MouseEvent| Msg::Jump(false))) }
            { round("Next status change", "M-2 -5L3 0L-2 5M-5 -5V5", at == last, Some("Alt+Shift+ArrowRight"), sender.callback(move |_: MouseEvent| Msg::Jump(true))) }
        </>
    }
}

fn body(model: &Model, play: &Play, sender: &Sender) -> Html {
    let edges = bars::edges(&play.sitting, model.timeline.by_time);
    let all = bars::rows(&play.sitting);
    let rows = all.len();
    let top = model.timeline.top.saturating_sub(4).min(rows.saturating_sub(1));
    let drawn = top..rows.min(top + ROWS_DRAWN);
    let scrolled = sender.batch_callback(|event: Event| {
        let target = event.target_dyn_into::<Element>()?;
        let row = usize::try_from(target.scroll_top()).unwrap_or_default() / ROW;
        Some(crate::msg::Msg::Timeline(Msg::Scrolled(row)))
    });
    let height = format!("height:{}px", rows * ROW);
    html! {
        <div class="timeline-body">
            <div class="timeline-top">
                <span class="timeline-label">{ "Commands" }</span>
                { slider(play, &edges, sender) }
            </div>
            <div class="timeline-scroll" onscroll={scrolled} tabindex="0" role="region" aria-label="ThreadRuns over the run">
                <div class="timeline-rows" style={height}>
                    { for drawn.filter_map(|row| Some(rows::row(model, play, (row, all.get(row)?), &edges, sender))) }
                    <div class="timeline-cursor-track" aria-hidden="true">
                        <div class="timeline-cursor" style={format!("left:{:.3}%", edges.get(play.sitting.cursor()).copied().unwrap_or_default() * 100.0)} />
                    </div>
                </div>
            </div>
        </div>
    }
}

/// The row of commands: to be dragged along, by pointer and by keys.
fn slider(play: &Play, edges: &[f64], sender: &Sender) -> Html {
    let (at, last) = (play.sitting.cursor(), play.sitting.steps().len());
    let scrub = |event: &PointerEvent| {
        let rect = track(event)?.get_bounding_client_rect();
        let part = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        Some(crate::msg::Msg::Timeline(Msg::Scrub(part.clamp(0.0, 1.0))))
    };
    let down = sender.batch_callback(move |event: PointerEvent| {
        if let Some(track) = track(&event) {
            // Without the capture it only follows while the pointer is over it.
            let _ = track.set_pointer_capture(event.pointer_id());
        }
        scrub(&event)
    });
    let moved = sender.batch_callback(
        move |event: PointerEvent| {
            if event.buttons() & 1 == 1 { scrub(&event) } else { None }
        },
    );
    let keys = sender.batch_callback(move |event: KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return None;
        }
        let msg = match &*event.key() {
            "ArrowLeft" | "ArrowDown" => crate::msg::Msg::Back,
            "ArrowRight" | "ArrowUp" => crate::msg::Msg::Forward,
            "Home" => crate::msg::Msg::GoTo(0),
            "End" => crate::msg::Msg::GoTo(usize::MAX),
            "PageUp" => crate::msg::Msg::Timeline(Msg::Jump(true)),
            "PageDown" => crate::msg::Msg::Timeline(Msg::Jump(false)),
            _ => return None,
        };
        event.prevent_default();
        Some(msg)
    });
    let what = play.sitting.current_step().map_or_else(
        || view::beginning(&play.sitting).to_owned(),
        |step| words::command(&Names::new(play.sitting.program(), &step.state), &step.command),
    );
    html! {
        <div
            class="timeline-slider"
            role="slider"
            tabindex="0"
            aria-label="Timeline"
            aria-valuemin="0"
            aria-valuemax={last.to_string()}
            aria-valuenow={at.to_string()}
            aria-valuetext={format!("Step {at} of {last}, clock {}: {what}", duration(play.sitting.state().now))}
            onpointerdown={down}
            onpointermove={moved}
            onkeydown={keys}
        >
            { marks(play, edges) }
            <div class="timeline-cursor timeline-cursor--handle" style={format!("left:{:.3}%", edges.get(at).copied().unwrap_or_default() * 100.0)} />
        </div>
    }
}

/// The slider that the pointer is on: Yew listens at the root of the page, so it is not the event's current target.
fn track(event: &PointerEvent) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(".timeline-slider").ok().flatten()
}

/// A mark for each command: events stand out.
fn marks(play: &Play, edges: &[f64]) -> Html {
    let steps = play.sitting.steps();
    let many = steps.len() > MARKS_DRAWN;
    let marks = steps.iter().enumerate().rev().filter_map(|(index, step)| {
        let kind = Mark::of(step);
        if many && !matches!(kind, Mark::Event | Mark::Refused) {
            return None;
        }
        let (left, right) = (edges.get(index)?, edges.get(index + 1)?);
        let names = Names::new(play.sitting.program(), &step.state);
        Some(html! {
            <span
                class="timeline-mark"
                key={index}
                data-mark={kind.name()}
                style={format!("left:{:.3}%", (left + right) * 50.0)}
                title={format!("Step {}: {}", index + 1, words::command(&names, &step.command))}
            />
        })
    });
    html! { <>{ for marks.take(MARKS_DRAWN) }</> }
}
