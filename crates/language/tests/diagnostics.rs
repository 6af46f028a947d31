//! What is said about sources that are wrong: each case with the lines that it is about.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::fmt::Write as _;

use halter_language::{apply, fixes};
use halter_spec::{Diagnostic, load};

/// A diagnostic with its place marked in the source, and what its fix makes of the source.
fn shown(text: &str, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.span;
    let mut out =
        format!("{:?} {}: {}\n", diagnostic.severity, diagnostic.code, diagnostic.message());
    let line = text.lines().nth(span.line as usize - 1).unwrap_or_default();
    let end =
        if span.end_line == span.line { span.end_column } else { line.chars().count() as u32 + 1 };
    let marks = end.saturating_sub(span.column).max(1) as usize;
    let before = " ".repeat(span.column as usize - 1);
    let more = if span.end_line == span.line {
        String::new()
    } else {
        format!(" to line {}", span.end_line)
    };
    let _ = writeln!(out, "{:>3} | {line}\n    | {before}{}{more}", span.line, "^".repeat(marks));
    if let Some((thread, node)) = &diagnostic.node {
        let _ = writeln!(out, "    = node {node} of {thread}");
    }
    if let Some(fix) = fixes(text, diagnostic).first() {
        let fixed = apply(text, &fix.edits);
        let changed = fixed.lines().filter(|line| !text.lines().any(|known| known == *line));
        let changed: Vec<_> = changed.collect();
        let _ = writeln!(out, "    = fix: {}: {}", fix.title, changed.join(" ⏎ "));
    }
    out
}

fn report(text: &str) -> String {
    let loaded = load(text);
    let shown: Vec<_> =
        loaded.diagnostics.iter().map(|diagnostic| shown(text, diagnostic)).collect();
    assert!(!shown.is_empty(), "nothing is wrong with\n{text}");
    shown.join("\n")
}

macro_rules! cases {
    ($($name:ident: $text:expr;)+) => {
        $(
            #[test]
            fn $name() {
                let text = $text;
                insta::assert_snapshot!(stringify!($name), report(&text));
            }
        )+
    };
}

cases! {
    nothing_at_all: "";
    only_a_comment: "# hello\n";
    a_text: "hello world";
    a_list: "- a\n- b\n";
    no_yaml: "workflow: x\nthreads: {main: [task: a\n";
    tabs: "workflow: x\nthreads:\n\tmain:\n";
    anchors: "workflow: &w x\nthreads:\n  main: *w\n";
    merge_keys: "workflow: x\nthreads:\n  main:\n    <<: {do: []}\n";
    two_documents: "workflow: x\nthreads: {main: []}\n---\nworkflow: y\n";
    duplicate_keys: "workflow: x\nworkflow: y\nthreads: {main: []}\n";
    missing_parts: "events: {a: STR}\n";
    several_mistakes: "\
workflow: shop
evnts:
  paid:
tasks:
  charge: STRING
threads:
  main:
    variables:
      total: INT = many
      name: STR reqired
    do:
      - taks: charge
      - sleep: soon
      - task: charge
        wiht: [1]
      - frobnicate: 1
      - just words
      - wait-for-threads: [nobody]
";
    expressions: "\
workflow: shop
threads:
  main:
    variables: {total: INT, cart: JSON_OBJ}
    do:
      - if: $total > > 3
        then: [nop]
      - if: total > 3
        then: [nop]
      - while: $total >
        do: [nop]
      - set: {total: $total plus 1}
      - set: {total: add one}
      - set: {total: \"$cart.items[\"}
      - set: {total: $cart as NUMBER}
      - set: {total: 99999999999999999999}
      - set: {cart: [$total]}
      - return: $5
";
    computed_conditions: "workflow: a
threads:
  main:
    variables: {n: INT = 3, word: STR = \"true\"}
    do:
      - if: ($n + 1) as BOOL
        then: [return]
      - if: ($n > 1) as BOOL
        then: [return]
      - while: not ($word as BOOL)
        do: []
";
    undeclared: "\
workflow: shop
tasks:
  charge: {inputs: {amount: INT}}
threads:
  main:
    do:
      - task: charge
        with: [$amount]
      - task: ship
      - wait-for-event: paid
      - throw-event: shipped
        content: 1
      - user-task: approve
        user: mia
  other: {interrupts: {cancelled: nobody}}
";
    interrupts: "\
workflow: shop
events: {cancelled: STR, paused: STR}
threads:
  main:
    interrupts: {cancelled: clean-up, paused: main}
    do:
      - start-thread: child
      - wait-for-event: cancelled
  child:
    interrupts: {paused: hold}
    do: [nop]
  clean-up:
    variables: {INPUT: INT, reason: STR}
    do: [nop]
  hold: [nop]
";
    threads_of_a_handler: "\
workflow: shop
events: [paused]
threads:
  main:
    interrupts: {paused: hold}
    do: [{sleep: 9}]
  hold:
    - start-thread: child
    - wait-for-threads: [child]
  child: [nop]
";
    input_of_another_thread: "\
workflow: shop
events: {paid: INT, packed: BOOL}
threads:
  main:
    interrupts: {paid: ha, packed: hb}
    do: [sleep: 5]
  ha:
    variables: {INPUT: INT}
    do:
      - start-thread: kid
        with: {x: $INPUT}
  hb:
    variables: {INPUT: BOOL}
    do: []
  kid:
    variables: {x: INT}
    do: []
";
    types: "\
workflow: shop
events: {paid: INT}
tasks:
  charge: {inputs: {amount: INT, note: STR}, returns: JSON_OBJ}
threads:
  main:
    variables: {total: INT, name: STR, cart: JSON_ARR}
    do:
      - set: {total: $name}
      - set: {total: $cart + 1}
      - set: {cart: extend $name}
      - task: charge
        with: [$name, 1]
      - task: charge
        with: [1]
      - wait-for-event: paid
        into: cart
      - if: $total
        then: [nop]
      - sleep: $name
";
    graph: "\
workflow: shop
threads:
  main:
    nodes:
      first: {entrypoint: , next: second}
      second: {sleep: 1, next: [{to: third, if: true}, second]}
      lost: {nop: , next: last}
      last: exit
";
    unreachable_statements: "\
workflow: shop
threads:
  main:
    do:
      - fail: broken
      - sleep: 1
  unused: [nop]
";
    scripts: "\
workflow: shop
events: {paid: INT}
threads:
  main:
    variables: {total: INT}
    do: [{wait-for-event: paid}]
script:
  - run: {total: many}
  - post: paid
    content: a lot
  - post: unpaid
  - pas: 3
  - pass: some
  - 5
";
    json_syntax: "{\n  \"name\": \"x\",\n  \"threadSpecs\": {,}\n}";
    json_fields: "{\"name\": \"x\",\n \"thraedSpecs\": {},\n \"entrypointThreadName\": \"main\"}";
    json_child_wf: "{\"name\": \"x\", \"entrypointThreadName\": \"main\", \"threadSpecs\": {\"main\": {\"nodes\": {\n\
 \"0-a\": {\"entrypoint\": {}, \"outgoingEdges\": [{\"sinkNodeName\": \"1-b\"}]},\n\
 \"1-b\": {\"runChildWf\": {}, \"outgoingEdges\": [{\"sinkNodeName\": \"2-c\"}]},\n\
 \"2-c\": {\"exit\": {\"returnContent\": {\"structBuilder\": {}}}}}}}}";
    json_numbers: "{\"name\": \"x\", \"entrypointThreadName\": \"main\", \"threadSpecs\": {\"main\": {\"nodes\": {\n\
 \"0-a\": {\"entrypoint\": {}, \"outgoingEdges\": [{\"sinkNodeName\": \"1-b\"}]},\n\
 \"1-b\": {\"sleep\": {\"rawSeconds\": {\"literalValue\": {\"int\": 9223372036854775808}}}, \"outgoingEdges\": [{\"sinkNodeName\": \"2-c\"}]},\n\
 \"2-c\": {\"exit\": {\"returnContent\": {\"literalValue\": {\"jsonObj\": \"{1}\"}}}}}}}}";
    too_deep_json: format!("{{\"a\":{}{}}}", "[".repeat(100), "]".repeat(100));
    too_deep_yaml: format!("a: {}{}", "[".repeat(100), "]".repeat(100));
    too_large: "x".repeat(10 << 20);
}
