//! What several tests need.
use std::fs;
use std::path::{Path, PathBuf};

/// Traces that stand in the repository. Fewer means that some were lost, and a test proves less than it says.
const TRACES: usize = 160;

/// Every trace that a real server recorded (tests/traces), in order.
pub(crate) fn trace_files() -> Vec<PathBuf> {
    let mut found = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces"));
    found.sort();
    assert!(found.len() >= TRACES, "only {} traces", found.len());
    found
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let (dirs, mut files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.extend(dirs.iter().flat_map(|dir| self::files(dir)));
    files
}
