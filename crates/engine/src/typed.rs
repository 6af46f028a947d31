//! R-INPUT-TYPE: values that come from outside get the types that are declared for them, and must fit.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use halter_spec::model::{MapType, StructFieldDef, Type, TypeDef};
use halter_spec::value::{Array, Map, Struct, StructField, Value};

use crate::program::Program;

type Result<T> = std::result::Result<T, String>;

/// A value where this type is declared: the elements of an Array, of a Map and the fields of a struct get their types.
///
/// # Errors
/// One sentence, if it does not fit. As in the server, the elements of an Array within an Array are not looked at.
pub(crate) fn typed(program: &Program, of: &Type, masked: bool, value: &Value) -> Result<Value> {
    match of {
        // The usual case: nothing within it has a type.
        Type::Primitive(_) | Type::Unknown => checked(program, of, masked, value.clone()),
        Type::Struct(_) | Type::Array(_) | Type::Map(_) => {
            checked(program, of, masked, with_types(program, of, value))
        }
    }
}

fn with_types(program: &Program, of: &Type, value: &Value) -> Value {
    match (of, value) {
        (Type::Array(element), Value::Array(array)) => {
            let items = array.items.iter().map(|item| with_types(program, &element.of, item));
            let element_type = Some(Arc::clone(element));
            Value::Array(Arc::new(Array { items: items.collect(), element_type }))
        }
        (Type::Map(of), Value::Map(map)) => {
            let entries = map.entries.iter().map(|(key, value)| {
                (with_types(program, &of.key.of, key), with_types(program, &of.value.of, value))
            });
            Value::Map(Arc::new(Map { entries: entries.collect(), map_type: Some(of.clone()) }))
        }
        (Type::Struct(id), Value::Struct(found)) => {
            let Some(defs) = program.struct_fields(&id.name) else {
                return value.clone();
            };
            let fields = found.fields.iter().map(|(name, field)| {
                let value = match defs.get(&**name) {
                    Some(def) => with_types(program, &def.type_def.of, &field.value),
                    None => field.value.clone(),
                };
                (Arc::clone(name), StructField { value, masked: field.masked })
            });
            let fields = fields.collect();
            Value::Struct(Arc::new(Struct { def: found.def.clone(), fields }))
        }
        _ => value.clone(),
    }
}

fn checked(program: &Program, of: &Type, masked: bool, value: Value) -> Result<Value> {
    if value == Value::Null {
        return Ok(value);
    }
    let found = value.type_of();
    if !found.can_be(of) {
        return Err(format!(
            "Value of type {} is not compatible with expected type {}{}",
            server_name(&found),
            server_name(of),
            if masked { " MASKED" } else { "" }
        ));
    }
    match (of, &value) {
        (Type::Struct(id), Value::Struct(given)) => {
            let Some(defs) = program.struct_fields(&id.name) else {
                return Ok(value);
            };
            let fields = fields(program, defs, &given.fields).map_err(|why| {
                let (name, version) = (&id.name, id.version.max(0));
                format!("Struct incompatible with StructDef {name}/{version:05}: {why}")
            })?;
            return Ok(Value::Struct(Arc::new(Struct { def: id.clone(), fields })));
        }
        (Type::Array(element), Value::Array(array)) => {
            let each = array.items.iter().map(|item| ("Array element", item));
            fit(each, "element", element)?;
        }
        (Type::Map(map), Value::Map(given)) => {
            let MapType { key, value } = map;
            fit(given.entries.iter().map(|(key, _)| ("Map key", key)), "key", key)?;
            fit(given.entries.iter().map(|(_, value)| ("Map value", value)), "value", value)?;
        }
        _ => {}
    }
    Ok(value)
}

fn fit<'v>(
    mut each: impl Iterator<Item = (&'static str, &'v Value)>,
    what: &str,
    wanted: &TypeDef,
) -> Result<()> {
    match each.find(|(_, value)| !value.type_of().can_be(&wanted.of)) {
        Some((name, value)) => Err(format!(
            "{name} type {} incompatible with expected {what} type {}",
            server_name(&value.type_of()),
            server_name_of(wanted)
        )),
        None => Ok(()),
    }
}

fn fields(
    program: &Program,
    defs: &IndexMap<String, StructFieldDef>,
    given: &BTreeMap<Arc<str>, StructField>,
) -> Result<BTreeMap<Arc<str>, StructField>> {
    let mut all = given.clone();
    for (name, def) in defs {
        let Some(field) = all.get_mut(name.as_str()) else {
            if def.is_required() {
                return Err(format!("Missing required field {name}"));
            }
            continue;
        };
        field.masked = def.type_def.masked;
        if field.value == Value::Null {
            if !def.is_nullable {
                return Err(format!(
                    "Field '{name}' is invalid: Field is not nullable but received null value"
                ));
            }
            continue;
        }
        let TypeDef { of, masked } = &def.type_def;
        field.value = checked(program, of, *masked, field.value.clone()).map_err(|why| {
            format!("Field '{name}' is invalid: StructFieldDef validation failed: {why}")
        })?;
    }
    Ok(all)
}

/// A type as the server's messages have it.
pub(crate) fn server_name(of: &Type) -> String {
    match of {
        Type::Unknown => "DEFINEDTYPE_NOT_SET".to_owned(),
        Type::Primitive(var_type) => var_type.name().to_owned(),
        Type::Struct(id) => format!("Struct<{},v{}>", id.name, id.version),
        Type::Array(element) => format!("Array<{}>", server_name_of(element)),
        Type::Map(map) => {
            format!("Map<{}, {}>", server_name_of(&map.key), server_name_of(&map.value))
        }
    }
}

fn server_name_of(of: &TypeDef) -> String {
    server_name(&of.of) + if of.masked { " MASKED" } else { "" }
}
