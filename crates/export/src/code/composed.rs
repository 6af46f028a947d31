//! Values and types that are composed of others, as messages of LittleHorse's API.

use halter_spec::model::{MapType, StructDef, StructDefId, StructFieldDef, Type, TypeDef};
use halter_spec::value::{Json, Value};

use super::language::{Language, Said};
use super::message::{Field, Message};

/// A type as a `TypeDefinition`.
pub(crate) fn type_definition(found: &TypeDef) -> Said<Message> {
    let definition = Message::new("TypeDefinition");
    let definition = match &found.of {
        Type::Unknown => return Err("a type that is not known is not written as code.".to_owned()),
        Type::Primitive(var_type) => definition.with("primitive_type", Field::var_type(*var_type)),
        Type::Struct(id) => definition.with("struct_def_id", struct_def_id(id)),
        Type::Array(element) => {
            let array = Message::new("InlineArrayDef").with("array_type", nested(element)?);
            definition.with("inline_array_def", Field::Message(array))
        }
        Type::Map(map) => definition.with("inline_map_def", Field::Message(map_type(map)?)),
    };
    Ok(definition.with("masked", found.masked.then_some(Field::True)))
}

fn nested(found: &TypeDef) -> Said<Field> {
    type_definition(found).map(Field::Message)
}

fn map_type(map: &MapType) -> Said<Message> {
    Ok(Message::new("InlineMapDef")
        .with("key_type", nested(&map.key)?)
        .with("value_type", nested(&map.value)?))
}

fn struct_def_id(id: &StructDefId) -> Field {
    let message = Message::new("StructDefId").with("name", Field::text(&id.name));
    let version = (id.version != 0).then(|| Field::Code(id.version.to_string()));
    Field::Message(message.with("version", version))
}

/// The request's part that says which fields a StructDef has; none if only its name is known.
pub(crate) fn struct_def(language: &dyn Language, def: &StructDef) -> Said<Option<Message>> {
    let Some(fields) = &def.fields else {
        return Ok(None);
    };
    let fields: Said<Vec<_>> = fields
        .iter()
        .map(|(name, field)| Ok((name.clone(), struct_field(language, field)?)))
        .collect();
    Ok(Some(Message::new("InlineStructDef").with("fields", Field::Entries(fields?))))
}

fn struct_field(language: &dyn Language, field: &StructFieldDef) -> Said<Message> {
    let default = field.default_value.as_ref().map(|value| variable_value(language, value));
    Ok(Message::new("StructFieldDef")
        .with("field_type", nested(&field.type_def)?)
        .with("default_value", default.transpose()?.map(Field::Message))
        .with("is_nullable", field.is_nullable.then_some(Field::True)))
}

/// A value as a `VariableValue`.
pub(crate) fn variable_value(language: &dyn Language, value: &Value) -> Said<Message> {
    let code = |value: &Value| language.literal(value).map(Field::Code);
    let several = |values: &[Value]| -> Said<Field> {
        let values: Said<Vec<_>> =
            values.iter().map(|value| variable_value(language, value)).collect();
        Ok(Field::Several(values?))
    };
    let (name, field) = match value {
        Value::Null => return Ok(Message::new("VariableValue")),
        Value::JsonObj(json) => ("json_obj", Field::text(&Json::to_text(json))),
        Value::JsonArr(json) => ("json_arr", Field::text(&Json::to_text(json))),
        Value::Double(_) => ("double", code(value)?),
        Value::Bool(_) => ("bool", code(value)?),
        Value::Str(text) => ("str", Field::text(text)),
        Value::Int(number) => ("int", Field::Long(*number)),
        Value::WfRunId(_) => ("wf_run_id", code(value)?),
        Value::Bytes(_) | Value::Timestamp(_) => {
            let found = value.type_of();
            return Err(format!("a value of type {found} inside another is not written as code."));
        }
        Value::Array(array) => {
            let element = array.element_type.as_ref().map(|found| nested(found)).transpose()?;
            let array = Message::new("Array")
                .with("items", several(&array.items)?)
                .with("element_type", element);
            ("array", Field::Message(array))
        }
        Value::Map(map) => {
            let entries: Said<Vec<_>> = map
                .entries
                .iter()
                .map(|(key, value)| {
                    Ok(Message::new("Map.Entry")
                        .with("key", Field::Message(variable_value(language, key)?))
                        .with("value", Field::Message(variable_value(language, value)?)))
                })
                .collect();
            let types = map.map_type.as_ref().map(map_type).transpose()?;
            let map = Message::new("Map")
                .with("entries", Field::Several(entries?))
                .with("map_type", types.map(Field::Message));
            ("map", Field::Message(map))
        }
        Value::Struct(found) => {
            let fields: Said<Vec<_>> = found
                .fields
                .iter()
                .map(|(name, field)| {
                    let message = Message::new("StructField")
                        .with("value", Field::Message(variable_value(language, &field.value)?))
                        .with("masked", field.masked.then_some(Field::True));
                    Ok((name.to_string(), message))
                })
                .collect();
            let fields = Message::new("InlineStruct").with("fields", Field::Entries(fields?));
            let message = Message::new("Struct")
                .with("struct_def_id", struct_def_id(&found.def))
                .with("struct", Field::Message(fields));
            ("struct", Field::Message(message))
        }
    };
    Ok(Message::new("VariableValue").with(name, field))
}
