//! All states as a map, in the place of the graph: states with the same statuses are one box, commands lead from one to another.

use std::rc::Rc;

use gloo_utils::document;
use halter_explorer_worker::messages::{Group, Map};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::map_layout::{GroupBox, LINES, MapLayout};
use super::{Msg, Outcome, Shown, answers, words};
use crate::model::Model;
use crate::sender::Sender;

/// Ways that are told of a group, in each direction.
const WAYS: usize = 4;

/// States of a group that can be gone to one by one.
const STATES: usize = 40;

/// The map, if one is open.
pub(crate) fn view(model: &Model, sender: &Sender) -> Option<Html> {
    let side = model.explore.map?;
    let outcome = model.explore.outcome(&model.source.text)?;
    outcome.found.get(side)?;
    Some(html! { <StateMap outcome={Rc::clone(outcome)} {side} sender={sender.clone()} /> })
}

#[derive(Properties, Clone)]
struct Props {
    outcome: Rc<Outcome>,
    side: usize,
    sender: Sender,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.outcome, &other.outcome) && self.side == other.side
    }
}

#[component]
fn StateMap(props: &Props) -> Html {
    let active = use_state(|| 0);
    let outcome = Rc::clone(&props.outcome);
    let side = props.side;
    let layout = use_memo((Rc::as_ptr(&props.outcome), side), |_| {
        outcome.found.get(side).map(|found| MapLayout::of(&found.map)).unwrap_or_default()
    });
    let Some(found) = props.outcome.found.get(side) else {
        return Html::default();
    };
    let map = &found.map;
    let chosen = (*active).min(map.groups.len().saturating_sub(1));
    let keys = {
        let (active, layout) = (active.clone(), Rc::clone(&layout));
        Callback::from(move |event: KeyboardEvent| {
            let (columns, rows) = match &*event.key() {
                "ArrowLeft" => (-1, 0),
                "ArrowRight" => (1, 0),
                "ArrowUp" => (0, -1),
                "ArrowDown" => (0, 1),
                _ => return,
            };
            event.prevent_default();
            let next = layout.beside(chosen, columns, rows);
            active.set(next);
            focus(next);
        })
    };
    let sender = &props.sender;
    html! {
        <section class="panel graph state-map" aria-labelledby="map-title">
            <div class="graph-head">
                <h2 id="map-title" class="panel-title">{ "All states" }</h2>
                <p class="map-about">{ about(map, found.far.states) }</p>
                <button type="button" class="quiet" onclick={sender.callback(|_| Msg::Map(None))}>{ "Back to the stage" }</button>
            </div>
            <div class="map-ground" role="group" aria-label="States by the statuses of their ThreadRuns: arrow keys go from one to the next, Enter shows it on the stage" onkeydown={keys}>
                <div class="map-all" style={format!("width:{}px;height:{}px", layout.width, layout.height)}>
                    <svg class="map-ways" width={layout.width.to_string()} height={layout.height.to_string()} aria-hidden="true">
                        { for map.ways.iter().zip(&layout.paths).map(|(way, path)| {
                            let class = classes!("map-way", (way.from == chosen).then_some("map-way--out"), (way.to == chosen).then_some("map-way--in"));
                            html! { <path {class} d={path.clone()} /> }
                        }) }
                    </svg>
                    { for map.groups.iter().zip(&layout.places).enumerate().map(|(index, (group, place))| {
                        let active = active.clone();
                        boxed(index, group, *place, index == chosen, side, &Callback::from(move |()| active.set(index)), sender)
                    }) }
                </div>
            </div>
            { details(map, chosen, side, sender) }
        </section>
    }
}

fn about(map: &Map, states: usize) -> String {
    let more = match map.left_out {
        0 => String::new(),
        left_out => format!(
            " {} farther away are not shown.",
            words::count(left_out, "combination", "combinations")
        ),
    };
    format!(
        "{} in {}.{more}",
        words::count(states, "state", "states"),
        words::count(map.groups.len(), "combination of statuses", "combinations of statuses")
    )
}

fn focus(group: usize) {
    let found = document().get_element_by_id(&format!("map-group-{group}"));
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn boxed(
    index: usize,
    group: &Group,
    place: GroupBox,
    chosen: bool,
    side: usize,
    choose: &Callback<()>,
    sender: &Sender,
) -> Html {
    let first = group.first;
    let all = words::statuses(group);
    let style = format!("left:{}px;top:{}px;height:{}px", place.x, place.y, place.height);
    let on = |choose: &Callback<()>| choose.clone();
    html! {
            <button
                type="button"
                id={format!("map-group-{index}")}
                class="map-group"
                {style}
                tabindex={if chosen { "0" } else { "-1" }}
                aria-current={chosen.then_some("true")}
    onclick={sender.callback(move |_: MouseEvent| Msg::Show(Shown::State(side, first)))}
                onmouseenter={on(choose).reform(|_: MouseEvent| ())}
                onfocus={on(choose).reform(|_: FocusEvent| ())}
            >
                <span class="map-run" data-run={group.run.clone().unwrap_or_default()}>
                    { group.run.as_deref().map_or("not started", |run| run) }
                    if group.states > 1 { <span class="map-count">{ format!("{} ×", words::number(group.states)) }</span> }
                </span>
                { for all.iter().take(LINES).map(|(count, thread, status)| {
                    let times = if *count > 1 { format!("{count} × ") } else { String::new() };
                    html! { <span class="map-line" data-map-status={(*status).to_owned()}>{ format!("{times}{thread}") }</span> }
                }) }
                if all.len() > LINES { <span class="map-line map-more">{ format!("and {} more", all.len() - LINES) }</span> }
            <span class="spoken">{ format!(". {}, {} from the beginning.", words::group(group), words::count(group.depth, "move", "moves")) }</span>
            </button>
        }
}

/// What is to be said of the group that is pointed at.
fn details(map: &Map, chosen: usize, side: usize, sender: &Sender) -> Html {
    let Some(group) = map.groups.get(chosen) else {
        return Html::default();
    };
    let from = map.ways.iter().filter(|way| way.to == chosen);
    let to = map.ways.iter().filter(|way| way.from == chosen);
    let other = |index: usize| map.groups.get(index).map(words::group).unwrap_or_default();
    let states: Vec<usize> = map
        .states
        .iter()
        .enumerate()
        .filter(|(_, (of, _))| *of == chosen)
        .map(|(state, _)| state)
        .collect();
    html! {
        <div class="map-details" data-map-details={words::group(group)}>
            <p class="map-statuses">
                { for words::statuses(group).iter().map(|(count, thread, status)| html! {
                    <span>{ if *count > 1 { format!("{count} × {thread} ") } else { format!("{thread} ") } }{ answers::chip(status) }</span>
                }) }
                if group.run.is_none() { <span>{ "Not started." }</span> }
            </p>
            <ul>
                { for from.take(WAYS).map(|way| html! { <li><b>{ &way.command }</b>{ format!(" leads here from: {}", other(way.from)) }</li> }) }
                { for to.take(WAYS).map(|way| html! { <li><b>{ &way.command }</b>{ format!(" leads to: {}", other(way.to)) }</li> }) }
            </ul>
            if states.len() > 1 {
                <p class="map-states">
                    { "Its states: " }
                    { for states.iter().take(STATES).enumerate().map(|(place, &state)| {
                        let shown = Shown::State(side, state as u32);
                        html! { <button type="button" class="quiet" aria-label={format!("Show state {} of {} on the stage", place + 1, states.len())}
                            onclick={sender.callback(move |_| Msg::Show(shown))}>{ (place + 1).to_string() }</button> }
                    }) }
                    if states.len() > STATES { { format!(" and {} more", states.len() - STATES) } }
                </p>
            }
        </div>
    }
}
