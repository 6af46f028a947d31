//! `halter export`: a workflow written as something else.

use std::path::Path;

use halter_export::{Target, export};
use halter_spec::{Diagnostic, load};

use crate::answer::{Answer, NO, OK, UNKNOWN};
use crate::{excerpt, input};

/// Writes a file for a target, to a file or to standard output; complaints go to standard error.
pub(crate) fn run(file: &Path, target: Target, output: Option<&Path>) -> Answer {
    let Ok(text) = input::read(file) else {
        return Answer::unknown();
    };
    let name = input::name(file);
    let loaded = load(&text);
    let Some(document) = loaded.document else {
        return refuse(&name, &text, &loaded.diagnostics);
    };
    let written = match export(&document, target) {
        Ok(written) => written,
        Err(problems) => return refuse(&name, &text, &problems),
    };
    let Some(output) = output.filter(|output| output.as_os_str() != "-") else {
        return Answer { text: written, code: OK };
    };
    match std::fs::write(output, written) {
        Ok(()) => Answer::default(),
        Err(error) => {
            eprintln!("{}: {error}", output.display());
            Answer { text: String::new(), code: UNKNOWN }
        }
    }
}

fn refuse(name: &str, text: &str, problems: &[Diagnostic]) -> Answer {
    anstream::eprint!("{}", excerpt::all(name, text, problems));
    Answer { text: String::new(), code: NO }
}
