//! Many like children as one lane: how many are in which status, and a sign for each of them.

use halter_picture::stack;
use halter_session::view::RunView;
use yew::prelude::*;

use super::lane_props::{Props, place};
use super::lanes::Fold;
use super::{Msg, icon};

/// The lane of a stack.
pub(super) fn view(props: &Props, of: u32, numbers: &[u32], open: bool) -> Html {
    let spec = props.lane.spec;
    let name = props.layouts.get(spec as usize).map_or("", |layout| &*layout.name);
    let counts = stack::counts(&props.run, numbers);
    let told: Vec<String> =
        counts.iter().map(|(status, count)| format!("{count} {}", status.name())).collect();
    let told = told.join(", ");
    let fold = Fold::Stack { of, spec };
    let tabindex = if props.active == Some(0) { "0" } else { "-1" };
    let (left, top) = props.lane.nodes;
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
            { signs(&props.run, numbers, &format!("left:{left}px;top:{top}px")) }
        </div>
    }
}

/// Points down where something is open, and to the right where it is not.
pub(super) fn fold_sign(open: bool) -> Html {
    let shape = if open { "M-4 -2L0 3L4 -2" } else { "M-2 -4L3 0L-2 4" };
    html! { <svg class="fold-sign" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path class="stroke" d={shape} /></svg> }
}

fn signs(run: &RunView, numbers: &[u32], place: &str) -> Html {
    let (paths, more) = stack::signs(run, numbers);
    let (width, height) = stack::size(numbers.len());
    html! {
        <svg class="stack-signs" style={place.to_owned()} width={width.to_string()} height={height.to_string()}
            aria-hidden="true" overflow="visible">
            { for paths.into_iter().map(|(status, path)| html! { <path data-sign={status.name()} d={path} /> }) }
            if more > 0 { <text x={(width + 8.0).to_string()} y={(height - 4.0).to_string()}>{ format!("and {more} more") }</text> }
        </svg>
    }
}
