//! The way out: LittleHorse's JSON and code for its SDKs, to copy or to download.

mod kind;
mod shell;
pub(crate) mod update;
pub(crate) mod view;

use std::rc::Rc;

use web_sys::Element;

use kind::ExportKind;
pub(crate) use shell::{copy, download, focus_tab, show_dialog};

/// The dialog's id.
const DIALOG_ID: &str = "export";

/// The id of what is exported.
const TEXT_ID: &str = "export-text";

/// What the dialog shows.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    kind: ExportKind,
    written: Written,
    /// What came of copying or downloading.
    said: Option<&'static str>,
}

/// What is exported, or why nothing is.
#[derive(Debug, Clone)]
enum Written {
    Text(Rc<str>),
    Refused(Vec<String>),
}

/// What can happen to the dialog.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Show it, with this kind first.
    Open(ExportKind),
    /// It was closed.
    Closed,
    /// Write this kind.
    Choose(ExportKind),
    /// Copy the text.
    Copy,
    /// Whether it could be copied.
    Copied(bool),
    /// Download the text as a file.
    Download,
}

/// What is to be done for it.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Open the dialog.
    Show,
    /// Put the keyboard on the tab that is chosen.
    FocusTab,
    Copy(Rc<str>),
    Download {
        file: String,
        text: Rc<str>,
    },
}

/// Selects what is exported, to be copied by hand.
fn select_text() {
    let found: Option<Element> = gloo_utils::document().get_element_by_id(TEXT_ID);
    let selection = gloo_utils::window().get_selection().ok().flatten();
    if let (Some(element), Some(selection)) = (found, selection) {
        let _ = selection.select_all_children(&element);
    }
}
