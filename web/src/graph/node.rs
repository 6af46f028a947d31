//! The nodes of a lane, their edges, and the token.

use halter_picture::visits::{self, Corner};
use halter_session::view::{NodeRunView, ThreadView};
use yew::prelude::*;

use super::Unreached;
use super::icon;
use super::layout::{NodeBox, PILL_LINE, Pill, Shape, SpecLayout};

/// How many earlier visits of one node are drawn.
const VISITS_SHOWN: usize = 8;

/// The edges that are in view; those that the thread took are stronger.
pub(super) fn edges(
    layout: &SpecLayout,
    thread: Option<&ThreadView>,
    in_view: &dyn Fn(f64, f64) -> bool,
) -> Html {
    let taken = visits::taken(thread);
    html! {
        <>
        <g class="edges" aria-hidden="true">
            { for layout.edges.iter().filter(|edge| in_view(edge.left, edge.right)).map(|edge| {
                let class = classes!(
                    "edge",
                    edge.conditional.then_some("edge--conditional"),
                    taken.contains(&(edge.from, edge.to)).then_some("edge--taken"),
                );
                html! { <path {class} d={edge.path.clone()} /> }
            }) }
        </g>
        <g class="pills">
            { for layout.edges.iter().filter(|edge| in_view(edge.left, edge.right)).filter_map(|edge| {
                let taken = taken.contains(&(edge.from, edge.to));
                edge.pill.as_ref().map(|of| pill(of, taken))
            }) }
        </g>
        </>
    }
}

/// Changes of variables, on their edge.
fn pill(pill: &Pill, taken: bool) -> Html {
    let (left, top) = (-pill.width / 2.0, -pill.height / 2.0);
    html! {
        <g class={classes!("pill", taken.then_some("pill--taken"))} role="img" aria-label={format!("Changes {}", pill.whole)} data-pill={pill.whole.clone()}
            transform={format!("translate({:.1} {:.1})", pill.x, pill.y)}>
            <title>{ &pill.whole }</title>
            <rect x={format!("{left:.1}")} y={format!("{top:.1}")} width={format!("{:.1}", pill.width)} height={format!("{:.1}", pill.height)} rx="9" />
            { for pill.lines.iter().enumerate().map(|(index, line)| html! {
                <text x={format!("{:.1}", left + 9.0)} y={format!("{:.1}", top + 14.0 + index as f64 * PILL_LINE)}>{ line }</text>
            }) }
        </g>
    }
}

/// What is drawn of a lane's nodes beside the nodes themselves.
#[derive(Clone, Copy)]
pub(super) struct Marks<'a> {
    /// The node that is pointed at in the text.
    pub(super) pointed: Option<&'a str>,
    /// The number of the first node among the places of the lane that can be walked to.
    pub(super) first: usize,
    /// The place of the lane that Tab reaches.
    pub(super) active: Option<usize>,
    /// What no run reaches, and the ThreadSpec that these nodes are of.
    pub(super) unreached: Option<&'a Unreached>,
    pub(super) spec: u16,
    /// Whether what reaches from one place to another, in pixels from the first node's left, is in view.
    pub(super) in_view: &'a dyn Fn(f64, f64) -> bool,
}

/// The nodes, and the token at the current one.
pub(super) fn nodes(
    layout: &SpecLayout,
    thread: Option<&ThreadView>,
    marks: Marks<'_>,
    chosen: &Callback<u16>,
) -> Html {
    let visits = visits::visits(layout, thread);
    html! {
        <>
            { for (0..).zip(layout.nodes.iter().zip(&visits)).filter_map(|(index, (place, visits))| {
                let half = place.width / 2.0;
                // The node that Tab reaches is there, also while it is out of view.
                let shown = (marks.in_view)(place.x - half, place.x + half)
                    || marks.active == Some(marks.first + usize::from(index));
                shown.then(|| drawn(place, index, visits, thread, marks, chosen))
            }) }
            { thread.map(|thread| token(layout, thread)) }
        </>
    }
}

fn drawn(
    place: &NodeBox,
    index: u16,
    visits: &[&NodeRunView],
    thread: Option<&ThreadView>,
    marks: Marks<'_>,
    chosen: &Callback<u16>,
) -> Html {
    let latest = visits.last();
    let delays = latest.is_some_and(|run| run.delays);
    let mark = visits::corner(thread, latest.copied()).map(|corner| match corner {
        Corner::Delays => icon::delaying(),
        Corner::Status(status) => icon::mark(status),
    });
    let corner = visits::corner_of(place);
    let at = format!("translate({:.1} {:.1})", place.x, place.y);
    let id = |run: &NodeRunView| thread.map(|of| format!("{}.{}", of.key(), run.position));
    // It begins with what is written on it, so that somebody who speaks to the page finds it by that.
    let written = format!("{} {}", place.kind, place.label);
    let unreached = marks.unreached.and_then(|all| all.get(&(marks.spec, index)));
    let text = match (latest, unreached) {
        (Some(run), _) => format!("{written}. {}. {}", run.text, visited(visits.len())),
        (None, Some(why)) => format!("{written}. {why}"),
        (None, None) => written,
    };
    let walk = marks.first + usize::from(index);
    let onclick = chosen.reform(move |_: MouseEvent| index);
    let tabindex = if marks.active == Some(walk) { "0" } else { "-1" };
    html! {
        <g
            class={classes!("node", shape_class(place.shape))}
            transform={at}
            role={if thread.is_some() { "button" } else { "img" }}
            tabindex={thread.map(|_| tabindex)}
            onclick={thread.map(|_| onclick)}
            aria-label={text.clone()}
            data-walk={thread.map(|_| walk.to_string())}
            data-node={place.name.clone()}
            data-pointed={(marks.pointed == Some(&place.name)).then_some("true")}
            data-node-run={latest.and_then(|run| id(run))}
            data-status={latest.map(|run| run.status.name())}
            data-unreached={unreached.is_some().then_some("true")}
            data-delays={delays.then_some("true")}
        >
            <title>{ format!("{} ({})", text, place.name) }</title>
            { shape(place) }
            { mark.map(|mark| html! {
                <g class="node-mark" transform={format!("translate({:.1} {:.1})", corner.0, corner.1)}>{ mark }</g>
            }) }
            { earlier(place, visits, &id) }
        </g>
    }
}

fn visited(times: usize) -> String {
    if times > 1 { format!("Visited {times} times.") } else { String::new() }
}

fn earlier(
    place: &NodeBox,
    visits: &[&NodeRunView],
    id: &dyn Fn(&NodeRunView) -> Option<String>,
) -> Html {
    let Some((_, earlier)) = visits.split_last().filter(|(_, earlier)| !earlier.is_empty()) else {
        return Html::default();
    };
    let shown = earlier.get(earlier.len().saturating_sub(VISITS_SHOWN)..).unwrap_or_default();
    let left = -(shown.len() as f64 - 1.0) * 4.0;
    html! {
        <g class="visits" aria-hidden="true">
            { for shown.iter().enumerate().map(|(index, run)| html! {
                <circle
                    cx={format!("{:.1}", left + index as f64 * 8.0)}
                    cy={format!("{:.1}", place.height / 2.0 + 4.5)}
                    r="2.5"
                    data-node-run={id(run)}
                    data-status={run.status.name()}
                />
            }) }
        </g>
    }
}

fn shape_class(shape: Shape) -> &'static str {
    match shape {
        Shape::Start => "node--start",
        Shape::End => "node--end",
        Shape::Fail => "node--fail",
        Shape::Branch => "node--branch",
        Shape::Box => "node--box",
    }
}

fn shape(place: &NodeBox) -> Html {
    match place.shape {
        Shape::Start => html! { <circle class="node-shape" r="9" /> },
        Shape::End => html! {
            <><circle class="node-shape" r="11" /><circle class="node-core" r="5.5" /></>
        },
        Shape::Branch => html! { <path class="node-shape" d="M0 -13L13 0L0 13L-13 0Z" /> },
        Shape::Fail | Shape::Box => {
            let (width, height) = (place.width, place.height);
            let left = -width / 2.0;
            html! {
                <>
                    <rect
                        class="node-shape"
                        x={format!("{left:.1}")}
                        y={format!("{:.1}", -height / 2.0)}
                        width={format!("{width:.1}")}
                        height={format!("{height:.1}")}
                        rx="10"
                    />
                    <g class="node-icon" transform={format!("translate({:.1} 0)", left + 18.0)}>{ icon::of(place.icon) }</g>
                    <text class="node-kind" x={format!("{:.1}", left + 34.0)} y="-6">{ place.kind }{ " " }</text>
                    <text class="node-label" x={format!("{:.1}", left + 34.0)} y="11">{ place.short.clone() }</text>
                </>
            }
        }
    }
}

/// Where the thread is. It glides from node to node, unless the system asks for less motion.
fn token(layout: &SpecLayout, thread: &ThreadView) -> Html {
    let Some((x, y)) = visits::token(layout, thread) else {
        return Html::default();
    };
    let at = format!("transform:translate({x:.1}px,{y:.1}px)");
    html! {
        <g class="token" style={at} key="token" aria-hidden="true" data-token={thread.status.name()}>
            <circle r="8" />
            { icon::token(thread.status) }
        </g>
    }
}
