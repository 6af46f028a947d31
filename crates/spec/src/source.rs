//! The readable source: a workflow in YAML, as short as LittleHorse's SDKs, with all that it refers to.
//!
//! Reading goes on after a mistake, so that one look shows them all. docs/source-format.md is its reference.

mod actions;
mod commands;
mod definitions;
mod expression;
mod failures;
mod fields;
mod graph;
mod literals;
mod nodes;
mod properties;
mod statements;
mod steps;
mod types;
mod values;
mod variables;
mod write;

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::about::{About, Missing};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, add, is_enough};
use crate::grammar;
use crate::model::{
    AllowedUpdates, Document, InterruptDef, MOST_THREAD_RUNS, ParentWfSpec, ThreadSpec, WfSpec,
};
use crate::place::{At, Span};
use crate::proto_json::serde_of;
use crate::size;
use crate::tree::{Entry, Tree};

use graph::Graph;
pub(crate) use properties::read_condition;
pub use write::{show_mutation, write};

/// Reads a document; what can't be understood is reported and left out.
pub(crate) fn read(tree: &Tree) -> (Document, Vec<Diagnostic>) {
    let mut source = Source::default();
    source.document(tree);
    (source.document, source.diagnostics)
}

/// Reads a script that stands alone; `document` has what its commands refer to.
pub(crate) fn read_script(
    tree: &Tree,
    document: &Document,
) -> (Vec<serde_json::Value>, Vec<Diagnostic>) {
    let mut source = Source::beside(document);
    source.script(tree);
    (source.document.script, source.diagnostics)
}

/// Reads commands one by one; of each that can be read, the place.
pub(crate) fn read_commands(
    items: &[Tree],
    document: &Document,
) -> (Vec<(Span, serde_json::Value)>, Vec<Diagnostic>) {
    let mut source = Source::beside(document);
    let commands = items.iter().filter_map(|item| Some((item.span, source.command(item)?)));
    (commands.collect(), source.diagnostics)
}

/// Reads one section of a document.
type ReadSection = fn(&mut Source, &Tree);

/// What a WfSpec has but for its name, not read yet.
#[derive(Clone, Copy)]
struct WfSpecParts<'t> {
    entrypoint: Option<&'t Entry>,
    retention_seconds: Option<i64>,
    parent: Option<&'t Entry>,
    updates: Option<&'t Entry>,
    threads: Option<&'t Entry>,
}

/// What has been read so far.
#[derive(Default)]
struct Source {
    document: Document,
    diagnostics: Vec<Diagnostic>,
    /// The variables that any thread declares.
    declared: HashSet<String>,
    /// Tasks that do not say their inputs.
    tasks_without_inputs: HashSet<String>,
    /// The threads that handle interrupts: they declare no variable but `INPUT`.
    handlers: HashSet<String>,
    /// The ThreadSpec that is being read.
    thread: String,
}

impl Source {
    /// Reads what stands beside a document, and refers to what it declares.
    fn beside(document: &Document) -> Self {
        Source {
            document: Document { script: Vec::new(), ..document.clone() },
            ..Source::default()
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        add(&mut self.diagnostics, diagnostic);
    }

    fn error(&mut self, code: Code, at: Span, about: impl Into<About>) {
        self.report(Diagnostic::error(code, at, about));
    }

    fn warning(&mut self, code: Code, at: Span, about: impl Into<About>) {
        self.report(Diagnostic::warning(code, at, about));
    }

    /// Reports a value of another kind than the one that is needed.
    fn expected(&mut self, tree: &Tree, what: &str, expected: &str) {
        let found = match tree.text() {
            Some(text) if !text.is_empty() && text.chars().count() <= 40 => format!("\"{text}\""),
            _ => tree.what().to_owned(),
        };
        self.error(Code::Type, tree.span, format!("\"{what}\" is {expected}, not {found}."));
    }

    fn document(&mut self, tree: &Tree) {
        let Some(mut fields) = self.fields(tree, &grammar::DOCUMENT) else {
            return;
        };
        let name = fields.take("workflow");
        let parts = self.wf_spec_parts(&mut fields);
        for (key, read) in Self::SECTIONS {
            if let Some(entry) = fields.take(key) {
                read(self, &entry.value);
            }
        }
        self.document.max_thread_runs = self.max_thread_runs(&mut fields);
        let simulate = fields.take("simulate");
        let workflows = fields.take("workflows");
        let script = fields.take("script");
        self.document.found = fields.take("found").map(|entry| serde_of(&entry.value));
        let properties = fields.take("properties");
        self.finish(fields);

        let mut spec = WfSpec { at: tree.at(), ..WfSpec::default() };
        match name {
            Some(entry) => {
                spec.name = self.name(&entry.value, "workflow").unwrap_or_default();
                spec.name_at = entry.value.at();
            }
            None => self.error(
                Code::Missing,
                first_line(tree.span),
                About::Missing(Missing::WorkflowName),
            ),
        }
        self.document.wf_spec = self.wf_spec(spec, parts);
        if let Some(entry) = workflows {
            self.workflows(&entry.value);
        }
        if size::too_large(&self.document).is_none() {
            self.infer_inputs();
        }
        if let Some(entry) = simulate {
            self.simulate(&entry.value);
        }
        if let Some(entry) = script {
            self.script(&entry.value);
        }
        if let Some(entry) = properties {
            self.properties(&entry.value);
        }
    }

    /// What a WfSpec has but for its name.
    fn wf_spec_parts<'t>(&mut self, fields: &mut fields::Fields<'t>) -> WfSpecParts<'t> {
        WfSpecParts {
            entrypoint: fields.take("entrypoint"),
            retention_seconds: self.optional_integer(fields, "retention"),
            parent: fields.take("parent"),
            updates: fields.take("allowed-updates"),
            threads: fields.take("threads"),
        }
    }

    fn wf_spec(&mut self, named: WfSpec, parts: WfSpecParts<'_>) -> WfSpec {
        let WfSpecParts { entrypoint, retention_seconds, parent, updates, threads } = parts;
        let mut spec = WfSpec {
            retention_seconds,
            parent_wf_spec: parent.and_then(|entry| self.parent(&entry.value)),
            allowed_updates: updates
                .map_or_else(AllowedUpdates::default, |entry| self.updates(entry)),
            ..named
        };
        match threads {
            Some(entry) => spec.thread_specs = self.threads(&entry.value),
            None => {
                let at = first_line(spec.at.0);
                self.error(Code::Missing, at, About::Missing(Missing::Threads));
            }
        }
        match entrypoint {
            Some(entry) => {
                spec.entrypoint_thread_name =
                    self.name(&entry.value, "entrypoint").unwrap_or_default();
                spec.entrypoint_at = entry.value.at();
            }
            None => {
                if let Some((name, thread)) = spec.thread_specs.first() {
                    spec.entrypoint_thread_name.clone_from(name);
                    spec.entrypoint_at = thread.at;
                }
            }
        }
        spec
    }

    /// Child workflows: each has threads and variables of its own.
    fn workflows(&mut self, tree: &Tree) {
        let Some(entries) = tree.map() else {
            if !tree.is_null() {
                self.expected(
                    tree,
                    "workflows",
                    "a map from the names of workflows to their threads",
                );
            }
            return;
        };
        for entry in entries {
            if is_enough(&self.diagnostics) {
                break;
            }
            let Some(mut fields) = self.fields(&entry.value, &grammar::WORKFLOW) else {
                continue;
            };
            self.declared.clear();
            self.handlers.clear();
            let parts = self.wf_spec_parts(&mut fields);
            self.finish(fields);
            let at = At(crate::tree::span_between(entry.key_span, entry.value.span));
            let name_at = At(entry.key_span);
            let named = WfSpec { name: entry.key.clone(), at, name_at, ..WfSpec::default() };
            let spec = self.wf_spec(named, parts);
            self.document.workflows.insert(entry.key.clone(), spec);
        }
    }

    /// The sections with definitions, and what reads them.
    const SECTIONS: [(&'static str, ReadSection); 5] = [
        ("structs", Self::structs),
        ("events", Self::events),
        ("tasks", Self::tasks),
        ("user-tasks", Self::user_tasks),
        ("workflow-events", Self::workflow_events),
    ];

    fn max_thread_runs(&mut self, fields: &mut fields::Fields<'_>) -> Option<u32> {
        let entry = fields.take("max-thread-runs")?;
        let number = self.integer(&entry.value, "max-thread-runs")?;
        let fits = u32::try_from(number).ok().filter(|n| (1..=MOST_THREAD_RUNS).contains(n));
        if fits.is_none() {
            let message = format!("\"max-thread-runs\" is a number from 1 to {MOST_THREAD_RUNS}.");
            self.error(Code::Number, entry.value.span, message);
        }
        fits
    }

    fn parent(&mut self, tree: &Tree) -> Option<ParentWfSpec> {
        if let Some(name) = tree.text() {
            return Some(ParentWfSpec { wf_spec_name: name.to_owned(), wf_spec_major_version: 0 });
        }
        let mut fields = self.fields(tree, &grammar::PARENT)?;
        let wf_spec_name = self.required_name(&mut fields, "workflow");
        let version = self.optional_integer(&mut fields, "major-version").unwrap_or_default();
        self.finish(fields);
        let wf_spec_major_version = i32::try_from(version).unwrap_or_default();
        Some(ParentWfSpec { wf_spec_name: wf_spec_name?, wf_spec_major_version })
    }

    fn updates(&mut self, entry: &Entry) -> AllowedUpdates {
        let words = [
            ("all", AllowedUpdates::AllUpdates),
            ("minor", AllowedUpdates::MinorRevisionUpdates),
            ("none", AllowedUpdates::NoUpdates),
        ];
        self.word(&entry.value, "allowed-updates", &words).unwrap_or_default()
    }

    fn threads(&mut self, tree: &Tree) -> IndexMap<String, ThreadSpec> {
        let mut threads = IndexMap::new();
        let Some(entries) = tree.map() else {
            self.expected(tree, "threads", "a map from the names of threads to what they do");
            return threads;
        };
        // First all variables, since a thread sees those of its parents.
        for entry in entries {
            let variables = entry.value.get("variables").and_then(Tree::map).unwrap_or_default();
            self.declared.extend(variables.iter().map(|variable| variable.key.clone()));
            if let Some(interrupts) = entry.value.get("interrupts") {
                let names = interrupt_entries(interrupts).filter_map(|entry| entry.value.text());
                self.handlers.extend(names.map(str::to_owned));
            }
        }
        for entry in entries {
            if is_enough(&self.diagnostics) {
                break;
            }
            self.thread.clone_from(&entry.key);
            let thread = self.thread_spec(entry);
            threads.insert(entry.key.clone(), thread);
        }
        threads
    }

    fn thread_spec(&mut self, entry: &Entry) -> ThreadSpec {
        let at = At(entry.key_span);
        let mut graph = Graph::new(entry.key_span);
        let tree = &entry.value;
        // A thread that only does something may leave out "do".
        if tree.list().is_some() || tree.is_null() {
            self.statements(tree.list().unwrap_or_default(), &mut graph);
            return graph.into_thread_spec(at);
        }
        let Some(mut fields) = self.fields(tree, &grammar::THREAD) else {
            return graph.into_thread_spec(at);
        };
        let variables = fields.take("variables");
        let interrupts = fields.take("interrupts");
        let retention_seconds = self.optional_integer(&mut fields, "retention");
        let nodes = fields.take("nodes");
        let statements = fields.take("do");
        self.finish(fields);

        let own = variables.map_or_else(Vec::new, |entry| self.variables(&entry.value));
        graph.variable_defs = own;
        let interrupt_defs =
            interrupts.map_or_else(Vec::new, |entry| self.interrupts(&entry.value));
        if let Some(nodes) = nodes {
            if let Some(statements) = statements {
                self.error(
                    Code::OneOf,
                    statements.key_span,
                    "A thread has \"do\" or \"nodes\", not both.",
                );
            }
            let nodes = self.nodes(&nodes.value, &mut graph);
            let variable_defs = std::mem::take(&mut graph.variable_defs);
            return ThreadSpec { nodes, variable_defs, interrupt_defs, retention_seconds, at };
        }
        if let Some(statements) = statements {
            match statements.value.list() {
                Some(items) => self.statements(items, &mut graph),
                None if statements.value.is_null() => {}
                None => self.expected(&statements.value, "do", "a list of steps, each with a dash"),
            }
        }
        let thread = graph.into_thread_spec(at);
        ThreadSpec { interrupt_defs, retention_seconds, ..thread }
    }

    fn interrupts(&mut self, tree: &Tree) -> Vec<InterruptDef> {
        let mut interrupts = Vec::new();
        if tree.text().is_some() && !tree.is_null() {
            self.expected(tree, "interrupts", "a map from events to the threads that handle them");
        }
        for entry in interrupt_entries(tree) {
            if let Some(handler) = self.name(&entry.value, &entry.key) {
                interrupts.push(InterruptDef {
                    external_event_def: entry.key.clone(),
                    handler_spec_name: handler,
                    at: At(crate::tree::span_between(entry.key_span, entry.value.span)),
                });
            }
        }
        interrupts
    }
}

/// Events and their handlers: a map, or a list of maps, in which an event can stand twice, as LittleHorse allows.
fn interrupt_entries(tree: &Tree) -> impl Iterator<Item = &Entry> {
    let items = tree.list().unwrap_or_default().iter().filter_map(Tree::map).flatten();
    tree.map().unwrap_or_default().iter().chain(items)
}

fn first_line(span: Span) -> Span {
    Span { end_line: span.line, end_column: span.column + 1, ..span }
}
