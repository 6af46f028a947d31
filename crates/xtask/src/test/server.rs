//! Halter beside a real server: each source is played there, and what the server did is played again by Halter.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::authorization::{Authorization, CLIENT_ID, CLIENT_SECRET};
use super::suites::halter;
use super::tally::Tally;
use crate::command::command;
use crate::failure::{Failure, Outcome, While};
use crate::server::{Ports, Server, VERSION};
use crate::{paths, setup};

/// Sources that are played, all of them.
const FOLDERS: &[&str] = &["static/examples", "static/examples/deviations", "tests/server"];

/// These let minutes pass, and a server lets them pass in earnest.
const TOO_LONG: &[&str] = &["heartbeats", "time-while-halted"];

/// Others that are small, and leave a server as it was.
const OTHERS: &[&str] = &[
    "tests/cases/dynamic-missing.yaml",
    "tests/cases/handled-child.yaml",
    "tests/cases/rescue-child-halted.yaml",
    "tests/cases/user-null-group.yaml",
    "tests/cases/user-task-deadline.yaml",
];

/// Played at the same time, each in a tenant of its own: most of the time is waiting.
const AT_A_TIME: usize = 4;

/// Plays all of them.
pub(super) fn run() -> Outcome<Tally> {
    if let Some(missing) = setup::missing_for_server() {
        println!("    left out: there is {missing} on this machine");
        return Ok(Tally::default());
    }
    let halter = halter()?;
    setup::for_cluster()?;
    let mut server = Server::start(&setup::for_server(VERSION)?, Ports::free()?)?;
    let sources = Mutex::new(sources()?);
    let traces = paths::tools().join("server/traces");
    let _ = fs::remove_dir_all(&traces);
    let tally = Mutex::new(Tally::default());
    let grpc = server.ports.grpc;
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(source) = next(&sources) {
                    // On a busy machine a server may rest in the middle for longer than the player waits.
                    let what = play(&halter, &source, &traces, grpc)
                        .or_else(|_| play(&halter, &source, &traces, grpc));
                    let counted = tell(&name(&source), what);
                    if let Ok(mut tally) = tally.lock() {
                        *tally += counted;
                    }
                }
            });
        }
    });
    let mut tally =
        tally.into_inner().map_err(|_| Failure::new("a thread of the tests broke off"))?;
    tally += tell("who brings a token", with_tokens(&halter, &traces, server.ports));
    server.is_well()?;
    Ok(tally)
}

/// OAuth: who brings a token is let in, and who brings none is told why.
fn with_tokens(halter: &Path, traces: &Path, ports: Ports) -> Result<(), String> {
    let authorization =
        Authorization::start(ports.introspection).map_err(|error| error.to_string())?;
    let source = paths::root().join("tests/server/garage.yaml");
    let folder = traces.join("who-brings-a-token");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let playing = || playing(halter, &source, &folder, ports.oauth);
    let token = |secret: &str| {
        let mut play = playing();
        let url = format!("http://localhost:{}/token", ports.introspection);
        play.env("LHC_OAUTH_CLIENT_ID", CLIENT_ID).env("LHC_OAUTH_CLIENT_SECRET", secret);
        play.env("LHC_OAUTH_ACCESS_TOKEN_URL", url);
        play
    };
    ends_well(&mut token(CLIENT_SECRET))?;
    if authorization.asked() == 0 {
        return Err("the server did not ask whose the token is".to_owned());
    }
    for (mut play, why) in [
        (playing(), "the server wants to know who asks for GetServerVersion"),
        (token("wrong"), "invalid_client: another secret"),
    ] {
        match ends_well(&mut play) {
            Err(said) if said.contains(why) => {}
            said => return Err(format!("{why:?} is not in {said:?}")),
        }
    }
    Ok(())
}

fn next(sources: &Mutex<VecDeque<PathBuf>>) -> Option<PathBuf> {
    sources.lock().ok()?.pop_front()
}

fn sources() -> Outcome<VecDeque<PathBuf>> {
    let mut found = Vec::new();
    for folder in FOLDERS.iter().map(|folder| paths::root().join(folder)) {
        let reading = || format!("could not read {}", folder.display());
        for entry in fs::read_dir(&folder).whilst(reading)? {
            let path = entry.whilst(reading)?.path();
            let is_source = path.extension().is_some_and(|extension| extension == "yaml");
            if is_source && !TOO_LONG.contains(&&*name(&path)) {
                found.push(path);
            }
        }
    }
    found.extend(OTHERS.iter().map(|path| paths::root().join(path)));
    found.sort();
    Ok(found.into())
}

fn name(source: &Path) -> String {
    source.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Plays one on the server and then in Halter; an error is what differs.
fn play(halter: &Path, source: &Path, traces: &Path, grpc: u16) -> Result<(), String> {
    let folder = traces.join(name(source));
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    ends_well(&mut playing(halter, source, &folder, grpc))?;
    let mut compare = command(halter);
    compare.arg("conformance").arg(&folder).args(["--semantics", "server-1.2"]);
    ends_well(&mut compare)
}

/// What plays a source on the server at that port.
fn playing(halter: &Path, source: &Path, folder: &Path, port: u16) -> std::process::Command {
    let mut play = command(halter);
    play.arg("play").arg(source).arg("--new-tenant");
    play.arg("--output").arg(folder.join("trace.json"));
    play.env("LHC_API_HOST", "localhost").env("LHC_API_PORT", port.to_string());
    // Whatever else is set up on this machine belongs to another server.
    play.env("HOME", folder).env("LHC_API_PROTOCOL", "PLAINTEXT");
    play
}

fn ends_well(command: &mut std::process::Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(String::from_utf8_lossy(&said).into_owned())
}

fn tell(name: &str, what: Result<(), String>) -> Tally {
    match what {
        Ok(()) => {
            println!("    {name}: the same");
            Tally::passed()
        }
        Err(why) => {
            println!("    {name}: differs\n{why}");
            Tally::failed()
        }
    }
}
