//! All lessons, and how far each was taken.

use yew::prelude::*;

use super::{Msg, SLUGS};
use crate::model::Model;
use crate::sender::Sender;

pub(super) fn view(model: &Model, sender: &Sender) -> Html {
    let learn = &model.learn;
    let lessons = learn.lessons.iter().zip(SLUGS).enumerate();
    html! {
        <section class="panel learn" aria-labelledby="learn-title">
            <h2 id="learn-title" class="panel-title learn-title" tabindex="-1">{ "Lessons" }</h2>
            <p class="learn-about">{ "Each takes a few minutes: read, do something on the stage, and guess what happens next." }</p>
            <ol class="learn-list">
                { for lessons.filter_map(|(index, (lesson, slug))| {
                    let lesson = lesson.as_ref()?;
                    let (pages, gone) = (lesson.pages.len(), learn.progress.get(*slug).copied().unwrap_or(0));
                    let (state, verb) = match gone {
                        0 => ("new", "Start"),
                        _ if gone < pages => ("begun", "Go on"),
                        _ => ("done", "Once more"),
                    };
                    Some(html! {
                        <li class="learn-lesson" data-lesson={*slug} data-lesson-state={state}>
                            <p class="learn-name"><b>{ &lesson.title }</b></p>
                            <p class="learn-summary">{ &lesson.summary }</p>
                            <p class="learn-start">
                                <button type="button" class={if state == "begun" { "primary" } else { "quiet" }}
                                    aria-label={format!("{verb}: {}", lesson.title)}
                                    onclick={sender.callback(move |_| Msg::Start(index))}>
                                    { verb }
                                </button>
                                <span class="learn-far">{ match state {
                                    "new" => format!("{pages} pages"),
                                    "begun" => format!("{gone} of {pages} pages"),
                                    _ => "✓ done".to_owned(),
                                } }</span>
                            </p>
                        </li>
                    })
                }) }
            </ol>
        </section>
    }
}
