//! Runs all checks and tests, goes on after a failure, and counts.

mod authorization;
mod server;
mod suites;
mod tally;

use std::process::ExitCode;
use std::time::Instant;

use crate::failure::{Failure, Outcome};

use suites::{SUITES, Suite};
use tally::Tally;

/// The suites that were asked for; all of them if none was.
pub(crate) fn parse(args: &[String]) -> Outcome<Vec<&'static Suite>> {
    let mut chosen = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg != "--only" {
            return Err(Failure::new(format!("test does not know `{arg}`")).fix("cargo xtask help"));
        }
        let name = args.next().map_or("", String::as_str);
        let suite = SUITES.iter().find(|suite| suite.name == name).ok_or_else(|| {
            let names: Vec<_> = SUITES.iter().map(|suite| suite.name).collect();
            Failure::new(format!("there is no suite {name:?}"))
                .fix(format!("--only with one of: {}", names.join(", ")))
        })?;
        chosen.push(suite);
    }
    if chosen.is_empty() {
        chosen.extend(SUITES);
    }
    Ok(chosen)
}

/// Runs them one after the other; the last line it prints is the sum.
pub(crate) fn run(suites: &[&Suite]) -> ExitCode {
    let mut report = Vec::new();
    for suite in suites {
        println!("\n==> {}: {}", suite.name, suite.what);
        let started = Instant::now();
        let tally = (suite.run)().unwrap_or_else(|failure| {
            eprintln!("{failure}");
            Tally::failed()
        });
        report.push((suite, tally, started.elapsed()));
    }

    println!("\n==> Results");
    let mut sum = Tally::default();
    for (suite, tally, took) in &report {
        let verdict = if tally.failed == 0 { "ok    " } else { "FAILED" };
        println!("    {verdict} {:12} {tally} ({:.0} s)", suite.name, took.as_secs_f64());
        if tally.failed > 0 {
            println!("           again: cargo xtask test --only {}", suite.name);
        }
        sum += *tally;
    }
    println!("{sum}");
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::{SUITES, parse};

    #[test]
    fn suites_are_chosen_by_name() {
        let only = |name: &str| parse(&["--only".to_owned(), name.to_owned()]);
        assert_eq!(parse(&[]).unwrap().len(), SUITES.len());
        assert_eq!(only("fmt").unwrap().len(), 1);
        assert!(only("typo").unwrap_err().to_string().contains("fmt"));
    }
}
