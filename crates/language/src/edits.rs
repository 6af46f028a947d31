//! Drawing: changes of the workflow, each as edits of the text that leave everything else as it is.
//!
//! Nodes are named as in the model: by thread and node. The text has to be right before; when it would not be afterwards, the
//! answer is [`Refusal::Breaks`], which has the edits all the same.

mod defaults;
mod fields;
mod graph;
mod interrupts;
pub(crate) mod layout;
mod properties;
mod steps;
mod threads;

use halter_spec::load;
use halter_spec::model::{Document, Node as ModelNode};

pub(crate) use defaults::literal;
pub use fields::{Field, FieldKind, fields, set_field};
pub use interrupts::{add_interrupt, remove_interrupt};
pub use properties::add_property;
pub use steps::{delete_step, insert_step, move_step};
pub use threads::{add_thread, add_variable, delete_thread, remove_variable};

use crate::analysis::{is_json, threads as all_threads};
use crate::cst::{Cst, Entry, Item, Node};
use crate::edit::{Bytes, Edit, apply};

/// Why something can't be drawn.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub enum Refusal {
    /// The text is LittleHorse's JSON.
    Json,
    /// The text has errors, so that nobody knows which nodes it has.
    HasErrors,
    /// There is no such thread, node, event or field.
    Unknown(String),
    /// It can't be done here; why.
    NotHere(String),
    /// It can be done, but then the text has an error that it did not have.
    Breaks {
        /// What is wrong then.
        message: String,
        /// The edits, to be done all the same.
        edits: Vec<Edit>,
    },
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Json => f.write_str(
                "This is LittleHorse's JSON: turn it into source, then it can be drawn on.",
            ),
            Refusal::HasErrors => f.write_str("Put the errors of the text right first."),
            Refusal::Unknown(why) | Refusal::NotHere(why) => f.write_str(why),
            Refusal::Breaks { message, .. } => write!(f, "Then something is wrong: {message}"),
        }
    }
}

impl std::error::Error for Refusal {}

type Edited = Result<Vec<Edit>, Refusal>;

/// Where a step goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepPlace {
    /// Before the first step of the thread.
    Start,
    /// Behind this node; behind all of the branch or loop whose end it is.
    After(String),
    /// On the edge from one node to the next.
    Between(String, String),
}

fn unknown<T>(what: &str, name: &str) -> Result<T, Refusal> {
    Err(Refusal::Unknown(format!("There is no {what} {name:?}.")))
}

fn not_here<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::NotHere(why.to_owned()))
}

/// A text that is right, with its tree and its model.
struct Sheet<'c> {
    text: &'c str,
    cst: &'c Cst<'c>,
    document: Document,
}

impl<'c> Sheet<'c> {
    fn of(cst: &'c Cst<'c>) -> Result<Self, Refusal> {
        if is_json(cst.text) {
            return Err(Refusal::Json);
        }
        let document = load(cst.text).document.ok_or(Refusal::HasErrors)?;
        Ok(Self { text: cst.text, cst, document })
    }

    fn thread(&self, name: &str) -> Result<&'c Entry, Refusal> {
        match all_threads(self.cst).find(|entry| entry.key == name) {
            Some(entry) => Ok(entry),
            None => unknown("thread", name),
        }
    }

    fn node(&self, thread: &str, name: &str) -> Result<&ModelNode, Refusal> {
        let spec = self.document.wf_spec.thread_specs.get(thread);
        match spec.and_then(|spec| spec.nodes.get(name)) {
            Some(node) => Ok(node),
            None => unknown("node", name),
        }
    }

    /// Whether the thread is written as `nodes`.
    fn is_graph(&self, thread: &str) -> Result<bool, Refusal> {
        Ok(self.thread(thread)?.value.get("nodes").is_some())
    }

    /// The step of a node, and which of the step's nodes it is; the first and the last one of a thread have none.
    fn step(&self, thread: &str, name: &str) -> Result<Option<Step<'c>>, Refusal> {
        let at = self.node(thread, name)?.at.0;
        let offset = Bytes::of(self.text).at(at.line, at.column);
        let entry = self.thread(thread)?;
        let Some(mut path) = find(&entry.value, entry, offset) else {
            return Ok(None);
        };
        let spec = self.document.wf_spec.thread_specs.get(thread);
        let mut same = spec
            .map(|spec| spec.nodes.iter())
            .into_iter()
            .flatten()
            .filter(|(_, node)| node.at.0 == at);
        path.is_first = same.next().is_none_or(|(first, _)| first == name);
        Ok(Some(path))
    }

    /// The edits, if the text is right afterwards.
    fn checked(&self, mut edits: Vec<Edit>) -> Edited {
        edits.sort_by_key(|edit| (edit.from, edit.to));
        let after = load(&apply(self.text, &edits));
        match after.diagnostics.iter().find(|found| found.is_error()) {
            Some(found) => Err(Refusal::Breaks { message: found.message(), edits }),
            None => Ok(edits),
        }
    }
}

/// A step in its list.
#[derive(Clone, Copy)]
struct Step<'c> {
    /// The list.
    list: &'c Node,
    /// The key of the list.
    owner: &'c Entry,
    /// Which element of it.
    index: usize,
    item: &'c Item,
    /// Whether it is asked for as its first node: of a branch or a loop there are two.
    is_first: bool,
}

/// The step that begins at an offset.
fn find<'c>(node: &'c Node, key: &'c Entry, offset: usize) -> Option<Step<'c>> {
    for (index, item) in node.items().iter().enumerate() {
        if offset < item.from || offset > item.value.to.max(item.from) {
            continue;
        }
        let begins = item.value.from == offset
            || item.from == offset
            || item.value.entries().iter().any(|entry| entry.key_from == offset);
        if begins && key.key != "else-if" {
            return Some(Step { list: node, owner: key, index, item, is_first: true });
        }
        return find(&item.value, key, offset);
    }
    node.entries()
        .iter()
        .find(|entry| entry.value.from <= offset && offset <= entry.value.to)
        .and_then(|entry| find(&entry.value, entry, offset))
}
