//! The panel: what is asked, how far it is, and what was found.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{Begin, Explore, Exploring, Msg, Rules, STATES, Stage, answers, form, property, words};
use crate::layout::Tab;
use crate::model::Model;
use crate::sender::Sender;

/// The button in the page's head.
pub(crate) fn button(model: &Model, sender: &Sender) -> Html {
    let open = model.tab == Tab::Explorer && model.layout.story.open;
    html! {
        <button type="button" class="quiet explore-open" aria-pressed={open.to_string()} title="Try every order of what may come"
            onclick={sender.callback(|_| Msg::Open(true))}>{ "What could happen?" }</button>
    }
}

/// The panel.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let explore = &model.explore;
    let is_found = matches!(explore.stage, Stage::Found(_));
    html! {
        <section class="panel explore" aria-labelledby="explore-title">
            <h2 id="explore-title" class="spoken">{ "What could happen?" }</h2>
            <div class="explore-body" tabindex="0" role="region" aria-label="What could happen">
                if is_found {
                    <details class="explore-may explore-asked">
                        <summary><b>{ "Asked: " }</b>{ asked(explore) }</summary>
                        { question(model, sender) }
                    </details>
                } else {
                    <p class="explore-about">{ "One run is one story. Here every order of events, work and time is tried, and what is found holds for all of them." }</p>
                    { question(model, sender) }
                }
                { form::view(explore, sender) }
                { property::view(model, sender) }
                { actions(explore, sender) }
                { stage(model, sender) }
            </div>
        </section>
    }
}

/// The question in short.
fn asked(explore: &Explore) -> String {
    let begin = match explore.begin {
        Begin::Start => "from the start",
        Begin::Stage => "from the step on the stage",
    };
    let rules = match explore.rules {
        Rules::Page => "by the rules of the page",
        Rules::Both => "server 1.2 beside the documentation",
    };
    format!("{begin}, {rules}, {} states at most", words::number(explore.states))
}

/// Where it begins, by which rules, and how far it goes at most.
fn question(model: &Model, sender: &Sender) -> Html {
    let explore = &model.explore;
    let step = model.play.as_ref().map_or(0, |play| play.sitting.cursor());
    let begin = |begin: Begin, text: String| {
        choice(
            "explore-begin",
            &text,
            explore.begin == begin,
            sender.callback(move |_: Event| Msg::Begin(begin)),
        )
    };
    let rules = |rules: Rules, text: &str| {
        choice(
            "explore-rules",
            text,
            explore.rules == rules,
            sender.callback(move |_: Event| Msg::Rules(rules)),
        )
    };
    let states = sender.batch_callback(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        chosen.parse().ok().map(Msg::States)
    });
    html! {
        <>
            <fieldset class="explore-choice">
                <legend>{ "Begin" }</legend>
                { begin(Begin::Start, "at the start".to_owned()) }
                { begin(Begin::Stage, format!("at step {step}, on the stage")) }
            </fieldset>
            <fieldset class="explore-choice">
                <legend>{ "Rules" }</legend>
                { rules(Rules::Page, words::rules(model.semantics.name())) }
                { rules(Rules::Both, "Compare server 1.2 with the documentation") }
            </fieldset>
            <label class="explore-states">
                <span>{ "States at most" }</span>
                <select onchange={states}>
                    { for STATES.iter().map(|states| html! {
                        <option value={states.to_string()} selected={explore.states == *states}>{ words::number(*states) }</option>
                    }) }
                </select>
            </label>
        </>
    }
}

fn choice(name: &'static str, text: &str, checked: bool, onchange: Callback<Event>) -> Html {
    html! {
        <label class="explore-radio">
            <input type="radio" {name} {checked} {onchange} />
            <span>{ text.to_owned() }</span>
        </label>
    }
}

/// A box to be ticked.
pub(super) fn tick(
    text: &str,
    checked: bool,
    set: impl Fn(bool) -> Msg + 'static,
    sender: &Sender,
) -> Html {
    let onchange = sender.callback(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        set(input.is_some_and(|input| input.checked()))
    });
    html! {
        <label class="explore-tick">
            <input type="checkbox" {checked} {onchange} />
            <span>{ text.to_owned() }</span>
        </label>
    }
}

fn actions(explore: &Explore, sender: &Sender) -> Html {
    let send = |msg: Msg| sender.callback(move |_: MouseEvent| msg.clone());
    html! {
        <div class="explore-actions">
            { match &explore.stage {
                Stage::Exploring(exploring) => html! {
                    <>
                        if exploring.paused {
                            <button key="go-on" type="button" class="primary" onclick={send(Msg::GoOn)}>{ "Go on" }</button>
                        } else {
                            <button key="pause" type="button" class="quiet" onclick={send(Msg::Pause)}>{ "Pause" }</button>
                        }
                        <button key="stop" type="button" class="quiet" onclick={send(Msg::Stop)}>{ "Stop, and tell what was found" }</button>
                    </>
                },
                Stage::Nothing | Stage::Found(_) | Stage::Refused(_) => html! {
                    <button key="explore" type="button" class="primary" onclick={send(Msg::Explore)}>{ "Try every order" }</button>
                },
            } }
        </div>
    }
}

fn stage(model: &Model, sender: &Sender) -> Html {
    match &model.explore.stage {
        Stage::Nothing => Html::default(),
        Stage::Refused(why) => html! { <p class="explore-refused" role="alert">{ why }</p> },
        Stage::Exploring(exploring) => progress(exploring),
        Stage::Found(outcome) => answers::view(model, outcome, sender),
    }
}

fn progress(exploring: &Exploring) -> Html {
    let both = exploring.asked.rules == Rules::Both;
    html! {
        <div class="explore-progress" data-exploring={exploring.far.states.to_string()}>
            if both {
                <p class="explore-side">{ format!("{} of 2 rules", exploring.side + 1) }</p>
            }
            <p>{ words::progress(exploring) }</p>
            <progress aria-label="States whose moves were all made" max={exploring.far.states.max(1).to_string()} value={exploring.far.expanded.to_string()} />
        </div>
    }
}
