//! The targets, as `tests/fuzz/targets.txt` lists them.

use std::fs;
use std::path::PathBuf;

use crate::failure::{Failure, Outcome, While};
use crate::paths;

/// A program that takes any input.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) name: String,
    /// Bytes of the longest input.
    pub(crate) longest: u32,
    /// Folders of inputs to begin with.
    seeds: Vec<PathBuf>,
}

impl Target {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        Some(Self {
            name: words.next()?.to_owned(),
            longest: words.next()?.parse().ok()?,
            seeds: words.map(|folder| paths::root().join(folder)).collect(),
        })
    }

    /// The folders of inputs to begin with; what was found once is among them.
    pub(crate) fn seeds(&self) -> impl Iterator<Item = PathBuf> {
        let regressions = Some(self.regressions()).filter(|folder| folder.is_dir());
        self.seeds.iter().cloned().chain(regressions)
    }

    /// Inputs that reached something new, for the next time.
    pub(crate) fn corpus(&self) -> PathBuf {
        paths::root().join("target/fuzz/corpus").join(&self.name)
    }

    /// Inputs that reached something new in a short run, which nobody goes on from.
    pub(crate) fn short_corpus(&self) -> PathBuf {
        paths::root().join("target/fuzz/short").join(&self.name)
    }

    /// Inputs that broke it this time.
    pub(crate) fn found(&self) -> PathBuf {
        paths::root().join("target/fuzz/found").join(&self.name)
    }

    /// What the fuzzer said of it the last time.
    pub(crate) fn said(&self) -> PathBuf {
        paths::root().join("target/fuzz").join(format!("{}.txt", self.name))
    }

    /// Inputs that broke it once, as small as they could be made.
    pub(crate) fn regressions(&self) -> PathBuf {
        paths::fuzz().join("regressions").join(&self.name)
    }
}

/// All of them.
pub(crate) fn all() -> Outcome<Vec<Target>> {
    let path = paths::fuzz().join("targets.txt");
    let list = fs::read_to_string(&path).whilst(|| format!("could not read {}", path.display()))?;
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            Target::read(line)
                .ok_or_else(|| Failure::new(format!("{}: {line:?} is no target", path.display())))
        })
        .collect()
}
