//! The project's own habits: set-up, serve, test. Run as `cargo xtask`.
#![forbid(unsafe_code)]

mod bench;
mod bindings;
mod command;
mod failure;
mod fuzz;
mod oracle;
mod package;
mod paths;
mod reference;
mod serve;
mod server;
mod setup;
mod site;
mod test;
mod wasm;

use std::process::ExitCode;

use failure::{Failure, Outcome};

const HELP: &str = "\
cargo xtask COMMAND

  setup                   install what the build and the tests need, for this project only
  serve [--port N] [--open] [--watch]
                          build the page and serve it on 127.0.0.1 (port 8080; 0 takes a free one)
  server [--port N] [--server-version V]
                          run a LittleHorse server, until Ctrl+C or the end of its input (port 12023 and the six
                          after it; 0 takes free ones); needs Maven and a JDK 25 (JAVA_25_HOME)
  test [--only SUITE]...  run all checks and tests, or some of them
  fuzz [--seconds N] [TARGET]...
                          look for inputs that break Halter, each target for 300 s
  oracle --seeds A..B [--server-version V] [--at-a-time N] [--no-shrink]
                          play random workflows on a LittleHorse server, and Halter beside it; where they part, the
                          smallest source and what the server did are written to .tools/oracle
  dist                    build the page into dist/, the npm package into dist-package/, and the crates' documentation
                          into dist-docs/; print the sizes
  bench                   measure the engine beside a peer, in one Node process
  wasm CARGO_ARGUMENTS    run cargo with the compiler that has the wasm target,
                          as in `cargo xtask wasm build -p halter-web --target wasm32-unknown-unknown`

Environment
  XTASK_WASM=rustup|debian   take the wasm target from rustup, or from the distribution's compiler
  CHROME=/path               the browser for the tests
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Outcome<ExitCode> {
    let (name, rest) = args.split_first().map_or(("help", args), |(n, r)| (n.as_str(), r));
    match name {
        "setup" if rest.is_empty() => setup::everything().map(|_| ExitCode::SUCCESS),
        "serve" => serve::run(&serve::Options::parse(rest)?).map(|()| ExitCode::SUCCESS),
        "server" => server::run(&server::Options::parse(rest)?).map(|()| ExitCode::SUCCESS),
        "test" => Ok(test::run(&test::parse(rest)?)),
        "dist" if rest.is_empty() => {
            let tools = setup::for_site()?;
            site::publish(&tools)?;
            site::report_sizes();
            let package = package::build(&tools)?;
            println!("    the npm package is in {}", package.display());
            println!("    the crates' documentation is in {}", reference::build()?.display());
            Ok(ExitCode::SUCCESS)
        }
        "fuzz" => fuzz::fuzz(&fuzz::Options::parse(rest)?).map(|()| ExitCode::SUCCESS),
        "oracle" => oracle::oracle(&oracle::Options::parse(rest)?).map(|()| ExitCode::SUCCESS),
        "bench" if rest.is_empty() => bench::bench().map(|()| ExitCode::SUCCESS),
        "wasm" => {
            let mut cargo = setup::for_wasm()?.cargo();
            command::run(cargo.args(rest), "read the compiler's message above")?;
            Ok(ExitCode::SUCCESS)
        }
        "help" | "-h" | "--help" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(Failure::new(format!("`cargo xtask {}` is unknown", args.join(" ")))
            .fix("cargo xtask help")),
    }
}
