//! The way out: LittleHorse's JSON and code for its SDKs, to copy or to download.

mod shell;

use std::rc::Rc;

use halter_export::Target;
use web_sys::Element;
use yew::html::Scope;
use yew::prelude::*;

use crate::app::App;
use crate::effect;
use crate::model::Model;
use crate::msg;

pub(crate) use shell::{copy, download, show_dialog};

/// The dialog's id.
const DIALOG_ID: &str = "export";

/// The id of what is exported.
const TEXT_ID: &str = "export-text";

/// What the dialog shows.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    target: Target,
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
    /// Show it.
    Open,
    /// It was closed.
    Closed,
    /// Write for this target.
    Choose(Target),
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
        Msg::Open => {
            let target = Target::ALL[0];
            model.export = Some(export(model, target));
            vec![Effect::Show.into()]
        }
        Msg::Closed => {
            model.export = None;
            Vec::new()
        }
        Msg::Choose(target) => {
            model.export = Some(export(model, target));
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
            let Some((text, target)) =
                text(model).zip(model.export.as_ref().map(|export| export.target))
            else {
                return Vec::new();
            };
            let document = model.source.document.as_ref();
            let name = document.map_or("workflow", |document| document.wf_spec.name.as_str());
            let file = target.file_name(name);
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

fn export(model: &Model, target: Target) -> Export {
    let written = match &model.source.document {
        Some(document) => match halter_export::export(document, target) {
            Ok(text) => Written::Text(text.into()),
            Err(problems) => Written::Refused(problems.into_iter().map(|p| p.message).collect()),
        },
        None if model.source.is_blank() => {
            Written::Refused(vec!["There is nothing to export yet.".to_owned()])
        }
        None => {
            let why = "The source has problems. They are listed beneath it; what can't be run can't be exported.";
            Written::Refused(vec![why.to_owned()])
        }
    };
    Export {
        target,
        written,
        said: None,
    }
}

/// What to do with it.
fn use_of(target: Target) -> &'static str {
    match target.name() {
        "json" => {
            "A PutWfSpecRequest. Save it, and deploy it: `lhctl deploy wfSpec FILE`. Its TaskDefs and event definitions must be there before."
        }
        "source" => {
            "Halter's readable source: paste it here, or give it to `halter check` and `halter run`."
        }
        "java" => {
            "For io.littlehorse:littlehorse-client. The class builds the Workflow and registers what it needs."
        }
        "python" => {
            "For littlehorse-client. `get_workflow()` returns the Workflow; run the file to register it and what it needs."
        }
        "go" => {
            "For github.com/littlehorse-enterprises/littlehorse/sdk-go. Run it to register the workflow and what it needs."
        }
        "csharp" => "For LittleHorse.Sdk. Run it to register the workflow and what it needs.",
        _ => "",
    }
}

/// The button that opens the dialog.
pub(crate) fn button(link: &Scope<App>) -> Html {
    html! {
        <button type="button" class="quiet export-button" aria-haspopup="dialog" onclick={link.callback(|_| Msg::Open)}>
            { "Export" }
        </button>
    }
}

/// The dialog.
pub(crate) fn view(model: &Model, link: &Scope<App>) -> Html {
    html! {
        <dialog id={DIALOG_ID} class="export" aria-labelledby="export-title" onclose={link.callback(|_: Event| Msg::Closed)}>
            { model.export.as_ref().map(|export| content(export, link)) }
        </dialog>
    }
}

fn content(export: &Export, link: &Scope<App>) -> Html {
    let can_copy = matches!(export.written, Written::Text(_));
    html! {
        <>
            <div class="export-head">
                <h2 id="export-title" class="export-title">{ "Export" }</h2>
                <form method="dialog"><button class="quiet" aria-label="Close the export">{ "Close" }</button></form>
            </div>
            { tabs(export, link) }
            <div id="export-panel" class="export-panel" role="tabpanel" aria-labelledby={tab_id(export.target)}>
                <p class="export-use">{ code_in(use_of(export.target)) }</p>
                { match &export.written {
                    Written::Text(text) => html! {
                        <pre id={TEXT_ID} class="export-text" tabindex="0" role="region" aria-label={export.target.title()}>{ &**text }</pre>
                    },
                    Written::Refused(why) => html! {
                        <ul class="export-refused" aria-label="Why there is no export">
                            { for why.iter().map(|why| html! { <li>{ why }</li> }) }
                        </ul>
                    },
                } }
                <div class="export-actions">
                    <button type="button" class="export-copy" disabled={!can_copy} onclick={link.callback(|_| Msg::Copy)}>{ "Copy" }</button>
                    <button type="button" class="quiet" disabled={!can_copy} onclick={link.callback(|_| Msg::Download)}>{ "Download" }</button>
                    <p class="export-said" role="status">{ export.said.unwrap_or_default() }</p>
                </div>
            </div>
        </>
    }
}

fn tabs(export: &Export, link: &Scope<App>) -> Html {
    let chosen = export.target;
    let turn = link.batch_callback(move |event: KeyboardEvent| {
        let all = Target::ALL;
        let at = all.iter().position(|target| *target == chosen)?;
        let to = match &*event.key() {
            "ArrowRight" => (at + 1) % all.len(),
            "ArrowLeft" => (at + all.len() - 1) % all.len(),
            "Home" => 0,
            "End" => all.len() - 1,
            _ => return None,
        };
        event.prevent_default();
        all.get(to)
            .map(|target| msg::Msg::from(Msg::Choose(*target)))
    });
    html! {
        <div class="export-tabs" role="tablist" aria-label="Export as" onkeydown={turn}>
            { for Target::ALL.iter().map(|target| {
                let target = *target;
                let is_chosen = target == chosen;
                html! {
                    <button
                        type="button"
                        id={tab_id(target)}
                        class="export-tab"
                        role="tab"
                        aria-selected={is_chosen.to_string()}
                        aria-controls="export-panel"
                        tabindex={if is_chosen { "0" } else { "-1" }}
                        onclick={link.callback(move |_| Msg::Choose(target))}
                    >{ target.title() }</button>
                }
            }) }
        </div>
    }
}

fn tab_id(target: Target) -> String {
    format!("export-tab-{}", target.name())
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
