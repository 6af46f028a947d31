//! The one editor of the page: CodeMirror, or a plain text area where its module did not load.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::document;
use halter_language::Offsets;
use halter_spec::{Diagnostic, Severity};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, KeyboardEvent};
use yew::html::Scope;

use super::codemirror::{CodeMirror, Fix, Host, Mark, Problem, to_js};
use super::{Effect, MOUNT_ID, Msg, service};
use crate::app::App;
use crate::embed;

/// What it is called, whichever it is.
const LABEL: &str = "Workflow source, YAML or LittleHorse JSON";

#[derive(Clone)]
enum Shell {
    CodeMirror(Rc<CodeMirror>),
    Plain(HtmlTextAreaElement),
}

thread_local! {
    static SHELL: RefCell<Option<Shell>> = const { RefCell::new(None) };
}

/// A copy, so that nothing is borrowed while JavaScript runs, which may call back.
fn shell() -> Option<Shell> {
    SHELL.with(|shell| shell.borrow().clone())
}

/// Whether there is an editor yet.
pub(crate) fn is_mounted() -> bool {
    shell().is_some()
}

/// Puts the editor where the page has left room for it, once.
pub(crate) fn mount(link: &Scope<App>) {
    let parent = document()
        .get_element_by_id(MOUNT_ID)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let Some(parent) = parent.filter(|_| !is_mounted()) else {
        return;
    };
    let typed = link.clone();
    let moved = link.clone();
    let host = Host::new()
        .on("changed", move |_| {
            typed.send_message(Msg::Typed);
        })
        .on("caret", move |at| {
            moved.send_message(Msg::Caret(at as usize));
        })
        .answer("complete", |text, at, asked| {
            to_js(&service::complete(text, at, asked.is_truthy()))
        })
        .answer("hover", |text, at, _| to_js(&service::hover(text, at)))
        .answer("definition", |text, at, _| to_js(&service::definition(text, at)))
        .answer("renameable", |text, at, _| to_js(&service::renameable(text, at)))
        .answer("rename", |text, at, name| {
            let name = name.as_string().unwrap_or_default();
            to_js(&service::rename(text, at, &name))
        })
        .answer("format", |text, _, _| to_js(&service::format(text)))
        .answer("tokens", |text, _, _| {
            js_sys::Uint32Array::from(service::tokens(text).as_slice()).into()
        });
    let shell = match CodeMirror::mount(&parent, LABEL, &host) {
        Some(editor) => Some(Shell::CodeMirror(Rc::new(editor))),
        None => plain(&parent, link).map(Shell::Plain),
    };
    SHELL.with(|place| *place.borrow_mut() = shell);
}

fn plain(parent: &HtmlElement, link: &Scope<App>) -> Option<HtmlTextAreaElement> {
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
    let link = link.clone();
    // It lives as long as the page.
    EventListener::new(&area, "input", move |_| link.send_message(Msg::Typed)).forget();
    Some(area)
}

/// What stands in the editor.
pub(crate) fn text() -> Option<String> {
    Some(match shell()? {
        Shell::CodeMirror(editor) => editor.text(),
        Shell::Plain(area) => area.value(),
    })
}

/// How long the text is, in UTF-16 units; does not copy it.
pub(crate) fn length() -> usize {
    match shell() {
        Some(Shell::CodeMirror(editor)) => editor.length(),
        Some(Shell::Plain(area)) => area.text_length() as usize,
        None => 0,
    }
}

/// Does to the editor what the model asks for.
pub(crate) fn perform(effect: &Effect) {
    let Some(shell) = shell() else { return };
    match (shell, effect) {
        (Shell::CodeMirror(editor), effect) => on_codemirror(&editor, effect),
        (Shell::Plain(area), effect) => on_plain(&area, effect),
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
        Effect::Apply(..) => {}
        Effect::Diagnose(text, diagnostics, fixes) => {
            let offsets = Offsets::new(text);
            let fixes = fixes.iter().map(Vec::as_slice);
            let fixes = fixes.chain(std::iter::repeat(&[][..]));
            let problems = diagnostics.iter().zip(fixes);
            let problems: Vec<_> = problems.map(|(d, f)| problem(&offsets, d, f)).collect();
            editor.diagnose(&problems);
        }
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
        code: diagnostic.code,
        message: &diagnostic.message,
        fixes: fixes.collect(),
    }
}
