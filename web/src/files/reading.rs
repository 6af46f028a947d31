//! The text of a file that was chosen, dropped, or opened by the system.

use std::rc::Rc;

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, File};

use super::Msg;
use super::access::Handle;
use crate::sender::Sender;

/// The largest file that is read, in bytes: more is no text that somebody wrote.
const MAX_BYTES: f64 = 10_000_000.0;

/// The text of a file, or why it has none.
pub(super) async fn read(file: &File) -> Result<Rc<str>, String> {
    if file.size() > MAX_BYTES {
        return Err("it is larger than 10 MB.".to_owned());
    }
    let bytes = JsFuture::from(file.array_buffer()).await;
    let bytes = bytes.map_err(|_| "the browser can't read it.".to_owned())?;
    let text = String::from_utf8(Uint8Array::new(&bytes).to_vec());
    text.map(Into::into).map_err(|_| "it is no text in UTF-8.".to_owned())
}

/// Reads the first file that was dropped; [`Msg::Opened`] tells.
pub(crate) fn read_dropped(dragged: &DataTransfer, sender: &Sender) {
    let Some(file) = dragged.files().and_then(|files| files.get(0)) else {
        return;
    };
    let items = Reflect::get(dragged, &"items".into()).unwrap_or_default();
    let item = Reflect::get_u32(&items, 0).unwrap_or_default();
    let sender = sender.clone();
    let handle = Handle::of_dropped(&item);
    spawn_local(async move {
        let handle = handle.await;
        let text = read(&file).await;
        sender.send_message(Msg::Opened(file.name(), text, handle));
    });
}
