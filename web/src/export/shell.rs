//! Dialog, clipboard and downloads.

use gloo_utils::{document, window};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::{DIALOG_ID, Effect, Msg, Told, gif, raster, recorder};
use crate::browser;
use crate::sender::Sender;

/// Does what the dialog asks for.
pub(crate) fn perform(effect: Effect, sender: &Sender) {
    match effect {
        Effect::Show => browser::show_dialog(DIALOG_ID),
        Effect::FocusTab => browser::focus(".export-tab[aria-selected=true]"),
        Effect::Copy(text) => copy(&text, sender),
        Effect::SavePng { file, svg } => raster::save(&file, &svg, sender),
        Effect::Record { file, film } => recorder::record(&file, film, sender),
        Effect::SaveGif { file, film } => gif::save(&file, film, sender),
        Effect::CopyPng(svg) => raster::copy(&svg, sender),
    }
}

/// Copies a text; where that is refused, selects it, so that it can be copied by hand.
fn copy(text: &str, sender: &Sender) {
    let sender = sender.clone();
    // Without a secure connection there is no clipboard.
    let written =
        window().is_secure_context().then(|| window().navigator().clipboard().write_text(text));
    spawn_local(async move {
        let copied = match written {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        if !copied {
            super::select_text();
        }
        sender.send_message(Msg::Copied(copied));
    });
}

/// Hands a text to the browser as a file to keep.
pub(crate) fn download(file: &str, text: &str) {
    // What fails here leaves the text where it can be copied.
    let _ = try_download(file, text);
}

fn try_download(file: &str, text: &str) -> Result<(), JsValue> {
    download_blob(file, &Blob::new_with_str_sequence(&Array::of1(&text.into()))?)
}

/// Hands what is no text to the browser as a file to keep.
fn download_blob(file: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    anchor.set_href(&address);
    anchor.set_download(file);
    anchor.click();
    Url::revoke_object_url(&address)
}

/// Waits for what is being made, and hands it to the browser as a file to keep; says what came of it.
pub(super) fn hand_over(
    file: &str,
    making: impl Future<Output = Result<Blob, JsValue>> + 'static,
    if_not: Told,
    sender: &Sender,
) {
    let (file, sender) = (file.to_owned(), sender.clone());
    spawn_local(async move {
        let saved = match making.await {
            Ok(blob) => download_blob(&file, &blob).is_ok(),
            Err(_) => false,
        };
        sender.send_message(Msg::Told(if saved { Told::Downloaded } else { if_not }));
    });
}
