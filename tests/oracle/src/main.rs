//! Plays the sources of some seeds on the server to which the environment leads, and tells where Halter parts from it.
//! `cargo xtask oracle` starts a server of its own and runs this.
#![forbid(unsafe_code)]

mod found;
mod options;

use std::collections::VecDeque;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use found::Found;
use halter_oracle::{Case, Difference, Played, Server, faulty, generate, grow, smaller};
use halter_spec::model::Document;
use options::Options;
use serde_json::Value as Json;

/// One seed in so many makes a document with a fault.
const FAULTY: u64 = 8;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let run = Options::parse(&arguments).and_then(|options| run(&options));
    match run {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

/// Whether Halter does the same as the server.
fn run(options: &Options) -> Result<bool, String> {
    let server = Server::of_environment().map_err(|error| error.to_string())?;
    let found = Found::new(&options.output)?;
    let seeds: Mutex<VecDeque<u64>> = Mutex::new(options.seeds.clone().collect());
    std::thread::scope(|scope| {
        for _ in 0..options.at_a_time {
            scope.spawn(|| {
                while let Some(seed) = next(&seeds).filter(|_| !found.is_lost()) {
                    play(&server, seed, options, &found);
                }
            });
        }
    });
    found.summary()
}

fn next(seeds: &Mutex<VecDeque<u64>>) -> Option<u64> {
    seeds.lock().ok()?.pop_front()
}

/// Of those so many have another fault than the others: an expression of a type that has no place there.
const SLIPPED: u64 = 2;

/// Plays one seed. The first of a kind is made smaller; of the others only their number is told.
fn play(server: &Server, seed: u64, options: &Options, found: &Found) {
    if seed % FAULTY == FAULTY - 1 {
        let slipped = || (generate::slipped(seed), "expression-of-another-type");
        let faulty =
            if (seed / FAULTY).is_multiple_of(SLIPPED) { Some(slipped()) } else { faulty(seed) };
        if let Some((document, fault)) = faulty {
            let document = Arc::new(document);
            let accepts = || match server.accepts(&document) {
                Played::Differs(mut difference) => {
                    difference.kind = format!("{fault}: {}", difference.kind);
                    Played::Differs(difference)
                }
                other => other,
            };
            let _ = told(found, seed, &document, &[], accepts);
            return;
        }
    } else if let Some((source, document)) = generate::source(seed) {
        let document = Arc::new(document);
        if let Some(script) = grow::script(&document, seed) {
            let new = told(found, seed, &document, &script, || server.play(&document, &script));
            if let Some(difference) = new.filter(|_| options.shrink) {
                let (case, smallest) = smaller(server, Case { source, script }, difference);
                if let Some((document, script)) = case.fitted() {
                    found.tell(seed, &document, &script, &smallest);
                }
            }
            return;
        }
    }
    found.none(seed);
}

/// Plays, and tells what came of it; returns a difference of a new kind. Such a one is played twice: a machine that is busy may
/// take a server that has not come to it yet for one that does nothing.
fn told(
    found: &Found,
    seed: u64,
    document: &Document,
    script: &[Json],
    play: impl Fn() -> Played,
) -> Option<Difference> {
    match play() {
        Played::Differs(difference) if found.is_known(&difference.kind, seed) => {}
        Played::Differs(difference) => match play() {
            Played::Differs(again) if again.kind == difference.kind => {
                if found.is_new(&difference.kind, seed) {
                    found.tell(seed, document, script, &difference);
                    return Some(*difference);
                }
            }
            _ => found.by_chance(),
        },
        Played::Same => found.same(),
        Played::ByChance => found.by_chance(),
        Played::NoAnswer(why) => found.no_answer(seed, document, script, &why),
    }
    None
}
