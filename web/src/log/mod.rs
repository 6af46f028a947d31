//! The log: what happened, by which rule, and because of what. The newest step is first.

mod excerpt;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use halter_engine::Rule;
use halter_session::words::{self, Names, Teller};
use halter_session::{Cause, Step, Told};
use yew::prelude::*;

use crate::model::{Model, Play};
use crate::msg::Msg;
use crate::sender::Sender;

/// The panel.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    html! {
        <section class="panel log" aria-labelledby="log-title">
            <div class="panel-head"><h2 id="log-title" class="panel-title">{ "What happened, and why" }</h2></div>
            <div class="log-body" tabindex="0" role="region" aria-label="Log">
                { match &model.play {
                    Some(play) => steps(model, play, sender),
                    None => html! { <p class="empty">{ "Nothing yet." }</p> },
                } }
            </div>
        </section>
    }
}

fn steps(model: &Model, play: &Play, sender: &Sender) -> Html {
    let cursor = play.sitting.cursor();
    let shown = model.log_steps.min(cursor);
    let steps = play.sitting.steps().get(cursor - shown..cursor).unwrap_or_default();
    if steps.is_empty() {
        let beginning = match play.sitting.document().found {
            Some(_) => "Nothing yet: the WfRun stands there as it was found.",
            None => "Nothing yet: run the workflow.",
        };
        return html! { <p class="empty">{ beginning }</p> };
    }
    html! {
        <>
            <ol class="log-steps" reversed=true>
                { for steps.iter().enumerate().rev().map(|(index, step)| {
                    view_step(model, play, cursor - shown + index, step, sender)
                }) }
            </ol>
            if shown < cursor {
                <button type="button" class="quiet" onclick={sender.callback(|_| Msg::ShowMoreSteps)}>
                    { format!("Show earlier steps ({})", cursor - shown) }
                </button>
            }
        </>
    }
}

fn view_step(model: &Model, play: &Play, index: usize, step: &Step, sender: &Sender) -> Html {
    let names = Names::new(play.sitting.program(), &step.state);
    let moment = play.sitting.moment().filter(|_| index + 1 == play.sitting.cursor());
    let shown = model.shown_occurrence;
    let shown = shown.and_then(|id| step.told.iter().position(|told| told.id == id));
    let looked_at = shown.or(moment.map(|happened| happened.saturating_sub(1)));
    let parts = if model.log_whole == Some(index) {
        std::iter::once(0..step.told.len()).collect()
    } else {
        let newest = index + 1 == play.sitting.cursor();
        let of = if newest { excerpt::NEWEST } else { excerpt::EARLIER };
        excerpt::parts(step.told.len(), looked_at, of)
    };
    let sentences = sentences(&parts, step, Teller::new(names, play.sitting.state_after(index)));
    let one = |position: usize| {
        let (told, sentence) = step.told.get(position).zip(sentences.get(&position))?;
        let when = moment.map_or(When::Before, |happened| match (position + 1).cmp(&happened) {
            Ordering::Less => When::Before,
            Ordering::Equal => When::Now,
            Ordering::Greater => When::Later,
        });
        Some(occurrence(model, told, sentence, when, sender))
    };
    let next = parts.iter().skip(1).map(|part| Some(part.start)).chain([None]);
    html! {
        <li class="log-step" key={index} data-log-step={(index + 1).to_string()}>
            <h3 class="log-command">
                <span class="log-number">{ index + 1 }</span>
                { words::command(&names, &step.command) }
            </h3>
            if let Some(refusal) = &step.refusal {
                <p class="refusal" data-refused={refusal.code.name()}>
                    <b>{ "Refused: " }{ refusal.code.name() }</b>{ " " }{ &refusal.message }
                </p>
                <div class="occurrence-why">{ rule(refusal.rule) }</div>
            } else if step.told.is_empty() {
                <p class="scope-none">{ "Nothing changed." }</p>
            }
            <ol class="occurrences">
                { for parts.iter().zip(next).map(|(part, next)| html! {
                    <>
                        { for part.clone().filter_map(one) }
                        { next.map(|next| left_out(index, next - part.end, sender)) }
                    </>
                }) }
            </ol>
        </li>
    }
}

/// The sentences of what is listed, by position: of the rest of a long step none is made.
fn sentences(
    parts: &[Range<usize>],
    step: &Step,
    mut teller: Teller<'_>,
) -> BTreeMap<usize, String> {
    let mut sentences = BTreeMap::new();
    for (position, told) in step.told.iter().enumerate() {
        if parts.iter().any(|part| part.contains(&position)) {
            sentences.insert(position, teller.tell(&told.what));
        } else {
            teller.pass(&told.what);
        }
    }
    sentences
}

/// Says how many occurrences are left out at this place, and offers to list all of the step.
fn left_out(step: usize, count: usize, sender: &Sender) -> Html {
    html! {
        <li class="occurrence-gap" data-left-out={count.to_string()}>
            <button type="button" class="quiet" onclick={sender.callback(move |_| Msg::ShowWholeStep(step))}>
                { format!("{count} more: show all of this step") }
            </button>
        </li>
    }
}

/// When an occurrence happens, seen from the moment that is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Before,
    Now,
    Later,
}

fn occurrence(model: &Model, told: &Told, sentence: &str, when: When, sender: &Sender) -> Html {
    let id = told.id;
    let shown = model.shown_occurrence == Some(id) || when == When::Now;
    let later = when == When::Later;
    html! {
        <li
            class={classes!("occurrence", shown.then_some("occurrence--shown"), later.then_some("occurrence--later"))}
            key={told.id}
            data-occurrence={told.id.to_string()}
            data-rule={told.rule.id()}
            tabindex="-1"
        >
            <p class="occurrence-what">{ sentence }</p>
            <div class="occurrence-why">
                <button
                    type="button"
                    class="occurrence-id"
                    title="See the run as it was right after this"
                    onclick={sender.callback(move |_| Msg::LookAt(id))}
                >
                    <span class="spoken">{ "The run after occurrence " }</span>{ format!("#{id}") }
                </button>
                { cause(told, sender) }
                { rule(told.rule) }
            </div>
        </li>
    }
}

/// By which rule: its id, and on demand what it says.
pub(crate) fn rule(rule: Rule) -> Html {
    let rule = rule.text();
    html! {
        <details class="rule">
            <summary>{ rule.id }</summary>
            <span class="rule-text">
                { rule.sentence }{ " " }
                <a href={rule.link} target="_blank" rel="noopener">{ "LittleHorse documentation" }<span class="spoken">{ format!(" on {}, in a new tab", rule.id) }</span></a>
            </span>
        </details>
    }
}

fn cause(told: &Told, sender: &Sender) -> Html {
    match told.cause {
        Cause::Command => html! { <span class="occurrence-cause">{ "by the command" }</span> },
        Cause::Occurrence(id) => html! {
            <button type="button" class="link occurrence-cause" onclick={sender.callback(move |_| Msg::ShowOccurrence(id))}>
                { format!("because of #{id}") }
            </button>
        },
    }
}
