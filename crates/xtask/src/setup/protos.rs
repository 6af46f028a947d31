//! The descriptors of LittleHorse's messages, for `halter deploy`, `play` and `record`: out of a package that is published anyway.

use std::fs;
use std::path::{Path, PathBuf};

use super::{announce, python};
use crate::command::{command, run};
use crate::failure::{Failure, Outcome, While};
use crate::paths;

/// LittleHorse's SDK for Python of the server's version, and the checksum of the file that was looked at.
const WHEEL: &str = "littlehorse-client==1.2.1 --hash=sha256:e6725fab62788c82a2aa1c35802396565df6c09573c8941519002dca008f836e\n";

/// Makes sure of the file; returns it.
pub(super) fn ensure() -> Outcome<PathBuf> {
    let folder = paths::tools().join("protos");
    let descriptors = folder.join("littlehorse.binpb");
    let stamp = folder.join("made-of.txt");
    if descriptors.exists() && fs::read_to_string(&stamp).is_ok_and(|made_of| made_of == WHEEL) {
        return Ok(descriptors);
    }
    announce("Fetching the descriptors of LittleHorse's messages", "15 seconds");
    let python = python::environment(&folder.join("python"))?;
    let wanted = folder.join("requirements.txt");
    fs::write(&wanted, WHEEL).whilst(|| format!("could not write {}", wanted.display()))?;
    let downloads = folder.join("wheels");
    let _ = fs::remove_dir_all(&downloads);
    let mut download = command(&python);
    download.args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]);
    download.arg("--dest").arg(&downloads);
    download.args(["--require-hashes", "--requirement"]).arg(&wanted);
    run(&mut download, "PyPI, or PIP_INDEX_URL, has to be reached")?;
    let script = paths::root().join("crates/xtask/src/setup/descriptors.py");
    let mut extract = command(&python);
    extract.arg(script).arg(only_file(&downloads)?).arg(&descriptors);
    run(&mut extract, "read Python's message above")?;
    fs::write(&stamp, WHEEL).whilst(|| format!("could not write {}", stamp.display()))?;
    Ok(descriptors)
}

fn only_file(folder: &Path) -> Outcome<PathBuf> {
    let reading = || format!("could not read {}", folder.display());
    let mut entries = fs::read_dir(folder).whilst(reading)?;
    let first = entries.next().ok_or_else(|| Failure::new("pip has downloaded nothing"))?;
    Ok(first.whilst(reading)?.path())
}
