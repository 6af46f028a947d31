//! What could be typed at a place.
//!
//! A made-up word is put where the cursor is; then the walk along the grammar says what may stand there. So it works in text
//! that is half typed.

mod properties;

use halter_spec::grammar::{
    self, COMMANDS, COMPOSED_TYPES, Key, NameKind, OPERATION_WORDS, STATEMENTS, STRUCT_WORDS,
    Statement, TYPE_WORDS, TypeUse, ValueShape, type_doc,
};
use halter_spec::model::VarType;

use crate::analysis::{
    Analysis, Expect, Name, Use, WalkContext, What, is_flow, is_json, statement_of,
};
use crate::cst::{Cst, Node};
use crate::edit::clamp;

/// What could stand between two offsets.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Completions {
    /// Where the word begins that is completed.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it could be, the most fitting first.
    pub items: Vec<Completion>,
}

/// One of the [`Completions`].
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Completion {
    /// What is shown, and what typed letters are compared with.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A type or a signature.
    pub detail: String,
    /// What it means.
    pub documentation: String,
    /// What is put in place of the word.
    pub insert: String,
    /// The part of `insert` that is selected then, in bytes: what is still to be filled in, or where typing goes on.
    pub select: (usize, usize),
}

/// What a [`Completion`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[allow(missing_docs, reason = "the names say it all")]
pub enum CompletionKind {
    Key,
    Statement,
    Command,
    Type,
    Word,
    Function,
    Operator,
    Path,
    Name(NameKind),
}

/// Stands for what is not typed yet.
const MARK: &str = "zzq";

/// What could stand at an offset. Unless it is asked for explicitly, there has to be something typed to complete, or a place
/// where only few things fit.
#[must_use]
pub fn complete(text: &str, offset: usize, explicit: bool) -> Completions {
    let offset = clamp(text, offset);
    let nothing = Completions { from: offset, to: offset, items: Vec::new() };
    if is_json(text) || text.len() > halter_spec::limits::MAX_SOURCE_BYTES {
        return nothing;
    }
    let in_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let before = text.get(..offset).unwrap_or_default();
    let after = text.get(offset..).unwrap_or_default();
    let word = before
        .char_indices()
        .rev()
        .take_while(|(_, letter)| in_word(*letter))
        .last()
        .map_or(offset, |(at, _)| at);
    // A dash before the word is that of a list.
    let word = if text.get(word..offset).is_some_and(|word| word == "-") { offset } else { word };
    let to = offset + after.find(|letter| !in_word(letter)).unwrap_or(after.len());
    let sigil = usize::from(before.get(..word).is_some_and(|front| front.ends_with('$')));
    let from = word - sigil;
    let marked = [before, MARK, after].concat();
    let cst = Cst::of(&marked);
    if cst.comments.iter().any(|(start, end)| *start < offset && offset <= *end) {
        return nothing;
    }
    let analysis = Analysis::at(&cst, Some(offset));
    let Some((expect, place)) = analysis.expect else {
        return nothing;
    };
    let line_start = cst.line_start(offset);
    let mut offers = Offers {
        analysis: &analysis,
        place,
        items: Vec::new(),
        before: before.get(..from).unwrap_or_default(),
        line: before.get(line_start..from).unwrap_or_default(),
        after,
        has_sigil: sigil > 0,
        column: from - line_start,
    };
    match expect {
        Expect::Key(holds, map) => offers.keys(holds, map, offset),
        Expect::Value(holds) => offers.values(holds),
    }
    let Offers { mut items, .. } = offers;
    let typed = text.get(from..offset).unwrap_or_default();
    if !explicit && typed.is_empty() {
        // Where values of any kind fit, one waits for the first letter.
        let many = items.iter().any(|item| item.kind == CompletionKind::Function);
        if many {
            items.clear();
        }
    }
    items.retain(|item| item.label != typed || item.insert.len() > typed.len());
    let mut seen = std::collections::HashSet::new();
    items.retain(|item| seen.insert(item.label.clone()));
    let rank = |item: &Completion| !item.label.starts_with(typed);
    items.sort_by_key(rank);
    Completions { from, to, items }
}

struct Offers<'a, 'c> {
    analysis: &'a Analysis<'c>,
    place: WalkContext<'c>,
    items: Vec<Completion>,
    /// The text before the word.
    before: &'a str,
    /// The line before the word.
    line: &'a str,
    after: &'a str,
    has_sigil: bool,
    column: usize,
}

impl Offers<'_, '_> {
    fn offer(
        &mut self,
        label: &str,
        kind: CompletionKind,
        detail: &str,
        doc: &str,
        insert: String,
    ) {
        let end = insert.len();
        self.offer_at(label, kind, detail, doc, insert, (end, end));
    }

    fn offer_at(
        &mut self,
        label: &str,
        kind: CompletionKind,
        detail: &str,
        doc: &str,
        insert: String,
        select: (usize, usize),
    ) {
        self.items.push(Completion {
            label: label.to_owned(),
            kind,
            detail: detail.to_owned(),
            documentation: doc.to_owned(),
            insert,
            select,
        });
    }

    fn word(&mut self, label: &str, kind: CompletionKind, doc: &str) {
        self.offer(label, kind, "", doc, label.to_owned());
    }

    /// Whether the word is all that stands on its line, but for a dash.
    fn on_own_line(&self) -> bool {
        self.line.trim_matches(|letter| letter == ' ' || letter == '-').is_empty()
    }

    /// Whether a colon stands behind the word already.
    fn has_colon(&self) -> bool {
        let rest = self.after.trim_start_matches(|letter: char| {
            letter.is_alphanumeric() || matches!(letter, '_' | '-')
        });
        rest.trim_start_matches(' ').starts_with(':')
    }

    fn indent(&self, more: usize) -> String {
        format!("\n{}", " ".repeat(self.column + more))
    }

    /// A key with what stands behind it.
    fn key(&mut self, key: &Key, kind: CompletionKind, in_braces: bool) {
        let mut insert = key.name.to_owned();
        if !self.has_colon() {
            insert.push(':');
            if in_braces {
                insert.push(' ');
            } else {
                insert.push_str(&self.behind_colon(key));
            }
        }
        self.offer(key.name, kind, detail(&key.holds), key.doc, insert);
    }

    fn behind_colon(&self, key: &Key) -> String {
        let first = match key.holds {
            ValueShape::Either([first, ..]) => *first,
            other => other,
        };
        let is_block = matches!(key.name, "else" | "then" | "do" | "script" | "else-if");
        match first {
            _ if is_block => format!("{}- ", self.indent(2)),
            ValueShape::Names(..) | ValueShape::Map(_)
                if key.name != "run" && key.name != "results" && key.name != "backoff" =>
            {
                self.indent(2)
            }
            ValueShape::Nothing if key.name != "return" => String::new(),
            _ => " ".to_owned(),
        }
    }

    fn keys(&mut self, holds: ValueShape, map: &Node, offset: usize) {
        let used: Vec<&str> = map
            .entries()
            .iter()
            .filter(|entry| !(entry.key_from <= offset && offset <= entry.key_to))
            .map(|entry| entry.key.as_str())
            .collect();
        let in_braces = is_flow(map);
        match holds {
            ValueShape::Map(shape) => {
                let exclusive = used.iter().any(|key| matches!(*key, "do" | "nodes"));
                for key in shape.keys {
                    let other_body = exclusive && matches!(key.name, "do" | "nodes");
                    if !used.contains(&key.name) && !other_body {
                        self.key(key, CompletionKind::Key, in_braces);
                    }
                }
            }
            ValueShape::Names(kind, false, inner) => self.name_keys(kind, inner, &used),
            ValueShape::Step => match statement_of(map) {
                Some(statement) => {
                    for key in statement.keys().filter(|key| !used.contains(&key.name)) {
                        self.key(key, CompletionKind::Key, in_braces);
                    }
                }
                None => self.statements(&STATEMENTS, "", CompletionKind::Statement, in_braces),
            },
            ValueShape::NodeStep => match statement_of(map) {
                Some(statement) => {
                    for key in statement.node_keys().filter(|key| !used.contains(&key.name)) {
                        self.key(key, CompletionKind::Key, in_braces);
                    }
                }
                None => {
                    self.statements(&STATEMENTS[..15], "", CompletionKind::Statement, in_braces);
                    for key in grammar::NODE_KEYS.iter().chain(grammar::ENTRYPOINT.keys) {
                        if !used.contains(&key.name) {
                            self.key(key, CompletionKind::Key, in_braces);
                        }
                    }
                }
            },
            ValueShape::Command => {
                let command = map.entries().iter().find_map(|entry| grammar::command(&entry.key));
                match command {
                    Some(command) => {
                        for key in command.keys().filter(|key| !used.contains(&key.name)) {
                            self.key(key, CompletionKind::Key, in_braces);
                        }
                    }
                    None => self.statements(&COMMANDS, "", CompletionKind::Command, in_braces),
                }
            }
            _ => {}
        }
    }

    /// Names as keys of a map.
    fn name_keys(&mut self, kind: NameKind, inner: &ValueShape, used: &[&str]) {
        let colon = if self.has_colon() { "" } else { ": " };
        let mut all: Vec<(Name, String)> = Vec::new();
        let whole = |kind: NameKind, owner: &str, name: &str| Name {
            owner: owner.to_owned(),
            ..crate::analysis::whole(kind, name)
        };
        match kind {
            NameKind::Failure => {
                for (name, doc) in grammar::failures() {
                    if !used.contains(&name) {
                        self.offer(
                            name,
                            CompletionKind::Name(kind),
                            "",
                            doc,
                            format!("{name}{colon}"),
                        );
                    }
                }
                for name in self.names(kind) {
                    all.push((whole(kind, "", &name), String::new()));
                }
            }
            NameKind::Input => {
                let task = self.step_text("task").to_owned();
                for (input, written) in self.analysis.inputs(&task) {
                    all.push((whole(kind, &task, input), written.to_owned()));
                }
            }
            NameKind::Field => {
                let form = self.step_text("complete-user-task").to_owned();
                let fields = self.analysis.names().filter(|(_, name, usage)| {
                    name.kind == kind && *usage == Use::Declares && name.owner == form
                });
                let fields: Vec<Name> = fields.map(|(_, name, _)| name.clone()).collect();
                for field in fields {
                    let written = self.analysis.type_of(&field).unwrap_or_default();
                    all.push((field, written.to_owned()));
                }
            }
            NameKind::Variable => {
                let child = ["start-thread", "start-threads"]
                    .iter()
                    .map(|word| self.step_text(word))
                    .find(|name| !name.is_empty())
                    .filter(|_| matches!(inner, ValueShape::Value))
                    .map(str::to_owned);
                let is_run = matches!(inner, ValueShape::Literal);
                let entrypoint = self
                    .analysis
                    .cst
                    .root
                    .get("entrypoint")
                    .and_then(Node::text)
                    .or_else(|| {
                        let first = crate::analysis::threads(self.analysis.cst).next();
                        first.map(|thread| thread.key.as_str())
                    })
                    .unwrap_or_default();
                let thread = match &child {
                    Some(child) => child.clone(),
                    None if is_run => entrypoint.to_owned(),
                    None => self.thread().to_owned(),
                };
                for (name, owner) in self.analysis.variables_in_scope(self.place.workflow, &thread)
                {
                    if (child.is_none() && !is_run) || owner.key == thread {
                        let written = self.analysis.type_of(&name).unwrap_or_default();
                        all.push((name, written.to_owned()));
                    }
                }
            }
            _ => {
                for name in self.names(kind) {
                    let name = whole(kind, "", &name);
                    let written = self.analysis.type_of(&name).unwrap_or_default();
                    all.push((name, written.to_owned()));
                }
            }
        }
        for (name, written) in all {
            if !used.contains(&name.name.as_str()) {
                let insert = format!("{}{colon}", name.name);
                self.offer(&name.name, CompletionKind::Name(kind), &written, "", insert);
            }
        }
    }

    fn thread(&self) -> &str {
        self.place.thread.map_or("", |thread| thread.key.as_str())
    }

    /// What stands behind a key of the step.
    fn step_text(&self, key: &str) -> &str {
        let value = self.place.step.and_then(|step| step.get(key));
        value.and_then(Node::text).unwrap_or_default()
    }

    /// Names of a kind but the one that is being typed.
    fn names(&self, kind: NameKind) -> Vec<String> {
        let mut known = self.analysis.known(kind, self.place.workflow);
        known.retain(|name| !name.contains(MARK));
        known.into_iter().map(str::to_owned).collect()
    }

    fn statements(
        &mut self,
        all: &'static [Statement],
        dash: &str,
        kind: CompletionKind,
        in_braces: bool,
    ) {
        for statement in all {
            let key = &statement.key;
            let word = matches!(key.name, "nop" | "exit" | "return" | "run");
            let mut insert = format!("{dash}{}", key.name);
            let takes_colon = !self.has_colon() && (!word || in_braces);
            if takes_colon && key.name == "set" && !in_braces {
                insert = format!("{insert}:{}", self.indent(dash.len() + 2));
            } else if takes_colon {
                insert.push_str(": ");
            }
            let end = insert.len();
            if !in_braces && !self.has_colon() {
                let indent = self.indent(dash.len());
                for option in statement.options.iter().filter(|key| key.required) {
                    let more = match option.name {
                        "then" | "do" => format!("{indent}{}:{indent}  - nop", option.name),
                        name => format!("{indent}{name}: "),
                    };
                    insert.push_str(&more);
                }
            }
            self.offer_at(key.name, kind, "", key.doc, insert, (end, end));
        }
    }

    fn values(&mut self, holds: ValueShape) {
        match holds {
            ValueShape::Either(all) => {
                for holds in all {
                    self.values(*holds);
                }
            }
            ValueShape::Name(kind) => self.name_values(kind),
            ValueShape::Word(words) => {
                for (word, doc) in words {
                    self.word(word, CompletionKind::Word, doc);
                }
            }
            ValueShape::Flag => {
                self.word("true", CompletionKind::Word, "Yes.");
                self.word("false", CompletionKind::Word, "No.");
            }
            ValueShape::Type(usage) => self.types(usage),
            ValueShape::Mutation => {
                if self.behind_key() {
                    for (word, doc) in OPERATION_WORDS {
                        self.offer(word, CompletionKind::Operator, "", doc, format!("{word} "));
                    }
                }
                self.expression();
            }
            ValueShape::Property => self.property(),
            ValueShape::Value | ValueShape::Condition => self.expression(),
            ValueShape::Map(shape) if self.on_own_line() => {
                for key in shape.keys {
                    self.key(key, CompletionKind::Key, false);
                }
            }
            ValueShape::Names(kind, false, inner) if self.on_own_line() => {
                self.name_keys(kind, inner, &[]);
            }
            ValueShape::Names(NameKind::Input, false, _) => self.all_inputs(),
            ValueShape::Step => {
                let dash = self.dash();
                self.statements(&STATEMENTS, dash, CompletionKind::Statement, self.in_brackets());
            }
            ValueShape::Command => {
                let dash = self.dash();
                self.statements(&COMMANDS, dash, CompletionKind::Command, self.in_brackets());
            }
            ValueShape::NodeStep => {
                for word in ["exit", "nop", "entrypoint"] {
                    self.word(word, CompletionKind::Statement, "A node that needs nothing more.");
                }
            }
            ValueShape::List(inner) if self.on_own_line() && !self.line.contains('-') => {
                let first = self.items.len();
                self.values(*inner);
                for item in self.items.iter_mut().skip(first) {
                    if !item.insert.starts_with("- ") {
                        item.insert.insert_str(0, "- ");
                        item.select = (item.select.0 + 2, item.select.1 + 2);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether the word is the first one behind its key.
    fn behind_key(&self) -> bool {
        self.line.trim_end().ends_with(':')
    }

    fn in_brackets(&self) -> bool {
        self.line.trim_end().ends_with(['[', ',', '{'])
    }

    /// The dash that is missing before a step.
    fn dash(&self) -> &'static str {
        if self.line.trim().is_empty() { "- " } else { "" }
    }

    fn name_values(&mut self, kind: NameKind) {
        match kind {
            NameKind::Thread => {
                let handles = self.place.key != "entrypoint";
                for name in self.names(kind) {
                    if !(handles && name == self.thread() && self.place.step.is_some()) {
                        self.offer(&name, CompletionKind::Name(kind), "thread", "", name.clone());
                    }
                }
                if self.place.key == "wait-for-threads" {
                    self.variables("");
                }
            }
            NameKind::Variable => self.variables(""),
            NameKind::Failure => {
                let ends = matches!(self.place.key, "fail" | "exception");
                if !ends {
                    for (name, doc) in grammar::failures() {
                        self.word(name, CompletionKind::Name(kind), doc);
                    }
                }
                for name in self.names(kind) {
                    self.word(&name, CompletionKind::Name(kind), "");
                }
            }
            NameKind::Node => {
                let thread = self.thread().to_owned();
                let nodes: Vec<String> = self
                    .analysis
                    .names()
                    .filter(|(_, name, _)| {
                        name.kind == kind
                            && name.workflow == self.place.workflow
                            && name.owner == thread
                            && !name.name.contains(MARK)
                    })
                    .map(|(_, name, _)| name.name.clone())
                    .collect();
                for name in nodes {
                    self.word(&name, CompletionKind::Name(kind), "");
                }
            }
            NameKind::Label => {}
            NameKind::Task => {
                for name in self.names(kind) {
                    self.task(&name);
                }
            }
            _ => {
                for name in self.names(kind) {
                    let known = crate::analysis::whole(kind, &name);
                    let detail = self.analysis.signature(&known);
                    self.offer(&name, CompletionKind::Name(kind), &detail, "", name.clone());
                }
            }
        }
    }

    /// A task, with its inputs if they are not given yet.
    fn task(&mut self, name: &str) {
        let known = crate::analysis::whole(NameKind::Task, name);
        let detail = self.analysis.signature(&known);
        let inputs = self.analysis.inputs(name);
        let kind = CompletionKind::Name(NameKind::Task);
        let step = self.place.step;
        let in_block = self.place.key == "task" && step.is_some_and(|step| !is_flow(step));
        let has_inputs = step.is_some_and(|step| step.get("with").is_some());
        if inputs.is_empty() || has_inputs || !in_block {
            self.offer(name, kind, &detail, "", name.to_owned());
            return;
        }
        // Beside the key of the step.
        let column = step
            .and_then(|step| step.entry("task"))
            .map_or(0, |entry| self.analysis.cst.column(entry.key_from));
        let given: Vec<String> = inputs.iter().map(|(input, _)| format!("{input}: ")).collect();
        let head = format!("{name}\n{}with: {{", " ".repeat(column));
        let cursor = head.len() + given.first().map_or(0, String::len);
        let insert = format!("{head}{}}}", given.join(", "));
        self.offer_at(name, kind, &detail, "", insert, (cursor, cursor));
    }

    /// `{amount: , card: }` behind `with:`.
    fn all_inputs(&mut self) {
        let task = self.step_text("task").to_owned();
        let inputs = self.analysis.inputs(&task);
        if inputs.is_empty() || !self.behind_key() {
            return;
        }
        let given: Vec<String> = inputs.iter().map(|(input, _)| format!("{input}: ")).collect();
        let insert = format!("{{{}}}", given.join(", "));
        let cursor = 1 + given.first().map_or(0, String::len);
        let label = insert.replace(": ", "");
        let kind = CompletionKind::Name(NameKind::Input);
        self.offer_at(&label, kind, "", "All inputs of the task.", insert, (cursor, cursor));
    }

    fn types(&mut self, usage: TypeUse) {
        let written = self.line.rsplit([':', '{', ',']).next().unwrap_or_default();
        if written.contains('=') {
            return;
        }
        if !written.split_whitespace().any(|word| word != "-") {
            for (var_type, name) in VarType::ALL {
                self.word(name, CompletionKind::Type, type_doc(var_type));
            }
            if usage != TypeUse::Bare && usage != TypeUse::Field {
                self.composed_types();
            }
            if usage == TypeUse::Payload {
                self.word("NOTHING", CompletionKind::Type, "There is no value.");
            }
            return;
        }
        let words: &[(&str, &'static str)] = match usage {
            TypeUse::StructField => &STRUCT_WORDS,
            TypeUse::Variable | TypeUse::Payload | TypeUse::Field | TypeUse::Bare => &TYPE_WORDS,
        };
        for (word, doc) in words {
            let word = *word;
            let fits = match usage {
                TypeUse::Variable | TypeUse::StructField => true,
                TypeUse::Payload => word == "masked",
                TypeUse::Field => word == "required",
                TypeUse::Bare => false,
            };
            if fits && !written.split_whitespace().any(|known| known == word) {
                self.word(word, CompletionKind::Word, doc);
            }
        }
    }

    /// Array and Map with a type to begin with, and the structs of the document.
    fn composed_types(&mut self) {
        for (word, example, doc) in COMPOSED_TYPES {
            if word != "Struct" {
                // The inner type is what is typed next.
                let cursor = (word.len() + 1, example.len() - 1);
                let kind = CompletionKind::Type;
                self.offer_at(example, kind, "", doc, example.to_owned(), cursor);
            }
        }
        let structs: Vec<String> = self
            .analysis
            .names()
            .filter(|(_, name, usage)| name.kind == NameKind::StructDef && *usage == Use::Declares)
            .map(|(_, name, _)| format!("Struct<{}>", name.name))
            .collect();
        for name in structs {
            self.word(&name, CompletionKind::Type, COMPOSED_TYPES[2].2);
        }
    }

    fn variables(&mut self, sigil: &str) {
        let thread = self.thread().to_owned();
        for (name, owner) in self.analysis.variables_in_scope(self.place.workflow, &thread) {
            if name.name.contains(MARK) {
                continue;
            }
            let written = self.analysis.type_of(&name).unwrap_or_default();
            let doc = if owner.key == thread {
                String::new()
            } else {
                format!("A variable of {}.", owner.key)
            };
            let plain = crate::expression::name_length(&name.name) == name.name.len();
            let insert = if plain || sigil.is_empty() {
                format!("{sigil}{}", name.name)
            } else {
                format!("{sigil}{{{}}}", name.name)
            };
            let kind = CompletionKind::Name(NameKind::Variable);
            self.offer(&format!("{sigil}{}", name.name), kind, written, &doc, insert);
        }
    }

    /// What may stand in an expression, from what stands before it.
    fn expression(&mut self) {
        let before = self.before;
        if before.ends_with("$output(") {
            self.outputs();
            return;
        }
        if self.line.trim_end().ends_with(" as") {
            for (var_type, name) in VarType::ALL {
                self.word(name, CompletionKind::Type, type_doc(var_type));
            }
            return;
        }
        if before.ends_with('.') {
            self.paths();
            return;
        }
        let line = self.line.trim_end();
        let after_value = !self.has_sigil
            && line.contains('$')
            && line
                .ends_with(|last: char| last.is_alphanumeric() || matches!(last, ')' | ']' | '"'));
        if after_value {
            let words = [
                ("and", "True if both sides are."),
                ("or", "True if one side is."),
                ("in", "Whether a list or map has it."),
                ("not in", "Whether a list or map does not have it."),
                ("as", "A cast to another type."),
                ("==", "Equal."),
                ("!=", "Not equal."),
                ("<", "Less."),
                ("<=", "Less or equal."),
                (">", "Greater."),
                (">=", "Greater or equal."),
                ("+", "Adds numbers, joins texts."),
                ("-", "Subtracts."),
                ("*", "Multiplies."),
                ("/", "Divides."),
            ];
            for (word, doc) in words {
                self.offer(word, CompletionKind::Operator, "", doc, format!("{word} "));
            }
            return;
        }
        self.variables("$");
        let functions = [
            ("$output", "output(label)", "The output of another step.", "$output()"),
            ("$size", "size(value)", "The size of a text or a list.", "$size()"),
            ("$format", "format(text, …)", "A text with arguments: {0} is the first.", "$format()"),
        ];
        for (label, detail, doc, insert) in functions {
            if label == "$output" && self.place.into {
                let doc = "The output of this step.";
                self.offer(label, CompletionKind::Function, "", doc, label.to_owned());
                continue;
            }
            let cursor = insert.len() - 1;
            let kind = CompletionKind::Function;
            self.offer_at(label, kind, detail, doc, insert.to_owned(), (cursor, cursor));
        }
        if !self.has_sigil {
            for word in ["true", "false"] {
                self.word(word, CompletionKind::Word, "A BOOL.");
            }
        }
    }

    /// Labels and names of steps of this thread.
    fn outputs(&mut self) {
        let thread = self.thread().to_owned();
        let Some(entry) = self.place.thread else {
            return;
        };
        let mut found: Vec<(String, NameKind)> = Vec::new();
        for (spot, name, usage) in self.analysis.names() {
            let inside = entry.key_from <= spot.from && spot.to <= entry.to();
            let fits = match name.kind {
                NameKind::Label | NameKind::Node => usage == Use::Declares && name.owner == thread,
                NameKind::Task | NameKind::UserTask => inside,
                NameKind::Event => {
                    let interrupts = entry.value.get("interrupts");
                    inside
                        && !interrupts
                            .is_some_and(|node| node.from <= spot.from && spot.to <= node.to)
                }
                _ => false,
            };
            if fits && !name.name.contains(MARK) {
                found.push((name.name.clone(), name.kind));
            }
        }
        found.sort_by_key(|(_, kind)| *kind != NameKind::Label);
        for (name, kind) in found {
            self.word(&name, CompletionKind::Name(kind), "The output of that step.");
        }
    }

    /// Parts of a JSON value that are used elsewhere, or that its default has.
    fn paths(&mut self) {
        let front = self.before.trim_end_matches('.');
        let start = front.rfind('$').unwrap_or(front.len());
        let mut written = front.get(start + 1..).unwrap_or_default().split('.');
        let variable = written.next().unwrap_or_default().to_owned();
        let parents: Vec<&str> = written.collect();
        let spots = &self.analysis.spots;
        let mut found: Vec<String> = Vec::new();
        for (index, spot) in spots.iter().enumerate() {
            let What::Name(name, _) = &spot.what else {
                continue;
            };
            if name.kind != NameKind::Variable || name.name != variable {
                continue;
            }
            let path: Vec<&str> = spots
                .iter()
                .skip(index + 1)
                .scan(spot.to, |end, next| {
                    let goes_on = matches!(next.what, What::Path) && next.from <= *end + 1;
                    *end = next.to;
                    goes_on.then(|| self.analysis.cst.slice(next.from, next.to))
                })
                .collect();
            if path.starts_with(&parents)
                && let Some(next) = path.get(parents.len())
            {
                found.push((*next).to_owned());
            }
            if parents.is_empty()
                && let Some(entry) = self.analysis.declared(name)
                && let Some((_, default)) = entry.value.text().and_then(|text| text.split_once('='))
            {
                let default = Cst::of(default);
                found.extend(default.root.entries().iter().map(|entry| entry.key.clone()));
            }
        }
        for part in found {
            if !part.contains(MARK) && !part.starts_with('[') {
                self.word(&part, CompletionKind::Path, "");
            }
        }
    }
}

/// What a value is, in a word.
fn detail(holds: &ValueShape) -> &'static str {
    match holds {
        ValueShape::Text => "text",
        ValueShape::Property => "property",
        ValueShape::Name(kind) => kind.word(),
        ValueShape::Int => "whole number",
        ValueShape::Number => "number",
        ValueShape::Flag => "true or false",
        ValueShape::Word(_) => "word",
        ValueShape::Type(_) => "type",
        ValueShape::Value => "value",
        ValueShape::Condition => "condition",
        ValueShape::Mutation => "change",
        ValueShape::Names(..) | ValueShape::Map(_) => "map",
        ValueShape::List(_) => "list",
        ValueShape::Either([first, ..]) => detail(first),
        _ => "",
    }
}
