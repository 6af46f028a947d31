//! What the model asks to be done after an update. Shells do it: `browser.rs`, and those of the panels.

use crate::layout::Layout;
use crate::made_of::made_of;
use crate::{
    demo, documents, editor, embed, explore, export, files, gallery, guard, learn, player, renew,
};

/// Something to do after an update.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Read the source when typing pauses.
    AwaitPause,
    /// Read the source now.
    ReadSource,
    /// Go on playing the run again when the page has answered what else there is.
    AwaitSlice,
    /// Keep and run the source when typing pauses for longer.
    AwaitRest,
    /// Go on looking for fixes when the page has answered what else there is.
    AwaitFix,
    /// Do something to the editor.
    Editor(editor::Effect),
    /// Do something for the explorer.
    Explore(explore::Effect),
    /// Look at the text in the background.
    Guard(guard::Effect),
    /// Hand a text to the browser as a file to keep.
    Download { file: String, text: std::rc::Rc<str> },
    /// Do something for the export.
    Export(export::Effect),
    /// Open or save a file.
    Files(files::Effect),
    /// Take the full screen, or give it back.
    Demo(demo::Effect),
    /// Open or close the gallery.
    Gallery(gallery::Effect),
    /// Tell the page around this one.
    Embed(embed::Effect),
    /// Do something for the run that goes on by itself.
    Player(player::Effect),
    /// Keep which drawers are open, and how wide they are.
    KeepLayout(Layout),
    /// Remember something of lessons.
    Learn(learn::Effect),
    /// Go on with another build of the page.
    Renew(renew::Effect),
    /// Do something about documents.
    Documents(documents::Effect),
    /// Put the keyboard on the element that this selects.
    Focus(&'static str),
    /// Let the address and the history say what is shown now; in the place of what they said, or after it.
    ShowAddress { address: Address, replace: bool },
    /// Keep the choice of semantics.
    KeepSemantics(&'static str),
    /// Bring the log's entry into view and focus it.
    RevealOccurrence(u32),
    /// Focus a command, if what had the focus is gone.
    HoldFocus,
    /// Focus the button of what is worth trying.
    FocusHint,
    /// Bring a ThreadRun's lane into view.
    RevealThread(u32),
    /// Bring the element with this id into view.
    Reveal(String),
    /// Focus what was focused before the palette took the focus.
    FocusBack,
    /// Bring the answer to a question into view.
    RevealWhy,
}

/// What the address says of what is shown, besides a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// The example's word.
    pub(crate) example: Option<&'static str>,
    /// The lesson's word, if it is one.
    pub(crate) lesson: Option<&'static str>,
    /// The document's id: the history keeps it, the address does not show it.
    pub(crate) document: Option<String>,
}

made_of!(Effect {
    Demo(demo::Effect),
    Documents(documents::Effect),
    Editor(editor::Effect),
    Embed(embed::Effect),
    Explore(explore::Effect),
    Export(export::Effect),
    Files(files::Effect),
    Gallery(gallery::Effect),
    Guard(guard::Effect),
    Learn(learn::Effect),
    Player(player::Effect),
    Renew(renew::Effect),
});
