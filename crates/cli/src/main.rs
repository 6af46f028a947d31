//! Halter in a terminal.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

mod answer;
mod arguments;
mod check;
mod cluster;
mod conformance;
mod draw;
mod excerpt;
mod explore;
mod export;
mod fixes;
mod input;
mod man;
mod mdbook;
mod play;
mod run;
mod table;

use answer::{Answer, OK};
use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let answer = match Arguments::parse().command {
        Command::Check { files, format } => check::run(&files, format),
        Command::Run { file, script, semantics, format } => {
            run::run(&file, script.as_deref(), semantics.into(), format)
        }
        Command::Explore(arguments) => explore::run(&arguments),
        Command::Conformance { dir, semantics } => {
            conformance::run(&dir, semantics.map(Into::into))
        }
        Command::Deploy { file } => cluster::deploy(&file),
        Command::Play(arguments) => cluster::play(&arguments),
        Command::Record { wf_run, output } => cluster::record(&wf_run, output.as_deref()),
        Command::Export { file, to, workflow, output } => {
            export::run(&file, to.into(), workflow.as_deref(), output.as_deref())
        }
        Command::Draw { file, at, script, semantics, what, theme, output } => draw::run(
            &file,
            script.as_deref(),
            semantics.into(),
            at,
            (what.into(), theme.into()),
            output.as_deref(),
        ),
        Command::Mdbook { question } => mdbook::run(question.as_ref()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "halter", &mut script);
            Answer { text: String::from_utf8_lossy(&script).into_owned(), code: OK }
        }
        Command::Man { command } => man::run(command.as_deref()),
    };
    answer.give()
}
