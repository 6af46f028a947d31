//! Whatever the text and the offset, everything answers, with places that are in the text.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

use halter_language::{
    Span, Symbol, apply, complete, definition, fixes, folds, format, hover, references, rename,
    symbols, tokens,
};
use proptest::prelude::*;
use proptest::sample::Index;

#[path = "../../spec/tests/support/spoil.rs"]
mod spoil;

fn in_text(text: &str, span: Span) {
    assert!(span.from <= span.to, "{span:?}");
    assert!(text.get(span.from..span.to).is_some(), "{span:?}");
}

fn symbols_in_text(text: &str, symbols: &[Symbol]) {
    for symbol in symbols {
        in_text(text, symbol.span);
        in_text(text, symbol.name_span);
        symbols_in_text(text, &symbol.children);
    }
}

fn ask(text: &str, offset: usize) {
    let mut end = 0;
    for token in tokens(text) {
        assert!(token.from >= end && token.to > token.from, "{token:?}");
        assert!(text.get(token.from..token.to).is_some(), "{token:?}");
        end = token.to;
    }
    for span in folds(text) {
        in_text(text, span);
    }
    symbols_in_text(text, &symbols(text));
    for explicit in [false, true] {
        let found = complete(text, offset, explicit);
        in_text(text, Span { from: found.from, to: found.to });
        for item in found.items {
            assert!(item.insert.get(item.select.0..item.select.1).is_some());
        }
    }
    for found in halter_spec::load(text).diagnostics.iter().take(3) {
        for fix in fixes(text, found) {
            assert!(halter_spec::load(&apply(text, &fix.edits)) != halter_spec::load(text));
        }
    }
    let formatted = apply(text, &format(text));
    assert!(format(&formatted).is_empty());
    if let Some(hover) = hover(text, offset) {
        in_text(text, hover.span);
    }
    if let Some(span) = definition(text, offset) {
        in_text(text, span);
    }
    for span in references(text, offset) {
        in_text(text, span);
    }
    if let Ok(edits) = rename(text, offset, "quite-another-name") {
        let after = apply(text, &edits);
        let back: Vec<_> = references(&after, edits.first().map_or(0, |edit| edit.from));
        assert_eq!(back.len(), edits.len());
    }
}

/// Draws on every thread that the text seems to have.
fn draw(text: &str) {
    use halter_language::edits::{
        StepPlace, add_interrupt, add_thread, add_variable, delete_step, delete_thread, fields,
        insert_step, move_step,
    };
    let document = halter_spec::load(text).document.unwrap_or_default();
    let _ = add_thread(text, "one-more");
    for (thread, spec) in document.wf_spec.thread_specs.iter().take(3) {
        let _ = delete_thread(text, thread);
        let _ = add_variable(text, thread, "one-more", "INT");
        let mut all = vec![add_interrupt(text, thread, "one-more", "one-more-handler")];
        for node in spec.nodes.keys().take(5) {
            let after = StepPlace::After(node.clone());
            all.push(insert_step(text, thread, &after, "task"));
            all.push(delete_step(text, thread, node));
            all.push(move_step(text, thread, node, &StepPlace::Start));
            let _ = fields(text, thread, node);
        }
        for edits in all.into_iter().flatten() {
            assert!(halter_spec::load(&apply(text, &edits)).document.is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>(), offset in 0usize..200) {
        ask(&text, offset);
    }

    #[test]
    fn spoiled_sources(text in spoil::spoiled_source(), at in any::<Index>()) {
        ask(&text, at.index(text.len() + 10));
        draw(&text);
    }

    #[test]
    fn cut_off_sources(text in spoil::spoiled_source(), at in any::<Index>()) {
        let mut end = at.index(text.len() + 1);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        ask(&text[..end], end);
    }
}

#[test]
fn odd_texts() {
    let thread = "workflow: x\nthreads:\n  main:\n    do:\n";
    let odd = [
        String::new(),
        "\u{feff}".to_owned(),
        "\t\tworkflow: x\n\tthreads:\n".to_owned(),
        "a: &x 1\nb: *x\n<<: {c: 1}\n".to_owned(),
        "workflow: x\r\nthreads:\r\n  main:\r\n    do:\r\n      - nop\r\n".to_owned(),
        "a: 1\na: 2\nthreads: 1\nthreads: {}\n".to_owned(),
        "\u{0}\u{1}\u{7f}ELF\u{fffd}".to_owned(),
        "? a\n: b\n? [c]\n: d\n".to_owned(),
        "--- \n...\n---\nx: 1\n".to_owned(),
        "a: |\n  x\n   y\n\n  z\nb: >-\n  x\n".to_owned(),
        "é: 'ü\nö: \"ä\n".to_owned(),
        format!("{thread}{}", "      - sleep: 1\n".repeat(5000)),
        format!("{thread}      - if: '{}'", "(".repeat(9000)),
        "[".repeat(20_000),
        "{a: ".repeat(20_000),
        "- ".repeat(20_000),
        "a:\n ".repeat(5000),
        "\"".repeat(20_000),
        "!x &y ".repeat(5000),
        "x".repeat(2 << 20),
    ];
    for text in odd {
        for offset in [0, 1, 7, text.len() / 2, text.len(), usize::MAX] {
            ask(&text, offset);
        }
    }
}
