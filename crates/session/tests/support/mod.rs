//! What several tests need.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::fs;
use std::path::{Path, PathBuf};

use halter_session::Sitting;
use halter_session::why::Subject;

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

/// Everything that can be asked about.
pub(crate) fn subjects(sitting: &Sitting) -> Vec<Subject> {
    let mut subjects = vec![Subject::WfRun];
    for (number, thread) in (0..).zip(&sitting.shown().threads) {
        subjects.push(Subject::Thread(number));
        let reasons = thread.halt_reasons.iter().cloned();
        subjects.extend(reasons.map(|reason| Subject::HaltReason(number, reason)));
        let positions = 0..thread.node_runs.len() as u32;
        subjects.extend(positions.map(|position| Subject::Node(number, position)));
        let variables = 0..thread.variables.len() as u16;
        subjects.extend(variables.map(|variable| Subject::Variable(number, variable)));
    }
    subjects
}
