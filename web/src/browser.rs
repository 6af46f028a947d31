//! What the page asks of the browser around it, and does to it: its address, what has the focus, what is in view.

use std::rc::Rc;

use gloo_utils::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, HtmlDialogElement, HtmlElement, HtmlInputElement, PerformanceNavigation,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};

use halter_session::link::{LINK_KEY, Link, LinkError};

use crate::effect::Address;
use crate::embed;
use crate::examples;
use crate::learn;
use crate::msg::Arrival;
use crate::storage::{self, Area};

const SEMANTICS_KEY: &str = "halter.semantics";

/// The name of the semantics that was kept, if any.
pub(crate) fn kept_semantics() -> Option<String> {
    if embed::shell::is_embedded() {
        return None;
    }
    storage::get(Area::Browser, SEMANTICS_KEY)
}

/// Keeps the choice of semantics. It is small and unimportant: a refusal is no news.
pub(crate) fn keep_semantics(name: &str) {
    if !embed::shell::is_embedded() {
        storage::set(Area::Browser, SEMANTICS_KEY, &name);
    }
}

/// The value of a parameter in the page's address.
pub(crate) fn parameter(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// The whole address, by which a tab knows what it kept for this very page.
pub(crate) fn whole_address() -> String {
    window().location().href().unwrap_or_default()
}

/// Whether the page was loaded again, and is nobody's part.
pub(crate) fn is_loaded_again() -> bool {
    let how = window().performance().map(|performance| performance.navigation().type_());
    how == Some(PerformanceNavigation::TYPE_RELOAD) && !embed::shell::is_embedded()
}

/// The link in the page's address, or why there is none that opens.
pub(crate) fn link_in_address() -> Option<Result<Link, LinkError>> {
    let fragment = window().location().hash().ok()?;
    let part = fragment.trim_start_matches('#').split('&');
    let key = format!("{LINK_KEY}=");
    let text = part.into_iter().find_map(|part| part.strip_prefix(&key))?;
    Some(Link::decode(text))
}

/// The example that the address asks for, by its index.
pub(crate) fn example_in_address() -> Option<usize> {
    examples::index_of(&parameter("example")?)
}

/// The lesson that the address asks for, by its index.
pub(crate) fn lesson_in_address() -> Option<usize> {
    learn::index_of(&parameter("lesson")?)
}

/// What the address says, after it changed.
pub(crate) fn arrival() -> Arrival {
    if let Some(link) = link_in_address() {
        return Arrival::Link(link.map(Rc::new));
    }
    if let Some(lesson) = lesson_in_address() {
        return Arrival::Lesson(lesson);
    }
    match example_in_address().or_else(example_in_history) {
        Some(example) => Arrival::Example(example),
        None => Arrival::Document(in_history()),
    }
}

/// What the history says that the address doesn't: a document's id, or the example that a plain address showed.
fn in_history() -> Option<String> {
    window().history().ok()?.state().ok()?.as_string()
}

/// What the history says of an example begins so.
const EXAMPLE: &str = "example ";

fn example_in_history() -> Option<usize> {
    let state = in_history()?;
    examples::index_of(state.strip_prefix(EXAMPLE)?)
}

/// Lets the address and the history say what is shown, without loading anything.
pub(crate) fn show_address(address: &Address, replace: bool) {
    let location = window().location();
    let (Ok(history), Ok(path)) = (window().history(), location.pathname()) else {
        return;
    };
    // The address of an embedded page belongs to who embeds it.
    if embed::shell::is_embedded() {
        return;
    }
    let linked = location.hash().is_ok_and(|hash| hash.contains(LINK_KEY));
    let (asked, lesson) = (parameter("example"), parameter("lesson"));
    let document = address.document.as_deref();
    // Who comes by the plain address for the first time sees an example, and the address stays plain.
    let plain = replace && asked.is_none() && address.lesson.is_none();
    let state = match (document, address.example) {
        (Some(id), _) => Some(id.to_owned()),
        (None, example) => example.filter(|_| plain).map(|slug| format!("{EXAMPLE}{slug}")),
    };
    let shown_by_address = if plain { None } else { address.example };
    let is_said = asked.as_deref() == shown_by_address && lesson.as_deref() == address.lesson;
    if !linked && is_said && in_history() == state {
        return;
    }
    let url = match (address.lesson, shown_by_address) {
        (Some(lesson), _) => format!("{path}?lesson={lesson}"),
        (None, Some(example)) => format!("{path}?example={example}"),
        (None, None) => path,
    };
    let state = state.as_deref().map_or(JsValue::NULL, JsValue::from_str);
    // Where the address can't be changed a reload opens what it says: nothing is lost by that.
    let _ = if replace {
        history.replace_state_with_url(&state, "", Some(&url))
    } else {
        history.push_state_with_url(&state, "", Some(&url))
    };
}

/// Opens the dialog with this id over the page.
pub(crate) fn show_dialog(id: &str) {
    if let Some(dialog) = dialog(id).filter(|dialog| !dialog.open()) {
        // It refuses only while it is open.
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog with this id.
pub(crate) fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The page's address without parameters and fragment.
pub(crate) fn address() -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    format!("{origin}{}", location.pathname().unwrap_or_default())
}

/// The folder that the page lies in: what its address is without a file's name.
pub(crate) fn folder() -> String {
    let address = address();
    address.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// Whether the system is dark.
pub(crate) fn is_dark() -> bool {
    let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Whether the system asks for less motion.
pub(crate) fn wants_less_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// How wide the window is, in CSS pixels.
pub(crate) fn width() -> f64 {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default()
}

/// Whether there is no room for the source beside the rest.
pub(crate) fn is_narrow() -> bool {
    let query = window().match_media("(max-width: 1099px)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Puts the keyboard on an element, and selects what stands in a field.
pub(crate) fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    let Some(element) = found else { return };
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.select();
    }
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Brings a log's entry into view, and those who use a keyboard there.
pub(crate) fn reveal_occurrence(id: u32) {
    let found = document().query_selector(&format!("[data-occurrence='{id}']"));
    let Ok(Some(element)) = found else {
        return;
    };
    reveal_element(&element);
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// What has the focus, unless it is nothing, or the palette.
pub(crate) fn focused() -> Option<HtmlElement> {
    let element = document().active_element()?;
    let passing = element.matches("body, .palette *").unwrap_or(true);
    element.dyn_into().ok().filter(|_| !passing)
}

/// Brings the element with that id into view.
pub(crate) fn reveal(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        reveal_element(&element);
    }
}

/// Brings an element into view; nothing moves if all of it is.
pub(crate) fn reveal_element(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Focuses a command, if what had the focus is gone: who uses a keyboard goes on from there.
pub(crate) fn hold_focus() {
    let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    if lost {
        focus(".command-row .command");
    }
}

/// Focuses the button of what is worth trying, which brings it into view.
pub(crate) fn focus_hint() {
    let found = document().query_selector(".command--hinted").ok().flatten();
    if let Some(button) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// Brings the answer to a question into view, where the page scrolls.
pub(crate) fn reveal_why() {
    let body = document().query_selector(".why").ok().flatten();
    if let Some(body) = body {
        reveal_element(&body);
    }
}
