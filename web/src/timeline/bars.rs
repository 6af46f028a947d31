//! A row for each ThreadRun: what its status was after each step.

use halter_engine::occurrence::What;
use halter_engine::state::{RunState, Status};
use halter_session::{Sitting, Step};
use yew::prelude::*;

use super::ROW;
use crate::model::{Model, Play};
use crate::msg::Msg;
use crate::sender::Sender;

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

/// Where a ThreadRun had the same status, in steps: 2.5 is the middle of the third.
#[derive(Debug, PartialEq)]
struct Span {
    status: Status,
    from: f64,
    to: f64,
}

/// The statuses that a ThreadRun went through within a step, in order.
fn passed(step: &Step, number: u32) -> Vec<Status> {
    let statuses = step.told.iter().filter_map(|told| match told.what {
        What::ThreadStatus { thread, status } if thread == number => Some(status),
        What::ThreadStarted { thread, .. } if thread == number => Some(Status::Running),
        _ => None,
    });
    statuses.collect()
}

/// A step in which a ThreadRun goes through several statuses is shared out among them: an interrupt that is over at once is
/// seen all the same.
fn spans(sitting: &Sitting, number: u32) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (index, step) in sitting.steps().iter().enumerate() {
        let Some(run) = step.state.thread(number) else {
            continue;
        };
        let over =
            spans.last().is_some_and(|last| last.status == run.status) && run.status.is_terminal();
        if over {
            // One step says so, and then there is nothing more.
            continue;
        }
        let mut statuses = passed(step, number);
        if statuses.last() != Some(&run.status) {
            statuses.push(run.status);
        }
        let parts = statuses.len() as f64;
        for (part, status) in statuses.into_iter().enumerate() {
            let (from, to) =
                (index as f64 + part as f64 / parts, index as f64 + (part + 1) as f64 / parts);
            match spans.last_mut() {
                Some(last) if last.status == status => last.to = to,
                _ => spans.push(Span { status, from, to }),
            }
        }
    }
    spans
}

pub(super) fn row(model: &Model, play: &Play, row: usize, edges: &[f64], sender: &Sender) -> Html {
    let number = row as u32;
    let run = last_state(&play.sitting).thread(number);
    let spec = run.and_then(|run| play.sitting.program().specs.get(usize::from(run.spec)));
    let name = spec.map_or("", |spec| &spec.name);
    let selected = model.selected() == number;
    let edge = |at: f64| {
        let step = at.floor();
        let edge = |step: usize| edges.get(step).copied().unwrap_or(1.0) * 100.0;
        let (left, right) = (edge(step as usize), edge(step as usize + 1));
        left + (right - left) * (at - step)
    };
    html! {
        <div class={classes!("timeline-row", selected.then_some("timeline-row--selected"))} key={row} style={format!("top:{}px", row * ROW)}>
            <span class="timeline-label" title={format!("ThreadRun {number} ({name})")} onclick={sender.callback(move |_: MouseEvent| Msg::Select(number))}>
                { format!("{number} {name}") }
            </span>
            <div class="timeline-bars" data-timeline-row={number.to_string()}>
                { for spans(&play.sitting, number).iter().map(|span| {
                    let (left, right) = (edge(span.from), edge(span.to));
                    let status = span.status.name();
                    let (first, last) = (span.from.floor() + 1.0, span.to.ceil());
                    let steps = if first >= last {
                        format!("step {last}")
                    } else {
                        format!("steps {first} to {last}")
                    };
                    html! {
                        <span
                            class="timeline-bar"
                            key={format!("{:.3}", span.from)}
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
