//! What a command has to say, and how it ends.

use std::io::{self, ErrorKind, Write as _};
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
