//! The gallery's dialog.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{DIALOG_ID, Effect};

/// Does what the model asks for.
pub(crate) fn perform(effect: Effect) {
    let found = gloo_utils::document().get_element_by_id(DIALOG_ID);
    let Some(dialog) = found.and_then(|found| found.dyn_into::<HtmlDialogElement>().ok()) else {
        return;
    };
    match effect {
        Effect::Show => {
            // It may be open already.
            let _ = dialog.show_modal();
        }
        Effect::Close => dialog.close(),
    }
}
