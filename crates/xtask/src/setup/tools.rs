//! Trunk, wasm-bindgen's command-line tool and the one that cuts a WebAssembly in two, built from source into `.tools/`.

use std::fs;
use std::path::PathBuf;

use super::announce;
use crate::command::{cargo, command, on_path, output_of, run};
use crate::failure::{Failure, Outcome, While};
use crate::paths;

const TRUNK: &str = "0.21.14";

/// Goes with the `wasm_split_helpers` of `Cargo.lock`.
const WASM_SPLIT: &str = "0.2.4";

/// Makes sure of them; returns Trunk.
pub(super) fn ensure() -> Outcome<PathBuf> {
    let bindgen = locked_version("wasm-bindgen")?;
    let trunk = Tool {
        name: "trunk",
        package: "trunk",
        version: TRUNK,
        arguments: &["--locked"],
        how_long: "2 minutes",
    };
    let wasm_bindgen = Tool {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: &bindgen,
        arguments: &["--bin", "wasm-bindgen", "--bin", "wasm-bindgen-test-runner"],
        how_long: "1 minute",
    };
    let wasm_split = Tool {
        name: "wasm-split-cli",
        package: "wasm_split_cli_support",
        version: WASM_SPLIT,
        arguments: &["--locked", "--features", "build-binary"],
        how_long: "half a minute",
    };
    let path = trunk.ensure()?;
    wasm_bindgen.ensure()?;
    wasm_split.ensure()?;
    // Only of use while something is still to be built.
    let _ = fs::remove_dir_all(build_directory());
    Ok(path)
}

pub(super) struct Tool<'a> {
    pub(super) name: &'a str,
    pub(super) package: &'a str,
    pub(super) version: &'a str,
    pub(super) arguments: &'a [&'a str],
    pub(super) how_long: &'a str,
}

impl Tool<'_> {
    fn ensure(&self) -> Outcome<PathBuf> {
        self.find().map_or_else(|| self.build(), Ok)
    }

    /// The one of this project, or the system's.
    pub(super) fn find(&self) -> Option<PathBuf> {
        let ours = Some(self.ours()).filter(|path| self.is_installed() || self.is_right(path));
        ours.or_else(|| on_path(&[self.name]).filter(|path| self.is_right(path)))
    }

    /// Whether cargo says that it has installed it here: not every tool says its version.
    fn is_installed(&self) -> bool {
        let record = fs::read_to_string(paths::tools().join(".crates.toml")).unwrap_or_default();
        record.contains(&format!("\"{} {} ", self.package, self.version)) && self.ours().exists()
    }

    fn ours(&self) -> PathBuf {
        paths::tools().join("bin").join(self.name)
    }

    /// Builds it from source.
    pub(super) fn build(&self) -> Outcome<PathBuf> {
        announce(&format!("Building {} {}", self.name, self.version), self.how_long);
        let root = paths::tools();
        // Debug builds: the tools run for a second or two, and building them for speed takes thrice
        // as long. They share a directory, so that what both need is compiled once.
        let mut install = cargo();
        install
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TARGET_DIR", build_directory())
            .args(["install", self.package, "--version", self.version, "--debug", "--force"])
            .args(self.arguments)
            .arg("--root")
            .arg(&root);
        let fix = format!("cargo install {} --version {}", self.package, self.version);
        run(&mut install, &fix)?;
        Ok(self.ours())
    }

    pub(super) fn is_right(&self, path: &PathBuf) -> bool {
        output_of(command(path).arg("--version")).is_some_and(|said| {
            said.split_whitespace().any(|word| word.trim_start_matches('v') == self.version)
        })
    }
}

fn build_directory() -> PathBuf {
    paths::tools().join("build")
}

/// The version of a package in `Cargo.lock`.
fn locked_version(package: &str) -> Outcome<String> {
    let path = paths::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).whilst(|| format!("could not read {}", path.display()))?;
    find_version(&lock, package)
        .ok_or_else(|| Failure::new(format!("Cargo.lock does not name {package}")))
}

fn find_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::find_version;

    #[test]
    fn finds_the_version_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(find_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(find_version(lock, "yew"), None);
    }
}
