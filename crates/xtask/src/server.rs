//! A LittleHorse server of one's own, for as long as the command runs: Kafka and the server under a JDK.

mod kafka;
mod littlehorse;
mod ports;
mod process;

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, While};
use crate::setup;

pub(crate) use ports::Ports;
use process::Process;

/// The release that the recorded traces are of.
pub(crate) const VERSION: &str = "1.2.1";

/// The first of the ports, unless another is asked for: none of LittleHorse's or Kafka's own.
const FIRST_PORT: u16 = 12023;

/// How often is looked whether something is there, or has ended.
const EVERY: Duration = Duration::from_millis(200);

/// How long a server may take until it answers; usually it is a quarter of a minute.
const PATIENCE: Duration = Duration::from_mins(2);

/// Which server, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    version: String,
    port: u16,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Outcome<Self> {
        let mut options = Self { version: VERSION.to_owned(), port: FIRST_PORT };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--server-version" => {
                    options.version =
                        args.next().filter(|version| is_version(version)).cloned().ok_or_else(
                            || {
                                Failure::new("--server-version wants a release of the server")
                                    .fix(format!("--server-version {VERSION}"))
                            },
                        )?;
                }
                "--port" => {
                    options.port = args
                        .next()
                        .and_then(|port| port.parse().ok())
                        .filter(|port| *port <= ports::LAST_FIRST)
                        .ok_or_else(|| {
                            Failure::new(format!(
                                "--port wants a number from 0 to {}",
                                ports::LAST_FIRST
                            ))
                            .fix(format!("--port {FIRST_PORT}, or 0 for ports that are free"))
                        })?;
                }
                other => {
                    return Err(Failure::new(format!("server does not know `{other}`"))
                        .fix("cargo xtask help"));
                }
            }
        }
        Ok(options)
    }
}

/// It becomes the name of a folder, and a word of Maven's.
pub(crate) fn is_version(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
}

/// Runs a server until standard input ends, or this program does.
pub(crate) fn run(options: &Options) -> Outcome {
    setup::for_cluster()?;
    let installed = setup::for_server(&options.version)?;
    let ports = if options.port == 0 { Ports::free()? } else { Ports::from(options.port)? };
    let mut server = Server::start(&installed, ports)?;
    println!("==> LittleHorse {} is at localhost:{}", options.version, ports.grpc);
    println!("    export LHC_API_HOST=localhost LHC_API_PORT={}", ports.grpc);
    println!(
        "    then lhctl and halter talk to it. LittleHorse listens on every address of this machine."
    );
    println!("    Its folder, with the logs, is {}", server.folder.display());
    println!("    Ctrl+C stops it, and so does the end of its standard input.");
    let end = std::thread::spawn(|| {
        let mut stdin = std::io::stdin().lock();
        let mut ignored = [0; 256];
        while stdin.read(&mut ignored).is_ok_and(|read| read > 0) {}
    });
    while !end.is_finished() {
        server.is_well()?;
        std::thread::sleep(EVERY);
    }
    println!("==> Stopping");
    Ok(())
}

/// Kafka and LittleHorse, stopped when this is dropped; if this program ends in another way, they notice.
#[derive(Debug)]
pub(crate) struct Server {
    /// In the order in which they are stopped.
    processes: Vec<Process>,
    pub(crate) folder: PathBuf,
    pub(crate) ports: Ports,
}

impl Server {
    /// Starts both and waits until the server answers.
    pub(crate) fn start(installed: &setup::ForServer, ports: Ports) -> Outcome<Self> {
        let folder = installed.home.join(format!("run-{}", ports.grpc));
        // What another run left behind is another cluster's.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).whilst(|| format!("could not make {}", folder.display()))?;
        println!("==> Starting Kafka and LittleHorse (15 seconds)");
        let started = Instant::now();
        let mut server = Self { processes: Vec::new(), folder, ports };
        server.processes.push(kafka::start(installed, &server.folder, ports)?);
        server.wait_until(|| ports::answers(ports.kafka))?;
        server.processes.insert(0, littlehorse::start(installed, &server.folder, ports)?);
        server.wait_until(|| littlehorse::is_ready(ports.health) && ports::answers(ports.grpc))?;
        println!("    they are there after {:.0} s", started.elapsed().as_secs_f64());
        Ok(server)
    }

    fn wait_until(&mut self, is_there: impl Fn() -> bool) -> Outcome {
        let started = Instant::now();
        while !is_there() {
            self.is_well()?;
            if started.elapsed() > PATIENCE {
                return Err(Failure::new(format!(
                    "nothing answers after {} seconds",
                    PATIENCE.as_secs()
                ))
                .fix(format!("read the logs in {}", self.folder.display())));
            }
            std::thread::sleep(EVERY);
        }
        Ok(())
    }

    /// An error if one of the two has ended by itself.
    pub(crate) fn is_well(&mut self) -> Outcome {
        self.processes.iter_mut().try_for_each(Process::is_well)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let ended_well = self.processes.iter_mut().all(|process| process.is_well().is_ok());
        self.processes.iter_mut().for_each(Process::stop);
        // The logs of what went wrong are worth keeping.
        if ended_well {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST_PORT, Options, VERSION};

    fn parse(args: &[&str]) -> Option<Options> {
        let args: Vec<String> = args.iter().map(ToString::to_string).collect();
        Options::parse(&args).ok()
    }

    #[test]
    fn options_are_read_or_refused() {
        let options = |version: &str, port| Options { version: version.to_owned(), port };
        assert_eq!(parse(&[]), Some(options(VERSION, FIRST_PORT)));
        let given = ["--server-version", "1.3.0-RC1", "--port", "0"];
        assert_eq!(parse(&given), Some(options("1.3.0-RC1", 0)));
        assert_eq!(parse(&["--server-version", "../1"]), None);
        assert_eq!(parse(&["--server-version"]), None);
        assert_eq!(parse(&["--port", "65535"]), None);
        assert_eq!(parse(&["--fast"]), None);
    }
}
