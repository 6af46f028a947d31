//! What a link, or what a reload brings back, says of the page beside the sitting: the ThreadRun and the
//! moment that are looked at.

use halter_session::link::Link;

use crate::model::{Model, Play};

const THREAD: &str = "thread";
const MOMENT: &str = "moment";

/// The sitting as a link, with what is looked at.
pub(crate) fn link(model: &Model, play: &Play) -> Link {
    let mut link = Link::of(&play.sitting, &model.source.text);
    if let Some(thread) = model.chosen {
        link.view.insert(THREAD.to_owned(), thread.into());
    }
    if let Some(moment) = play.sitting.moment() {
        link.view.insert(MOMENT.to_owned(), moment.into());
    }
    link
}

/// What was looked at when the link was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LookedAt {
    /// The ThreadRun that was chosen.
    pub(crate) thread: Option<u32>,
    /// The moment within the step, as the number of what had happened in it.
    moment: Option<usize>,
}

impl LookedAt {
    pub(crate) fn of(link: &Link) -> Self {
        let number = |key| link.view.get(key).and_then(serde_json::Value::as_u64);
        LookedAt {
            thread: number(THREAD).and_then(|thread| u32::try_from(thread).ok()),
            moment: number(MOMENT).and_then(|moment| usize::try_from(moment).ok()),
        }
    }

    /// Looks at the moment.
    pub(crate) fn show(self, play: &mut Play) {
        if let Some(moment) = self.moment {
            play.sitting.look_at(moment);
            play.redraw();
        }
    }
}
