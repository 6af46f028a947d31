//! Names: where they are declared and used, and renaming them.

use halter_spec::grammar::NameKind;
use halter_spec::{Code, load};

use crate::analysis::{Analysis, Name, Use, is_json};
use crate::cst::Cst;
use crate::edit::{Edit, Span, apply, clamp};

/// Why something can't be renamed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub enum RenameError {
    /// At that place stands nothing that has a name.
    Nothing,
    /// The text is LittleHorse's JSON.
    Json,
    /// The new name is none that it could have.
    Invalid(String),
    /// Something else is called so.
    Taken(String),
    /// The workflow would not mean the same any more.
    Meaning(String),
}

impl std::fmt::Display for RenameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            RenameError::Nothing => "Here stands nothing that can be renamed.",
            RenameError::Json => {
                "This is LittleHorse's JSON: turn it into source first, then rename."
            }
            RenameError::Invalid(why) | RenameError::Taken(why) | RenameError::Meaning(why) => why,
        })
    }
}

impl std::error::Error for RenameError {}

fn name_at(analysis: &Analysis<'_>, offset: usize) -> Option<(Span, Name)> {
    analysis
        .names()
        .filter(|(spot, _, _)| spot.from <= offset && offset <= spot.to)
        .min_by_key(|(spot, _, _)| (spot.to - spot.from, spot.to == offset))
        .map(|(spot, name, _)| {
            let span = Span { from: spot.from, to: spot.to };
            (span, name.clone())
        })
}

/// Where the name at an offset is declared.
#[must_use]
pub fn definition(text: &str, offset: usize) -> Option<Span> {
    let cst = Cst::of(text);
    let analysis = Analysis::of(&cst);
    let (_, name) = name_at(&analysis, clamp(text, offset))?;
    let (from, to) = analysis.declaration(&name)?;
    Some(Span { from, to })
}

/// Every place of the name at an offset, where it is declared and where it is used, in order.
#[must_use]
pub fn references(text: &str, offset: usize) -> Vec<Span> {
    let cst = Cst::of(text);
    let analysis = Analysis::of(&cst);
    match name_at(&analysis, clamp(text, offset)) {
        Some((_, name)) => spans(&analysis, &name),
        None => Vec::new(),
    }
}

fn spans(analysis: &Analysis<'_>, wanted: &Name) -> Vec<Span> {
    let mut found: Vec<Span> = analysis
        .names()
        .filter(|(_, name, _)| *name == wanted)
        .map(|(spot, _, _)| Span { from: spot.from, to: spot.to })
        .collect();
    found.dedup();
    found
}

/// The name at an offset, if it can be renamed: where it stands, and what it is.
#[must_use]
pub fn rename_range(text: &str, offset: usize) -> Option<(Span, NameKind)> {
    let cst = Cst::of(text);
    let analysis = Analysis::of(&cst);
    let (span, name) = name_at(&analysis, clamp(text, offset))?;
    can_rename(&name).ok()?;
    Some((span, name.kind))
}

fn can_rename(name: &Name) -> Result<(), RenameError> {
    if name.name == "INPUT" && name.kind == NameKind::Variable {
        let why = "INPUT is LittleHorse's own name for what a thread is given.";
        return Err(RenameError::Meaning(why.to_owned()));
    }
    Ok(())
}

/// The edits that call what stands at an offset by another name, everywhere.
///
/// # Errors
/// If nothing with a name stands there, the new name can't be used, or the workflow would mean something else.
pub fn rename(text: &str, offset: usize, new_name: &str) -> Result<Vec<Edit>, RenameError> {
    if is_json(text) {
        return Err(RenameError::Json);
    }
    let cst = Cst::of(text);
    let analysis = Analysis::of(&cst);
    let (_, name) = name_at(&analysis, clamp(text, offset)).ok_or(RenameError::Nothing)?;
    can_rename(&name)?;
    if name.name == new_name {
        return Ok(Vec::new());
    }
    valid(name.kind, new_name)?;
    taken(&analysis, &name, new_name)?;
    let edits: Vec<Edit> = spans(&analysis, &name)
        .into_iter()
        .map(|span| Edit::replace(span.from, span.to, new_name))
        .collect();
    same_meaning(text, &edits, &name, new_name)?;
    Ok(edits)
}

/// Words that stand for something else where a name may stand.
const RESERVED: [&str; 6] = ["INPUT", "output", "size", "format", "true", "false"];

fn valid(kind: NameKind, name: &str) -> Result<(), RenameError> {
    let refuse = |why: String| Err(RenameError::Invalid(why));
    let all = |allowed: fn(char) -> bool| !name.is_empty() && name.chars().all(allowed);
    let is_plain = crate::expression::name_length(name) == name.len() && !name.is_empty();
    let begins_with_letter = name.starts_with(|first: char| first.is_alphabetic());
    match kind {
        NameKind::Event
        | NameKind::Task
        | NameKind::UserTask
        | NameKind::WorkflowEvent
        | NameKind::Failure => {
            let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if !all(|c| c.is_ascii_alphanumeric() || c == '-')
                || !edge(name.chars().next())
                || !edge(name.chars().next_back())
            {
                return refuse(format!(
                    "The name of a {} has letters, digits and dashes, not \"{name}\".",
                    kind.word()
                ));
            }
        }
        NameKind::Node => {
            if !all(|c| c.is_alphanumeric() || c == '-' || c == '_') || name.starts_with('-') {
                return refuse(format!("\"{name}\" is no name of a node."));
            }
        }
        _ => {
            if !is_plain {
                return refuse(format!(
                    "The name of a {} has letters, digits, underscores and single dashes, not \"{name}\".",
                    kind.word()
                ));
            }
        }
    }
    if RESERVED.contains(&name) || name == "null" {
        return refuse(format!("\"{name}\" means something else already."));
    }
    if !begins_with_letter && name.parse::<f64>().is_ok() {
        return refuse(format!("\"{name}\" is a number, no name."));
    }
    if kind == NameKind::Failure && halter_spec::grammar::failures().any(|(known, _)| known == name)
    {
        return refuse(format!("\"{name}\" is LittleHorse's own name of a failure."));
    }
    Ok(())
}

fn taken(analysis: &Analysis<'_>, old: &Name, new_name: &str) -> Result<(), RenameError> {
    // These can be meant by the same words: in `wait-for-threads`, and in `$output(…)`.
    let threads = [NameKind::Thread, NameKind::Variable];
    let outputs =
        [NameKind::Label, NameKind::Task, NameKind::Event, NameKind::UserTask, NameKind::Thread];
    let in_one_namespace = |other: NameKind| {
        other == old.kind
            || (threads.contains(&old.kind) && threads.contains(&other))
            || (outputs.contains(&old.kind)
                && outputs.contains(&other)
                && (old.kind == NameKind::Label || other == NameKind::Label))
    };
    let clash = analysis.names().find(|(_, name, _)| {
        let same_owner = name.owner == old.owner || name.owner.is_empty() || old.owner.is_empty();
        name.name == new_name && in_one_namespace(name.kind) && same_owner
    });
    match clash {
        Some((spot, name, _)) => Err(RenameError::Taken(format!(
            "There is a {} \"{new_name}\" already, on line {}.",
            name.kind.word(),
            analysis.cst.line_of(spot.from) + 1
        ))),
        None => Ok(()),
    }
}

/// Whether the same is right and wrong afterwards, and the way back leads to the same text.
fn same_meaning(text: &str, edits: &[Edit], old: &Name, new_name: &str) -> Result<(), RenameError> {
    let after = apply(text, edits);
    let codes = |text: &str| -> Vec<Code> {
        let mut codes: Vec<_> = load(text).diagnostics.iter().map(|found| found.code).collect();
        codes.sort_unstable();
        codes
    };
    let cst = Cst::of(&after);
    let analysis = Analysis::of(&cst);
    let count = analysis
        .names()
        .filter(|(_, name, usage)| {
            name.kind == old.kind
                && name.name == new_name
                && matches!(usage, Use::Declares | Use::Uses)
        })
        .map(|(spot, _, _)| (spot.from, spot.to))
        .collect::<std::collections::HashSet<_>>()
        .len();
    if count != edits.len() || codes(text) != codes(&after) {
        return Err(RenameError::Meaning(format!(
            "With the name \"{new_name}\" the workflow would not mean the same any more."
        )));
    }
    Ok(())
}
