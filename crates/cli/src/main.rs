//! Halter in a terminal.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

mod arguments;
mod check;
mod conformance;
mod input;
mod run;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Check { files, format } => check::run(&files, format),
        Command::Run {
            file,
            script,
            semantics,
            format,
        } => run::run(&file, script.as_deref(), semantics.into(), format),
        Command::Conformance { dir, semantics } => {
            conformance::run(&dir, semantics.map(Into::into))
        }
        Command::Completions { shell } => {
            let mut command = Arguments::command();
            clap_complete::generate(shell, &mut command, "halter", &mut std::io::stdout());
            ExitCode::SUCCESS
        }
        Command::Man => {
            let page = clap_mangen::Man::new(Arguments::command());
            match page.render(&mut std::io::stdout()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::from(2),
            }
        }
    }
}
