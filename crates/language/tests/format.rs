//! Formatting: what it does, and that it does not more.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

use halter_language::{Edit, TokenKind, apply, format, tokens};
use halter_spec::load;
use proptest::prelude::*;

#[path = "support/sources.rs"]
mod sources;
#[path = "../../spec/tests/support/spoil.rs"]
mod spoil;
use sources::sources;

fn formatted(text: &str) -> String {
    apply(text, &format(text))
}

fn comments(text: &str) -> Vec<&str> {
    tokens(text)
        .iter()
        .filter(|token| token.kind == TokenKind::Comment)
        .map(|token| &text[token.from..token.to])
        .collect()
}

fn check(text: &str) {
    let after = formatted(text);
    assert_eq!(load(&after).document, load(text).document, "{after}");
    let trimmed = |text: &str| -> Vec<String> {
        let all = comments(text);
        all.into_iter().map(|comment| comment.trim_end().to_owned()).collect()
    };
    assert_eq!(trimmed(&after), trimmed(text));
    assert_eq!(format(&after), Vec::<Edit>::new(), "{after}");
}

#[test]
fn examples_are_formatted() {
    for (name, text) in sources() {
        if name.contains("static/examples") || name.starts_with("docs") {
            assert_eq!(formatted(&text), text, "{name}");
        } else {
            check(&text);
        }
    }
}

#[test]
fn what_it_looks_like() {
    let text = "

# A shop
workflow:   shop
events : { paid :DOUBLE,cancelled:  STR }


tasks:
    charge:  {inputs: {amount: DOUBLE} }   # by card


threads:
      order:
          # its own
          variables:
                total: DOUBLE   
                note: |
                   STR
          do:
          - task:   charge
            with: [ $total ]
          # then
          -   if:  $total > 3.0
              then:
              - sleep: 1
                # inside
              -    nop
          - task: charge
            with: [
              $total
            ]
      # last
      other:
      - nop

";
    let text = text.replace("                note: |\n                   STR\n", "");
    assert!(load(&text.replace(" :DOUBLE", ": DOUBLE")).document.is_some());
    insta::assert_snapshot!(formatted(&text.replace(" :DOUBLE", ": DOUBLE")));
}

#[test]
fn examples_that_were_indented_otherwise() {
    for (name, text) in sources() {
        if load(&text).document.is_none()
            || !name.contains("static/examples")
            || text.contains(": |")
        {
            continue;
        }
        // Twice as far right, and blanks at the ends.
        let wide: Vec<String> = text
            .split('\n')
            .map(|line| {
                let indent = line.len() - line.trim_start().len();
                let line = line.replacen(
                    "- ",
                    if line.trim_start().starts_with("- ") { "-   " } else { "- " },
                    1,
                );
                std::format!("{}{line}  ", " ".repeat(indent))
            })
            .collect();
        let wide = wide.join("\n\n\n");
        assert_eq!(load(&wide).document, load(&text).document, "{name}");
        let lines = |text: &str| -> Vec<String> {
            let all = text.lines().filter(|line| !line.trim().is_empty());
            all.map(str::to_owned).collect()
        };
        assert_eq!(lines(&formatted(&wide)), lines(&text), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_changes_nothing_but_blanks(text in spoil::spoiled_source()) {
        check(&text);
    }
}

/// A workflow that is not right is formatted all the same, as long as all of it is read.
#[test]
fn mistakes_are_formatted_as_well() {
    let text = "workflow:   x\nthreads:\n    main:\n        - task:   nobody\n          with: [$nothing]\n";
    assert!(load(text).document.is_none());
    let after = "workflow: x\nthreads:\n  main:\n    - task: nobody\n      with: [$nothing]\n";
    assert_eq!(formatted(text), after);
    assert_eq!(formatted("workflow:   [x\n"), "workflow:   [x\n", "no YAML");
}
