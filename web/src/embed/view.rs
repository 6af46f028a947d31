//! What an embedded page shows: the panels that were asked for, beneath one another or in two columns.

use halter_session::link::{LINK_KEY, Link};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::Embed;
use crate::model::Model;
use crate::page::parts;
use crate::sender::Sender;
use crate::{controls, editor, graph, log, player, timeline, variables, why};

/// Where the whole page is, from `embed/`.
const PLAYGROUND: &str = "../";

/// Draws everything.
pub(crate) fn view(model: &Model, embed: &Embed, sender: &Sender) -> Html {
    let shows = |panel: &str| embed.shows(panel);
    // Who asks why sees the answer, also where the panel was not asked for.
    let why = shows("why") || model.asked.is_some();
    let beside = why || shows("variables") || shows("log");
    html! {
        <>
            { head(model, sender) }
            <main class="embed-page" data-beside={beside.to_string()} data-read-only={embed.read_only().to_string()}>
                <div class="embed-main">
                    { parts::notice(model, sender) }
                    if shows("hint") { { parts::hint(model, sender) } }
                    if shows("source") { { editor::view::view(model, sender) } }
                    if shows("graph") { { graph::view::view(model, sender) } }
                    if shows("controls") { { controls::view(model, sender) } }
                </div>
                if beside {
                    <div class="embed-side">
                        if why { { why::view(model, sender) } }
                        if shows("variables") { { variables::view(model, sender) } }
                        if shows("log") { { log::view(model, sender) } }
                    </div>
                }
            </main>
            if shows("timeline") || shows("steps") {
                <div class="bottom embed-bottom">
                    if shows("timeline") { { timeline::view::view(model, sender) } }
                    if shows("steps") { { player::bar::bar(model, sender) } }
                </div>
            }
            <p class="spoken" role="status" aria-live="polite">{ &model.announcement }</p>
        </>
    }
}

fn head(model: &Model, sender: &Sender) -> Html {
    // The whole sitting stands in the address. To make it takes time: it is made when it may be needed.
    let address = model.play.as_ref().map(|play| {
        let sitting = play.sitting.clone();
        let text = model.source.text.clone();
        move |target: Option<web_sys::EventTarget>| {
            let fragment = Link::of(&sitting, &text).encode();
            if let Some(anchor) = target.and_then(|target| target.dyn_into::<Element>().ok()) {
                // It stays an address of the playground, if it can't be set.
                let _ =
                    anchor.set_attribute("href", &format!("{PLAYGROUND}#{LINK_KEY}={fragment}"));
            }
        }
    });
    let pressed = address.clone();
    let onpointerdown = Callback::from(move |event: PointerEvent| {
        if let Some(address) = &pressed {
            address(event.target());
        }
    });
    let onclick = Callback::from(move |event: MouseEvent| {
        if let Some(address) = &address {
            address(event.target());
        }
    });
    html! {
        <header class="embed-head">
            <h1 class="embed-title">{ title(model) }</h1>
            { parts::run_status(model, sender) }
            <a class="embed-open" href={PLAYGROUND} target="_blank" rel="noopener" {onpointerdown} {onclick}>{ "Open in Halter" }</a>
        </header>
    }
}

fn title(model: &Model) -> String {
    let about = parts::about(&model.source.text).map(|(title, _)| title);
    let name = model.source.document.as_ref();
    about
        .or_else(|| name.map(|document| document.wf_spec.name.clone()))
        .unwrap_or_else(|| "Halter".to_owned())
}
