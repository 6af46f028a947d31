//! `halter conformance`: recorded traces against the engine.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use halter_engine::Semantics;
use halter_session::trace::{Mismatch, Trace};

use crate::answer::{Answer, NO, OK};

/// Differences of one step that are shown: one cause often shows in many places.
const MAX_DIFFERENCES: usize = 20;

/// Plays every trace below `dir`.
pub(crate) fn run(dir: &Path, semantics: Option<Semantics>) -> Answer {
    let files = match trace_files(dir) {
        Ok(files) if files.is_empty() => {
            eprintln!("{}: there is no *.json file", dir.display());
            return Answer::unknown();
        }
        Ok(files) => files,
        Err(error) => {
            eprintln!("{}: {error}", dir.display());
            return Answer::unknown();
        }
    };
    let mut text = String::new();
    let mut differ = 0;
    for file in &files {
        let before = text.len();
        play(file, semantics, &mut text);
        differ += usize::from(text.len() > before);
    }
    // Writing to a String can't fail.
    let _ = writeln!(text, "{} matched, {differ} differ", files.len() - differ);
    let code = if differ == 0 { OK } else { NO };
    Answer { text, code }
}

/// Adds where the engine differs from one trace.
fn play(file: &Path, semantics: Option<Semantics>, out: &mut String) {
    let name = file.display();
    let trace = match fs::read_to_string(file)
        .map_err(|error| error.to_string())
        .and_then(|text| Trace::read(&text))
    {
        Ok(trace) => trace,
        Err(why) => {
            let _ = writeln!(out, "{name}\n  {why}\n");
            return;
        }
    };
    for semantics in semantics.map_or_else(|| trace.semantics(), |one| vec![one]) {
        if let Err(mismatch) = trace.play(semantics) {
            let _ = writeln!(out, "{name}, under {}", semantics.name());
            tell(&mismatch, out);
            out.push('\n');
        }
    }
}

fn tell(mismatch: &Mismatch, out: &mut String) {
    let Mismatch::Step(index, command, differences) = mismatch else {
        let _ = writeln!(out, "  {mismatch}");
        return;
    };
    let _ = writeln!(out, "  step {index}: {command}");
    for difference in differences.iter().take(MAX_DIFFERENCES) {
        let _ = writeln!(out, "    {}", difference.path);
        let _ = writeln!(out, "      server: {}", difference.recorded);
        let _ = writeln!(out, "      Halter: {}", difference.played);
    }
    let more = differences.len().saturating_sub(MAX_DIFFERENCES);
    if more > 0 {
        let _ = writeln!(out, "    and {more} more");
    }
}

/// Every `*.json` below a folder, in order. A folder that leads to itself is looked into once.
fn trace_files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    files_below(dir, &mut HashSet::new())
}

fn files_below(dir: &Path, seen: &mut HashSet<PathBuf>) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !seen.insert(fs::canonicalize(dir)?) {
        return Ok(files);
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path, seen)?);
        } else if path.extension().is_some_and(|e| e == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
