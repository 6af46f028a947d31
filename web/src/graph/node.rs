//! The nodes of a lane, their edges, and the token.

use halter_engine::program::{Node, NodeKind};
use halter_engine::state::Status;
use halter_session::view::{NodeRunView, ThreadView};
use yew::prelude::*;

use super::icon;
use super::layout::{NodeBox, SpecLayout};
use crate::model::Play;

/// How many earlier visits of one node are drawn.
const VISITS_SHOWN: usize = 8;

/// The edges; those that the thread took are stronger.
pub(super) fn edges(layout: &SpecLayout, thread: Option<&ThreadView>) -> Html {
    let taken: Vec<(u16, u16)> = thread
        .map(|thread| {
            thread
                .node_runs
                .windows(2)
                .filter_map(|pair| match pair {
                    [from, to] => Some((from.node, to.node)),
                    _ => None,
                })
                .collect()
        })
        .unwrap_or_default();
    html! {
        <g class="edges" aria-hidden="true">
            { for layout.edges.iter().map(|edge| {
                let class = classes!(
                    "edge",
                    edge.conditional.then_some("edge--conditional"),
                    taken.contains(&(edge.from, edge.to)).then_some("edge--taken"),
                );
                html! { <path {class} d={edge.path.clone()} /> }
            }) }
        </g>
    }
}

/// The nodes, and the token at the current one.
pub(super) fn nodes(
    play: &Play,
    spec: u16,
    layout: &SpecLayout,
    thread: Option<&ThreadView>,
) -> Html {
    let program = play.sitting.program();
    let Some(spec) = program.specs.get(spec as usize) else {
        return Html::default();
    };
    let mut visits: Vec<Vec<&NodeRunView>> = vec![Vec::new(); spec.nodes.len()];
    for run in thread.iter().flat_map(|thread| &thread.node_runs) {
        if let Some(visits) = visits.get_mut(run.node as usize) {
            visits.push(run);
        }
    }
    let number = thread.map(|thread| thread.number);
    // Where the token is, it shows the status by itself.
    let current = thread
        .filter(|thread| has_token(thread))
        .and_then(|thread| thread.node_runs.last());
    let current = current.map(|run| run.position);
    let pointed = play.pointed.as_ref();
    let pointed = pointed.filter(|(thread, _)| **thread == *spec.name);
    html! {
        <>
            { for spec.nodes.iter().zip(&layout.nodes).zip(&visits).map(|((node, place), visits)| {
                let pointed = pointed.is_some_and(|(_, name)| **name == *node.name);
                drawn(node, place, visits, number, current, pointed)
            }) }
            { thread.map(|thread| token(layout, thread)) }
        </>
    }
}

fn drawn(
    node: &Node,
    place: &NodeBox,
    visits: &[&NodeRunView],
    thread: Option<u32>,
    current: Option<u32>,
    pointed: bool,
) -> Html {
    let latest = visits.last();
    let marked = latest.filter(|run| current != Some(run.position));
    let at = format!("translate({:.1} {:.1})", place.x, place.y);
    let id = |run: &NodeRunView| thread.map(|thread| format!("{thread}.{}", run.position));
    let text = match latest {
        Some(run) => format!("{}. {}", run.text, visited(visits.len())),
        None => format!("{} {}", place.kind, place.label),
    };
    html! {
        <g
            class={classes!("node", shape_class(node))}
            transform={at}
            role="img"
            aria-label={text.clone()}
            data-node={node.name.to_string()}
            data-pointed={pointed.then_some("true")}
            data-node-run={latest.and_then(|run| id(run))}
            data-status={latest.map(|run| run.status.name())}
        >
            <title>{ format!("{} ({})", text, node.name) }</title>
            { shape(node, place) }
            { marked.and_then(|run| icon::mark(run.status)).map(|mark| html! {
                <g class="node-mark" transform={format!("translate({:.1} {:.1})", place.width / 2.0 - 3.0, 2.0 - place.height / 2.0)}>{ mark }</g>
            }) }
            { earlier(place, visits, &id) }
        </g>
    }
}

fn visited(times: usize) -> String {
    if times > 1 {
        format!("Visited {times} times.")
    } else {
        String::new()
    }
}

fn earlier(
    place: &NodeBox,
    visits: &[&NodeRunView],
    id: &dyn Fn(&NodeRunView) -> Option<String>,
) -> Html {
    let Some((_, earlier)) = visits
        .split_last()
        .filter(|(_, earlier)| !earlier.is_empty())
    else {
        return Html::default();
    };
    let shown = earlier
        .get(earlier.len().saturating_sub(VISITS_SHOWN)..)
        .unwrap_or_default();
    let left = -(shown.len() as f64 - 1.0) * 4.0;
    html! {
        <g class="visits" aria-hidden="true">
            { for shown.iter().enumerate().map(|(index, run)| html! {
                <circle
                    cx={format!("{:.1}", left + index as f64 * 8.0)}
                    cy={format!("{:.1}", place.height / 2.0 + 7.0)}
                    r="2.5"
                    data-node-run={id(run)}
                    data-status={run.status.name()}
                />
            }) }
        </g>
    }
}

fn shape_class(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Entrypoint => "node--start",
        NodeKind::Exit { failure: None, .. } => "node--end",
        NodeKind::Exit { .. } => "node--fail",
        NodeKind::Nop => "node--branch",
        _ => "node--box",
    }
}

fn shape(node: &Node, place: &NodeBox) -> Html {
    match node.kind {
        NodeKind::Entrypoint => html! { <circle class="node-shape" r="9" /> },
        NodeKind::Exit { failure: None, .. } => html! {
            <><circle class="node-shape" r="11" /><circle class="node-core" r="5.5" /></>
        },
        NodeKind::Nop => html! { <path class="node-shape" d="M0 -13L13 0L0 13L-13 0Z" /> },
        _ => {
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
                    <g class="node-icon" transform={format!("translate({:.1} 0)", left + 18.0)}>{ icon::of(&node.kind) }</g>
                    <text class="node-kind" x={format!("{:.1}", left + 34.0)} y="-6">{ place.kind }</text>
                    <text class="node-label" x={format!("{:.1}", left + 34.0)} y="11">{ place.short.clone() }</text>
                </>
            }
        }
    }
}

/// Where the thread is. It glides from node to node, unless the system asks for less motion.
fn token(layout: &SpecLayout, thread: &ThreadView) -> Html {
    let Some(run) = thread.node_runs.last() else {
        return Html::default();
    };
    let Some(place) = layout.nodes.get(run.node as usize) else {
        return Html::default();
    };
    if !has_token(thread) {
        return Html::default();
    }
    let (x, y) = if place.short.is_empty() {
        (place.x, place.y)
    } else {
        (
            place.x - place.width / 2.0 + 18.0,
            place.y - place.height / 2.0,
        )
    };
    let at = format!("transform:translate({x:.1}px,{y:.1}px)");
    html! {
        <g class="token" style={at} key="token" aria-hidden="true" data-token={thread.status.name()}>
            <circle r="8" />
            { icon::token(thread.status) }
        </g>
    }
}

/// A thread that completed is nowhere any more.
fn has_token(thread: &ThreadView) -> bool {
    thread.status != Status::Completed
}
