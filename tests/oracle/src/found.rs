//! What was found so far: printed as it comes, and written as a source and a trace for each kind.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use halter_oracle::Difference;
use halter_oracle::source::readable;
use halter_spec::model::Document;
use serde_json::Value as Json;

/// Seeds of a kind that are told.
const SEEDS: usize = 12;

/// So many seeds without an answer, one after the other, mean that the server is lost.
const LOST: usize = 8;

/// What was found so far.
#[derive(Debug)]
pub(crate) struct Found {
    folder: PathBuf,
    tally: Mutex<Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    same: usize,
    by_chance: usize,
    /// How many had no answer since one had.
    in_a_row: usize,
    without_source: Vec<u64>,
    without_answer: Vec<(u64, String)>,
    /// The seeds of each kind.
    kinds: BTreeMap<String, Vec<u64>>,
}

impl Found {
    pub(crate) fn new(folder: &Path) -> Result<Self, String> {
        let complain = |error: std::io::Error| format!("{}: {error}", folder.display());
        fs::create_dir_all(folder).map_err(complain)?;
        Ok(Self { folder: folder.to_path_buf(), tally: Mutex::default() })
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Both do the same.
    pub(crate) fn same(&self) {
        let mut tally = self.tally();
        tally.same += 1;
        tally.in_a_row = 0;
    }

    /// What the server did was left to chance.
    pub(crate) fn by_chance(&self) {
        self.tally().by_chance += 1;
    }

    /// Whether the server gives no answers any more.
    pub(crate) fn is_lost(&self) -> bool {
        self.tally().in_a_row >= LOST
    }

    /// Nothing can be played of this seed.
    pub(crate) fn none(&self, seed: u64) {
        self.tally().without_source.push(seed);
    }

    /// The server gave no answer, or did not come to rest.
    pub(crate) fn no_answer(&self, seed: u64, document: &Document, script: &[Json], why: &str) {
        println!("seed {seed}: no answer: {why}");
        self.write(seed, "yaml", &format!("# no answer: {why}\n{}", readable(document, script)));
        let mut tally = self.tally();
        tally.without_answer.push((seed, why.to_owned()));
        tally.in_a_row += 1;
    }

    /// Whether this kind was found before; then this seed is one more of it.
    pub(crate) fn is_known(&self, kind: &str, seed: u64) -> bool {
        let mut tally = self.tally();
        let Some(seeds) = tally.kinds.get_mut(kind) else { return false };
        seeds.push(seed);
        tally.in_a_row = 0;
        true
    }

    /// Whether this kind was not found before.
    pub(crate) fn is_new(&self, kind: &str, seed: u64) -> bool {
        let mut tally = self.tally();
        let seeds = tally.kinds.entry(kind.to_owned()).or_default();
        seeds.push(seed);
        let is_new = seeds.len() == 1;
        tally.in_a_row = 0;
        is_new
    }

    /// Writes down a difference, and prints it; the smaller one takes the place of the first.
    pub(crate) fn tell(&self, seed: u64, document: &Document, script: &[Json], of: &Difference) {
        let source = readable(document, script);
        println!("\nseed {seed}: {}\n{}\n{source}", of.kind, of.excerpt);
        let mut trace = of.trace.clone();
        if let Some(name) = trace.get_mut("name") {
            *name = Json::from(format!("oracle-{seed}"));
        }
        let told: Vec<String> = of.excerpt.lines().map(|line| format!("# {line}")).collect();
        self.write(seed, "yaml", &format!("# {}\n{}\n{source}", of.kind, told.join("\n")));
        self.write(seed, "json", &format!("{trace:#}\n"));
    }

    fn write(&self, seed: u64, ending: &str, text: &str) {
        let path = self.folder.join(format!("seed-{seed}.{ending}"));
        if let Err(error) = fs::write(&path, text) {
            println!("{}: {error}", path.display());
        }
    }

    /// Prints how many agree and what kinds of differences there are; whether all agree.
    pub(crate) fn summary(&self) -> Result<bool, String> {
        let tally = self.tally();
        let differ: usize = tally.kinds.values().map(Vec::len).sum();
        let played = tally.same + differ;
        let mut text = String::new();
        let count = tally.kinds.len();
        let _ = writeln!(
            text,
            "{played} played, {} agree, {differ} differ in {count} ways",
            tally.same
        );
        if tally.by_chance > 0 {
            let _ = writeln!(text, "left to chance: {}", tally.by_chance);
        }
        if !tally.without_source.is_empty() {
            let _ = writeln!(text, "no source: {:?}", tally.without_source);
        }
        for (seed, why) in &tally.without_answer {
            let _ = writeln!(text, "no answer of seed {seed}: {why}");
        }
        let mut kinds: Vec<_> = tally.kinds.iter().collect();
        kinds.sort_by_key(|(_, seeds)| std::cmp::Reverse(seeds.len()));
        for (kind, seeds) in kinds {
            let few = seeds.iter().take(SEEDS).map(ToString::to_string).collect::<Vec<_>>();
            let _ = writeln!(text, "{:5} × {kind}\n        seeds {}", seeds.len(), few.join(" "));
        }
        print!("\n{text}");
        let path = self.folder.join("summary.txt");
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(tally.kinds.is_empty() && tally.without_answer.is_empty())
    }
}
