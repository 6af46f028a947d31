//! What the browser remembers of lessons.

use super::{Effect, Progress};
use crate::storage::{self, Area};

const KEY: &str = "halter.lessons";

pub(super) fn kept() -> Progress {
    storage::get(Area::Browser, KEY).unwrap_or_default()
}

/// Does what the model asks for.
pub(crate) fn perform(effect: &Effect) {
    match effect {
        Effect::Keep(progress) => {
            // A refusal is no news: the lesson begins at its first page then.
            storage::set(Area::Browser, KEY, progress);
        }
    }
}
