//! The way out: the sitting as a link, as a picture and as a part of somebody's page, LittleHorse's JSON and code for its SDKs, to
//! copy or to download.

mod fields;
mod framed;
mod framed_view;
mod gif;
mod kind;
mod picture;
mod picture_view;
mod raster;
mod recorder;
mod recording;
mod reel;
mod shell;
pub(crate) mod update;
pub(crate) mod view;

use std::rc::Rc;

use js_sys::encode_uri_component;
use web_sys::Element;

use framed::Framed;
use kind::ExportKind;
use picture::Picture;
use recording::Film;
pub(crate) use shell::{download, perform};

/// The dialog's id.
const DIALOG_ID: &str = "export";

/// The id of what is exported.
const TEXT_ID: &str = "export-text";

/// What the dialog shows.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    kind: ExportKind,
    options: Options,
    written: Written,
    /// What came of copying or downloading.
    said: Option<&'static str>,
}

/// What is chosen for those kinds that there is something to choose for.
#[derive(Debug, Clone, Copy, Default)]
struct Options {
    picture: Picture,
    framed: Framed,
    /// Which of the document's WfSpecs: 0 is its own.
    workflow: usize,
}

/// One of a few that can be chosen: a name for the page, and what is read.
#[derive(Debug, Clone, Copy)]
struct Choice<T> {
    name: &'static str,
    title: &'static str,
    value: T,
}

/// What is exported, or why nothing is.
#[derive(Debug, Clone)]
enum Written {
    Text(Made),
    Refused(Vec<String>),
}

/// A text to hand over. It stays as it was while the dialog is open, also if the run goes on beneath it.
#[derive(Debug, Clone)]
struct Made {
    text: Rc<str>,
    /// What its file is called.
    file: String,
    /// What it says to those who can't see it, where it is something to look at.
    caption: String,
    /// The picture for a ground that is known: a PNG can't follow a reader's system.
    fixed: Option<Rc<str>>,
    /// The address of the embedded page, from this one, where it is one.
    frame: Option<String>,
}

impl Made {
    fn text(text: String, file: String) -> Self {
        Self { text: text.into(), file, caption: String::new(), fixed: None, frame: None }
    }
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
    /// Draw this picture.
    Picture(Picture),
    /// Write this for somebody's page.
    Framed(Framed),
    /// Write this one of the document's WfSpecs.
    Workflow(usize),
    /// Download the picture as PNG.
    SavePng,
    /// Copy the picture as PNG.
    CopyPng,
    /// Record the run as a film.
    Record,
    /// Save the run as GIF.
    SaveGif,
    /// What came of the PNG or the film.
    Told(Told),
}

impl Msg {
    /// Show the dialog with pictures first.
    pub(crate) fn open_pictures() -> Self {
        Msg::Open(ExportKind::Picture)
    }

    /// Show it with what stands in somebody's page first.
    pub(crate) fn open_framed() -> Self {
        Msg::Open(ExportKind::Framed)
    }
}

/// What came of a PNG or a film.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    Downloaded,
    Copied,
    /// The browser made none.
    NotDrawn,
    /// The browser let none be copied.
    NotCopied,
    /// The browser recorded nothing.
    NotRecorded,
}

/// What is to be done for it.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Open the dialog.
    Show,
    /// Put the keyboard on the tab that is chosen.
    FocusTab,
    Copy(Rc<str>),
    /// Make a PNG of an SVG, and download it.
    SavePng {
        file: String,
        svg: Rc<str>,
    },
    /// Record a film, and download it.
    Record {
        file: String,
        film: Film,
    },
    /// Make a GIF of a film, and download it.
    SaveGif {
        file: String,
        film: Film,
    },
    /// Make a PNG of an SVG, and copy it.
    CopyPng(Rc<str>),
}

/// The address of an SVG, all of which stands in it: nothing is left behind when it is shown no more.
fn picture_address(svg: &str) -> String {
    format!("data:image/svg+xml;charset=utf-8,{}", String::from(encode_uri_component(svg)))
}

/// Selects what is exported, to be copied by hand.
fn select_text() {
    let found: Option<Element> = gloo_utils::document().get_element_by_id(TEXT_ID);
    let selection = gloo_utils::window().get_selection().ok().flatten();
    if let (Some(element), Some(selection)) = (found, selection) {
        let _ = selection.select_all_children(&element);
    }
}
