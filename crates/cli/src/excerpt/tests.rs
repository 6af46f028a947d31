//! Whatever is wrong with a text, it can be shown.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use halter_spec::load;
use proptest::prelude::*;

#[path = "../../../spec/tests/support/spoil.rs"]
mod spoil;

#[test]
fn places_are_counted_in_characters() {
    let text = "aé\r\nüb\n";
    assert_eq!(super::byte_of(text, 1, 3), 3, "the line ends before its end");
    assert_eq!(super::byte_of(text, 2, 2), 7);
    assert_eq!(super::byte_of(text, 9, 9), text.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_diagnostic_can_be_shown(text in spoil::spoiled_source()) {
        let mut diagnostics = load(&text).diagnostics;
        diagnostics.truncate(5);
        let shown = super::all("x.yaml", &text, &diagnostics);
        prop_assert!(diagnostics.iter().all(|found| shown.contains(found.code.name())));
    }
}
