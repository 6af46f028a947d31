//! How files change the model. A file that was opened is a document; the document remembers the file.

use std::rc::Rc;

use halter_spec::Format;

use super::access::{self, Handle};
use super::{Effect, File, Msg};
use crate::documents;
use crate::effect;
use crate::model::{Model, Notice};

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<effect::Effect> {
    // An embedded page has no files: it shows what the page around it says.
    if model.embed.is_some() {
        return Vec::new();
    }
    match msg {
        Msg::Open => vec![Effect::Open.into()],
        Msg::Save => {
            let document = model.documents.open.id.clone();
            let file = document.as_ref().and_then(|id| model.files.of.get(id)).cloned();
            match document.zip(file) {
                Some((document, file)) => {
                    let text = Rc::clone(&model.source.text);
                    vec![Effect::Save { document, file, text }.into()]
                }
                None => update(model, Msg::SaveAs),
            }
        }
        Msg::SaveAs => {
            let document = model.documents.open.id.clone();
            let name = suggested_name(model);
            let text = Rc::clone(&model.source.text);
            vec![Effect::SaveAs { document, name, text }.into()]
        }
        Msg::Opened(name, text, handle) => opened(model, name, text, handle),
        Msg::Saved(document, file) => {
            let mut effects = Vec::new();
            // What is saved as a file is no longer only looked at.
            if document.is_none() && model.documents.open.id.is_none() {
                effects.extend(documents::update::keep_named(model, &file.name));
            }
            tell(model, format!("Saved to {}.", file.name));
            if let Some(id) = document.or_else(|| model.documents.open.id.clone()) {
                model.files.of.insert(id, file);
            }
            effects
        }
        Msg::Downloaded(name) => {
            tell(model, format!("Downloaded as {name}."));
            Vec::new()
        }
        Msg::Refused(why) => {
            tell(model, why);
            Vec::new()
        }
    }
}

fn opened(
    model: &mut Model,
    name: String,
    text: Result<Rc<str>, String>,
    handle: Option<Handle>,
) -> Vec<effect::Effect> {
    let was_read = text.is_ok();
    let effects = documents::update::update(model, documents::Msg::Dropped(name.clone(), text));
    let id = model.documents.open.id.clone().filter(|_| was_read);
    if let Some((id, handle)) = id.zip(handle) {
        model.files.of.insert(id, File { name, handle });
    }
    effects
}

fn tell(model: &mut Model, what: String) {
    model.announcement.clone_from(&what);
    model.notice = Some(Notice::plain(what));
}

/// The document's own file, if it is of the text's kind; or else what its workflow is called.
fn suggested_name(model: &Model) -> String {
    let ending = match model.source.format {
        Some(Format::PutWfSpecRequest | Format::WfSpec) => "json",
        Some(Format::Source) | None => "yaml",
    };
    let own = model.files.name_of(model.documents.open.id.as_ref());
    if let Some(name) = own.filter(|name| access::is_json(name) == (ending == "json")) {
        return name.to_owned();
    }
    let document = model.source.document.as_ref();
    let name = document.map(|document| document.wf_spec.name.as_str());
    format!("{}.halter.{ending}", name.filter(|name| !name.is_empty()).unwrap_or("workflow"))
}
