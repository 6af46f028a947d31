//! The answers that are fetched late.

use super::Msg;
use crate::effect::Effect;
use crate::model::{Model, Notice};
use crate::msg;
use crate::{draw, editor, explore, export, gallery, guard, learn, palette};

type Answer<M> = fn(&mut Model, M) -> Vec<Effect>;

/// The panels' updates.
pub(crate) struct Updates {
    pub(crate) explore: Answer<explore::Msg>,
    pub(crate) export: Answer<export::Msg>,
    pub(crate) draw: Answer<draw::Msg>,
    pub(crate) gallery: Answer<gallery::Msg>,
    pub(crate) guard: Answer<guard::Msg>,
    pub(crate) learn: Answer<learn::Msg>,
    pub(crate) palette: Answer<palette::Msg>,
    pub(crate) start_lesson: Answer<usize>,
    look_for_fixes: fn(&mut Model),
    pub(crate) try_fix: fn(&mut Model) -> Vec<Effect>,
    pub(crate) convert: fn(&mut Model) -> Vec<Effect>,
    /// What these panels do before any message is answered.
    pub(crate) before: fn(&mut Model, &msg::Msg) -> Vec<Effect>,
    /// And after it.
    pub(crate) after: fn(&mut Model) -> Vec<Effect>,
}

pub(super) static UPDATES: Updates = Updates {
    explore: explore::update::update,
    export: export::update::update,
    draw: draw::update::update,
    gallery: gallery::update::update,
    guard: guard::update::update,
    learn: learn::update::update,
    palette: palette::update,
    start_lesson: learn::update::start,
    look_for_fixes: editor::update::look_for_fixes,
    try_fix: editor::update::try_fix,
    convert: editor::update::convert,
    before: |model, msg| guard::update::before(model, msg).into_iter().collect(),
    after: |model| {
        let mut effects = explore::update::after(model);
        learn::update::after(model);
        effects.extend(guard::update::after(model));
        effects
    },
};

/// Asks one of them. A message that wants it is held back until it is here, so that only what comes before and after every
/// message may go unheard.
pub(crate) fn ask(ask: impl FnOnce(&Updates) -> Vec<Effect>) -> Vec<Effect> {
    super::get().map_or_else(Vec::new, |late| ask(late.updates))
}

/// Looks for the fixes of what is wrong with a short text; whether nothing is left to be looked for.
pub(crate) fn look_for_fixes(model: &mut Model) -> bool {
    if model.source.diagnostics.is_empty() {
        return true;
    }
    match super::get() {
        Some(late) => {
            (late.updates.look_for_fixes)(model);
            true
        }
        // Nobody sees them: that is no reason to fetch anything.
        None => !model.layout.source.open,
    }
}

const COMING: &str = "This part of the page is being fetched …";
const MISSING: &str =
    "This part of the page could not be fetched. Try it once more when there is a connection.";

/// Says how it gets on, where somebody may wonder.
pub(crate) fn tell(model: &mut Model, msg: Msg) {
    model.notice = model.notice.take().filter(|notice| notice.text != COMING);
    let says = match msg {
        Msg::Here => return,
        Msg::Slow => COMING,
        Msg::Missing => MISSING,
    };
    says.clone_into(&mut model.announcement);
    model.notice = Some(Notice::plain(says));
}
