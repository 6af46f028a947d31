//! Statements, one after the other: steps, branches, loops, and changes of variables.

use super::Source;
use super::fields::Fields;
use super::graph::{Graph, Started};
use crate::about::{About, Unknown, UnknownWhat};
use crate::code::Code;
use crate::diagnostic::is_enough;
use crate::grammar::{self, Form, STATEMENTS, Statement};
use crate::limits::MAX_NODES;
use crate::model::{
    Condition, MutationRhs, MutationType, NodeKind, Source as From, VarType, VariableAssignment,
    VariableMutation,
};
use crate::place::{At, Span};
use crate::structure::opposite;
use crate::tree::{Entry, Tree, span_between};
use crate::words::StepWord;

/// The words that statements begin with; those that are no steps come first.
fn words() -> impl Iterator<Item = &'static str> + Clone {
    let is_step = |form| form != Form::Structure;
    let others = STATEMENTS.iter().filter(move |known| !is_step(known.form));
    let steps = STATEMENTS.iter().filter(move |known| is_step(known.form));
    others.chain(steps).map(|known| known.key.name)
}

impl Source {
    pub(super) fn statements(&mut self, items: &[Tree], graph: &mut Graph) {
        for item in items {
            if graph.nodes.len() > MAX_NODES || is_enough(&self.diagnostics) {
                break;
            }
            if graph.has_ended() {
                self.warning(Code::VUnreachable, super::first_line(item.span), About::BehindEnd);
                break;
            }
            self.statement(item, graph);
        }
    }

    fn statement(&mut self, tree: &Tree, graph: &mut Graph) {
        // A step that needs nothing more may stand as a word.
        if let Some(word) = tree.text()
            && let Some(word) = ["nop", "return", "exit"].into_iter().find(|known| *known == word)
        {
            let entry = Entry {
                key: word.to_owned(),
                key_span: tree.span,
                value: Tree::plain("", tree.span),
            };
            let map =
                Tree { span: tree.span, tag: None, kind: crate::tree::TreeKind::Map(vec![entry]) };
            return self.statement(&map, graph);
        }
        let Some(entries) = tree.map().filter(|entries| !entries.is_empty()) else {
            let message = format!("A step is a map such as \"task: charge\", not {}.", tree.what());
            self.error(Code::Type, tree.span, message);
            return;
        };
        let found =
            entries.iter().find_map(|entry| Some((StepWord::from_name(&entry.key)?, entry)));
        let Some((step, entry)) = found else {
            if let Some(first) = entries.first() {
                self.unknown_statement(first);
            }
            return;
        };
        let word = step.name();
        let keys = grammar::statement(word).into_iter().flat_map(Statement::keys);
        let Some(mut fields) = self.fields_of(tree, word, keys) else {
            return;
        };
        fields.take(word);
        let at = At(statement_span(entry, tree));
        match step {
            StepWord::If => self.branches(entry, fields, graph, at),
            StepWord::While => self.repeat(entry, fields, graph, at),
            StepWord::Set => {
                let mutations = self.mutations(&entry.value, graph);
                graph.mutate(&mutations);
                self.finish(fields);
            }
            StepWord::Task
            | StepWord::WaitForEvent
            | StepWord::StartThread
            | StepWord::StartThreads
            | StepWord::WaitForThreads
            | StepWord::Sleep
            | StepWord::SleepUntil
            | StepWord::SleepUntilDate
            | StepWord::UserTask
            | StepWord::ThrowEvent
            | StepWord::WaitForCondition
            | StepWord::RunChildWf
            | StepWord::WaitForChildWf
            | StepWord::Fail
            | StepWord::Return
            | StepWord::Exit
            | StepWord::Nop => self.simple(step, entry, fields, graph, at),
        }
    }

    fn unknown_statement(&mut self, entry: &Entry) {
        let unknown = Unknown::among(UnknownWhat::Step, &entry.key, words());
        self.error(Code::UnknownStatement, entry.key_span, About::Unknown(unknown));
    }

    /// A step: one node.
    fn simple(
        &mut self,
        word: StepWord,
        entry: &Entry,
        mut fields: Fields<'_>,
        graph: &mut Graph,
        at: At,
    ) {
        let step = self.step(word, &entry.value, &mut fields, graph);
        let label = self.optional_name(&mut fields, "label");
        let starts = matches!(word, StepWord::StartThread | StepWord::StartThreads);
        let variable = if starts { self.optional_name(&mut fields, "as") } else { None };
        let ends = matches!(word, StepWord::Fail | StepWord::Return | StepWord::Exit);
        let into = if ends { None } else { fields.take("into") };
        self.finish(fields);
        let Some(step) = step else { return };

        let thread = step.base.clone();
        let node = graph.add(&step.base, step.kind, step.failure_handlers, at);
        if starts {
            self.keep_number(&thread, variable, &node, word == StepWord::StartThreads, graph, at);
        }
        if let Some(label) = label {
            graph.label(label, &node);
        }
        if let Some(into) = into {
            let mutations = self.into(&into.value, &node, graph);
            graph.mutate(&mutations);
        }
    }

    /// `into: receipt`, or `into: {receipt: $output.id}`.
    pub(super) fn into(&mut self, tree: &Tree, node: &str, graph: &Graph) -> Vec<VariableMutation> {
        let Some(target) = tree.text() else {
            let outputs = |label: Option<&str>| match label {
                None => Some(node.to_owned()),
                label => graph.output(label),
            };
            return self.mutations_with(tree, &outputs);
        };
        match super::expression::parse_target(target, tree.span) {
            Ok((lhs_name, lhs_path)) => {
                let mut mutation = store(lhs_name, node, tree.at());
                mutation.lhs_path = lhs_path;
                vec![mutation]
            }
            Err(problem) => {
                self.report(*problem);
                Vec::new()
            }
        }
    }

    /// Stores the number of a started thread in a variable, so that it can be waited for.
    fn keep_number(
        &mut self,
        thread: &str,
        variable: Option<String>,
        node: &str,
        several: bool,
        graph: &mut Graph,
        at: At,
    ) {
        // LittleHorse refuses a handler of interrupts that declares a variable.
        if variable.is_none() && self.handlers.contains(&self.thread) {
            return;
        }
        let variable = variable.unwrap_or_else(|| node.to_owned());
        if !self.declared.contains(&variable) {
            let var_type = if several { VarType::JsonArr } else { VarType::Int };
            graph.declare(&variable, var_type, at);
        }
        graph.mutate(&[store(variable.clone(), node, at)]);
        let started = Started { variable: variable.clone(), several };
        graph.started.insert(thread.to_owned(), started.clone());
        graph.started.insert(variable, started);
    }

    /// `if`, `then`, `else-if`, `else`: a NOP that branches and one that joins.
    fn branches(&mut self, entry: &Entry, mut fields: Fields<'_>, graph: &mut Graph, at: At) {
        let condition = self.condition(&entry.value, graph);
        let then = fields.take("then");
        if then.is_none() {
            self.missing(&fields, "then");
        }
        let else_ifs = fields.take("else-if");
        let otherwise = fields.take("else");
        self.finish(fields);

        let fork = graph.add("nop", NodeKind::Nop, Vec::new(), at);
        // The edge that `add` made is without a condition: it becomes the first branch's.
        graph.take_loose();
        if let Some(node) = graph.nodes.get_mut(&fork) {
            node.outgoing_edges.clear();
        }
        let mut ends = self.branch(&fork, condition, then, graph, at);
        let join = graph.place("nop", NodeKind::Nop, Vec::new(), at);
        for item in else_ifs.and_then(|entry| entry.value.list()).unwrap_or_default() {
            let Some(mut fields) = self.fields(item, &grammar::ELSE_IF) else {
                continue;
            };
            let condition = match fields.take("if") {
                Some(entry) => self.condition(&entry.value, graph),
                None => {
                    self.missing(&fields, "if");
                    None
                }
            };
            let then = fields.take("then");
            self.finish(fields);
            ends.extend(self.branch(&fork, condition, then, graph, item.at()));
        }
        if let Some(else_ifs) = else_ifs
            && else_ifs.value.list().is_none()
        {
            self.expected(&else_ifs.value, "else-if", "a list of {if: …, then: […]}");
        }
        ends.extend(self.branch(&fork, None, otherwise, graph, at));
        if ends.is_empty() {
            graph.nodes.shift_remove(&join);
            graph.follow(Vec::new());
        } else {
            graph.lead(ends, &join);
            let next = graph.branch(&join, None, at);
            graph.follow(vec![next]);
        }
    }

    /// One branch of a fork; the edges that leave it.
    fn branch(
        &mut self,
        fork: &str,
        condition: Option<Condition>,
        body: Option<&Entry>,
        graph: &mut Graph,
        at: At,
    ) -> Vec<super::graph::Loose> {
        let first = graph.branch(fork, condition, at);
        graph.follow(vec![first]);
        if let Some(body) = body {
            self.body(body, graph);
        }
        graph.take_loose()
    }

    fn body(&mut self, entry: &Entry, graph: &mut Graph) {
        match entry.value.list() {
            Some(items) => self.statements(items, graph),
            None if entry.value.is_null() => {}
            // One step needs no list.
            None if entry.value.map().is_some() => self.statement(&entry.value, graph),
            None => self.expected(&entry.value, &entry.key, "a list of steps, each with a dash"),
        }
    }

    /// `while` and `do`: a NOP before the body and one behind it that leads back.
    fn repeat(&mut self, entry: &Entry, mut fields: Fields<'_>, graph: &mut Graph, at: At) {
        let condition = self.condition(&entry.value, graph);
        let body = fields.take("do");
        if body.is_none() {
            self.missing(&fields, "do");
        }
        self.finish(fields);

        let first = graph.add("nop", NodeKind::Nop, Vec::new(), at);
        graph.take_loose();
        if let Some(node) = graph.nodes.get_mut(&first) {
            node.outgoing_edges.clear();
        }
        let enter = graph.branch(&first, condition.clone(), at);
        let skip = graph.branch(&first, condition.as_ref().and_then(opposite), at);
        graph.follow(vec![enter]);
        if let Some(body) = body {
            self.body(body, graph);
        }
        let mut ends = graph.take_loose();
        ends.push(skip);
        let last = graph.place("nop", NodeKind::Nop, Vec::new(), at);
        graph.lead(ends, &last);
        let back = graph.branch(&last, condition, at);
        graph.lead(vec![back], &first);
        let next = graph.branch(&last, None, at);
        graph.follow(vec![next]);
    }
}

/// Stores a node's output in a variable.
fn store(lhs_name: String, node: &str, at: At) -> VariableMutation {
    let source = From::NodeOutput(node.to_owned());
    VariableMutation {
        lhs_name,
        lhs_path: None,
        operation: MutationType::Assign,
        rhs: MutationRhs::Assignment(VariableAssignment { at, ..VariableAssignment::of(source) }),
        at,
    }
}

/// The lines of a statement; of a branch or a loop, only its head.
fn statement_span(entry: &Entry, tree: &Tree) -> Span {
    match entry.key.as_str() {
        "if" | "while" => span_between(entry.key_span, entry.value.span),
        _ => tree.span,
    }
}
