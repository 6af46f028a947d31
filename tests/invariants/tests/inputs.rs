//! What the fuzzer found once, and what it begins with, holds for good.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Name, longest input and folders of a target, from `tests/fuzz/targets.txt`.
fn targets() -> Vec<(String, u64, Vec<PathBuf>)> {
    let list = fs::read_to_string(root().join("tests/fuzz/targets.txt")).unwrap();
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let target = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap().to_owned();
        let longest = words.next().unwrap().parse().unwrap();
        (name, longest, words.map(|folder| root().join(folder)).collect())
    };
    lines.map(target).collect()
}

#[test]
fn what_was_found_does_not_come_back() {
    for (target, _, _) in targets() {
        let check = halter_invariants::by_name(&target).unwrap();
        for file in files(&root().join("tests/fuzz/regressions").join(&target)) {
            println!("{}", file.display());
            check(&fs::read(file).unwrap());
        }
    }
}

#[test]
fn what_the_fuzzer_begins_with_holds() {
    for (target, longest, folders) in targets() {
        let check = halter_invariants::by_name(&target).unwrap();
        let mut played = 0;
        for file in folders.iter().flat_map(|folder| files(folder)) {
            let data = fs::read(&file).unwrap();
            // The traces are many, and other tests play them.
            let is_trace = file.components().any(|part| part.as_os_str() == "traces");
            if data.len() as u64 <= longest && !(is_trace && target == "json") {
                println!("{target}: {}", file.display());
                check(&data);
                played += 1;
            }
        }
        assert!(played >= 3, "{target}: only {played} inputs");
    }
}

#[test]
fn every_target_is_a_function() {
    for file in files(&root().join("tests/fuzz/fuzz_targets")) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(halter_invariants::by_name(&name).is_some(), "{name}");
        assert!(targets().iter().any(|(target, ..)| *target == name), "{name}");
    }
}
