//! What the editor asks, answered by `halter-language`: its bytes become UTF-16 offsets here.

use halter_engine::rules::RULES;
use halter_language as language;
use halter_language::Offsets;
use serde::Serialize;

use super::codemirror::Edit;

/// A part of the text, in UTF-16 offsets.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Range {
    from: usize,
    to: usize,
}

/// What could stand at the caret.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Options {
    from: usize,
    to: usize,
    #[serde(rename = "options")]
    choices: Vec<Choice>,
}

/// One of the [`Options`].
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Choice {
    label: String,
    kind: &'static str,
    detail: String,
    info: String,
    insert: String,
    /// The part of `insert` that is selected then.
    select: Range,
}

/// What stands at a place.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Card {
    from: usize,
    to: usize,
    title: String,
    text: String,
    rules: Vec<RuleLink>,
}

/// A rule, and where LittleHorse tells of it.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct RuleLink {
    id: &'static str,
    sentence: &'static str,
    link: &'static str,
}

/// A name that can be changed.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Named {
    from: usize,
    to: usize,
    name: String,
    what: String,
}

/// Edits, or why there are none.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Edits {
    Edits(Vec<Edit>),
    Error(String),
}

impl Default for Edits {
    fn default() -> Self {
        Edits::Edits(Vec::new())
    }
}

/// What the editor asks. It is fetched late (decision 023).
pub(crate) struct Service {
    pub(super) complete: fn(&str, usize, bool) -> Option<Options>,
    pub(super) hover: fn(&str, usize) -> Option<Card>,
    pub(super) definition: fn(&str, usize) -> Option<Range>,
    pub(super) renameable: fn(&str, usize) -> Option<Named>,
    pub(super) rename: fn(&str, usize, &str) -> Edits,
    pub(super) format: fn(&str) -> Vec<Edit>,
    pub(super) tokens: fn(&str) -> Vec<u32>,
}

pub(crate) static SERVICE: Service =
    Service { complete, hover, definition, renameable, rename, format, tokens };

fn complete(text: &str, at: usize, asked: bool) -> Option<Options> {
    let offsets = Offsets::new(text);
    let found = language::complete(text, offsets.byte(at), asked);
    if found.items.is_empty() {
        return None;
    }
    let choices = found.items.into_iter().map(|item| {
        let inserted = Offsets::new(&item.insert);
        let select =
            Range { from: inserted.utf16(item.select.0), to: inserted.utf16(item.select.1) };
        Choice {
            label: item.label,
            kind: word(item.kind),
            detail: item.detail,
            info: item.documentation,
            insert: item.insert,
            select,
        }
    });
    Some(Options {
        from: offsets.utf16(found.from),
        to: offsets.utf16(found.to),
        choices: choices.collect(),
    })
}

fn word(kind: language::CompletionKind) -> &'static str {
    use language::CompletionKind as K;
    match kind {
        K::Key => "key",
        K::Statement => "step",
        K::Command => "command",
        K::Type => "type",
        K::Word => "value",
        K::Function => "function",
        K::Operator => "operator",
        K::Path => "path",
        K::Name(kind) => kind.word(),
    }
}

fn hover(text: &str, at: usize) -> Option<Card> {
    let offsets = Offsets::new(text);
    let found = language::hover(text, offsets.byte(at))?;
    let rules = RULES.iter().filter(|rule| found.rules.contains(&rule.id));
    let rules =
        rules.map(|rule| RuleLink { id: rule.id, sentence: rule.sentence, link: rule.link });
    Some(Card {
        from: offsets.utf16(found.span.from),
        to: offsets.utf16(found.span.to),
        title: found.title,
        text: found.text,
        rules: rules.collect(),
    })
}

fn definition(text: &str, at: usize) -> Option<Range> {
    let offsets = Offsets::new(text);
    let span = language::definition(text, offsets.byte(at))?;
    Some(Range { from: offsets.utf16(span.from), to: offsets.utf16(span.to) })
}

fn renameable(text: &str, at: usize) -> Option<Named> {
    let offsets = Offsets::new(text);
    let (span, kind) = language::rename_range(text, offsets.byte(at))?;
    let name = text.get(span.from..span.to)?.to_owned();
    Some(Named {
        from: offsets.utf16(span.from),
        to: offsets.utf16(span.to),
        what: format!("{} {name}", kind.word()),
        name,
    })
}

fn rename(text: &str, at: usize, name: &str) -> Edits {
    let offsets = Offsets::new(text);
    match language::rename(text, offsets.byte(at), name) {
        Ok(edits) => Edits::Edits(in_utf16(&offsets, &edits)),
        Err(why) => Edits::Error(why.to_string()),
    }
}

/// The edits that format the text; none where it can't be read, or is formatted already.
fn format(text: &str) -> Vec<Edit> {
    to_edits(text, &language::format(text))
}

/// Edits of a text, as the editor takes them.
pub(super) fn to_edits(text: &str, edits: &[language::Edit]) -> Vec<Edit> {
    in_utf16(&Offsets::new(text), edits)
}

/// Edits of the text that these offsets are of, as the editor takes them.
pub(super) fn in_utf16(offsets: &Offsets<'_>, edits: &[language::Edit]) -> Vec<Edit> {
    let edits = edits.iter().map(|edit| Edit {
        from: offsets.utf16(edit.from),
        to: offsets.utf16(edit.to),
        insert: edit.insert.clone(),
    });
    edits.collect()
}

/// Words that mean something: where each begins, where it ends, and twice its kind, one more where a name is declared.
fn tokens(text: &str) -> Vec<u32> {
    let offsets = Offsets::new(text);
    let tokens = language::tokens(text).into_iter();
    let numbers = tokens.flat_map(|token| {
        let kind = token.kind as u32 * 2 + u32::from(token.declares);
        [offsets.utf16(token.from) as u32, offsets.utf16(token.to) as u32, kind]
    });
    numbers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# 🐴\nworkflow: w\ntasks: [tränken]\nthreads:\n  main:\n    - task: tränken\n    - sle";

    fn at(needle: &str) -> usize {
        TEXT.split(needle).next().unwrap_or_default().encode_utf16().count()
    }

    fn cut(range: &Range) -> String {
        let units: Vec<u16> = TEXT.encode_utf16().collect();
        String::from_utf16_lossy(&units[range.from..range.to])
    }

    #[test]
    fn places_are_told_in_utf16_behind_wide_letters() {
        let use_at = at("- task") + "- task: t".len();
        let place = definition(TEXT, use_at).unwrap();
        assert_eq!(cut(&place), "tränken");
        assert!(place.from < at("threads"));
        let named = renameable(TEXT, use_at).unwrap();
        assert_eq!((named.name.as_str(), named.what.as_str()), ("tränken", "task tränken"));
        let Edits::Edits(edits) = rename(TEXT, use_at, "feed") else {
            panic!("it can be renamed");
        };
        let cuts = edits.iter().map(|e| cut(&Range { from: e.from, to: e.to }));
        assert_eq!(cuts.collect::<Vec<_>>(), ["tränken", "tränken"]);
        assert!(matches!(rename(TEXT, use_at, "no good:"), Edits::Error(_)));
    }

    #[test]
    fn completion_replaces_the_word_that_was_begun() {
        let end = TEXT.encode_utf16().count();
        let found = complete(TEXT, end, false).unwrap();
        assert_eq!(cut(&Range { from: found.from, to: found.to }), "sle");
        let sleep = found.choices.iter().find(|option| option.label == "sleep").unwrap();
        assert_eq!(sleep.kind, "step");
        assert!(sleep.insert.starts_with("sleep:"));
    }
}
