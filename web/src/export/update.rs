//! What the dialog of exports does to the model.

use std::rc::Rc;

use super::kind::ExportKind;
use super::recording::{self, Film};
use super::{Effect, Export, Made, Msg, Options, Told, Written};
use crate::browser;
use crate::effect;
use crate::model::Model;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<effect::Effect> {
    match msg {
        Msg::Open(kind) => {
            model.export = Some(export(model, kind, Options::default()));
            vec![Effect::Show.into()]
        }
        Msg::Closed => {
            model.export = None;
            Vec::new()
        }
        Msg::Choose(kind) => {
            let options = options(model);
            model.export = Some(export(model, kind, options));
            vec![Effect::FocusTab.into()]
        }
        Msg::Copy => match made(model) {
            Some(made) => vec![Effect::Copy(Rc::clone(&made.text)).into()],
            None => Vec::new(),
        },
        Msg::Copied(copied) => {
            let is_shown = !matches!(kind(model), Some(ExportKind::Picture));
            say(
                model,
                match (copied, is_shown) {
                    (true, _) => "Copied.",
                    (false, true) => {
                        "This browser does not let the page copy. The text is selected: copy it with Ctrl C."
                    }
                    (false, false) => {
                        "This browser does not let the page copy. Save it as SVG instead."
                    }
                },
            );
            Vec::new()
        }
        Msg::Download => {
            let Some((file, text)) =
                made(model).map(|made| (made.file.clone(), Rc::clone(&made.text)))
            else {
                return Vec::new();
            };
            say(model, "Downloaded.");
            vec![effect::Effect::Download { file, text }]
        }
        Msg::Picture(picture) => choose(model, Options { picture, ..options(model) }),
        Msg::Framed(framed) => choose(model, Options { framed, ..options(model) }),
        Msg::Workflow(workflow) => choose(model, Options { workflow, ..options(model) }),
        Msg::SavePng => match svg_for_png(model) {
            Some((file, svg)) => vec![Effect::SavePng { file, svg }.into()],
            None => Vec::new(),
        },
        Msg::CopyPng => match svg_for_png(model) {
            Some((_, svg)) => vec![Effect::CopyPng(svg).into()],
            None => Vec::new(),
        },
        Msg::Record => match film(model) {
            Some((name, film)) => {
                say(model, "Recording: it takes as long as the film, and then the file comes.");
                vec![Effect::Record { file: format!("{name}.webm"), film }.into()]
            }
            None => Vec::new(),
        },
        Msg::SaveGif => match film(model) {
            Some((name, film)) => {
                say(model, "The GIF is being made.");
                vec![Effect::SaveGif { file: format!("{name}.gif"), film }.into()]
            }
            None => Vec::new(),
        },
        Msg::Told(told) => {
            say(
                model,
                match told {
                    Told::Downloaded => "Downloaded.",
                    Told::Copied => "Copied.",
                    Told::NotDrawn => "This browser makes no PNG of it. Save it as SVG instead.",
                    Told::NotRecorded => "This browser could not make a film of the run.",
                    Told::NotCopied => {
                        "This browser does not let the page copy a picture. Save it instead."
                    }
                },
            );
            Vec::new()
        }
    }
}

/// Writes the same kind again, as is chosen now.
fn choose(model: &mut Model, options: Options) -> Vec<effect::Effect> {
    if let Some(kind) = kind(model) {
        model.export = Some(export(model, kind, options));
    }
    Vec::new()
}

fn say(model: &mut Model, what: &'static str) {
    if let Some(export) = &mut model.export {
        export.said = Some(what);
    }
}

fn kind(model: &Model) -> Option<ExportKind> {
    model.export.as_ref().map(|export| export.kind)
}

fn options(model: &Model) -> Options {
    model.export.as_ref().map(|export| export.options).unwrap_or_default()
}

fn made(model: &Model) -> Option<&Made> {
    match &model.export.as_ref()?.written {
        Written::Text(made) => Some(made),
        Written::Refused(_) => None,
    }
}

/// The run from its beginning, as the picture that is chosen shows it; and the file's name without its ending.
fn film(model: &Model) -> Option<(String, Film)> {
    let play = model.play.as_ref()?;
    let film = recording::film(options(model).picture, play, browser::is_dark());
    let name = &play.sitting.document().wf_spec.name;
    Some((if name.is_empty() { "workflow".to_owned() } else { name.clone() }, film))
}

/// What a PNG is made of, and what its file is called.
fn svg_for_png(model: &Model) -> Option<(String, Rc<str>)> {
    let made = made(model)?;
    let file = made.file.strip_suffix(".svg")?;
    Some((format!("{file}.png"), Rc::clone(made.fixed.as_ref()?)))
}

fn export(model: &Model, kind: ExportKind, options: Options) -> Export {
    let written = match kind.write(model, &options) {
        Ok(made) => Written::Text(made),
        Err(why) => Written::Refused(why),
    };
    Export { kind, options, written, said: None }
}
