//! Reading what was named on the command line.

use std::io::{self, Read};
use std::path::Path;

/// Bytes of a file that are read; the reader of sources refuses what is longer than its own limit.
const MAX_BYTES: u64 = 64 << 20;

/// The text of a file, or of standard input for `-`. Says why, if it can't be read.
pub(crate) fn read(file: &Path) -> Result<String, ()> {
    let mut bytes = Vec::new();
    let read = if is_standard_input(file) {
        io::stdin().take(MAX_BYTES).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|f| f.take(MAX_BYTES).read_to_end(&mut bytes))
    };
    match read.map(|_| String::from_utf8(bytes)) {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(_)) => {
            eprintln!("{}: it is no text in UTF-8", name(file));
            Err(())
        }
        Err(error) => {
            eprintln!("{}: {error}", name(file));
            Err(())
        }
    }
}

/// How a file is called in what is printed.
pub(crate) fn name(file: &Path) -> String {
    if is_standard_input(file) { "<stdin>".to_owned() } else { file.display().to_string() }
}

fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}
