//! Many like children as one lane: how many are in which status, and a sign for each of them.

use std::fmt::Write as _;

use halter_engine::state::Status;
use halter_session::view::{RunView, ThreadView};
use yew::prelude::*;

use super::lane_props::{Props, place};
use super::lanes::{Fold, HEADING, PADDING};
use super::stack_size::{IN_A_ROW, PITCH, ROWS, size};
use super::{Msg, icon};

/// The lane of a stack.
pub(super) fn view(props: &Props, of: u32, numbers: &[u32], open: bool) -> Html {
    let spec = props.lane.spec;
    let name = props.layouts.get(spec as usize).map_or("", |layout| &*layout.name);
    let counts = counts(&props.run, numbers);
    let told: Vec<String> =
        counts.iter().map(|(status, count)| format!("{count} {}", status.name())).collect();
    let told = told.join(", ");
    let fold = Fold::Stack { of, spec };
    let tabindex = if props.active == Some(0) { "0" } else { "-1" };
    let verb = if open { "hide" } else { "show" };
    html! {
        <div class="lane lane--stack" style={place(&props.lane)} role="group" aria-label={format!("{} ThreadRuns {name}: {told}", numbers.len())}
            data-lane={props.index.to_string()} data-stack={name.to_owned()} data-stack-says={told.clone()}>
            <div class="lane-heading">
                <div class="lane-line">
                    <button type="button" class="lane-title" {tabindex} data-walk="0" aria-expanded={open.to_string()}
                        aria-label={format!("{} × {name}: {verb} each of them", numbers.len())}
                        onclick={props.sender.callback(move |_| Msg::Fold(fold))}>
                        { fold_sign(open) }{ format!("{} × ", numbers.len()) }<b>{ name }</b>
                    </button>
                    { for counts.iter().map(|(status, count)| html! {
                        <span class="stack-count" key={status.name()}>{ format!("{count} ") }{ icon::chip(*status) }</span>
                    }) }
                </div>
            </div>
            { signs(&props.run, numbers) }
        </div>
    }
}

/// Points down where something is open, and to the right where it is not.
pub(super) fn fold_sign(open: bool) -> Html {
    let shape = if open { "M-4 -2L0 3L4 -2" } else { "M-2 -4L3 0L-2 4" };
    html! { <svg class="fold-sign" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path class="stroke" d={shape} /></svg> }
}

fn members<'a>(run: &'a RunView, numbers: &'a [u32]) -> impl Iterator<Item = &'a ThreadView> {
    numbers.iter().filter_map(|number| run.threads.get(*number as usize))
}

/// The statuses that there are, in the order of a ThreadRun's life, and how many have them.
fn counts(run: &RunView, numbers: &[u32]) -> Vec<(Status, usize)> {
    let count = |status| members(run, numbers).filter(|thread| thread.status == status).count();
    let all = Status::ALL.into_iter().map(|status| (status, count(status)));
    all.filter(|(_, count)| *count > 0).collect()
}

/// One path for each status: a thousand ThreadRuns are a handful of elements.
fn signs(run: &RunView, numbers: &[u32]) -> Html {
    let shown = IN_A_ROW * ROWS;
    let mut paths = Status::ALL.map(|status| (status, String::new()));
    for (index, thread) in members(run, numbers).take(shown).enumerate() {
        let (x, y) = ((index % IN_A_ROW) as f64 * PITCH, (index / IN_A_ROW) as f64 * PITCH);
        if let Some((_, path)) = paths.iter_mut().find(|(status, _)| *status == thread.status) {
            // Writing to a String can't fail.
            let _ = write!(path, "M{x} {y}{}", sign(thread.status));
        }
    }
    let (width, height) = size(numbers.len());
    let more = numbers.len().saturating_sub(shown);
    html! {
        <svg class="stack-signs" style={format!("left:{PADDING}px;top:{HEADING}px")} width={width.to_string()} height={height.to_string()}
            aria-hidden="true" overflow="visible">
            { for paths.into_iter().filter(|(_, path)| !path.is_empty()).map(|(status, path)| html! {
                <path data-sign={status.name()} d={path} />
            }) }
            if more > 0 { <text x={(width + 8.0).to_string()} y={(height - 4.0).to_string()}>{ format!("and {more} more") }</text> }
        </svg>
    }
}

/// From its upper left corner, 9 pixels wide and high: each differs from the others by shape.
fn sign(status: Status) -> &'static str {
    match status {
        Status::Starting | Status::Running => "h9v9h-9z",
        Status::Halting => "m0 9l4.5 -9l4.5 9z",
        Status::Halted => "h3v9h-3zm6 0h3v9h-3z",
        Status::Completed => "m4.5 2l2.5 2.5l-2.5 2.5l-2.5 -2.5z",
        Status::Error => "l9 9m0 -9l-9 9",
        Status::Exception => "h9l-9 9h9",
    }
}
