//! What a link, or what a reload brings back, says of the page beside the sitting: the ThreadRun and the
//! moment that are looked at.

use halter_session::Sitting;
use halter_session::link::Link;
use serde_json::Value;

const THREAD: &str = "thread";
const MOMENT: &str = "moment";

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LookedAt {
    /// The ThreadRun that was chosen.
    pub(crate) thread: Option<u32>,
    /// The moment within the step, as the number of what had happened in it.
    moment: Option<usize>,
}

impl LookedAt {
    pub(crate) fn in_link(link: &Link) -> Self {
        let number = |key| link.view.get(key).and_then(Value::as_u64);
        LookedAt {
            thread: number(THREAD).and_then(|thread| u32::try_from(thread).ok()),
            moment: number(MOMENT).and_then(|moment| usize::try_from(moment).ok()),
        }
    }

    /// Looks at the moment.
    pub(crate) fn show(self, sitting: &mut Sitting) {
        if let Some(moment) = self.moment {
            sitting.look_at(moment);
        }
    }
}

/// The sitting of a text as a link, with what is looked at: a ThreadRun, if one was chosen, and the moment.
pub(crate) fn link(sitting: &Sitting, text: &str, thread: Option<u32>) -> Link {
    let mut link = Link::of(sitting, text);
    if let Some(thread) = thread {
        link.view.insert(THREAD.to_owned(), thread.into());
    }
    if let Some(moment) = sitting.moment() {
        link.view.insert(MOMENT.to_owned(), moment.into());
    }
    link
}
