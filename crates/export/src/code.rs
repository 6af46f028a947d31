//! Code for LittleHorse's SDKs: what the languages have in common.
//!
//! A thread becomes a function inside the function of the thread that it belongs to, so that it sees that one's variables;
//! branches and loops become the SDK's own. What no function can say is refused with its place.
//!
//! A document is walked here alone. A language is its words, what it writes in its own way, and what its SDK can't say.

mod call;
mod canonical;
mod composed;
mod declare;
mod identifiers;
mod imports;
mod invoke;
mod language;
mod message;
mod methods;
mod numbers;
mod outline;
mod plan;
mod text;
mod values;
mod writer;

use halter_spec::model::{Document, NodeKind};
use halter_spec::{Code, Diagnostic};

pub(crate) use call::{Action, Call, Made};
pub use canonical::canonical;
pub(crate) use composed::variable_value;
pub(crate) use identifiers::Identifiers;
pub(crate) use imports::{MESSAGES, used};
pub(crate) use invoke::{chained, invoke, method};
pub(crate) use language::{Body, BuiltField, Language, Limits, Said, Term, TermKind, Words};
pub(crate) use message::{Field, Message};
pub(crate) use outline::Outline;
pub(crate) use text::{camel_case, text, words};

/// Writes the code of a document in a language.
pub(crate) fn write(
    document: &Document,
    language: &dyn Language,
) -> Result<String, Vec<Diagnostic>> {
    let document = without_ways_from_exits(document);
    let plan = plan::Plan::of(&document).map_err(|problem| vec![*problem])?;
    writer::write(&document, &plan, language)
}

/// The same document without edges behind an EXIT: the Java SDK makes them where one ends a branch, and nobody goes there.
fn without_ways_from_exits(document: &Document) -> Document {
    let mut document = document.clone();
    let threads = document.wf_spec.thread_specs.values_mut();
    for node in threads.flat_map(|thread| thread.nodes.values_mut()) {
        if matches!(node.kind, NodeKind::Exit(_)) {
            node.outgoing_edges.clear();
        }
    }
    document
}

/// A refusal with its place.
pub(crate) fn refusal(
    at: halter_spec::place::At,
    thread: &str,
    node: Option<&str>,
    reason: &str,
) -> Diagnostic {
    let place = match node {
        Some(node) => format!("{node} of thread {thread}"),
        None => format!("Thread {thread}"),
    };
    let diagnostic = Diagnostic::error(Code::Export, at, format!("{place}: {reason}"));
    match node {
        Some(node) => diagnostic.of_node(thread, node),
        None => diagnostic,
    }
}
