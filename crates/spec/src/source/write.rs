//! The way back: a document as its readable source.
//!
//! Each thread is written as statements, if reading them again gives the very same thread; else as nodes and edges; else
//! as nodes of LittleHorse's own JSON. What is returned has been read again and compared.

mod definitions;
mod expressions;
mod nodes;
mod script;
mod shown;
mod statements;
mod steps;
mod yaml;

use std::collections::{HashMap, HashSet};

pub use shown::show_mutation;
use yaml::Out;

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::limits::MAX_SOURCE_BYTES;
use crate::model::{
    AllowedUpdates, Document, MutationRhs, MutationType, Source as From, TaskDef, ThreadSpec,
    VariableMutation, WfSpec,
};
use crate::place::Span;
use crate::tree;
use crate::validate::validate;

/// How a thread is written; each way says more than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Form {
    /// Statements that declare the variables for threads' numbers.
    #[default]
    Statements,
    /// Statements, and all variables.
    AllVariables,
    /// Nodes and edges.
    Nodes,
    /// Nodes and edges as LittleHorse's own JSON.
    ProtoNodes,
}

impl Form {
    fn next(self) -> Option<Self> {
        match self {
            Form::Statements => Some(Form::AllVariables),
            Form::AllVariables => Some(Form::Nodes),
            Form::Nodes => Some(Form::ProtoNodes),
            Form::ProtoNodes => None,
        }
    }
}

/// What has to be written in another way than the first, since that was not read as the same.
#[derive(Default)]
struct Choices {
    /// By the workflow and the thread.
    threads: HashMap<(String, String), Form>,
    /// Tasks that say their inputs.
    tasks: HashSet<String>,
    /// How many of them there were the last time.
    refined_tasks: usize,
    /// Commands of the script, by their index, that are written at length.
    commands: HashSet<usize>,
}

/// Writes a document as its readable source. Reading it again gives the same document.
///
/// # Errors
/// If no source says the same: a document that [`crate::load`] would refuse, or one whose source would be too large.
pub fn write(document: &Document) -> Result<String, Box<Diagnostic>> {
    let mut choices = Choices::default();
    loop {
        let text = draft(document, &choices);
        let read = read(&text).unwrap_or_default();
        if text.len() <= MAX_SOURCE_BYTES && is_same(document, &read, &mut choices) {
            return Ok(text);
        }
        if !refine(document, &read, &mut choices) {
            let message = "There is no readable source that says just this.";
            return Err(Box::new(Diagnostic::error(Code::NoSource, Span::default(), message)));
        }
    }
}

fn read(text: &str) -> Option<Document> {
    let (tree, problems) = tree::yaml::parse(text);
    if !problems.is_empty() {
        return None;
    }
    tree.map(|tree| super::read(&tree).0)
}

/// Whether a source was read as the document that it was written from.
///
/// A WfSpec that comes without its definitions knows nothing of its tasks but their names. Written in the same way their
/// inputs are those that the first step gives, as long as all steps agree with that.
fn is_same(document: &Document, read: &Document, choices: &mut Choices) -> bool {
    if read == document {
        return true;
    }
    let unknown: Vec<_> = document
        .task_defs
        .iter()
        .filter(|(name, def)| **def == TaskDef::default() && !choices.tasks.contains(*name))
        .map(|(name, _)| name.clone())
        .collect();
    let mut known = read.clone();
    for name in &unknown {
        if let Some(def) = known.task_defs.get_mut(name) {
            def.input_vars.clear();
        }
    }
    if known != *document {
        return false;
    }
    let agree = !validate(read).iter().any(Diagnostic::is_error);
    if !agree {
        choices.tasks.extend(unknown);
    }
    agree
}

/// Chooses another way to write what was not read as the same; whether there is one.
fn refine(document: &Document, read: &Document, choices: &mut Choices) -> bool {
    let mut changed = false;
    for spec in document.wf_specs() {
        let read = read.wf_specs().find(|read| read.name == spec.name);
        for (name, thread) in &spec.thread_specs {
            if read.and_then(|read| read.thread_specs.get(name)) != Some(thread) {
                let form = choices.threads.entry((spec.name.clone(), name.clone())).or_default();
                if let Some(next) = form.next() {
                    *form = next;
                    changed = true;
                }
            }
        }
    }
    for (name, def) in &document.task_defs {
        let found = read.task_defs.get(name);
        let unknown = *def == TaskDef::default() && found.is_some();
        if found != Some(def) && !unknown {
            choices.tasks.insert(name.clone());
        }
    }
    changed |= choices.refined_tasks != choices.tasks.len();
    choices.refined_tasks = choices.tasks.len();
    for (index, command) in document.script.iter().enumerate() {
        if read.script.get(index) != Some(command) {
            changed |= choices.commands.insert(index);
        }
    }
    changed
}

fn draft(document: &Document, choices: &Choices) -> String {
    let spec = &document.wf_spec;
    let mut head = vec![("workflow".to_owned(), Out::text(&spec.name))];
    head.extend(parts(spec));
    if let Some(most) = document.max_thread_runs {
        head.push(("max-thread-runs".to_owned(), Out::number(most)));
    }
    let mut text = yaml::document(&Out::Block(head));
    let mut sections = sections(document, choices);
    sections.push(("threads".to_owned(), threads(document, choices)));
    if !document.workflows.is_empty() {
        let workflows = document.workflows.keys().filter_map(|name| {
            let child = document.of_workflow(name)?;
            let mut entries = parts(&child.wf_spec);
            entries.push(("threads".to_owned(), threads(&child, choices)));
            Some((name.clone(), Out::Block(entries)))
        });
        sections.push(("workflows".to_owned(), Out::Sections(workflows.collect())));
    }
    if !document.script.is_empty() {
        let commands = document.script.iter().enumerate();
        let commands = commands.map(|(index, command)| {
            script::command(document, command, !choices.commands.contains(&index))
        });
        sections.push(("script".to_owned(), Out::Lines(commands.collect())));
    }
    if let Some(found) = &document.found {
        sections.push(("found".to_owned(), Out::serde(found)));
    }
    if !document.properties.is_empty() {
        let properties = document.properties.iter();
        let properties =
            properties.map(|(name, property)| (name.clone(), Out::text(&property.text)));
        sections.push(("properties".to_owned(), Out::Block(properties.collect())));
    }
    text.push('\n');
    text.push_str(&yaml::document(&Out::Sections(sections)));
    text
}

/// What a WfSpec has but for its name and its threads.
fn parts(spec: &WfSpec) -> Vec<(String, Out)> {
    let mut parts = Vec::new();
    if order(spec).first() != Some(&spec.entrypoint_thread_name.as_str()) {
        let entrypoint = Out::text(&spec.entrypoint_thread_name);
        parts.push(("entrypoint".to_owned(), entrypoint));
    }
    if let Some(parent) = &spec.parent_wf_spec {
        let name = Out::text(&parent.wf_spec_name);
        let reference = if parent.wf_spec_major_version == 0 {
            name
        } else {
            let version = Out::number(parent.wf_spec_major_version);
            Out::Map(vec![("workflow".to_owned(), name), ("major-version".to_owned(), version)])
        };
        parts.push(("parent".to_owned(), reference));
    }
    if let Some(seconds) = spec.retention_seconds {
        parts.push(("retention".to_owned(), Out::number(seconds)));
    }
    let updates = match spec.allowed_updates {
        AllowedUpdates::AllUpdates => None,
        AllowedUpdates::MinorRevisionUpdates => Some("minor"),
        AllowedUpdates::NoUpdates => Some("none"),
    };
    if let Some(updates) = updates {
        parts.push(("allowed-updates".to_owned(), Out::text(updates)));
    }
    parts
}

fn threads(document: &Document, choices: &Choices) -> Out {
    let spec = &document.wf_spec;
    let threads = order(spec).into_iter().filter_map(|name| {
        let thread = spec.thread_specs.get(name)?;
        let form = choices.threads.get(&(spec.name.clone(), name.to_owned()));
        let form = form.copied().unwrap_or_default();
        Some((name.to_owned(), self::thread(document, name, thread, form)))
    });
    Out::Sections(threads.collect())
}

/// The definitions.
fn sections(document: &Document, choices: &Choices) -> Vec<(String, Out)> {
    let mut sections = Vec::new();
    let events = document.external_event_defs.iter();
    let events: Vec<_> =
        events.map(|(name, def)| (name.clone(), definitions::event(def))).collect();
    let tasks = document.task_defs.iter();
    let tasks: Vec<_> = tasks
        .map(|(name, def)| {
            let inferred = !choices.tasks.contains(name)
                && def.input_vars.iter().all(|input| input.name.starts_with("input-"));
            (name.clone(), definitions::task(def, inferred))
        })
        .collect();
    let structs = document.struct_defs.iter();
    let structs: Vec<_> =
        structs.map(|(name, def)| (name.clone(), definitions::struct_def(def))).collect();
    if !structs.is_empty() {
        sections.push(("structs".to_owned(), Out::Block(structs)));
    }
    let user_tasks = document.user_task_defs.iter();
    let user_tasks: Vec<_> =
        user_tasks.map(|(name, def)| (name.clone(), definitions::user_task(def))).collect();
    let workflow_events = document.workflow_event_defs.iter();
    let workflow_events: Vec<_> = workflow_events
        .map(|(name, def)| {
            let content = definitions::return_type(def.content_type.as_ref());
            (name.clone(), content)
        })
        .collect();
    for (key, entries) in [
        ("events", events),
        ("tasks", tasks),
        ("user-tasks", user_tasks),
        ("workflow-events", workflow_events),
    ] {
        if !entries.is_empty() {
            sections.push((key.to_owned(), definitions::section(entries)));
        }
    }
    if !document.simulate.is_empty() {
        let simulate = document.simulate.iter().map(|(name, results)| {
            let def = document.task_defs.get(name);
            (name.clone(), definitions::simulated(results, def))
        });
        sections.push(("simulate".to_owned(), Out::Block(simulate.collect())));
    }
    sections
}

fn thread(document: &Document, name: &str, spec: &ThreadSpec, form: Form) -> Out {
    let mut variables = spec.variable_defs.as_slice();
    let mut body = None;
    if form <= Form::AllVariables {
        let interrupts =
            document.wf_spec.thread_specs.values().flat_map(|thread| &thread.interrupt_defs);
        let handles = interrupts.into_iter().any(|interrupt| interrupt.handler_spec_name == name);
        if let Some((items, declared)) = statements::thread(document, spec, handles) {
            if form == Form::Statements {
                variables = without_declared(variables, &declared);
            }
            body = Some(("do", Out::Lines(items)));
        }
    }
    let (key, body) =
        body.unwrap_or_else(|| ("nodes", nodes::thread(document, spec, form == Form::ProtoNodes)));
    let mut entries = Vec::new();
    if !variables.is_empty() {
        entries.push(("variables".to_owned(), definitions::variables(variables)));
    }
    if !spec.interrupt_defs.is_empty() {
        entries.push(("interrupts".to_owned(), interrupts(spec)));
    }
    if let Some(seconds) = spec.retention_seconds {
        entries.push(("retention".to_owned(), Out::number(seconds)));
    }
    if entries.is_empty() && key == "do" {
        return body;
    }
    entries.push((key.to_owned(), body));
    Out::Block(entries)
}

/// The variables without those at the end that the statements declare by themselves.
fn without_declared<'v>(
    variables: &'v [crate::model::ThreadVarDef],
    declared: &[(String, crate::model::VarType)],
) -> &'v [crate::model::ThreadVarDef] {
    use crate::model::{AccessLevel, ThreadVarDef, TypeDef, VariableDef};
    let mut seen = HashSet::new();
    let own: Vec<_> = declared
        .iter()
        .filter(|(name, _)| seen.insert(name.as_str()))
        .map(|(name, var_type)| ThreadVarDef {
            var_def: VariableDef {
                name: name.clone(),
                type_def: TypeDef::from(*var_type),
                default_value: None,
                at: crate::place::At::default(),
            },
            required: false,
            searchable: false,
            json_indexes: Vec::new(),
            access_level: AccessLevel::PrivateVar,
        })
        .collect();
    let mut rest = variables;
    // The longest part of the end that consists of them, in their order.
    for variable in own.iter().rev() {
        match rest.split_last() {
            Some((last, before)) if last == variable => rest = before,
            _ => {}
        }
    }
    rest
}

fn interrupts(spec: &ThreadSpec) -> Out {
    let entries: Vec<_> = spec
        .interrupt_defs
        .iter()
        .map(|interrupt| {
            let handler = Out::text(&interrupt.handler_spec_name);
            (interrupt.external_event_def.clone(), handler)
        })
        .collect();
    let mut events = HashSet::new();
    if entries.iter().all(|(event, _)| events.insert(event.clone())) {
        return Out::Map(entries);
    }
    let items = entries.into_iter().map(|entry| Out::Map(vec![entry]));
    Out::Lines(items.collect())
}

/// The threads, the entrypoint first, each before those that it refers to.
fn order(spec: &WfSpec) -> Vec<&str> {
    let mut order = Vec::new();
    let mut seen = HashSet::new();
    let entrypoint = spec
        .thread_specs
        .get_key_value(&spec.entrypoint_thread_name)
        .map(|(name, _)| name.as_str());
    let all = spec.thread_specs.keys().map(String::as_str);
    for start in entrypoint.into_iter().chain(all) {
        let mut stack = vec![start];
        while let Some(name) = stack.pop() {
            let Some(thread) = spec.thread_specs.get(name) else {
                continue;
            };
            if !seen.insert(name) {
                continue;
            }
            order.push(name);
            let mut next = references(thread);
            next.reverse();
            stack.extend(next);
        }
    }
    order
}

/// The threads that a thread names: handlers of interrupts, then children and handlers of failures as they come.
fn references(thread: &ThreadSpec) -> Vec<&str> {
    let interrupts = thread.interrupt_defs.iter();
    let mut names: Vec<&str> =
        interrupts.map(|interrupt| interrupt.handler_spec_name.as_str()).collect();
    for name in nodes::order(thread) {
        let Some(node) = thread.nodes.get(name) else {
            continue;
        };
        names.extend(node.kind.starts().map(|(thread, _)| thread));
        let handlers = node.kind.child_failure_handlers().iter().chain(&node.failure_handlers);
        names.extend(handlers.map(|handler| handler.handler_spec_name.as_str()));
    }
    names
}

/// Whether a mutation only stores the output of this node.
fn is_plain_store(mutation: &VariableMutation, node: &str) -> bool {
    let MutationRhs::Assignment(value) = &mutation.rhs else {
        return false;
    };
    mutation.operation == MutationType::Assign
        && value.path.is_none()
        && value.target_type.is_none()
        && matches!(&value.source, From::NodeOutput(name) if name == node)
}
