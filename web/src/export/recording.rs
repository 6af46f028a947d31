//! The run as a film: a picture for each moment that changes something, from the beginning to the last step.

use std::rc::Rc;

use halter_picture::svg;

use super::picture::Picture;
use crate::model::Play;

/// A picture, and how long it is seen.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(super) svg: Rc<str>,
    /// In milliseconds.
    pub(super) ms: u32,
}

/// A film's frames, and the colour around them.
#[derive(Debug, Clone)]
pub(crate) struct Film {
    pub(super) frames: Vec<Frame>,
    pub(super) ground: &'static str,
}

/// Most pictures of a film: of a longer run its first steps are seen.
const MOST: usize = 150;
/// How long one is seen within a step and at a step's end, in milliseconds; in a long film less, down to the shortest.
const WITHIN_MS: u32 = 700;
const END_MS: u32 = 1_500;
const SHORTEST_MS: u32 = 250;
/// How long a film may be, if its pictures are not the shortest.
const LONGEST_MS: u32 = 60_000;

/// The film of all steps.
pub(super) fn film(picture: Picture, play: &Play, is_dark: bool) -> Film {
    let picture = picture.fixed(is_dark);
    let mut sitting = play.sitting.clone();
    let mut frames: Vec<Frame> = Vec::new();
    for step in 0..=play.sitting.steps().len() {
        sitting.go_to(step);
        sitting.look_at(0);
        while frames.len() < MOST {
            let within = sitting.moment().is_some();
            let svg = picture.draw_of(play, &sitting);
            let ms = if within { WITHIN_MS } else { END_MS };
            match frames.last_mut() {
                Some(last) if *last.svg == *svg => last.ms = last.ms.max(ms),
                _ => frames.push(Frame { svg: svg.into(), ms }),
            }
            if !within {
                break;
            }
            sitting.look_further();
        }
    }
    let all: u32 = frames.iter().map(|frame| frame.ms).sum();
    if all > LONGEST_MS {
        for frame in &mut frames {
            frame.ms = (frame.ms * (LONGEST_MS / 1_000) / (all / 1_000).max(1)).max(SHORTEST_MS);
        }
    }
    Film { frames, ground: svg::ground(picture.ground) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use halter_engine::semantics::Semantics;
    use halter_session::{Sitting, guide};

    use super::{LONGEST_MS, Picture, film};
    use crate::examples::{EXAMPLES, index_of};
    use crate::model::Play;

    #[test]
    fn a_film_shows_what_halts_in_turn_and_is_not_endless() {
        let example = &EXAMPLES[index_of("parent-with-children").expect("the example")];
        let document = halter_spec::load(example.source).document.expect("a document");
        let mut sitting =
            Sitting::new(Arc::new(document), Semantics::DOCUMENTED).expect("a sitting");
        while let Some(command) = guide::next_in_script(&sitting) {
            sitting.take(command);
        }
        let film = film(Picture::default(), &Play::new(sitting, 0.0), false);
        let steps = 8;
        assert!(film.frames.len() > 2 * steps, "{}", film.frames.len());
        let first = |word: &str| film.frames.iter().position(|frame| frame.svg.contains(word));
        assert!(first(">HALTING<") < first(">HALTED<"), "a thread halts before it is HALTED");
        assert!(film.frames.windows(2).all(|pair| pair[0].svg != pair[1].svg));
        assert!(film.frames.iter().map(|frame| frame.ms).sum::<u32>() <= LONGEST_MS + 1_000);
        assert_eq!(film.ground, "#f3f5f8");
    }
}
