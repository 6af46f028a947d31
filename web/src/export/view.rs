//! The dialog of exports, and the buttons that open it.

use halter_export::Target;
use yew::prelude::*;

use super::kind::ExportKind;
use super::{DIALOG_ID, Export, Msg, TEXT_ID, Written};
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
