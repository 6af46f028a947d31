//! How documents answer. Nothing here ever writes over a document that somebody did not change.

use std::rc::Rc;

use halter_lessons::Lesson;
use halter_session::Sitting;
use halter_session::link::{Link, LinkError};
use halter_session::sitting::Replay;

use super::{Documents, Effect, For, Meta, Msg, Open, shell};
use crate::editor::{self, update as source};
use crate::effect::{Address, Effect as PageEffect};
use crate::examples::EXAMPLES;
use crate::learn::SLUGS;
use crate::linked::LookedAt;
use crate::model::{Model, Notice, Play};
use crate::msg::Arrival;
use crate::replaying::{self, Why};
use crate::{files, late, player, update};

/// What a document is called that says no name of its own.
const UNTITLED: &str = "Untitled";

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::NothingWasOpen => {
            model.documents.begun = true;
            begin(model)
        }
        Msg::Loaded(list, opened, problem) => {
            let begun = std::mem::take(&mut model.documents.begun);
            let made = std::mem::replace(&mut model.documents.list, list);
            // What was made meanwhile is still on its way to the store.
            model.documents.list.extend(made);
            model.documents.not_kept = problem;
            model.documents.loading = false;
            let mut effects = match opened {
                Some((meta, text)) => {
                    let effects = show(model, Open::kept(&meta), text);
                    // A damaged link is no reason to show something else than what was open.
                    if let Some(Err(error)) = model.documents.asked_link.take() {
                        say_why_not(model, error);
                    }
                    player::bring_back(model);
                    effects
                }
                None if begun => Vec::new(),
                None => begin(model),
            };
            // What was kept is there: what the system opens is shown in its place.
            if model.embed.is_none() {
                effects.push(files::Effect::AwaitLaunch.into());
            }
            effects
        }
        Msg::Close { by_key } => {
            if !std::mem::take(&mut model.documents.shown) {
                return Vec::new();
            }
            model.documents.renaming = None;
            by_key.then_some(PageEffect::Focus(".switcher")).into_iter().collect()
        }
        Msg::Listed(list) => listed(model, list),
        Msg::Toggle => {
            model.documents.shown = !model.documents.shown;
            model.documents.renaming = None;
            Vec::new()
        }
        Msg::New => {
            let open = Open::fresh(UNTITLED);
            "A new document.".clone_into(&mut model.announcement);
            let mut effects = show(model, open, Rc::default());
            effects.push(editor::Effect::Focus.into());
            effects
        }
        Msg::OpenDocument(id) => load(model, &id, For::Opening),
        Msg::Duplicate(id) => load(model, &id, For::Copying),
        Msg::Got(meta, text, For::Returning) => {
            model.documents.arriving = true;
            update(model, Msg::Got(meta, text, For::Opening))
        }
        Msg::Got(meta, text, For::Opening) => {
            model.announcement = format!("Document: {}.", meta.name);
            show(model, Open::kept(&meta), text)
        }
        Msg::Got(meta, text, For::Copying) => {
            let name = model.documents.free_name(&meta.name);
            let mut effects = show(model, Open::fresh(&name), text);
            effects.extend(keep_as(model, name, true));
            effects
        }
        Msg::Got(meta, text, For::Following) => follow(model, &meta, text),
        Msg::StartRenaming(id) => {
            let name = model.documents.meta(&id).map(|meta| meta.name.clone());
            model.documents.renaming = name.map(|name| (id, name));
            vec![PageEffect::Focus("#document-name")]
        }
        Msg::FillName(name) => {
            if let Some((_, draft)) = &mut model.documents.renaming {
                *draft = name;
            }
            Vec::new()
        }
        Msg::StopRenaming => {
            model.documents.renaming = None;
            Vec::new()
        }
        Msg::Rename => rename(model),
        Msg::Delete(id) => delete(model, &id),
        Msg::Restore(id) => restore(model, &id),
        Msg::Saved(id, stamp) => {
            let open = &mut model.documents.open;
            if open.id.as_ref() == Some(&id) {
                open.unsaved &= open.stamp != stamp;
                model.documents.not_kept = None;
            }
            Vec::new()
        }
        Msg::Refused(why) => {
            model.documents.not_kept = Some(why);
            Vec::new()
        }
        Msg::Download => {
            let file =
                format!("{}.yaml", workflow_name(model).unwrap_or_else(|| "workflow".to_owned()));
            let text = Rc::clone(&model.source.text);
            vec![PageEffect::Download { file, text }]
        }
        Msg::Conflict(meta, text) => conflict(model, &meta, &text),
        // An embedded page shows what the page around it says.
        Msg::Dropped(..) if model.embed.is_some() => Vec::new(),
        Msg::Dropped(file, Ok(text)) => {
            let name = file_stem(&file);
            let mut effects = show(model, Open::fresh(name), text);
            effects.extend(keep_named(model, &file));
            model.announcement = format!("{file} is a document now.");
            effects
        }
        Msg::Dropped(file, Err(why)) => {
            let text = format!("{file} can't be opened: {why}");
            model.announcement.clone_from(&text);
            model.notice = Some(Notice::plain(text));
            Vec::new()
        }
    }
}

/// Opens what the page is asked for.
fn begin(model: &mut Model) -> Vec<PageEffect> {
    let effects = if model.embed.is_some() {
        crate::embed::update(model, crate::embed::Msg::Start)
    } else {
        match model.documents.asked_link.take() {
            Some(link) => go_to_link(model, link),
            None => open_asked(model),
        }
    };
    player::bring_back(model);
    effects
}

/// `cart` of `cart.halter.yaml`.
fn file_stem(file: &str) -> &str {
    let endings = [".halter.yaml", ".halter.yml", ".halter.json", ".yaml", ".yml", ".json"];
    endings.iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file)
}

/// Shows a text; the run starts anew.
fn show(model: &mut Model, open: Open, text: Rc<str>) -> Vec<PageEffect> {
    show_before(model, open, text, source::run)
}

/// Shows a text; what is to be done once it is read says how the run goes on.
fn show_before(
    model: &mut Model,
    open: Open,
    text: Rc<str>,
    then: impl FnOnce(&mut Model),
) -> Vec<PageEffect> {
    // The offer to undo a deletion outlives what is opened instead.
    let offer = model.notice.take().filter(|notice| notice.undo.is_some());
    update::forget_run(model);
    model.source.text = Rc::default();
    model.documents.shown = false;
    model.documents.renaming = None;
    let key = open.key();
    let address = address_of(&open, std::mem::take(&mut model.documents.arriving));
    let remember = Effect::RememberOpen(Box::new(open.clone()), Some(Rc::clone(&text)));
    model.documents.open = open;
    let mut effects = vec![editor::Effect::Open { key, text: Rc::clone(&text) }.into()];
    effects.extend(source::read(model, text));
    then(model);
    model.notice = model.notice.take().or(offer);
    effects.push(remember.into());
    effects.extend(address);
    effects
}

/// What the address says of what is open: the example, or the document. A link is in the address already.
fn address_of(open: &Open, arriving: bool) -> Option<PageEffect> {
    let lesson = open.lesson.and_then(|index| SLUGS.get(index)).copied();
    if open.shared.is_some() && lesson.is_none() {
        return None;
    }
    let example = open.example.and_then(|index| EXAMPLES.get(index));
    let address =
        Address { example: example.map(|example| example.slug), lesson, document: open.id.clone() };
    Some(PageEffect::ShowAddress { address, replace: arriving })
}

/// Shows what the address says, after somebody went back or forward.
pub(crate) fn go_to_address(model: &mut Model, found: Arrival) -> Vec<PageEffect> {
    model.documents.arriving = true;
    let effects = match found {
        Arrival::Link(link) => go_to_link(model, link),
        Arrival::Example(index) => open_example(model, index),
        Arrival::Lesson(index) => late::update::ask(|late| (late.start_lesson)(model, index)),
        Arrival::Document(id) => {
            let known =
                id.filter(|id| model.documents.meta(id).is_some_and(|m| m.deleted.is_none()));
            let newest = || model.documents.living().first().map(|meta| meta.id.clone());
            match known.or_else(newest) {
                Some(id) if model.documents.open.id.as_ref() == Some(&id) => Vec::new(),
                Some(id) => load(model, &id, For::Returning),
                None => open_example(model, 0),
            }
        }
    };
    model.documents.arriving = false;
    effects
}

/// Shows a text that came with an embedded page.
pub(crate) fn show_text(model: &mut Model, text: Rc<str>) -> Vec<PageEffect> {
    let open = Open { shared: Some(Rc::clone(&text)), ..Open::fresh(UNTITLED) };
    show(model, open, text)
}

/// Opens the lesson that the address asks for, if lessons can be had; else its example, or the first.
fn open_asked(model: &mut Model) -> Vec<PageEffect> {
    match model.documents.asked_lesson.take().filter(|_| late::get().is_some()) {
        Some(lesson) => late::update::ask(|late| (late.start_lesson)(model, lesson)),
        None => open_example(model, model.documents.asked.unwrap_or(0)),
    }
}

/// Opens an example. It becomes a document when it is changed.
pub(crate) fn open_example(model: &mut Model, index: usize) -> Vec<PageEffect> {
    let Some(example) = EXAMPLES.get(index) else {
        return Vec::new();
    };
    let open = Open { example: Some(index), ..Open::fresh(example.title) };
    let effects = show(model, open, example.source.into());
    model.announcement = format!("Example: {}.", example.title);
    effects
}

/// Opens the workflow of a lesson, with a run of it. It becomes a document when it is changed.
pub(crate) fn open_lesson(
    model: &mut Model,
    index: usize,
    lesson: &Lesson,
    sitting: Sitting,
) -> Vec<PageEffect> {
    let text: Rc<str> = lesson.source.as_str().into();
    let open =
        Open { lesson: Some(index), shared: Some(Rc::clone(&text)), ..Open::fresh(&lesson.title) };
    show_before(model, open, text, |model| model.play = Some(Play::new(sitting, model.graph_width)))
}

/// Opens an example, and plays so many commands of its script.
pub(crate) fn open_example_at(model: &mut Model, index: usize, steps: usize) -> Vec<PageEffect> {
    let effects = open_example(model, index);
    update::play_script(model, steps);
    effects
}

/// Opens a link, or says why it can't be opened and shows what would be shown without it.
pub(crate) fn go_to_link(model: &mut Model, link: Result<Rc<Link>, LinkError>) -> Vec<PageEffect> {
    match link {
        Ok(link) => open_link(model, &link),
        Err(error) => {
            let effects = if model.play.is_none() { open_example(model, 0) } else { Vec::new() };
            say_why_not(model, error);
            effects
        }
    }
}

fn say_why_not(model: &mut Model, error: LinkError) {
    model.announcement = error.to_string();
    model.notice = Some(Notice::plain(error.to_string()));
}

/// Opens what a link holds: its text, its semantics and its run. It becomes a document when it is changed.
fn open_link(model: &mut Model, link: &Link) -> Vec<PageEffect> {
    model.semantics = link.plays_by();
    let text: Rc<str> = link.source.as_str().into();
    let open = Open { shared: Some(Rc::clone(&text)), ..Open::fresh("From a link") };
    let why = Why::Link(LookedAt::in_link(link));
    show_before(model, open, text, |model| {
        source::run_link(model);
        if let Some(play) = &model.play {
            let replay = Replay::of_link(link, play.sitting.clone());
            // Nobody outside the page is told of it.
            drop(replaying::begin(model, replay, why));
        }
    })
}

/// Keeps the text that was read; the first change makes a document of what was only looked at.
pub(crate) fn keep(model: &mut Model) -> Vec<PageEffect> {
    // An embedded page keeps nothing.
    if model.embed.is_some() {
        return Vec::new();
    }
    let Some(id) = model.documents.open.id.clone() else {
        let open = &model.documents.open;
        let unchanged = match (open.example.and_then(|index| EXAMPLES.get(index)), &open.shared) {
            (Some(example), _) => *example.source == *model.source.text,
            (None, Some(shared)) => *shared == model.source.text,
            (None, None) => model.source.is_blank(),
        };
        if unchanged {
            return Vec::new();
        }
        let name = other_workflow_name(model, &open.name).unwrap_or_else(|| open.name.clone());
        let name = model.documents.free_name(&name);
        return keep_as(model, name, false);
    };
    let unnamed = model.documents.meta(&id).filter(|meta| !meta.named);
    let name = unnamed.and_then(|meta| other_workflow_name(model, &meta.name));
    let base = model.documents.open.stamp.clone();
    let stamp = model.documents.stamp();
    let others: Vec<String> = model.documents.names_but(&id);
    let Some(meta) = model.documents.list.iter_mut().find(|meta| meta.id == id) else {
        let name = model.documents.open.name.clone();
        return keep_as(model, name, true);
    };
    if let Some(name) = name.filter(|name| !others.contains(name)) {
        meta.name = name;
    }
    meta.changed = shell::now();
    meta.deleted = None;
    meta.stamp = stamp;
    let meta = meta.clone();
    model.documents.open.name.clone_from(&meta.name);
    model.documents.open.stamp.clone_from(&meta.stamp);
    model.documents.open.unsaved = true;
    let text = Rc::clone(&model.source.text);
    vec![Effect::Save { meta, text, base }.into()]
}

/// Makes a document of what is shown, called as its workflow, or as the file that it is in.
pub(crate) fn keep_named(model: &mut Model, file: &str) -> Vec<PageEffect> {
    let name = workflow_name(model).unwrap_or_else(|| file_stem(file).to_owned());
    let name = model.documents.free_name(&name);
    keep_as(model, name, false)
}

/// Keeps the text that is shown as a new document of this name.
fn keep_as(model: &mut Model, name: String, named: bool) -> Vec<PageEffect> {
    let open = std::mem::take(&mut model.documents.open);
    let meta = Meta {
        // Its drafts have that id already. What another tab changed as well gets a new one.
        id: open.next_id,
        name,
        named,
        changed: shell::now(),
        stamp: model.documents.stamp(),
        deleted: None,
    };
    model.documents.open = Open { unsaved: true, ..Open::kept(&meta) };
    model.documents.list.push(meta.clone());
    let key = model.documents.open.key();
    let text = Rc::clone(&model.source.text);
    // Nothing of it is kept yet.
    let remembered = Open { stamp: String::new(), ..model.documents.open.clone() };
    let mut effects = vec![
        editor::Effect::Rekey(key).into(),
        Effect::RememberOpen(Box::new(remembered), None).into(),
        Effect::Save { meta, text, base: String::new() }.into(),
    ];
    // It is what was shown already, with a name: no other place to go back to.
    effects.extend(address_of(&model.documents.open, true));
    effects
}

/// The name of the workflow; none if the document is called as an example and still has that example's workflow: then it
/// keeps that name.
fn other_workflow_name(model: &Model, document: &str) -> Option<String> {
    let workflow = workflow_name(model)?;
    let mut examples = EXAMPLES.iter().filter(|example| document.starts_with(example.title));
    let of_example = examples.any(|example| {
        let document = halter_spec::load(example.source).document;
        document.is_some_and(|document| document.wf_spec.name == workflow)
    });
    (!of_example).then_some(workflow)
}

fn workflow_name(model: &Model) -> Option<String> {
    let name = &model.source.document.as_ref()?.wf_spec.name;
    (!name.is_empty()).then(|| name.clone())
}

fn load(model: &mut Model, id: &str, what: For) -> Vec<PageEffect> {
    let Some(meta) = model.documents.meta(id).cloned() else {
        return Vec::new();
    };
    // What is open need not be read, and may be newer than what is kept.
    if model.documents.open.id.as_deref() == Some(id) {
        if matches!(what, For::Opening | For::Returning) {
            model.documents.shown = false;
            return Vec::new();
        }
        let text = Rc::clone(&model.source.text);
        return update(model, Msg::Got(meta, text, what));
    }
    vec![Effect::Load(meta, what).into()]
}

/// Another tab kept something.
fn listed(model: &mut Model, list: Vec<Meta>) -> Vec<PageEffect> {
    model.documents.list = list;
    let open = &mut model.documents.open;
    let Some(meta) = model.documents.list.iter().find(|meta| Some(&meta.id) == open.id.as_ref())
    else {
        return Vec::new();
    };
    open.name.clone_from(&meta.name);
    // What was typed here meanwhile is not thrown away: keeping it will find the conflict.
    let unsaved = open.unsaved || model.source.unsettled;
    if meta.stamp == open.stamp || meta.deleted.is_some() || unsaved {
        return Vec::new();
    }
    vec![Effect::Load(meta.clone(), For::Following).into()]
}

/// Shows what another tab made of the document that is open here.
fn follow(model: &mut Model, meta: &Meta, text: Rc<str>) -> Vec<PageEffect> {
    let is_open = model.documents.open.id.as_ref() == Some(&meta.id);
    if !is_open || model.documents.open.unsaved || model.source.unsettled {
        return Vec::new();
    }
    model.documents.open = Open::kept(meta);
    if text == model.source.text {
        return Vec::new();
    }
    // Read first: then the editor's change is no news, and is not kept again.
    let diagnosed = source::read(model, Rc::clone(&text));
    source::run(model);
    let replace = editor::Effect::Replace(text).into();
    std::iter::once(replace).chain(diagnosed).collect()
}

fn conflict(model: &mut Model, meta: &Meta, text: &Rc<str>) -> Vec<PageEffect> {
    let is_open = model.documents.open.id.as_ref() == Some(&meta.id);
    if !is_open || *text != model.source.text {
        // Something newer is on its way, which finds the conflict again.
        return Vec::new();
    }
    let name = model.documents.free_name(&meta.name);
    model.notice = Some(Notice::plain(format!(
        "“{}” was changed in another tab as well. What you typed here is kept as “{name}”.",
        meta.name
    )));
    keep_as(model, name, true)
}

fn rename(model: &mut Model) -> Vec<PageEffect> {
    let Some((id, draft)) = model.documents.renaming.take() else {
        return Vec::new();
    };
    let name: String = draft.trim().chars().take(MAX_NAME).collect();
    let Some(meta) = model.documents.list.iter_mut().find(|meta| meta.id == id) else {
        return Vec::new();
    };
    if name.is_empty() || name == meta.name {
        return Vec::new();
    }
    meta.name = name;
    meta.named = true;
    let meta = meta.clone();
    if model.documents.open.id.as_ref() == Some(&id) {
        model.documents.open.name.clone_from(&meta.name);
    }
    model.announcement = format!("The document is called {} now.", meta.name);
    vec![Effect::SaveAbout(meta).into()]
}

/// Characters of a document's name.
const MAX_NAME: usize = 80;

fn delete(model: &mut Model, id: &str) -> Vec<PageEffect> {
    let Some(meta) = model.documents.list.iter_mut().find(|meta| meta.id == id) else {
        return Vec::new();
    };
    meta.deleted = Some(shell::now());
    let meta = meta.clone();
    let mut effects = vec![Effect::SaveAbout(meta.clone()).into()];
    if model.documents.open.id.as_deref() == Some(id) {
        let next = model.documents.living().first().map(|meta| meta.id.clone());
        effects.extend(match next {
            Some(next) => load(model, &next, For::Opening),
            None => update(model, Msg::New),
        });
    }
    model.documents.shown = true;
    model.notice =
        Some(Notice { text: format!("“{}” was deleted.", meta.name), undo: Some(meta.id) });
    model.announcement = format!("{} was deleted. It can be brought back.", meta.name);
    effects
}

fn restore(model: &mut Model, id: &str) -> Vec<PageEffect> {
    let Some(meta) = model.documents.list.iter_mut().find(|meta| meta.id == id) else {
        return Vec::new();
    };
    meta.deleted = None;
    let meta = meta.clone();
    model.notice = None;
    let mut effects = vec![Effect::SaveAbout(meta.clone()).into()];
    effects.extend(load(model, &meta.id, For::Opening));
    effects
}

impl Documents {
    /// A name that no other document has: with a number, if need be.
    fn free_name(&self, name: &str) -> String {
        let taken = |name: &str| self.living().iter().any(|meta| meta.name == name);
        if !taken(name) {
            return name.to_owned();
        }
        // What ends in a number is counted on.
        let stem = name
            .rsplit_once(' ')
            .filter(|(_, number)| number.parse::<u32>().is_ok())
            .map_or(name, |(stem, _)| stem);
        (2..=self.list.len() + 2)
            .map(|number| format!("{stem} {number}"))
            .find(|name| !taken(name))
            .unwrap_or_else(|| name.to_owned())
    }

    fn names_but(&self, id: &str) -> Vec<String> {
        let others = self.list.iter().filter(|meta| meta.id != id);
        others.map(|meta| meta.name.clone()).collect()
    }
}
