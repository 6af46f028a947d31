//! The picture that is there until the playground is.

use halter_picture::svg::{self, Parts, Theme};

use super::fence::Fence;
use crate::arguments::SemanticsName;
use crate::play::Play;

/// What the embedded page shows if no step is asked for: the workflow was run.
const FIRST: usize = 1;

/// Draws the moment that a fence shows, as SVG; or says why it can't.
pub(super) fn draw(source: &str, fence: &Fence) -> Result<String, String> {
    let semantics = fence.semantics.unwrap_or(SemanticsName::Documented);
    let mut play = Play::of_text("the workflow", source.to_owned(), None, semantics.into())
        .map_err(|answer| format!("its picture could not be drawn:\n{}", answer.text))?;
    let (at, steps) = (fence.step.unwrap_or(FIRST), play.sitting.steps().len());
    if at > steps {
        let why = play.played.err().unwrap_or_else(|| format!("the script has {steps}"));
        return Err(format!("its picture could not be drawn: there is no step {at}: {why}"));
    }
    play.sitting.go_to(at);
    let theme = match fence.theme {
        Some(theme) => theme.into(),
        None => Theme::Auto,
    };
    Ok(svg::draw(&play.sitting, Parts::Graph, theme))
}
