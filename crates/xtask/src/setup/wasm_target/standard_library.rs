//! Rust's standard library for wasm, built from the distribution's sources into a sysroot of ours,
//! so that nothing outside the project changes.

use std::fs;
use std::path::{Path, PathBuf};

use super::{announce, distribution_version, standard_library_of};
use crate::command::run;
use crate::failure::{Failure, Outcome, While};
use crate::paths;
use crate::wasm::{TRIPLE, distribution};

/// Builds it, unless it is there for this very compiler; returns the sysroot.
pub(super) fn ensure(linker: &Path) -> Outcome<PathBuf> {
    let sysroot = paths::tools().join("sysroot");
    let stamp = sysroot.join("built-by.txt");
    let version = distribution_version()?;
    if fs::read_to_string(&stamp).is_ok_and(|built_by| built_by == version) {
        return Ok(sysroot);
    }
    announce("Building Rust's standard library for wasm", "half a minute");
    let libraries = standard_library_of(&sysroot);
    remove(&sysroot)?;
    // What was compiled against the old library does not fit the new one.
    remove(&paths::wasm_target_dir())?;
    create(&libraries)?;

    let build = paths::tools().join("build-std");
    remove(&build)?;
    compile(&build, linker)?;
    copy_libraries(&build.join("target").join(TRIPLE).join("release/deps"), &libraries)?;
    remove(&build)?;
    write(&stamp, &version)?;
    Ok(sysroot)
}

/// The name of the crate that exists only to have the library built.
const PRETEXT: &str = "pretext";

fn compile(build: &Path, linker: &Path) -> Outcome {
    create(&build.join("src"))?;
    // A workspace of its own: it lies within ours, and is none of it.
    let manifest = format!("[package]\nname = \"{PRETEXT}\"\nedition = \"2021\"\n\n[workspace]\n");
    write(&build.join("Cargo.toml"), &manifest)?;
    write(&build.join("src/lib.rs"), "")?;
    run(
        distribution("cargo")
            .current_dir(build)
            // `-Z build-std` is for nightly compilers; this lets a stable one.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", distribution("rustc").get_program())
            // Link-time optimisation reads the bitcode.
            .env("RUSTFLAGS", "-C embed-bitcode=yes")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
            .env("CARGO_TARGET_DIR", build.join("target"))
            .env_remove("LD_LIBRARY_PATH")
            .args(["build", "--release", "--target", TRIPLE])
            .args(["-Z", "build-std=std,panic_abort,test"]),
        "sudo apt-get install --reinstall rustc-web cargo-web rust-web-src",
    )
}

fn copy_libraries(from: &Path, to: &Path) -> Outcome {
    let what = || format!("could not read {}", from.display());
    let mut copied = 0;
    for entry in fs::read_dir(from).whilst(what)? {
        let path = entry.whilst(what)?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        let is_library = path.extension().is_some_and(|extension| extension == "rlib");
        if is_library && !name.to_string_lossy().starts_with(&format!("lib{PRETEXT}-")) {
            fs::copy(&path, to.join(name))
                .whilst(|| format!("could not copy {}", path.display()))?;
            copied += 1;
        }
    }
    if copied == 0 {
        return Err(Failure::new(format!("no library in {}", from.display())));
    }
    Ok(())
}

fn create(directory: &Path) -> Outcome {
    fs::create_dir_all(directory).whilst(|| format!("could not create {}", directory.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).whilst(|| format!("could not write {}", file.display()))
}

fn remove(directory: &Path) -> Outcome {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.whilst(|| format!("could not remove {}", directory.display())),
    }
}
