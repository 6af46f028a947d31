//! The outline of a source: what stands in what.

use halter_language::{Symbol, symbols};

fn shown(symbols: &[Symbol], indent: usize, out: &mut Vec<String>) {
    for symbol in symbols {
        out.push(format!("{}{}", "  ".repeat(indent), symbol.name));
        shown(&symbol.children, indent + 1, out);
    }
}

#[test]
fn steps_stand_in_their_branches_and_loops() {
    let source = "\
workflow: w
tasks: [a, b]
threads:
  main:
    variables: {x: INT}
    do:
      - if: $x > 1
        then: [{task: a}]
        else-if:
          - if: $x > 0
            then: [{task: b}]
        else: [{fail: no}]
      - while: $x < 3
        do: [{set: {x: 3}}]
script: [run]
";
    let mut lines = Vec::new();
    shown(&symbols(source), 0, &mut lines);
    let wanted = "\
w
tasks
  a
  b
threads
  main
    x
    if $x > 1
      task a
      if $x > 0
        task b
      fail no
    while $x < 3
      set
script
  run";
    assert_eq!(lines.join("\n"), wanted);
}
