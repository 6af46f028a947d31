//! Why: the chain from the command that began it to what somebody asks about. Whoever asks nothing is told about the
//! ThreadRun that is looked at.

use halter_session::view::history;
use halter_session::why::{Answer, Link, Subject, ask};
use yew::prelude::*;

use crate::log;
use crate::model::{Model, Play};
use crate::msg::Msg;
use crate::sender::Sender;

/// The panel.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(answer) = model.play.as_ref().and_then(|play| answer(model, play)) else {
        return Html::default();
    };
    html! {
        <section class="panel why" aria-labelledby="why-title" data-why={answer.question.clone()}>
            <div class="panel-head">
                <h2 id="why-title" class="panel-title">{ &answer.question }</h2>
                if model.asked.is_some() {
                    <button type="button" class="quiet why-close" onclick={sender.callback(|_| Msg::AskNothing)}>
                        { "Close" }<span class="spoken">{ " the answer" }</span>
                    </button>
                }
            </div>
            <div class="why-body" tabindex="0" role="region" aria-label="Why">
                if !answer.state.is_empty() {
                    <p class="why-state">{ &answer.state }</p>
                }
                { match &answer.command {
                    Some((step, command)) if model.asked.is_some() => chain(&answer, *step, command, sender),
                    Some(_) => in_short(&answer, model.selected(), sender),
                    None => Html::default(),
                } }
                if !answer.moves.is_empty() {
                    <p class="why-moves" data-moves={answer.moves.clone()}><b>{ "What would move it: " }</b>{ &answer.moves }</p>
                }
                if !answer.movers.is_empty() {
                    <ul class="why-movers" data-movers={answer.movers.len().to_string()}>
                        { for answer.movers.iter().map(|mover| html! { <li>{ mover }</li> }) }
                    </ul>
                }
                if let Some(Subject::Variable(thread, index)) = &model.asked {
                    { values(model, *thread, *index, sender) }
                }
            </div>
        </section>
    }
}

/// The values that a variable had, and who wrote them.
fn values(model: &Model, thread: u32, index: u16, sender: &Sender) -> Html {
    let changes =
        model.play.as_ref().map(|play| history(&play.sitting, thread, index)).unwrap_or_default();
    html! {
        <>
            <h3 class="why-values-title">{ "Its values over the run" }</h3>
            <ol class="why-values" data-history={changes.len().to_string()}>
                if changes.is_empty() { <li>{ "Nothing has set it yet." }</li> }
                { for changes.iter().map(|change| {
                    let step = change.step;
                    html! {
                        <li>
                            <button type="button" class="link" onclick={sender.callback(move |_| Msg::GoTo(step))}>{ format!("Step {step}") }</button>
                            { " " }<code>{ change.value.clone().unwrap_or_else(|| "masked".to_owned()) }</code>
                            { format!(" by {}", change.by) }
                        </li>
                    }
                }) }
            </ol>
        </>
    }
}

/// The answer to what somebody asked, as long as there is such a thing; else about the ThreadRun that is looked at.
fn answer(model: &Model, play: &Play) -> Option<Answer> {
    let asked = model.asked.as_ref();
    asked
        .and_then(|subject| ask(&play.sitting, subject))
        .or_else(|| ask(&play.sitting, &Subject::Thread(model.selected())))
}

/// The last link, for those who did not ask.
fn in_short(answer: &Answer, thread: u32, sender: &Sender) -> Html {
    html! {
        <p class="why-short">
            { answer.chain.last().map(|last| last.sentence.clone()) }{ ". " }
            <button type="button" class="link" onclick={sender.callback(move |_| Msg::Ask(Subject::Thread(thread)))}>{ "Show what led to it" }</button>
        </p>
    }
}

fn chain(answer: &Answer, step: usize, command: &str, sender: &Sender) -> Html {
    html! {
        <ol class="why-chain">
            <li class="why-link why-link--command">
                <p>
                    <button type="button" class="link why-step" onclick={sender.callback(move |_| Msg::GoTo(step))}>
                        { format!("Step {step}") }
                    </button>
                    { " " }{ command }
                </p>
            </li>
            { for answer.chain.iter().map(|of| view_link(of, sender)) }
        </ol>
    }
}

fn view_link(of: &Link, sender: &Sender) -> Html {
    let id = of.id;
    html! {
        <li class="why-link" key={id} data-why-link={id.to_string()} data-rule={of.rule.id()}>
            <p>{ &of.sentence }</p>
            <div class="why-by">
                <button type="button" class="occurrence-id" title="See the run as it was right after this"
                    onclick={sender.callback(move |_| Msg::LookAt(id))}>
                    <span class="spoken">{ "Moment " }</span>{ format!("#{id}") }
                </button>
                { log::rule(of.rule) }
            </div>
        </li>
    }
}

/// A button that asks why, around what it asks about.
pub(crate) fn asking(subject: Subject, question: &str, what: Html, sender: &Sender) -> Html {
    html! {
        <button
            type="button"
            class="asking"
            aria-label={question.to_owned()}
            title={question.to_owned()}
            onclick={sender.callback(move |_| Msg::Ask(subject.clone()))}
        >{ what }</button>
    }
}
