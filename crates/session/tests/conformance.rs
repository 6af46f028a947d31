//! What a real LittleHorse server did (tests/traces), Halter does: every trace, step by step.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fmt::Write as _;
use std::fs;

use halter_engine::Semantics;
use halter_session::trace::Trace;

mod support;

#[test]
fn every_trace_matches() {
    let (mut documented, mut differ) = (0, String::new());
    for file in &support::trace_files() {
        let trace = Trace::read(&fs::read_to_string(file).unwrap()).unwrap();
        for semantics in trace.semantics() {
            documented += usize::from(semantics == Semantics::DOCUMENTED);
            if let Err(mismatch) = trace.play(semantics) {
                let (file, semantics) = (file.display(), semantics.name());
                writeln!(differ, "{file} under {semantics}: {mismatch}").unwrap();
            }
        }
    }
    assert!(differ.is_empty(), "{differ}");
    assert!(documented >= 36, "only {documented} without deviations");
}
