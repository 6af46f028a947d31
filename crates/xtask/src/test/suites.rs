//! The suites, in the order in which they run: what is quick to fail comes first.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::tally::Tally;
use crate::command::{cargo, command, run};
use crate::failure::{Failure, Outcome, While};
use crate::wasm::TRIPLE;
use crate::{bindings, fuzz, package, paths, setup, site};

/// A named set of checks.
#[derive(Debug)]
pub(crate) struct Suite {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) run: fn() -> Outcome<Tally>,
}

pub(crate) static SUITES: &[Suite] = &[
    Suite { name: "fmt", what: "the code is formatted", run: formatted },
    Suite { name: "clippy", what: "no warnings on this machine's target", run: clippy },
    Suite { name: "unit", what: "cargo's tests of all crates", run: unit },
    Suite {
        name: "fuzz",
        what: "inputs that break Halter, looked for a little",
        run: fuzz_shortly,
    },
    Suite { name: "sdk", what: "generated code under LittleHorse's real SDKs", run: sdk },
    Suite {
        name: "server",
        what: "what a real LittleHorse server does with the examples",
        run: super::server::run,
    },
    Suite { name: "clippy-wasm", what: "no warnings on the page's target", run: clippy_wasm },
    Suite { name: "wasm", what: "the recorded traces in the engine as WebAssembly", run: wasm },
    Suite { name: "site", what: "the page builds", run: page_builds },
    Suite { name: "package", what: "the npm package, installed and used", run: npm_package },
    Suite {
        name: "docs-sites",
        what: "a Docusaurus site and an mdBook that show Halter",
        run: docs_sites,
    },
    Suite { name: "browser", what: "the page in Chromium", run: browser },
];

/// These run in a terminal only.
const NOT_FOR_WASM: &[&str] =
    &["halter-cli", "halter-cluster", "halter-invariants", "halter-oracle", "xtask"];

/// The manifest of the fuzz targets: a workspace of its own.
const FUZZ: &str = "tests/fuzz/Cargo.toml";

/// Seconds for each fuzz target, where all else is tested as well.
const FUZZ_SECONDS: u32 = 6;

fn formatted() -> Outcome<Tally> {
    run(cargo().args(["fmt", "--all", "--check"]), "cargo fmt --all")?;
    let fix = format!("cargo fmt --manifest-path {FUZZ}");
    run(cargo().args(["fmt", "--manifest-path", FUZZ, "--check"]), &fix)?;
    Ok(Tally::passed())
}

fn clippy() -> Outcome<Tally> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    run(cargo().args(arguments), "cargo clippy --workspace --all-targets --fix")?;
    setup::for_fuzz()?;
    let arguments = ["clippy", "--locked", "--manifest-path", FUZZ, "--target-dir", "target"];
    let fix = format!("cargo clippy --manifest-path {FUZZ} --fix");
    run(cargo().args(arguments).args(["--", "--deny", "warnings"]), &fix)?;
    Ok(Tally::passed())
}

fn unit() -> Outcome<Tally> {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]);
    count(&mut tests, |line| line.starts_with("test result:"))
}

fn fuzz_shortly() -> Outcome<Tally> {
    let fuzzer = fuzz::Fuzzer::build()?;
    let mut tally = Tally::default();
    for target in fuzz::targets()? {
        let holds = fuzzer.run_shortly(&target, FUZZ_SECONDS)?;
        tally += if holds { Tally::passed() } else { Tally::failed() };
    }
    Ok(tally)
}

fn sdk() -> Outcome<Tally> {
    let sdk = setup::for_sdk()?;
    let mut tests = cargo();
    tests
        .args(["test", "-p", "halter-export", "--test", "sdk", "--no-fail-fast"])
        .args(["--", "--ignored", "--show-output"])
        .env("HALTER_SDK_PYTHON", sdk.python)
        .env("HALTER_SDK_JAVA", sdk.java)
        .env("HALTER_SDK_JARS", sdk.jars);
    count(&mut tests, |line| line.starts_with("test result:"))
}

fn clippy_wasm() -> Outcome<Tally> {
    let mut clippy = setup::for_wasm()?.clippy();
    // The page's own profile, so that what runs at build time is compiled once for both.
    clippy.args(["--workspace", "--target", TRIPLE, "--profile", "wasm-release"]);
    for package in NOT_FOR_WASM {
        clippy.args(["--exclude", package]);
    }
    run(clippy.args(["--", "--deny", "warnings"]), "read clippy's advice above")?;
    Ok(Tally::passed())
}

fn wasm() -> Outcome<Tally> {
    let module = bindings::for_node(&setup::for_site()?, bindings::For::Tests)?;
    let mut tests = command("node");
    tests.arg(paths::root().join("tests/wasm/run.mjs")).env("HALTER_WASM", module);
    count(&mut tests, Tally::is_line)
}

/// The suites after this one need the page too, and need not build it again.
static BUILT: OnceLock<()> = OnceLock::new();

fn page_builds() -> Outcome<Tally> {
    site::build(&setup::for_site()?)?;
    site::report_sizes();
    let _ = BUILT.set(());
    Ok(Tally::passed())
}

fn npm_package() -> Outcome<Tally> {
    let package = package::build(&setup::for_site()?)?;
    setup::for_package_tests()?;
    let mut tests = command("node");
    tests.arg(paths::package_tests().join("run.mjs")).env("HALTER_PACKAGE", package);
    tests.env("HALTER_HOME", package::home().unwrap_or_default());
    let mut tally = count(&mut tests, Tally::is_line)?;
    tally += in_chromium(&paths::package_tests(), |_| {})?;
    Ok(tally)
}

fn docs_sites() -> Outcome<Tally> {
    let mdbook = setup::for_docs_sites()?;
    let halter = halter()?;
    in_chromium(&paths::docs_sites(), |tests| {
        tests.env("MDBOOK", mdbook).env("HALTER", halter);
    })
}

/// Builds the command-line program; returns it.
pub(super) fn halter() -> Outcome<PathBuf> {
    let what = "cargo build --package halter-cli";
    run(cargo().args(["build", "--quiet", "--package", "halter-cli"]), what)?;
    // It lies beside this program, wherever cargo builds.
    let halter = std::env::current_exe().whilst(|| "could not find halter".to_owned())?;
    Ok(halter.with_file_name(format!("halter{}", std::env::consts::EXE_SUFFIX)))
}

fn browser() -> Outcome<Tally> {
    in_chromium(&paths::browser_tests(), |_| {})
}

/// Runs the tests of a folder that drive a Chromium, with the page beside them.
fn in_chromium(folder: &Path, equip: impl FnOnce(&mut Command)) -> Outcome<Tally> {
    let chromium = setup::for_browser()?;
    if BUILT.get().is_none() {
        page_builds()?;
    }
    let mut tests = command("node");
    tests.arg(paths::browser_tests().join("run.mjs"));
    tests.env("CHROME", chromium).env("HALTER_TESTS", folder);
    equip(&mut tests);
    count(&mut tests, Tally::is_line)
}

/// Runs a suite of tests, shows what it prints, and adds up the lines that hold numbers.
fn count(tests: &mut Command, counts: fn(&str) -> bool) -> Outcome<Tally> {
    let what = || "could not run the tests".to_owned();
    let mut child = tests.stdout(Stdio::piped()).spawn().whilst(what)?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.whilst(what)?;
            println!("{line}");
            if counts(&line)
                && let Some(counted) = Tally::in_line(&line)
            {
                tally += counted;
            }
        }
    }
    let status = child.wait().whilst(what)?;
    if !status.success() && tally.failed == 0 {
        // It broke off before it could count, for instance because something does not compile.
        tally += Tally::failed();
    }
    if tally == Tally::default() {
        return Err(Failure::new("no test has run"));
    }
    Ok(tally)
}
