//! Everything that can happen to the page.

use std::rc::Rc;

use halter_session::link::{Link, LinkError};
use halter_session::offers::{Action, Draft};
use halter_session::sitting::OccurrenceId;
use halter_session::why::Subject;

use crate::made_of::made_of;
use crate::{
    demo, documents, draw, editor, embed, explore, export, files, gallery, graph, guard, late,
    layout, learn, palette, player, renew, replaying, timeline, welcome,
};

/// Something happened: somebody did something, or an effect is done.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Something happened to the source.
    Editor(editor::Msg),
    /// Something happened to the explorer.
    Explore(explore::Msg),
    /// Something happened to the export.
    Export(export::Msg),
    /// A file was opened or saved, or is to be.
    Files(files::Msg),
    /// The page around an embedded one asks for something.
    Embed(embed::Msg),
    /// Something happened to the drawing.
    Draw(draw::Msg),
    /// Something happened to the demo.
    Demo(demo::Msg),
    /// Something happened to the gallery.
    Gallery(gallery::Msg),
    /// Something was done to what the graph draws.
    Graph(graph::Msg),
    /// The guard of the text found something.
    Guard(guard::Msg),
    /// How what is fetched late gets on.
    Late(late::Msg),
    /// Something happened to lessons.
    Learn(learn::Msg),
    /// Something happened to documents.
    Documents(documents::Msg),
    /// Play this example.
    ChooseExample(usize),
    /// The drawers, and how wide they are.
    Layout(layout::Msg),
    /// Switch between the documented rules and those of the server.
    SetSemantics(&'static str),
    /// A field of an offer was typed into: what the offer does, index of the field, what stands there.
    Fill(Action, usize, Draft),
    /// Give the command of the offer that does this.
    Give(Action),
    /// Show or hide the fields of the offer that does this.
    ShowFields(Action),
    /// The field for seconds to pass was typed into.
    FillSeconds(String),
    /// Go to the button of what is worth trying.
    ShowHint,
    /// Let that time pass.
    PassSeconds,
    /// One step back.
    Back,
    /// One step forward: one that was played before, or else the script's next command, or what comes by itself.
    Forward,
    /// To the state after so many steps.
    GoTo(usize),
    /// The run that is played again is on its way.
    Replaying(replaying::Msg),
    /// See how the run stood after this occurrence.
    LookAt(OccurrenceId),
    /// Back to the beginning; what was played is kept as a branch.
    Restart,
    /// Look at a ThreadRun.
    Select(u32),
    /// The address says something else now.
    Arrive(Arrival),
    /// Say why something is as it is.
    Ask(Subject),
    /// Say again why the ThreadRun that is looked at is as it is.
    AskNothing,
    /// Look at an occurrence.
    ShowOccurrence(OccurrenceId),
    /// Show more or fewer steps in the log.
    ShowMoreSteps,
    /// List all of this step in the log, however long it is.
    ShowWholeStep(usize),
    /// The timeline, and the branches that it shows.
    Timeline(timeline::Msg),
    /// The player: what goes on by itself.
    Player(player::Msg),
    /// The command palette and the sheet of shortcuts.
    Palette(palette::Msg),
    /// Another build of the page is there, and what is to become of it.
    Renew(renew::Msg),
    /// The notice was read.
    Dismiss,
    /// Something was done on the first screen.
    Welcome(welcome::Msg),
    /// Fill the empty document with this template.
    ChooseTemplate(usize),
}

/// What somebody arrives at who goes back or forward, or follows a link in this very tab.
#[derive(Debug, Clone)]
pub(crate) enum Arrival {
    /// What a link holds.
    Link(Result<Rc<Link>, LinkError>),
    /// An example, by its index.
    Example(usize),
    /// A lesson, by its index.
    Lesson(usize),
    /// A document, or the one that was open.
    Document(Option<String>),
}

made_of!(Msg {
    Demo(demo::Msg),
    Documents(documents::Msg),
    Draw(draw::Msg),
    Editor(editor::Msg),
    Explore(explore::Msg),
    Export(export::Msg),
    Files(files::Msg),
    Gallery(gallery::Msg),
    Graph(graph::Msg),
    Guard(guard::Msg),
    Layout(layout::Msg),
    Learn(learn::Msg),
    Player(player::Msg),
    Renew(renew::Msg),
    Replaying(replaying::Msg),
    Timeline(timeline::Msg),
    Welcome(welcome::Msg),
});
