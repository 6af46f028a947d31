//! Variables and types: `cart: JSON_ARR = []`, or at length.

use super::Source;
use super::fields::Fields;
use crate::about::{About, Unknown, UnknownWhat};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::{self, TYPE_WORDS};
use crate::model::{AccessLevel, ThreadVarDef, TypeDef, VarType, VariableDef};
use crate::names::similar;
use crate::place::{At, Span};
use crate::tree::{self, Entry, Tree, span_between};

/// Words that people write for types.
const OTHER_NAMES: [(&str, VarType); 16] = [
    ("string", VarType::Str),
    ("text", VarType::Str),
    ("integer", VarType::Int),
    ("long", VarType::Int),
    ("number", VarType::Int),
    ("float", VarType::Double),
    ("boolean", VarType::Bool),
    ("object", VarType::JsonObj),
    ("json", VarType::JsonObj),
    ("map", VarType::JsonObj),
    ("array", VarType::JsonArr),
    ("list", VarType::JsonArr),
    ("date", VarType::Timestamp),
    ("time", VarType::Timestamp),
    ("datetime", VarType::Timestamp),
    ("binary", VarType::Bytes),
];

const ACCESS: [(&str, AccessLevel); 3] = [
    ("public", AccessLevel::PublicVar),
    ("private", AccessLevel::PrivateVar),
    ("inherited", AccessLevel::InheritedVar),
];

/// The words between a type and its default: `STR required masked = "x"`.
#[derive(Default)]
pub(super) struct Words<'t> {
    pub(super) var_type: Option<VarType>,
    pub(super) masked: bool,
    pub(super) required: bool,
    pub(super) searchable: bool,
    pub(super) access: Option<AccessLevel>,
    pub(super) default: Option<&'t str>,
}

impl Source {
    pub(super) fn variables(&mut self, tree: &Tree) -> Vec<ThreadVarDef> {
        let Some(entries) = tree.map() else {
            if !tree.is_null() {
                self.expected(tree, "variables", "a map from names to types");
            }
            return Vec::new();
        };
        entries.iter().filter_map(|entry| self.variable(entry)).collect()
    }

    /// A variable, or an input of a task.
    pub(super) fn variable(&mut self, entry: &Entry) -> Option<ThreadVarDef> {
        let at = At(span_between(entry.key_span, entry.value.span));
        let mut variable = ThreadVarDef {
            var_def: VariableDef {
                name: entry.key.clone(),
                type_def: TypeDef::from(VarType::Str),
                default_value: None,
                at,
            },
            required: false,
            searchable: false,
            json_indexes: Vec::new(),
            access_level: AccessLevel::PrivateVar,
        };
        if entry.value.map().is_some() {
            let keys = grammar::VARIABLE.keys;
            let mut fields = self.fields_of(&entry.value, &entry.key, keys)?;
            let known = self.variable_fields(&mut fields, &mut variable);
            self.finish(fields);
            return known.then_some(variable);
        }
        let words = self.words(&entry.value)?;
        variable.var_def.type_def = TypeDef { var_type: words.var_type?, masked: words.masked };
        variable.required = words.required;
        variable.searchable = words.searchable;
        variable.access_level = words.access.unwrap_or(AccessLevel::PrivateVar);
        if let Some(text) = words.default {
            let tree = self.tree_of_default(text, entry.value.span)?;
            variable.var_def.default_value = Some(self.literal(&tree, words.var_type)?);
        }
        Some(variable)
    }

    /// The long form; whether the type is known.
    fn variable_fields(&mut self, fields: &mut Fields<'_>, variable: &mut ThreadVarDef) -> bool {
        let Some(type_entry) = fields.take("type") else {
            self.missing(fields, "type");
            return false;
        };
        let words = self.words(&type_entry.value).unwrap_or_default();
        let masked = self.flag(fields, "masked");
        variable.required = self.flag(fields, "required") || words.required;
        variable.searchable = self.flag(fields, "searchable") || words.searchable;
        if let Some(access) = fields.take("access") {
            variable.access_level =
                self.word(&access.value, "access", &ACCESS).unwrap_or(AccessLevel::PrivateVar);
        } else if let Some(access) = words.access {
            variable.access_level = access;
        }
        if let Some(default) = fields.take("default") {
            variable.var_def.default_value = self.literal(&default.value, words.var_type);
        }
        if let Some(indexes) = fields.take("json-indexes") {
            for index in indexes.value.map().unwrap_or_default() {
                let var_type = self.words(&index.value).and_then(|words| words.var_type);
                variable
                    .json_indexes
                    .extend(var_type.map(|var_type| (index.key.clone(), var_type)));
            }
        }
        let Some(var_type) = words.var_type else {
            return false;
        };
        variable.var_def.type_def = TypeDef { var_type, masked: masked || words.masked };
        true
    }

    /// A type and what stands behind it in the same scalar.
    pub(super) fn words<'t>(&mut self, tree: &'t Tree) -> Option<Words<'t>> {
        let Some(text) = tree.text().filter(|_| !tree.is_null()) else {
            self.expected(tree, "type", "a type such as STR");
            return None;
        };
        let mut words = Words::default();
        let front = match text.split_once('=') {
            Some((front, default)) => {
                words.default = Some(default.trim());
                front
            }
            None => text,
        };
        for (index, word) in front.split_whitespace().enumerate() {
            match word {
                _ if index == 0 => words.var_type = self.var_type(word, tree.span),
                "masked" => words.masked = true,
                "required" => words.required = true,
                "searchable" => words.searchable = true,
                _ => match ACCESS.iter().find(|(name, _)| *name == word) {
                    Some((_, access)) => words.access = Some(*access),
                    None => {
                        let all = TYPE_WORDS.map(|(word, _)| word);
                        let mut message = format!(
                            "Behind a type may stand {}, and = with a default; not \"{word}\".",
                            all.join(", ")
                        );
                        if let Some(meant) = similar(word, all) {
                            message = format!("{message} Did you mean \"{meant}\"?");
                        }
                        self.error(Code::Type, tree.span, message);
                    }
                },
            }
        }
        if words.var_type.is_none() && front.trim().is_empty() {
            self.expected(tree, "type", "a type such as STR");
        }
        words.var_type.is_some().then_some(words)
    }

    fn var_type(&mut self, word: &str, span: Span) -> Option<VarType> {
        if let Some(var_type) = VarType::from_name(word) {
            return Some(var_type);
        }
        let lower = word.to_lowercase();
        let meant = VarType::from_name(&word.to_uppercase().replace('-', "_"))
            .or_else(|| {
                let other = OTHER_NAMES.iter().find(|(name, _)| *name == lower);
                other.map(|(_, var_type)| *var_type)
            })
            .or_else(|| {
                similar(word, VarType::ALL.map(|(_, name)| name)).and_then(VarType::from_name)
            });
        let about = About::Unknown(Unknown {
            what: UnknownWhat::Type,
            written: word.to_owned(),
            meant: meant.map(|meant| meant.name().to_owned()),
            known: VarType::ALL.map(|(_, name)| name.to_owned()).to_vec(),
        });
        self.error(Code::Type, span, about);
        None
    }

    /// The default behind a = is YAML itself.
    fn tree_of_default(&mut self, text: &str, span: Span) -> Option<Tree> {
        let (tree, diagnostics) = tree::yaml::parse(text);
        if !diagnostics.is_empty() {
            for problem in diagnostics {
                self.report(Diagnostic { span, ..problem });
            }
            return None;
        }
        let mut tree = tree.unwrap_or_else(|| Tree::plain("", span));
        tree.move_to(span);
        Some(tree)
    }
}
