//! `halter conformance`: recorded traces against the engine.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use halter_engine::Semantics;
use halter_session::trace::Trace;

/// Plays every trace below `dir`.
pub(crate) fn run(dir: &Path, semantics: Option<Semantics>) -> ExitCode {
    let files = match trace_files(dir) {
        Ok(files) if files.is_empty() => {
            eprintln!("{}: there is no *.json file", dir.display());
            return ExitCode::from(2);
        }
        Ok(files) => files,
        Err(error) => {
            eprintln!("{}: {error}", dir.display());
            return ExitCode::from(2);
        }
    };
    let (mut matched, mut differ) = (0, 0);
    for file in &files {
        let differences = play(file, semantics);
        if differences.is_empty() {
            matched += 1;
            continue;
        }
        differ += 1;
        for difference in differences {
            println!("{}: {difference}", file.display());
        }
    }
    println!("{matched} matched, {differ} differ");
    if differ == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Where the engine differs from one trace.
fn play(file: &Path, semantics: Option<Semantics>) -> Vec<String> {
    let trace = match fs::read_to_string(file)
        .map_err(|e| e.to_string())
        .and_then(|text| Trace::read(&text))
    {
        Ok(trace) => trace,
        Err(why) => return vec![why],
    };
    let under = semantics.map_or_else(|| trace.semantics(), |s| vec![s]);
    let difference = |s: Semantics| {
        trace
            .play(s)
            .err()
            .map(|mismatch| format!("{}: {mismatch}", s.name()))
    };
    under.into_iter().filter_map(difference).collect()
}

/// Every `*.json` below a folder, in order.
fn trace_files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(trace_files(&path)?);
        } else if path.extension().is_some_and(|e| e == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
