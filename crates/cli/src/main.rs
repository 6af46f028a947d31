//! Halter in a terminal.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use halter_engine::Semantics;

mod conformance;

/// Halter plays LittleHorse workflows and shows how interrupts halt and resume their threads.
#[derive(Debug, Parser)]
#[command(name = "halter", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play recorded traces and compare the engine with the server, step by step.
    ///
    /// Every `*.json` file below DIR is a trace that was recorded from a real LittleHorse server. Each is played
    /// under the semantics `server-1.2`, and those whose list of deviations is empty also under `documented`;
    /// with `--semantics` all are played under that one. The last line says how many matched; the exit code is 0
    /// only if all did.
    Conformance {
        /// The folder with the traces.
        dir: PathBuf,
        /// Play all traces under these semantics.
        #[arg(long)]
        semantics: Option<SemanticsName>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SemanticsName {
    /// The rules as LittleHorse's documentation promises them.
    Documented,
    /// The rules as LittleHorse server 1.2.1 follows them.
    #[value(name = "server-1.2")]
    Server12,
}

impl From<SemanticsName> for Semantics {
    fn from(name: SemanticsName) -> Self {
        match name {
            SemanticsName::Documented => Semantics::DOCUMENTED,
            SemanticsName::Server12 => Semantics::SERVER_1_2,
        }
    }
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Conformance { dir, semantics } => {
            conformance::run(&dir, semantics.map(Semantics::from))
        }
    }
}
