//! A page of a lesson.

use halter_lessons::{Do, Lesson, Task};
use yew::prelude::*;

use super::{Msg, Taking, ask, text};
use crate::model::Model;
use crate::sender::Sender;

pub(super) fn view(model: &Model, lesson: &Lesson, taking: &Taking, sender: &Sender) -> Html {
    let Some(page) = lesson.pages.get(taking.page) else {
        return Html::default();
    };
    let (number, pages) = (taking.page + 1, lesson.pages.len());
    html! {
        <section class="panel learn" aria-labelledby="learn-title" data-lesson-page={number.to_string()} data-lesson-done={taking.done.to_string()}>
            <div class="learn-head">
                <button type="button" class="link" onclick={sender.callback(|_| Msg::Leave)}>{ "All lessons" }</button>
                <span class="learn-far">{ format!("Page {number} of {pages}") }</span>
            </div>
            <progress class="learn-progress" aria-label="Pages of this lesson" max={pages.to_string()} value={number.to_string()} />
            <p class="learn-of">{ &lesson.title }</p>
            <h2 id="learn-title" class="learn-heading" tabindex="-1">{ &page.heading }</h2>
            <div class="learn-text">{ text::blocks(&page.text) }</div>
            { match &page.task {
                Task::Read => Html::default(),
                Task::Do(task) => to_do(task, taking, sender),
                Task::Predict(predict) => ask::view(model, predict, taking, sender),
            } }
            { steps(&page.task, taking, pages, sender) }
        </section>
    }
}

/// Something to do, which the page watches.
fn to_do(task: &Do, taking: &Taking, sender: &Sender) -> Html {
    if taking.done {
        return html! {
            <div class="learn-task learn-task--done">
                <p><span aria-hidden="true">{ "✓ " }</span><b>{ "Done: " }</b>{ &task.sentence }</p>
                <p class="learn-buttons">
                    <button type="button" class="link" onclick={sender.callback(|_| Msg::Again)}>{ "Do it again" }</button>
                </p>
            </div>
        };
    }
    html! {
        <div class="learn-task">
            <p><b>{ "To do: " }</b>{ &task.sentence }</p>
            if taking.hinted { <p class="learn-hint">{ &task.hint }</p> }
            <p class="learn-buttons">
                if !taking.hinted {
                    <button type="button" class="quiet" onclick={sender.callback(|_| Msg::Hint)}>{ "Give me a hint" }</button>
                }
                <button type="button" class="quiet" onclick={sender.callback(|_| Msg::ShowMe)}>{ "Show me how" }</button>
                <button type="button" class="link" onclick={sender.callback(|_| Msg::Again)}>{ "Begin this page again" }</button>
            </p>
        </div>
    }
}

/// To the page before and to the next one.
fn steps(task: &Task, taking: &Taking, pages: usize, sender: &Sender) -> Html {
    let (page, last) = (taking.page, taking.page + 1 == pages);
    let ready = taking.done || matches!(task, Task::Read);
    let class = if ready { "primary" } else { "quiet" };
    html! {
        <p class="learn-steps">
            <button type="button" class="quiet" disabled={page == 0} onclick={sender.callback(move |_| Msg::Page(page.saturating_sub(1)))}>
                { "Back" }
            </button>
            if last {
                <button key="end" type="button" {class} onclick={sender.callback(move |_| Msg::Page(page + 1))}>{ "To all lessons" }</button>
            } else {
                <button key="next" type="button" {class} onclick={sender.callback(move |_| Msg::Page(page + 1))}>
                    { if ready { "Next" } else { "Skip" } }
                </button>
            }
        </p>
    }
}
