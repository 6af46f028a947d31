//! Random workflows on a real server, and Halter beside it (`tests/oracle`).

use std::fs;
use std::path::PathBuf;

use crate::command::{cargo, command, run};
use crate::failure::{Failure, Outcome, While};
use crate::server::{Ports, Server, VERSION, is_version};
use crate::{paths, setup};

/// What `cargo xtask oracle` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    seeds: String,
    version: String,
    /// What else the program that plays them is given.
    rest: Vec<String>,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Outcome<Self> {
        let mut options =
            Self { seeds: String::new(), version: VERSION.to_owned(), rest: Vec::new() };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = |example: &str| {
                args.next().cloned().ok_or_else(|| {
                    Failure::new(format!("{arg} wants something behind it"))
                        .fix(format!("{arg} {example}"))
                })
            };
            match arg.as_str() {
                "--seeds" => options.seeds = value("0..100")?,
                "--server-version" => options.version = value(VERSION)?,
                "--at-a-time" => {
                    let number = value("4")?;
                    options.rest.extend([arg.clone(), number]);
                }
                "--no-shrink" => options.rest.push(arg.clone()),
                other => {
                    return Err(Failure::new(format!("oracle does not know `{other}`"))
                        .fix("cargo xtask help"));
                }
            }
        }
        if options.seeds.is_empty() {
            return Err(Failure::new("oracle wants to know which seeds")
                .fix("cargo xtask oracle --seeds 0..100"));
        }
        if !is_version(&options.version) {
            return Err(Failure::new("--server-version wants a release of the server")
                .fix(format!("--server-version {VERSION}")));
        }
        Ok(options)
    }
}

/// Starts a server, and plays the seeds on it.
pub(crate) fn oracle(options: &Options) -> Outcome {
    setup::for_cluster()?;
    let installed = setup::for_server(&options.version)?;
    let what = "cargo build --package halter-oracle";
    run(cargo().args(["build", "--quiet", "--package", "halter-oracle"]), what)?;
    let mut server = Server::start(&installed, Ports::free()?)?;
    let output = paths::tools().join("oracle");
    // What an earlier run has found may have been mended.
    let _ = fs::remove_dir_all(&output);
    let mut play = command(program()?);
    play.args(["--seeds", &options.seeds, "--output"]).arg(&output).args(&options.rest);
    play.env("LHC_API_HOST", "localhost").env("LHC_API_PORT", server.ports.grpc.to_string());
    // Whatever else is set up on this machine belongs to another server.
    play.env("HOME", &server.folder).env("LHC_API_PROTOCOL", "PLAINTEXT");
    let fix = format!(
        "look at the sources and the traces in {}; CONTRIBUTING.md says what becomes of them",
        output.display()
    );
    let played = run(&mut play, &fix);
    server.is_well()?;
    played
}

/// It lies beside this program, wherever cargo builds.
fn program() -> Outcome<PathBuf> {
    let here = std::env::current_exe().whilst(|| "could not find halter-oracle".to_owned())?;
    Ok(here.with_file_name(format!("halter-oracle{}", std::env::consts::EXE_SUFFIX)))
}

#[cfg(test)]
mod tests {
    use super::{Options, VERSION};

    fn parse(args: &[&str]) -> Option<Options> {
        let args: Vec<String> = args.iter().map(ToString::to_string).collect();
        Options::parse(&args).ok()
    }

    #[test]
    fn seeds_have_to_be_named() {
        let options = parse(&["--seeds", "0..9", "--no-shrink", "--at-a-time", "2"]).unwrap();
        assert_eq!((options.seeds.as_str(), options.version.as_str()), ("0..9", VERSION));
        assert_eq!(options.rest, ["--no-shrink", "--at-a-time", "2"]);
        let other = parse(&["--seeds", "0..9", "--server-version", "1.3.0"]).unwrap();
        assert_eq!(other.version, "1.3.0");
        for wrong in [&[][..], &["--seeds"], &["--seeds", "0..9", "--server-version", "../1"]] {
            assert_eq!(parse(wrong), None);
        }
        assert_eq!(parse(&["--fast"]), None);
    }
}
