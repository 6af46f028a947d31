//! Builds `crates/wasm` and binds it to JavaScript.

use std::path::{Path, PathBuf};

use crate::command::{command, run};
use crate::failure::Outcome;
use crate::paths;
use crate::setup::ForSite;
use crate::wasm::TRIPLE;

/// What the page's wasm-opt is told as well: features by name.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Who calls the engine.
#[derive(Debug, Clone, Copy)]
pub(crate) enum For {
    /// Node, which requires it: tests. A third of wasm-opt's time is enough for them.
    Tests,
    /// Node, which requires it: measurements.
    Measurements,
    /// Pages and bundlers, which import it.
    Modules,
}

/// Builds for Node; returns the module that can be required.
pub(crate) fn for_node(tools: &ForSite, whom: For) -> Outcome<PathBuf> {
    let out = paths::root().join("target/halter-wasm");
    build(tools, whom, &out)?;
    Ok(out.join("halter_wasm.js"))
}

/// Builds, binds and optimises into a folder.
pub(crate) fn build(tools: &ForSite, whom: For, out: &Path) -> Outcome {
    println!(
        "==> Building the engine for JavaScript (1 minute from nothing, seconds after a change)"
    );
    let profile = "wasm-release";
    let mut cargo = tools.compiler.cargo();
    cargo.args(["build", "--package", "halter-wasm", "--target", TRIPLE, "--profile", profile]);
    run(&mut cargo, "read the compiler's message above")?;

    let made = paths::wasm_target_dir().join(TRIPLE).join(profile).join("halter_wasm.wasm");
    let target = match whom {
        For::Tests | For::Measurements => "nodejs",
        For::Modules => "web",
    };
    let mut bind = command("wasm-bindgen");
    tools.compiler.equip(&mut bind);
    bind.args(["--target", target, "--out-dir"]).arg(out).arg(&made);
    run(&mut bind, "cargo xtask setup")?;

    let module = out.join("halter_wasm_bg.wasm");
    let mut optimise = command("wasm-opt");
    tools.compiler.equip(&mut optimise);
    let level = match whom {
        For::Tests => "-O1",
        For::Measurements | For::Modules => "-O3",
    };
    optimise.arg(level).args(WASM_FEATURES).arg(&module).arg("-o").arg(&module);
    run(&mut optimise, "cargo xtask setup")
}
