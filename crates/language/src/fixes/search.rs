//! What is looked at for fixes, and which fixes each code has.

use halter_spec::grammar;
use halter_spec::model::VarType;
use halter_spec::{About, Code, Diagnostic};

use super::Fix;
use crate::analysis::{Analysis, statement_of};
use crate::cst::{Cst, Item, Node};
use crate::edit::Edit;
use crate::edits::layout::{insert_into, item_end};

pub(super) struct Search<'a, 'c> {
    pub(super) text: &'c str,
    pub(super) cst: &'c Cst<'c>,
    pub(super) analysis: &'a Analysis<'c>,
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) found: Vec<Fix>,
}

/// The types that are written in a part of the source.
pub(super) fn types_in(written: &str) -> Vec<VarType> {
    written
        .split(|letter: char| !(letter.is_ascii_uppercase() || letter == '_'))
        .filter_map(VarType::from_name)
        .collect()
}

impl<'c> Search<'_, 'c> {
    pub(super) fn add(&mut self, title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) {
        let mut edits: Vec<Edit> = edits.into_iter().collect();
        edits.sort_by_key(|edit| (edit.from, edit.to));
        let fix = Fix { title: title.into(), edits };
        if !fix.edits.is_empty() && !self.found.contains(&fix) {
            self.found.push(fix);
        }
    }

    pub(super) fn all(&mut self) {
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
            Code::VInputType => self.types(&diagnostic.about),
            Code::VType => {
                self.types(&diagnostic.about);
                self.own_path(&diagnostic.about);
            }
            Code::VUnused => self.remove_key_as("remove this thread"),
            Code::VChildWf => {
                if matches!(diagnostic.about, About::NeverRun { .. }) {
                    self.remove_key_as("remove this workflow");
                }
                self.child_variables(&diagnostic.about);
            }
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
            Code::VStruct
            | Code::TooLarge
            | Code::TooDeep
            | Code::YamlAlias
            | Code::YamlKey
            | Code::Json
            | Code::UnknownField
            | Code::OneOf
            | Code::Property
            | Code::NoSource
            | Code::Export
            | Code::VNode
            | Code::VScope => {}
        }
    }

    /// The map, and which of its entries, whose key stands where the diagnostic is.
    pub(super) fn entry(&self) -> Option<(&'c Node, usize)> {
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
    pub(super) fn element(&self) -> Option<(&'c Node, usize, &'c Item)> {
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
    pub(super) fn step(&self) -> Option<&'c Node> {
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

    /// The element of a list of steps in which the diagnostic is.
    pub(super) fn step_item(&self) -> Option<(&'c Node, usize, &'c Item)> {
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

    /// The map, and which of its entries, that holds a map.
    pub(super) fn owner_of(&self, map: &Node) -> Option<(&'c Node, usize)> {
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

    pub(super) fn scalar_at<'n>(&self, node: &'n Node) -> Option<&'n Node> {
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
}
