//! Builds the page with Trunk into `dist/`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::{command, output_of, run};
use crate::failure::Outcome;
use crate::paths;
use crate::setup::ForSite;

/// Builds the page.
pub(crate) fn build(tools: &ForSite) -> Outcome {
    make(tools)?;
    finish(&[])
}

/// Builds the page as it is published: with the compressed files that a server sends instead.
pub(crate) fn publish(tools: &ForSite) -> Outcome {
    make(tools)?;
    finish(&["--compress"])
}

fn make(tools: &ForSite) -> Outcome {
    println!("==> Building the page (1 minute from nothing, seconds after a change)");
    run(trunk(tools).args(["build", "--release"]), "read the compiler's message above")
}

/// What Trunk does not do: see `site/finish.mjs`.
fn finish(options: &[&str]) -> Outcome {
    let script = paths::root().join("crates/xtask/src/site/finish.mjs");
    run(command("node").arg(script).arg(paths::dist()).args(options), "read the message above")
}

/// Builds, serves, and builds again whenever a file changes.
pub(crate) fn watch(tools: &ForSite, port: u16, open: bool) -> Outcome {
    let mut serve = trunk(tools);
    serve.args(["serve", "--release", "--port", &port.to_string()]);
    if open {
        serve.arg("--open");
    }
    run(&mut serve, "read the message above")
}

fn trunk(tools: &ForSite) -> Command {
    let mut trunk = command(&tools.trunk);
    tools.compiler.equip(&mut trunk);
    // Trunk reads NO_COLOR as a truth value, and refuses what others take, such as 1.
    trunk.env_remove("NO_COLOR").arg("--skip-version-check");
    trunk
}

/// Prints how large the page's WebAssembly and JavaScript are, as they lie there and as they travel.
pub(crate) fn report_sizes() {
    let Ok(files) = fs::read_dir(paths::dist()) else {
        return;
    };
    for path in files.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == "wasm" || extension == "js") {
            let raw = fs::metadata(&path).map_or(0, |data| data.len());
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match brotli_size(&path) {
                Some(brotli) => println!("    {name}: {raw} bytes, {brotli} with brotli"),
                None => println!("    {name}: {raw} bytes"),
            }
        }
    }
}

fn brotli_size(file: &Path) -> Option<u64> {
    const SCRIPT: &str = "const bytes = require('fs').readFileSync(process.argv[1]); \
                          console.log(require('zlib').brotliCompressSync(bytes).length)";
    output_of(command("node").args(["-e", SCRIPT]).arg(file))?.parse().ok()
}
