//! The way out: LittleHorse's JSON and code for its SDKs, to copy or to download.

mod kind;
mod shell;

use std::rc::Rc;

use halter_export::Target;
use web_sys::Element;
use yew::prelude::*;

use crate::effect;
use crate::model::Model;
use crate::msg;
use crate::sender::Sender;

use kind::Kind;
pub(crate) use shell::{copy, download, show_dialog};

/// The dialog's id.
const DIALOG_ID: &str = "export";

/// The id of what is exported.
const TEXT_ID: &str = "export-text";

/// What the dialog shows.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    kind: Kind,
    written: Written,
    /// What came of copying or downloading.
    said: Option<&'static str>,
}

/// What is exported, or why nothing is.
#[derive(Debug, Clone)]
enum Written {
    Text(Rc<str>),
    Refused(Vec<String>),
}

/// What can happen to the dialog.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Show it, with this kind first.
    Open(Kind),
    /// It was closed.
    Closed,
    /// Write this kind.
    Choose(Kind),
    /// Copy the text.
    Copy,
    /// Whether it could be copied.
    Copied(bool),
    /// Download the text as a file.
    Download,
}

impl From<Msg> for msg::Msg {
    fn from(msg: Msg) -> Self {
        Self::Export(msg)
    }
}

/// What is to be done for it.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Open the dialog.
    Show,
    /// Put the keyboard on the tab that is chosen.
    FocusTab,
    Copy(Rc<str>),
    Download {
        file: String,
        text: Rc<str>,
    },
}

impl From<Effect> for effect::Effect {
    fn from(effect: Effect) -> Self {
        Self::Export(effect)
    }
}

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<effect::Effect> {
    match msg {
        Msg::Open(kind) => {
            model.export = Some(export(model, kind));
            vec![Effect::Show.into()]
        }
        Msg::Closed => {
            model.export = None;
            Vec::new()
        }
        Msg::Choose(kind) => {
            model.export = Some(export(model, kind));
            vec![Effect::FocusTab.into()]
        }
        Msg::Copy => match text(model) {
            Some(text) => vec![Effect::Copy(text).into()],
            None => Vec::new(),
        },
        Msg::Copied(copied) => {
            say(
                model,
                if copied {
                    "Copied."
                } else {
                    "This browser does not let the page copy. The text is selected: copy it with Ctrl C."
                },
            );
            Vec::new()
        }
        Msg::Download => {
            let Some((text, kind)) =
                text(model).zip(model.export.as_ref().map(|export| export.kind))
            else {
                return Vec::new();
            };
            let document = model.source.document.as_ref();
            let name = document.map_or("workflow", |document| document.wf_spec.name.as_str());
            let file = kind.file_name(name);
            say(model, "Downloaded.");
            vec![Effect::Download { file, text }.into()]
        }
    }
}

fn say(model: &mut Model, what: &'static str) {
    if let Some(export) = &mut model.export {
        export.said = Some(what);
    }
}

fn text(model: &Model) -> Option<Rc<str>> {
    match &model.export.as_ref()?.written {
        Written::Text(text) => Some(Rc::clone(text)),
        Written::Refused(_) => None,
    }
}

fn export(model: &Model, kind: Kind) -> Export {
    let written = match kind.write(model) {
        Ok(text) => Written::Text(text.into()),
        Err(why) => Written::Refused(why),
    };
    Export { kind, written, said: None }
}

/// The buttons that open the dialog.
pub(crate) fn buttons(sender: &Sender) -> Html {
    let button = |title: &'static str, kind: Kind| {
        html! {
            <button type="button" class="quiet export-button" aria-haspopup="dialog" onclick={sender.callback(move |_| Msg::Open(kind))}>
                { title }
            </button>
        }
    };
    html! {
        <>
            { button("Share", Kind::Link) }
            { button("Export", Kind::Spec(Target::Json)) }
        </>
    }
}

/// The dialog.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    html! {
        <dialog id={DIALOG_ID} class="export" aria-labelledby="export-title" onclose={sender.callback(|_: Event| Msg::Closed)}>
            { model.export.as_ref().map(|export| content(export, sender)) }
        </dialog>
    }
}

fn content(export: &Export, sender: &Sender) -> Html {
    let can_copy = matches!(export.written, Written::Text(_));
    html! {
        <>
            <div class="export-head">
                <h2 id="export-title" class="export-title">{ "Export" }</h2>
                <form method="dialog"><button class="quiet" aria-label="Close the export">{ "Close" }</button></form>
            </div>
            { tabs(export, sender) }
            <div id="export-panel" class="export-panel" role="tabpanel" aria-labelledby={tab_id(export.kind)}>
                <p class="export-use">{ code_in(export.kind.purpose()) }</p>
                { match &export.written {
                    Written::Text(text) => html! {
                        <pre id={TEXT_ID} class="export-text" tabindex="0" role="region" aria-label={export.kind.title()}>{ &**text }</pre>
                    },
                    Written::Refused(why) => html! {
                        <ul class="export-refused" aria-label="Why there is no export">
                            { for why.iter().map(|why| html! { <li>{ why }</li> }) }
                        </ul>
                    },
                } }
                <div class="export-actions">
                    <button type="button" class="export-copy" disabled={!can_copy} onclick={sender.callback(|_| Msg::Copy)}>{ "Copy" }</button>
                    <button type="button" class="quiet" disabled={!can_copy} onclick={sender.callback(|_| Msg::Download)}>{ "Download" }</button>
                    <p class="export-said" role="status">{ export.said.unwrap_or_default() }</p>
                </div>
            </div>
        </>
    }
}

fn tabs(export: &Export, sender: &Sender) -> Html {
    let chosen = export.kind;
    let kinds = Kind::all();
    let count = kinds.len();
    let all = kinds.clone();
    let turn = sender.batch_callback(move |event: KeyboardEvent| {
        let at = all.iter().position(|kind| *kind == chosen)?;
        let to = match &*event.key() {
            "ArrowRight" => (at + 1) % count,
            "ArrowLeft" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return None,
        };
        event.prevent_default();
        all.get(to).map(|kind| msg::Msg::from(Msg::Choose(*kind)))
    });
    html! {
        <div class="export-tabs" role="tablist" aria-label="Export as" onkeydown={turn}>
            { for kinds.into_iter().map(|kind| {
                let is_chosen = kind == chosen;
                html! {
                    <button
                        type="button"
                        id={tab_id(kind)}
                        class="export-tab"
                        role="tab"
                        aria-selected={is_chosen.to_string()}
                        aria-controls="export-panel"
                        tabindex={if is_chosen { "0" } else { "-1" }}
                        onclick={sender.callback(move |_| Msg::Choose(kind))}
                    >{ kind.title() }</button>
                }
            }) }
        </div>
    }
}

fn tab_id(kind: Kind) -> String {
    format!("export-tab-{}", kind.name())
}

/// What stands between backticks is code.
fn code_in(text: &str) -> Html {
    let parts = text.split('`').enumerate();
    parts
        .map(|(index, part)| {
            if index % 2 == 1 {
                html! { <code>{ part }</code> }
            } else {
                html! { { part } }
            }
        })
        .collect()
}

/// Puts the keyboard on the tab that is chosen.
pub(crate) fn focus_tab() {
    effect::focus(".export-tab[aria-selected=true]");
}

/// Selects what is exported, to be copied by hand.
fn select_text() {
    let found: Option<Element> = gloo_utils::document().get_element_by_id(TEXT_ID);
    let selection = gloo_utils::window().get_selection().ok().flatten();
    if let (Some(element), Some(selection)) = (found, selection) {
        let _ = selection.select_all_children(&element);
    }
}
