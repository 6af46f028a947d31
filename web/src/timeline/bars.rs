//! A row for each ThreadRun: what its status was after each step.

use halter_picture::bars::{Row, at, spans};
use yew::prelude::*;

use super::ROW;
use crate::model::{Model, Play};
use crate::msg::Msg;
use crate::sender::Sender;

pub(super) fn row(
    model: &Model,
    play: &Play,
    (row, of): (usize, &Row),
    edges: &[f64],
    sender: &Sender,
) -> Html {
    let (number, name) = (of.number, &of.spec);
    let key = &of.key;
    let selected = model.selected() == number;
    let edge = |place: f64| at(edges, place) * 100.0;
    html! {
        <div class={classes!("timeline-row", selected.then_some("timeline-row--selected"))} key={row} style={format!("top:{}px", row * ROW)}>
            <span class="timeline-label" title={format!("ThreadRun {key} ({name})")} onclick={sender.callback(move |_: MouseEvent| Msg::Select(number))}>
                { of.label() }
            </span>
            <div class="timeline-bars" data-timeline-row={key.clone()}>
                { for spans(&play.sitting, of).iter().map(|span| {
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
                            title={format!("ThreadRun {key} is {status}: {steps}")}
                            data-bar-status={status}
                            style={format!("left:{left:.3}%;width:{:.3}%", right - left)}
                        />
                    }
                }) }
            </div>
        </div>
    }
}
