//! One lane: a heading in words, and the ThreadSpec's nodes.

use halter_session::view::{RunView, ThreadView};
use halter_session::wf_runs;
use halter_session::why::Subject;
use yew::prelude::*;

use super::chips::At;
use super::chips_view::ChipsView;
use super::lane_props::{Props, place};
use super::lanes::{self, Fold, Headings, Who};
use super::node::{self, Marks};
use super::viewport::Detail;
use super::{Msg, icon, stack};
use crate::draw::{self, Slot};
use crate::msg;

/// How many of the handlers that had a lane's place before are named.
const EARLIER_SHOWN: usize = 6;

#[component]
pub(super) fn LaneView(props: &Props) -> Html {
    match (&props.lane.who, props.thread()) {
        (Who::Thread { earlier, .. }, Some(thread)) => thread_lane(props, thread, earlier),
        (Who::Thread { .. }, None) => Html::default(),
        (Who::Handler { name, of, .. }, _) => {
            let of = wf_runs::own_number(*of).1;
            let note = format!("Runs here when event {name} interrupts ThreadRun {of}.");
            kept_lane(props, "Handler", &note)
        }
        (Who::Stack { of, numbers, open }, _) => stack::view(props, *of, numbers, *open),
        (Who::Entrypoint, _) => kept_lane(props, "Entrypoint", "Run the workflow to start it."),
    }
}

/// A place that is kept for a thread.
fn kept_lane(props: &Props, role: &str, note: &str) -> Html {
    let layout = props.layouts.get(props.lane.spec as usize);
    let name = layout.map_or("", |layout| &*layout.name);
    let tabindex = if props.active == Some(0) { "0" } else { "-1" };
    html! {
        <div class={classes!("lane", "lane--kept", beside(props))} style={place(&props.lane)} role="group" tabindex={tabindex} data-walk="0" data-lane={props.index.to_string()}
            data-draw-thread={props.drawn_thread()} aria-label={format!("{role} {name}. {note}")}>
            <div class="lane-heading">
                <div class="lane-line"><span class="lane-names"><span class="lane-title">{ role }{ " " }<b>{ name }</b></span>{ interrupt(props) }</span></div>
                { above(props, note) }
            </div>
            { behind(props, note) }
            { nodes(props, None, 1) }
            { slots(props) }
        </div>
    }
}

fn thread_lane(props: &Props, thread: &ThreadView, earlier: &[u32]) -> Html {
    let number = thread.number;
    let reasons: Vec<&str> = thread.reasons.iter().map(|reason| reason.name).collect();
    let message = match &thread.event {
        Some(event) if props.lane.folded => format!("It handled {event}."),
        _ if thread.failed.is_empty() => thread.waits.clone(),
        _ => thread.failed.clone(),
    };
    let class = classes!(
        "lane",
        thread.changed.then_some("lane--changed"),
        props.lane.folded.then_some("lane--folded"),
        beside(props),
        props.selected.then_some("lane--selected")
    );
    html! {
        <div
            {class}
            style={place(&props.lane)}
            role="group"
            aria-label={thread.text.clone()}
            data-lane={props.index.to_string()}
            data-thread-run={thread.key()}
            data-status={thread.status.name()}
            data-halt-reasons={reasons.join(" ")}
            data-thread-type={thread.kind.name()}
            data-draw-thread={props.drawn_thread()}
        >
            <div class="lane-heading">
                <div class="lane-line">
                    <span class="lane-names">
                        <button
                            type="button"
                            class="lane-title"
                            tabindex={tabindex(props, 0)}
                            data-walk="0"
                            aria-pressed={props.selected.to_string()}
                            onclick={props.sender.callback(move |_| msg::Msg::Select(number))}
                        >
                            <span class="lane-word">{ "ThreadRun " }</span>{ format!("{} ", thread.own_number) }<b>{ thread.spec_name.clone() }</b>
                        </button>
                        if let Some(event) = thread.event.as_ref().filter(|_| !props.lane.folded && !props.lane.named_above) {
                            <span class="lane-event" title={format!("Handles {event}")}>{ event.clone() }</span>
                        }
                        { delays(thread) }
                        { interrupt(props) }
                        { chips(props, thread, At::Lane) }
                    </span>
                    <span class="lane-states">
                        { asking(props, 1, &format!("Why is {} {}?", thread.name(), thread.status.name()), icon::chip(thread.status),
                            msg::Msg::Ask(Subject::Thread(number))) }
                        { reasons_of(props, thread) }
                        { fold(props, thread) }
                        { earlier_handlers(&props.run, earlier) }
                    </span>
                </div>
                { above(props, &message) }
            </div>
            { behind(props, &message) }
            if !props.lane.folded {
                { nodes(props, Some(thread), first_node(thread)) }
                { chips_at_node(props, thread) }
                { slots(props) }
            }
        </div>
    }
}

fn beside(props: &Props) -> Option<&'static str> {
    matches!(props.lane.heading, Headings::Beside(_)).then_some("lane--beside")
}

/// What a lane says in a sentence: behind its heading, where that is above the nodes.
fn above(props: &Props, sentence: &str) -> Html {
    match props.lane.heading {
        Headings::Above => waits(sentence),
        Headings::Beside(_) => Html::default(),
    }
}

/// The same behind the nodes, where the heading is beside them.
fn behind(props: &Props, sentence: &str) -> Html {
    match (props.lane.heading, props.layouts.get(props.lane.spec as usize)) {
        (Headings::Beside(_), Some(layout)) => {
            let left = props.lane.nodes.0 + layout.width;
            html! { <div class="lane-behind" style={format!("left:{left:.0}px")}>{ waits(sentence) }</div> }
        }
        (Headings::Above, _) | (Headings::Beside(_), None) => Html::default(),
    }
}

fn waits(sentence: &str) -> Html {
    html! { <p class="lane-waits" title={sentence.to_owned()}>{ sentence }</p> }
}

/// Where Tab reaches what is drawn with: in the lane that is looked at, and in those that no run has yet.
fn drawing_tabindex(props: &Props) -> &'static str {
    if props.selected || props.thread().is_none() { "0" } else { "-1" }
}

/// What begins an interrupt of this thread, while somebody draws.
fn interrupt(props: &Props) -> Html {
    props.drawn_on().map_or_else(Html::default, |thread| {
        draw::slot::interrupt(&thread, drawing_tabindex(props), &props.sender)
    })
}

/// The edges on which a step can be put, while somebody draws.
fn slots(props: &Props) -> Html {
    let layout = props.layouts.get(props.lane.spec as usize);
    let (Some(thread), Some(layout)) = (props.drawn_on(), layout) else {
        return Html::default();
    };
    let (left, top) = props.lane.nodes;
    let slots = layout.edges.iter().filter_map(|edge| {
        let node = |index: u16| Some(layout.nodes.get(usize::from(index))?.name.clone());
        let slot = Slot { thread: thread.clone(), from: node(edge.from)?, to: node(edge.to)? };
        let at = (left + edge.middle.0, top + edge.middle.1);
        Some(draw::slot::view(&slot, at, drawing_tabindex(props), &props.sender))
    });
    html! { <div class="slots">{ for slots }</div> }
}

/// What can be done there.
fn chips(props: &Props, thread: &ThreadView, at: At) -> Html {
    if props.chips.iter().all(|chip| chip.at != at) {
        return Html::default();
    }
    html! { <ChipsView chips={props.chips.clone()} {at} name={thread.name()} sender={props.sender.clone()} /> }
}

/// They hang on the lower edge of the node that the thread is at, beside the event that interrupted it there.
fn chips_at_node(props: &Props, thread: &ThreadView) -> Html {
    let layout = props.layouts.get(props.lane.spec as usize);
    let node = thread.node_runs.last();
    let node = node.zip(layout).and_then(|(run, layout)| layout.nodes.get(run.node as usize));
    let Some(node) = node.filter(|_| props.detail == Detail::Near) else {
        return Html::default();
    };
    let ((left, top), (aside, beneath)) = (props.lane.nodes, node.foot());
    let (left, top) = (left + aside, top + beneath);
    html! {
        <div class="node-chips" style={format!("left:{left}px;top:{top}px")}>
            if let Some(event) = &props.lane.interrupted_by {
                <span class="lane-event" title={format!("Interrupted by {event}")}>{ event.clone() }</span>
            }
            { chips(props, thread, At::Node) }
        </div>
    }
}

/// The place behind title, status and halt reasons.
fn behind_reasons(thread: &ThreadView) -> usize {
    2 + thread.reasons.len()
}

/// The place of a lane's first node: title, status, halt reasons and the button that folds it come before.
pub(super) fn first_node(thread: &ThreadView) -> usize {
    behind_reasons(thread) + usize::from(lanes::is_foldable(thread))
}

/// Folds the lane of a handler that completed, or opens it.
fn fold(props: &Props, thread: &ThreadView) -> Html {
    if !lanes::is_foldable(thread) {
        return Html::default();
    }
    let number = thread.number;
    let open = !props.lane.folded;
    let place = behind_reasons(thread);
    let verb = if open { "Hide" } else { "Show" };
    let name = format!("{verb} the nodes of {}", thread.name());
    html! {
        <button type="button" class="asking fold" tabindex={tabindex(props, place)} data-walk={place.to_string()} aria-expanded={open.to_string()}
            aria-label={name.clone()} title={name} onclick={props.sender.callback(move |_| Msg::Fold(Fold::Handler(number)))}>
            { stack::fold_sign(open) }
        </button>
    }
}

fn tabindex(props: &Props, place: usize) -> &'static str {
    if props.active == Some(place) { "0" } else { "-1" }
}

/// A button that asks why, at this place of the lane.
fn asking(props: &Props, place: usize, question: &str, what: Html, msg: msg::Msg) -> Html {
    html! {
        <button
            type="button"
            class="asking"
            tabindex={tabindex(props, place)}
            data-walk={place.to_string()}
            aria-label={question.to_owned()}
            title={question.to_owned()}
            onclick={props.sender.callback(move |_| msg.clone())}
        >{ what }</button>
    }
}

/// The halt reasons, each a question.
fn reasons_of(props: &Props, thread: &ThreadView) -> Html {
    let number = thread.number;
    let reasons = thread.reasons.iter().enumerate().map(|(index, reason)| {
        let other = reason.thread.map_or_else(String::new, |other| format!(" · {other}"));
        let short = format!("{}{other}", reason.name);
        let question = format!("Why {short} at {}? {}", thread.name(), reason.sentence);
        let badge = html! { <span class="reason">{ short }</span> };
        let msg = Msg::AskReason(number, index);
        asking(props, 2 + index, &question, badge, msg.into())
    });
    html! { <>{ for reasons }</> }
}

/// Whom it keeps from being HALTED.
fn delays(thread: &ThreadView) -> Html {
    let others: Vec<String> = thread
        .delays
        .iter()
        .filter(|other| **other != thread.number)
        .map(|other| wf_runs::own_number(*other).1.to_string())
        .collect();
    if others.is_empty() {
        return Html::default();
    }
    let others = others.join(", ");
    let title = format!(
        "It delays ThreadRun {others}: the parent is HALTED only when its children are (R-HALTED)."
    );
    html! {
        <span class="delays" data-delays={others.clone()} {title}>
            { format!("delays ThreadRun {others}") }
        </span>
    }
}

fn earlier_handlers(run: &RunView, earlier: &[u32]) -> Html {
    let Some(first) =
        earlier.len().checked_sub(EARLIER_SHOWN).or(Some(0)).filter(|_| !earlier.is_empty())
    else {
        return Html::default();
    };
    html! {
        <span class="earlier">
            { format!("{} before: ", earlier.len()) }
            { for earlier.get(first..).unwrap_or_default().iter().filter_map(|number| {
                let thread = run.thread(*number)?;
                Some(html! {
                    <span
                        class="earlier-one"
                        role="img"
                        aria-label={thread.text.clone()}
                        title={thread.text.clone()}
                        data-thread-run={thread.key()}
                        data-status={thread.status.name()}
                        data-halt-reasons=""
                    >
                        { thread.own_number }
                    </span>
                })
            }) }
        </span>
    }
}

/// The nodes; the first of them is at this place of the lane.
fn nodes(props: &Props, thread: Option<&ThreadView>, first: usize) -> Html {
    let layout = props.layouts.get(props.lane.spec as usize);
    let Some(layout) = layout.filter(|_| props.detail != Detail::Far) else {
        return Html::default();
    };
    let number = thread.map_or(0, |thread| thread.number);
    let chosen = props.sender.callback(move |node| Msg::ChooseNode(number, node));
    let (aside, top) = props.lane.nodes;
    let left = props.lane.x + aside;
    let in_view =
        |from: f64, to: f64| props.across.is_none_or(|across| across.meets(left + from, left + to));
    let marks = Marks {
        pointed: props.pointed.as_deref(),
        first,
        active: props.active,
        in_view: &in_view,
        unreached: props.unreached.as_deref(),
        spec: props.lane.spec,
    };
    let style = format!("left:{aside}px;top:{top}px");
    html! {
        <svg
            class="nodes"
            style={style}
            width={layout.width.to_string()}
            height={layout.height.to_string()}
            role="group"
            aria-label="Nodes"
            overflow="visible"
        >
            { node::edges(layout, thread, &in_view) }
            { node::nodes(layout, thread, marks, &chosen) }
        </svg>
    }
}
