//! Drawing on every node of every example: the text stays right, and all else in it stays as it is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::collections::BTreeMap;

use halter_language::edits::{
    Refusal, StepPlace, add_interrupt, add_property, add_thread, add_variable, delete_step,
    delete_thread, fields, insert_step, move_step, remove_interrupt, remove_variable, set_field,
};
use halter_language::{Edit, TokenKind, apply, tokens};
use halter_spec::load;
use halter_spec::model::{Document, NodeKind};

#[path = "support/sources.rs"]
mod sources;
use sources::sources;

const KINDS: [&str; 18] = [
    "task",
    "wait-for-event",
    "start-thread",
    "start-threads",
    "wait-for-threads",
    "sleep",
    "sleep-until",
    "sleep-until-date",
    "user-task",
    "throw-event",
    "wait-for-condition",
    "fail",
    "return",
    "exit",
    "nop",
    "if",
    "while",
    "set",
];

fn comments(text: &str) -> Vec<&str> {
    let mut found: Vec<_> = tokens(text)
        .iter()
        .filter(|token| token.kind == TokenKind::Comment)
        .map(|token| &text[token.from..token.to])
        .collect();
    found.sort_unstable();
    found
}

fn nodes(document: &Document) -> Vec<(String, String, bool)> {
    let threads = document.wf_spec.thread_specs.iter();
    threads
        .flat_map(|(thread, spec)| {
            spec.nodes.iter().map(move |(name, node)| {
                let is_end = matches!(node.kind, NodeKind::Entrypoint | NodeKind::Exit(_));
                (thread.clone(), name.clone(), is_end)
            })
        })
        .collect()
}

fn size(document: &Document) -> usize {
    nodes(document).len()
}

/// How often an edit was made and how often it was refused, and why.
#[derive(Default)]
struct Tally(BTreeMap<String, usize>);

impl Tally {
    fn take(&mut self, what: &str, edited: Result<Vec<Edit>, Refusal>) -> Option<Vec<Edit>> {
        let (why, edits) = match edited {
            Ok(edits) => ("done".to_owned(), Some(edits)),
            Err(Refusal::Breaks { message, .. }) => {
                let words: Vec<_> = message.split(' ').take(3).collect();
                (format!("breaks: {} …", words.join(" ")), None)
            }
            Err(refusal) => (refusal.to_string(), None),
        };
        *self.0.entry(format!("{what}: {why}")).or_default() += 1;
        edits
    }

    /// Every refusal has one of these reasons, and most edits are made.
    fn check(&self, reasons: &[&str]) {
        let count = |wanted: &str| -> usize {
            let found = self.0.iter().filter(|(what, _)| what.contains(wanted));
            found.map(|(_, count)| count).sum()
        };
        for what in self.0.keys() {
            let expected = what.ends_with(": done")
                || what.contains(": breaks: ")
                || reasons.iter().any(|reason| what.ends_with(reason));
            assert!(expected, "{what}");
        }
        assert!(count(": done") > 5 * count(": breaks: "), "{:?}", self.0);
        assert!(count(": done") > 50, "{:?}", self.0);
    }
}

const REASONS: [&str; 14] = [
    "A step can't be moved between lines and brackets: write it by hand.",
    "A step can't be moved into itself.",
    "A thread needs its ENTRYPOINT.",
    "Behind the last node comes nothing more.",
    "Edges lead to this end of the thread: let them lead elsewhere first.",
    "In nodes and edges, conditions and changes stand at the edges.",
    "No edge leaves this node there.",
    "No edge leaves this node: it can't stand between two others.",
    "No step of this thread starts a thread to wait for.",
    "Several edges leave this node: choose one of them.",
    "Several edges leave this node: take them away first.",
    "The first and the last node of a thread are there by themselves.",
    "This step ends the thread: nothing comes after it.",
    "This thread sees no variable that could be changed.",
];

fn good() -> impl Iterator<Item = (String, String, Document)> {
    sources().into_iter().filter_map(|(name, text)| {
        let document = load(&text).document?;
        (size(&document) < 60).then_some((name, text, document))
    })
}

#[test]
fn inserting_everywhere() {
    let mut tally = Tally::default();
    for (name, text, document) in good() {
        let before = comments(&text);
        for (index, (thread, node, _)) in nodes(&document).into_iter().enumerate() {
            let step = if size(&document) > 12 { 5 } else { 1 };
            for kind in KINDS.iter().skip(index % step).step_by(step) {
                let place = StepPlace::After(node.clone());
                let Some(edits) = tally.take("insert", insert_step(&text, &thread, &place, kind))
                else {
                    continue;
                };
                let after = apply(&text, &edits);
                let loaded = load(&after).document.unwrap();
                assert_eq!(comments(&after), before, "{name} {thread} {node} {kind}\n{after}");
                if !matches!(*kind, "set" | "fail" | "return" | "exit") {
                    assert!(size(&loaded) > size(&document), "{name} {node} {kind}\n{after}");
                }
                for edit in &edits {
                    let gone = &text[edit.from..edit.to];
                    assert!(gone.len() < 40, "{name} {node} {kind}: {gone:?}");
                }
            }
        }
    }
    tally.check(&REASONS);
}

#[test]
fn inserting_on_every_edge() {
    let mut tally = Tally::default();
    for (name, text, document) in good() {
        for (thread, spec) in &document.wf_spec.thread_specs {
            for (node, model) in &spec.nodes {
                for edge in &model.outgoing_edges {
                    let place = StepPlace::Between(node.clone(), edge.sink_node_name.clone());
                    let edited = insert_step(&text, thread, &place, "sleep");
                    let Some(edits) = tally.take("insert", edited) else {
                        continue;
                    };
                    let after = apply(&text, &edits);
                    let loaded = load(&after).document.unwrap();
                    assert_eq!(size(&loaded), size(&document) + 1, "{name} {node}\n{after}");
                    assert_eq!(comments(&after), comments(&text));
                    let new = &loaded.wf_spec.thread_specs[thread];
                    let count = |spec: &halter_spec::model::ThreadSpec| {
                        let kinds = spec.nodes.values();
                        kinds.filter(|n| matches!(n.kind, NodeKind::Sleep(_))).count()
                    };
                    assert_eq!(count(new), count(spec) + 1, "{name} {node}");
                }
            }
        }
    }
    tally.check(&["This way leads past the loop: add the step behind it."]);
}

#[test]
fn deleting_and_moving_everywhere() {
    let mut tally = Tally::default();
    for (name, text, document) in good() {
        let before = comments(&text);
        let all = nodes(&document);
        for (thread, node, _) in &all {
            if let Some(edits) = tally.take("delete", delete_step(&text, thread, node)) {
                let after = apply(&text, &edits);
                let loaded = load(&after).document.unwrap();
                assert!(size(&loaded) <= size(&document), "{name} {node}\n{after}");
                let gone: usize = edits.iter().map(|edit| edit.to - edit.from).sum();
                let written: usize = edits.iter().map(|edit| edit.insert.len()).sum();
                assert_eq!(after.len(), text.len() - gone + written);
                assert!(gone > written, "{name} {node}");
                for comment in comments(&after) {
                    assert!(before.contains(&comment));
                }
            }
            for (other_thread, other, _) in all.iter().take(20) {
                if other_thread != thread {
                    continue;
                }
                let place = StepPlace::After(other.clone());
                if let Some(edits) = tally.take("move", move_step(&text, thread, node, &place)) {
                    let after = apply(&text, &edits);
                    let loaded = load(&after).document.unwrap();
                    assert!(size(&loaded) <= size(&document), "{name} {node}\n{after}");
                    assert_eq!(comments(&after), before, "{name} {node} {other}\n{after}");
                    let words =
                        |text: &str| -> usize { text.split_whitespace().map(str::len).sum() };
                    if !text.contains("nodes:") {
                        assert_eq!(words(&after) / 4, words(&text) / 4, "{name} {node}\n{after}");
                    }
                }
            }
        }
    }
    tally.check(&REASONS);
}

#[test]
fn fields_of_everything_can_be_set_to_what_they_are() {
    let mut tally = Tally::default();
    for (name, text, document) in good() {
        for (thread, node, _) in nodes(&document) {
            let Ok(all) = fields(&text, &thread, &node) else {
                continue;
            };
            for field in all {
                let Some(value) = &field.value else { continue };
                if value.contains('\n') {
                    continue;
                }
                let edited = set_field(&text, &thread, &node, &field.name, Some(value));
                let Some(edits) = tally.take("set", edited) else {
                    continue;
                };
                let after = apply(&text, &edits);
                let again = load(&after).document.unwrap();
                assert_eq!(again, document, "{name} {node} {}={value}\n{after}", field.name);
            }
        }
    }
    tally.check(&[]);
}

const SHOP: &str = "\
workflow: shop
events: {paid: DOUBLE}   # events
tasks:
  charge: {inputs: {amount: DOUBLE}}

threads:
  order:                 # the order
    variables:
      total: DOUBLE      # in euros
    do:
      # First the money.
      - task: charge     # now
        with: [$total]
      - if: $total > 3.0
        then:
          - sleep: 1     # a moment
      - nop

  other:
    - nop
";

fn done(text: &str, edits: Result<Vec<Edit>, Refusal>) -> String {
    match edits {
        Ok(edits) => {
            let after = apply(text, &edits);
            assert!(load(&after).document.is_some(), "{after}");
            after
        }
        Err(refusal) => format!("{refusal}\n"),
    }
}

#[test]
fn what_edits_look_like() {
    let after = |node: &str| StepPlace::After(node.to_owned());
    let between = |from: &str, to: &str| StepPlace::Between(from.to_owned(), to.to_owned());
    let cases = [
        ("task at the start", insert_step(SHOP, "order", &StepPlace::Start, "task")),
        ("if behind the task", insert_step(SHOP, "order", &after("1-charge-TASK"), "if")),
        ("into then", insert_step(SHOP, "order", &between("2-nop-NOP", "3-sleep-SLEEP"), "nop")),
        (
            "into else",
            insert_step(SHOP, "order", &between("2-nop-NOP", "4-nop-NOP"), "start-thread"),
        ),
        ("behind the if", insert_step(SHOP, "order", &after("4-nop-NOP"), "wait-for-event")),
        ("delete the if", delete_step(SHOP, "order", "4-nop-NOP")),
        ("delete the task", delete_step(SHOP, "order", "1-charge-TASK")),
        ("move the task", move_step(SHOP, "order", "1-charge-TASK", &after("3-sleep-SLEEP"))),
        ("move the if to the start", move_step(SHOP, "order", "2-nop-NOP", &StepPlace::Start)),
        ("move the if into itself", move_step(SHOP, "order", "2-nop-NOP", &after("3-sleep-SLEEP"))),
        ("interrupt", add_interrupt(SHOP, "order", "cancelled", "clean-up")),
        ("interrupt of a list", add_interrupt(SHOP, "other", "paid", "order-paid")),
        ("thread", add_thread(SHOP, "third")),
        ("thread again", add_thread(SHOP, "other")),
        ("no thread", delete_thread(SHOP, "other")),
        ("variable", add_variable(SHOP, "order", "count", "INT = 0")),
        ("variable of a list", add_variable(SHOP, "other", "count", "INT = 0")),
        ("no variable", remove_variable(SHOP, "order", "total")),
        ("no interrupt", remove_interrupt(SHOP, "order", "paid")),
        ("retries", set_field(SHOP, "order", "1-charge-TASK", "retries", Some("3"))),
        (
            "a text that looks like a map",
            set_field(SHOP, "order", "1-charge-TASK", "label", Some("a: b")),
        ),
        ("arguments", set_field(SHOP, "order", "1-charge-TASK", "with", Some("{amount: 5.0}"))),
        ("no arguments", set_field(SHOP, "order", "1-charge-TASK", "with", None)),
        ("a condition", set_field(SHOP, "order", "2-nop-NOP", "if", Some("$total < 1.0"))),
        ("label of a word", set_field(SHOP, "other", "1-nop-NOP", "label", Some("here"))),
    ];
    let shown: Vec<_> = cases
        .into_iter()
        .map(|(what, edits)| format!("== {what}\n{}", done(SHOP, edits)))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn json_is_refused() {
    let edited = insert_step("{\"name\": \"x\"}", "main", &StepPlace::Start, "nop");
    assert_eq!(edited, Err(Refusal::Json));
    assert_eq!(add_thread("workflow: x", "y"), Err(Refusal::HasErrors));
}

#[test]
fn a_property_is_added_to_its_section_or_makes_one() {
    let add = |text: &str, name: &str, property: &str| {
        add_property(text, name, property).map(|edits| apply(text, &edits))
    };
    let block = add(SHOP, "stays", "never order is ERROR").unwrap();
    assert!(block.contains("\nproperties:\n  stays: never order is ERROR"), "{block}");
    let more = add(&block, "said", "event paid came leads to run is COMPLETED").unwrap();
    assert!(more.contains("ERROR\n  said: event paid came leads to run is COMPLETED"), "{more}");
    let document = load(&more).document.unwrap();
    assert_eq!(document.properties.len(), 2);
    let flow = "workflow: w\nthreads: {main: [nop]}\nproperties: {p: can run is COMPLETED}\n";
    let flow = add(flow, "q", "always run is RUNNING").unwrap();
    assert!(flow.contains("{p: can run is COMPLETED, q: 'always run is RUNNING'}"), "{flow}");
    for (name, property) in [
        ("stays", "never order is ERROR"),
        ("no name", "never order is ERROR"),
        ("", "never order is ERROR"),
        ("other", "never order dances"),
        ("other", "never nobody is ERROR"),
        ("other", ""),
    ] {
        assert!(add(&block, name, property).is_err(), "{name}: {property}");
    }
}

/// Wherever its steps stand: at its own column, further to the right, beside its name.
#[test]
fn a_thread_that_is_a_list_becomes_a_map_with_all_its_steps() {
    let lists = [
        "  main:\n  - sleep: 1\n\n  - if: true\n    then:\n      - sleep: 2\n",
        "  main:\n   - sleep: 1\n\n   - if: true\n     then:\n       - sleep: 2\n",
        "  main:\n      - sleep: 1\n\n      - if: true\n        then:\n          - sleep: 2\n",
        "  main: [{sleep: 1}, {if: true, then: [{sleep: 2}]}]\n",
    ];
    for list in lists {
        let text = format!("workflow: w\nevents: {{paid: }}\nthreads:\n{list}");
        let before = load(&text).document.unwrap();
        let edits = add_variable(&text, "main", "total", "INT").unwrap();
        let after = apply(&text, &edits);
        let loaded = load(&after);
        let document =
            loaded.document.unwrap_or_else(|| panic!("{after}\n{:?}", loaded.diagnostics));
        let nodes = |document: &Document| {
            document.wf_spec.thread_specs["main"].nodes.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(nodes(&before), nodes(&document), "{after}");
        assert_eq!(document.wf_spec.thread_specs["main"].variable_defs.len(), 1, "{after}");
    }
}
