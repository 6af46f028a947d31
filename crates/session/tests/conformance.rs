//! What a real LittleHorse server did (tests/traces), Halter does: every trace, step by step.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use halter_engine::Semantics;
use halter_session::trace::Trace;

/// Traces that stand in the repository. Fewer means that some were lost, and the test proves less than it says.
const TRACES: usize = 140;

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (dirs, mut files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.extend(dirs.iter().flat_map(|dir| self::files(dir)));
    files
}

#[test]
fn every_trace_matches() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces");
    let files = files(&root);
    assert!(files.len() >= TRACES, "only {} traces", files.len());
    let (mut documented, mut differ) = (0, String::new());
    for file in &files {
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
