//! Dialog, clipboard and downloads.

use gloo_utils::{document, window};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlAnchorElement, HtmlDialogElement, Url};

use super::{DIALOG_ID, Msg};
use crate::browser;
use crate::sender::Sender;

/// Opens the dialog over the page.
pub(crate) fn show_dialog() {
    let found = document().get_element_by_id(DIALOG_ID);
    let dialog = found.and_then(|element| element.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
        // It refuses only while it is open.
        let _ = dialog.show_modal();
    }
}

/// Copies a text; where that is refused, selects it, so that it can be copied by hand.
pub(crate) fn copy(text: &str, sender: &Sender) {
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
pub(super) fn download_blob(file: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    anchor.set_href(&address);
    anchor.set_download(file);
    anchor.click();
    Url::revoke_object_url(&address)
}

/// Puts the keyboard on the tab that is chosen.
pub(crate) fn focus_tab() {
    browser::focus(".export-tab[aria-selected=true]");
}
