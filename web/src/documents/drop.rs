//! Files that are dropped on the page.

use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Event};

use crate::files;
use crate::sender::Sender;

fn dragged(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer()
}

/// Whether what is dragged is a file, and not a part of a text.
pub(crate) fn brings_file(event: &Event) -> bool {
    let types = dragged(event).map(|dragged| dragged.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// Reads the first file that was dropped; the files tell.
pub(crate) fn read(event: &Event, sender: &Sender) {
    if let Some(dragged) = dragged(event) {
        files::read_dropped(&dragged, sender);
    }
}
