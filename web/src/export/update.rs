//! What the dialog of exports does to the model.

use std::rc::Rc;

use super::kind::ExportKind;
use super::{Effect, Export, Msg, Written};
use crate::effect;
use crate::model::Model;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<effect::Effect> {
    match msg {
        Msg::Open(kind) => {
            model.export = Some(export(model, kind));
            vec![Effect::Show.into()]
        }
        Msg::Closed => {
            model.export = None;
            Vec::new()
        }
        Msg::Choose(kind) => {
            model.export = Some(export(model, kind));
            vec![Effect::FocusTab.into()]
        }
        Msg::Copy => match text(model) {
            Some(text) => vec![Effect::Copy(text).into()],
            None => Vec::new(),
        },
        Msg::Copied(copied) => {
            say(
                model,
                if copied {
                    "Copied."
                } else {
                    "This browser does not let the page copy. The text is selected: copy it with Ctrl C."
                },
            );
            Vec::new()
        }
        Msg::Download => {
            let Some((text, kind)) =
                text(model).zip(model.export.as_ref().map(|export| export.kind))
            else {
                return Vec::new();
            };
            let document = model.source.document.as_ref();
            let name = document.map_or("workflow", |document| document.wf_spec.name.as_str());
            let file = kind.file_name(name);
            say(model, "Downloaded.");
            vec![Effect::Download { file, text }.into()]
        }
    }
}

fn say(model: &mut Model, what: &'static str) {
    if let Some(export) = &mut model.export {
        export.said = Some(what);
    }
}

fn text(model: &Model) -> Option<Rc<str>> {
    match &model.export.as_ref()?.written {
        Written::Text(text) => Some(Rc::clone(text)),
        Written::Refused(_) => None,
    }
}

fn export(model: &Model, kind: ExportKind) -> Export {
    let written = match kind.write(model) {
        Ok(text) => Written::Text(text.into()),
        Err(why) => Written::Refused(why),
    };
    Export { kind, written, said: None }
}
