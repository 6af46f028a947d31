//! Types that are composed of others: their names in Java, and a class for each StructDef.

use std::collections::HashMap;

use halter_spec::composed::StructDefs;
use halter_spec::model::{Type, TypeDef, VarType};

use super::{Java, names};
use crate::code::{BuiltField, Identifiers, Said, invoke, text};

/// Where the classes of StructDefs are.
const STRUCTS: &str = "Structs";

fn struct_class(name: &str) -> String {
    Identifiers::class(name, names::is_class)
}

/// The type as a class's name, also between `<` and `>`.
pub(super) fn boxed(found: &TypeDef) -> String {
    match &found.of {
        Type::Primitive(VarType::JsonObj) => "Map<String, Object>".to_owned(),
        Type::Primitive(VarType::JsonArr) => "List<Object>".to_owned(),
        Type::Primitive(VarType::Double) => "Double".to_owned(),
        Type::Primitive(VarType::Bool) => "Boolean".to_owned(),
        Type::Primitive(VarType::Str) => "String".to_owned(),
        Type::Primitive(VarType::Int) => "Long".to_owned(),
        Type::Primitive(VarType::Bytes) => "byte[]".to_owned(),
        Type::Primitive(VarType::WfRunId) => "WfRunId".to_owned(),
        Type::Primitive(VarType::Timestamp) => "Instant".to_owned(),
        Type::Struct(id) => format!("{STRUCTS}.{}", struct_class(&id.name)),
        Type::Array(element) => format!("{}[]", boxed(element)),
        Type::Map(map) => format!("Map<{}, {}>", boxed(&map.key), boxed(&map.value)),
        Type::Unknown => "Object".to_owned(),
    }
}

/// The class that stands for a type where the SDK is told of what an Array or a Map holds.
///
/// # Errors
/// One sentence, if Java's class says less than the type.
pub(super) fn class(found: &TypeDef) -> Said<String> {
    let mut innermost = found;
    while let Type::Array(element) = &innermost.of {
        innermost = element;
    }
    match &innermost.of {
        Type::Primitive(VarType::JsonObj | VarType::JsonArr) | Type::Map(_) | Type::Unknown => {
            let sdk = "LittleHorse's Java SDK";
            Err(format!("{sdk} has no Array and no Map whose elements are {}.", innermost.of))
        }
        Type::Primitive(_) | Type::Struct(_) | Type::Array(_) if innermost.masked => {
            Err("LittleHorse's Java SDK masks no elements.".to_owned())
        }
        Type::Primitive(_) | Type::Struct(_) | Type::Array(_) => {
            Ok(format!("{}.class", boxed(found)))
        }
    }
}

/// The fields of a struct that is built.
pub(super) fn puts(thread: &str, fields: &[(String, BuiltField)]) -> String {
    let put = |(name, field): &(String, BuiltField)| {
        let value = match field {
            BuiltField::Value(term) if term.is_null() => "(Serializable) null".to_owned(),
            BuiltField::Value(term) => term.code.clone(),
            BuiltField::Struct(fields) => {
                invoke(&Java, thread, "build_inline_struct", Vec::new()) + &puts(thread, fields)
            }
        };
        format!(".put({}, {value})", text(name))
    };
    fields.iter().map(put).collect()
}

/// Classes for the StructDefs, if the code names one.
///
/// # Errors
/// One sentence, if two StructDefs would be called the same.
pub(super) fn classes(code: &str, defs: &StructDefs) -> Said<Vec<String>> {
    if !code.contains(&format!("{STRUCTS}.")) {
        return Ok(Vec::new());
    }
    let mut lines = vec![String::new(), format!("public static class {STRUCTS} {{")];
    let mut seen = HashMap::new();
    for (index, (name, def)) in defs.iter().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        let class = struct_class(name);
        if let Some(other) = seen.insert(class.clone(), name) {
            return Err(format!("the classes of the structs {other} and {name} would be {class}."));
        }
        lines.push(format!("    @LHStructDef({})", text(name)));
        lines.push(format!("    public static class {class} {{"));
        let mut members = Identifiers::new(false, names::is_reserved);
        for (field, def) in def.fields.iter().flatten() {
            let member = members.name(field);
            let (of, capital) = (boxed(&def.type_def), capital(&member));
            let is_first = lines.last().is_some_and(|line| line.ends_with('{'));
            lines.extend((!is_first).then(String::new));
            let says = [
                (member != *field).then(|| format!("name = {}", text(field))),
                def.type_def.masked.then(|| "masked = true".to_owned()),
                def.is_nullable.then(|| "isNullable = true".to_owned()),
            ];
            let says: Vec<_> = says.into_iter().flatten().collect();
            if !says.is_empty() {
                lines.push(format!("        @LHStructField({})", says.join(", ")));
            }
            lines.extend([format!("        private {of} {member};"), String::new()]);
            lines.push(format!("        public {of} get{capital}() {{"));
            lines.push(format!("            return {member};"));
            lines.extend(["        }".to_owned(), String::new()]);
            lines.push(format!("        public void set{capital}({of} {member}) {{"));
            lines.push(format!("            this.{member} = {member};"));
            lines.push("        }".to_owned());
        }
        lines.push("    }".to_owned());
    }
    lines.push("}".to_owned());
    Ok(lines)
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
