//! The Java SDK makes an edge from an EXIT that ends a branch to the node that joins; it is no reason to refuse.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use halter_export::{Target, export};
use halter_spec::load;

#[test]
fn what_follows_an_exit_is_no_code() {
    let source = "
workflow: w
tasks: [go-on]
threads:
  main:
    variables: {flag: BOOL}
    nodes:
      start: {entrypoint: , next: split}
      split: {nop: , next: [{to: failed, if: $flag}, join]}
      failed: {fail: bad, message: Bad., next: join}
      join: {nop: , next: go-on}
      go-on: {task: go-on, next: done}
      done: exit
";
    let loaded = load(source);
    let document = loaded.document.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    for target in [Target::Java, Target::Python] {
        let code = export(&document, target).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert!(code.contains("fail(\"bad\", \"Bad.\")"), "{code}");
    }
}
