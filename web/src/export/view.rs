//! The dialog of exports, and the buttons that open it.

use halter_export::Target;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::kind::ExportKind;
use super::{DIALOG_ID, Export, Made, Msg, TEXT_ID, Written, framed_view, picture_view};
use crate::model::Model;
use crate::sender::Sender;

/// The buttons that open the dialog.
pub(crate) fn buttons(sender: &Sender) -> Html {
    let button = |title: &'static str, kind: ExportKind| {
        html! {
            <button type="button" class="quiet export-button" aria-haspopup="dialog" onclick={sender.callback(move |_| Msg::Open(kind))}>
                { title }
            </button>
        }
    };
    html! {
        <>
            { button("Share", ExportKind::Link) }
            { button("Export", ExportKind::Spec(Target::Json)) }
        </>
    }
}

/// The dialog.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    html! {
        <dialog id={DIALOG_ID} class="export" aria-labelledby="export-title" onclose={sender.callback(|_: Event| Msg::Closed)}>
            { model.export.as_ref().map(|export| content(model, export, sender)) }
        </dialog>
    }
}

fn content(model: &Model, export: &Export, sender: &Sender) -> Html {
    let made = match &export.written {
        Written::Text(made) => Some(made),
        Written::Refused(_) => None,
    };
    html! {
        <>
            <div class="export-head">
                <h2 id="export-title" class="export-title">{ "Export" }</h2>
                <form method="dialog"><button class="quiet" aria-label="Close the export">{ "Close" }</button></form>
            </div>
            { tabs(export, sender) }
            <div id="export-panel" class="export-panel" role="tabpanel" aria-labelledby={tab_id(export.kind)}>
                <p class="export-use">{ code_in(export.kind.purpose()) }</p>
                { fields(model, export, sender) }
                { match &export.written {
                    Written::Text(made) => shown(export, made),
                    Written::Refused(why) => html! {
                        <ul class="export-refused" aria-label="Why there is no export">
                            { for why.iter().map(|why| html! { <li>{ why }</li> }) }
                        </ul>
                    },
                } }
                <div class="export-actions">
                    { actions(export, made, sender) }
                    <p class="export-said" role="status">{ export.said.unwrap_or_default() }</p>
                </div>
                { made.filter(|_| export.kind == ExportKind::Framed).map(|made| framed_view::preview(export.options.framed, made, sender)) }
            </div>
        </>
    }
}

/// What can be chosen.
fn fields(model: &Model, export: &Export, sender: &Sender) -> Html {
    match export.kind {
        ExportKind::Picture => picture_view::fields(export.options.picture, sender),
        ExportKind::Framed => framed_view::fields(export.options.framed, sender),
        ExportKind::Spec(_) => {
            workflows(&super::kind::workflows(model, export.kind), export, sender)
        }
        ExportKind::Link
        | ExportKind::Trace
        | ExportKind::States
        | ExportKind::Sequence
        | ExportKind::Graphviz => Html::default(),
    }
}

/// Which WfSpec, where the document has several.
fn workflows(names: &[String], export: &Export, sender: &Sender) -> Html {
    if names.is_empty() {
        return Html::default();
    }
    let choose = sender.batch_callback(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        chosen.parse().ok().map(Msg::Workflow)
    });
    html! {
        <div class="export-fields">
            <label class="choice choice--inline">
                <span>{ "Workflow" }</span>
                <select onchange={choose}>
                    { for names.iter().enumerate().map(|(index, name)| html! {
                        <option key={index} value={index.to_string()} selected={index == export.options.workflow}>{ name }</option>
                    }) }
                </select>
            </label>
        </div>
    }
}

/// What is handed over: a picture as it looks, everything else as it is written.
fn shown(export: &Export, made: &Made) -> Html {
    if export.kind == ExportKind::Picture {
        return picture_view::preview(export, made);
    }
    html! {
        <pre id={TEXT_ID} class="export-text" tabindex="0" role="region" aria-label={export.kind.title()}>{ &*made.text }</pre>
    }
}

fn actions(export: &Export, made: Option<&Made>, sender: &Sender) -> Html {
    let can = made.is_some();
    if export.kind == ExportKind::Picture {
        return picture_view::actions(can, sender);
    }
    html! {
        <>
            <button type="button" class="primary" disabled={!can} onclick={sender.callback(|_| Msg::Copy)}>{ "Copy" }</button>
            <button type="button" class="quiet" disabled={!can} onclick={sender.callback(|_| Msg::Download)}>{ "Download" }</button>
        </>
    }
}

fn tabs(export: &Export, sender: &Sender) -> Html {
    let chosen = export.kind;
    let kinds = ExportKind::all();
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
        all.get(to).map(|kind| Msg::Choose(*kind))
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

fn tab_id(kind: ExportKind) -> String {
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
