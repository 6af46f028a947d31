//! An empty document is filled with a template.

use std::rc::Rc;

use super::TEMPLATES;
use crate::editor;
use crate::effect::Effect;
use crate::model::Model;

/// Whether there is nothing yet.
pub(crate) fn is_due(model: &Model) -> bool {
    !model.documents.loading && model.source.is_blank()
}

/// Fills the empty document. Undo empties it again.
pub(crate) fn choose(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(template) = TEMPLATES.get(index).filter(|_| model.source.is_blank()) else {
        return Vec::new();
    };
    let text: Rc<str> = template.source.into();
    let mut effects = vec![editor::Effect::Replace(Rc::clone(&text)).into()];
    effects.extend(editor::update::read(model, text));
    effects.extend(editor::update::settle(model));
    model.announcement = format!("{}: the source is there, and runs.", template.title);
    effects
}
