//! What a link, or what a reload brings back, says of the page beside the sitting: the ThreadRun that is looked at.

use halter_session::link::Link;

use crate::model::{Model, Play};

const THREAD: &str = "thread";

/// The sitting as a link, with the ThreadRun that was chosen.
pub(crate) fn link(model: &Model, play: &Play) -> Link {
    let mut link = Link::of(&play.sitting, &model.source.text);
    if let Some(thread) = model.chosen {
        link.view.insert(THREAD.to_owned(), thread.into());
    }
    link
}

/// The ThreadRun that was chosen when the link was made.
pub(crate) fn chosen(link: &Link) -> Option<u32> {
    let thread = link.view.get(THREAD).and_then(serde_json::Value::as_u64);
    thread.and_then(|thread| u32::try_from(thread).ok())
}
