//! What is offered at the bar of a source, and what the first offers make of the line.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

use halter_language::complete;

const HEAD: &str = "\
workflow: shop
events: {paid: DOUBLE, cancelled: STR}
tasks:
  charge: {inputs: {amount: DOUBLE, card: STR}, returns: STR}
  ship:
user-tasks: {approve: {ok: BOOL, why: STR}}
workflow-events: {shipped: STR}
threads:
  order:
    variables:
      total: DOUBLE
      cart: 'JSON_OBJ = {items: [], owner: mia}'
    interrupts: {cancelled: clean-up}
    do:
      - start-thread: child
        as: number
";

const TAIL: &str = "  child:
    variables: {weight: INT, INPUT: STR}
    do: [nop]
  clean-up:
    - nop
";

fn labels(text: &str) -> Vec<String> {
    let offset = text.find('|').unwrap();
    let text = text.replacen('|', "", 1);
    let found = complete(&text, offset, true);
    found.items.into_iter().map(|item| item.label).collect()
}

fn in_order(line: &str) -> String {
    labels(&format!("{HEAD}{line}\n{TAIL}")).join(" ")
}

#[test]
fn places() {
    let lines = [
        "      - |",
        "      - wa|",
        "      - task: |",
        "      - task: charge\n        |",
        "      - task: charge\n        with: {|}",
        "      - task: charge\n        with: {amount: $|}",
        "      - task: charge\n        with: |",
        "      - task: charge\n        ti|\n        retries: 2",
        "      - wait-for-event: |",
        "      - user-task: |",
        "      - user-task: approve\n        actions:\n          - |",
        "      - user-task: approve\n        actions:\n          - cancel:\n            on: |",
        "      - user-task: approve\n        actions:\n          - task: |",
        "      - user-task: approve\n        actions:\n          - task: charge\n            with: {|}",
        "      - user-task: approve\n        actions:\n          - reassign: {|}",
        "      - throw-event: |",
        "      - start-thread: |",
        "      - start-thread: child\n        with: {|}",
        "      - wait-for-threads: [|]",
        "      - wait-for-threads: [number]\n        strategy: |",
        "      - task: charge\n        into: |",
        "      - task: charge\n        into: {total: |}",
        "      - task: charge\n        label: payment\n      - set: {total: $output(|)}",
        "      - set: {total: |}",
        "      - set:\n          |",
        "      - if: $total |",
        "      - if: $cart.|",
        "      - if: $total as |",
        "      - task: charge\n        on-failure: {|}",
        "      - task: charge\n        on-failure: {any: |}",
        "    |",
        "  |",
        "|",
        "  other:\n    variables: {x: |}",
        "  other:\n    variables: {x: STR |}",
        "  other:\n    interrupts: {|}",
        "  other:\n    nodes:\n      first: {entrypoint: , next: |}\n      second: exit",
        "simulate: {|}",
        "script:\n  - |",
        "script:\n  - post: |",
        "script:\n  - post: paid\n    |",
        "script:\n  - run: {|}",
        "# a comment |",
        "properties:\n  p: |",
        "properties:\n  p: never or|",
        "properties:\n  p: never order |",
        "properties:\n  p: never order is |",
        "properties:\n  p: never order enters |",
        "properties:\n  p: never event paid was |",
        "properties:\n  p: \"event paid came |\"",
        "properties:\n  p: never order dances |",
    ];
    let shown: Vec<_> =
        lines.iter().map(|line| format!("{line}\n    => {}", in_order(line))).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_property_is_completed_by_the_nodes_of_its_thread() {
    let text =
        format!("{HEAD}{TAIL}properties:\n  p: never child at |\n  q: can run is COMPLETED\n");
    assert_eq!(labels(&text), ["entrypoint", "nop", "exit"]);
    let text = format!("{HEAD}{TAIL}properties:\n  p: never nobody at |\n");
    assert_eq!(labels(&text), [""; 0]);
}

/// What an offer writes: what comes behind a key stands on its line if it is short, and below it otherwise.
#[test]
fn what_offers_write() {
    let insert = |line: &str, label: &str| {
        let text = format!("{HEAD}{line}\n{TAIL}");
        let found = complete(&text.replacen('|', "", 1), text.find('|').unwrap(), true);
        let item = found.items.into_iter().find(|item| item.label == label);
        item.unwrap_or_else(|| panic!("{label} at {line}")).insert
    };
    for (line, label, wanted) in [
        ("      - task: charge\n        |", "backoff", "backoff: "),
        ("      - task: charge\n        |", "with", "with: "),
        ("      - task: charge\n        |", "on-failure", "on-failure: "),
        ("      - task: charge\n        |", "timeout", "timeout: "),
        ("      - if: $total > 1\n        |", "then", "then:\n          - "),
        ("|", "script", "script:\n  - "),
        ("|", "simulate", "simulate:\n  "),
        ("script:\n  - |", "run", "run"),
        ("      - task: charge\n        with:\n          |", "$total", "- $total"),
        ("      - task: charge\n        with:\n          - |", "$total", "$total"),
        ("      - |", "return", "return"),
    ] {
        assert_eq!(insert(line, label), wanted, "{line}");
    }
}
