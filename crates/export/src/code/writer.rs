//! From threads to functions.

use std::collections::{HashMap, HashSet};

use halter_spec::Diagnostic;
use halter_spec::model::{AccessLevel, Document, Node, Source, ThreadSpec};
use halter_spec::place::At;
use halter_spec::structure::statements;
use halter_spec::visit;

use super::call::Payload;
use super::declare;
use super::identifiers::Identifiers;
use super::language::{Body, Language, Term, TermKind};
use super::numbers::numbers;
use super::outline::outline;
use super::plan::Plan;
use super::refusal;
use super::values::Scope;

mod call;
mod statements;
mod step;

type Written<T> = Result<T, Box<Diagnostic>>;

/// Writes the file of a document.
pub(crate) fn write(
    document: &Document,
    plan: &Plan,
    language: &dyn Language,
) -> Result<String, Vec<Diagnostic>> {
    let spec = &document.wf_spec;
    let mut writer = Writer {
        document,
        plan,
        language,
        names: Identifiers::new(language.words().snake_case, language.words().is_reserved),
        functions: HashMap::new(),
        handlers: HashSet::new(),
        registered: HashSet::new(),
        thread: spec.entrypoint_thread_name.clone(),
        node: None,
        at: spec.at,
        count: 0,
        bodies: 0,
        used: HashSet::new(),
    };
    let scope = Scope::default();
    let whole = |reason: &str| vec![refusal(spec.at, &spec.entrypoint_thread_name, None, reason)];
    let name = spec.entrypoint_thread_name.clone();
    let entrypoint = writer.thread_body(&name, "wf", &scope).map_err(|problem| vec![*problem])?;
    let outline = outline(language, document, entrypoint, &writer.registered);
    outline.and_then(|outline| language.file(&outline)).map_err(|reason| whole(&reason))
}

struct Writer<'a> {
    document: &'a Document,
    plan: &'a Plan,
    language: &'a dyn Language,
    names: Identifiers,
    /// The functions of threads, by the threads' names.
    functions: HashMap<String, String>,
    /// Names that the SDK gives to handlers' threads, to tell when it would give one twice.
    handlers: HashSet<String>,
    /// External events that the SDK registers where they are used.
    registered: HashSet<String>,
    /// The thread and the node that are being written.
    thread: String,
    node: Option<String>,
    at: At,
    /// Nodes that the SDK has made of this thread.
    count: usize,
    /// Branches and loops of this thread.
    bodies: usize,
    /// Nodes of this thread whose outputs or handlers are used.
    used: HashSet<String>,
}

impl Writer<'_> {
    fn refuse<T>(&self, reason: &str) -> Written<T> {
        Err(self.refusal(reason))
    }

    #[allow(
        clippy::unnecessary_box_returns,
        reason = "errors travel in boxes, so that results stay small"
    )]
    fn refusal(&self, reason: &str) -> Box<Diagnostic> {
        Box::new(refusal(self.at, &self.thread, self.node.as_deref(), reason))
    }

    fn said<T>(&self, said: Result<T, String>) -> Written<T> {
        said.map_err(|reason| self.refusal(&reason))
    }

    /// The lines of a thread's function.
    fn thread_body(&mut self, name: &str, called: &str, outer: &Scope) -> Written<Body> {
        let document = self.document;
        let Some(spec) = document.wf_spec.thread_specs.get(name) else {
            return self.refuse("there is no such thread.");
        };
        let before = (
            std::mem::replace(&mut self.thread, name.to_owned()),
            self.node.take(),
            std::mem::replace(&mut self.at, spec.at),
            std::mem::replace(&mut self.count, 1),
            std::mem::take(&mut self.bodies),
            std::mem::take(&mut self.used),
        );
        self.names.enter();
        let body = self.function(spec, called, outer)?;
        self.names.leave();
        (self.thread, self.node, self.at, self.count, self.bodies, self.used) = before;
        Ok(body)
    }

    fn function(&mut self, spec: &ThreadSpec, called: &str, outer: &Scope) -> Written<Body> {
        let statements = match statements(spec) {
            Ok(statements) => statements,
            Err(problem) => {
                self.node = Some(problem.node).filter(|node| !node.is_empty());
                if let Some(node) = self.node.as_ref().and_then(|node| spec.nodes.get(node)) {
                    self.at = node.at;
                }
                let reason = format!(
                    "{} Only what is made of sequences, branches and loops can be code.",
                    problem.reason
                );
                return self.refuse(&reason);
            }
        };
        let thread = self.names.name(called);
        let mut lines = Vec::new();
        let mut scope = Scope {
            thread: thread.clone(),
            variables: outer.variables.clone(),
            outputs: HashMap::new(),
            started: HashMap::new(),
            workflows: HashMap::new(),
        };
        let own_numbers = numbers(spec);
        for node in spec.nodes.values() {
            outputs_of(node, &mut self.used);
        }
        if let Some(seconds) = spec.retention_seconds {
            lines.push(declare::retention(self.language, &thread, seconds));
        }
        for variable in &spec.variable_defs {
            let def = &variable.var_def;
            if own_numbers.contains_key(def.name.as_str()) {
                let plain = def.default_value.is_none()
                    && !variable.required
                    && !variable.searchable
                    && variable.json_indexes.is_empty()
                    && !def.type_def.masked
                    && variable.access_level == AccessLevel::PrivateVar;
                if !plain {
                    let reason = format!(
                        "the variable {} keeps the number of a thread; the SDK makes it by itself, private and without a default.",
                        def.name
                    );
                    return self.refuse(&reason);
                }
                continue;
            }
            let name = self.names.name(&def.name);
            let found = def.type_def.of.clone();
            if let Some(default) = &def.default_value
                && default.var_type() != found.primitive()
            {
                let reason = format!("the default of {} is not of its type.", def.name);
                return self.refuse(&reason);
            }
            lines.push(self.said(declare::variable(self.language, &thread, &name, variable))?);
            let kind = TermKind::Variable(found);
            scope.variables.insert(def.name.clone(), Term::new(name, kind));
        }
        let plan = self.plan;
        let inside = plan.inside(&self.thread).to_vec();
        // All names first: one function may need another.
        for other in &inside {
            let name = self.names.name(other);
            self.functions.insert(other.clone(), name);
        }
        for other in &inside {
            let body = self.thread_body(other, self.role(other), &scope)?;
            let name = self.functions.get(other).cloned().unwrap_or_default();
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(self.language.function(&name, &body));
        }
        if !inside.is_empty() {
            lines.push(String::new());
        }
        for interrupt in &spec.interrupt_defs {
            self.at = interrupt.at;
            let event = &interrupt.external_event_def;
            self.claim(format!("interrupt-{event}"))?;
            let function = self.function_of(&interrupt.handler_spec_name)?;
            let payload = self.payload(event, false).filter(|found| found.correlated.is_none());
            let class = payload.as_ref().map(|payload| payload.class);
            if class.is_some() {
                self.registered.insert(event.clone());
            }
            lines.push(declare::interrupt(self.language, &thread, event, function, class));
        }
        self.statements(&statements, &mut scope, &mut lines, true)?;
        Ok(Body { thread, lines })
    }

    /// What the SDK may be told of an event where it is used: all that its definition says, once, or nothing.
    fn payload(&self, event: &str, with_key: bool) -> Option<Payload> {
        let def = self.document.external_event_defs.get(event)?;
        let elsewhere = self.registered.contains(event) || self.plan.is_copied(&self.thread);
        // A step with a key makes the SDK say that the event may be correlated.
        if elsewhere || def.retention_seconds.is_some() || (with_key && def.correlated.is_none()) {
            return None;
        }
        let content = def.content_type.as_ref()?;
        if content.type_def.as_ref().is_some_and(|content| content.masked) {
            return None;
        }
        let class = declare::payload_class(self.language, content)?;
        Some(Payload { class, correlated: def.correlated.clone() })
    }

    /// What the thread of a function is called.
    fn role(&self, thread: &str) -> &'static str {
        let specs = self.document.wf_spec.thread_specs.values();
        let mut nodes = specs.flat_map(|spec| spec.nodes.values());
        let started =
            nodes.any(|node| node.kind.starts().is_some_and(|(started, _)| started == thread));
        if started { "child" } else { "handler" }
    }

    fn function_of(&self, thread: &str) -> Written<String> {
        match self.functions.get(thread) {
            Some(name) => Ok(name.clone()),
            None => self.refuse(&format!("there is no thread {thread}.")),
        }
    }

    /// Takes a name that the SDK gives to a thread.
    fn claim(&mut self, name: String) -> Written<()> {
        if self.handlers.contains(&name) {
            let reason = format!("the SDK would call two threads {name}.");
            return self.refuse(&reason);
        }
        self.handlers.insert(name);
        Ok(())
    }
}

/// The nodes whose outputs a node uses.
fn outputs_of(node: &Node, used: &mut HashSet<String>) {
    visit::node(node, &mut |value| {
        if let Source::NodeOutput(name) = &value.source {
            used.insert(name.clone());
        }
    });
}
