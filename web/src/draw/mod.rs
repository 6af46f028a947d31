//! Drawing: a step of a thread is added, moved, deleted or filled in, each time as one edit of the text, which stays the
//! one source of truth. The step is the node that was clicked, or at which the caret stands.

mod drag;
mod menu;
pub(crate) mod slot;
pub(crate) mod update;
pub(crate) mod view;

use halter_language::Edit;
use halter_language::edits::Refusal;

/// A node: names of its thread and its own.
type At = (String, String);

/// An edge on which a step can stand: the names of its thread, of the node that it leaves, and of the one that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) thread: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// What the drawing panel knows.
#[derive(Debug, Default)]
pub(crate) struct Draw {
    /// Whether the panel is open.
    open: bool,
    /// The edge whose menu is open, and where on the page that is.
    menu: Option<(Slot, (i32, i32))>,
    /// The node that the last drawing left, until another one is pointed at.
    left: Option<At>,
    /// What came of the last drawing, if it is worth a word.
    said: Option<String>,
    /// The thread to add.
    thread: String,
    /// The event and the handler of the interrupt to add.
    event: String,
    handler: String,
}

/// What can happen to it.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Open or close the panel.
    Toggle,
    /// Add a step of this kind behind the node.
    Insert(String),
    /// Open the menu of an edge, which is at this place of the page.
    Menu(Slot, (i32, i32)),
    CloseMenu,
    /// Add a step of this kind on an edge.
    InsertAt(Slot, String),
    /// Move the step of this node to an edge.
    MoveTo(String, String, Slot),
    /// Have an interrupt filled in: of this thread, by this handler if one was shown.
    Interrupt(String, Option<String>),
    Delete,
    Earlier,
    Later,
    /// A field of the step says this now; nothing takes it away.
    Set(String, String),
    ThreadName(String),
    AddThread,
    Event(String),
    Handler(String),
    AddInterrupt,
    /// Of this thread, by this event.
    RemoveInterrupt(String, String),
}

type Edited = Result<Vec<Edit>, Refusal>;
