//! From a text to a lesson. Reading goes on after a mistake, so that one look shows them all.

mod front;
mod keys;
mod markdown;
mod task;

use std::sync::Arc;

use halter_session::Sitting;
use halter_spec::similar;

use crate::lesson::{Lesson, Page, Task};
use crate::limits::{MAX_LESSON_BYTES, MAX_PAGES, MAX_PROBLEMS};
use crate::lines::{Lines, Piece};
use crate::problem::Problem;

use front::Front;
use markdown::Body;

/// An example that a lesson can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example<'e> {
    /// What it is called in a lesson.
    pub slug: &'e str,
    /// Its source.
    pub source: &'e str,
}

/// Reads a lesson; `examples` are those that it can be about.
///
/// # Errors
/// All that is wrong with it, in the order of the text.
pub fn parse(text: &str, examples: &[Example<'_>]) -> Result<Lesson, Vec<Problem>> {
    if text.len() > MAX_LESSON_BYTES {
        let sentence =
            format!("This text has {} bytes; a lesson has at most {MAX_LESSON_BYTES}.", text.len());
        return Err(vec![Problem::new(1, sentence)]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut problems = Vec::new();
    let lines = Lines::of(text);
    let (front, body) = front::split(text).map_err(|problem| vec![problem])?;
    let front = Front::read(&front, &mut problems);
    let body = Body::read(text, body, &lines, &mut problems);
    let lesson = lesson(front, body, examples, &mut problems);
    if let Some(lesson) = lesson.filter(|_| problems.is_empty()) {
        return Ok(lesson);
    }
    problems.sort();
    problems.dedup();
    problems.truncate(MAX_PROBLEMS);
    Err(problems)
}

fn lesson(
    front: Front,
    body: Body,
    examples: &[Example<'_>],
    problems: &mut Vec<Problem>,
) -> Option<Lesson> {
    if body.pages.is_empty() {
        problems.push(Problem::new(1, "A lesson has pages: begin one with \"## Heading\"."));
    }
    if let Some(page) = body.pages.get(MAX_PAGES) {
        problems.push(Problem::new(page.line, format!("A lesson has at most {MAX_PAGES} pages.")));
    }
    let chosen = source(&front, body.sources, examples, problems);
    let sitting = chosen.as_ref().and_then(|chosen| {
        let document = chosen.load(problems)?;
        let sitting = Sitting::new(Arc::new(document), front.semantics);
        sitting.map_err(|error| problems.push(Problem::new(chosen.piece.line, error.0))).ok()
    });
    let pages = body.pages.into_iter().map(|page| {
        let mut blocks = page.blocks.into_iter();
        let first = blocks.next();
        for more in blocks {
            let sentence = "A page has one block \"lesson\": put this one on a page of its own.";
            problems.push(Problem::new(more.line, sentence));
        }
        let (play, task) = first
            .map_or((None, Task::Read), |block| task::read(&block, sitting.as_ref(), problems));
        Page { line: page.line, heading: page.heading, text: page.text, play, task }
    });
    let pages = pages.collect();
    let chosen = chosen?;
    Some(Lesson {
        title: front.title?,
        summary: front.summary?,
        semantics: front.semantics,
        example: chosen.example,
        source: chosen.piece.text,
        document: Arc::clone(sitting?.document()),
        pages,
        source_line: chosen.piece.line,
    })
}

/// The source that a lesson is about.
struct Chosen {
    /// The example that it is of.
    example: Option<String>,
    /// The source, and the line at which it begins or the example is named.
    piece: Piece,
}

/// Of an example and a source of its own, the one that a lesson has.
fn source(
    front: &Front,
    sources: Vec<Piece>,
    examples: &[Example<'_>],
    problems: &mut Vec<Problem>,
) -> Option<Chosen> {
    let mut sources = sources.into_iter();
    let own = sources.next();
    for more in sources {
        problems.push(Problem::new(more.line, "A lesson has one source: this is the second."));
    }
    match (&front.example, own) {
        (None, None) if !front.is_read => None,
        (None, None) => {
            let sentence = "A lesson needs \"example\", or a block \"halter\" with a source of its own before the first page.";
            problems.push(Problem::new(1, sentence));
            None
        }
        (Some(_), Some(own)) => {
            let sentence = "A lesson has \"example\" or a source of its own, not both.";
            problems.push(Problem::new(own.line, sentence));
            None
        }
        (None, Some(piece)) => Some(Chosen { example: None, piece }),
        (Some((line, slug)), None) => {
            if let Some(found) = examples.iter().find(|example| example.slug == slug) {
                let piece = Piece { line: *line, text: found.source.to_owned() };
                return Some(Chosen { example: Some(slug.clone()), piece });
            }
            let meant = similar(slug, examples.iter().map(|example| example.slug));
            let meant =
                meant.map_or_else(String::new, |meant| format!(" Did you mean \"{meant}\"?"));
            problems.push(Problem::new(*line, format!("There is no example \"{slug}\".{meant}")));
            None
        }
    }
}

impl Chosen {
    /// What the source says, if it has no errors.
    fn load(&self, problems: &mut Vec<Problem>) -> Option<halter_spec::model::Document> {
        let loaded = halter_spec::load(&self.piece.text);
        if loaded.document.is_some() {
            return loaded.document;
        }
        if let Some(example) = &self.example {
            let sentence = format!("The example \"{example}\" has errors.");
            problems.push(Problem::new(self.piece.line, sentence));
        } else {
            // Once more, to hear the lines of the lesson's text.
            let loaded = halter_spec::load(&self.piece.in_place());
            problems.extend(Problem::errors(loaded.diagnostics, self.piece.line));
        }
        None
    }
}
