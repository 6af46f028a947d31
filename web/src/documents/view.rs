//! The switcher beside the source's heading, and the list that it opens.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Documents, Meta, Msg, ago, shell};
use crate::files;
use crate::model::Model;
use crate::msg;
use crate::sender::Sender;

/// Escape closes the list; in the field for a name it leaves the name as it was.
fn closes(event: &KeyboardEvent) -> Option<msg::Msg> {
    let typing = event.target_dyn_into::<HtmlInputElement>().is_some();
    (event.key() == "Escape" && !typing).then(|| Msg::Close { by_key: true }.into())
}

/// The name of what is open, which opens the list.
pub(crate) fn switcher(model: &Model, sender: &Sender) -> Html {
    let documents = &model.documents;
    if documents.loading && !documents.begun {
        return Html::default();
    }
    let file = model.files.name_of(documents.open.id.as_ref());
    html! {
        <button
            type="button"
            class="quiet switcher"
            aria-expanded={documents.shown.to_string()}
            aria-controls="documents"
            data-document={documents.open.name.clone()}
            data-kept={documents.open.id.is_some().to_string()}
            data-file={file.map(str::to_owned)}
            title={file.map(|file| format!("Saved to {file} by Ctrl S"))}
            onclick={sender.callback(|_| Msg::Toggle)}
            onkeydown={sender.batch_callback(|event: KeyboardEvent| closes(&event))}
        >
            <span class="spoken">{ "Documents, open: " }</span>
            <span class="switcher-name">{ &documents.open.name }</span>
            if documents.open.example.is_some() {
                <span class="switcher-kind">{ "example" }</span>
            }
            <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path class="stroke" d="M2 4l4 4 4-4" /></svg>
        </button>
    }
}

/// Every document, with what can be done to it.
pub(crate) fn list(model: &Model, sender: &Sender) -> Html {
    let documents = &model.documents;
    let living = documents.living();
    let deleted: Vec<&Meta> = documents.list.iter().filter(|meta| meta.deleted.is_some()).collect();
    html! {
        <div id="documents" class="documents" hidden={!documents.shown} onkeydown={sender.batch_callback(|event: KeyboardEvent| closes(&event))}>
            if documents.shown {
                <div class="documents-head">
                    <h3 class="panel-title">{ "Documents" }</h3>
                    <button type="button" class="quiet" onclick={sender.callback(|_| Msg::New)}>{ "New document" }</button>
                </div>
                { file_buttons(model, sender) }
                if living.is_empty() {
                    <p class="documents-none">{ "None yet. An example becomes one when you change it." }</p>
                }
                <ul aria-label="Documents">
                    { for living.iter().map(|meta| one(documents, meta, sender)) }
                </ul>
                if !deleted.is_empty() {
                    <details class="deleted">
                        <summary>{ format!("Recently deleted ({})", deleted.len()) }</summary>
                        <ul aria-label="Recently deleted">
                            { for deleted.iter().map(|meta| gone(meta, sender)) }
                        </ul>
                        <p class="documents-none">{ "Kept for 30 days." }</p>
                    </details>
                }
            }
        </div>
    }
}

/// What leads to files of the reader's own, and back.
fn file_buttons(model: &Model, sender: &Sender) -> Html {
    let button = |text: String, msg: files::Msg| {
        html! {
            <button type="button" class="link" onclick={sender.callback(move |_| msg.clone())}>{ text }</button>
        }
    };
    let own = model.files.name_of(model.documents.open.id.as_ref());
    html! {
        <p class="documents-files" role="group" aria-label="Files">
            { button("Open a file".to_owned(), files::Msg::Open) }
            { own.map(|name| button(format!("Save to {name}"), files::Msg::Save)) }
            { button("Save as a file".to_owned(), files::Msg::SaveAs) }
        </p>
    }
}

fn one(documents: &Documents, meta: &Meta, sender: &Sender) -> Html {
    let is_open = documents.open.id.as_ref() == Some(&meta.id);
    let button = |label: &'static str, msg: fn(String) -> Msg| {
        let id = meta.id.clone();
        html! {
            <button
                type="button"
                class="link"
                aria-label={format!("{label} {}", meta.name)}
                onclick={sender.callback(move |_| msg(id.clone()))}
            >{ label }</button>
        }
    };
    if let Some((_, draft)) = documents.renaming.as_ref().filter(|(id, _)| *id == meta.id) {
        return renaming(meta, draft, sender);
    }
    let id = meta.id.clone();
    html! {
        <li key={meta.id.clone()} class="document" data-open={is_open.to_string()}>
            <button
                type="button"
                class="document-open"
                aria-current={is_open.then_some("true")}
                onclick={sender.callback(move |_| Msg::OpenDocument(id.clone()))}
            >
                <span class="spoken">{ "Open " }</span>
                <span class="document-name">{ &meta.name }</span>
            </button>
            <span class="document-when">{ ago(shell::now() - meta.changed) }</span>
            <span class="document-actions">
                { button("Rename", Msg::StartRenaming) }
                { button("Duplicate", Msg::Duplicate) }
                { button("Delete", Msg::Delete) }
            </span>
        </li>
    }
}

fn renaming(meta: &Meta, draft: &str, sender: &Sender) -> Html {
    let fill = sender.batch_callback(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>()?;
        Some(Msg::FillName(input.value()))
    });
    let rename = sender.callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Rename
    });
    let leave = sender.batch_callback(|event: KeyboardEvent| {
        (event.key() == "Escape").then_some(Msg::StopRenaming)
    });
    html! {
        <li key={meta.id.clone()} class="document">
            <form class="document-renaming" onsubmit={rename}>
                <input
                    id="document-name"
                    class="field-input"
                    aria-label={format!("New name of {}", meta.name)}
                    value={draft.to_owned()}
                    maxlength="80"
                    autocomplete="off"
                    oninput={fill}
                    onkeydown={leave}
                />
                <button type="submit" class="quiet">{ "Rename" }</button>
            </form>
        </li>
    }
}

fn gone(meta: &Meta, sender: &Sender) -> Html {
    let id = meta.id.clone();
    html! {
        <li key={meta.id.clone()} class="document">
            <span class="document-name">{ &meta.name }</span>
            <button
                type="button"
                class="link"
                aria-label={format!("Bring back {}", meta.name)}
                onclick={sender.callback(move |_| Msg::Restore(id.clone()))}
            >{ "Bring back" }</button>
        </li>
    }
}
