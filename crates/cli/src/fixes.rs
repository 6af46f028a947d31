//! What would put diagnostics right, as the language service finds it.

use halter_language::{Fix, Fixing};
use halter_spec::Diagnostic;
use halter_spec::model::Document;

/// To try a fix is to read the whole text again: in larger ones nobody waits for that.
const LARGEST: usize = 64 * 1024;

/// For each diagnostic the most likely fix. The text is a document, or a script to this one.
pub(crate) fn likely(
    text: &str,
    script_to: Option<&Document>,
    diagnostics: &[Diagnostic],
) -> Vec<Option<Fix>> {
    if text.len() > LARGEST {
        return vec![None; diagnostics.len()];
    }
    let mut fixing = match script_to {
        Some(document) => Fixing::of_script(text, document, diagnostics),
        None => Fixing::of(text, diagnostics.to_vec(), diagnostics),
    };
    while fixing.try_next() {}
    fixing.found().into_iter().map(|found| found.into_iter().next()).collect()
}
