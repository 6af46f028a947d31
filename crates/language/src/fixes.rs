//! Quick fixes: edits that put a diagnostic right. Each is tried before it is offered: the diagnostic is gone with it, and
//! nothing new is wrong.

use halter_spec::limits::MAX_SOURCE_BYTES;
use halter_spec::model::Document;
use halter_spec::{Diagnostic, load, load_script};

use crate::analysis::{Analysis, is_json};
use crate::cst::Cst;
use crate::edit::{Bytes, Edit, apply};

mod interrupts;
mod meant;
mod missing;
mod nodes;
mod paths;
mod removing;
mod search;
mod types;
mod writing;

use search::Search;

/// Edits that put a diagnostic right.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fix {
    /// What it does, as a button says it.
    pub title: String,
    /// What it changes.
    pub edits: Vec<Edit>,
}

/// The fixes of a diagnostic of this text, the most likely first.
#[must_use]
pub fn fixes(text: &str, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixing = Fixing::of(text, load(text).diagnostics, std::slice::from_ref(diagnostic));
    while fixing.try_next() {}
    fixing.found().pop().unwrap_or_default()
}

/// Looks for the fixes of several diagnostics of one text. To try a fix is to read the whole text again: of a large one
/// that takes a tenth of a second, so each is tried by a call of its own.
#[derive(Debug)]
pub struct Fixing {
    text: String,
    /// The document to which the text is a script; none if it is a document itself.
    scripted: Option<Box<Document>>,
    /// All that is wrong with the text.
    before: Vec<Diagnostic>,
    /// Those that fixes are looked for.
    diagnostics: Vec<Diagnostic>,
    /// Fixes that were not tried yet, with the index of their diagnostic; the next is the last.
    untried: Vec<(usize, Fix)>,
    found: Vec<Vec<Fix>>,
    /// What the fixes of the diagnostic that is looked at have made of the text.
    seen: (usize, Vec<String>),
}

impl Fixing {
    /// Gathers what may help; nothing is tried yet. `before` is all that is wrong with the text.
    #[must_use]
    pub fn of(text: &str, before: Vec<Diagnostic>, diagnostics: &[Diagnostic]) -> Self {
        let bytes = Bytes::of(text);
        // Of a text that the reader does not read nothing is known.
        let cst = (text.len() <= MAX_SOURCE_BYTES && !is_json(text)).then(|| Cst::of(text));
        let analysis = cst.as_ref().map(Analysis::of);
        let mut untried: Vec<(usize, Fix)> = Vec::new();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            let mut found = Vec::new();
            if let (Some(cst), Some(analysis)) = (&cst, &analysis) {
                let span = diagnostic.span;
                let from = bytes.at(span.line, span.column);
                let to = bytes.at(span.end_line, span.end_column).max(from);
                let mut search = Search { text, cst, analysis, diagnostic, from, to, found };
                search.all();
                found = search.found;
            }
            untried.extend(found.into_iter().map(|fix| (index, fix)));
        }
        untried.reverse();
        Fixing {
            text: text.to_owned(),
            scripted: None,
            before,
            diagnostics: diagnostics.to_vec(),
            untried,
            found: vec![Vec::new(); diagnostics.len()],
            seen: (0, Vec::new()),
        }
    }

    /// The same for a text that is a script of its own to this document.
    #[must_use]
    pub fn of_script(text: &str, document: &Document, found: &[Diagnostic]) -> Self {
        let scripted = Some(Box::new(document.clone()));
        Fixing { scripted, ..Fixing::of(text, found.to_vec(), found) }
    }

    /// Tries one; false if none is left.
    pub fn try_next(&mut self) -> bool {
        let Some((index, fix)) = self.untried.pop() else {
            return false;
        };
        if self.seen.0 != index {
            self.seen = (index, Vec::new());
        }
        let after = apply(&self.text, &fix.edits);
        let diagnostic = self.diagnostics.get(index);
        let fits = !self.seen.1.contains(&after)
            && diagnostic.is_some_and(|diagnostic| {
                is_better(&self.before, &self.found_in(&after), diagnostic)
            });
        self.seen.1.push(after);
        if let Some(found) = self.found.get_mut(index).filter(|_| fits) {
            found.push(fix);
        }
        true
    }

    fn found_in(&self, text: &str) -> Vec<Diagnostic> {
        match &self.scripted {
            Some(document) => load_script(text, document).err().unwrap_or_default(),
            None => load(text).diagnostics,
        }
    }

    /// Those that help, for each diagnostic, the most likely first.
    #[must_use]
    pub fn found(self) -> Vec<Vec<Fix>> {
        self.found
    }
}

/// Whether the diagnostic is gone, and no other came that was not only hidden.
fn is_better(before: &[Diagnostic], after: &[Diagnostic], diagnostic: &Diagnostic) -> bool {
    let same =
        |other: &&Diagnostic| other.code == diagnostic.code && other.about == diagnostic.about;
    let gone = after.iter().filter(same).count() < before.iter().filter(same).count();
    // The rules are checked only when all can be read.
    let is_rule = |found: &Diagnostic| found.code.is_rule();
    let was_hidden = before.iter().any(|found| found.is_error() && !is_rule(found));
    let is_new = |found: &&Diagnostic| {
        let known = before.iter().any(|old| old.code == found.code && old.about == found.about);
        found.is_error() && !known && !(was_hidden && is_rule(found))
    };
    gone && !after.iter().any(|found| is_new(&found))
}
