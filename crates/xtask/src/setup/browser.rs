//! A Chromium for the browser tests.

use std::path::PathBuf;

use super::{announce, apt};
use crate::command::on_path;
use crate::failure::{Failure, Outcome};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds a Chromium, or installs one.
pub(super) fn ensure() -> Outcome<PathBuf> {
    if let Some(given) = std::env::var_os("CHROME").map(PathBuf::from) {
        if given.is_file() {
            return Ok(given);
        }
        return Err(Failure::new(format!("CHROME={} is no file", given.display()))
            .fix("unset CHROME, or give the path of a Chromium"));
    }
    if let Some(found) = on_path(NAMES) {
        return Ok(found);
    }
    announce("Installing Chromium for the browser tests", "half a minute");
    // Without a font every text is as wide as nothing, and a screenshot shows none of it.
    apt::install(&["chromium", "fonts-dejavu-core", "fonts-liberation"])?;
    on_path(NAMES).ok_or_else(|| {
        Failure::new("no Chromium on PATH, even after installing it")
            .fix("CHROME=/path/to/chromium cargo xtask test")
    })
}
