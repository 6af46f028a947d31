//! The table: the only way from the page to what is fetched late.

use std::cell::Cell;

use super::chunk;
use super::update::{UPDATES, Updates};
use super::view::{VIEWS, Views};
use crate::documents::Documents;
use crate::editor::service::{SERVICE, Service};
use crate::msg::{self, Arrival};
use crate::sender::Sender;
use crate::{documents, editor, explore, export, guard};

/// The ways in.
pub(crate) struct Late {
    pub(crate) updates: &'static Updates,
    pub(crate) views: &'static Views,
    /// What the editor asks.
    pub(crate) service: &'static Service,
    pub(crate) shells: Shells,
}

/// What does what these panels ask for.
pub(crate) struct Shells {
    pub(crate) export: fn(export::Effect, &Sender),
    pub(crate) explore: fn(&mut explore::Shell, &explore::Effect, &Sender),
    pub(crate) guard: fn(&mut explore::Shell, &guard::Effect, &Sender),
}

const SHELLS: Shells = Shells {
    export: export::perform,
    explore: explore::shell::perform,
    guard: explore::shell::guard,
};

pub(super) static LATE: Late =
    Late { updates: &UPDATES, views: &VIEWS, service: &SERVICE, shells: SHELLS };

thread_local! {
    static HERE: Cell<Option<&'static Late>> = const { Cell::new(None) };
}

/// The ways in, once it is here. Tests outside the browser have no other file to fetch.
pub(crate) fn get() -> Option<&'static Late> {
    HERE.get().or(cfg!(not(target_family = "wasm")).then_some(&LATE))
}

/// Fetches it, unless it is here; whether it is here then. What fails is tried anew when it is wanted again.
pub(crate) async fn fetch() -> bool {
    if get().is_none() {
        HERE.set(chunk::late().await.ok());
    }
    get().is_some()
}

/// Whether a message can't be answered without it.
pub(super) fn is_wanted_for(msg: &msg::Msg, documents: &Documents) -> bool {
    use msg::Msg;
    match msg {
        Msg::Explore(_)
        | Msg::Export(_)
        | Msg::Draw(_)
        | Msg::Gallery(_)
        | Msg::Guard(_)
        | Msg::Learn(_)
        | Msg::Palette(_)
        | Msg::Arrive(Arrival::Lesson(_))
        | Msg::Editor(editor::Msg::TryFix | editor::Msg::Convert) => true,
        Msg::Documents(documents::Msg::Loaded(..)) => documents.asked_lesson.is_some(),
        Msg::Arrive(_)
        | Msg::Back
        | Msg::ChooseExample(_)
        | Msg::ChooseTemplate(_)
        | Msg::Demo(_)
        | Msg::Dismiss
        | Msg::Documents(_)
        | Msg::Editor(_)
        | Msg::Embed(_)
        | Msg::Files(_)
        | Msg::Fill(..)
        | Msg::FillSeconds(_)
        | Msg::Forward
        | Msg::Give(_)
        | Msg::GoTo(_)
        | Msg::Graph(_)
        | Msg::Late(_)
        | Msg::Layout(_)
        | Msg::LookAt(_)
        | Msg::PassSeconds
        | Msg::Player(_)
        | Msg::Renew(_)
        | Msg::Replaying(_)
        | Msg::Restart
        | Msg::Select(_)
        | Msg::SetSemantics(_)
        | Msg::ShowFields(_)
        | Msg::ShowHint
        | Msg::ShowMoreSteps
        | Msg::ShowOccurrence(_)
        | Msg::ShowWholeStep(_)
        | Msg::Timeline(_)
        | Msg::Welcome(_)
        | Msg::Ask(_)
        | Msg::AskNothing => false,
    }
}
