//! What each word of a source is: keys, names with what they name, types, values. One walk along the grammar of
//! `halter_spec::grammar` finds them all.

use std::collections::HashSet;

use halter_spec::grammar::{
    self, ACTION, COMPOSED_TYPES, DOCUMENT, ENTRYPOINT, Key, LONG_COMMANDS, NameKind,
    OPERATION_WORDS, RESULT, STRUCT_WORDS, Statement, TYPE_WORDS, TypeUse, ValueShape,
    is_expression, is_proto_action,
};
use halter_spec::model::VarType;

use crate::cst::{Cst, Entry, Layout, Node, NodeShape};
use crate::expression::{Piece, pieces};

/// A word of the source and what it is.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) what: What,
}

#[derive(Debug, Clone)]
pub(crate) enum What {
    /// A key of a map.
    Key(&'static Key),
    /// The word of a step, or of a command.
    Statement(&'static Statement),
    /// A name.
    Name(Name, Use),
    Type(VarType),
    /// The word of a type that is composed of others, and what it means.
    Composed(&'static str),
    /// A word with one meaning.
    Word(&'static str),
    Function(&'static str),
    Operator,
    Path,
    Number,
    Text,
    Constant,
}

/// What something is called, and where that name holds.
#[allow(clippy::struct_field_names, reason = "it is what it is called")]
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name {
    pub(crate) kind: NameKind,
    /// The thread of a label, a node or `INPUT`; the task of an input; the form of a field. Empty: the whole workflow.
    pub(crate) owner: String,
    /// The child workflow of what is known in one workflow only. Empty: the document's own, or all of them.
    pub(crate) workflow: String,
    pub(crate) name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Declares,
    Uses,
}

/// Where a walk is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WalkContext<'c> {
    /// The child workflow; empty: the document's own.
    pub(crate) workflow: &'c str,
    /// The thread.
    pub(crate) thread: Option<&'c Entry>,
    /// The map of the innermost step or command.
    pub(crate) step: Option<&'c Node>,
    /// The innermost key with a meaning.
    pub(crate) key: &'c str,
    /// The task, user task or event whose definition this is.
    pub(crate) owner: &'c str,
    /// Whether this is below `into`.
    pub(crate) into: bool,
}

/// What may stand at an offset.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expect<'c> {
    /// A key of this map.
    Key(ValueShape, &'c Node),
    /// A value.
    Value(ValueShape),
}

/// All words of a source.
#[derive(Debug)]
pub(crate) struct Analysis<'c> {
    pub(crate) cst: &'c Cst<'c>,
    pub(crate) spots: Vec<Spot>,
    /// What may stand at the offset that was asked for, and where that is.
    pub(crate) expect: Option<(Expect<'c>, WalkContext<'c>)>,
}

/// Whether the text is LittleHorse's JSON.
pub(crate) fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

impl<'c> Analysis<'c> {
    pub(crate) fn of(cst: &'c Cst<'c>) -> Self {
        Self::at(cst, None)
    }

    /// Also finds what may stand at an offset.
    pub(crate) fn at(cst: &'c Cst<'c>, offset: Option<usize>) -> Self {
        let mut walk = Walk {
            cst,
            offset,
            spots: Vec::new(),
            expect: None,
            threads: HashSet::new(),
            variables: HashSet::new(),
            workflow: "",
            outputs: Vec::new(),
        };
        walk.enter("", &cst.root);
        if !is_json(cst.text) {
            walk.value(&cst.root, &ValueShape::Map(&DOCUMENT), WalkContext::default());
        }
        let mut analysis = Self { cst, spots: walk.spots, expect: walk.expect };
        let outputs = walk.outputs;
        analysis.resolve_outputs(&outputs);
        analysis.spots.sort_by_key(|spot| (spot.from, std::cmp::Reverse(spot.to)));
        analysis
    }

    /// `$output(x)` names a label, a node, or what a step of the thread does.
    fn resolve_outputs(&mut self, outputs: &[usize]) {
        if outputs.is_empty() {
            return;
        }
        let steps = steps_by_thread(self.cst);
        let place = |name: &Name| (name.workflow.clone(), name.owner.clone(), name.name.clone());
        let labels: HashSet<_> = self
            .names()
            .filter(|(_, name, usage)| {
                matches!(name.kind, NameKind::Label | NameKind::Node) && *usage == Use::Declares
            })
            .map(|(_, name, _)| place(name))
            .collect();
        let nodes: HashSet<_> = self
            .names()
            .filter(|(_, name, usage)| name.kind == NameKind::Node && *usage == Use::Declares)
            .map(|(_, name, _)| place(name))
            .collect();
        for index in outputs {
            let Some(Spot { what: What::Name(name, _), .. }) = self.spots.get_mut(*index) else {
                continue;
            };
            let here = place(name);
            if nodes.contains(&here) {
                name.kind = NameKind::Node;
            } else if !labels.contains(&here)
                && let Some((_, kind)) = steps.iter().find(|(step, _)| *step == here)
            {
                name.kind = *kind;
                name.owner = String::new();
                if !is_of_workflow(*kind) {
                    name.workflow = String::new();
                }
            }
        }
    }

    /// All names.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&Spot, &Name, Use)> {
        self.spots.iter().filter_map(|spot| match &spot.what {
            What::Name(name, usage) => Some((spot, name, *usage)),
            _ => None,
        })
    }

    /// Names of a kind that are known in a workflow, each once, those that are declared first.
    pub(crate) fn known(&self, kind: NameKind, workflow: &str) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for wanted in [Use::Declares, Use::Uses] {
            for (_, name, usage) in self.names() {
                let here =
                    name.kind == kind && (name.workflow == workflow || !is_of_workflow(kind));
                if here && usage == wanted && !found.contains(&name.name.as_str()) {
                    found.push(&name.name);
                }
            }
        }
        found
    }

    /// The smallest word at an offset.
    pub(crate) fn spot(&self, offset: usize) -> Option<&Spot> {
        self.spots
            .iter()
            .filter(|spot| spot.from <= offset && offset <= spot.to)
            .min_by_key(|spot| (spot.to - spot.from, spot.to == offset))
    }
}

/// The threads of a document's own workflow.
pub(crate) fn threads<'c>(cst: &'c Cst<'_>) -> impl Iterator<Item = &'c Entry> {
    threads_of(&cst.root)
}

/// The threads of a workflow; the empty name is that of the document's own.
pub(crate) fn threads_in<'c>(
    cst: &'c Cst<'_>,
    workflow: &str,
) -> impl Iterator<Item = &'c Entry> + use<'c> {
    let node = match workflow {
        "" => Some(&cst.root),
        name => cst.root.get("workflows").and_then(|all| all.get(name)),
    };
    node.into_iter().flat_map(threads_of)
}

/// The threads of every workflow, each with the workflow's name.
pub(crate) fn all_threads<'c>(cst: &'c Cst<'_>) -> impl Iterator<Item = (&'c str, &'c Entry)> {
    let children = cst.root.get("workflows").map(Node::entries).unwrap_or_default().iter();
    let children = children.map(|child| (child.key.as_str(), &child.value));
    let all = std::iter::once(("", &cst.root)).chain(children);
    all.flat_map(|(workflow, node)| threads_of(node).map(move |thread| (workflow, thread)))
}

fn threads_of(node: &Node) -> impl Iterator<Item = &Entry> {
    node.get("threads").map(Node::entries).unwrap_or_default().iter()
}

fn names(node: Option<&Node>) -> impl Iterator<Item = &str> {
    node.map(Node::entries).unwrap_or_default().iter().map(|entry| entry.key.as_str())
}

/// A step: its workflow, its thread and the name that it gives its node.
type StepName = (String, String, String);

/// Every step with what its name names.
fn steps_by_thread(cst: &Cst<'_>) -> Vec<(StepName, NameKind)> {
    struct Steps<'c> {
        workflow: &'c str,
        thread: &'c str,
        found: Vec<(StepName, NameKind)>,
    }
    impl Steps<'_> {
        fn collect(&mut self, node: &Node) {
            for item in node.items() {
                self.step(&item.value);
            }
        }

        fn step(&mut self, map: &Node) {
            for entry in map.entries() {
                let kind = match entry.key.as_str() {
                    "task" => NameKind::Task,
                    "wait-for-event" => NameKind::Event,
                    "start-thread" | "start-threads" => NameKind::Thread,
                    "user-task" => NameKind::UserTask,
                    "then" | "else" | "do" => {
                        self.collect(&entry.value);
                        self.step(&entry.value);
                        continue;
                    }
                    "else-if" => {
                        for item in entry.value.items() {
                            self.step(&item.value);
                        }
                        continue;
                    }
                    _ => continue,
                };
                if let Some(name) = entry.value.text() {
                    let (workflow, thread) = (self.workflow.to_owned(), self.thread.to_owned());
                    self.found.push(((workflow, thread, name.to_owned()), kind));
                }
            }
        }
    }
    let mut steps = Steps { workflow: "", thread: "", found: Vec::new() };
    for (workflow, thread) in all_threads(cst) {
        (steps.workflow, steps.thread) = (workflow, &thread.key);
        steps.collect(&thread.value);
        if let Some(list) = thread.value.get("do") {
            steps.collect(list);
        }
        for node in thread.value.get("nodes").map(Node::entries).unwrap_or_default() {
            steps.step(&node.value);
        }
    }
    steps.found
}

struct Walk<'c> {
    cst: &'c Cst<'c>,
    offset: Option<usize>,
    spots: Vec<Spot>,
    expect: Option<(Expect<'c>, WalkContext<'c>)>,
    threads: HashSet<&'c str>,
    variables: HashSet<&'c str>,
    /// The child workflow; empty: the document's own.
    workflow: &'c str,
    /// The spots of `$output(…)`.
    outputs: Vec<usize>,
}

impl<'c> Walk<'c> {
    fn spot(&mut self, span: (usize, usize), what: What) {
        let (from, to) = span;
        self.spots.push(Spot { from, to, what });
    }

    fn name(&mut self, span: (usize, usize), mut name: Name, usage: Use) {
        if is_of_workflow(name.kind) {
            self.workflow.clone_into(&mut name.workflow);
        }
        self.spot(span, What::Name(name, usage));
    }

    /// What is known in a workflow: the names of its threads, and of their variables.
    fn enter(&mut self, workflow: &'c str, node: &'c Node) {
        self.workflow = workflow;
        let threads = node.get("threads");
        self.threads = names(threads).collect();
        let threads = threads.map(Node::entries).unwrap_or_default().iter();
        self.variables = threads.flat_map(|thread| names(thread.value.get("variables"))).collect();
    }

    fn is_at(&self, from: usize, to: usize) -> bool {
        self.offset.is_some_and(|offset| from <= offset && offset <= to)
    }

    fn value(&mut self, node: &'c Node, holds: &ValueShape, place: WalkContext<'c>) {
        if matches!(node.kind, NodeShape::Scalar(..)) && self.is_at(node.from, node.to) {
            self.expect = Some((Expect::Value(*holds), place));
        }
        if let Some((tag, from, to)) = &node.tag {
            self.spot((*from, *to), What::Word(tag_doc(tag)));
            if tag == "proto" {
                self.proto(node, place);
                return;
            }
        }
        self.held(node, holds, place);
    }

    fn held(&mut self, node: &'c Node, holds: &ValueShape, place: WalkContext<'c>) {
        match holds {
            ValueShape::Either(all) => {
                if let Some(chosen) = choose(node, all) {
                    self.held(node, chosen, place);
                }
            }
            ValueShape::Map(shape) => {
                // The task that reminds of a form is given arguments as a step is.
                let is_action = shape.name == ACTION.name;
                let place =
                    if is_action { WalkContext { step: Some(node), ..place } } else { place };
                self.map_keys(node, *holds, place);
                for entry in node.entries() {
                    if let Some(key) = shape.key(&entry.key) {
                        self.known_key(entry, key, place);
                    }
                }
            }
            ValueShape::Names(kind, declares, inner) => {
                self.map_keys(node, *holds, place);
                for entry in node.entries() {
                    self.named(entry, *kind, *declares, inner, place);
                }
            }
            ValueShape::List(inner) => {
                for item in node.items() {
                    self.value(&item.value, inner, place);
                }
            }
            ValueShape::Step => self.step(node, place),
            ValueShape::NodeStep => self.node_step(node, place),
            ValueShape::Command => self.command(node, place),
            _ => self.scalar(node, holds, place),
        }
    }

    fn map_keys(&mut self, node: &'c Node, holds: ValueShape, place: WalkContext<'c>) {
        let at_key = node.entries().iter().any(|entry| self.is_at(entry.key_from, entry.key_to));
        if at_key {
            self.expect = Some((Expect::Key(holds, node), place));
        }
    }

    fn known_key(&mut self, entry: &'c Entry, key: &'static Key, place: WalkContext<'c>) {
        self.spot(entry.name_span(), What::Key(key));
        let place =
            WalkContext { key: &entry.key, into: place.into || key.name == "into", ..place };
        self.value(&entry.value, &key.holds, place);
    }

    /// An entry whose key is a name.
    fn named(
        &mut self,
        entry: &'c Entry,
        kind: NameKind,
        declares: bool,
        inner: &ValueShape,
        place: WalkContext<'c>,
    ) {
        let span = entry.name_span();
        let usage = if declares { Use::Declares } else { Use::Uses };
        let mut inside = place;
        match kind {
            NameKind::Variable if !declares => self.target(span, place),
            NameKind::Failure => self.failure(span, &entry.key),
            NameKind::Thread => {
                inside.thread = Some(entry);
                let name = whole(kind, &entry.key);
                self.name(span, name, usage);
            }
            NameKind::Variable | NameKind::Node => {
                let name = Self::owned(kind, &entry.key, place);
                self.name(span, name, usage);
            }
            NameKind::Input | NameKind::Field => {
                let owner = if declares { place.owner } else { step_name(place) };
                let owner = owner.to_owned();
                let name = Name { owner, ..whole(kind, &entry.key) };
                self.name(span, name, usage);
            }
            _ => {
                inside.owner = &entry.key;
                self.name(span, whole(kind, &entry.key), usage);
            }
        }
        if kind == NameKind::Variable && matches!(inner, ValueShape::Value | ValueShape::Literal) {
            inside.key = "with";
        } else if !matches!(kind, NameKind::Failure | NameKind::Event) || declares {
            inside.key = &entry.key;
        }
        if kind == NameKind::Input && !declares {
            inside.key = "with";
        }
        let is_workflow = kind == NameKind::Workflow && declares;
        if is_workflow {
            inside.workflow = &entry.key;
            self.enter(&entry.key, &entry.value);
        }
        self.value(&entry.value, inner, inside);
        if is_workflow {
            self.enter("", &self.cst.root);
        }
    }

    /// A name of a variable that is set or given: `total`, `$total`, `cart.items[0]`.
    fn target(&mut self, span: (usize, usize), place: WalkContext<'c>) {
        let text = self.cst.slice(span.0, span.1);
        let has_sigil = text.starts_with('$');
        let sigil = if has_sigil { "" } else { "$" };
        let shift = sigil.len();
        for (piece, from, to) in pieces(&format!("{sigil}{text}")) {
            let span = (span.0 + from.max(shift) - shift, span.0 + to - shift);
            self.piece(piece, span, place);
        }
    }

    fn owned(kind: NameKind, name: &str, place: WalkContext<'c>) -> Name {
        let thread = place.thread.map_or("", |thread| &thread.key);
        let is_own = matches!(kind, NameKind::Node | NameKind::Label) || name == "INPUT";
        // A child gets its INPUT from the step that starts it.
        let owner = match place.step {
            Some(_) if is_own && name == "INPUT" && place.key == "with" => {
                let starts = ["start-thread", "start-threads"];
                let child = starts.iter().find_map(|word| place.step?.get(word)?.text());
                child.unwrap_or(thread)
            }
            _ => thread,
        };
        let owner = if is_own { owner.to_owned() } else { String::new() };
        Name { owner, ..whole(kind, name) }
    }

    fn failure(&mut self, span: (usize, usize), name: &str) {
        match grammar::failures().find(|(known, _)| *known == name) {
            Some((_, doc)) => self.spot(span, What::Word(doc)),
            None => self.name(span, whole(NameKind::Failure, name), Use::Uses),
        }
    }

    /// A step of a `do`.
    fn step(&mut self, node: &'c Node, place: WalkContext<'c>) {
        let inside = WalkContext { step: Some(node), ..place };
        if let NodeShape::Scalar(text, _) = &node.kind {
            if self.is_at(node.from, node.to) {
                self.expect = Some((Expect::Value(ValueShape::Step), inside));
            }
            if let Some(statement) = grammar::statement(text) {
                self.spot(node.text_span(), What::Statement(statement));
            }
            return;
        }
        self.map_keys(node, ValueShape::Step, inside);
        let statement = statement_of(node);
        for entry in node.entries() {
            let key = statement.and_then(|found| found.keys().find(|key| key.name == entry.key));
            self.step_key(entry, statement, key, inside);
        }
    }

    fn step_key(
        &mut self,
        entry: &'c Entry,
        statement: Option<&'static Statement>,
        key: Option<&'static Key>,
        place: WalkContext<'c>,
    ) {
        match (statement, key) {
            (Some(statement), Some(key)) if statement.key.name == entry.key => {
                self.spot(entry.name_span(), What::Statement(statement));
                let place = WalkContext { key: &entry.key, ..place };
                self.value(&entry.value, &key.holds, place);
            }
            (_, Some(key)) => self.known_key(entry, key, place),
            _ => {
                if !entry.value.is_null() && self.is_at(entry.value.from, entry.value.to) {
                    self.expect = None;
                }
            }
        }
    }

    fn node_step(&mut self, node: &'c Node, place: WalkContext<'c>) {
        let inside = WalkContext { step: Some(node), ..place };
        if let NodeShape::Scalar(text, _) = &node.kind {
            if let Some(statement) = grammar::statement(text) {
                self.spot(node.text_span(), What::Statement(statement));
            }
            return;
        }
        self.map_keys(node, ValueShape::NodeStep, inside);
        if node.get("entrypoint").is_some() {
            for entry in node.entries() {
                if let Some(key) = ENTRYPOINT.key(&entry.key) {
                    self.known_key(entry, key, inside);
                }
            }
            return;
        }
        let statement = statement_of(node);
        for entry in node.entries() {
            let key =
                statement.and_then(|found| found.node_keys().find(|key| key.name == entry.key));
            self.step_key(entry, statement, key, inside);
        }
    }

    fn command(&mut self, node: &'c Node, place: WalkContext<'c>) {
        let place = WalkContext { step: Some(node), ..place };
        if let NodeShape::Scalar(text, _) = &node.kind {
            if self.is_at(node.from, node.to) {
                self.expect = Some((Expect::Value(ValueShape::Command), place));
            }
            if let Some(command) = grammar::command(text) {
                self.spot(node.text_span(), What::Statement(command));
            }
            return;
        }
        self.map_keys(node, ValueShape::Command, place);
        if let Some(entry) =
            node.entries().iter().find(|entry| LONG_COMMANDS.contains(&entry.key.as_str()))
        {
            self.spot(entry.name_span(), What::Word("A command of the recorded traces."));
            self.proto(&entry.value, place);
            return;
        }
        let command = node.entries().iter().find_map(|entry| grammar::command(&entry.key));
        for entry in node.entries() {
            let key = command.and_then(|found| found.keys().find(|key| key.name == entry.key));
            self.step_key(entry, command, key, place);
        }
    }

    fn scalar(&mut self, node: &'c Node, holds: &ValueShape, place: WalkContext<'c>) {
        let NodeShape::Scalar(text, _) = &node.kind else {
            if let ValueShape::Value | ValueShape::Literal = holds {
                self.literal(node);
            }
            return;
        };
        let span = node.text_span();
        match holds {
            ValueShape::Name(NameKind::Thread) if place.key == "wait-for-threads" => {
                let name = text.strip_prefix('$').unwrap_or(text);
                if self.threads.contains(name) {
                    let from = span.1 - name.len().min(span.1 - span.0);
                    self.name((from, span.1), whole(NameKind::Thread, name), Use::Uses);
                } else if is_expression(text) {
                    self.expression(node, 0, place);
                } else {
                    self.name(span, Self::owned(NameKind::Variable, name, place), Use::Uses);
                }
            }
            ValueShape::Name(NameKind::Failure) => self.failure(span, text),
            ValueShape::Name(NameKind::Variable) if place.key == "as" => {
                let usage =
                    if self.variables.contains(text.as_str()) { Use::Uses } else { Use::Declares };
                self.name(span, Self::owned(NameKind::Variable, text, place), usage);
            }
            ValueShape::Name(NameKind::Variable) => self.target(span, place),
            ValueShape::Name(kind) => {
                let is_list =
                    matches!(place.key, "events" | "tasks" | "user-tasks" | "workflow-events");
                let usage = if *kind == NameKind::Label
                    || (is_list && place.thread.is_none() && place.step.is_none())
                {
                    Use::Declares
                } else {
                    Use::Uses
                };
                self.name(span, Self::owned(*kind, text, place), usage);
            }
            ValueShape::Type(usage) => self.type_words(node, *usage),
            ValueShape::Word(words) => {
                if let Some((_, doc)) = words.iter().find(|(word, _)| word == text) {
                    self.spot(span, What::Word(doc));
                }
            }
            ValueShape::Condition => self.expression(node, 0, place),
            ValueShape::Mutation => {
                let word = text.split_whitespace().next().unwrap_or_default();
                let operation = OPERATION_WORDS.iter().find(|(known, _)| *known == word);
                match operation {
                    Some((word, doc)) if node.is_plain() && text.len() > word.len() => {
                        let end = span.0 + word.len();
                        self.spot((span.0, end), What::Word(doc));
                        self.expression(node, word.len(), place);
                    }
                    _ => self.computed(node, place),
                }
            }
            ValueShape::Value => self.computed(node, place),
            ValueShape::Text | ValueShape::Property => self.spot(span, What::Text),
            _ => self.literal(node),
        }
    }

    /// A value: an expression if it has a `$`.
    fn computed(&mut self, node: &'c Node, place: WalkContext<'c>) {
        let is_expression = match &node.tag {
            Some((tag, _, _)) => tag == "expr",
            None => node.text().is_some_and(is_expression),
        };
        if is_expression {
            self.expression(node, 0, place);
        } else {
            self.literal(node);
        }
    }

    fn literal(&mut self, node: &'c Node) {
        match &node.kind {
            NodeShape::Null => {}
            NodeShape::Scalar(text, _) => {
                let what = if !node.is_plain() || node.tag.is_some() {
                    What::Text
                } else if matches!(text.as_str(), "true" | "false" | "null" | "~") {
                    What::Constant
                } else if text.parse::<f64>().is_ok() {
                    What::Number
                } else {
                    What::Text
                };
                self.spot(node.text_span(), what);
            }
            NodeShape::List(items, _) => {
                for item in items {
                    self.literal(&item.value);
                }
            }
            NodeShape::Map(entries, _) => {
                for entry in entries {
                    self.literal(&entry.value);
                }
            }
        }
    }

    fn expression(&mut self, node: &'c Node, skip: usize, place: WalkContext<'c>) {
        let (from, to) = node.text_span();
        let from = (from + skip).min(to);
        for (piece, start, end) in pieces(self.cst.slice(from, to)) {
            self.piece(piece, (from + start, from + end), place);
        }
    }

    fn piece(&mut self, piece: Piece, span: (usize, usize), place: WalkContext<'c>) {
        let text = self.cst.slice(span.0, span.1);
        match piece {
            Piece::Variable => {
                // What a child gets is computed in the parent, but named in the child.
                let of_value = WalkContext {
                    key: if place.key == "with" && !Self::is_key(span, place) {
                        ""
                    } else {
                        place.key
                    },
                    ..place
                };
                let name = Self::owned(NameKind::Variable, text, of_value);
                self.name(span, name, Use::Uses);
            }
            Piece::Output => {
                let thread = place.thread.map_or("", |thread| &thread.key);
                self.outputs.push(self.spots.len());
                let name = Name { owner: thread.to_owned(), ..whole(NameKind::Label, text) };
                self.name(span, name, Use::Uses);
            }
            Piece::Function => self.spot(span, What::Function(function_doc(text))),
            Piece::Path => self.spot(span, What::Path),
            Piece::Type => {
                if let Some(var_type) = VarType::from_name(text) {
                    self.spot(span, What::Type(var_type));
                }
            }
            Piece::Operator => self.spot(span, What::Operator),
            Piece::Number => self.spot(span, What::Number),
            Piece::Text => self.spot(span, What::Text),
            Piece::Constant => self.spot(span, What::Constant),
        }
    }

    /// Whether a key of `with` stands there.
    fn is_key(span: (usize, usize), place: WalkContext<'c>) -> bool {
        place
            .step
            .and_then(|step| step.get("with"))
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .any(|entry| entry.key_from <= span.0 && span.1 <= entry.key_to)
    }

    fn type_words(&mut self, node: &'c Node, usage: TypeUse) {
        let (from, to) = node.text_span();
        let text = self.cst.slice(from, to);
        let front = text.split('=').next().unwrap_or_default();
        let mut at = 0;
        let mut names_struct = false;
        let is_edge = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | ',');
        for word in front.split(is_edge) {
            let start = at;
            // What parts words is one byte, or a space of several.
            let edge = front.get(start + word.len()..).and_then(|rest| rest.chars().next());
            at = start + word.len() + edge.map_or(0, char::len_utf8);
            let span = (from + start, from + start + word.len());
            if word.is_empty() {
                continue;
            }
            let composed = COMPOSED_TYPES.iter().find(|(known, _, _)| *known == word);
            if std::mem::take(&mut names_struct) {
                self.name(span, whole(NameKind::StructDef, word), Use::Uses);
            } else if let Some((_, _, doc)) = composed.filter(|_| edge == Some('<')) {
                names_struct = word == "Struct";
                self.spot(span, What::Composed(doc));
            } else if let Some(var_type) = VarType::from_name(word) {
                self.spot(span, What::Type(var_type));
            } else if word == "NOTHING" && usage == TypeUse::Payload {
                self.spot(span, What::Word("There is no value."));
            } else if let Some((_, doc)) =
                TYPE_WORDS.iter().chain(&STRUCT_WORDS).find(|(known, _)| *known == word)
            {
                self.spot(span, What::Word(doc));
            }
        }
        if front.len() < text.len() {
            let equals = from + front.len();
            self.spot((equals, equals + 1), What::Operator);
            let default = text.get(front.len() + 1..).unwrap_or_default();
            let value = default.trim();
            let start = equals + 1 + default.len() - default.trim_start().len();
            let what = if value.parse::<f64>().is_ok() {
                What::Number
            } else if matches!(value, "true" | "false" | "null") {
                What::Constant
            } else {
                What::Text
            };
            if !value.is_empty() {
                self.spot((start, start + value.len()), what);
            }
        }
    }

    /// LittleHorse's own JSON: the names in it.
    fn proto(&mut self, node: &'c Node, place: WalkContext<'c>) {
        for item in node.items() {
            self.proto(&item.value, place);
        }
        for entry in node.entries() {
            let kind = match entry.key.as_str() {
                "variableName" | "variable_name" | "lhsName" | "lhs_name" => {
                    Some(NameKind::Variable)
                }
                "threadSpecName" | "thread_spec_name" | "handlerSpecName" | "handler_spec_name" => {
                    Some(NameKind::Thread)
                }
                "externalEventDef" | "external_event_def" => Some(NameKind::Event),
                "taskDef" | "task_def" => Some(NameKind::Task),
                "sinkNodeName" | "sink_node_name" | "nodeName" | "node_name" => {
                    Some(NameKind::Node)
                }
                _ => None,
            };
            let id = match entry.key.as_str() {
                "externalEventDefId" | "external_event_def_id" => Some(NameKind::Event),
                "taskDefId" | "task_def_id" => Some(NameKind::Task),
                "eventDefId" | "event_def_id" | "workflowEventDefId" | "workflow_event_def_id" => {
                    Some(NameKind::WorkflowEvent)
                }
                _ => None,
            };
            let named = match (kind, id) {
                (Some(kind), _) => Some((kind, &entry.value)),
                (None, Some(kind)) => entry.value.get("name").map(|name| (kind, name)),
                (None, None) => None,
            };
            if let Some((kind, value)) = named
                && let Some(text) = value.text()
            {
                self.name(value.text_span(), Self::owned(kind, text, place), Use::Uses);
            }
            if entry.key == "variables" && place.thread.is_none() {
                for variable in entry.value.entries() {
                    let name = whole(NameKind::Variable, &variable.key);
                    self.name(variable.name_span(), name, Use::Uses);
                }
            }
            self.proto(&entry.value, place);
        }
    }
}

/// A name that nobody owns.
pub(crate) fn whole(kind: NameKind, name: &str) -> Name {
    Name { kind, owner: String::new(), workflow: String::new(), name: name.to_owned() }
}

/// Whether each workflow has such names of its own.
fn is_of_workflow(kind: NameKind) -> bool {
    match kind {
        NameKind::Thread | NameKind::Variable | NameKind::Label | NameKind::Node => true,
        NameKind::Workflow
        | NameKind::Event
        | NameKind::Task
        | NameKind::UserTask
        | NameKind::WorkflowEvent
        | NameKind::Failure
        | NameKind::Input
        | NameKind::Field
        | NameKind::StructDef
        | NameKind::Property => false,
    }
}

/// What the step, or the command, runs: the task whose inputs or the form whose fields are given.
fn step_name(place: WalkContext<'_>) -> &str {
    ["task", "complete-user-task"]
        .iter()
        .find_map(|word| place.step?.get(word)?.text())
        .unwrap_or_default()
}

/// The statement that a step's map has.
pub(crate) fn statement_of(node: &Node) -> Option<&'static Statement> {
    // `set`, `if` and `while` come before all others, as in the reader.
    let mut found = None;
    for entry in node.entries() {
        if let Some(statement) = grammar::statement(&entry.key) {
            found = found.or(Some(statement));
        }
    }
    found
}

/// What a value is, of several things that it may be.
fn choose<'h>(node: &Node, all: &'h [ValueShape]) -> Option<&'h ValueShape> {
    let fits = |holds: &ValueShape| match (&node.kind, holds) {
        (NodeShape::Map(..), ValueShape::Map(shape)) if shape.name == RESULT.name => {
            ["output", "error", "exception"].iter().any(|key| node.get(key).is_some())
                || node.entries().iter().any(|entry| entry.colon.is_none())
        }
        (NodeShape::Map(..), ValueShape::Map(shape)) if shape.name == ACTION.name => {
            !is_proto_action(node.entries().iter().map(|entry| entry.key.as_str()))
        }
        (NodeShape::Scalar(text, _), ValueShape::Name(NameKind::Task | NameKind::Workflow)) => {
            !is_expression(text) && node.tag.is_none()
        }
        (
            NodeShape::Map(..),
            ValueShape::Map(_) | ValueShape::Names(..) | ValueShape::Step | ValueShape::Literal,
        )
        | (NodeShape::List(..), ValueShape::List(_) | ValueShape::Literal)
        | (NodeShape::Null, ValueShape::Nothing)
        | (
            NodeShape::Scalar(..),
            ValueShape::Text
            | ValueShape::Property
            | ValueShape::Name(_)
            | ValueShape::Int
            | ValueShape::Number
            | ValueShape::Flag
            | ValueShape::Word(_)
            | ValueShape::Type(_)
            | ValueShape::Value
            | ValueShape::Condition
            | ValueShape::Mutation
            | ValueShape::Literal
            | ValueShape::Step,
        )
        | (NodeShape::Map(..) | NodeShape::List(..), ValueShape::Value) => true,
        (_, ValueShape::Either(inner)) => choose(node, inner).is_some(),
        _ => false,
    };
    all.iter().find(|holds| fits(holds))
}

fn tag_doc(tag: &str) -> &'static str {
    match tag {
        "proto" => "LittleHorse's own JSON.",
        "expr" => "An expression.",
        "str" => "A text, whatever it looks like.",
        "double" | "float" => "A DOUBLE.",
        "int" => "An INT.",
        "bool" => "A BOOL.",
        "bytes" | "binary" => "Bytes in base64.",
        "timestamp" => "A point in time.",
        "wf-run-id" => "The id of a WfRun.",
        _ => "The type of the value.",
    }
}

fn function_doc(name: &str) -> &'static str {
    match name {
        "output" => {
            "The output of the step with that label, task name or node name; inside `into`, of this step."
        }
        "size" => "The size of a text or a list.",
        "format" => "A text with arguments: {0} is the first.",
        "get" => "LittleHorse's own path, with computed keys.",
        "bytes" => "Bytes in base64.",
        "timestamp" => "A point in time.",
        _ => "The id of a WfRun.",
    }
}

/// Whether a map or list is in brackets.
pub(crate) fn is_flow(node: &Node) -> bool {
    node.layout() == Some(Layout::Flow)
}
