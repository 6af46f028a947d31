//! What a page says, as blocks.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod support;

use halter_lessons::{Block, Inline, List};
use support::read;

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![text(words)])
}

/// The text of a page on which this stands.
fn page(markdown: &str) -> Vec<Block> {
    let front = "---\ntitle: T\nsummary: S.\nexample: side-by-side\n---\n";
    let lesson = read(&format!("{front}## A `page` of *text*\n\n{markdown}\n")).unwrap();
    assert_eq!(lesson.pages[0].heading, "A page of text");
    lesson.pages[0].text.clone()
}

#[test]
fn paragraphs() {
    let link = Inline::Link { to: "https://a.org/b".to_owned(), text: vec![text("a link")] };
    let parts = vec![
        text("Words, "),
        Inline::Emphasis(vec![text("stressed")]),
        text(" and "),
        Inline::Strong(vec![text("more "), Inline::Code("x < y".to_owned())]),
        text(" & "),
        link,
        text("."),
        Inline::Break,
        text("A new line"),
    ];
    let markdown = "Words, *stressed*\nand **more `x < y`** &amp; [a link](https://a.org/b).\\\nA new line\n\nAnd more.";
    assert_eq!(page(markdown), [Block::Paragraph(parts), paragraph("And more.")]);
    let itself = Inline::Link { to: "https://a.org".to_owned(), text: vec![text("https://a.org")] };
    assert_eq!(page("<https://a.org>"), [Block::Paragraph(vec![itself])]);
}

#[test]
fn lists_and_code() {
    let inner = Block::List(List { first: Some(3), items: vec![vec![paragraph("three")]] });
    let outer =
        List { first: None, items: vec![vec![paragraph("one"), inner], vec![paragraph("two")]] };
    assert_eq!(page("- one\n\n  3. three\n- two"), [Block::List(outer)]);
    let apart = List { first: None, items: vec![vec![paragraph("one"), paragraph("more")]] };
    assert_eq!(page("- one\n\n  more"), [Block::List(apart)]);
    let code = Block::Code("a: 1\n\nb: <2>\n".to_owned());
    for name in ["", "yaml"] {
        let markdown = format!("```{name}\na: 1\n\nb: <2>\n```");
        assert_eq!(page(&markdown), std::slice::from_ref(&code));
    }
}
