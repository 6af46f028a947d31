//! Hover, definition, references and rename.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use halter_language::{apply, definition, hover, references, rename};
use halter_spec::load;

#[path = "support/sources.rs"]
mod sources;
use sources::sources;

const SHOP: &str = r#"workflow: shop
events: {paid: DOUBLE, cancelled: STR}
tasks:
  charge: {inputs: {amount: DOUBLE, card: STR}, returns: STR}
user-tasks: {approve: {ok: BOOL}}
threads:
  order:
    variables:
      total: DOUBLE = 5.0
      receipt: STR
    interrupts: {cancelled: clean-up}
    do:
      - user-task: approve
        user: mia
        actions:
          - {task: charge, with: {amount: $total, card: $receipt}, after: 60}
      - task: charge
        with: {amount: $total, card: "x"}
        label: payment
        into: receipt
        on-failure: {broke: clean-up}
      - set: {total: $total * 2, receipt: "$output(payment)"}
      - start-thread: child
        with: {INPUT: $receipt}
      - wait-for-threads: [child]
      - if: $total > 3 and $receipt == "total"
        then:
          - fail: broke
  child:
    variables: {INPUT: STR}
    do:
      - wait-for-event: paid
        into: total
      - set: {receipt: $INPUT}
  clean-up:
    variables: {INPUT: STR}
    do: [{set: {receipt: $INPUT}}]
script:
  - run: {total: 7.0}
  - claim: charge
    position: 1
  - postEvent: {externalEventDef: paid}
"#;

fn at(text: &str, what: &str) -> usize {
    text.find(what).unwrap_or_else(|| panic!("{what}"))
}

#[test]
fn the_sample_is_right() {
    assert_eq!(load(SHOP).diagnostics, []);
}

#[test]
fn what_words_mean() {
    let words = [
        "wait-for-event",
        "interrupts",
        "cancelled: STR",
        "total: DOUBLE",
        "charge\n",
        "amount: $",
        "DOUBLE",
        "payment)",
        "child]",
        "clean-up}",
        "INPUT: $receipt",
        "broke:",
        "on-failure",
        "paid\n        into",
    ];
    let shown: Vec<_> = words
        .iter()
        .map(|word| {
            let hover = hover(SHOP, at(SHOP, word) + 1).unwrap();
            let word = &SHOP[hover.span.from..hover.span.to];
            format!("{word} => {}\n{}\n{:?}", hover.title, hover.text, hover.rules)
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n\n"));
    assert_eq!(hover(SHOP, at(SHOP, ": shop") + 2), None);
}

#[test]
fn where_names_are_declared() {
    let cases = [
        ("$total,", "total: DOUBLE"),
        ("charge\n        with", "charge: {"),
        ("payment)", "payment\n"),
        ("clean-up}\n    do", "clean-up:\n"),
        ("child]", "child:\n"),
        ("paid\n        into", "paid: DOUBLE"),
        ("INPUT: $receipt", "INPUT: STR}"),
        ("amount: $", "amount: DOUBLE"),
        ("total: 7", "total: DOUBLE"),
    ];
    for (from, to) in cases {
        let found = definition(SHOP, at(SHOP, from) + 2).unwrap_or_else(|| panic!("{from}"));
        assert_eq!(found.from, at(SHOP, to), "{from}");
    }
}

#[test]
fn renaming_everywhere() {
    let cases = [
        ("total: DOUBLE", "sum", 8),
        ("receipt: STR", "slip", 8),
        ("charge:", "pay", 4),
        ("cancelled:", "revoked", 2),
        ("paid:", "settled", 3),
        ("clean-up:\n", "tidy", 3),
        ("child:\n", "helper", 3),
        ("payment\n", "bill", 2),
        ("broke:", "poor", 2),
        ("amount:", "price", 3),
    ];
    for (word, new_name, count) in cases {
        let offset = at(SHOP, word);
        let edits = rename(SHOP, offset, new_name).unwrap_or_else(|why| panic!("{word}: {why}"));
        assert_eq!(edits.len(), count, "{word}");
        assert_eq!(references(SHOP, offset).len(), count);
        let after = apply(SHOP, &edits);
        assert_eq!(load(&after).diagnostics, [], "{after}");
        let old = &SHOP[edits[0].from..edits[0].to];
        let back = rename(&after, edits[0].from, old).unwrap();
        assert_eq!(apply(&after, &back), SHOP);
    }
}

/// Every name of every source gets another one: the same nodes and the same diagnostics are there, and the way back leads to
/// the same text.
#[test]
fn renaming_all_there_is() {
    let mut done = 0;
    for (name, text) in sources() {
        let loaded = load(&text);
        if loaded.document.is_none() || text.len() > 6000 {
            continue;
        }
        for token in halter_language::tokens(&text) {
            if !token.declares {
                continue;
            }
            let Ok(edits) = rename(&text, token.from, "another-name-of-it") else {
                continue;
            };
            let after = apply(&text, &edits);
            let again = load(&after);
            let codes = |loaded: &halter_spec::Loaded| -> Vec<_> {
                loaded.diagnostics.iter().map(|found| found.code).collect()
            };
            assert_eq!(codes(&again), codes(&loaded), "{name}");
            let old = &text[token.from..token.to];
            let model = |loaded: &halter_spec::Loaded| -> String {
                format!("{:?}", loaded.document)
                    .split("At(Span")
                    .map(|part| part.split_once("})").map_or(part, |(_, rest)| rest))
                    .collect()
            };
            // The model is the same up to the name.
            let mine = model(&again).replace("another-name-of-it", old);
            assert_eq!(mine, model(&loaded), "{name} {old}");
            let at = edits.first().map_or(0, |edit| edit.from);
            let back = rename(&after, at, old).map(|edits| apply(&after, &edits));
            assert!(back.is_err() || back == Ok(text.clone()), "{name} {old}");
            done += 1;
        }
    }
    assert!(done > 100, "{done}");
}

#[test]
fn names_that_are_refused() {
    let why = |word: &str, name: &str| rename(SHOP, at(SHOP, word), name).unwrap_err().to_string();
    let shown = [
        why("total: DOUBLE", "receipt"),
        why("total: DOUBLE", ""),
        why("total: DOUBLE", "to tal"),
        why("total: DOUBLE", "INPUT"),
        why("charge:", "char_ge"),
        why("charge:", "-"),
        why("child:\n", "order"),
        why("child:\n", "total"),
        why("broke:", "TIMEOUT"),
        why("INPUT: STR}", "x"),
        why(": shop", "x"),
        rename("{}", 1, "x").unwrap_err().to_string(),
    ];
    insta::assert_snapshot!(shown.join("\n"));
}

/// A thread may be called as an event or a task is, which no word could mean in its place; not as a variable is.
#[test]
fn names_of_another_kind_are_free() {
    for name in ["paid", "charge", "cancelled"] {
        let edits = rename(SHOP, at(SHOP, "child:\n"), name).unwrap();
        let renamed = load(&apply(SHOP, &edits));
        assert_eq!(renamed.diagnostics, []);
        assert!(renamed.document.unwrap().wf_spec.thread_specs.contains_key(name));
    }
}

#[test]
fn a_variable_may_be_called_as_a_function_is() {
    let text = "workflow: w\nthreads:\n  main:\n    variables: {size: INT = 1, list: JSON_ARR}\n    do:\n      - set: {size: \"$size + $size($list)\"}\n";
    let edits = rename(text, at(text, "size: INT"), "count").unwrap();
    assert!(apply(text, &edits).ends_with("      - set: {count: \"$count + $size($list)\"}\n"));
}

/// Two workflows with threads, variables and labels of the same names, and one event.
const TWO: &str = r#"workflow: first
events: {go: STR}
tasks: {work: STR}
threads:
  main:
    variables: {total: STR}
    interrupts: {go: note}
    do:
      - task: work
        label: done
      - set: {total: "$output(done)"}
      - run-child-wf: second
  note:
    variables: {INPUT: STR}
    do: [{set: {total: $INPUT}}]
workflows:
  second:
    threads:
      main:
        variables: {total: STR}
        interrupts: {go: note}
        do:
          - task: work
            label: done
          - set: {total: "$output(done)"}
      note:
        variables: {INPUT: STR}
        do: [{set: {total: $INPUT}}]
script:
  - run
  - in-child-wf: second
    position: 3
    do: {post: go, content: x}
"#;

#[test]
fn each_workflow_has_names_of_its_own() {
    let child = TWO.find("workflows:").unwrap();
    for name in ["total", "done", "note:"] {
        let word = name.trim_end_matches(':');
        let (first, second) = (TWO.find(name).unwrap(), child + TWO[child..].find(name).unwrap());
        for (at, other) in [(first, second), (second, first)] {
            let renamed = apply(TWO, &rename(TWO, at, "renamed").unwrap());
            assert!(load(&renamed).diagnostics.is_empty(), "{renamed}");
            let places = references(TWO, at);
            assert!(places.len() > 1, "{word}: {places:?}");
            assert!(places.iter().all(|place| (place.from < child) == (at < child)), "{word}");
            assert_ne!(definition(TWO, at), definition(TWO, other), "{word}");
        }
    }
    // Events, tasks and workflows are known to all.
    for name in ["go", "work", "second"] {
        let places = references(TWO, TWO.find(&format!("{name}:")).or(TWO.find(name)).unwrap());
        assert!(places.iter().any(|place| place.from > child), "{name}: {places:?}");
    }
    let renamed =
        apply(TWO, &rename(TWO, TWO.find("run-child-wf: second").unwrap() + 14, "third").unwrap());
    assert!(!renamed.contains("second"), "{renamed}");
}
