//! The tab of what stands in somebody's own page: what is chosen, and how that looks.

use yew::prelude::*;

use super::fields::{choose, tick};
use super::framed::{BEGINNINGS, FORMS, Form, Framed, PANELS};
use super::picture::GROUNDS;
use super::{Made, Msg};
use crate::sender::Sender;

/// What can be chosen.
pub(super) fn fields(framed: Framed, sender: &Sender) -> Html {
    let set = |change: fn(Framed, bool) -> Framed| move |is| Msg::Framed(change(framed, is));
    let form = choose(
        "As",
        &FORMS,
        framed.form,
        move |form| Msg::Framed(Framed { form, ..framed }),
        sender,
    );
    match framed.form {
        Form::Markdown => html! { <div class="export-fields">{ form }</div> },
        Form::Html => html! {
            <>
                <div class="export-fields">
                    { form }
                    { choose("Begins at", &BEGINNINGS, framed.begins, move |begins| Msg::Framed(Framed { begins, ..framed }), sender) }
                    { choose("Ground", &GROUNDS, framed.ground, move |ground| Msg::Framed(Framed { ground, ..framed }), sender) }
                    { tick("The source can only be read", framed.read_only, false, set(|framed, read_only| Framed { read_only, ..framed }), sender) }
                </div>
                { panels(framed, sender) }
            </>
        },
    }
}

fn panels(framed: Framed, sender: &Sender) -> Html {
    let panels = framed.panels;
    html! {
        <fieldset class="export-fields">
            <legend class="spoken">{ "Panels" }</legend>
            { for PANELS.iter().enumerate().map(|(index, (_, title, _))| {
                let set = move |is| Msg::Framed(Framed { panels: panels.with(index, is), ..framed });
                // Without any it would be the usual ones again.
                tick(title, panels.shows(index), panels.shows_only(index), set, sender)
            }) }
        </fieldset>
    }
}

/// The embedded page as it would stand there: it is loaded when somebody asks for it.
pub(super) fn preview(framed: Framed, made: &Made, sender: &Sender) -> Html {
    match framed.form {
        Form::Markdown => Html::default(),
        Form::Html => {
            let tried = framed.tried;
            html! {
                <>
                    <button type="button" class="quiet export-try" aria-expanded={tried.to_string()}
                        onclick={sender.callback(move |_| Msg::Framed(Framed { tried: !tried, ..framed }))}>
                        { if tried { "Hide how it looks" } else { "Show how it looks" } }
                    </button>
                    if let Some(address) = made.frame.as_ref().filter(|_| tried) {
                        // Another address is another page: the frame is made anew.
                        <iframe key={address.clone()} class="export-frame" title={format!("How it looks: {}", made.caption)} src={address.clone()}></iframe>
                    }
                </>
            }
        }
    }
}
