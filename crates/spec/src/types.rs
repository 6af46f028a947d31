//! Types: LittleHorse's VariableTypes, and those composed of others: Array, Map and Struct.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::place::At;
use crate::value::Value;

/// A type, perhaps masked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TypeDef {
    /// The type.
    pub of: Type,
    /// Whether values are hidden from view.
    pub masked: bool,
}

impl From<VarType> for TypeDef {
    fn from(var_type: VarType) -> Self {
        Self { of: Type::Primitive(var_type), masked: false }
    }
}

impl From<Type> for TypeDef {
    fn from(of: Type) -> Self {
        Self { of, masked: false }
    }
}

impl TypeDef {
    /// The VariableType, if it is one.
    #[must_use]
    pub fn primitive(&self) -> Option<VarType> {
        self.of.primitive()
    }
}

/// The type of a value. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// Nothing is known of it: the elements of an empty Array.
    Unknown,
    /// One of LittleHorse's VariableTypes.
    Primitive(VarType),
    /// A StructDef's.
    Struct(StructDefId),
    /// A list of which each element has this type.
    Array(Arc<TypeDef>),
    /// Keys and values of these types.
    Map(MapType),
}

/// The types of a Map's keys and values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MapType {
    /// Of the keys.
    pub key: Arc<TypeDef>,
    /// Of the values.
    pub value: Arc<TypeDef>,
}

/// Names a StructDef. A document holds one version of each, so that the name alone tells two of them apart.
#[derive(Debug, Clone)]
pub struct StructDefId {
    /// Its name.
    pub name: Arc<str>,
    /// Its version; -1 in a request: the latest.
    pub version: i32,
}

impl StructDefId {
    /// The first version of the StructDef with this name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self { name: Arc::from(name), version: 0 }
    }
}
impl PartialEq for StructDefId {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
impl Eq for StructDefId {}
impl Hash for StructDefId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// A type with fields. Two with the same fields are the same, whatever their versions.
#[derive(Debug, Clone, Default)]
pub struct StructDef {
    /// Its version, from 0.
    pub version: i32,
    /// Its fields by name; `None`: only its name is known, as where a WfSpec was pasted without it.
    pub fields: Option<IndexMap<String, StructFieldDef>>,
    /// Where it is declared.
    pub at: At,
}

impl PartialEq for StructDef {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
    }
}

/// A field of a StructDef.
#[derive(Debug, Clone, PartialEq)]
pub struct StructFieldDef {
    /// Its type.
    pub type_def: TypeDef,
    /// Its value where none is given.
    pub default_value: Option<Value>,
    /// Whether it may have no value.
    pub is_nullable: bool,
}

impl StructFieldDef {
    /// Whether a struct must have it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.default_value.is_none() && !self.is_nullable
    }
}

/// LittleHorse's VariableTypes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "LittleHorse's own names")]
pub enum VarType {
    JsonObj,
    JsonArr,
    Double,
    Bool,
    Str,
    Int,
    Bytes,
    WfRunId,
    Timestamp,
}

impl VarType {
    /// All types with LittleHorse's names.
    pub const ALL: [(VarType, &'static str); 9] = [
        (VarType::JsonObj, "JSON_OBJ"),
        (VarType::JsonArr, "JSON_ARR"),
        (VarType::Double, "DOUBLE"),
        (VarType::Bool, "BOOL"),
        (VarType::Str, "STR"),
        (VarType::Int, "INT"),
        (VarType::Bytes, "BYTES"),
        (VarType::WfRunId, "WF_RUN_ID"),
        (VarType::Timestamp, "TIMESTAMP"),
    ];

    /// `LittleHorse`'s name, such as `JSON_OBJ`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(t, _)| *t == self).map_or("", |(_, n)| n)
    }

    /// The type with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(t, _)| *t)
    }
}

impl From<VarType> for Type {
    fn from(var_type: VarType) -> Self {
        Type::Primitive(var_type)
    }
}

impl Type {
    /// The VariableType, if it is one.
    #[must_use]
    pub fn primitive(&self) -> Option<VarType> {
        match self {
            Type::Primitive(var_type) => Some(*var_type),
            Type::Unknown | Type::Struct(_) | Type::Array(_) | Type::Map(_) => None,
        }
    }

    /// An Array of such elements.
    #[must_use]
    pub fn array_of(element: impl Into<TypeDef>) -> Self {
        Type::Array(Arc::new(element.into()))
    }

    /// A Map from such keys to such values.
    #[must_use]
    pub fn map_of(key: impl Into<TypeDef>, value: impl Into<TypeDef>) -> Self {
        Type::Map(MapType { key: Arc::new(key.into()), value: Arc::new(value.into()) })
    }

    /// The StructDefs that it names, at any depth.
    pub fn struct_defs(&self, found: &mut dyn FnMut(&StructDefId)) {
        match self {
            Type::Unknown | Type::Primitive(_) => {}
            Type::Struct(id) => found(id),
            Type::Array(element) => element.of.struct_defs(found),
            Type::Map(map) => {
                map.key.of.struct_defs(found);
                map.value.of.struct_defs(found);
            }
        }
    }
}

/// As sources and LittleHorse's own messages write it: `Array<STR>`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Unknown => f.write_str("nothing known"),
            Type::Primitive(var_type) => f.write_str(var_type.name()),
            Type::Struct(id) => write!(f, "Struct<{}>", id.name),
            Type::Array(element) => write!(f, "Array<{element}>"),
            Type::Map(map) => write!(f, "{map}"),
        }
    }
}

impl fmt::Display for MapType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Map<{}, {}>", self.key, self.value)
    }
}

impl fmt::Display for TypeDef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.of, if self.masked { " masked" } else { "" })
    }
}

impl fmt::Display for VarType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
