//! Quick fixes: each is applied, and then the diagnostic is gone and nothing new is wrong.

#![allow(clippy::panic, reason = "tests say what is wrong by panicking")]

use std::fmt::Write as _;

use halter_language::{apply, fixes};
use halter_spec::load;

/// Sources, each with one thing wrong that a fix puts right; the code of the diagnostic.
const CASES: [(&str, &str); 52] = [
    ("EMPTY", ""),
    ("EMPTY", "# only a comment\n"),
    ("YAML", "workflow: x\nthreads:\n\tmain:\n\t\t- nop\n"),
    ("YAML-DOCUMENTS", "workflow: x\nthreads: {main: []}\n---\nworkflow: y\n"),
    ("YAML-MERGE", "workflow: x\nthreads:\n  main:\n    <<: {}\n    do: []\n"),
    ("DUPLICATE-KEY", "workflow: x\nworkflow: y\nthreads: {main: []}\n"),
    ("UNKNOWN-KEY", "workflow: x\nretntion: 3\nthreads: {main: []}\n"),
    ("UNKNOWN-KEY", "workflow: x\nfrobnicate: 3\nthreads: {main: []}\n"),
    (
        "UNKNOWN-KEY",
        "workflow: x\ntasks: {t: {inputs: {amount: INT}}}\nthreads:\n  main:\n    - task: t\n      with: {amuont: 1}\n",
    ),
    ("UNKNOWN-STATEMENT", "workflow: x\nthreads:\n  main:\n    - slep: 1\n"),
    ("UNKNOWN-STATEMENT", "workflow: x\nthreads:\n  main:\n    - frobnicate: 1\n    - nop\n"),
    ("UNKNOWN-COMMAND", "workflow: x\nthreads: {main: []}\nscript:\n  - pas: 3\n"),
    ("MISSING", "threads: {main: []}\n"),
    ("MISSING", "workflow: x\n"),
    ("MISSING", "workflow: x\nthreads:\n  main:\n    - if: true\n"),
    ("MISSING", "workflow: x\nthreads:\n  main:\n    - while: false\n"),
    ("MISSING", "workflow: x\nthreads:\n  main:\n    - start-threads: c\n  c: [nop]\n"),
    (
        "MISSING",
        "workflow: x\ntasks: {t: {inputs: {amount: INT, card: STR}}}\nthreads:\n  main:\n    - task: t\n      with: {amount: 1}\n",
    ),
    (
        "MISSING",
        "workflow: x\nthreads:\n  main:\n    variables:\n      a:\n        masked: true\n    do: []\n",
    ),
    ("NUMBER", "workflow: x\nthreads:\n  main:\n    - return: 99999999999999999999\n"),
    ("EXPRESSION", "workflow: x\nthreads:\n  main:\n    - return: costs $5\n"),
    ("TYPE", "workflow: x\nthreads:\n  main:\n    variables: {a: string}\n    do: []\n"),
    ("TAG", "workflow: x\nthreads:\n  main:\n    - return: !frob 5\n"),
    (
        "WAIT",
        "workflow: x\nthreads:\n  main:\n    - nop\n    - wait-for-threads: [c]\n  c:\n    - nop\n",
    ),
    (
        "SIMULATE",
        "workflow: x\ntasks: {charge: STR}\nsimulate:\n  chrage: yes\nthreads: {main: [{task: charge}]}\n",
    ),
    ("V-NAME", "workflow: my shop!\nthreads: {main: []}\n"),
    ("V-NAME", "workflow: x\ntasks:\n  charge_it:\nthreads: {main: [{task: charge_it}]}\n"),
    ("V-ENTRYPOINT", "workflow: x\nentrypoint: mian\nthreads: {main: []}\n"),
    (
        "V-SHADOW",
        "workflow: x\nthreads:\n  main:\n    variables: {a: INT}\n    do: [{start-thread: c}]\n  c:\n    variables:\n      a: INT\n      b: INT\n    do: []\n",
    ),
    (
        "V-INHERITED",
        "workflow: x\nthreads:\n  main:\n    variables:\n      a: INT inherited\n    do: []\n",
    ),
    (
        "V-ONE-SPEC",
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [{start-thread: c}]\n  c:\n    interrupts: {e: h}\n    do: [nop]\n  h: [nop]\n",
    ),
    (
        "V-EVENT-REUSED",
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [{wait-for-event: e}]\n  h: [nop]\n",
    ),
    (
        "V-INTERRUPT-TWICE",
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts:\n      - e: h\n      - e: h\n    do: [nop]\n  h: [nop]\n",
    ),
    (
        "V-HANDLER-ITSELF",
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: main}\n    do: [nop]\n",
    ),
    (
        "V-HANDLER-INPUT",
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [nop]\n  h:\n    variables:\n      why: STR\n    do:\n      - set: {why: a}\n",
    ),
    (
        "V-INPUT-TYPE",
        "workflow: x\nevents: {e: STR}\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [nop]\n  h:\n    variables: {INPUT: INT}\n    do: [nop]\n",
    ),
    ("V-UNUSED", "workflow: x\nthreads:\n  main: [nop]\n  other:\n    - nop\n"),
    ("V-UNREACHABLE", "workflow: x\nthreads:\n  main:\n    - return\n    - nop\n    - sleep: 1\n"),
    (
        "V-UNREACHABLE",
        "workflow: x\nthreads:\n  main:\n    nodes:\n      a: {entrypoint: , next: c}\n      b: {nop: , next: c}\n      c: exit\n",
    ),
    (
        "V-NO-EXIT",
        "workflow: x\nthreads:\n  main:\n    nodes:\n      a: {entrypoint: , next: b}\n      b: {sleep: 1}\n      c: exit\n",
    ),
    (
        "V-EDGE",
        "workflow: x\nthreads:\n  main:\n    nodes:\n      a: {entrypoint: , next: fisrt}\n      first: exit\n",
    ),
    (
        "V-THREAD",
        "workflow: x\nthreads:\n  main:\n    - start-thread: c\n  c:\n    variables: {a: INT required}\n    do: []\n",
    ),
    (
        "V-THREAD",
        "workflow: x\nthreads:\n  main:\n    - start-thread: c\n      with: {b: 1}\n  c: [nop]\n",
    ),
    ("V-THREAD", "workflow: x\nthreads:\n  main:\n    - start-thread: chlid\n  child: [nop]\n"),
    (
        "V-TASK",
        "workflow: x\ntasks: {charge: {inputs: {a: INT, b: STR}}}\nthreads:\n  main:\n    - task: charge\n      with: [1]\n",
    ),
    ("V-TASK", "workflow: x\ntasks: {charge: STR}\nthreads:\n  main:\n    - task: chrage\n"),
    (
        "V-USER-TASK",
        "workflow: x\nuser-tasks: {f: {ok: BOOL}}\nthreads:\n  main:\n    - user-task: f\n",
    ),
    ("V-RETRIES", "workflow: x\ntasks: [t]\nthreads:\n  main:\n    - task: t\n      retries: -1\n"),
    (
        "V-EVENT-DEF",
        "workflow: x\nevents: [cancelled]\nthreads:\n  main:\n    - wait-for-event: canceled\n",
    ),
    (
        "V-HANDLER",
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [nop]\n",
    ),
    (
        "V-VARIABLE",
        "workflow: x\nthreads:\n  main:\n    variables: {total: INT}\n    do:\n      - return: $totl\n",
    ),
    (
        "V-TYPE",
        "workflow: x\nthreads:\n  main:\n    variables: {a: INT, b: DOUBLE}\n    do:\n      - set: {a: $b}\n",
    ),
];

#[test]
fn every_case_has_a_fix_that_works() {
    let mut shown = String::new();
    for (code, text) in CASES {
        let diagnostics = load(text).diagnostics;
        let diagnostic = diagnostics.iter().find(|found| found.code == code);
        let diagnostic = diagnostic.unwrap_or_else(|| panic!("{code}: {diagnostics:?}\n{text}"));
        let found = fixes(text, diagnostic);
        let _ = writeln!(shown, "== {code}: {}", diagnostic.message);
        for fix in &found {
            let after = apply(text, &fix.edits);
            let again = load(&after).diagnostics;
            assert!(
                !again.iter().any(|other| other == diagnostic),
                "{code} {}\n{after}",
                fix.title
            );
            let new: Vec<_> =
                after.lines().filter(|line| !text.lines().any(|old| old == *line)).collect();
            let _ = writeln!(shown, "{}: {}", fix.title, new.join(" ⏎ "));
        }
        if found.is_empty() {
            let _ = writeln!(shown, "NOTHING");
        }
    }
    insta::assert_snapshot!(shown);
    assert!(!shown.contains("NOTHING"));
}
