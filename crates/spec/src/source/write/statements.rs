//! A thread as statements.

use std::collections::HashMap;

use super::expressions::{Outputs, Values};
use super::steps::{Started, Steps, failure_handlers};
use super::yaml::Out;
use crate::model::{Document, ExitNode, Node, NodeKind, ThreadSpec, VarType, VariableMutation};
use crate::structure::{Statement, statements};

/// Statements, and the variables that they declare by themselves.
pub(super) type Written = (Vec<Out>, Vec<(String, VarType)>);

/// The statements of a thread, and the variables that they declare by themselves.
pub(super) fn thread(
    document: &Document,
    spec: &ThreadSpec,
    handles_interrupts: bool,
) -> Option<Written> {
    let statements = statements(spec).ok()?;
    let mut writer = Writer {
        document,
        handles_interrupts,
        known: Known::default(),
        started: StartedThreads::default(),
        declared: Vec::new(),
    };
    writer.known.add("0-entrypoint-ENTRYPOINT");
    let mut statements = statements.as_slice();
    if let Some((Statement::Step { name, node, .. }, rest)) = statements.split_last()
        && node.kind == NodeKind::Exit(ExitNode::default())
        && node.failure_handlers.is_empty()
        && name.ends_with("-exit-EXIT")
    {
        statements = rest;
    }
    let items = writer.list(statements)?;
    Some((items, writer.declared))
}

/// The nodes so far, as the reader knows them.
#[derive(Default)]
struct Known {
    /// The middles of names, and the names; later ones last.
    labels: Vec<(String, String)>,
}

impl Known {
    fn add(&mut self, name: &str) {
        let base = name
            .split_once('-')
            .and_then(|(_, rest)| rest.rsplit_once('-'))
            .map_or(name, |(base, _)| base);
        self.labels.push((base.to_owned(), name.to_owned()));
    }
}

impl Outputs for Known {
    fn label(&self, node: &str) -> Option<String> {
        let (base, _) = self.labels.iter().find(|(_, name)| name == node)?;
        let short = self.node(base).is_some_and(|found| found == node)
            && !base.contains(['(', ')', '{', '}'])
            && base.trim() == base;
        Some(if short { base } else { node }.to_owned())
    }

    fn node(&self, label: &str) -> Option<String> {
        let by_name = self.labels.iter().find(|(_, name)| name == label);
        let found = by_name.or_else(|| self.labels.iter().rev().find(|(base, _)| base == label));
        found.map(|(_, name)| name.clone())
    }
}

/// Threads started so far: by name and by variable, as the reader knows them.
#[derive(Default)]
struct StartedThreads(HashMap<String, (String, bool)>, HashMap<String, String>);

impl StartedThreads {
    fn add(&mut self, thread: &str, variable: &str, several: bool) {
        for name in [thread, variable] {
            self.0.insert(name.to_owned(), (variable.to_owned(), several));
        }
        self.1.insert(variable.to_owned(), thread.to_owned());
    }
}

impl Started for StartedThreads {
    fn name(&self, variable: &str) -> Option<(String, bool)> {
        let (_, several) = self.0.get(variable).filter(|(found, _)| found == variable)?;
        let thread = self.1.get(variable)?;
        let by_thread = self.0.get(thread).is_some_and(|(found, _)| found == variable);
        // The variable's name, if it is somebody's own; else the thread's.
        let own = !variable.ends_with("THREAD") && !variable.ends_with("THREADS");
        let name = if by_thread && !own { thread } else { variable };
        Some((name.to_owned(), *several)).filter(|(name, _)| !name.contains('$'))
    }
}

struct Writer<'a> {
    document: &'a Document,
    handles_interrupts: bool,
    known: Known,
    started: StartedThreads,
    declared: Vec<(String, VarType)>,
}

impl Writer<'_> {
    fn list(&mut self, statements: &[Statement<'_>]) -> Option<Vec<Out>> {
        let mut items = Vec::new();
        for statement in statements {
            self.statement(statement, &mut items)?;
        }
        Some(items)
    }

    fn values(&self) -> Values<'_> {
        Values { outputs: &self.known, own: None }
    }

    fn statement(&mut self, statement: &Statement<'_>, items: &mut Vec<Out>) -> Option<()> {
        match statement {
            Statement::Step { name, node, mutations } => self.step(name, node, mutations, items)?,
            Statement::Set(mutations) => self.set(mutations, items),
            Statement::If { name, branches, otherwise } => {
                self.known.add(name);
                let mut branches = branches.iter();
                let mut entries = Vec::new();
                let (condition, body) = branches.next()?;
                let condition = self.values().condition(condition);
                entries.push(("if".to_owned(), condition));
                entries.push(("then".to_owned(), Out::Lines(self.list(body)?)));
                let mut others = Vec::new();
                for (condition, body) in branches {
                    let condition = self.values().condition(condition);
                    let body = self.list(body)?;
                    others.push(Out::Block(vec![
                        ("if".to_owned(), condition),
                        ("then".to_owned(), Out::Lines(body)),
                    ]));
                }
                if !others.is_empty() {
                    entries.push(("else-if".to_owned(), Out::Lines(others)));
                }
                if !otherwise.is_empty() {
                    entries.push(("else".to_owned(), Out::Lines(self.list(otherwise)?)));
                }
                items.push(Out::Block(entries));
            }
            Statement::While { name, condition, body } => {
                let condition = self.values().condition(condition);
                self.known.add(name);
                let body = self.list(body)?;
                items.push(Out::Block(vec![
                    ("while".to_owned(), condition),
                    ("do".to_owned(), Out::Lines(body)),
                ]));
            }
        }
        Some(())
    }

    fn set(&self, mutations: &[VariableMutation], items: &mut Vec<Out>) {
        if !mutations.is_empty() {
            let set = self.values().mutations(mutations);
            items.push(Out::Block(vec![("set".to_owned(), set)]));
        }
    }

    fn step(
        &mut self,
        name: &str,
        node: &Node,
        mutations: &[VariableMutation],
        items: &mut Vec<Out>,
    ) -> Option<()> {
        let mut steps =
            Steps { document: self.document, values: self.values(), started: &self.started };
        let mut entries = steps.step(name, &node.kind)?;
        let mut rest = mutations;
        let mut starts = None;
        if let Some((thread, several)) = node.kind.starts() {
            let stored = mutations.split_first().filter(|(first, _)| {
                super::is_plain_store(first, name) && first.lhs_path.is_none()
            });
            match stored {
                Some((first, others)) => {
                    if first.lhs_name != name || self.handles_interrupts {
                        entries.push(("as".to_owned(), Out::text(&first.lhs_name)));
                    }
                    starts = Some((thread, first.lhs_name.clone(), several));
                    rest = others;
                }
                None if self.handles_interrupts => {}
                // A statement would keep the number.
                None => return None,
            }
        }
        steps.values.own = Some(name);
        // Behind the step, its own output is known as well.
        let (into, rest) = steps.stored(name, rest);
        if let Some(into) = into {
            entries.push(("into".to_owned(), into));
        }
        if !node.failure_handlers.is_empty() {
            let handlers = failure_handlers(&node.failure_handlers);
            entries.push(("on-failure".to_owned(), handlers));
        }
        self.known.add(name);
        if let Some((thread, variable, several)) = starts {
            self.started.add(thread, &variable, several);
            let var_type = if several { VarType::JsonArr } else { VarType::Int };
            self.declared.push((variable, var_type));
        }
        items.push(match entries.as_slice() {
            [(word, Out::Plain(value))] if value.is_empty() => Out::text(word),
            _ => Out::Block(entries),
        });
        self.set(rest, items);
        Some(())
    }
}
