//! Files of the reader's own: opened, and written again where the browser lets the page. Else they are downloads.

pub(crate) mod access;
mod reading;
pub(crate) mod shell;
pub(crate) mod update;

use std::collections::HashMap;
use std::rc::Rc;

use web_sys::KeyboardEvent;

use access::Handle;
pub(crate) use reading::read_dropped;

/// What is known of files.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The files that documents are written to, by the documents' ids. The next page must be given them anew.
    of: HashMap<String, File>,
}

/// A file that may be written to, once its owner allows it.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) name: String,
    handle: Handle,
}

impl Files {
    /// The name of the file that a document is written to.
    pub(crate) fn name_of(&self, document: Option<&String>) -> Option<&str> {
        self.of.get(document?).map(|file| file.name.as_str())
    }
}

/// What can happen to files.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Ask for a file, and open it.
    Open,
    /// Write to the document's own file; ask for one, if it has none.
    Save,
    /// Ask for a file to write to.
    SaveAs,
    /// A file was read: its name, its text or why that can't be read, and the file, if it can be written again.
    Opened(String, Result<Rc<str>, String>, Option<Handle>),
    /// The text of this document, or of what is none yet, was written to this file.
    Saved(Option<String>, File),
    /// It was handed to the browser as a file of this name.
    Downloaded(String),
    /// It was not done, for this reason.
    Refused(String),
}

/// What is to be done about files.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Ask for a file, and read it.
    Open,
    /// Ask for a file, and write to it.
    SaveAs { document: Option<String>, name: String, text: Rc<str> },
    /// Write to this file.
    Save { document: String, file: File, text: Rc<str> },
    /// Read what the system opens by this page.
    AwaitLaunch,
}

/// The keys that files are saved by; everywhere, as in any editor.
pub(crate) fn shortcut(event: &KeyboardEvent) -> Option<Msg> {
    let command = event.ctrl_key() || event.meta_key();
    let saves = event.key().eq_ignore_ascii_case("s") && command && !event.alt_key();
    saves.then(|| if event.shift_key() { Msg::SaveAs } else { Msg::Save })
}
