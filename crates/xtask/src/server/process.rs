//! A program that does not outlive this one.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::command::command;
use crate::failure::{Failure, Outcome, While};

/// Starts the program that it is given, and ends it as soon as its own standard input ends: however this program comes to
/// its end, killed or not, the system closes the pipe. Ctrl+C reaches every program of a terminal; the order of stopping is ours.
const KEEPER: &str = r#"
trap '' INT HUP
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
{
    cat <&3 >/dev/null
    kill "$child"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        sleep 1
        kill -0 "$child" || exit
    done
    kill -9 "$child"
} 2>/dev/null &
exec 3<&-
wait "$child"
"#;

/// A program that runs, and where it says what it does.
#[derive(Debug)]
pub(super) struct Process {
    name: &'static str,
    keeper: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a command; what it says goes into the file.
    pub(super) fn start(name: &'static str, what: &Command, log: PathBuf) -> Outcome<Self> {
        let writing = || format!("could not write {}", log.display());
        let out = File::create(&log).whilst(writing)?;
        let errors = out.try_clone().whilst(writing)?;
        let mut keeper = command("sh");
        keeper.args(["-c", KEEPER, "sh"]).arg(what.get_program()).args(what.get_args());
        keeper.envs(what.get_envs().filter_map(|(name, value)| Some((name, value?))));
        keeper.stdin(Stdio::piped()).stdout(out).stderr(errors);
        let keeper = keeper.spawn().whilst(|| format!("could not start {name} by sh"))?;
        Ok(Self { name, keeper, log })
    }

    /// An error if it has ended by itself.
    pub(super) fn is_well(&mut self) -> Outcome {
        match self.keeper.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(Failure::new(format!("{} ended with {status}", self.name))
                .fix(format!("read {}", self.log.display()))),
            Err(error) => Err(Failure::new(format!("could not look after {}: {error}", self.name))),
        }
    }

    /// Ends it, and waits for that.
    pub(super) fn stop(&mut self) {
        drop(self.keeper.stdin.take());
        // It has ended already, or ends now.
        let _ = self.keeper.wait();
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Process;
    use crate::command::command;

    #[test]
    fn a_program_is_ended_and_one_that_ends_by_itself_is_noticed() {
        let folder = std::env::temp_dir().join(format!("xtask-process-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let start = |line: &str, log: &str| {
            let mut what = command("sh");
            Process::start("it", what.args(["-c", line]), folder.join(log)).unwrap()
        };
        let mut runs = start("echo started; exec sleep 60", "runs.log");
        assert!(runs.is_well().is_ok());
        let mut ends = start("exit 3", "ends.log");
        let began = Instant::now();
        while ends.is_well().is_ok() && began.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(ends.is_well().unwrap_err().to_string().contains("it ended with exit status: 3"));
        runs.stop();
        assert!(began.elapsed() < Duration::from_secs(40));
        let said = std::fs::read_to_string(folder.join("runs.log")).unwrap();
        assert!(said.starts_with("started\n"), "{said}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
