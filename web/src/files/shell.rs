//! Asks the browser for files, reads and writes them.

use gloo_utils::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use super::access::{self, Handle, Refusal};
use super::{Effect, File, Msg, reading};
use crate::export;
use crate::sender::Sender;

/// Does what the model asks for.
pub(crate) fn perform(effect: Effect, sender: &Sender) {
    let sender = sender.clone();
    match effect {
        Effect::Open => spawn_local(async move { open(&sender).await }),
        Effect::SaveAs { document, name, text } => spawn_local(async move {
            match access::ask_to_save(&name).await {
                Ok(handle) => {
                    let file = File { name: handle.name(), handle };
                    save(document, file, &text, &sender).await;
                }
                Err(Refusal::Left) => {}
                Err(Refusal::Missing | Refusal::Forbidden | Refusal::Failed) => {
                    export::download(&name, &text);
                    sender.send_message(Msg::Downloaded(name));
                }
            }
        }),
        Effect::Save { document, file, text } => {
            spawn_local(async move { save(Some(document), file, &text, &sender).await });
        }
        Effect::AwaitLaunch => access::await_launch(move |files| {
            let sender = sender.clone();
            spawn_local(async move {
                // One after the other: the last is what is seen.
                for handle in files {
                    read(handle, &sender).await;
                }
            });
        }),
    }
}

async fn open(sender: &Sender) {
    match access::ask_to_open().await {
        Ok(handle) => read(handle, sender).await,
        Err(Refusal::Left) => {}
        Err(Refusal::Missing) => ask_by_field(sender),
        Err(Refusal::Forbidden | Refusal::Failed) => {
            let why = "This browser does not let the page open a file so. Drop the file on the page instead.";
            sender.send_message(Msg::Refused(why.to_owned()));
        }
    }
}

async fn read(handle: Handle, sender: &Sender) {
    let text = match handle.file().await {
        Ok(file) => reading::read(&file).await,
        Err(_) => Err("the browser can't read it.".to_owned()),
    };
    sender.send_message(Msg::Opened(handle.name(), text, Some(handle)));
}

/// Asks for a file as every browser can: it can't be written again.
fn ask_by_field(sender: &Sender) {
    let field = document().create_element("input").ok();
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    field.set_type("file");
    field.set_accept(".yaml,.yml,.json");
    let sender = sender.clone();
    let chosen = field.clone();
    let heard = Closure::once_into_js(move || {
        let Some(file) = chosen.files().and_then(|files| files.get(0)) else {
            return;
        };
        spawn_local(async move {
            let text = reading::read(&file).await;
            sender.send_message(Msg::Opened(file.name(), text, None));
        });
    });
    field.set_onchange(Some(heard.unchecked_ref()));
    field.click();
}

async fn save(document: Option<String>, file: File, text: &str, sender: &Sender) {
    let name = &file.name;
    let why = match file.handle.write(text).await {
        Ok(()) => {
            sender.send_message(Msg::Saved(document, file));
            return;
        }
        Err(Refusal::Left | Refusal::Forbidden) => format!(
            "{name} was not saved: the browser must be allowed to write to it. Save again to be asked again, or save as another file."
        ),
        Err(Refusal::Missing | Refusal::Failed) => format!(
            "{name} was not saved: it may have been moved, or be in use. Save again, or save as another file."
        ),
    };
    sender.send_message(Msg::Refused(why));
}
