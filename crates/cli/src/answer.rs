//! What a command has to say, and how it ends.

use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// All is well.
pub(crate) const OK: u8 = 0;
/// The answer is no: there are errors, differences, commands that can't be read.
pub(crate) const NO: u8 = 1;
/// There is no answer: something can't be read or written.
pub(crate) const UNKNOWN: u8 = 2;

/// What a command prints, with colours, and its exit code.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) code: u8,
}

impl Answer {
    /// An answer without text, because something can't be read; the reason was told already.
    pub(crate) fn unknown() -> Answer {
        Answer { text: String::new(), code: UNKNOWN }
    }

    /// What was written goes to this file; to standard output, if there is none or it is `-`.
    pub(crate) fn written(text: String, output: Option<&Path>) -> Answer {
        let Some(output) = output.filter(|output| output.as_os_str() != "-") else {
            return Answer { text, code: OK };
        };
        match std::fs::write(output, text) {
            Ok(()) => Answer::default(),
            Err(error) => {
                eprintln!("{}: {error}", output.display());
                Answer::unknown()
            }
        }
    }

    /// Nothing but what is asked for goes to standard output: why there is none is told on standard error.
    pub(crate) fn refused(why: &str) -> Answer {
        anstream::eprint!("{why}");
        Answer { text: String::new(), code: NO }
    }

    /// Prints it; colours only where a terminal shows them and nobody asked for none (NO_COLOR).
    pub(crate) fn give(self) -> ExitCode {
        let mut out = anstream::stdout();
        match out.write_all(self.text.as_bytes()).and_then(|()| out.flush()) {
            // Who closes the pipe, such as `head`, has read enough.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => complain(&error),
            _ => ExitCode::from(self.code),
        }
    }
}

fn complain(error: &io::Error) -> ExitCode {
    eprintln!("it can't be printed: {error}");
    ExitCode::from(UNKNOWN)
}
