//! The gallery's dialog.

use super::{DIALOG_ID, Effect};
use crate::browser;

/// Does what the model asks for.
pub(crate) fn perform(effect: Effect) {
    match effect {
        Effect::Show => browser::show_dialog(DIALOG_ID),
        Effect::Close => browser::close_dialog(DIALOG_ID),
    }
}
