//! `VariableValue`s and types.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use serde_json::{Map, Value as SerdeJson};

use super::reader::Reader;
use crate::code::Code;
use crate::model::{ReturnType, TypeDef, VarType, VariableAssignment};
use crate::place::Span;
use crate::timestamp;
use crate::tree::{Entry, Tree, TreeKind};
use crate::value::{Double, Json, Value};

/// Reads base64 with or without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of a text in base64 (also of the alphabet for URLs).
pub(crate) fn bytes_of_base64(text: &str) -> Option<Arc<[u8]>> {
    LENIENT.decode(text.replace('-', "+").replace('_', "/")).ok().map(Arc::from)
}

/// Reads a `VariableValue`.
pub fn read_value(json: &SerdeJson) -> Result<Value, String> {
    let mut reader = Reader::default();
    let value = reader.value(&tree_of(json));
    match (value, reader.diagnostics.into_iter().find(crate::Diagnostic::is_error)) {
        (_, Some(diagnostic)) => Err(diagnostic.message()),
        (value, None) => Ok(value.unwrap_or_default()),
    }
}

/// Reads a `VariableAssignment`.
pub fn read_assignment(json: &SerdeJson) -> Result<VariableAssignment, String> {
    let mut reader = Reader::default();
    let value = reader.assignment(&tree_of(json));
    let mut problems = reader.diagnostics.into_iter();
    match (value, problems.find(crate::Diagnostic::is_error)) {
        (Some(value), None) => Ok(value),
        (_, Some(diagnostic)) => Err(diagnostic.message()),
        (None, None) => Err("This is no VariableAssignment.".to_owned()),
    }
}

/// Writes a `VariableValue`.
#[must_use]
pub fn write_value(value: &Value) -> SerdeJson {
    let mut map = Map::new();
    let (name, json) = match value {
        Value::Null => return SerdeJson::Object(map),
        Value::JsonObj(json) => ("jsonObj", SerdeJson::from(json.to_text())),
        Value::JsonArr(json) => ("jsonArr", SerdeJson::from(json.to_text())),
        Value::Double(double) => ("double", write_double(double.0)),
        Value::Bool(boolean) => ("bool", SerdeJson::from(*boolean)),
        Value::Str(text) => ("str", SerdeJson::from(&**text)),
        Value::Int(number) => ("int", SerdeJson::from(number.to_string())),
        Value::Bytes(bytes) => ("bytes", SerdeJson::from(STANDARD.encode(bytes))),
        Value::WfRunId(id) => ("wfRunId", write_wf_run_id(id)),
        Value::Timestamp(time) => ("utcTimestamp", SerdeJson::from(timestamp::write(*time))),
    };
    map.insert(name.to_owned(), json);
    SerdeJson::Object(map)
}

fn write_double(number: f64) -> SerdeJson {
    if number.is_nan() {
        SerdeJson::from("NaN")
    } else if number.is_infinite() {
        SerdeJson::from(if number > 0.0 { "Infinity" } else { "-Infinity" })
    } else {
        SerdeJson::from(number)
    }
}

/// A child's id is written as its parent's, an underscore and its own.
fn write_wf_run_id(id: &str) -> SerdeJson {
    let mut map = Map::new();
    if let Some((parent, own)) = id.rsplit_once('_') {
        map.insert("id".to_owned(), SerdeJson::from(own));
        map.insert("parentWfRunId".to_owned(), write_wf_run_id(parent));
    } else {
        map.insert("id".to_owned(), SerdeJson::from(id));
    }
    SerdeJson::Object(map)
}

/// The same JSON as a tree without places.
pub(super) fn tree_of(json: &SerdeJson) -> Tree {
    let kind = match json {
        SerdeJson::String(text) => TreeKind::Quoted(text.clone()),
        SerdeJson::Array(items) => TreeKind::List(items.iter().map(tree_of).collect()),
        SerdeJson::Object(entries) => TreeKind::Map(
            entries
                .iter()
                .map(|(key, value)| Entry {
                    key: key.clone(),
                    key_span: Span::default(),
                    value: tree_of(value),
                })
                .collect(),
        ),
        other => TreeKind::Plain(other.to_string()),
    };
    Tree { span: Span::default(), tag: None, kind }
}

/// The fields of which a value has one.
const VALUES: [&str; 12] = [
    "jsonObj",
    "jsonArr",
    "double",
    "bool",
    "str",
    "int",
    "bytes",
    "wfRunId",
    "utcTimestamp",
    "struct",
    "array",
    "map",
];

/// The fields of which a type has one.
const TYPES: [&str; 5] =
    ["primitiveType", "structDefId", "inlineArrayDef", "inlineStructDef", "inlineMapDef"];

impl Reader {
    /// A `VariableValue`.
    pub(crate) fn value(&mut self, tree: &Tree) -> Option<Value> {
        let mut message = self.message(tree, "VariableValue")?;
        let field = self.one_of(&mut message, &VALUES);
        self.finish(message);
        let Some((name, tree)) = field else {
            return Some(Value::Null);
        };
        match name {
            "jsonObj" => match self.json(tree, name)? {
                json @ Json::Obj(_) => Some(Value::JsonObj(Arc::new(json))),
                _ => self.refuse(tree, name, "the text of a JSON object"),
            },
            "jsonArr" => match self.json(tree, name)? {
                json @ Json::Arr(_) => Some(Value::JsonArr(Arc::new(json))),
                _ => self.refuse(tree, name, "the text of a JSON array"),
            },
            "double" => self.double_of(tree, name).map(|number| Value::Double(Double(number))),
            "bool" => match tree.as_plain() {
                Some(crate::tree::Plain::Bool(boolean)) => Some(Value::Bool(boolean)),
                _ => self.refuse(tree, name, "true or false"),
            },
            "str" => self.text_of(tree, name).map(|text| Value::str(&text)),
            "int" => self.integer_of(tree, name).map(Value::Int),
            "bytes" => match tree.text().and_then(bytes_of_base64) {
                Some(bytes) => Some(Value::Bytes(bytes)),
                None => self.refuse(tree, name, "a text in base64"),
            },
            "wfRunId" => self.wf_run_id(tree).map(|id| Value::WfRunId(Arc::from(id))),
            "utcTimestamp" => match tree.text().and_then(timestamp::parse) {
                Some(time) => Some(Value::Timestamp(time)),
                None => self.refuse(tree, name, "a time such as 2026-01-31T12:00:00Z"),
            },
            _ => {
                self.unsupported(tree.span, &format!("A value of the kind \"{name}\""));
                None
            }
        }
    }

    fn refuse(&mut self, tree: &Tree, name: &str, expected: &str) -> Option<Value> {
        self.expected(tree, name, expected);
        None
    }

    fn json(&mut self, tree: &Tree, name: &str) -> Option<Json> {
        let text = self.text_of(tree, name)?;
        match Json::parse(&text) {
            Ok(json) => Some(json),
            Err(problem) => {
                self.error(Code::Json, tree.span, format!("\"{name}\": {problem}"));
                None
            }
        }
    }

    fn wf_run_id(&mut self, tree: &Tree) -> Option<String> {
        let mut message = self.message(tree, "WfRunId")?;
        let id = self.text(&mut message, "id");
        let parent = message.field("parentWfRunId").and_then(|parent| self.wf_run_id(parent));
        self.finish(message);
        Some(parent.map_or_else(|| id.clone(), |parent| format!("{parent}_{id}")))
    }

    /// A `TypeDefinition`.
    pub(super) fn type_def(&mut self, tree: &Tree) -> Option<TypeDef> {
        let mut message = self.message(tree, "TypeDefinition")?;
        let masked = self.flag(&mut message, "masked");
        let field = self.one_of(&mut message, &TYPES);
        self.finish(message);
        match field {
            Some(("primitiveType", tree)) => {
                let var_type = self.word(tree, "primitiveType", &VarType::ALL)?;
                Some(TypeDef { var_type, masked })
            }
            Some((name, tree)) => {
                self.unsupported(tree.span, &format!("A type of the kind \"{name}\""));
                None
            }
            // As the server reads it.
            None => Some(TypeDef { var_type: VarType::JsonObj, masked }),
        }
    }

    /// A `ReturnType`, of a field.
    pub(super) fn return_type(&mut self, tree: &Tree) -> Option<ReturnType> {
        let mut message = self.message(tree, "ReturnType")?;
        let field = message.field("returnType");
        let type_def = field.and_then(|tree| self.type_def(tree));
        self.finish(message);
        Some(ReturnType { type_def })
    }
}
