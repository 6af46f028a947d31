//! What the page does to the world around it. The model asks; only this file touches the browser.

use std::rc::Rc;

use gloo_storage::{LocalStorage, Storage};
use gloo_utils::{document, window};
use halter_spec::place::Span;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::source::{EDITOR_ID, NUMBERS_ID};

const SOURCE_KEY: &str = "halter.source";
const SEMANTICS_KEY: &str = "halter.semantics";

/// Something to do after an update.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Read the source when typing pauses.
    AwaitPause,
    /// Read the source now.
    ReadSource,
    /// Put this text into the editor.
    WriteSource(Rc<str>),
    /// Keep the text over a reload.
    KeepSource(Rc<str>),
    /// Keep the choice of semantics.
    KeepSemantics(&'static str),
    /// Move the editor's caret there.
    Caret(Span),
    /// Bring the log's entry into view and focus it.
    RevealOccurrence(u32),
    /// Focus the button of what is worth trying.
    FocusHint,
    /// Say when the next moment is due.
    AwaitMoment,
    /// Bring a ThreadRun's lane into view.
    RevealThread(u32),
}

/// The text that was kept, if any.
pub(crate) fn kept_source() -> Option<String> {
    // Storage that is refused (a private window, a blocked third party) is like storage that is empty.
    LocalStorage::get(SOURCE_KEY).ok()
}

/// The name of the semantics that was kept, if any.
pub(crate) fn kept_semantics() -> Option<String> {
    LocalStorage::get(SEMANTICS_KEY).ok()
}

/// Keeps a text; false if the browser refuses.
pub(crate) fn keep_source(text: &str) -> bool {
    LocalStorage::set(SOURCE_KEY, text).is_ok()
}

/// Keeps the choice of semantics. It is small and unimportant: a refusal is no news.
pub(crate) fn keep_semantics(name: &str) {
    let _ = LocalStorage::set(SEMANTICS_KEY, name);
}

/// The value of a parameter in the page's address.
pub(crate) fn parameter(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

/// Whether the system asks for less motion.
pub(crate) fn wants_less_motion() -> bool {
    let query = window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten();
    query.is_some_and(|query| query.matches())
}

/// Whether there is no room for the source beside the rest.
pub(crate) fn is_narrow() -> bool {
    let query = window().match_media("(max-width: 1099px)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

fn editor() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(EDITOR_ID)?.dyn_into().ok()
}

/// What stands in the editor.
pub(crate) fn read_source() -> Option<String> {
    editor().map(|editor| editor.value())
}

/// How long the text in the editor is, in UTF-16 units; does not copy it.
pub(crate) fn source_length() -> usize {
    editor().map_or(0, |editor| editor.text_length() as usize)
}

/// Puts a text into the editor; false if there is no editor yet.
pub(crate) fn write_source(text: &str) -> bool {
    let Some(editor) = editor() else {
        return false;
    };
    editor.set_value(text);
    true
}

/// Scrolls the line numbers to where the text is. Nothing of the model changes, so it is no message.
pub(crate) fn number_lines_in_view() {
    if let (Some(editor), Some(numbers)) = (editor(), document().get_element_by_id(NUMBERS_ID)) {
        numbers.set_scroll_top(editor.scroll_top());
    }
}

/// Selects a place in the editor and brings it into view.
pub(crate) fn caret(span: Span) {
    let Some(editor) = editor() else { return };
    let text = editor.value();
    let start = offset(&text, span.line, span.column);
    let end = offset(&text, span.end_line, span.end_column).max(start);
    let _ = editor.focus();
    let _ = editor.set_selection_range(start, end);
    // A text area does not scroll to its selection by itself.
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() as i32 + 1;
    let line_height = editor.scroll_height() / lines.max(1);
    let line = i32::try_from(span.line)
        .unwrap_or(i32::MAX)
        .saturating_sub(1);
    editor.set_scroll_top(
        line.saturating_mul(line_height)
            .saturating_sub(editor.client_height() / 3)
            .max(0),
    );
}

/// The UTF-16 offset of a line and column, both from 1.
fn offset(text: &str, line: u32, column: u32) -> u32 {
    let mut offset = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        if number == line {
            let before = content.chars().take(column.saturating_sub(1) as usize);
            return offset + before.map(|c| c.len_utf16() as u32).sum::<u32>();
        }
        offset += content.chars().map(|c| c.len_utf16() as u32).sum::<u32>();
    }
    offset
}

/// Brings a log's entry into view, and those who use a keyboard there.
pub(crate) fn reveal_occurrence(id: u32) {
    let found = document().query_selector(&format!("[data-occurrence='{id}']"));
    let Ok(Some(element)) = found else {
        return;
    };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Focuses the button of what is worth trying, which brings it into view.
pub(crate) fn focus_hint() {
    let found = document().query_selector(".command--hinted").ok().flatten();
    if let Some(button) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// Brings a lane into view within the graph; the page itself stays where it is.
pub(crate) fn reveal_lane(thread: u32) {
    const MARGIN: f64 = 10.0;
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let lane = find(&format!(".lane[data-thread-run='{thread}']"));
    let (Some(lane), Some(graph)) = (lane, find(".graph-scroll")) else {
        return;
    };
    let (lane, view) = (
        lane.get_bounding_client_rect(),
        graph.get_bounding_client_rect(),
    );
    let above = lane.top() - MARGIN - view.top();
    let below = lane.bottom() + MARGIN - view.bottom();
    // A lane taller than the graph shows its top.
    let by = if above < 0.0 {
        above
    } else {
        below.max(0.0).min(above)
    };
    graph.set_scroll_top(graph.scroll_top() + by.round() as i32);
}
