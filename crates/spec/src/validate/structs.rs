//! V-STRUCT, V-TYPE: StructDefs, the types that name them, and structs that are built.

use super::Check;
use crate::about::{About, Undeclared};
use crate::code::Code;
use crate::composed;
use crate::diagnostic::Diagnostic;
use crate::model::{
    InlineStructBuilder, InlineStructFieldValue, Source, StructDefId, ThreadSpec, Type, TypeDef,
    VarType, VariableAssignment,
};
use crate::place::At;

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    if let Err(name) = composed::in_order(&document.struct_defs) {
        let at = document.struct_defs.get(name).map_or_else(At::default, |def| def.at);
        let about = About::StructNeedsItself { def: name.to_owned() };
        check.add(Diagnostic::error(Code::VStruct, at, about));
    }
    for (name, def) in &document.struct_defs {
        for (field, found) in def.fields.iter().flatten() {
            types(check, &found.type_def.of, def.at);
            for about in field_problems(name, field, found) {
                check.add(Diagnostic::error(Code::VStruct, def.at, about));
            }
        }
    }
    for thread in document.wf_spec.thread_specs.values() {
        for variable in &thread.variable_defs {
            types(check, &variable.var_def.type_def.of, variable.var_def.at);
        }
    }
    for def in document.task_defs.values() {
        let inputs = def.input_vars.iter().map(|input| (&input.type_def, input.at));
        let returns = def.return_type.as_ref().and_then(|returns| returns.type_def.as_ref());
        let all: Vec<_> = inputs.chain(returns.map(|of| (of, def.at))).collect();
        of_definition(check, all);
    }
    let events =
        document.external_event_defs.values().map(|def| (def.content_type.as_ref(), def.at));
    let thrown =
        document.workflow_event_defs.values().map(|def| (def.content_type.as_ref(), def.at));
    let all = events.chain(thrown).filter_map(|(content, at)| {
        content.and_then(|content| content.type_def.as_ref()).map(|of| (of, at))
    });
    of_definition(check, all.collect());
}

fn of_definition(check: &mut Check<'_>, all: Vec<(&TypeDef, At)>) {
    for (type_def, at) in all {
        types(check, &type_def.of, at);
    }
}

fn field_problems(def: &str, field: &str, found: &crate::model::StructFieldDef) -> Vec<About> {
    let mut problems = Vec::new();
    let names = || (def.to_owned(), field.to_owned());
    let mut letters = field.chars();
    if !letters.next().is_some_and(|first| first.is_ascii_lowercase())
        || !letters.all(|letter| letter.is_ascii_alphanumeric())
    {
        let (def, field) = names();
        problems.push(About::FieldName { def, field });
    }
    if let Some(found) = json_within(&found.type_def.of) {
        let (def, field) = names();
        problems.push(About::JsonField { def, field, found });
    }
    if let Some(default) = &found.default_value {
        let (given, wanted) = (default.type_of(), found.type_def.of.clone());
        let (def, field) = names();
        if *default == crate::value::Value::Null {
            if !found.is_nullable {
                problems.push(About::NullDefault { def, field });
            }
        } else if !given.can_be(&wanted) {
            problems.push(About::FieldDefault { def, field, wanted, found: given });
        }
    }
    problems
}

/// The JSON within a type, which no field of a StructDef may hold.
fn json_within(of: &Type) -> Option<VarType> {
    match of {
        Type::Primitive(found @ (VarType::JsonObj | VarType::JsonArr)) => Some(*found),
        Type::Primitive(_) | Type::Struct(_) | Type::Unknown => None,
        Type::Array(element) => json_within(&element.of),
        Type::Map(map) => json_within(&map.key.of).or_else(|| json_within(&map.value.of)),
    }
}

/// StructDefs that a type names but nobody declares, and keys of Maps that can't be so.
fn types(check: &mut Check<'_>, of: &Type, at: At) {
    match of {
        Type::Unknown | Type::Primitive(_) => {}
        Type::Struct(id) => {
            if !check.document.struct_defs.contains_key(&*id.name) {
                let about = About::Undeclared(Undeclared::StructDef, id.name.to_string());
                check.add(Diagnostic::error(Code::VStruct, at, about));
            }
        }
        Type::Array(element) => types(check, &element.of, at),
        Type::Map(map) => {
            let key = &map.key.of;
            let fits = key.primitive().is_some_and(|key| {
                !matches!(key, VarType::JsonObj | VarType::JsonArr | VarType::Bytes)
            });
            if !fits {
                check.add(Diagnostic::error(Code::VType, at, About::MapKey(key.clone())));
            }
            types(check, &map.value.of, at);
        }
    }
}

impl<'d> Check<'d> {
    /// What is wrong with a value that builds a struct, where this type is wanted.
    pub(super) fn built(
        &self,
        spec: &'d ThreadSpec,
        a: &VariableAssignment,
        wanted: &Type,
    ) -> Vec<About> {
        let Source::StructBuilder(id, built) = &a.source else {
            return Vec::new();
        };
        let own = Type::Struct(id.clone());
        if a.path.is_none() && !own.can_be(wanted) {
            // That the type is another one is said elsewhere.
            return Vec::new();
        }
        self.fields(spec, id, built)
    }

    fn fields(
        &self,
        spec: &'d ThreadSpec,
        id: &StructDefId,
        built: &InlineStructBuilder,
    ) -> Vec<About> {
        let Some(def) = self.document.struct_defs.get(&*id.name) else {
            return vec![About::Undeclared(Undeclared::StructDef, id.name.to_string())];
        };
        let Some(fields) = &def.fields else {
            return Vec::new();
        };
        let name = || id.name.to_string();
        let mut found = Vec::new();
        let missing: Vec<_> = fields
            .iter()
            .filter(|(field, def)| def.is_required() && !built.fields.contains_key(*field))
            .map(|(field, _)| field.clone())
            .collect();
        if !missing.is_empty() {
            found.push(About::FieldsMissing { def: name(), fields: missing });
        }
        for (field, value) in &built.fields {
            let Some(def) = fields.get(field) else {
                found.push(About::NoField { def: name(), field: field.clone() });
                continue;
            };
            let wanted = &def.type_def.of;
            match value {
                InlineStructFieldValue::Simple(a) => {
                    match self.type_of(spec, a) {
                        Ok(Some(given)) if !given.can_be(wanted) => {
                            let (field, wanted) = (field.clone(), wanted.clone());
                            found.push(About::FieldType { field, wanted, found: given });
                        }
                        Ok(_) => {}
                        Err(why) => found.push(why),
                    }
                    found.extend(self.built(spec, a, wanted));
                }
                InlineStructFieldValue::SubStructure(inner) => match wanted {
                    Type::Struct(id) => found.extend(self.fields(spec, id, inner)),
                    Type::Unknown | Type::Primitive(_) | Type::Array(_) | Type::Map(_) => {
                        let (field, wanted) = (field.clone(), wanted.clone());
                        found.push(About::NoStructField { field, wanted });
                    }
                },
            }
        }
        found
    }
}
