//! Puts the descriptors of LittleHorse's messages into the crate, where the set-up has fetched them.
#![allow(missing_docs, reason = "a build script")]

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).unwrap_or_default();
    let fetched = variable("CARGO_MANIFEST_DIR").join("../../.tools/protos/littlehorse.binpb");
    // A file that is not there would have cargo build again each time; it is then looked for when the program runs.
    let bytes = fs::read(&fetched).unwrap_or_default();
    if !bytes.is_empty() {
        println!("cargo::rerun-if-changed={}", fetched.display());
    }
    fs::write(variable("OUT_DIR").join("littlehorse.binpb"), bytes)
}
