//! From a text to a document: find out the format, read, validate.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::implied;
use crate::lhctl;
use crate::limits::{MAX_DIAGNOSTICS, MAX_SOURCE_BYTES};
use crate::model::Document;
use crate::place::Span;
use crate::proto_json::Reader;
use crate::size;
use crate::source;
use crate::tree;
use crate::validate::validate;

/// What came of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The document, if no diagnostic is an error.
    pub document: Option<Document>,
    /// What is wrong or odd, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// How the text was read.
    pub format: Format,
}

/// The formats that [`load`] reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Format {
    /// The readable YAML source.
    Source,
    /// `LittleHorse`'s `PutWfSpecRequest` as JSON; also a recorded trace, with its definitions and its commands.
    PutWfSpecRequest,
    /// `LittleHorse`'s `WfSpec` as JSON, as `lhctl get wfSpec` prints it.
    WfSpec,
}

/// Reads a text of any format and validates what it says.
pub fn load(text: &str) -> Loaded {
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    let format = if is_json { Format::PutWfSpecRequest } else { Format::Source };
    if let Some(diagnostic) = too_large(text) {
        return Loaded { document: None, diagnostics: vec![diagnostic], format };
    }
    if is_json { load_json(text) } else { load_source(text) }
}

/// Reads a source without asking whether what it says is right: what could be read of it.
#[must_use]
pub fn read_source(text: &str) -> Document {
    let tree = if too_large(text).is_none() { tree::yaml::parse(text).0 } else { None };
    tree.map(|tree| source::read(&tree).0).unwrap_or_default()
}

/// Reads a script that stands in a text of its own: a list of commands as below `script:`, in YAML or JSON.
/// `document` has the definitions that they refer to.
///
/// # Errors
/// What is wrong with it, in the order of the text.
pub fn load_script(
    text: &str,
    document: &Document,
) -> Result<Vec<serde_json::Value>, Vec<Diagnostic>> {
    if let Some(diagnostic) = too_large(text) {
        return Err(vec![diagnostic]);
    }
    // YAML reads most of JSON, but no tabs: strict JSON comes first.
    let (tree, mut diagnostics) = match tree::json::parse(text) {
        Ok(tree) => (Some(tree), Vec::new()),
        Err(_) => tree::yaml::parse(text),
    };
    let mut script = Vec::new();
    if let Some(tree) = tree {
        tree.report_duplicates(&mut diagnostics);
        let (commands, mut problems) = source::read_script(&tree, document);
        script = commands;
        diagnostics.append(&mut problems);
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        diagnostics.sort_by_key(|found| (found.span.line, found.span.column));
        diagnostics.truncate(MAX_DIAGNOSTICS);
        return Err(diagnostics);
    }
    Ok(script)
}

fn load_source(text: &str) -> Loaded {
    let format = Format::Source;
    let (tree, diagnostics) = tree::yaml::parse(text);
    let Some(tree) = tree.filter(|tree| !tree.is_null()) else {
        let mut diagnostics = diagnostics;
        if diagnostics.is_empty() {
            let message = "There is nothing here yet: begin with \"workflow: my-workflow\".";
            diagnostics.push(Diagnostic::error(Code::Empty, START, message));
        }
        return Loaded { document: None, diagnostics, format };
    };
    let mut diagnostics = diagnostics;
    tree.report_duplicates(&mut diagnostics);
    if tree.map().is_none() {
        let message = format!(
            "A document begins with \"workflow: my-workflow\", but here is {}.",
            tree.what()
        );
        diagnostics.push(Diagnostic::error(Code::Type, tree.span, message));
        return Loaded { document: None, diagnostics, format };
    }
    let (document, mut problems) = source::read(&tree);
    diagnostics.append(&mut problems);
    finish(document, diagnostics, format)
}

fn load_json(text: &str) -> Loaded {
    let text = text.trim_start_matches('\u{feff}');
    let parsed = lhctl::several(text).unwrap_or_else(|| tree::json::parse(text));
    let tree = match parsed {
        Ok(tree) => tree,
        Err(diagnostic) => {
            let format = Format::PutWfSpecRequest;
            return Loaded { document: None, diagnostics: vec![*diagnostic], format };
        }
    };
    let mut reader = Reader::default();
    tree.report_duplicates(&mut reader.diagnostics);
    let has_id = tree.get("id").is_some() && tree.get("name").is_none();
    let format = if has_id { Format::WfSpec } else { Format::PutWfSpecRequest };
    let is_run = tree.get("threadRuns").is_some() || tree.get("wfRun").is_some();
    if is_run && tree.get("wfSpec").is_none() {
        let message =
            "This is a WfRun without its WfSpec: paste behind it what \"lhctl get wfSpec\" prints.";
        reader.diagnostics.push(Diagnostic::error(Code::Missing, tree.span, message));
        return Loaded { document: None, diagnostics: reader.diagnostics, format };
    }
    let document = if tree.get("wfSpec").is_some_and(|spec| spec.map().is_some()) {
        reader.bundle(&tree)
    } else {
        reader.wf_spec(&tree).map(|wf_spec| {
            let mut document = Document { wf_spec, ..Document::default() };
            implied::declare(&mut document);
            document
        })
    };
    finish(document.unwrap_or_default(), reader.diagnostics, format)
}

/// Validates what could be read, and puts all diagnostics in order.
fn finish(document: Document, mut diagnostics: Vec<Diagnostic>, format: Format) -> Loaded {
    if let Some(diagnostic) = size::too_large(&document) {
        diagnostics.push(diagnostic);
    }
    // What was left out for an error is no reason to complain about what refers to it.
    if !diagnostics.iter().any(Diagnostic::is_error) {
        diagnostics.extend(validate(&document));
    }
    for diagnostic in &mut diagnostics {
        if diagnostic.span.line == 0 {
            diagnostic.span = START;
        }
    }
    let place = |diagnostic: &Diagnostic| (diagnostic.span.line, diagnostic.span.column);
    diagnostics.sort_by_key(place);
    let valid = !diagnostics.iter().any(Diagnostic::is_error);
    if diagnostics.len() > MAX_DIAGNOSTICS {
        diagnostics.sort_by_key(|diagnostic| diagnostic.severity);
        diagnostics.truncate(MAX_DIAGNOSTICS);
        diagnostics.sort_by_key(place);
    }
    Loaded { document: valid.then_some(document), diagnostics, format }
}

/// The first character of a text.
const START: Span = Span { line: 1, column: 1, end_line: 1, end_column: 1 };

/// A diagnostic if the text is larger than [`MAX_SOURCE_BYTES`].
pub(crate) fn too_large(text: &str) -> Option<Diagnostic> {
    (text.len() > MAX_SOURCE_BYTES).then(|| {
        let message = format!(
            "This text has {} bytes; the playground reads up to {MAX_SOURCE_BYTES}.",
            text.len()
        );
        Diagnostic::error(Code::TooLarge, START, message)
    })
}
