//! Quick fixes: edits that put a diagnostic right. Each is tried before it is offered: the diagnostic is gone with it, and
//! nothing new is wrong.

use halter_spec::about::{Missing, Unknown, UnknownWhat};
use halter_spec::grammar::{self, NameKind};
use halter_spec::limits::MAX_SOURCE_BYTES;
use halter_spec::model::{Document, VarType};
use halter_spec::{About, Code, Diagnostic, load, load_script, similar};

use crate::analysis::{Analysis, Name, Use, What, is_json, statement_of, threads};
use crate::cst::{Cst, Entry, Item, Node};
use crate::edit::{Bytes, Edit, apply};
use crate::edits::layout::{
    declare, insert_entry, insert_into, item_end, remove_entry, remove_item, remove_lines,
};
use crate::edits::literal;

/// Edits that put a diagnostic right.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fix {
    /// What it does, as a button says it.
    pub title: String,
    /// What it changes.
    pub edits: Vec<Edit>,
}

/// The fixes of a diagnostic of this text, the most likely first.
#[must_use]
pub fn fixes(text: &str, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixing = Fixing::of(text, load(text).diagnostics, std::slice::from_ref(diagnostic));
    while fixing.try_next() {}
    fixing.found().pop().unwrap_or_default()
}

/// Looks for the fixes of several diagnostics of one text. To try a fix is to read the whole text again: of a large one
/// that takes a tenth of a second, so each is tried by a call of its own.
#[derive(Debug)]
pub struct Fixing {
    text: String,
    /// The document to which the text is a script; none if it is a document itself.
    scripted: Option<Box<Document>>,
    /// All that is wrong with the text.
    before: Vec<Diagnostic>,
    /// Those that fixes are looked for.
    diagnostics: Vec<Diagnostic>,
    /// Fixes that were not tried yet, with the index of their diagnostic; the next is the last.
    untried: Vec<(usize, Fix)>,
    found: Vec<Vec<Fix>>,
    /// What the fixes of the diagnostic that is looked at have made of the text.
    seen: (usize, Vec<String>),
}

impl Fixing {
    /// Gathers what may help; nothing is tried yet. `before` is all that is wrong with the text.
    #[must_use]
    pub fn of(text: &str, before: Vec<Diagnostic>, diagnostics: &[Diagnostic]) -> Self {
        let bytes = Bytes::of(text);
        // Of a text that the reader does not read nothing is known.
        let cst = (text.len() <= MAX_SOURCE_BYTES && !is_json(text)).then(|| Cst::of(text));
        let analysis = cst.as_ref().map(Analysis::of);
        let mut untried: Vec<(usize, Fix)> = Vec::new();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            let mut found = Vec::new();
            if let (Some(cst), Some(analysis)) = (&cst, &analysis) {
                let span = diagnostic.span;
                let from = bytes.at(span.line, span.column);
                let to = bytes.at(span.end_line, span.end_column).max(from);
                let mut search = Search { text, cst, analysis, diagnostic, from, to, found };
                search.all();
                found = search.found;
            }
            untried.extend(found.into_iter().map(|fix| (index, fix)));
        }
        untried.reverse();
        Fixing {
            text: text.to_owned(),
            scripted: None,
            before,
            diagnostics: diagnostics.to_vec(),
            untried,
            found: vec![Vec::new(); diagnostics.len()],
            seen: (0, Vec::new()),
        }
    }

    /// The same for a text that is a script of its own to this document.
    #[must_use]
    pub fn of_script(text: &str, document: &Document, found: &[Diagnostic]) -> Self {
        let scripted = Some(Box::new(document.clone()));
        Fixing { scripted, ..Fixing::of(text, found.to_vec(), found) }
    }

    /// Tries one; false if none is left.
    pub fn try_next(&mut self) -> bool {
        let Some((index, fix)) = self.untried.pop() else {
            return false;
        };
        if self.seen.0 != index {
            self.seen = (index, Vec::new());
        }
        let after = apply(&self.text, &fix.edits);
        let diagnostic = self.diagnostics.get(index);
        let fits = !self.seen.1.contains(&after)
            && diagnostic.is_some_and(|diagnostic| {
                is_better(&self.before, &self.found_in(&after), diagnostic)
            });
        self.seen.1.push(after);
        if let Some(found) = self.found.get_mut(index).filter(|_| fits) {
            found.push(fix);
        }
        true
    }

    fn found_in(&self, text: &str) -> Vec<Diagnostic> {
        match &self.scripted {
            Some(document) => load_script(text, document).err().unwrap_or_default(),
            None => load(text).diagnostics,
        }
    }

    /// Those that help, for each diagnostic, the most likely first.
    #[must_use]
    pub fn found(self) -> Vec<Vec<Fix>> {
        self.found
    }
}

/// Whether the diagnostic is gone, and no other came that was not only hidden.
fn is_better(before: &[Diagnostic], after: &[Diagnostic], diagnostic: &Diagnostic) -> bool {
    let same =
        |other: &&Diagnostic| other.code == diagnostic.code && other.about == diagnostic.about;
    let gone = after.iter().filter(same).count() < before.iter().filter(same).count();
    // The rules are checked only when all can be read.
    let is_rule = |found: &Diagnostic| found.code.is_rule();
    let was_hidden = before.iter().any(|found| found.is_error() && !is_rule(found));
    let is_new = |found: &&Diagnostic| {
        let known = before.iter().any(|old| old.code == found.code && old.about == found.about);
        found.is_error() && !known && !(was_hidden && is_rule(found))
    };
    gone && !after.iter().any(|found| is_new(&found))
}

struct Search<'a, 'c> {
    text: &'c str,
    cst: &'c Cst<'c>,
    analysis: &'a Analysis<'c>,
    diagnostic: &'a Diagnostic,
    from: usize,
    to: usize,
    found: Vec<Fix>,
}

/// The types that are written in a part of the source.
fn types_in(written: &str) -> Vec<VarType> {
    written
        .split(|letter: char| !(letter.is_ascii_uppercase() || letter == '_'))
        .filter_map(VarType::from_name)
        .collect()
}

impl<'c> Search<'_, 'c> {
    fn add(&mut self, title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) {
        let mut edits: Vec<Edit> = edits.into_iter().collect();
        edits.sort_by_key(|edit| (edit.from, edit.to));
        let fix = Fix { title: title.into(), edits };
        if !fix.edits.is_empty() && !self.found.contains(&fix) {
            self.found.push(fix);
        }
    }

    fn all(&mut self) {
        let diagnostic = self.diagnostic;
        self.what_is_meant(&diagnostic.about);
        match diagnostic.code {
            Code::Empty => {
                let text = "workflow: my-workflow\nthreads:\n  main:\n    - nop\n";
                self.add("begin a workflow", [Edit::insert(self.text.len(), text)]);
            }
            Code::Yaml => self.tabs(),
            Code::YamlDocuments => {
                let edit = Edit::replace(self.from, self.text.len(), "");
                self.add("take the second document away", [edit]);
            }
            Code::YamlMerge | Code::DuplicateKey | Code::UnknownKey | Code::VShadow => {
                self.remove_key();
            }
            Code::UnknownStatement | Code::UnknownCommand => self.remove_element(),
            Code::Missing => self.missing(&diagnostic.about),
            Code::Number => {
                let written = self.cst.slice(self.from, self.to);
                let edit = Edit::replace(self.from, self.to, format!("\"{written}\""));
                self.add("put it in quotation marks", [edit]);
            }
            Code::Expression | Code::Type | Code::Tag => self.as_text(),
            Code::Wait => self.start_before(&diagnostic.about),
            Code::Simulate => {
                self.names();
                self.remove_key();
            }
            Code::VName => self.valid_name(),
            Code::VEntrypoint => {
                self.names();
                self.remove_named_entry("entrypoint");
            }
            Code::VInherited => {
                let written = self.cst.slice(self.from, self.to);
                if let Some(at) = written.find("inherited") {
                    let from = self.from + at;
                    let edit = Edit::replace(from, from + "inherited".len(), "private");
                    self.add("make it private", [edit]);
                }
            }
            Code::VOneSpec | Code::VEventReused | Code::VInterruptTwice => {
                self.remove_key_as("remove this interrupt");
            }
            Code::VHandlerItself => self.own_handler(),
            Code::VHandlerInput => self.move_variable(),
            Code::VInputType | Code::VType => self.types(&diagnostic.about),
            Code::VUnused => self.remove_key_as("remove this thread"),
            Code::VUnreachable => self.unreachable(),
            Code::VNoExit => self.lead_to_exit(),
            Code::VThread => {
                self.names();
                self.child_variables(&diagnostic.about);
            }
            Code::VTask => {
                self.names();
                self.arguments();
            }
            Code::VUserTask => {
                self.names();
                if let Some(step) = self.step() {
                    let edit = insert_into(self.cst, step, None, "user", "somebody");
                    self.add("give it to somebody", edit);
                }
            }
            Code::VRetries => self.retries(),
            Code::VEventDef | Code::VHandler | Code::VVariable | Code::VEdge => self.names(),
            // Only a person knows what is meant.
            Code::TooLarge
            | Code::TooDeep
            | Code::YamlAlias
            | Code::YamlKey
            | Code::Json
            | Code::UnknownField
            | Code::OneOf
            | Code::Unsupported
            | Code::Property
            | Code::NoSource
            | Code::Export
            | Code::VNode
            | Code::VScope => {}
        }
    }

    /// The map, and which of its entries, whose key stands where the diagnostic is.
    fn entry(&self) -> Option<(&'c Node, usize)> {
        fn search(node: &Node, from: usize) -> Option<(&Node, usize)> {
            for (index, entry) in node.entries().iter().enumerate() {
                if entry.key_from <= from && from <= entry.key_to {
                    return Some((node, index));
                }
                if let Some(found) = search(&entry.value, from) {
                    return Some(found);
                }
            }
            let mut items = node.items().iter();
            items.find_map(|item| search(&item.value, from))
        }
        search(&self.cst.root, self.from)
    }

    /// The innermost list, and which of its elements, in which the diagnostic is.
    fn element(&self) -> Option<(&'c Node, usize, &'c Item)> {
        fn search(node: &Node, at: usize) -> Option<(&Node, usize, &Item)> {
            for entry in node.entries() {
                if let Some(found) = search(&entry.value, at) {
                    return Some(found);
                }
            }
            for (index, item) in node.items().iter().enumerate() {
                if item.from <= at && at <= item_end(item) {
                    return search(&item.value, at).or(Some((node, index, item)));
                }
            }
            None
        }
        search(&self.cst.root, self.from)
    }

    /// The map of the step in which the diagnostic is.
    fn step(&self) -> Option<&'c Node> {
        fn search<'c>(node: &'c Node, at: usize, found: &mut Option<&'c Node>) {
            if node.from <= at && at <= node.to && statement_of(node).is_some() {
                *found = Some(node);
            }
            for entry in node.entries() {
                if entry.key_from <= at && at <= entry.to() {
                    search(&entry.value, at, found);
                }
            }
            for item in node.items() {
                if item.from <= at && at <= item_end(item) {
                    search(&item.value, at.max(item.value.from), found);
                }
            }
        }
        let mut found = None;
        search(&self.cst.root, self.from, &mut found);
        found
    }

    fn tabs(&mut self) {
        let mut edits = Vec::new();
        for start in &self.cst.lines {
            let line = self.cst.slice(*start, self.cst.line_end(*start));
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            let front = line.get(..indent).unwrap_or_default();
            if front.contains('\t') {
                let spaces = front.replace('\t', "  ");
                edits.push(Edit::replace(*start, start + indent, spaces));
            }
        }
        self.add("indent with spaces", edits);
    }

    fn remove_key(&mut self) {
        if let Some((map, index)) = self.entry() {
            let name = map.entries().get(index).map_or("", |entry| &entry.key);
            let title = format!("remove {name}");
            self.add(title, remove_entry(self.cst, map, index));
        }
    }

    fn remove_key_as(&mut self, title: &str) {
        if let Some((map, index)) = self.entry() {
            // The last interrupt takes its section along.
            let whole = (map.entries().len() == 1).then(|| self.owner_of(map)).flatten();
            let edit = match whole {
                Some((parent, index)) => remove_entry(self.cst, parent, index),
                None => remove_entry(self.cst, map, index),
            };
            let element = || {
                let (list, index, _) = self.element()?;
                remove_item(self.cst, list, index)
            };
            let edit = edit.or_else(element);
            self.add(title, edit);
        }
    }

    /// The map, and which of its entries, that holds a map.
    fn owner_of(&self, map: &Node) -> Option<(&'c Node, usize)> {
        fn search(node: &Node, from: usize) -> Option<(&Node, usize)> {
            for (index, entry) in node.entries().iter().enumerate() {
                if entry.value.from == from {
                    return Some((node, index));
                }
                if let Some(found) = search(&entry.value, from) {
                    return Some(found);
                }
            }
            let mut items = node.items().iter();
            items.find_map(|item| search(&item.value, from))
        }
        search(&self.cst.root, map.from)
    }

    fn remove_named_entry(&mut self, key: &str) {
        let entries = self.cst.root.entries();
        let index = entries.iter().position(|entry| entry.key == key);
        let edit = index.and_then(|index| remove_entry(self.cst, &self.cst.root, index));
        self.add(format!("remove {key}"), edit);
    }

    fn remove_element(&mut self) {
        if let Some((list, index, _)) = self.element() {
            self.add("remove this step", remove_item(self.cst, list, index));
        }
    }

    /// What was probably meant, in the place of what is written.
    fn what_is_meant(&mut self, about: &About) {
        let Some(Unknown { what, written, meant: Some(meant), .. }) = about.unknown() else {
            return;
        };
        let end = self.from + written.len();
        let is_whole = match what {
            UnknownWhat::Key(_)
            | UnknownWhat::Input
            | UnknownWhat::Step
            | UnknownWhat::Command
            | UnknownWhat::Word(_)
            | UnknownWhat::SimulatedTask => true,
            UnknownWhat::Type | UnknownWhat::Value => false,
        };
        let to = if self.text.get(self.from..end) == Some(written) {
            end
        } else if is_whole {
            // It stands in quotation marks.
            self.to
        } else {
            // The place is a larger one: where in it, nobody knows.
            return;
        };
        self.add(format!("write {meant}"), [Edit::replace(self.from, to, meant)]);
    }

    fn missing(&mut self, about: &About) {
        let About::Missing(missing) = about else { return };
        let key = match missing {
            Missing::WorkflowName => {
                let edit =
                    insert_into(self.cst, &self.cst.root, Some(&[]), "workflow", "my-workflow");
                self.add("name the workflow", edit);
                return;
            }
            Missing::Threads => {
                let edit =
                    insert_into(self.cst, &self.cst.root, None, "threads", "\n  main:\n    - nop");
                self.add("add a thread", edit);
                return;
            }
            Missing::Input(name) => {
                self.missing_input(name);
                return;
            }
            Missing::Key { key, .. } => key.as_str(),
            // LittleHorse's JSON is not edited here.
            Missing::Said(_) => return,
        };
        let value = match key {
            "then" | "do" => "[nop]",
            "if" => "true",
            "for-each" => "[1, 2, 3]",
            "type" => "STR",
            "to" => "exit",
            "name" => "something-wrong",
            _ => "text",
        };
        // The map that begins where the diagnostic is.
        if let Some((map, _)) = self.entry() {
            let edit = insert_into(self.cst, map, None, key, value);
            self.add(format!("add {key}"), edit);
        }
    }

    fn missing_input(&mut self, name: &str) {
        let step = self.step();
        let task = step.and_then(|step| step.get("task")?.text()).unwrap_or_default();
        let inputs = self.analysis.inputs(task);
        let written = inputs.iter().find(|(input, _)| *input == name);
        let value = written
            .and_then(|(_, written)| types_in(written).first().copied())
            .map_or("text", literal);
        let edit = step
            .and_then(|step| step.entry("with"))
            .and_then(|with| insert_entry(self.cst, with, None, name, value));
        self.add(format!("add {name}"), edit);
    }

    /// A text where an expression is: in quotation marks of both.
    fn as_text(&mut self) {
        let spot = self.scalar_at(&self.cst.root);
        let Some(node) = spot else { return };
        let (from, to) = node.text_span();
        let written = self.cst.slice(from, to);
        if self.diagnostic.code == Code::Expression && node.is_plain() && !written.contains('"') {
            let insert = format!("'\"{}\"'", written.replace('\'', "''"));
            self.add("make it a text", [Edit::replace(node.from, node.to, insert)]);
        }
        if let Some((_, from, to)) = &node.tag {
            let end = to + usize::from(self.text.get(*to..to + 1) == Some(" "));
            self.add("remove the tag", [Edit::replace(*from, end, "")]);
        }
    }

    fn scalar_at<'n>(&self, node: &'n Node) -> Option<&'n Node> {
        let from = node.tag.as_ref().map_or(node.from, |tag| tag.1);
        if node.text().is_some() {
            return (from <= self.from && self.from < node.to).then_some(node);
        }
        let mut values = node
            .entries()
            .iter()
            .map(|entry| &entry.value)
            .chain(node.items().iter().map(|item| &item.value));
        values.find_map(|value| self.scalar_at(value))
    }

    fn start_before(&mut self, about: &About) {
        let (About::NotStarted { thread } | About::NoNumberKept { thread }) = about else {
            return;
        };
        let known = threads(self.cst).any(|entry| entry.key == *thread);
        let Some((_, _, item)) = self.step_item().filter(|_| known) else {
            return;
        };
        let indent = " ".repeat(self.cst.column(item.from));
        let line = format!("- start-thread: {thread}\n{indent}");
        self.add(format!("start {thread} before"), [Edit::insert(item.from, line)]);
    }

    /// The element of a list of steps in which the diagnostic is.
    fn step_item(&self) -> Option<(&'c Node, usize, &'c Item)> {
        fn search<'c>(node: &'c Node, at: usize, found: &mut Option<(&'c Node, usize, &'c Item)>) {
            for entry in node.entries() {
                search(&entry.value, at, found);
            }
            for (index, item) in node.items().iter().enumerate() {
                if item.from <= at && at <= item_end(item) {
                    if statement_of(&item.value).is_some()
                        || item.value.text().is_some_and(|word| grammar::statement(word).is_some())
                    {
                        *found = Some((node, index, item));
                    }
                    search(&item.value, at, found);
                }
            }
        }
        let mut found = None;
        search(&self.cst.root, self.from, &mut found);
        found
    }

    /// Names in the place of the diagnostic that nobody declares: the nearest that somebody does, or a declaration.
    fn names(&mut self) {
        let unknown: Vec<(usize, usize, Name)> = self
            .analysis
            .names()
            .filter(|(spot, name, usage)| {
                let inside =
                    self.from <= spot.from && spot.to <= self.to.max(self.cst.line_end(self.from));
                inside && *usage == Use::Uses && self.analysis.declaration(name).is_none()
            })
            .map(|(spot, name, _)| (spot.from, spot.to, name.clone()))
            .collect();
        let own = self.analysis.thread_at(self.from).map(|entry| entry.key.clone());
        let about = self.diagnostic.about.names();
        for (from, to, name) in unknown {
            if !about.contains(&name.name.as_str()) {
                continue;
            }
            let declared: Vec<&str> = self
                .analysis
                .names()
                .filter(|(_, other, usage)| {
                    other.kind == name.kind && *usage == Use::Declares && other.owner == name.owner
                })
                .map(|(_, other, _)| other.name.as_str())
                .collect();
            if let Some(meant) = similar(&name.name, declared) {
                self.add(format!("write {meant}"), [Edit::replace(from, to, meant)]);
            }
            let section = match name.kind {
                NameKind::Event => "events",
                NameKind::Task => "tasks",
                NameKind::UserTask => "user-tasks",
                NameKind::WorkflowEvent => "workflow-events",
                NameKind::Thread => "threads",
                _ => "",
            };
            let title = format!("declare {} {}", name.kind.word(), name.name);
            match (section, &own) {
                ("", Some(thread)) if name.kind == NameKind::Variable => {
                    let entry = threads(self.cst).find(|entry| entry.key == *thread);
                    let edit = entry.and_then(|entry| self.declare_variable(entry, &name.name));
                    self.add(format!("{title} in thread {thread}"), edit);
                }
                ("", _) => {}
                ("threads", _) => {
                    let edit = declare(self.cst, section, &name.name, "[nop]");
                    self.add(format!("add thread {}", name.name), edit);
                }
                _ => {
                    let edit = declare(self.cst, section, &name.name, "");
                    self.add(title, edit);
                }
            }
        }
    }

    fn declare_variable(&self, thread: &Entry, name: &str) -> Option<Edit> {
        match thread.value.entry("variables") {
            Some(variables) => insert_entry(self.cst, variables, None, name, "STR"),
            None => {
                let value = format!("{{{name}: STR}}");
                insert_into(self.cst, &thread.value, Some(&[]), "variables", &value)
            }
        }
    }

    /// The same name, with only what LittleHorse takes for one.
    fn valid_name(&mut self) {
        let inside = self.analysis.names().find(|(spot, name, _)| {
            self.from <= spot.from
                && spot.to
                    <= self.to.max(self.from + 1).max(spot.to.min(self.cst.line_end(self.from)))
                && self.diagnostic.about.names().contains(&name.name.as_str())
        });
        if let Some((_, name, _)) = inside {
            let valid = hostname(&name.name);
            let name = name.clone();
            let mut spans: Vec<(usize, usize)> = self
                .analysis
                .names()
                .filter(|(_, other, _)| **other == name)
                .map(|(spot, _, _)| (spot.from, spot.to))
                .collect();
            spans.dedup();
            let edits: Vec<Edit> = spans
                .into_iter()
                .map(|(from, to)| Edit::replace(from, to, valid.clone()))
                .collect();
            self.add(format!("call it {valid}"), edits);
            return;
        }
        if let Some(node) = self.scalar_at(&self.cst.root)
            && let Some(text) = node.text()
        {
            let valid = hostname(text);
            let edit = Edit::replace(node.from, node.to, valid.clone());
            self.add(format!("call it {valid}"), [edit]);
        }
    }

    fn own_handler(&mut self) {
        let Some((map, index)) = self.entry() else {
            return;
        };
        let Some(entry) = map.entries().get(index) else {
            return;
        };
        let name = format!("on-{}", entry.key);
        if let Some(edit) = declare(self.cst, "threads", &name, "[nop]") {
            let handler = Edit::replace(entry.value.from, entry.value.to, name.clone());
            self.add(format!("handle it in a new thread {name}"), [handler, edit]);
        }
    }

    /// A variable of a handler goes to the thread whose interrupt it handles.
    fn move_variable(&mut self) {
        let Some((map, index)) = self.entry() else {
            return;
        };
        let Some(variable) = map.entries().get(index) else {
            return;
        };
        let Some(handler) = self.analysis.thread_at(self.from) else {
            return;
        };
        let parent = threads(self.cst).find(|thread| {
            let interrupts = thread.value.get("interrupts");
            interrupts.is_some_and(|node| {
                node.entries().iter().any(|entry| entry.value.text() == Some(&handler.key))
            })
        });
        let Some(parent) = parent else { return };
        let written = self.cst.slice(variable.value.from, variable.value.to);
        let declared = match parent.value.entry("variables") {
            Some(variables) => insert_entry(self.cst, variables, None, &variable.key, written),
            None => {
                let value = format!("{{{}: {written}}}", variable.key);
                insert_into(self.cst, &parent.value, Some(&[]), "variables", &value)
            }
        };
        let whole = (map.entries().len() == 1).then(|| self.owner_of(map)).flatten();
        let removed = match whole {
            Some((owner, index)) => remove_entry(self.cst, owner, index),
            None => remove_entry(self.cst, map, index),
        };
        if let (Some(declared), Some(removed)) = (declared, removed) {
            self.add(
                format!("move {} to thread {}", variable.key, parent.key),
                [declared, removed],
            );
        }
    }

    /// Another type where one is declared, or a cast.
    fn types(&mut self, about: &About) {
        let named = about.types();
        let inside: Vec<(usize, usize, What)> = self
            .analysis
            .spots
            .iter()
            .filter(|spot| self.from <= spot.from && spot.to <= self.to)
            .map(|spot| (spot.from, spot.to, spot.what.clone()))
            .collect();
        for wanted in &named {
            for (from, to, what) in &inside {
                match what {
                    What::Type(found) if found != wanted => {
                        let title = format!("make it {}", wanted.name());
                        self.add(title, [Edit::replace(*from, *to, wanted.name())]);
                    }
                    What::Name(name, Use::Uses)
                        if name.kind == NameKind::Variable
                            && self.cst.slice(from.saturating_sub(1), *from) == "$" =>
                    {
                        let title = format!("cast it to {}", wanted.name());
                        let insert = format!(" as {}", wanted.name());
                        self.add(title, [Edit::insert(*to, insert)]);
                    }
                    _ => {}
                }
            }
        }
        for wanted in &named {
            for (_, _, what) in &inside {
                if let What::Name(name, Use::Uses) = what
                    && name.kind == NameKind::Variable
                    && let Some(entry) = self.analysis.declared(name)
                {
                    let front = self.cst.slice(entry.value.from, entry.value.to);
                    let word = front.split_whitespace().next().unwrap_or_default();
                    if VarType::from_name(word).is_some() {
                        let from = entry.value.from;
                        let title = format!("declare {} as {}", name.name, wanted.name());
                        let edit = Edit::replace(from, from + word.len(), wanted.name());
                        self.add(title, [edit]);
                    }
                }
            }
        }
    }

    fn unreachable(&mut self) {
        if let Some(node) = &self.diagnostic.node
            && let Some((map, index)) = self.entry()
            && map.entries().get(index).is_some_and(|entry| entry.key == node.1)
        {
            self.add("remove this node", remove_entry(self.cst, map, index));
            return;
        }
        let Some((list, _, item)) = self.element() else {
            return;
        };
        let Some(last) = list.items().last() else {
            return;
        };
        if crate::analysis::is_flow(list) {
            let index = list.items().iter().position(|other| other.from == item.from);
            let before = index
                .and_then(|index| index.checked_sub(1))
                .and_then(|index| list.items().get(index));
            let from = before.map_or(item.from, item_end);
            self.add("remove what is never reached", [Edit::replace(from, item_end(last), "")]);
        } else {
            let edit = remove_lines(self.cst, item.from, item_end(last));
            self.add("remove what is never reached", [edit]);
        }
    }

    fn lead_to_exit(&mut self) {
        let Some((map, index)) = self.entry() else {
            return;
        };
        let Some(entry) = map.entries().get(index) else {
            return;
        };
        let exit = map
            .entries()
            .iter()
            .find(|other| other.value.text() == Some("exit") || other.value.get("exit").is_some());
        if let Some(exit) = exit {
            let edit = match entry.value.text() {
                Some(word) => Some(Edit::replace(
                    entry.value.from,
                    entry.value.to,
                    format!("{{{word}: , next: {}}}", exit.key),
                )),
                None => insert_into(self.cst, &entry.value, None, "next", &exit.key),
            };
            self.add(format!("lead to {}", exit.key), edit);
        }
    }

    fn child_variables(&mut self, about: &About) {
        let Some(step) = self.step() else { return };
        match about {
            About::NeedsInput { variable: name, .. } => {
                let wanted =
                    Name { kind: NameKind::Variable, owner: String::new(), name: name.clone() };
                let written = self.analysis.type_of(&wanted).unwrap_or_default();
                let value = types_in(written).first().copied().map_or("text", literal);
                let edit = match step.entry("with") {
                    Some(with) => insert_entry(self.cst, with, None, name, value),
                    None => {
                        insert_into(self.cst, step, None, "with", &format!("{{{name}: {value}}}"))
                    }
                };
                self.add(format!("give {name}"), edit);
            }
            About::NoSuchInput { variable: name, .. } => {
                let Some(with) = step.get("with") else { return };
                let index = with.entries().iter().position(|entry| entry.key == *name);
                let edit = index.and_then(|index| remove_entry(self.cst, with, index));
                self.add(format!("remove {name}"), edit);
            }
            _ => {}
        }
    }

    /// As many arguments as the task has inputs.
    fn arguments(&mut self) {
        let Some(step) = self.step() else { return };
        let Some(task) = step.get("task").and_then(Node::text) else {
            return;
        };
        let inputs = self.analysis.inputs(task);
        let given: Vec<&str> = step
            .get("with")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .map(|item| self.cst.slice(item.value.from, item.value.to))
            .collect();
        let values: Vec<String> = inputs
            .iter()
            .enumerate()
            .map(|(index, (_, written))| {
                let default = types_in(written).first().copied().map_or("text", literal);
                given.get(index).copied().unwrap_or(default).to_owned()
            })
            .collect();
        let value = format!("[{}]", values.join(", "));
        match step.entries().iter().position(|entry| entry.key == "with") {
            Some(index) if inputs.is_empty() => {
                let edit = remove_entry(self.cst, step, index);
                self.add("remove the arguments", edit);
            }
            Some(index) => {
                let with = step.entries().get(index).map(|entry| &entry.value);
                let edit = with.map(|with| Edit::replace(with.from, with.to, value));
                self.add("give all arguments", edit);
            }
            None => {
                let edit = insert_into(self.cst, step, None, "with", &value);
                self.add("give all arguments", edit);
            }
        }
    }

    fn retries(&mut self) {
        let Some(step) = self.step() else { return };
        let backoff = step.get("backoff");
        let mut edits = Vec::new();
        let mut raise = |entry: Option<&Entry>, least: f64, written: &str| {
            if let Some(entry) = entry
                && let Some(number) = entry.value.text().and_then(|text| text.parse::<f64>().ok())
                && number < least
            {
                edits.push(Edit::replace(entry.value.from, entry.value.to, written));
            }
        };
        raise(step.entry("retries"), 0.0, "0");
        if let Some(backoff) = backoff {
            raise(backoff.entry("base-ms"), 1.0, "1");
            raise(backoff.entry("multiplier"), 1.0, "1");
            let base = backoff.get("base-ms").and_then(Node::text).unwrap_or("1");
            let least = base.parse::<f64>().unwrap_or(1.0);
            raise(backoff.entry("max-ms"), least, base);
            let all = [("base-ms", "1000"), ("max-ms", "60000"), ("multiplier", "2")];
            for (key, value) in all {
                if backoff.entry(key).is_none() {
                    edits.extend(insert_into(self.cst, backoff, None, key, value));
                }
            }
        }
        // Several new keys at one place are one edit.
        let mut merged: Vec<Edit> = Vec::new();
        for edit in edits {
            match merged.last_mut() {
                Some(last)
                    if last.from == edit.from && last.to == edit.to && edit.from == edit.to =>
                {
                    last.insert.push_str(&edit.insert);
                }
                _ => merged.push(edit),
            }
        }
        self.add("use numbers that LittleHorse takes", merged);
    }
}

/// The nearest name of letters, digits and dashes.
fn hostname(name: &str) -> String {
    let letters =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let joined: String = letters.collect();
    let parts: Vec<&str> = joined.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "my-workflow".to_owned() } else { parts.join("-") }
}
