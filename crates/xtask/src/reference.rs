//! The documentation of the crates, as `cargo doc` makes it.

use std::fs;
use std::path::PathBuf;

use crate::command::{cargo, run};
use crate::failure::{Outcome, While};
use crate::paths;

/// The crate that the documentation begins with.
const FIRST: &str = "halter_engine";

/// Builds it; returns its folder.
pub(crate) fn build() -> Outcome<PathBuf> {
    println!("==> Documentation of the crates");
    let target = paths::root().join("target");
    let mut doc = cargo();
    doc.args(["doc", "--quiet", "--no-deps", "--workspace", "--exclude", "xtask", "--target-dir"]);
    run(doc.arg(&target), "read the compiler's message above")?;
    let out = paths::reference();
    let what = || format!("could not make {}", out.display());
    let _ = fs::remove_dir_all(&out);
    fs::rename(target.join("doc"), &out).whilst(what)?;
    // It has a page for each crate, but none for all.
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<title>Halter's crates</title>\n<meta http-equiv=\"refresh\" content=\"0; url={FIRST}/index.html\" />\n\
         <p><a href=\"{FIRST}/index.html\">The documentation of Halter's crates</a></p>\n</html>\n"
    );
    fs::write(out.join("index.html"), page).whilst(what)?;
    Ok(out)
}
