//! Quick fixes: each is applied, and then the diagnostic is gone and nothing new is wrong.

#![allow(clippy::panic, reason = "tests say what is wrong by panicking")]

use std::fmt::Write as _;

use halter_language::{apply, fixes};
use halter_spec::{Code, load};

/// Sources, each with one thing wrong that a fix puts right; the code of the diagnostic.
const CASES: [(Code, &str); 56] = [
    (Code::Empty, ""),
    (Code::Empty, "# only a comment\n"),
    (Code::Yaml, "workflow: x\nthreads:\n\tmain:\n\t\t- nop\n"),
    (Code::YamlDocuments, "workflow: x\nthreads: {main: []}\n---\nworkflow: y\n"),
    (Code::YamlMerge, "workflow: x\nthreads:\n  main:\n    <<: {}\n    do: []\n"),
    (Code::DuplicateKey, "workflow: x\nworkflow: y\nthreads: {main: []}\n"),
    (Code::UnknownKey, "workflow: x\nretntion: 3\nthreads: {main: []}\n"),
    (Code::UnknownKey, "workflow: x\nfrobnicate: 3\nthreads: {main: []}\n"),
    (
        Code::UnknownKey,
        "workflow: x\ntasks: {t: {inputs: {amount: INT}}}\nthreads:\n  main:\n    - task: t\n      with: {amuont: 1}\n",
    ),
    (Code::UnknownStatement, "workflow: x\nthreads:\n  main:\n    - slep: 1\n"),
    (Code::UnknownStatement, "workflow: x\nthreads:\n  main:\n    - frobnicate: 1\n    - nop\n"),
    (Code::UnknownCommand, "workflow: x\nthreads: {main: []}\nscript:\n  - pas: 3\n"),
    (Code::Missing, "threads: {main: []}\n"),
    (Code::Missing, "workflow: x\n"),
    (Code::Missing, "workflow: x\nthreads:\n  main:\n    - if: true\n"),
    (Code::Missing, "workflow: x\nthreads:\n  main:\n    - while: false\n"),
    (Code::Missing, "workflow: x\nthreads:\n  main:\n    - start-threads: c\n  c: [nop]\n"),
    (
        Code::Missing,
        "workflow: x\ntasks: {t: {inputs: {amount: INT, card: STR}}}\nthreads:\n  main:\n    - task: t\n      with: {amount: 1}\n",
    ),
    (
        Code::Missing,
        "workflow: x\nthreads:\n  main:\n    variables:\n      a:\n        masked: true\n    do: []\n",
    ),
    (Code::Number, "workflow: x\nthreads:\n  main:\n    - return: 99999999999999999999\n"),
    (Code::Expression, "workflow: x\nthreads:\n  main:\n    - return: costs $5\n"),
    (Code::Type, "workflow: x\nthreads:\n  main:\n    variables: {a: string}\n    do: []\n"),
    (Code::Tag, "workflow: x\nthreads:\n  main:\n    - return: !frob 5\n"),
    (
        Code::Wait,
        "workflow: x\nthreads:\n  main:\n    - nop\n    - wait-for-threads: [c]\n  c:\n    - nop\n",
    ),
    (
        Code::Simulate,
        "workflow: x\ntasks: {charge: STR}\nsimulate:\n  chrage: yes\nthreads: {main: [{task: charge}]}\n",
    ),
    (Code::VName, "workflow: my shop!\nthreads: {main: []}\n"),
    (Code::VName, "workflow: x\ntasks:\n  charge_it:\nthreads: {main: [{task: charge_it}]}\n"),
    (Code::VEntrypoint, "workflow: x\nentrypoint: mian\nthreads: {main: []}\n"),
    (
        Code::VShadow,
        "workflow: x\nthreads:\n  main:\n    variables: {a: INT}\n    do: [{start-thread: c}]\n  c:\n    variables:\n      a: INT\n      b: INT\n    do: []\n",
    ),
    (
        Code::VInherited,
        "workflow: x\nthreads:\n  main:\n    variables:\n      a: INT inherited\n    do: []\n",
    ),
    (
        Code::VOneSpec,
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [{start-thread: c}]\n  c:\n    interrupts: {e: h}\n    do: [nop]\n  h: [nop]\n",
    ),
    (
        Code::VEventReused,
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [{wait-for-event: e}]\n  h: [nop]\n",
    ),
    (
        Code::VInterruptTwice,
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts:\n      - e: h\n      - e: h\n    do: [nop]\n  h: [nop]\n",
    ),
    (
        Code::VHandlerItself,
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: main}\n    do: [nop]\n",
    ),
    (
        Code::VHandlerInput,
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [nop]\n  h:\n    variables:\n      why: STR\n    do:\n      - set: {why: a}\n",
    ),
    (
        Code::VInputType,
        "workflow: x\nevents: {e: STR}\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [nop]\n  h:\n    variables: {INPUT: INT}\n    do: [nop]\n",
    ),
    (Code::VUnused, "workflow: x\nthreads:\n  main: [nop]\n  other:\n    - nop\n"),
    (
        Code::VChildWf,
        "workflow: x\nthreads:\n  main: [nop]\nworkflows:\n  y:\n    threads: {main: [nop]}\n",
    ),
    (
        Code::VChildWf,
        "workflow: x\nthreads:\n  main:\n    - run-child-wf: y\nworkflows:\n  y:\n    threads:\n      main:\n        variables: {a: INT required}\n        do: [nop]\n",
    ),
    (
        Code::VChildWf,
        "workflow: x\nthreads:\n  main:\n    - run-child-wf: y\n      with: {a: 1}\nworkflows:\n  y:\n    threads: {main: [nop]}\n",
    ),
    (
        Code::VUnreachable,
        "workflow: x\nthreads:\n  main:\n    - return\n    - nop\n    - sleep: 1\n",
    ),
    (
        Code::VUnreachable,
        "workflow: x\nthreads:\n  main:\n    nodes:\n      a: {entrypoint: , next: c}\n      b: {nop: , next: c}\n      c: exit\n",
    ),
    (
        Code::VNoExit,
        "workflow: x\nthreads:\n  main:\n    nodes:\n      a: {entrypoint: , next: b}\n      b: {sleep: 1}\n      c: exit\n",
    ),
    (
        Code::VEdge,
        "workflow: x\nthreads:\n  main:\n    nodes:\n      a: {entrypoint: , next: fisrt}\n      first: exit\n",
    ),
    (
        Code::VThread,
        "workflow: x\nthreads:\n  main:\n    - start-thread: c\n  c:\n    variables: {a: INT required}\n    do: []\n",
    ),
    (
        Code::VThread,
        "workflow: x\nthreads:\n  main:\n    - start-thread: c\n      with: {b: 1}\n  c: [nop]\n",
    ),
    (Code::VThread, "workflow: x\nthreads:\n  main:\n    - start-thread: chlid\n  child: [nop]\n"),
    (
        Code::VTask,
        "workflow: x\ntasks: {charge: {inputs: {a: INT, b: STR}}}\nthreads:\n  main:\n    - task: charge\n      with: [1]\n",
    ),
    (Code::VTask, "workflow: x\ntasks: {charge: STR}\nthreads:\n  main:\n    - task: chrage\n"),
    (
        Code::VUserTask,
        "workflow: x\nuser-tasks: {f: {ok: BOOL}}\nthreads:\n  main:\n    - user-task: f\n",
    ),
    (
        Code::VRetries,
        "workflow: x\ntasks: [t]\nthreads:\n  main:\n    - task: t\n      retries: -1\n",
    ),
    (
        Code::VEventDef,
        "workflow: x\nevents: [cancelled]\nthreads:\n  main:\n    - wait-for-event: canceled\n",
    ),
    (
        Code::VHandler,
        "workflow: x\nevents: [e]\nthreads:\n  main:\n    interrupts: {e: h}\n    do: [nop]\n",
    ),
    (
        Code::VVariable,
        "workflow: x\nthreads:\n  main:\n    variables: {total: INT}\n    do:\n      - return: $totl\n",
    ),
    (
        Code::VType,
        "workflow: x\nstructs: {car: {make: STR}}\nthreads:\n  main:\n    variables: {c: Struct<car>}\n    do:\n      - if: $c.make == 'Fiat'\n        then: [nop]\n",
    ),
    (
        Code::VType,
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
        let _ = writeln!(shown, "== {code}: {}", diagnostic.message());
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
