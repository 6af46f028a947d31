//! Drawing: a step of a thread is added, moved, deleted or filled in, each time as one edit of the text, which stays the
//! one source of truth. The step is the node that was clicked, or at which the caret stands.

pub(crate) mod update;
pub(crate) mod view;

use halter_language::Edit;
use halter_language::edits::Refusal;

/// The kind of step that is added unless another is chosen.
const FIRST_KIND: &str = "task";

/// A node: names of its thread and its own.
type At = (String, String);

/// What the drawing panel knows.
#[derive(Debug, Default)]
pub(crate) struct Draw {
    /// Whether the panel is open.
    open: bool,
    /// The kind of step to add.
    kind: Option<String>,
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
    /// Another kind of step was chosen.
    Kind(String),
    /// Add a step of that kind behind the node.
    Insert,
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
