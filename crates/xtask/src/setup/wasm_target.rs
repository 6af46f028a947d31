//! The wasm target, in three tries: it is there; rustup adds it; the distribution's compiler gets
//! a standard library built from the distribution's sources.

mod standard_library;

use std::path::{Path, PathBuf};

use super::{announce, apt};
use crate::command::{command, on_path, output_of, run};
use crate::failure::{Failure, Outcome};
use crate::wasm::{Compiler, DISTRIBUTION_BIN, TRIPLE, distribution};

/// Debian's compiler that follows the browsers' needs, and so is new enough.
const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy"];

/// Finds a way to compile for wasm.
pub(super) fn ensure() -> Outcome<Compiler> {
    match std::env::var("XTASK_WASM").as_deref() {
        Ok("rustup") => from_rustup(),
        Ok("debian") => from_distribution(),
        Ok(other) => Err(Failure::new(format!("XTASK_WASM={other} is unknown"))
            .fix("XTASK_WASM=rustup or XTASK_WASM=debian, or leave it out")),
        Err(_) => from_rustup().or_else(|failure| {
            println!("    rustup could not: trying the distribution's compiler");
            from_distribution().map_err(|second| Failure::new(format!("{failure}\n{second}")))
        }),
    }
}

fn from_rustup() -> Outcome<Compiler> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = output_of(command(rustc).args(["--print", "sysroot"])).map(PathBuf::from);
    if sysroot.is_some_and(|sysroot| standard_library_of(&sysroot).is_dir()) {
        return Ok(Compiler::Host);
    }
    let fix = format!("rustup target add {TRIPLE}");
    if on_path(&["rustup"]).is_none() {
        return Err(Failure::new("the compiler has no wasm target, and there is no rustup")
            .fix(format!("install rustup, then {fix}")));
    }
    announce("Adding the wasm target to rustup's compiler", "10 seconds");
    run(command("rustup").args(["target", "add", TRIPLE]), &fix)?;
    Ok(Compiler::Host)
}

fn from_distribution() -> Outcome<Compiler> {
    let bin = Path::new(DISTRIBUTION_BIN);
    let sources = Path::new("/usr/lib/rustlib/src/rust/library/std/Cargo.toml");
    let programs = ["rustc", "cargo", "cargo-clippy", "clippy-driver"];
    if !sources.exists() || !programs.iter().all(|name| bin.join(name).exists()) {
        announce("Installing the distribution's Rust compiler and its sources", "half a minute");
        apt::install(PACKAGES)?;
    }
    let linker = linker()?;
    let sysroot = standard_library::ensure(&linker)?;
    Ok(Compiler::Distribution { sysroot, linker })
}

fn linker() -> Outcome<PathBuf> {
    let next_to_compiler = Path::new(DISTRIBUTION_BIN).join("rust-lld");
    if next_to_compiler.exists() {
        return Ok(next_to_compiler);
    }
    // rustup's compiler keeps one that any other may use.
    let rustups = output_of(command("rustc").args(["--print", "target-libdir"]))
        .and_then(|libdir| Path::new(&libdir).parent().map(|up| up.join("bin/rust-lld")))
        .filter(|path| path.exists());
    rustups
        .or_else(|| on_path(&["wasm-ld"]))
        .ok_or_else(|| Failure::new("no linker for wasm").fix("sudo apt-get install lld"))
}

fn standard_library_of(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TRIPLE).join("lib")
}

/// The distribution compiler's version and host, as it tells them.
fn distribution_version() -> Outcome<String> {
    output_of(distribution("rustc").arg("-vV"))
        .ok_or_else(|| Failure::new("the distribution's rustc does not start"))
}
