//! Values that are computed during the run: what has a `$` is an expression, all else is what YAML says.

use indexmap::IndexMap;

use super::Source;
use super::expression::{self, Outputs};
use super::graph::Graph;
use crate::about::About;
use crate::code::Code;
use crate::model::{
    Condition, MutationRhs, MutationType, Source as From, VariableAssignment, VariableMutation,
};
use crate::place::At;
use crate::proto_json::Reader;
use crate::tree::{Entry, Tree, TreeKind, span_between};

/// Words before the right side of a mutation, and what they mean.
pub(super) const OPERATIONS: [(&str, MutationType); 13] = [
    ("+=", MutationType::Add),
    ("-=", MutationType::Subtract),
    ("add", MutationType::Add),
    ("extend", MutationType::Extend),
    ("subtract", MutationType::Subtract),
    ("multiply", MutationType::Multiply),
    ("divide", MutationType::Divide),
    ("remove", MutationType::RemoveIfPresent),
    ("remove-index", MutationType::RemoveIndex),
    ("remove-key", MutationType::RemoveKey),
    ("and", MutationType::And),
    ("or", MutationType::Or),
    ("pow", MutationType::Pow),
];

impl Source {
    /// Hands a part of LittleHorse's own JSON, tagged `!proto`, to its reader.
    pub(super) fn proto<T>(
        &mut self,
        tree: &Tree,
        read: impl FnOnce(&mut Reader, &Tree) -> Option<T>,
    ) -> Option<T> {
        let mut reader = Reader::default();
        let result = read(&mut reader, tree);
        self.diagnostics.append(&mut reader.diagnostics);
        result
    }

    /// A value: an expression, or a literal.
    pub(super) fn assignment(&mut self, tree: &Tree, graph: &Graph) -> Option<VariableAssignment> {
        self.assignment_with(tree, &|label| graph.output(label))
    }

    fn assignment_with(&mut self, tree: &Tree, outputs: Outputs<'_>) -> Option<VariableAssignment> {
        match tree.tag.as_deref() {
            Some("proto") => return self.proto(tree, Reader::assignment),
            Some("expr") => return self.expression(tree, outputs),
            Some(_) => {}
            None if tree.text().is_some_and(crate::grammar::is_expression) => {
                return self.expression(tree, outputs);
            }
            None => self.warn_about_dollars(tree),
        }
        let value = self.literal(tree, None)?;
        Some(VariableAssignment { at: tree.at(), ..VariableAssignment::of(From::Literal(value)) })
    }

    fn expression(&mut self, tree: &Tree, outputs: Outputs<'_>) -> Option<VariableAssignment> {
        match expression::parse(tree, outputs) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.report(*problem);
                None
            }
        }
    }

    /// Lists and maps are taken as they are; a $ in them is probably meant otherwise.
    fn warn_about_dollars(&mut self, tree: &Tree) {
        match &tree.kind {
            TreeKind::Plain(text) if text.starts_with('$') => self.warning(
                Code::Expression,
                tree.span,
                format!("Inside a list or a map nothing is computed: {text} stays a text."),
            ),
            TreeKind::Plain(_) | TreeKind::Quoted(_) => {}
            TreeKind::List(items) => items.iter().for_each(|item| self.warn_about_dollars(item)),
            TreeKind::Map(entries) => {
                for entry in entries {
                    self.warn_about_dollars(&entry.value);
                }
            }
        }
    }

    pub(super) fn assignments(
        &mut self,
        entry: Option<&Entry>,
        graph: &Graph,
    ) -> IndexMap<String, VariableAssignment> {
        let Some(entry) = entry else {
            return IndexMap::new();
        };
        let Some(entries) = entry.value.map() else {
            self.expected(&entry.value, &entry.key, "a map from variables to values");
            return IndexMap::new();
        };
        entries
            .iter()
            .filter_map(|entry| Some((entry.key.clone(), self.assignment(&entry.value, graph)?)))
            .collect()
    }

    /// A condition: always an expression, unless it is `true` or `false`.
    pub(super) fn condition(&mut self, tree: &Tree, graph: &Graph) -> Option<Condition> {
        match tree.tag.as_deref() {
            Some("proto") => {
                // An edge has its condition in one of two fields; here stands the map with that field, or the value.
                if tree.get("legacyCondition").is_some() || tree.get("legacy_condition").is_some() {
                    return self.proto(tree, Reader::edge)?.condition;
                }
                self.proto(tree, Reader::assignment).map(Condition::Assignment)
            }
            _ if tree.text().is_some() && !tree.is_null() => {
                self.expression(tree, &|label| graph.output(label)).map(Condition::Assignment)
            }
            _ => {
                self.expected(tree, "condition", "an expression such as $total > 100");
                None
            }
        }
    }

    /// Mutations: a map from variables, or parts of them, to values; or a list of such maps.
    pub(super) fn mutations(&mut self, tree: &Tree, graph: &Graph) -> Vec<VariableMutation> {
        self.mutations_with(tree, &|label| graph.output(label))
    }

    pub(super) fn mutations_with(
        &mut self,
        tree: &Tree,
        outputs: Outputs<'_>,
    ) -> Vec<VariableMutation> {
        if tree.tag.as_deref() == Some("proto") {
            return self.proto(tree, Reader::mutation).into_iter().collect();
        }
        match &tree.kind {
            TreeKind::Map(entries) => {
                entries.iter().filter_map(|entry| self.mutation(entry, outputs)).collect()
            }
            TreeKind::List(items) => {
                items.iter().flat_map(|item| self.mutations_with(item, outputs)).collect()
            }
            TreeKind::Plain(_) | TreeKind::Quoted(_) => {
                self.expected(tree, "set", "a map from variables to values");
                Vec::new()
            }
        }
    }

    fn mutation(&mut self, entry: &Entry, outputs: Outputs<'_>) -> Option<VariableMutation> {
        let target = match expression::parse_target(&entry.key, entry.key_span) {
            Ok(target) => Some(target),
            Err(problem) => {
                self.report(*problem);
                None
            }
        };
        let (operation, rhs) = match operation_of(&entry.value) {
            Some((operation, rest)) => {
                let text = entry.value.text().unwrap_or_default();
                match expression::parse_part(text, rest, &entry.value, outputs) {
                    Ok(value) => (operation, Some(value)),
                    Err(mut problem) => {
                        let word = text.get(..rest).unwrap_or_default().trim().to_owned();
                        let why = Box::new(problem.about);
                        problem.about = About::BehindOperation { word, why };
                        self.report(*problem);
                        (operation, None)
                    }
                }
            }
            None => (MutationType::Assign, self.assignment_with(&entry.value, outputs)),
        };
        let (lhs_name, lhs_path) = target?;
        let at = At(span_between(entry.key_span, entry.value.span));
        Some(VariableMutation {
            lhs_name,
            lhs_path,
            operation,
            rhs: MutationRhs::Assignment(rhs?),
            at,
        })
    }
}

/// The operation that a value begins with, and where its right side begins. In quotes it is a text.
fn operation_of(tree: &Tree) -> Option<(MutationType, usize)> {
    let TreeKind::Plain(text) = &tree.kind else {
        return None;
    };
    if tree.tag.is_some() {
        return None;
    }
    let (word, _) = text.split_once(char::is_whitespace)?;
    let (_, operation) = OPERATIONS.iter().find(|(name, _)| *name == word)?;
    Some((*operation, word.len() + 1))
}
