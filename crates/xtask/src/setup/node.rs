//! Node's packages: wasm-opt for the build; the browser driver and axe for the tests.

use std::fs;
use std::path::Path;

use super::{announce, apt};
use crate::command::{command, on_path, output_of, run};
use crate::failure::{Failure, Outcome, While};
use crate::paths;

/// The first Node with the test runner that we use.
const OLDEST_NODE: u32 = 20;

/// Installs the packages of the browser tests, unless they are there.
pub(super) fn ensure() -> Outcome {
    ensure_node()?;
    ensure_packages(&paths::browser_tests())
}

/// Installs the packages of a lock file, unless they are there.
pub(super) fn ensure_packages(directory: &Path) -> Outcome {
    let lock = directory.join("package-lock.json");
    let wanted = fs::read(&lock).whilst(|| format!("could not read {}", lock.display()))?;
    // A copy of the lock file tells what was installed; `npm ci` removes it with the rest.
    let stamp = directory.join("node_modules/.installed-from.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    announce("Installing Node's packages", "10 seconds");
    run(
        command("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(directory),
        &format!("cd {} && npm ci", directory.display()),
    )?;
    fs::write(&stamp, wanted).whilst(|| format!("could not write {}", stamp.display()))
}

fn ensure_node() -> Outcome {
    if on_path(&["node"]).is_none() || on_path(&["npm"]).is_none() {
        announce("Installing Node", "half a minute");
        apt::install(&["nodejs", "npm"])?;
    }
    let version = output_of(command("node").arg("--version")).unwrap_or_default();
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => Err(Failure::new(format!("Node {OLDEST_NODE} or later is needed, not {version:?}"))
            .fix(format!("install Node {OLDEST_NODE} and put it first on PATH"))),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major(""), None);
    }
}
