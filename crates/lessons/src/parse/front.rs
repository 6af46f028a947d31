//! The front matter: what a lesson is called, and what it is about.

use halter_engine::Semantics;
use halter_spec::fragment;
use halter_spec::similar;

use super::keys::{self, Keys};
use crate::limits::{MAX_SUMMARY, MAX_TITLE};
use crate::lines::Piece;
use crate::problem::Problem;

/// The line that begins the front matter, and ends it.
const FENCE: &str = "---";

const KEYS: &[&str] = &["title", "summary", "semantics", "example"];

/// The rules by which a lesson can be played.
const SEMANTICS: [&str; 2] = ["documented", "server-1.2"];

/// What the front matter says.
#[derive(Default)]
pub(super) struct Front {
    pub(super) title: Option<String>,
    pub(super) summary: Option<String>,
    /// The documented ones, unless it says others.
    pub(super) semantics: Semantics,
    /// The slug of an example, and its line.
    pub(super) example: Option<(u32, String)>,
    /// Whether it could be read at all: otherwise nobody knows what it does not say.
    pub(super) is_read: bool,
}

/// The front matter, and at which byte the rest begins.
pub(super) fn split(text: &str) -> Result<(Piece, usize), Problem> {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        let begins = at;
        at += line.len();
        (begins, at, line.trim_end())
    });
    let Some((_, inside, FENCE)) = lines.next() else {
        let sentence = "A lesson begins with a line \"---\", below which are its title and its summary, and another such line.";
        return Err(Problem::new(1, sentence));
    };
    let Some((end, behind, _)) = lines.find(|(.., line)| *line == FENCE) else {
        return Err(Problem::new(
            1,
            "The front matter has no end: a second line \"---\" is missing.",
        ));
    };
    let text = text.get(inside..end).unwrap_or_default().to_owned();
    Ok((Piece { line: 2, text }, behind))
}

impl Front {
    pub(super) fn read(piece: &Piece, problems: &mut Vec<Problem>) -> Self {
        let (tree, diagnostics) = fragment::yaml(&piece.in_place());
        let is_broken = tree.is_none() && !diagnostics.is_empty();
        problems.extend(Problem::errors(diagnostics, piece.line));
        let keys = Keys::of(tree.as_ref(), "the front matter", KEYS, 1, problems);
        let Some(keys) = keys.filter(|_| !is_broken) else {
            return Front::default();
        };
        Front {
            title: keys.text("title", MAX_TITLE, problems),
            summary: keys.text("summary", MAX_SUMMARY, problems),
            semantics: semantics(&keys, problems).unwrap_or_default(),
            example: keys
                .get("example")
                .and_then(|entry| Some((entry.key_span.line, keys::word(entry, problems)?))),
            is_read: true,
        }
    }
}

fn semantics(keys: &Keys<'_>, problems: &mut Vec<Problem>) -> Option<Semantics> {
    let entry = keys.get("semantics")?;
    let name = keys::word(entry, problems)?;
    let found = Semantics::from_name(&name);
    if found.is_none() {
        let hint = match similar(&name, SEMANTICS) {
            Some(meant) => format!("Did you mean \"{meant}\"?"),
            None => format!("There are {}.", SEMANTICS.join(" and ")),
        };
        let sentence = format!("There are no semantics \"{name}\". {hint}");
        problems.push(Problem::new(entry.key_span.line, sentence));
    }
    found
}
