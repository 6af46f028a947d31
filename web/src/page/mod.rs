//! The page as a whole: what stands where.

pub(crate) mod parts;
mod tabs;

use halter_engine::semantics::Semantics;
use halter_session::view;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::layout::{self, Side, Tab};
use crate::model::Model;
use crate::msg::Msg;
use crate::sender::Sender;
use crate::{
    compare, controls, demo, editor, embed, explore, export, gallery, graph, late, learn, log,
    palette, player, renew, start, timeline, variables, welcome, why,
};

use parts::{about, next, notice, run_status};

/// What the run follows: name, and what it is called on the page.
const SEMANTICS: [(&str, &str); 2] =
    [("documented", "as documented"), ("server-1.2", "as server 1.2 does")];

/// Draws everything.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    if let Some(embed) = &model.embed {
        return embed::view::view(model, embed, sender);
    }
    if model.demo.on {
        return html! {
            <>
                { demo::view::view(model, sender) }
                { late::view::view(|late| late.palette, model, sender) }
                <p class="spoken" role="status" aria-live="polite">{ &model.announcement }</p>
            </>
        };
    }
    let welcomes = welcome::update::is_due(model);
    html! {
        <>
            { header(model, sender) }
            <main
                class="page"
                style={layout::view::style(&model.layout)}
                data-source-open={model.layout.source.open.to_string()}
                data-story-open={model.layout.story.open.to_string()}
                data-story-tab={model.tab.word()}
            >
                { editor::view::view(model, sender) }
                { divider(model, Side::Source, sender) }
                <div class="middle">
                    { notice(model, sender) }
                    { late::view::view(|late| late.explore_bar, model, sender) }
                    { compare::view(model) }
                    { timeline::compared::view(model, sender) }
                    if start::update::is_due(model) {
                        { start::view(sender) }
                    } else {
                        if let Some(map) = late::view::map(model, sender) {
                            { map }
                        } else {
                            { graph::view::view(model, sender) }
                            { late::view::view(|late| late.draw, model, sender) }
                        }
                        if !welcomes && model.explore.map.is_none() { { caption(model, sender) } }
                    }
                </div>
                { divider(model, Side::Story, sender) }
                // What nobody sees is not drawn: a story of 900 ThreadRuns costs more than the graph.
                <div id="story" class="side" hidden={!model.layout.story.open}>
                    if model.layout.story.open {
                        { tabs::view(model, sender) }
                        <div id="side-body" class="side-body" role="tabpanel">
                            { match model.tab {
                                Tab::Lessons => late::view::view(|late| late.learn, model, sender),
                                Tab::Explorer => late::view::view(|late| late.explore, model, sender),
                                Tab::Run => html! {
                                    <>
                                        { why::view(model, sender) }
                                        { variables::view(model, sender) }
                                        { log::view(model, sender) }
                                    </>
                                },
                            } }
                        </div>
                    }
                </div>
            </main>
            <div class="bottom">
                if welcomes {
                    { welcome::view::view(model, sender) }
                } else {
                    { controls::view(model, sender) }
                    { player::bar::bar(model, sender) }
                    { timeline::view::view(model, sender) }
                    { player::panel::view(model, sender) }
                    { player::view::said(model) }
                }
            </div>
            { late::view::view(|late| late.palette, model, sender) }
            { late::view::view(|late| late.export, model, sender) }
            { late::view::view(|late| late.gallery, model, sender) }
            <p class="spoken" role="status" aria-live="polite">{ &model.announcement }</p>
        </>
    }
}

fn header(model: &Model, sender: &Sender) -> Html {
    let set_semantics = sender.batch_callback(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        SEMANTICS.iter().find(|(name, _)| *name == chosen).map(|(name, _)| Msg::SetSemantics(name))
    });
    html! {
        <header class="top">
            { layout::view::toggle(model, Side::Source, sender) }
            <div class="brand">
                <svg class="brand-mark" viewBox="0 0 64 64" width="30" height="30" aria-hidden="true">
                    <path class="brand-lane" d="M4 45h18m20 0h18" />
                    <path class="brand-rope" d="M32 6v13" />
                    <ellipse class="brand-rope" cx="32" cy="38" rx="17" ry="18" />
                    <circle class="brand-token" cx="32" cy="45" r="7" />
                </svg>
                <h1>{ "Halter" }</h1>
                <p class="brand-line">{ "See how LittleHorse Interrupts halt and resume a workflow." }</p>
            </div>
            <div class="top-choices">
                { gallery::view::button(model, sender) }
                <label class="choice">
                    <span>{ "Rules" }</span>
                    <select onchange={set_semantics} title="Documented: as LittleHorse's documentation promises. Server 1.2: with what LittleHorse 1.2.1 does differently.">
                        { for SEMANTICS.iter().map(|(name, title)| html! {
                            <option key={*name} value={*name} selected={Semantics::from_name(name) == Some(model.semantics)}>{ *title }</option>
                        }) }
                    </select>
                </label>
                { run_status(model, sender) }
                <div class="top-out">
                    { learn::view::button(model, sender) }
                    { explore::view::button(model, sender) }
                    { export::view::buttons(sender) }
                    <button type="button" class="quiet" aria-keyshortcuts="Control+K Meta+K" title="Every command (Ctrl K)"
                        onclick={sender.callback(|_| Msg::Palette(palette::Msg::Open))}>{ "Commands" }</button>
                </div>
            </div>
            { layout::view::toggle(model, Side::Story, sender) }
            { renew::view::view(model, sender) }
        </header>
    }
}

fn divider(model: &Model, side: Side, sender: &Sender) -> Html {
    let drawer = model.layout.drawer(side);
    if !drawer.open {
        return Html::default();
    }
    html! { <layout::Divider {side} width={drawer.width} sender={sender.clone()} /> }
}

/// What the moment that is shown is about, beneath the graph, and what to try next.
fn caption(model: &Model, sender: &Sender) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    let about = about(&model.source.text);
    let begins = play.sitting.cursor() <= 1 && play.sitting.moment().is_none();
    let changes = view::changes(&play.sitting);
    html! {
        <div class="caption">
            <p class="caption-text" data-caption="" title={changes.clone()}>
                { match about.filter(|_| begins) {
                    Some((title, about)) => html! { <><b>{ title }</b>{ ". " }{ about }</> },
                    None => html! { { view::caption(&play.sitting) } },
                } }
            </p>
            if let Some((word, what, why)) = next(play) {
                <p class="hint-line" title={why}>
                    <span class="hint-try">{ word }</span>
                    <b>{ what }</b>
                    if play.hint.is_some() {
                        <button type="button" class="link" onclick={sender.callback(|_| Msg::ShowHint)}>{ "Show me" }</button>
                    }
                </p>
            }
        </div>
    }
}
