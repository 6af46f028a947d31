//! The npm package: `crates/wasm` bound for modules, with the JavaScript of `crates/wasm/package` around it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bindings::{self, For};
use crate::failure::{Failure, Outcome, While};
use crate::paths;
use crate::setup::ForSite;

/// What wasm-bindgen makes besides that the package does not need: its own declarations and its own package.json.
const NOT_PACKED: [&str; 2] = ["halter_wasm.d.ts", "halter_wasm_bg.wasm.d.ts"];

/// Builds the package; returns its folder.
pub(crate) fn build(tools: &ForSite) -> Outcome<PathBuf> {
    let out = paths::package();
    let _ = fs::remove_dir_all(&out);
    bindings::build(tools, For::Modules, &out)?;
    for name in NOT_PACKED {
        let _ = fs::remove_file(out.join(name));
    }
    let source = paths::root().join("crates/wasm/package");
    let what = || format!("could not copy {}", source.display());
    for file in fs::read_dir(&source).whilst(what)? {
        let file = file.whilst(what)?;
        copy(&file.path(), &out.join(file.file_name()))?;
    }
    let element = paths::root().join("web/element/halter-playground.js");
    copy(&element, &out.join("element.js"))?;
    copy(&paths::root().join("LICENSE"), &out.join("LICENSE"))?;
    give_version(&out.join("package.json"))?;
    Ok(out)
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).whilst(|| format!("could not copy {}", from.display()))?;
    Ok(())
}

/// The version is the workspace's.
fn give_version(package: &Path) -> Outcome {
    let what = || format!("could not write {}", package.display());
    let text = fs::read_to_string(package).whilst(what)?;
    let version = env!("CARGO_PKG_VERSION");
    let versioned =
        text.replacen("\"version\": \"0.0.0\"", &format!("\"version\": \"{version}\""), 1);
    if versioned == text {
        return Err(Failure::new("the package's package.json has no version 0.0.0 to replace"));
    }
    fs::write(package, versioned).whilst(what)
}
