//! Documents: several texts with names, kept by the browser. An example is only looked at until it is changed.

pub(crate) mod drafts;
pub(crate) mod drop;
pub(crate) mod shell;
mod store;
pub(crate) mod update;
pub(crate) mod view;

use std::rc::Rc;

use halter_session::link::{Link, LinkError};
use serde::{Deserialize, Serialize};

/// What is to be said of a document, without its text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Meta {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Whether somebody gave the name; else it follows the workflow's.
    pub(crate) named: bool,
    /// When its text was changed last, in milliseconds since 1970.
    pub(crate) changed: f64,
    /// Which text is kept: another one at every change. Begins with the tab that changed it.
    pub(crate) stamp: String,
    /// When it was deleted; it is kept for a while.
    pub(crate) deleted: Option<f64>,
}

/// What the editor shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Open {
    /// The document; none while nothing was typed.
    pub(crate) id: Option<String>,
    /// The id that it gets when it becomes one: a draft that outlives the page is then never taken for another document.
    next_id: String,
    pub(crate) name: String,
    /// The example that it is, unchanged.
    pub(crate) example: Option<usize>,
    /// The lesson that it belongs to, by its index.
    pub(crate) lesson: Option<usize>,
    /// The text that came by a link, or with a lesson.
    pub(crate) shared: Option<Rc<str>>,
    /// The stamp of the text that this tab knows.
    stamp: String,
    /// Whether that text is on its way to be kept, or was refused: then nothing may take its place.
    unsaved: bool,
}

impl Open {
    fn kept(meta: &Meta) -> Self {
        Self {
            id: Some(meta.id.clone()),
            next_id: shell::fresh_id(),
            name: meta.name.clone(),
            example: None,
            lesson: None,
            shared: None,
            stamp: meta.stamp.clone(),
            unsaved: false,
        }
    }

    fn fresh(name: &str) -> Self {
        Self { name: name.to_owned(), next_id: shell::fresh_id(), ..Self::default() }
    }

    /// What the editor tells documents apart by.
    fn key(&self) -> String {
        match (&self.id, self.example) {
            (Some(id), _) => id.clone(),
            (None, Some(example)) => format!("example {example}"),
            (None, None) => format!("fresh {}", self.next_id),
        }
    }
}

/// All documents.
#[derive(Debug)]
pub(crate) struct Documents {
    pub(crate) open: Open,
    /// Every one, also those that were deleted.
    list: Vec<Meta>,
    /// Whether the list is shown.
    shown: bool,
    /// The document that gets another name, and the name so far.
    renaming: Option<(String, String)>,
    /// Why the browser does not keep the text, if it does not.
    pub(crate) not_kept: Option<String>,
    /// Whether it is not yet known what was kept.
    pub(crate) loading: bool,
    /// Whether what the page is asked for is shown already, before that is known.
    begun: bool,
    /// The lesson that the address asks for.
    pub(crate) asked_lesson: Option<usize>,
    /// The link that the address holds.
    pub(crate) asked_link: Option<Result<Rc<Link>, LinkError>>,
    /// The example that the address asks for.
    pub(crate) asked: Option<usize>,
    /// Whether the address says already what is about to be shown: somebody came by it, or went back to it.
    arriving: bool,
    /// What this tab's stamps begin with.
    pub(crate) tab: Rc<str>,
}

impl Documents {
    pub(crate) fn new(asked: Option<usize>) -> Self {
        Self {
            open: Open::fresh(""),
            list: Vec::new(),
            shown: false,
            renaming: None,
            not_kept: None,
            loading: true,
            begun: false,
            asked,
            arriving: true,
            asked_lesson: None,
            asked_link: None,
            tab: shell::fresh_id().into(),
        }
    }

    /// Whether the address asks for an example, or for nothing.
    pub(crate) fn asks_by_example(&self) -> bool {
        self.asked_lesson.is_none() && self.asked_link.is_none()
    }

    fn meta(&self, id: &str) -> Option<&Meta> {
        self.list.iter().find(|meta| meta.id == id)
    }

    /// Those that are not deleted, the newest first.
    fn living(&self) -> Vec<&Meta> {
        let mut living: Vec<&Meta> = self.list.iter().filter(|m| m.deleted.is_none()).collect();
        living.sort_by(|a, b| b.changed.total_cmp(&a.changed));
        living
    }

    fn stamp(&self) -> String {
        stamp(&self.tab)
    }
}

/// A stamp that only this tab gives, and gives once.
fn stamp(tab: &str) -> String {
    format!("{tab}/{}", shell::fresh_id())
}

/// What a text is loaded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// To be shown.
    Opening,
    /// To be shown, because somebody went back or forward to it.
    Returning,
    /// To be copied into a new document.
    Copying,
    /// Another tab changed what is shown here.
    Following,
}

/// What can happen to documents.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Nothing was open before, so nothing of what is kept is waited for.
    NothingWasOpen,
    /// What was kept, what was open, and why nothing can be kept.
    Loaded(Vec<Meta>, Option<(Meta, Rc<str>)>, Option<String>),
    /// Another tab kept something: these are there now.
    Listed(Vec<Meta>),
    /// Show or hide the list.
    Toggle,
    /// Hide the list; by a key, the focus goes back to what opened it.
    Close { by_key: bool },
    /// A new, empty document.
    New,
    /// Open this one.
    OpenDocument(String),
    /// Copy this one.
    Duplicate(String),
    /// A text that was asked for.
    Got(Meta, Rc<str>, For),
    /// Ask for another name of this one.
    StartRenaming(String),
    /// The name so far.
    FillName(String),
    /// Give it the name.
    Rename,
    /// Leave the name as it was.
    StopRenaming,
    /// Delete this one.
    Delete(String),
    /// Bring this one back.
    Restore(String),
    /// The text of this one with this stamp is kept.
    Saved(String, String),
    /// It can't be kept, for this reason.
    Refused(String),
    /// Hand the text to the browser as a file.
    Download,
    /// This text is not kept: another tab kept another one.
    Conflict(Meta, Rc<str>),
    /// A file was dropped on the page, or opened: its name, and its text or why that can't be read.
    Dropped(String, Result<Rc<str>, String>),
}

/// What is to be done about documents.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Keep a text, unless what is kept is not what `base` says.
    Save { meta: Meta, text: Rc<str>, base: String },
    /// Keep a name or a deletion.
    SaveAbout(Meta),
    /// Get a text.
    Load(Meta, For),
    /// Remember what is open, for the next page, and which of its texts is kept, if that is another one.
    RememberOpen(Box<Open>, Option<Rc<str>>),
}

/// How long ago, in the largest unit that fits.
fn ago(milliseconds: f64) -> String {
    let minutes = (milliseconds / 60_000.0).max(0.0) as u64;
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1440 => format!("{} h ago", minutes / 60),
        1440..2880 => "yesterday".to_owned(),
        _ => format!("{} days ago", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn times_are_told_in_the_largest_unit_that_fits() {
        let told = [0.0, 59_999.0, 60_000.0, 3_600_000.0, 86_400_000.0, 6e8, -5.0].map(ago);
        let wanted =
            ["just now", "just now", "1 min ago", "1 h ago", "yesterday", "6 days ago", "just now"];
        assert_eq!(told, wanted);
    }
}
