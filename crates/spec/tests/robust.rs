//! Sources that were good until somebody spoiled them: whatever is left of them, `load` answers, and soon.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::time::{Duration, Instant};

use halter_spec::{Diagnostic, load, load_script};
use proptest::prelude::*;

#[path = "support/spoil.rs"]
mod spoil;

/// One text, without optimization beside other tests.
const PATIENCE: Duration = Duration::from_secs(10);

proptest! {
    #![proptest_config(ProptestConfig { cases: 1200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spoiled_sources_are_answered(text in spoil::spoiled_source()) {
        let start = Instant::now();
        let loaded = load(&text);
        prop_assert!(start.elapsed() < PATIENCE);
        let has_error = loaded.diagnostics.iter().any(Diagnostic::is_error);
        prop_assert_eq!(loaded.document.is_none(), has_error);
        let script = load_script(&text, &loaded.document.unwrap_or_default());
        prop_assert!(script.is_ok() || script.is_err_and(|found| !found.is_empty()));
    }
}
