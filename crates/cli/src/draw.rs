//! `halter draw`: a moment of a run as a picture, by the same code as the page.

use std::path::Path;

use halter_engine::Semantics;
use halter_picture::svg::{self, Parts, Theme};

use crate::answer::Answer;
use crate::play::Play;

/// Draws the state after so many steps, or after the last, to a file or to standard output.
pub(crate) fn run(
    file: &Path,
    script: Option<&Path>,
    semantics: Semantics,
    at: Option<usize>,
    (parts, theme): (Parts, Theme),
    output: Option<&Path>,
) -> Answer {
    let mut play = match Play::of(file, script, semantics) {
        Ok(play) => play,
        Err(answer) => {
            // Nothing but a picture goes to where the picture is expected.
            anstream::eprint!("{}", answer.text);
            return Answer { text: String::new(), code: answer.code };
        }
    };
    let steps = play.sitting.steps().len();
    let at = at.unwrap_or(steps);
    if let Some(why) = play.played.err().filter(|_| at >= steps) {
        return Answer::refused(&format!("{why}\n"));
    }
    if at > steps {
        return Answer::refused(&format!("there is no step {at}: the script has {steps}\n"));
    }
    play.sitting.go_to(at);
    Answer::written(svg::draw(&play.sitting, parts, theme), output)
}
