//! The source: the editor, and what is wrong with its text.

mod codemirror;
pub(crate) mod marks;
mod problems;
pub(crate) mod service;
pub(crate) mod shell;
pub(crate) mod update;
pub(crate) mod view;
mod waiting;

use std::rc::Rc;
use std::sync::Arc;

use halter_language::{Edit, Fix, Fixing, Offsets};
use halter_spec::model::Document;
use halter_spec::place::Span;
use halter_spec::{Diagnostic, Format};

use crate::guard::Finding;

/// The id of the element that the editor is put into.
const MOUNT_ID: &str = "source-editor";

/// What can happen to the source.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// The text was changed; it is read when typing pauses.
    Typed,
    /// Typing paused for a moment: read the text.
    Paused,
    /// The text is now this.
    Read(Rc<str>),
    /// Typing paused for longer: keep the text, and run it.
    Rest,
    /// The caret is at this UTF-16 offset.
    Caret(usize),
    /// The caret came to the step of another node, or to none: ThreadSpec and node.
    Breakpoint(Option<(String, String)>),
    /// Move the caret to a place.
    GoTo(Span),
    /// Move the caret to the step of a node in a ThreadRun's lane.
    ShowNode(u32, String),
    /// Turn LittleHorse's JSON into readable source.
    Convert,
    /// Put right the diagnostic with this index, by the fix with that one.
    Fix(usize, usize),
    /// Try the next fix for a large text.
    TryFix,
    /// Take back the last change of the text, wherever the focus is.
    Undo,
    /// Make it again.
    Redo,
}

/// A line and what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) line: u32,
    /// `here` where the chosen ThreadRun is, `other` where another one is.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
}

/// What is to be done to the editor.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Show another document; `key` tells documents apart.
    Open { key: String, text: Rc<str> },
    /// The document that is shown has this key now.
    Rekey(String),
    /// Make the text another one, in one step of undo.
    Replace(Rc<str>),
    /// Apply edits of this text, in one step of undo.
    Apply(Rc<str>, Vec<Edit>),
    /// Show what is wrong with this text, and what would put it right.
    Diagnose(Rc<str>, Rc<[Diagnostic]>, Rc<[Vec<Fix>]>),
    /// Note what the guard found in this text, beside what is wrong with it.
    Note(Rc<str>, Rc<[Finding]>),
    /// Mark lines of this text.
    Mark(Rc<str>, Vec<Spot>),
    /// Select a place and bring it into view.
    Select(Span),
    /// Select a place and bring it into view, and leave the focus where it is.
    Show(Span),
    /// Put the keyboard there.
    Focus,
    /// Take back the last change of the text, typed or drawn.
    Undo,
    /// Make the change again that was taken back last.
    Redo,
}

/// The text, and what is to be said of it.
#[derive(Default)]
pub(crate) struct Source {
    /// The text as it was read last.
    pub(crate) text: Rc<str>,
    pub(crate) diagnostics: Rc<[Diagnostic]>,
    /// What would put the first of them right.
    pub(crate) fixes: Rc<[Vec<Fix>]>,
    /// The search for fixes in a large text, as far as it is.
    pub(crate) fixing: Option<Fixing>,
    /// How the text was read.
    pub(crate) format: Option<Format>,
    /// What the text says, if it can be run.
    pub(crate) document: Option<Arc<Document>>,
    /// Whether the run is of an earlier text, because this one can't be run.
    pub(crate) stale: bool,
    /// Whether the text was read, and neither kept nor run yet.
    pub(crate) unsettled: bool,
}

impl Source {
    /// Whether there is no text at all.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The line of a UTF-16 offset of a text, from 1.
pub(crate) fn line(text: &str, offset: usize) -> u32 {
    Offsets::new(text).line(offset)
}
