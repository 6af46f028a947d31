//! V-TYPE: which `INPUT` the server looks at where a thread is started. What it accepted and refused is recorded from server 1.2.1.
#![allow(missing_docs, reason = "a test")]

use std::fmt::Write as _;

use halter_spec::{Code, Severity, load};

/// A thread of one name starts a child with its INPUT, an INT; one of another name has an INPUT that is a BOOL.
fn source(starts: &str, other: &str, wanted: &str, threads: usize) -> String {
    let mut text = format!(
        "workflow: inputs
threads:
  main:
    do: []
  {starts}:
    variables: {{INPUT: INT}}
    do:
      - start-thread: kid
        with: {{x: $INPUT}}
  {other}:
    variables: {{INPUT: BOOL}}
    do: []
  kid:
    variables: {{x: {wanted}}}
    do: []
"
    );
    for more in 4..threads {
        let _ = write!(text, "  extra-{}:\n    do: []\n", more - 4);
    }
    text
}

#[test]
fn the_input_of_the_thread_that_the_server_lists_last() {
    use Severity::{Error, Warning};
    for (starts, other, wanted, threads, found) in [
        ("ha", "hb", "INT", 4, Some(Error)),
        ("hb", "ha", "INT", 4, None),
        // Not by their names.
        ("p", "b", "INT", 4, Some(Error)),
        ("b", "p", "INT", 4, None),
        ("b", "i", "INT", 4, Some(Error)),
        ("i", "b", "INT", 4, None),
        // The list has grown.
        ("q", "b", "INT", 12, Some(Error)),
        ("b", "q", "INT", 12, None),
        ("b", "q", "INT", 13, Some(Error)),
        ("q", "b", "INT", 13, None),
        // It accepts what will not fit.
        ("ha", "hb", "BOOL", 4, Some(Warning)),
    ] {
        let loaded = load(&source(starts, other, wanted, threads));
        let types: Vec<_> = loaded.diagnostics.iter().filter(|d| d.code == Code::VType).collect();
        let severities: Vec<_> = types.iter().map(|diagnostic| diagnostic.severity).collect();
        let expected: Vec<_> = found.into_iter().collect();
        assert_eq!(severities, expected, "{starts} beside {other}, {threads} threads: {types:?}");
        let others = loaded.diagnostics.iter().filter(|d| d.is_error() && d.code != Code::VType);
        assert_eq!(others.count(), 0);
    }
}
