//! `halter man`: the manual, from the same definitions as the help.

use clap::CommandFactory;

use crate::answer::{Answer, NO, OK, UNKNOWN};
use crate::arguments::Arguments;

/// The page of Halter, or of one of its commands.
pub(crate) fn run(command: Option<&str>) -> Answer {
    let mut halter = Arguments::command();
    halter.build();
    let page = match command {
        None => Some(&halter),
        Some(name) => halter.find_subcommand(name),
    };
    let Some(page) = page else {
        eprintln!("there is no such command: see halter --help");
        return Answer { text: String::new(), code: NO };
    };
    let mut roff = Vec::new();
    match clap_mangen::Man::new(page.clone()).render(&mut roff) {
        Ok(()) => Answer { text: String::from_utf8_lossy(&roff).into_owned(), code: OK },
        Err(error) => {
            eprintln!("{error}");
            Answer { text: String::new(), code: UNKNOWN }
        }
    }
}
