//! Something to guess: what ThreadRuns will be after a command.

use halter_engine::state::{Status, ThreadNumber};
use halter_lessons::{Answer, Predict, predicted};
use halter_session::Sitting;
use halter_session::why::{self, Subject};
use halter_session::words::{self, Names};
use yew::prelude::*;

use super::{Msg, Taking};
use crate::graph::icon;
use crate::model::Model;
use crate::sender::Sender;

/// What a ThreadRun can be after a command: one that is there is not STARTING any more.
const CHOICES: [Status; 6] = [
    Status::Running,
    Status::Halting,
    Status::Halted,
    Status::Completed,
    Status::Error,
    Status::Exception,
];

pub(super) fn view(model: &Model, predict: &Predict, taking: &Taking, sender: &Sender) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    if !taking.answers.is_empty() {
        return answered(&play.sitting, taking, sender);
    }
    let Ok(prediction) = predicted(predict, &play.sitting) else {
        return html! {
            <div class="learn-task">
                <p>{ "The stage shows something else now. This question is about how the page began." }</p>
                <p class="learn-buttons">
                    <button type="button" class="primary" onclick={sender.callback(|_| Msg::Again)}>{ "Begin this page again" }</button>
                </p>
            </div>
        };
    };
    let names = Names::new(play.sitting.program(), play.sitting.state());
    html! {
        <div class="learn-task">
            <p><b>{ "Guess: " }</b>{ "what will each ThreadRun be, right after this?" }</p>
            <p class="learn-command">{ words::command(&names, &prediction.command) }</p>
            { for prediction.answers.iter().map(|of| choices(&names, *of, taking, sender)) }
            if taking.missing {
                <p class="learn-missing" role="alert">{ "Choose a status for each of them first." }</p>
            }
            <p class="learn-buttons">
                <button type="button" class="primary" onclick={sender.callback(|_| Msg::Check)}>{ "See what happens" }</button>
            </p>
        </div>
    }
}

fn choices(names: &Names<'_>, of: Answer, taking: &Taking, sender: &Sender) -> Html {
    let thread = of.thread;
    html! {
        <fieldset class="learn-guess" data-guess={thread.to_string()} key={thread}>
            <legend>{ names.thread(thread) }{ ", now " }{ of.before.name() }</legend>
            { for CHOICES.into_iter().map(|status| html! {
                <label class="learn-choice">
                    <input type="radio" name={format!("guess-{thread}")} value={status.name()}
                        checked={taking.guesses.get(&thread) == Some(&status)}
                        onchange={sender.callback(move |_: Event| Msg::Guess(thread, status))} />
                    { icon::chip(status) }
                </label>
            }) }
        </fieldset>
    }
}

/// What was guessed, and what it is; with why, where they differ.
fn answered(sitting: &Sitting, taking: &Taking, sender: &Sender) -> Html {
    let names = Names::new(sitting.program(), sitting.state());
    let is_right = |of: &&Answer| taking.guesses.get(&of.thread) == Some(&of.after);
    let right = taking.answers.iter().filter(is_right).count();
    let all = taking.answers.len();
    let says = match right {
        _ if right == all => "All right.".to_owned(),
        0 => "That went otherwise.".to_owned(),
        _ => format!("{right} of {all} are right."),
    };
    html! {
        <div id="learn-verdict" tabindex="-1" class={classes!("learn-task", (right == all).then_some("learn-task--done"))} data-right={right.to_string()}>
            <p><b>{ says }</b></p>
            { for taking.answers.iter().map(|of| html! {
                <div class="learn-answer" data-answer={of.thread.to_string()} data-is-right={is_right(&of).to_string()} key={of.thread}>
                    <p>
                        <span aria-hidden="true">{ if is_right(&of) { "✓ " } else { "✗ " } }</span>
                        { names.thread(of.thread) }{ " is " }{ icon::chip(of.after) }
                        if let Some(guess) = taking.guesses.get(&of.thread).filter(|_| !is_right(&of)) {
                            <span class="learn-said">{ format!(" You said {}.", guess.name()) }</span>
                        }
                    </p>
                    if !is_right(&of) { { because(sitting, of.thread) } }
                </div>
            }) }
            <p class="learn-buttons">
                <button type="button" class="link" onclick={sender.callback(|_| Msg::Again)}>{ "Guess again" }</button>
            </p>
        </div>
    }
}

/// The chain of occurrences that made a ThreadRun what it is.
fn because(sitting: &Sitting, thread: ThreadNumber) -> Html {
    let Some(answer) = why::ask(sitting, &Subject::Thread(thread)) else {
        return Html::default();
    };
    html! {
        <>
            <ol class="learn-why">
                { for answer.chain.iter().map(|link| html! {
                    <li key={link.id}>{ &link.sentence }{ " " }<span class="learn-rule">{ link.rule.id() }</span></li>
                }) }
            </ol>
            if answer.chain.is_empty() { <p class="learn-why">{ "Nothing has happened to it: it is as it was." }</p> }
        </>
    }
}
