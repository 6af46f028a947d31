//! `halter mdbook`: a preprocessor for mdBook, which makes playgrounds of fences called `halter`.

mod book;
mod chapter;
mod embed;
mod fence;
mod picture;

use std::path::Path;

use crate::answer::{Answer, NO, OK};
use crate::arguments::MdbookQuestion;
use crate::input;

/// The one renderer that makes pages in which something can be played.
const RENDERER: &str = "html";

/// Answers mdBook's question, or takes a book from standard input and gives it back.
pub(crate) fn run(question: Option<&MdbookQuestion>) -> Answer {
    match question {
        Some(MdbookQuestion::Supports { renderer }) => {
            let code = if renderer == RENDERER { OK } else { NO };
            Answer { text: String::new(), code }
        }
        None => {
            let Ok(text) = input::read(Path::new("-")) else {
                return Answer::unknown();
            };
            match book::process(&text) {
                Ok(text) => Answer { text, code: OK },
                Err(problems) => {
                    anstream::eprintln!("{}", problems.join("\n"));
                    Answer { text: String::new(), code: NO }
                }
            }
        }
    }
}
