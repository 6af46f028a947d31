//! The tolerant tree beside the tree of the parser that reads sources: where that one takes a text, both say the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::path::Path;

use halter_spec::load;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{Cst, Node, NodeShape, Style};
use crate::analysis::is_json;

#[path = "../../../spec/tests/support/spoil.rs"]
mod spoil;

/// What a text says, without places.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Nothing,
    Text(String),
    List(Vec<Said>),
    Map(Vec<(String, Said)>),
}

fn is_nothing(plain: &str) -> bool {
    matches!(plain, "" | "~" | "null")
}

fn of_tree(node: &Node) -> Said {
    match &node.kind {
        NodeShape::Null => Said::Nothing,
        NodeShape::Scalar(text, Style::Plain) if is_nothing(text) => Said::Nothing,
        NodeShape::Scalar(text, _) => Said::Text(text.clone()),
        NodeShape::List(items, _) => {
            Said::List(items.iter().map(|item| of_tree(&item.value)).collect())
        }
        NodeShape::Map(entries, _) => {
            let said = |entry: &super::Entry| (entry.key.clone(), of_tree(&entry.value));
            Said::Map(entries.iter().map(said).collect())
        }
    }
}

/// Reads events of the parser; none where it refuses the text, or where the reader does: aliases, keys that are no texts
/// and several documents.
struct Events<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
}

impl Events<'_> {
    fn next(&mut self) -> Option<Event<'_>> {
        self.parser.next()?.ok().map(|(event, _)| event)
    }

    fn document(&mut self) -> Option<Said> {
        let Event::StreamStart = self.next()? else { return None };
        let Event::DocumentStart(_) = self.next()? else { return None };
        let first = self.next()?.into_owned_event();
        let said = self.value(first)?;
        let Event::DocumentEnd = self.next()? else { return None };
        matches!(self.next()?, Event::StreamEnd).then_some(said)
    }

    fn value(&mut self, first: Owned) -> Option<Said> {
        match first {
            Owned::Scalar(text, plain) => {
                Some(if plain && is_nothing(&text) { Said::Nothing } else { Said::Text(text) })
            }
            Owned::List => {
                let mut items = Vec::new();
                loop {
                    match self.next()?.into_owned_event() {
                        Owned::ListEnd => return Some(Said::List(items)),
                        first => items.push(self.value(first)?),
                    }
                }
            }
            Owned::Map => {
                let mut entries = Vec::new();
                loop {
                    match self.next()?.into_owned_event() {
                        Owned::MapEnd => return Some(Said::Map(entries)),
                        Owned::Scalar(key, _) => {
                            let first = self.next()?.into_owned_event();
                            entries.push((key, self.value(first)?));
                        }
                        Owned::List | Owned::Map | Owned::ListEnd | Owned::Other => return None,
                    }
                }
            }
            Owned::ListEnd | Owned::MapEnd | Owned::Other => None,
        }
    }
}

/// As much of an event as is compared.
enum Owned {
    Scalar(String, bool),
    List,
    ListEnd,
    Map,
    MapEnd,
    Other,
}

trait IntoOwnedEvent {
    fn into_owned_event(self) -> Owned;
}

impl IntoOwnedEvent for Event<'_> {
    fn into_owned_event(self) -> Owned {
        match self {
            Event::Scalar(text, style, 0, _) => {
                Owned::Scalar(text.into_owned(), style == ScalarStyle::Plain)
            }
            Event::SequenceStart(0, _) => Owned::List,
            Event::SequenceEnd => Owned::ListEnd,
            Event::MappingStart(0, _) => Owned::Map,
            Event::MappingEnd => Owned::MapEnd,
            _ => Owned::Other,
        }
    }
}

/// What the parser makes of a text, if it takes it and the reader does not refuse it at once, as too deep for one. JSON is
/// read in another way.
fn parsed(text: &str) -> Option<Said> {
    if is_json(text) {
        return None;
    }
    if load(text).diagnostics.iter().any(|found| found.is_error() && found.code.leaves_unread()) {
        return None;
    }
    Events { parser: Parser::new_from_str(text) }.document()
}

#[test]
fn every_source_is_the_same_tree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders =
        ["static/examples", "static/examples/deviations", "tests/corpus", "tests/sdk/sources"];
    let mut compared = 0;
    let mut differ = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // As one is kept on Windows, too.
            for text in [text.replace('\n', "\r\n"), text] {
                let Some(said) = parsed(&text) else { continue };
                compared += 1;
                if said != of_tree(&Cst::of(&text).root) {
                    differ.push(path.file_name().unwrap().to_string_lossy().into_owned());
                }
            }
        }
    }
    assert!(compared > 120, "{compared}");
    assert_eq!(differ, Vec::<String>::new());
}

/// Whether a line begins with its colon. Behind that the parser takes a whole map on the same line, the tree a text; Halter
/// knows no key without a name, and says so in both ways.
fn has_nameless_key(said: &Said) -> bool {
    match said {
        Said::Map(entries) => {
            entries.iter().any(|(key, value)| key.is_empty() || has_nameless_key(value))
        }
        Said::List(items) => items.iter().any(has_nameless_key),
        Said::Text(_) | Said::Nothing => false,
    }
}

#[test]
fn spoiled_sources_that_are_yaml_still_are_the_same_tree() {
    let mut runner = TestRunner::deterministic();
    let sources = spoil::spoiled_source();
    let mut compared = 0;
    for _ in 0..2500 {
        let text = sources.new_tree(&mut runner).unwrap().current();
        let Some(said) = parsed(&text).filter(|said| !has_nameless_key(said)) else { continue };
        compared += 1;
        assert_eq!(of_tree(&Cst::of(&text).root), said, "{text}");
    }
    // Most of them are no YAML any more.
    assert!(compared > 100, "{compared}");
}

#[test]
fn quotes_are_the_same_tree() {
    for text in [
        "\"a\": 1\n",
        "\"a\" : 1\n",
        "'a'\t : 1\n",
        "a: \"b: c\"\n",
        "a: 'it''s'\n",
        "a: \"b\n  c\"\nd: 1\n",
        "a: \"b\n\n  c\"\nd: 1\n",
        "a: 'b\n\n\n  c'\n",
        "a:\n  - \"b\n    c\"\n  - d\n",
        "a: \"b\\\n  c\"\n",
        "a: \"b \\\n\n  c\\\\\n  d\"\n",
        "a: \"b\r\n  c\\\r\n  d\"\r\n",
        "a: !t\n",
        "a: !t b\nc: 1\n",
    ] {
        let said = parsed(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(of_tree(&Cst::of(text).root), said, "{text}");
    }
}

/// What goes on in brackets stands no further left than it may.
#[test]
fn brackets_over_several_lines_are_the_same_tree() {
    for text in [
        "a: {b:\n c}\n",
        "a: {b:\n  c,\n d: e}\n",
        "a: [1,\n 2]\n",
        "a:\n  - {b:\n   c}\n  - [d,\n   e]\n",
    ] {
        let said = parsed(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(of_tree(&Cst::of(text).root), said, "{text}");
    }
}
