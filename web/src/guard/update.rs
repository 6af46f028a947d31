//! How the guard answers.

use std::rc::Rc;

use halter_explorer_worker::messages::{Exploration, Tell};

use super::{BYTES, Effect, Finding, Msg, STATES, finding};
use crate::effect::Effect as PageEffect;
use crate::explore::{self, Shown};
use crate::model::Model;
use crate::{editor, msg};

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Told(tell) => told(model, &tell),
        Msg::Failed => {
            // Nobody has asked for it: the explorer's panel says it, when somebody does.
            model.guard.is_looking = false;
            Vec::new()
        }
        Msg::Show(index) => {
            let findings = model.guard.findings_of(&model.source.text);
            let Some(Finding { semantics, commands, .. }) = findings.get(index).cloned() else {
                return Vec::new();
            };
            explore::update::on_stage(model, Shown::Finding(index), &semantics, commands)
        }
    }
}

/// Before anything happens: what is typed makes an end of looking at the text before it.
pub(crate) fn before(model: &mut Model, msg: &msg::Msg) -> Option<PageEffect> {
    if !matches!(msg, msg::Msg::Editor(editor::Msg::Typed)) {
        return None;
    }
    let guard = &mut model.guard;
    guard.edited = true;
    std::mem::take(&mut guard.is_looking).then(|| {
        guard.text = Rc::default();
        Effect::Cancel.into()
    })
}

/// After anything happened: a text that was changed and can be run is looked at.
pub(crate) fn after(model: &mut Model) -> Vec<PageEffect> {
    let (source, guard) = (&model.source, &mut model.guard);
    let is_new = *guard.text != *source.text;
    let can_be = source.document.is_some() && !source.unsettled && model.embed.is_none();
    if !guard.edited || !is_new || !can_be {
        return Vec::new();
    }
    guard.text = Rc::clone(&source.text);
    guard.findings = Rc::default();
    guard.round = guard.round.wrapping_add(1);
    guard.is_looking = true;
    let exploration = Exploration {
        round: guard.round,
        source: source.text.to_string(),
        semantics: vec![model.semantics.name().to_owned()],
        commands: Vec::new(),
        may: None,
        states: STATES,
        bytes: BYTES,
        map: None,
    };
    vec![Effect::Look(Box::new(exploration)).into()]
}

fn told(model: &mut Model, tell: &Tell) -> Vec<PageEffect> {
    let guard = &mut model.guard;
    let Tell::Found { round, found, .. } = tell else {
        return Vec::new();
    };
    if *round != guard.round || *guard.text != *model.source.text {
        return Vec::new();
    }
    guard.is_looking = false;
    if let (Some(found), Some(document)) = (found.first(), &model.source.document) {
        guard.findings = finding::findings(found, document).into();
    }
    vec![editor::Effect::Note(Rc::clone(&guard.text), Rc::clone(&guard.findings)).into()]
}
