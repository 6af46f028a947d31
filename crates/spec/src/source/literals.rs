//! Values as YAML writes them, of a type that is known or to be seen.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Source;
use crate::code::Code;
use crate::composed;
use crate::json;
use crate::model::{MapType, StructDefId, Type, TypeDef, VarType};
use crate::proto_json::{Reader, bytes_of_base64};
use crate::timestamp;
use crate::tree::{Entry, Plain, Tree, TreeKind};
use crate::value::{Array, Double, Map, Struct, StructField, Value};

impl Source {
    /// A value of this type, or of the type that it looks like. A tag (`!bytes`) comes before both.
    /// `!proto` has it as LittleHorse's own JSON.
    pub(super) fn literal(&mut self, tree: &Tree, of: Option<&Type>) -> Option<Value> {
        let tagged = match tree.tag.as_deref() {
            None => match of {
                None | Some(Type::Unknown) => None,
                Some(Type::Primitive(var_type)) => Some(*var_type),
                Some(_) if tree.is_null() => return Some(Value::Null),
                Some(Type::Array(element)) => return self.array(tree, element),
                Some(Type::Map(map)) => return self.map(tree, map),
                Some(Type::Struct(id)) => return self.struct_of(tree, id),
            },
            Some("proto") => return self.proto(tree, Reader::value),
            Some(tag) => match type_of_tag(tag) {
                Some(tagged) => Some(tagged),
                None => {
                    let message = format!(
                        "There is no tag !{tag} here: there are !str, !int, !double, !bool, !bytes, !timestamp, !wf-run-id and !proto."
                    );
                    self.error(Code::Tag, tree.span, message);
                    return None;
                }
            },
        };
        if tree.is_null() && tagged != Some(VarType::Str) {
            return Some(Value::Null);
        }
        match tagged {
            None => self.as_it_looks(tree),
            Some(var_type) => self.of_type(tree, var_type),
        }
    }

    fn array(&mut self, tree: &Tree, element: &Arc<TypeDef>) -> Option<Value> {
        let Some(items) = tree.list() else {
            self.not_of(tree, &Type::Array(Arc::clone(element)), "a list such as [1, 2]");
            return None;
        };
        let items: Vec<_> =
            items.iter().map(|item| self.literal(item, Some(&element.of))).collect();
        let items = items.into_iter().collect::<Option<_>>()?;
        let element_type = Some(Arc::clone(element));
        Some(Value::Array(Arc::new(Array { items, element_type })))
    }

    fn map(&mut self, tree: &Tree, of: &MapType) -> Option<Value> {
        let Some(entries) = tree.map() else {
            self.not_of(tree, &Type::Map(of.clone()), "a map such as {a: 1}");
            return None;
        };
        let mut found = Vec::new();
        for entry in entries {
            let key = match composed::key_of(&entry.key, &of.key.of) {
                Ok(key) => key,
                Err(problem) => {
                    self.error(Code::Type, entry.key_span, problem);
                    return None;
                }
            };
            found.push((key, self.literal(&entry.value, Some(&of.value.of))?));
        }
        Some(Value::Map(Arc::new(Map { entries: found, map_type: Some(of.clone()) })))
    }

    fn struct_of(&mut self, tree: &Tree, id: &StructDefId) -> Option<Value> {
        let Some(entries) = tree.map() else {
            self.not_of(tree, &Type::Struct(id.clone()), "a map of its fields");
            return None;
        };
        let mut fields = BTreeMap::new();
        for entry in entries {
            let of = self.field_of(id, entry)?;
            let value = self.literal(&entry.value, Some(&of))?;
            fields.insert(Arc::from(entry.key.as_str()), StructField { value, masked: false });
        }
        Some(Value::Struct(Arc::new(Struct { def: id.clone(), fields })))
    }

    /// The type of a field of a StructDef.
    fn field_of(&mut self, id: &StructDefId, entry: &Entry) -> Option<Type> {
        match composed::field_type(id, &entry.key, &self.document.struct_defs) {
            Ok(found) => Some(found),
            Err(problem) => {
                self.error(Code::Type, entry.key_span, problem);
                None
            }
        }
    }

    fn not_of(&mut self, tree: &Tree, of: &Type, expected: &str) {
        let found = match tree.text() {
            Some(text) if !text.is_empty() && text.chars().count() <= 40 => format!("\"{text}\""),
            _ => tree.what().to_owned(),
        };
        let article = if of.to_string().starts_with('A') { "An" } else { "A" };
        let message = format!("{article} {of} is {expected}, but here is {found}.");
        self.error(Code::Type, tree.span, message);
    }

    fn as_it_looks(&mut self, tree: &Tree) -> Option<Value> {
        Some(match &tree.kind {
            TreeKind::Quoted(text) => Value::str(text),
            TreeKind::Plain(text) => match tree.as_plain() {
                None | Some(Plain::Null) => Value::Null,
                Some(Plain::Bool(boolean)) => Value::Bool(boolean),
                Some(Plain::Int(number)) => Value::Int(number),
                Some(Plain::Double(text)) => {
                    Value::Double(Double(Plain::number(text).unwrap_or_default()))
                }
                Some(Plain::TooBig) => {
                    let message = format!(
                        "{text} has more than 64 bits; put it in quotes to have it as a text."
                    );
                    self.error(Code::Number, tree.span, message);
                    return None;
                }
                Some(Plain::Text) => Value::str(text),
            },
            TreeKind::List(_) => return self.of_type(tree, VarType::JsonArr),
            TreeKind::Map(_) => return self.of_type(tree, VarType::JsonObj),
        })
    }

    fn of_type(&mut self, tree: &Tree, var_type: VarType) -> Option<Value> {
        let text = tree.text();
        let value = match var_type {
            VarType::Str => match (text, tree.is_null()) {
                (_, true) => Some(Value::Null),
                (Some(text), _) => Some(Value::str(text)),
                _ => None,
            },
            VarType::Int => match tree.as_plain() {
                Some(Plain::Int(number)) => Some(Value::Int(number)),
                Some(Plain::TooBig) => {
                    self.error(
                        Code::Number,
                        tree.span,
                        "An INT has 64 bits; this number has more.",
                    );
                    return None;
                }
                _ => None,
            },
            VarType::Double => match tree.as_plain() {
                Some(Plain::Int(number)) => Some(Value::Double(Double(number as f64))),
                Some(Plain::Double(text)) => {
                    Plain::number(text).map(|number| Value::Double(Double(number)))
                }
                _ => None,
            },
            VarType::Bool => match tree.as_plain() {
                Some(Plain::Bool(boolean)) => Some(Value::Bool(boolean)),
                _ => None,
            },
            VarType::Bytes => text.and_then(bytes_of_base64).map(Value::Bytes),
            VarType::WfRunId => text.map(|text| Value::WfRunId(Arc::from(text))),
            VarType::Timestamp => text.and_then(timestamp::parse).map(Value::Timestamp),
            VarType::JsonObj | VarType::JsonArr => {
                let fits = if var_type == VarType::JsonObj {
                    tree.map().is_some()
                } else {
                    tree.list().is_some()
                };
                fits.then(|| self.json(tree))
            }
        };
        if value.is_none() {
            let expected = match var_type {
                VarType::Str => "a text",
                VarType::Int => "a whole number",
                VarType::Double => "a number",
                VarType::Bool => "true or false",
                VarType::Bytes => "a text in base64",
                VarType::WfRunId => "the id of a WfRun",
                VarType::Timestamp => "a time such as 2026-01-31T12:00:00Z",
                VarType::JsonObj => "a map such as {item: book}",
                VarType::JsonArr => "a list such as [1, 2]",
            };
            let found = match text {
                Some(text) if !text.is_empty() && text.chars().count() <= 40 => {
                    format!("\"{text}\"")
                }
                _ => tree.what().to_owned(),
            };
            let message = format!("{} is {expected}, but here is {found}.", article(var_type));
            self.error(Code::Type, tree.span, message);
        }
        value
    }

    fn json(&mut self, tree: &Tree) -> Value {
        match json::from_tree(tree) {
            Ok(json @ crate::value::Json::Arr(_)) => Value::JsonArr(Arc::new(json)),
            Ok(json) => Value::JsonObj(Arc::new(json)),
            Err((part, message)) => {
                let span = part.span;
                self.error(Code::Number, span, message);
                Value::Null
            }
        }
    }
}

/// The type with its article.
fn article(var_type: VarType) -> String {
    let name = var_type.name();
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "An" } else { "A" };
    format!("{article} {name}")
}

/// The type that a tag names: ours, LittleHorse's, or one of YAML's own.
pub(super) fn type_of_tag(tag: &str) -> Option<VarType> {
    let name = tag.to_uppercase().replace('-', "_");
    Some(match tag {
        "float" => VarType::Double,
        "map" => VarType::JsonObj,
        "seq" => VarType::JsonArr,
        "binary" => VarType::Bytes,
        _ => return VarType::from_name(&name),
    })
}
