//! A row for each ThreadRun: what its status was after each step.

use halter_engine::state::{RunState, Status};
use halter_session::Sitting;
use yew::html::Scope;
use yew::prelude::*;

use super::ROW;
use crate::app::App;
use crate::model::{Model, Play};
use crate::msg::Msg;

/// How much wider than all other steps together the time that passed is drawn.
const TIME_WEIGHT: f64 = 3.0;

/// The state after the last step.
pub(super) fn last_state(sitting: &Sitting) -> &RunState {
    sitting.state_after(sitting.steps().len())
}

/// Where steps begin and end, as parts of the width: one more than there are steps.
pub(super) fn edges(sitting: &Sitting, by_time: bool) -> Vec<f64> {
    let steps = sitting.steps().len();
    let total = last_state(sitting).now.max(1) as f64;
    let weight = |step: usize| {
        let passed = sitting.state_after(step + 1).now - sitting.state_after(step).now;
        if by_time { 1.0 + TIME_WEIGHT * steps as f64 * passed.max(0) as f64 / total } else { 1.0 }
    };
    let weights: Vec<f64> = (0..steps).map(weight).collect();
    let sum: f64 = weights.iter().sum::<f64>().max(1.0);
    let mut edges = vec![0.0];
    let mut at = 0.0;
    for weight in weights {
        at += weight / sum;
        edges.push(at);
    }
    edges
}

/// Steps after which a ThreadRun had the same status.
struct Span {
    status: Status,
    from: usize,
    to: usize,
}

fn spans(sitting: &Sitting, number: u32) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for step in 1..=sitting.steps().len() {
        let Some(run) = sitting.state_after(step).thread(number) else {
            continue;
        };
        match spans.last_mut() {
            Some(last) if last.status == run.status && !run.status.is_terminal() => last.to = step,
            // Over: one step says so, and then there is nothing more.
            Some(last) if last.status == run.status => {}
            _ => spans.push(Span { status: run.status, from: step - 1, to: step }),
        }
    }
    spans
}

pub(super) fn row(
    model: &Model,
    play: &Play,
    row: usize,
    edges: &[f64],
    link: &Scope<App>,
) -> Html {
    let number = row as u32;
    let run = last_state(&play.sitting).thread(number);
    let spec = run.and_then(|run| play.sitting.program().specs.get(usize::from(run.spec)));
    let name = spec.map_or("", |spec| &spec.name);
    let selected = model.selected() == number;
    let edge = |step: usize| edges.get(step).copied().unwrap_or(1.0) * 100.0;
    html! {
        <div class={classes!("timeline-row", selected.then_some("timeline-row--selected"))} key={row} style={format!("top:{}px", row * ROW)}>
            <span class="timeline-label" title={format!("ThreadRun {number} ({name})")} onclick={link.callback(move |_: MouseEvent| Msg::Select(number))}>
                { format!("{number} {name}") }
            </span>
            <div class="timeline-bars" data-timeline-row={number.to_string()}>
                { for spans(&play.sitting, number).iter().map(|span| {
                    let (left, right) = (edge(span.from), edge(span.to));
                    let status = span.status.name();
                    let steps = if span.to == span.from + 1 {
                        format!("step {}", span.to)
                    } else {
                        format!("steps {} to {}", span.from + 1, span.to)
                    };
                    html! {
                        <span
                            class="timeline-bar"
                            key={span.from}
                            role="img"
                            aria-label={format!("{status}, {steps}")}
                            title={format!("ThreadRun {number} is {status}: {steps}")}
                            data-bar-status={status}
                            style={format!("left:{left:.3}%;width:{:.3}%", right - left)}
                        />
                    }
                }) }
            </div>
        </div>
    }
}
