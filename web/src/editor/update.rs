//! How the source answers.

use std::rc::Rc;
use std::sync::Arc;

use halter_language::Fixing;
use halter_spec::Severity;
use halter_spec::model::Document;

use super::{Effect, Msg, Source, marks};
use crate::effect::Effect as PageEffect;
use crate::model::{Model, Notice};
use crate::{documents, draw, embed, late, update};

/// Diagnostics for which fixes are looked for. Nobody puts more than these right at once, and each takes time.
const MAX_FIXED: usize = 12;

/// The fixes of a text of so many bytes are looked for at once: that takes some hundredths of a second.
const SHORT_BYTES: usize = 60_000;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Typed => vec![PageEffect::AwaitPause],
        Msg::Paused => vec![PageEffect::ReadSource],
        Msg::Read(text) => {
            let mut effects = read(model, text);
            if model.source.unsettled {
                effects.push(PageEffect::AwaitRest);
            }
            effects
        }
        Msg::Rest => settle(model),
        Msg::TryFix => late::update::ask(|late| (late.try_fix)(model)),
        Msg::Undo | Msg::Redo if model.is_read_only() => Vec::new(),
        Msg::Undo => vec![Effect::Undo.into()],
        Msg::Redo => vec![Effect::Redo.into()],
        // Only the shell knows lines: it tells of another step.
        Msg::Caret(_) => Vec::new(),
        Msg::Breakpoint(node) => {
            draw::update::pointed(model);
            if let Some(play) = &mut model.play {
                play.pointed = node;
            }
            Vec::new()
        }
        Msg::GoTo(span) => {
            model.layout.source.open = true;
            vec![Effect::Select(span).into()]
        }
        Msg::ShowNode(thread, node) => show_node(model, thread, node),
        Msg::Convert => late::update::ask(|late| (late.convert)(model)),
        Msg::Fix(diagnostic, fix) => {
            let fixes = model.source.fixes.get(diagnostic);
            let Some(fix) = fixes.and_then(|fixes| fixes.get(fix)) else {
                return Vec::new();
            };
            model.announcement = format!("{}: done.", fix.title);
            let text = Rc::clone(&model.source.text);
            vec![Effect::Apply(text, fix.edits.clone()).into()]
        }
    }
}

/// From LittleHorse's JSON to source, in one step of undo.
pub(crate) fn convert(model: &mut Model) -> Vec<PageEffect> {
    let Some(document) = &model.source.document else {
        return Vec::new();
    };
    match halter_spec::write_source(document) {
        Ok(text) => {
            "The JSON is readable source now. Undo brings it back."
                .clone_into(&mut model.announcement);
            vec![Effect::Replace(text.into()).into()]
        }
        Err(problem) => {
            model.notice = Some(Notice::plain(problem.message()));
            Vec::new()
        }
    }
}

/// From the graph to the text.
fn show_node(model: &mut Model, thread: u32, node: String) -> Vec<PageEffect> {
    draw::update::pointed(model);
    let Some(play) = model.play.as_mut().filter(|_| !model.source.stale) else {
        return Vec::new();
    };
    let Some(thread) = play.run.thread(thread) else {
        return Vec::new();
    };
    let layout = play.layouts.get(usize::from(thread.spec));
    let mut nodes = layout.map(|layout| layout.nodes.iter()).into_iter().flatten();
    let index = nodes.position(|of| of.name == node);
    let span = index.and_then(|index| marks::span(play, thread.spec, index as u16));
    // What is drawn by hand is of the first workflow.
    let is_own = layout.is_some_and(|layout| !layout.is_of_child);
    play.pointed = is_own.then(|| (thread.spec_name.clone(), node));
    let select = span.filter(|_| model.layout.source.open).map(Effect::Select);
    select.map(Into::into).into_iter().collect()
}

/// Reads a text and says what is wrong with it. It is neither kept nor run yet.
pub(crate) fn read(model: &mut Model, text: Rc<str>) -> Vec<PageEffect> {
    if text == model.source.text {
        return Vec::new();
    }
    let source = &mut model.source;
    source.text = text;
    source.unsettled = true;
    source.fixes = Rc::default();
    source.fixing = None;
    if source.is_blank() {
        source.diagnostics = Rc::default();
        source.document = None;
        source.format = None;
    } else {
        let loaded = halter_spec::load(&source.text);
        source.document = loaded
            .document
            .filter(|_| loaded.diagnostics.iter().all(|d| !d.is_error()))
            .map(Arc::new);
        source.format = Some(loaded.format);
        source.diagnostics = loaded.diagnostics.into();
        if !source.diagnostics.is_empty() && source.text.len() > SHORT_BYTES
            || !late::update::look_for_fixes(model)
        {
            return vec![model.source.diagnose(), PageEffect::AwaitFix];
        }
    }
    vec![model.source.diagnose()]
}

/// Looks for the fixes of a short text, all at once.
pub(crate) fn look_for_fixes(model: &mut Model) {
    let source = &mut model.source;
    let mut fixing = source.look_for_fixes();
    while fixing.try_next() {}
    source.fixes = fixing.found().into();
}

/// One step of the search for fixes in a large text: the page answers between them.
pub(crate) fn try_fix(model: &mut Model) -> Vec<PageEffect> {
    let source = &mut model.source;
    let Some(mut fixing) = source.fixing.take() else {
        // They were found before the editor was there.
        if source.diagnostics.is_empty() || !source.fixes.is_empty() {
            return Vec::new();
        }
        source.fixing = Some(source.look_for_fixes());
        return vec![PageEffect::AwaitFix];
    };
    if fixing.try_next() {
        source.fixing = Some(fixing);
        return vec![PageEffect::AwaitFix];
    }
    source.fixes = fixing.found().into();
    vec![source.diagnose()]
}

impl Source {
    fn look_for_fixes(&self) -> Fixing {
        let first = self.diagnostics.len().min(MAX_FIXED);
        let first = self.diagnostics.get(..first).unwrap_or_default();
        Fixing::of(&self.text, self.diagnostics.to_vec(), first)
    }

    fn diagnose(&self) -> PageEffect {
        let (text, diagnostics) = (Rc::clone(&self.text), Rc::clone(&self.diagnostics));
        Effect::Diagnose(text, diagnostics, Rc::clone(&self.fixes)).into()
    }
}

/// Keeps the text that was read, and runs it; if it can't be run, the last good run stays.
pub(crate) fn settle(model: &mut Model) -> Vec<PageEffect> {
    if !std::mem::take(&mut model.source.unsettled) {
        return Vec::new();
    }
    let mut effects = documents::update::keep(model);
    run(model);
    effects.extend(embed::problems(model));
    effects
}

/// Runs the text that was read, if it can be run.
pub(crate) fn run(model: &mut Model) {
    run_by(model, update::run_document);
}

/// The same, for a link: its own commands start it.
pub(crate) fn run_link(model: &mut Model) {
    run_by(model, update::load_document);
}

fn run_by(model: &mut Model, run: impl FnOnce(&mut Model, Arc<Document>)) {
    model.source.unsettled = false;
    model.replaying = None;
    if model.source.is_blank() {
        model.source.stale = false;
        model.play = None;
        return;
    }
    if let Some(document) = &model.source.document {
        let document = Arc::clone(document);
        model.source.stale = false;
        run(model, document);
        return;
    }
    model.source.stale = true;
    let errors = model.source.diagnostics.iter();
    let errors = errors.filter(|d| d.severity == Severity::Error).count();
    let problems = if errors == 1 { "1 problem".to_owned() } else { format!("{errors} problems") };
    model.announcement = format!("The source has {problems}. The last good run stays.");
}
