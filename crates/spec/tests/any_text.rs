//! Whatever the text, `load` answers, and soon.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::time::{Duration, Instant};

use halter_spec::limits::MAX_DIAGNOSTICS;
use halter_spec::{Severity, load};
use proptest::prelude::*;

/// Loads a text and checks what holds for every answer.
fn check(text: &str) {
    let loaded = load(text);
    let has_error = loaded.diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(loaded.document.is_some(), !has_error);
    assert!(loaded.diagnostics.len() <= MAX_DIAGNOSTICS);
    let lines = text.split('\n').count() as u32 + 1;
    for found in &loaded.diagnostics {
        let span = found.span;
        let begin: String = text.chars().take(2000).collect();
        assert!(span.line >= 1 && span.column >= 1, "{found:?}\n{begin}");
        assert!(span.line <= lines, "{found:?}\n{begin}");
        assert!((span.line, span.column) <= (span.end_line, span.end_column), "{found:?}\n{begin}");
        assert!(!found.message().is_empty());
    }
}

/// Sources to spoil.
fn examples() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    ["static/examples", "tests/specs"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == "yaml" || found == "json"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

/// Words of the language, put together at random.
const WORDS: [&str; 60] = [
    "workflow: x\n",
    "threads:\n",
    "  main:\n",
    "    do:\n",
    "      - ",
    "task: ",
    "charge",
    "with: ",
    "[",
    "]",
    "{",
    "}",
    "$",
    "$a",
    "$a.b[0]",
    " + ",
    " and ",
    " not in ",
    "as INT",
    "\n",
    "\n  ",
    "\n    ",
    "if: ",
    "then: ",
    "else: ",
    "while: ",
    "set: ",
    "into: ",
    "label: ",
    "variables: ",
    "INPUT: ",
    "STR = ",
    "JSON_OBJ",
    "interrupts: ",
    "nodes: ",
    "next: ",
    "entrypoint: ",
    "script:\n",
    "- run\n",
    "- post: ",
    "content: ",
    "!proto ",
    "!bytes ",
    "!str ",
    "\"",
    "'",
    "$output(",
    "$format(\"{0}\", ",
    ")",
    "(",
    "@\"",
    ".get(",
    "1e999",
    "99999999999999999999",
    "|\n",
    ">\n",
    "? ",
    "&a ",
    "*a",
    "<<: ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_words_are_answered(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..40)) {
        check(&words.concat());
        check(&format!("workflow: x\nthreads:\n  main:\n    do:\n      - {}", words.concat()));
    }

    #[test]
    fn any_expression_is_answered(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..20)) {
        let expression = words.concat().replace(['\n', '\''], " ");
        check(&format!("workflow: x\nthreads:\n  main:\n    do:\n      - if: '{expression}'\n        then: []"));
    }

    #[test]
    fn spoiled_examples_are_answered(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), length in 0usize..40, word in prop::sample::select(&WORDS[..])) {
        let examples = examples();
        let text = which.get(&examples);
        let letters: Vec<char> = text.chars().collect();
        let from = at.index(letters.len());
        let to = (from + length).min(letters.len());
        let spoiled: String = letters[..from].iter().copied().chain(word.chars()).chain(letters[to..].iter().copied()).collect();
        check(&spoiled);
    }

    #[test]
    fn spoiled_json_is_answered(at in any::<prop::sample::Index>(), piece in prop::sample::select(vec!["null", "[]", "{}", "0", "\"\"", "true", "-1", "1e400"])) {
        let mut json: serde_json::Value = serde_json::from_str(include_str!("../../../tests/specs/countdown.json")).unwrap();
        let mut places = 0;
        count(&json, &mut places);
        let mut left = at.index(places);
        replace(&mut json, &mut left);
        check(&json.to_string().replace("\"__piece\"", piece));
    }
}

fn count(json: &serde_json::Value, places: &mut usize) {
    *places += 1;
    match json {
        serde_json::Value::Array(items) => items.iter().for_each(|item| count(item, places)),
        serde_json::Value::Object(entries) => entries.values().for_each(|item| count(item, places)),
        _ => {}
    }
}

fn replace(json: &mut serde_json::Value, left: &mut usize) {
    if *left == 0 {
        *json = serde_json::Value::from("__piece");
        *left = usize::MAX;
        return;
    }
    *left -= 1;
    let children: Vec<_> = match json {
        serde_json::Value::Array(items) => items.iter_mut().collect(),
        serde_json::Value::Object(entries) => entries.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        if *left == usize::MAX {
            return;
        }
        replace(child, left);
    }
}

/// A line many times, with another number each time.
fn numbered(count: usize, line: &str) -> String {
    let lines: Vec<_> =
        (0..count).map(|number| line.replacen("{}", &format!("{number:06}"), 1)).collect();
    lines.concat()
}

/// Texts of the largest size that is read, each of a kind that is hard for some reader.
#[test]
fn large_texts_are_answered_soon() {
    let size = halter_spec::limits::MAX_SOURCE_BYTES - 200;
    let fill = |piece: &str| piece.repeat(size / piece.len());
    let thread = "workflow: x\nthreads:\n  main:\n    do:\n";
    let hard = [
        fill("["),
        fill("{"),
        fill("- "),
        fill("? "),
        fill("a: "),
        fill("a: [\n"),
        fill("\""),
        fill("\"\\"),
        fill("&a "),
        fill("!x "),
        fill("# x\n"),
        fill("\n"),
        fill(" "),
        fill("\t"),
        fill("x"),
        fill("é"),
        fill("[a, "),
        fill("{a: "),
        fill("a:\n"),
        fill("--- "),
        fill("- - - a\n"),
        format!("[{}]", fill("1,")),
        format!("{{\"a\":[{}1]}}", fill("1,")),
        format!("{{\"name\":\"{}\"}}", fill("é")),
        format!("{{{}\"z\":1}}", fill("\"a\":1,")),
        format!("{thread}{}", fill("      - sleep: 1\n")),
        format!("{thread}{}", fill("      - taks: 1\n")),
        format!("{thread}      - if: {}", fill("(")),
        format!("{thread}      - if: {}", fill("$a + ")),
        format!("{thread}      - if: {}", fill("not ")),
        format!("{thread}      - if: '{}'", fill("[")),
        format!("{thread}{}", fill("      - if: $a\n        then: []\n")),
        format!("workflow: x\nthreads: {{{}}}", fill("a: [], ")),
        format!("workflow: x\nthreads:\n{}", numbered(size / 20, "  t{}: [nop]\n")),
        format!(
            "workflow: x\nevents: [a]\nthreads:\n{}",
            numbered(size / 45, "  t{}: {interrupts: {a: t0}}\n")
        ),
    ];
    for text in hard {
        let start = Instant::now();
        check(&text);

        let took = start.elapsed();
        let begin: String = text.chars().take(60).collect();
        assert!(took < Duration::from_secs(10), "{took:?} for {begin:?}");
    }
}

/// YAML ends a line at a carriage return that stands alone, an editor that asks for a place does not.
#[test]
fn lines_are_counted_by_line_feeds() {
    for (text, line, column) in [
        ("\r\rworkflow: x\rthreads: 5", 1, 24),
        ("\r\nworkflow: x\r\nthreads: 5", 3, 10),
        ("workflow: x\r\n# a\rthreads: 5\n", 2, 14),
    ] {
        let found = &load(text).diagnostics[0];
        assert_eq!((found.span.line, found.span.column), (line, column), "{text:?}: {found:?}");
    }
}
