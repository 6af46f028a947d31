//! What the page and an embedded one both show.

use halter_session::why::Subject;
use yew::prelude::*;

use crate::graph::icon;
use crate::model::{Model, Play};
use crate::msg::Msg;
use crate::sender::Sender;
use crate::{documents, replaying, why};

pub(crate) fn run_status(model: &Model, sender: &Sender) -> Html {
    let status = model.play.as_ref().and_then(|play| play.run.status);
    html! {
        <p class="run-status" data-wf-run-status={status.map_or("NONE", |status| status.name())}>
            <span class="choice-name">{ "WfRun" }</span>
            { status.map_or_else(|| html! { <span class="chip" data-chip="NONE">{ "not started" }</span> }, |status| {
                why::asking(Subject::WfRun, &format!("Why is the WfRun {}?", status.name()), icon::chip(status), sender)
            }) }
        </p>
    }
}

pub(crate) fn notice(model: &Model, sender: &Sender) -> Html {
    let stale = model.source.stale && model.play.is_some();
    html! {
        <>
            { replaying::view::view(model, sender) }
            if stale {
                <p class="notice notice--stale" role="note">
                    { "The source has problems. This is the last good run, of the source before." }
                </p>
            }
            if let Some(why) = &model.documents.not_kept {
                <p class="notice not-kept" role="status">
                    { why }{ " " }
                    <button type="button" class="link" onclick={sender.callback(|_| documents::Msg::Download)}>{ "Download the text" }</button>
                </p>
            }
            if let Some(notice) = &model.notice {
                <p class="notice" role="note">
                    { &notice.text }{ " " }
                    if let Some(id) = notice.undo.clone() {
                        <button type="button" class="link" onclick={sender.callback(move |_| documents::Msg::Restore(id.clone()))}>{ "Undo" }</button>
                    }
                    <button type="button" class="link" onclick={sender.callback(|_| Msg::Dismiss)}>{ "Dismiss" }</button>
                </p>
            }
        </>
    }
}

/// What the document says about itself: the comment lines that it begins with.
pub(crate) fn about(text: &str) -> Option<(String, String)> {
    let mut lines = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
    let title = lines.next().filter(|title| !title.is_empty())?;
    let rest: Vec<&str> = lines.collect();
    Some((title.to_owned(), rest.join(" ")))
}

/// What to try next, or that it is over: a word, what, and why.
pub(super) fn next(play: &Play) -> Option<(&'static str, String, String)> {
    let over = play.run.status.filter(|status| status.is_terminal());
    match (&play.hint, over) {
        (Some(hint), _) => Some(("Try", hint.label.clone(), hint.why.clone())),
        (None, Some(over)) => Some((
            "Over",
            format!("The WfRun is {}", over.name()),
            "Step back and do something else, or start over.".to_owned(),
        )),
        (None, None) => None,
    }
}

/// What this is about, and the one sentence that says what to try.
pub(crate) fn hint(model: &Model, sender: &Sender) -> Html {
    let Some(play) = &model.play else {
        return Html::default();
    };
    let Some((word, what, why)) = next(play) else {
        return Html::default();
    };
    html! {
        <div class="hint">
            if let Some((title, about)) = about(&model.source.text).filter(|_| play.sitting.cursor() <= 1) {
                <p class="about"><b>{ title }</b>{ ". " }{ about }</p>
            }
            <p class="hint-line">
                <span class="hint-try">{ word }</span>
                <b>{ what }</b>
                <span class="hint-why">{ why }</span>
                if play.hint.is_some() {
                    <button type="button" class="link" onclick={sender.callback(|_| Msg::ShowHint)}>{ "Show me" }</button>
                }
            </p>
        </div>
    }
}
