//! What the explorer or the guard brought on the stage, above the graph, and the way on from there.

use halter_engine::state::Status;
use halter_session::why::Subject;
use yew::prelude::*;

use super::{Msg, Shown, words};
use crate::layout::{self, Tab};
use crate::model::{Model, Play};
use crate::msg;
use crate::sender::Sender;

/// The bar; nothing, if somebody has done something else since.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let shown =
        model.play.as_ref().and_then(|play| Some((play, model.explore.on_stage(&play.sitting)?)));
    let Some(((play, shown), text)) = shown.and_then(|shown| Some((shown, text(model, shown.1)?)))
    else {
        return Html::default();
    };
    let subject = subject(play);
    html! {
        <div class="notice explore-bar" role="note" data-on-stage="">
            <span>{ text }</span>
            <button type="button" class="quiet" onclick={sender.callback(|_| msg::Msg::GoTo(0))}>{ "From its start" }</button>
            <button type="button" class="quiet" onclick={sender.callback(move |_| msg::Msg::Ask(subject.clone()))}>{ "Why?" }</button>
            if let Shown::State(side, _) = shown {
                <button type="button" class="quiet" onclick={sender.callback(move |_| Msg::Map(Some(side)))}>{ "Back to the map" }</button>
            }
            if !model.layout.story.open && model.tab == Tab::Explorer {
                <button type="button" class="quiet" onclick={sender.callback(|_| layout::Msg::Toggle(layout::Side::Story))}>{ "What was found" }</button>
            }
        </div>
    }
}

/// What it is; nothing, if the text is another one.
fn text(model: &Model, shown: Shown) -> Option<String> {
    let found = |side: usize| model.explore.outcome(&model.source.text)?.found.get(side);
    match shown {
        Shown::Property(side, property) => {
            let answered = found(side)?.answers.get(property)?;
            let way = words::way(answered).unwrap_or_default();
            Some(format!(
                "The shortest way to where “{}” {}: {way}.",
                answered.property,
                words::verdict(answered).1
            ))
        }
        Shown::State(side, state) => Some(words::state(found(side)?, state)),
        Shown::Finding(index) => {
            let finding = model.guard.findings_of(&model.source.text).get(index)?;
            Some(finding.message.to_owned())
        }
    }
}

/// What is most worth asking about there: who can't halt, or else the newest that is not over.
fn subject(play: &Play) -> Subject {
    let threads = play.run.threads.iter();
    let halting = threads.clone().find(|thread| thread.status == Status::Halting);
    let live = threads.rev().find(|thread| !thread.status.is_terminal());
    halting.or(live).map_or(Subject::WfRun, |thread| Subject::Thread(thread.number))
}
