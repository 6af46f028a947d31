//! Files that are dropped on the page.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, DragEvent, Event};

use super::Msg;
use crate::sender::Sender;

/// The largest file that is read, in bytes: more is no text that somebody wrote.
const MAX_BYTES: f64 = 10_000_000.0;

fn dragged(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer()
}

/// Whether what is dragged is a file, and not a part of a text.
pub(crate) fn brings_file(event: &Event) -> bool {
    let types = dragged(event).map(|dragged| dragged.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// Reads the first file that was dropped; [`Msg::Dropped`] tells.
pub(crate) fn read(event: &Event, sender: &Sender) {
    let files = dragged(event).and_then(|dragged| dragged.files());
    let Some(file) = files.and_then(|files| files.get(0)) else {
        return;
    };
    let sender = sender.clone();
    spawn_local(async move {
        let name = file.name();
        let text = if file.size() > MAX_BYTES {
            Err("it is larger than 10 MB.".to_owned())
        } else {
            let bytes = JsFuture::from(file.array_buffer()).await;
            let bytes = bytes.map_err(|_| "the browser can't read it.".to_owned());
            bytes.and_then(|bytes| {
                let text = String::from_utf8(Uint8Array::new(&bytes).to_vec());
                text.map(Into::into).map_err(|_| "it is no text in UTF-8.".to_owned())
            })
        };
        sender.send_message(Msg::Dropped(name, text));
    });
}
