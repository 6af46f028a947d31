//! Set-up: every step looks first, does only what is missing, and says what and how long.

mod apt;
mod browser;
mod cpp;
mod mdbook;
mod node;
mod protos;
mod python;
mod sdk;
mod server;
mod tools;
mod wasm_target;

use std::fs::File;
use std::path::PathBuf;

use crate::failure::{Outcome, While};
use crate::paths;
use crate::wasm::Compiler;

pub(crate) use sdk::ForSdk;
pub(crate) use server::ForServer;

/// What building the page needs.
#[derive(Debug)]
pub(crate) struct ForSite {
    pub(crate) compiler: Compiler,
    pub(crate) trunk: PathBuf,
}

/// All that any command needs.
pub(crate) fn everything() -> Outcome<PathBuf> {
    for_site()?;
    for_sdk()?;
    for_fuzz()?;
    for_cluster()?;
    for_docs_sites()?;
    for_browser()
}

/// The wasm compiler alone.
pub(crate) fn for_wasm() -> Outcome<Compiler> {
    let _lock = one_at_a_time()?;
    wasm_target::ensure()
}

/// The wasm compiler, Trunk, and the tools that Trunk calls.
pub(crate) fn for_site() -> Outcome<ForSite> {
    let _lock = one_at_a_time()?;
    let compiler = wasm_target::ensure()?;
    node::ensure()?;
    node::ensure_packages(&paths::editor_js())?;
    let trunk = tools::ensure()?;
    Ok(ForSite { compiler, trunk })
}

/// Node's packages and a Chromium; returns the Chromium.
pub(crate) fn for_browser() -> Outcome<PathBuf> {
    let _lock = one_at_a_time()?;
    node::ensure()?;
    browser::ensure()
}

/// LittleHorse's SDKs for Python and Java.
pub(crate) fn for_sdk() -> Outcome<ForSdk> {
    let _lock = one_at_a_time()?;
    sdk::ensure()
}

/// The descriptors with which `halter` talks to a cluster.
pub(crate) fn for_cluster() -> Outcome<PathBuf> {
    let _lock = one_at_a_time()?;
    protos::ensure()
}

/// A LittleHorse server of this version, and the Kafka and the JDK that it runs on.
pub(crate) fn for_server(version: &str) -> Outcome<ForServer> {
    let _lock = one_at_a_time()?;
    server::ensure(version)
}

/// What a server needs and this machine has not, in words; no set-up installs it.
pub(crate) fn missing_for_server() -> Option<String> {
    server::missing()
}

/// What the fuzz targets are built with.
pub(crate) fn for_fuzz() -> Outcome {
    let _lock = one_at_a_time()?;
    cpp::ensure()
}

/// The peer that measurements are beside.
pub(crate) fn for_benches() -> Outcome {
    let _lock = one_at_a_time()?;
    node::ensure_packages(&paths::benches())
}

/// What the npm package is tested with.
pub(crate) fn for_package_tests() -> Outcome {
    let _lock = one_at_a_time()?;
    node::ensure_packages(&paths::package_tests())
}

/// The tools that others make their documentation with; returns mdBook. The rest lies beside the tests.
pub(crate) fn for_docs_sites() -> Outcome<PathBuf> {
    let _lock = one_at_a_time()?;
    node::ensure_packages(&paths::docs_sites())?;
    mdbook::ensure()
}

/// Two commands in two terminals must not install the same thing twice.
fn one_at_a_time() -> Outcome<File> {
    let path = paths::tools().join("lock");
    let what = || format!("could not lock {}", path.display());
    std::fs::create_dir_all(paths::tools()).whilst(what)?;
    let lock = File::create(&path).whilst(what)?;
    if lock.try_lock().is_err() {
        println!("==> Waiting for another `cargo xtask` that is setting up");
        lock.lock().whilst(what)?;
    }
    Ok(lock)
}

/// Announces a step that takes a while.
fn announce(what: &str, how_long: &str) {
    println!("==> {what} ({how_long})");
}
