//! `VariableValue`s and types.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use indexmap::IndexMap;
use serde_json::{Map, Value as SerdeJson};

use super::object::ProtoObject;
use super::reader::{Message, Reader};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{MapType, ReturnType, StructDefId, StructFieldDef, Type, TypeDef, VarType};
use crate::place::Span;
use crate::timestamp;
use crate::tree::{Entry, Tree, TreeKind};
use crate::value::{Array, Double, Json, Map as LhMap, Struct, StructField, Value};

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
    match (value, reader.diagnostics.into_iter().find(Diagnostic::is_error)) {
        (_, Some(diagnostic)) => Err(diagnostic.message()),
        (value, None) => Ok(value.unwrap_or_default()),
    }
}

/// Writes a `VariableValue`.
#[must_use]
pub fn write_value(value: &Value) -> SerdeJson {
    Writer { is_whole: false }.value(value)
}

/// The same with what has its default.
#[must_use]
pub fn write_whole_value(value: &Value) -> SerdeJson {
    Writer { is_whole: true }.value(value)
}

/// Writes a `TypeDefinition`.
#[must_use]
pub fn write_type_def(type_def: &TypeDef) -> SerdeJson {
    Writer { is_whole: false }.type_def(type_def)
}

/// The same with what has its default.
#[must_use]
pub fn write_whole_type_def(type_def: &TypeDef) -> SerdeJson {
    Writer { is_whole: true }.type_def(type_def)
}

pub(super) fn write_struct_def_id(id: &StructDefId) -> SerdeJson {
    Writer { is_whole: false }.struct_def_id(id)
}

pub(super) fn write_map_type(map: &MapType) -> SerdeJson {
    Writer { is_whole: false }.map_type(map)
}

/// Writes values and types.
#[derive(Clone, Copy)]
struct Writer {
    /// Also what has its default.
    is_whole: bool,
}

impl Writer {
    fn object(self) -> ProtoObject {
        if self.is_whole { ProtoObject::whole() } else { ProtoObject::default() }
    }

    fn value(self, value: &Value) -> SerdeJson {
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
            Value::Struct(found) => ("struct", self.structure(found)),
            Value::Array(array) => ("array", self.array(array)),
            Value::Map(found) => ("map", self.map(found)),
        };
        map.insert(name.to_owned(), json);
        SerdeJson::Object(map)
    }

    fn structure(self, found: &Struct) -> SerdeJson {
        let mut fields = self.object();
        fields.set("structDefId", self.struct_def_id(&found.def));
        let mut inline = self.object();
        inline.map(
            "fields",
            found.fields.iter().map(|(name, field)| {
                let mut fields = self.object();
                fields.set("value", self.value(&field.value));
                fields.put("masked", field.masked);
                (name.to_string(), fields.done())
            }),
        );
        fields.set("struct", inline.done());
        fields.done()
    }

    fn array(self, array: &Array) -> SerdeJson {
        let mut fields = self.object();
        fields.list("items", array.items.iter().map(|item| self.value(item)));
        let element = array.element_type.as_deref().map(|found| self.type_def(found));
        fields.optional("elementType", element);
        fields.done()
    }

    fn map(self, found: &LhMap) -> SerdeJson {
        let mut fields = self.object();
        fields.list(
            "entries",
            found.entries.iter().map(|(key, value)| {
                let mut fields = self.object();
                fields.set("key", self.value(key));
                fields.set("value", self.value(value));
                fields.done()
            }),
        );
        fields.optional("mapType", found.map_type.as_ref().map(|found| self.map_type(found)));
        fields.done()
    }

    fn struct_def_id(self, id: &StructDefId) -> SerdeJson {
        let mut fields = self.object();
        fields.put("name", &*id.name);
        fields.put("version", id.version);
        fields.done()
    }

    fn map_type(self, map: &MapType) -> SerdeJson {
        let mut fields = self.object();
        fields.set("keyType", self.type_def(&map.key));
        fields.set("valueType", self.type_def(&map.value));
        fields.done()
    }

    fn type_def(self, type_def: &TypeDef) -> SerdeJson {
        let mut fields = self.object();
        match &type_def.of {
            Type::Unknown => {}
            Type::Primitive(var_type) => {
                fields.put("primitiveType", var_type.name());
            }
            Type::Struct(id) => {
                fields.set("structDefId", self.struct_def_id(id));
            }
            Type::Array(element) => {
                let mut array = self.object();
                array.set("arrayType", self.type_def(element));
                fields.set("inlineArrayDef", array.done());
            }
            Type::Map(map) => {
                fields.set("inlineMapDef", self.map_type(map));
            }
        }
        fields.put("masked", type_def.masked);
        fields.done()
    }
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

/// A `WfRunId`: the ids of its parents stand before its own, with `_` between them.
#[must_use]
pub fn write_wf_run_id(id: &str) -> SerdeJson {
    let mut map = Map::new();
    if let Some((parent, own)) = id.rsplit_once('_') {
        set_id(&mut map, own);
        map.insert("parentWfRunId".to_owned(), write_wf_run_id(parent));
    } else {
        set_id(&mut map, id);
    }
    SerdeJson::Object(map)
}

/// An empty text is left out, as everywhere.
fn set_id(map: &mut Map<String, SerdeJson>, id: &str) {
    if !id.is_empty() {
        map.insert("id".to_owned(), SerdeJson::from(id));
    }
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
            "struct" => self.struct_value(tree),
            "array" => self.array_value(tree),
            _ => self.map_value(tree),
        }
    }

    fn struct_value(&mut self, tree: &Tree) -> Option<Value> {
        let mut message = self.message(tree, "Struct")?;
        let def = message.field("structDefId").and_then(|tree| self.struct_def_id(tree));
        let mut fields = BTreeMap::new();
        if let Some(tree) = message.field("struct")
            && let Some(mut inline) = self.message(tree, "InlineStruct")
        {
            for entry in self.map(&mut inline, "fields") {
                let Some(mut field) = self.message(&entry.value, "StructField") else {
                    continue;
                };
                let value = field.field("value").and_then(|tree| self.value(tree));
                let masked = self.flag(&mut field, "masked");
                self.finish(field);
                let value = value.unwrap_or_default();
                fields.insert(Arc::from(entry.key.as_str()), StructField { value, masked });
            }
            self.finish(inline);
        }
        self.finish(message);
        let Some(def) = def else {
            self.error(Code::Missing, tree.span, "A Struct has a \"structDefId\".");
            return None;
        };
        Some(Value::Struct(Arc::new(Struct { def, fields })))
    }

    fn array_value(&mut self, tree: &Tree) -> Option<Value> {
        let mut message = self.message(tree, "Array")?;
        let items = self.list(&mut message, "items");
        let items = items.iter().map(|item| self.value(item).unwrap_or_default()).collect();
        let element_type = message.field("elementType").and_then(|tree| self.type_def(tree));
        self.finish(message);
        Some(Value::Array(Arc::new(Array { items, element_type: element_type.map(Arc::new) })))
    }

    fn map_value(&mut self, tree: &Tree) -> Option<Value> {
        let mut message = self.message(tree, "Map")?;
        let mut entries = Vec::new();
        for entry in self.list(&mut message, "entries") {
            let mut message = self.message(entry, "Entry")?;
            let key = message.field("key").and_then(|tree| self.value(tree));
            let value = message.field("value").and_then(|tree| self.value(tree));
            self.finish(message);
            entries.push((key.unwrap_or_default(), value.unwrap_or_default()));
        }
        let map_type = message.field("mapType").and_then(|tree| self.map_type(tree));
        self.finish(message);
        Some(Value::Map(Arc::new(LhMap { entries, map_type })))
    }

    /// A `StructDefId`; without a version, the first.
    pub(super) fn struct_def_id(&mut self, tree: &Tree) -> Option<StructDefId> {
        let mut message = self.message(tree, "StructDefId")?;
        let name = self.text(&mut message, "name");
        let version = self.small_integer(&mut message, "version").unwrap_or_default();
        self.finish(message);
        Some(StructDefId { name: Arc::from(name), version })
    }

    /// An `InlineMapDef`.
    pub(super) fn map_type(&mut self, tree: &Tree) -> Option<MapType> {
        let mut message = self.message(tree, "InlineMapDef")?;
        let key = self.optional_type_def(&mut message, "keyType");
        let value = self.optional_type_def(&mut message, "valueType");
        self.finish(message);
        Some(MapType { key: Arc::new(key), value: Arc::new(value) })
    }

    /// A type that need not be there; JSON_OBJ, as the server reads it, if it isn't.
    fn optional_type_def(&mut self, message: &mut Message<'_>, name: &'static str) -> TypeDef {
        let found = message.field(name).and_then(|tree| self.type_def(tree));
        found.unwrap_or_else(|| TypeDef::from(VarType::JsonObj))
    }

    /// The fields of a StructDef.
    pub(super) fn struct_fields(
        &mut self,
        tree: &Tree,
    ) -> Option<IndexMap<String, StructFieldDef>> {
        let mut message = self.message(tree, "InlineStructDef")?;
        let mut fields = IndexMap::new();
        for entry in self.map(&mut message, "fields") {
            let Some(mut field) = self.message(&entry.value, "StructFieldDef") else {
                continue;
            };
            let type_def = self.optional_type_def(&mut field, "fieldType");
            let default_value = field.field("defaultValue").and_then(|tree| self.value(tree));
            let is_nullable = self.flag(&mut field, "isNullable");
            field.field("description");
            self.finish(field);
            fields
                .insert(entry.key.clone(), StructFieldDef { type_def, default_value, is_nullable });
        }
        self.finish(message);
        Some(fields)
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
                Some(TypeDef { of: Type::Primitive(var_type), masked })
            }
            Some(("structDefId", tree)) => {
                let id = self.struct_def_id(tree)?;
                Some(TypeDef { of: Type::Struct(id), masked })
            }
            Some(("inlineArrayDef", tree)) => {
                let mut array = self.message(tree, "InlineArrayDef")?;
                let element = self.optional_type_def(&mut array, "arrayType");
                self.finish(array);
                Some(TypeDef { of: Type::Array(Arc::new(element)), masked })
            }
            Some(("inlineMapDef", tree)) => {
                let map = self.map_type(tree)?;
                Some(TypeDef { of: Type::Map(map), masked })
            }
            Some((_, tree)) => {
                let text = "A type that is an \"inlineStructDef\" is read as JSON_OBJ by the server; name a StructDef instead.";
                self.report(Diagnostic::warning(Code::Type, tree.span, text));
                Some(TypeDef { of: Type::Primitive(VarType::JsonObj), masked })
            }
            // As the server reads it.
            None => Some(TypeDef { of: Type::Primitive(VarType::JsonObj), masked }),
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
