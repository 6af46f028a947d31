//! Any text in an editor, asked about anything.

use halter_language::edits::{
    Refusal, StepPlace, add_interrupt, add_thread, add_variable, delete_step, delete_thread,
    fields, insert_step, move_step,
};
use halter_language::{
    Edit, Offsets, Span, Symbol, apply, complete, definition, fixes, folds, format, hover,
    references, rename, rename_range, symbols, tokens,
};
use halter_spec::load;

/// Ends the text; what comes behind it says where to ask. It stands in no UTF-8.
const END: u8 = 0xFF;

/// Any text is answered at any place: within the text, on the borders of characters, and with edits that do what they say.
pub fn language(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == END);
    let text = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let offsets = Offsets::new(&text);
    outline(&text);
    mends(&text);
    formats(&text, &offsets);
    for utf16 in places(&text, parts.next()) {
        // As the page does: its offsets may be within a surrogate pair, or behind the end.
        let at = offsets.byte(utf16);
        assert!(text.is_char_boundary(at), "{utf16}");
        ask(&text, &offsets, at);
    }
    draw(&text, &offsets);
}

/// UTF-16 offsets to ask at: the one that the input names, or a few all over the text.
fn places(text: &str, named: Option<&[u8]>) -> Vec<usize> {
    let units = text.encode_utf16().count();
    match named {
        Some(bytes) => {
            let number = bytes.iter().take(4).fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            vec![number]
        }
        None => vec![0, units / 3, units / 2, units.saturating_sub(1), units, usize::MAX],
    }
}

fn is_part(text: &str, span: Span) {
    assert!(span.from <= span.to && text.get(span.from..span.to).is_some(), "{span:?}");
}

/// Edits stand in order, do not overlap, and begin and end on borders of characters, for the page as well.
fn are_edits(text: &str, offsets: &Offsets<'_>, edits: &[Edit]) -> String {
    let mut done = 0;
    for edit in edits {
        is_part(text, Span { from: edit.from, to: edit.to });
        assert!(edit.from >= done, "{edits:?}");
        done = edit.to;
        for byte in [edit.from, edit.to] {
            assert_eq!(offsets.byte(offsets.utf16(byte)), byte, "{edits:?}");
        }
    }
    apply(text, edits)
}

fn outline(text: &str) {
    fn are_parts(text: &str, symbols: &[Symbol]) {
        for symbol in symbols {
            is_part(text, symbol.span);
            is_part(text, symbol.name_span);
            are_parts(text, &symbol.children);
        }
    }
    let mut end = 0;
    for token in tokens(text) {
        is_part(text, Span { from: token.from, to: token.to });
        assert!(token.from >= end && token.to > token.from, "{token:?}");
        end = token.to;
    }
    for span in folds(text) {
        is_part(text, span);
    }
    are_parts(text, &symbols(text));
}

/// A fix changes what is wrong.
fn mends(text: &str) {
    let before = load(text);
    let offsets = Offsets::new(text);
    for found in before.diagnostics.iter().take(3) {
        let (from, to) = offsets.of_span(found.span);
        assert!(from <= to && to <= text.encode_utf16().count(), "{found:?}");
        for fix in fixes(text, found) {
            let after = load(&are_edits(text, &offsets, &fix.edits));
            assert!(after != before, "{fix:?}");
        }
    }
}

/// What is formatted means the same, and stays as it is.
fn formats(text: &str, offsets: &Offsets<'_>) {
    let formatted = are_edits(text, offsets, &format(text));
    assert!(format(&formatted).is_empty(), "{formatted:?}");
    assert_eq!(load(&formatted).document, load(text).document);
}

fn ask(text: &str, offsets: &Offsets<'_>, at: usize) {
    for explicit in [false, true] {
        let found = complete(text, at, explicit);
        is_part(text, Span { from: found.from, to: found.to });
        for item in found.items {
            is_part(&item.insert, Span { from: item.select.0, to: item.select.1 });
        }
    }
    if let Some(card) = hover(text, at) {
        is_part(text, card.span);
    }
    if let Some(span) = definition(text, at) {
        is_part(text, span);
    }
    for span in references(text, at) {
        is_part(text, span);
    }
    if let Some((span, _)) = rename_range(text, at) {
        is_part(text, span);
    }
    if let Ok(edits) = rename(text, at, "quite-another-name") {
        let after = are_edits(text, offsets, &edits);
        let again = references(&after, edits.first().map_or(0, |edit| edit.from));
        assert_eq!(again.len(), edits.len(), "every place is renamed");
    }
}

/// Draws on every thread: what is drawn is accepted, or says why it is not.
fn draw(text: &str, offsets: &Offsets<'_>) {
    let Some(document) = load(text).document else {
        return;
    };
    let mut drawn = vec![add_thread(text, "one-more")];
    for (thread, spec) in document.wf_spec.thread_specs.iter().take(3) {
        drawn.push(delete_thread(text, thread));
        drawn.push(add_variable(text, thread, "one-more", "INT"));
        drawn.push(add_interrupt(text, thread, "one-more", "one-more-handler"));
        for node in spec.nodes.keys().take(5) {
            let after = StepPlace::After(node.clone());
            drawn.push(insert_step(text, thread, &after, "task"));
            drawn.push(delete_step(text, thread, node));
            drawn.push(move_step(text, thread, node, &StepPlace::Start));
            let _ = fields(text, thread, node);
        }
    }
    for edited in drawn {
        match edited {
            Ok(edits) => {
                let after = load(&are_edits(text, offsets, &edits));
                assert!(after.document.is_some(), "{edits:?}\n{:?}", after.diagnostics);
            }
            Err(Refusal::Breaks { edits, .. }) => {
                are_edits(text, offsets, &edits);
            }
            Err(
                why @ (Refusal::Json
                | Refusal::HasErrors
                | Refusal::Unknown(_)
                | Refusal::NotHere(_)),
            ) => {
                assert!(!why.to_string().is_empty());
            }
        }
    }
}
