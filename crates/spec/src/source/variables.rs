//! Variables and types: `cart: JSON_ARR = []`, or at length.

use super::Source;
use super::fields::Fields;
use super::types::parse_type;
use crate::about::{About, Unknown, UnknownWhat};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::{self, TYPE_WORDS, is_composed};
use crate::model::{AccessLevel, ThreadVarDef, Type, TypeDef, VarType, VariableDef};
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
    pub(super) of: Option<Type>,
    pub(super) masked: bool,
    pub(super) required: bool,
    pub(super) searchable: bool,
    pub(super) nullable: bool,
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
        let of = words.of?;
        variable.var_def.type_def = TypeDef { of: of.clone(), masked: words.masked };
        variable.required = words.required;
        variable.searchable = words.searchable;
        variable.access_level = words.access.unwrap_or(AccessLevel::PrivateVar);
        if let Some(text) = words.default {
            let tree = self.tree_of_default(text, entry.value.span)?;
            variable.var_def.default_value = Some(self.literal(&tree, Some(&of))?);
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
            variable.var_def.default_value = self.literal(&default.value, words.of.as_ref());
        }
        if let Some(indexes) = fields.take("json-indexes") {
            for index in indexes.value.map().unwrap_or_default() {
                let var_type = self.primitive(&index.value, "json-indexes");
                variable
                    .json_indexes
                    .extend(var_type.map(|var_type| (index.key.clone(), var_type)));
            }
        }
        let Some(of) = words.of else {
            return false;
        };
        variable.var_def.type_def = TypeDef { of, masked: masked || words.masked };
        true
    }

    /// A type and what stands behind it in the same scalar.
    pub(super) fn words<'t>(&mut self, tree: &'t Tree) -> Option<Words<'t>> {
        self.words_among(tree, &TYPE_WORDS)
    }

    /// The same with the words that may stand there, and what they mean.
    pub(super) fn words_among<'t>(
        &mut self,
        tree: &'t Tree,
        known: &[(&'static str, &'static str)],
    ) -> Option<Words<'t>> {
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
        let front = front.trim();
        let mut behind = front;
        if is_composed(front) {
            match parse_type(front) {
                Ok((type_def, bytes)) => {
                    words.of = Some(type_def.of);
                    behind = front.get(bytes..).unwrap_or_default();
                }
                Err(about) => {
                    self.type_error(tree, about);
                    return None;
                }
            }
        } else if let Some(word) = front.split_whitespace().next() {
            words.of = self.var_type(word, tree.span).map(Type::Primitive);
            behind = front.get(word.len()..).unwrap_or_default();
        }
        for word in behind.split_whitespace() {
            let is_known = known.iter().any(|(name, _)| *name == word);
            match word {
                "nullable" if is_known => words.nullable = true,
                "masked" if is_known => words.masked = true,
                "required" if is_known => words.required = true,
                "searchable" if is_known => words.searchable = true,
                _ => match ACCESS.iter().find(|(name, _)| is_known && *name == word) {
                    Some((_, access)) => words.access = Some(*access),
                    None => {
                        let all: Vec<_> = known.iter().map(|(word, _)| *word).collect();
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
        if words.of.is_none() && front.is_empty() {
            self.expected(tree, "type", "a type such as STR");
        }
        words.of.is_some().then_some(words)
    }

    fn var_type(&mut self, word: &str, span: Span) -> Option<VarType> {
        if let Some(var_type) = VarType::from_name(word) {
            return Some(var_type);
        }
        self.error(Code::Type, span, unknown_type(word));
        None
    }

    /// A type that is none composed of others.
    pub(super) fn primitive(&mut self, tree: &Tree, what: &str) -> Option<VarType> {
        self.field_type(tree, what).map(|(var_type, _)| var_type)
    }

    /// A VariableType, and whether `required` stands behind it.
    pub(super) fn field_type(&mut self, tree: &Tree, what: &str) -> Option<(VarType, bool)> {
        let words = self.words(tree)?;
        let (of, required) = (words.of?, words.required);
        if of.primitive().is_none() {
            let names = VarType::ALL.map(|(_, name)| name).join(", ");
            self.expected(tree, what, &format!("one of {names}"));
        }
        of.primitive().map(|var_type| (var_type, required))
    }

    /// The default behind a = is YAML itself.
    pub(super) fn tree_of_default(&mut self, text: &str, span: Span) -> Option<Tree> {
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

/// A word that is no type, and which one is probably meant.
pub(super) fn unknown_type(word: &str) -> About {
    let lower = word.to_lowercase();
    let meant = VarType::from_name(&word.to_uppercase().replace('-', "_"))
        .or_else(|| {
            let other = OTHER_NAMES.iter().find(|(name, _)| *name == lower);
            other.map(|(_, var_type)| *var_type)
        })
        .or_else(|| similar(word, VarType::ALL.map(|(_, name)| name)).and_then(VarType::from_name));
    About::Unknown(Unknown {
        what: UnknownWhat::Type,
        written: word.to_owned(),
        meant: meant.map(|meant| meant.name().to_owned()),
        known: VarType::ALL.map(|(_, name)| name.to_owned()).to_vec(),
    })
}
