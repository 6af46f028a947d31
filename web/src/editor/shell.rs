//! The one editor of the page: CodeMirror, or a plain text area where its module did not load. Its module is fetched when
//! somebody wants to see or change the text; until then what it is to do waits.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::document;
use halter_language::Offsets;
use halter_spec::{Diagnostic, Severity};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlScriptElement, HtmlTextAreaElement, KeyboardEvent};

use super::codemirror::{self, CodeMirror, Fix, Host, Mark, Note, Problem, to_js};
use super::service::Service;
use super::waiting::Waiting;
use super::{Effect, MOUNT_ID, Msg, service};
use crate::sender::Sender;
use crate::{embed, guard, late};

/// What it is called, whichever it is.
const LABEL: &str = "Workflow source, YAML or LittleHorse JSON";

/// What is shown of the text before the editor is there.
const LINES_BEFORE: usize = 100;
const BYTES_BEFORE: usize = 20_000;

#[derive(Clone)]
enum Shell {
    Waiting(Rc<RefCell<Waiting>>),
    CodeMirror(Rc<CodeMirror>),
    Plain(HtmlTextAreaElement),
}

thread_local! {
    static SHELL: RefCell<Shell> = RefCell::new(Shell::Waiting(Rc::default()));
    static IS_FETCHED: Cell<bool> = const { Cell::new(false) };
}

/// A copy, so that nothing is borrowed while JavaScript runs, which may call back.
fn shell() -> Shell {
    SHELL.with(|shell| shell.borrow().clone())
}

/// Fetches the editor, once, and puts it where the page has left room for it. Until it is there the text can be read.
pub(crate) fn fetch(sender: &Sender) {
    if IS_FETCHED.replace(true) {
        return;
    }
    match module() {
        Some(script) => {
            if let (Some(place), Some(text)) = (place(), text()) {
                place.set_text_content(Some(first_lines(&text)));
            }
            // They live as long as the page. An error leaves no module, and so a text area.
            for name in ["load", "error"] {
                let sender = sender.clone();
                EventListener::once(&script, name, move |_| mount_with_service(&sender)).forget();
            }
            if let Some(head) = document().head() {
                let _ = head.append_child(&script);
            }
        }
        None if place().is_some() => mount_with_service(sender),
        None => {}
    }
}

/// Mounts the editor when what answers it is here, or can't be had.
fn mount_with_service(sender: &Sender) {
    let sender = sender.clone();
    spawn_local(async move {
        let is_here = late::fetch().await;
        mount(&sender);
        if is_here {
            // What was wrong before anybody saw it has no fixes yet.
            sender.send_message(Msg::TryFix);
        }
    });
}

/// The script that is CodeMirror, as the page names it; none if it is there, or the page does without it.
fn module() -> Option<HtmlScriptElement> {
    if codemirror::is_there() {
        return None;
    }
    let named = document().query_selector("script[data-editor]").ok()??;
    let script = document().create_element("script").ok()?;
    script.set_attribute("type", "module").ok()?;
    for name in ["integrity", "src"] {
        script.set_attribute(name, &named.get_attribute(name)?).ok()?;
    }
    script.dyn_into().ok()
}

/// Asks about the text. Where what answers could not be fetched, the editor does without it.
fn asking<T: Default>(ask: impl FnOnce(&Service) -> T) -> T {
    late::get().map(|late| ask(late.service)).unwrap_or_default()
}

/// Where the editor belongs.
fn place() -> Option<HtmlElement> {
    document().get_element_by_id(MOUNT_ID)?.dyn_into().ok()
}

/// As much of a text as may be in view.
fn first_lines(text: &str) -> &str {
    let end = text.match_indices('\n').nth(LINES_BEFORE).map(|(end, _)| end);
    let end = end.unwrap_or(text.len()).min(text.floor_char_boundary(BYTES_BEFORE));
    text.get(..end).unwrap_or_default()
}

fn mount(sender: &Sender) {
    let (Some(parent), Shell::Waiting(waiting)) = (place(), shell()) else {
        return;
    };
    parent.set_text_content(None);
    let typed = sender.clone();
    let moved = sender.clone();
    let asked = sender.clone();
    let host = Host::new()
        .on("changed", move |_| {
            typed.send_message(Msg::Typed);
        })
        .on("caret", move |at| {
            moved.send_message(Msg::Caret(at as usize));
        })
        .on("note", move |index| {
            asked.send_message(guard::Msg::Show(index as usize));
        })
        .answer("complete", |text, at, asked| {
            to_js(&asking(|to| (to.complete)(text, at, asked.is_truthy())))
        })
        .answer("hover", |text, at, _| to_js(&asking(|to| (to.hover)(text, at))))
        .answer("definition", |text, at, _| to_js(&asking(|to| (to.definition)(text, at))))
        .answer("renameable", |text, at, _| to_js(&asking(|to| (to.renameable)(text, at))))
        .answer("rename", |text, at, name| {
            let name = name.as_string().unwrap_or_default();
            to_js(&asking(|to| (to.rename)(text, at, &name)))
        })
        .answer("format", |text, _, _| to_js(&asking(|to| (to.format)(text))))
        .answer("tokens", |text, _, _| {
            js_sys::Uint32Array::from(asking(|to| (to.tokens)(text)).as_slice()).into()
        });
    let shell = match CodeMirror::mount(&parent, LABEL, &host) {
        Some(editor) => Some(Shell::CodeMirror(Rc::new(editor))),
        None => plain(&parent, sender).map(Shell::Plain),
    };
    let Some(shell) = shell else { return };
    SHELL.with(|place| *place.borrow_mut() = shell);
    for effect in waiting.take().into_effects() {
        perform(&effect, sender);
    }
}

fn plain(parent: &HtmlElement, sender: &Sender) -> Option<HtmlTextAreaElement> {
    let area = document().create_element("textarea").ok()?;
    let area: HtmlTextAreaElement = area.dyn_into().ok()?;
    area.set_class_name("plain-editor");
    for (name, value) in [
        ("aria-label", LABEL),
        ("spellcheck", "false"),
        ("autocomplete", "off"),
        ("autocapitalize", "off"),
        ("wrap", "off"),
    ] {
        area.set_attribute(name, value).ok()?;
    }
    area.set_read_only(embed::shell::options().is_some_and(|options| options.read_only()));
    parent.append_child(&area).ok()?;
    let sender = sender.clone();
    // It lives as long as the page.
    EventListener::new(&area, "input", move |_| sender.send_message(Msg::Typed)).forget();
    Some(area)
}

/// What stands in the editor.
pub(crate) fn text() -> Option<String> {
    match shell() {
        Shell::Waiting(waiting) => waiting.borrow().text().map(|text| text.to_string()),
        Shell::CodeMirror(editor) => Some(editor.text()),
        Shell::Plain(area) => Some(area.value()),
    }
}

/// How long the text is, in UTF-16 units; does not copy it.
pub(crate) fn length() -> usize {
    match shell() {
        // Nobody types yet: its bytes say enough.
        Shell::Waiting(waiting) => waiting.borrow().text().map_or(0, |text| text.len()),
        Shell::CodeMirror(editor) => editor.length(),
        Shell::Plain(area) => area.text_length() as usize,
    }
}

/// Does to the editor what the model asks for.
pub(crate) fn perform(effect: &Effect, sender: &Sender) {
    match shell() {
        Shell::Waiting(waiting) => {
            let is_wanted = waiting.borrow_mut().keep(effect);
            if is_wanted {
                fetch(sender);
            }
        }
        Shell::CodeMirror(editor) => on_codemirror(&editor, effect),
        Shell::Plain(area) => on_plain(&area, effect),
    }
}

fn on_codemirror(editor: &CodeMirror, effect: &Effect) {
    match effect {
        Effect::Open { key, text } => editor.open(key, text),
        Effect::Rekey(key) => editor.rekey(key),
        Effect::Replace(text) => editor.replace(text),
        // Something else may have been typed since.
        Effect::Apply(text, edits) if editor.text() == **text => {
            editor.edit(&service::to_edits(text, edits));
        }
        Effect::Diagnose(text, diagnostics, fixes) => {
            let offsets = Offsets::new(text);
            let fixes = fixes.iter().map(Vec::as_slice);
            let fixes = fixes.chain(std::iter::repeat(&[][..]));
            let problems = diagnostics.iter().zip(fixes);
            let problems: Vec<_> = problems.map(|(d, f)| problem(&offsets, d, f)).collect();
            editor.diagnose(&problems);
        }
        // Something else may have been typed since.
        Effect::Note(text, findings) if editor.text() == **text => {
            let offsets = Offsets::new(text);
            let notes = findings.iter().map(|finding| {
                let (from, to) = offsets.of_span(finding.span);
                Note { from, to, code: &finding.property, message: finding.message }
            });
            editor.note(&notes.collect::<Vec<_>>());
        }
        Effect::Apply(..) | Effect::Note(..) => {}
        Effect::Mark(text, spots) => {
            let offsets = Offsets::new(text);
            let marks = spots.iter().map(|spot| Mark {
                from: offsets.of_place(spot.line, 1),
                kind: spot.kind,
                title: spot.title.clone(),
            });
            editor.mark(&marks.collect::<Vec<_>>());
        }
        Effect::Select(span) => {
            let text = editor.text();
            let (from, to) = Offsets::new(&text).of_span(*span);
            editor.select(from, to);
        }
        Effect::Show(span) => {
            let text = editor.text();
            let (from, to) = Offsets::new(&text).of_span(*span);
            editor.show(from, to);
        }
        Effect::Focus => editor.focus(),
        Effect::Undo => editor.undo(),
        Effect::Redo => editor.redo(),
    }
}

/// The shortcuts that undo and redo where no text is typed: texts have their own.
pub(crate) fn shortcut(event: &KeyboardEvent, typing: bool) -> Option<Msg> {
    let command = event.ctrl_key() || event.meta_key();
    match (&*event.key(), event.shift_key()) {
        _ if typing || !command => None,
        ("z", false) => Some(Msg::Undo),
        ("z" | "Z", true) | ("y", false) => Some(Msg::Redo),
        _ => None,
    }
}

/// A text area can't show marks, and has one line of undo for all documents.
fn on_plain(area: &HtmlTextAreaElement, effect: &Effect) {
    match effect {
        Effect::Open { text, .. } => area.set_value(text),
        Effect::Replace(text) => {
            area.set_value(text);
            tell_of_input(area);
        }
        Effect::Apply(text, edits) if area.value() == **text => {
            area.set_value(&halter_language::apply(text, edits));
            tell_of_input(area);
        }
        Effect::Select(span) => {
            let (from, to) = Offsets::new(&area.value()).of_span(*span);
            let _ = area.focus();
            let _ = area.set_selection_range(from as u32, to as u32);
        }
        Effect::Focus => drop(area.focus()),
        Effect::Apply(..)
        | Effect::Rekey(_)
        | Effect::Diagnose(..)
        | Effect::Note(..)
        | Effect::Mark(..)
        | Effect::Undo
        | Effect::Redo
        | Effect::Show(_) => {}
    }
}

fn tell_of_input(area: &HtmlTextAreaElement) {
    if let Ok(event) = web_sys::Event::new("input") {
        let _ = area.dispatch_event(&event);
    }
}

fn problem<'a>(
    offsets: &Offsets<'_>,
    diagnostic: &'a Diagnostic,
    fixes: &'a [halter_language::Fix],
) -> Problem<'a> {
    let (from, to) = offsets.of_span(diagnostic.span);
    let fixes = fixes
        .iter()
        .map(|fix| Fix { label: &fix.title, edits: service::in_utf16(offsets, &fix.edits) });
    Problem {
        from,
        to,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        code: diagnostic.code.name(),
        message: diagnostic.message(),
        fixes: fixes.collect(),
    }
}
