//! Python's virtual environments, each a folder of this project's own.

use std::path::{Path, PathBuf};

use super::apt;
use crate::command::{command, on_path, output_of, run};
use crate::failure::Outcome;

/// Makes an empty environment; returns its Python.
pub(super) fn environment(folder: &Path) -> Outcome<PathBuf> {
    let can_make_environments =
        || output_of(command("python3").args(["-c", "import ensurepip, venv"])).is_some();
    if on_path(&["python3"]).is_none() || !can_make_environments() {
        apt::install(&["python3", "python3-venv"])?;
    }
    run(
        command("python3").args(["-m", "venv", "--clear"]).arg(folder),
        &format!("python3 -m venv --clear {}", folder.display()),
    )?;
    Ok(folder.join("bin/python"))
}
