//! What a word means.

use halter_spec::grammar::{NameKind, Statement, type_doc};

use crate::analysis::{Analysis, Name, Use, What};
use crate::cst::Cst;
use crate::edit::{Span, clamp};

/// What is said about a word.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// What it is, in a line: `variable total: INT`.
    pub title: String,
    /// What it means, in sentences, one a line.
    pub text: String,
    /// Ids of the rules that tell more, such as `R-HALT`; the engine's table has their sentences and links.
    pub rules: Vec<&'static str>,
}

/// What the word at an offset means.
#[must_use]
pub fn hover(text: &str, offset: usize) -> Option<Hover> {
    let offset = clamp(text, offset);
    let cst = Cst::of(text);
    let analysis = Analysis::of(&cst);
    let spot = analysis.spot(offset)?;
    let word = cst.slice(spot.from, spot.to);
    let (title, text, rules) = match &spot.what {
        What::Key(key) => {
            let rules = if key.name == "interrupts" {
                vec!["R-REGISTER", "R-TRIGGER", "R-HALT", "R-HANDLER", "R-RESUME"]
            } else {
                rules_in(key.doc)
            };
            (key.name.to_owned(), key.doc.to_owned(), rules)
        }
        What::Statement(statement) => {
            let Statement { key, rules, .. } = statement;
            (key.name.to_owned(), key.doc.to_owned(), rules.to_vec())
        }
        What::Name(name, _) => about(&analysis, name),
        What::Type(var_type) => {
            (format!("type {}", var_type.name()), type_doc(*var_type).to_owned(), Vec::new())
        }
        What::Word(doc) | What::Function(doc) | What::Composed(doc) => {
            (word.to_owned(), (*doc).to_owned(), Vec::new())
        }
        What::Operator | What::Path | What::Number | What::Text | What::Constant => return None,
    };
    let span = Span { from: spot.from, to: spot.to };
    Some(Hover { span, title, text, rules })
}

/// Rules that a sentence names.
fn rules_in(doc: &'static str) -> Vec<&'static str> {
    doc.split(|letter: char| !(letter.is_ascii_uppercase() || letter == '-'))
        .filter(|word| word.starts_with("R-"))
        .collect()
}

fn about(analysis: &Analysis<'_>, name: &Name) -> (String, String, Vec<&'static str>) {
    let title = format!("{} {}", name.kind.word(), analysis.signature(name));
    let declaration = analysis.declaration(name);
    let mut lines = Vec::new();
    let mut rules = Vec::new();
    let threads = |wanted: &dyn Fn(&Name) -> bool, key: &str| -> Vec<String> {
        let mut found = Vec::new();
        for (spot, other, usage) in analysis.names() {
            if usage == Use::Uses
                && wanted(other)
                && let Some(thread) = analysis.thread_at(spot.from)
            {
                let interrupts = thread.value.get("interrupts");
                let inside =
                    interrupts.is_some_and(|node| node.from <= spot.from && spot.to <= node.to);
                if inside == (key == "interrupts") && !found.contains(&thread.key) {
                    found.push(thread.key.clone());
                }
            }
        }
        found
    };
    match name.kind {
        NameKind::Variable => {
            let owner = declaration.and_then(|(from, _)| analysis.thread_at(from));
            match owner {
                Some(owner) if name.name == "INPUT" => {
                    lines.push(format!("What thread {} is given when it starts.", owner.key));
                    rules.push("R-HANDLER");
                }
                Some(owner) => lines.push(format!("Owned by thread {}.", owner.key)),
                None => lines.push("Nobody declares it.".to_owned()),
            }
            rules.push("R-SCOPE");
        }
        NameKind::Event => {
            if declaration.is_none() {
                lines.push("It is not declared.".to_owned());
            }
            for (thread, handler) in handlers(analysis, &name.name) {
                lines.push(format!("Interrupts {thread}; {handler} handles it."));
                rules = vec!["R-TRIGGER", "R-HALT"];
            }
            let awaits = threads(&|other| other == name, "");
            if !awaits.is_empty() {
                lines.push(format!("Waited for by {}.", awaits.join(", ")));
            }
        }
        NameKind::Thread => {
            let by: Vec<String> = handled_by(analysis, &name.workflow, &name.name);
            if !by.is_empty() {
                lines.push(format!("Handles {}.", by.join(", ")));
                rules = vec!["R-HANDLER", "R-NESTED"];
            }
            let starters = threads(&|other| other == name, "");
            if !starters.is_empty() {
                lines.push(format!("Used by {}.", starters.join(", ")));
            }
            if declaration.is_none() {
                lines.push("There is no such thread.".to_owned());
            }
        }
        NameKind::Workflow => {
            lines.push(match declaration {
                Some(_) => "A child workflow: what happens in its WfRun is played here.".to_owned(),
                None => {
                    "It is not among the workflows: how its WfRun ends, somebody says.".to_owned()
                }
            });
            rules.push("R-CHILD-WF");
        }
        NameKind::Failure => {
            lines.push("An EXCEPTION: a failure with a name of your own.".to_owned());
        }
        NameKind::Input => lines.push(format!("An input of task {}.", name.owner)),
        NameKind::Field => lines.push(format!("A field of {}.", name.owner)),
        NameKind::Label => lines.push("The output of the step with this label.".to_owned()),
        NameKind::Property => lines.push("What is claimed of all runs.".to_owned()),
        NameKind::Node => lines.push(format!("A node of thread {}.", name.owner)),
        NameKind::Task | NameKind::UserTask | NameKind::WorkflowEvent | NameKind::StructDef => {
            if declaration.is_none() {
                lines.push("It is not declared.".to_owned());
            }
        }
    }
    (title, lines.join("\n"), rules)
}

/// The threads that an event interrupts, and what handles it there.
fn handlers(analysis: &Analysis<'_>, event: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, thread) in crate::analysis::all_threads(analysis.cst) {
        let Some(interrupts) = thread.value.get("interrupts") else {
            continue;
        };
        let lists = interrupts.items().iter().flat_map(|item| item.value.entries());
        for entry in interrupts.entries().iter().chain(lists) {
            if entry.key == event {
                let handler = entry.value.text().unwrap_or_default().to_owned();
                found.push((thread.key.clone(), handler));
            }
        }
    }
    found
}

/// The interrupts that a thread handles: `cancelled of order`.
fn handled_by(analysis: &Analysis<'_>, workflow: &str, handler: &str) -> Vec<String> {
    let mut found = Vec::new();
    for thread in crate::analysis::threads_in(analysis.cst, workflow) {
        let Some(interrupts) = thread.value.get("interrupts") else {
            continue;
        };
        let lists = interrupts.items().iter().flat_map(|item| item.value.entries());
        for entry in interrupts.entries().iter().chain(lists) {
            if entry.value.text() == Some(handler) {
                found.push(format!("{} of {}", entry.key, thread.key));
            }
        }
    }
    found
}
