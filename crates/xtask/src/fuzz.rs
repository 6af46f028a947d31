//! Looks for inputs that break Halter, guided by which of its code runs (`tests/fuzz`).
//!
//! This does what `cargo fuzz` does. It does it by itself because no more is needed than a few flags, which a stable
//! compiler takes as well: the code has no `unsafe`, so that there is nothing to find for a sanitizer, which only a nightly
//! compiler has. `cargo fuzz run TARGET --fuzz-dir tests/fuzz --sanitizer none` works too.

mod target;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::command::{cargo, command, output_of, run};
use crate::failure::{Failure, Outcome, While};
use crate::{paths, setup};

pub(crate) use target::{Target, all as targets};

/// Seconds for each target, if none are named.
const SECONDS: u32 = 300;

/// Seconds that an input may take; more is a fault.
const TIMEOUT: u32 = 30;

/// Megabytes that an input may take; more is a fault.
const MEMORY: u32 = 2_048;

/// Seconds for making an input smaller.
const MINIMISING: u32 = 30;

/// Behind that the fuzzer tells how many inputs it has tried.
const INPUTS: &str = "stat::number_of_executed_units:";

/// Lines that are shown of what it says about a fault.
const SHOWN_LINES: usize = 30;

/// Makes the code count which of its branches run, and tell what it compares: the flags of `cargo fuzz`.
const FLAGS: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-sanitizer-coverage-stack-depth",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
];

/// What `cargo xtask fuzz` was asked for.
#[derive(Debug)]
pub(crate) struct Options {
    seconds: u32,
    targets: Vec<Target>,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Outcome<Self> {
        let all = target::all()?;
        let mut options = Self { seconds: SECONDS, targets: Vec::new() };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            if arg == "--seconds" {
                let seconds = args.next().and_then(|number| number.parse().ok());
                // For 0 the fuzzer would never end.
                options.seconds = seconds.filter(|seconds| *seconds > 0).ok_or_else(|| {
                    Failure::new("--seconds needs a whole number from 1").fix("cargo xtask help")
                })?;
                continue;
            }
            let target = all.iter().find(|target| target.name == *arg).ok_or_else(|| {
                let names: Vec<_> = all.iter().map(|target| target.name.as_str()).collect();
                Failure::new(format!("there is no fuzz target {arg:?}"))
                    .fix(format!("one of: {}", names.join(", ")))
            })?;
            options.targets.push(target.clone());
        }
        if options.targets.is_empty() {
            options.targets = all;
        }
        Ok(options)
    }
}

/// `cargo xtask fuzz`: every target gets its time, also after another has found something.
pub(crate) fn fuzz(options: &Options) -> Outcome {
    let fuzzer = Fuzzer::build()?;
    let mut failed = Vec::new();
    for target in &options.targets {
        if !fuzzer.run(target, options.seconds, &target.corpus())? {
            failed.push(target.name.as_str());
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("found something: {}", failed.join(", ")))
        .fix("cargo test -p halter-invariants, which plays what was found"))
}

/// The targets, built.
#[derive(Debug)]
pub(crate) struct Fuzzer {
    programs: PathBuf,
}

impl Fuzzer {
    pub(crate) fn build() -> Outcome<Self> {
        setup::for_fuzz()?;
        let host = host()?;
        let made = paths::root().join("target/fuzz");
        let mut build = cargo();
        build
            .args(["build", "--release", "--locked", "--manifest-path", "tests/fuzz/Cargo.toml"])
            // A target that is named keeps the flags from build scripts and macros, which run without the fuzzer.
            .args(["--target", &host, "--target-dir"])
            .arg(&made)
            .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
        run(&mut build, "read the compiler's message above")?;
        Ok(Self { programs: made.join(host).join("release") })
    }

    /// Runs a target for a few seconds from what stands in the repository alone: to go through all that long runs have
    /// kept would take minutes.
    pub(crate) fn run_shortly(&self, target: &Target, seconds: u32) -> Outcome<bool> {
        let corpus = target.short_corpus();
        let _ = fs::remove_dir_all(&corpus);
        self.run(target, seconds, &corpus)
    }

    /// Runs a target for so many seconds; false if it has found something. The corpus also gets the inputs that reach
    /// something new.
    fn run(&self, target: &Target, seconds: u32, corpus: &Path) -> Outcome<bool> {
        let found = target.found();
        // What an earlier run has found is told once, and stands among the regressions.
        let _ = fs::remove_dir_all(&found);
        for folder in [corpus, &found] {
            fs::create_dir_all(folder).whilst(|| format!("could not make {}", folder.display()))?;
        }
        let mut fuzzer = self.program(target);
        // The first folder is the one that is written to.
        fuzzer
            .arg(corpus)
            .args(target.seeds())
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-max_len={}", target.longest))
            .arg(format!("-timeout={TIMEOUT}"))
            .arg(format!("-rss_limit_mb={MEMORY}"))
            .arg(format!("-dict={}", paths::fuzz().join("words.dict").display()))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .args(["-verbosity=0", "-print_final_stats=1"]);
        let said = target.said();
        let what = || format!("could not run the target {}", target.name);
        println!("    {}: {seconds} s; what it says goes to {}", target.name, said.display());
        let status = fuzzer.stderr(File::create(&said).whilst(what)?).status().whilst(what)?;
        let said = fs::read(&said).whilst(what)?;
        let said = String::from_utf8_lossy(&said);
        if status.success() {
            let inputs = said.lines().find_map(|line| line.strip_prefix(INPUTS));
            println!("    {}: {} inputs", target.name, inputs.unwrap_or("some").trim());
            return Ok(true);
        }
        // Before that stands what it was about to do, behind that the input, byte by byte.
        let told = said
            .lines()
            .skip_while(|line| !line.contains("panicked at") && !line.contains("ERROR:"));
        told.take(SHOWN_LINES).for_each(|line| println!("    {line:.500}"));
        self.keep(target, &found)?;
        Ok(false)
    }

    /// Makes what was found smaller, and puts it where the tests play it.
    fn keep(&self, target: &Target, found: &Path) -> Outcome {
        let what = || format!("could not keep what stands in {}", found.display());
        let regressions = target.regressions();
        fs::create_dir_all(&regressions).whilst(what)?;
        for input in fs::read_dir(found).whilst(what)? {
            let input = input.whilst(what)?;
            let kept = regressions.join(input.file_name());
            // Whether one that takes too long can be smaller is only known after a long time.
            if input.file_name().to_string_lossy().starts_with("crash-") {
                let mut smaller = self.program(target);
                smaller
                    .args(["-minimize_crash=1", "-verbosity=0"])
                    .arg(format!("-max_total_time={MINIMISING}"))
                    .arg(format!("-exact_artifact_path={}", kept.display()))
                    .arg(input.path());
                // What it says is said again by the test that plays what it has made.
                let _ = smaller.stderr(std::process::Stdio::null()).status().whilst(what)?;
            }
            if !kept.exists() {
                fs::copy(input.path(), &kept).whilst(what)?;
            }
            println!("    found {}", kept.display());
        }
        Ok(())
    }

    fn program(&self, target: &Target) -> std::process::Command {
        command(self.programs.join(&target.name))
    }
}

/// The compiler's own target.
fn host() -> Outcome<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    output_of(command(rustc).arg("-vV"))
        .and_then(|said| {
            said.lines().find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        })
        .ok_or_else(|| Failure::new("rustc does not say what it compiles for").fix("rustc -vV"))
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn targets_and_seconds_are_chosen() {
        let parse = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            Options::parse(&args)
        };
        assert!(parse(&[]).unwrap().targets.len() >= 5);
        let chosen = parse(&["link", "--seconds", "7"]).unwrap();
        assert_eq!((chosen.targets[0].name.as_str(), chosen.seconds), ("link", 7));
        assert!(parse(&["typo"]).unwrap_err().to_string().contains("language"));
        assert!(parse(&["--seconds", "0"]).is_err());
    }
}
