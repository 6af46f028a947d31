//! What a thread declares before its steps, as statements.

use halter_spec::model::{AccessLevel, ReturnType, ThreadVarDef, Type};

use super::invoke::{chained, invoke, invoke_with};
use super::language::{Language, Said};
use super::message::{Field, Message, variable_type};
use super::text;

/// A variable; `name`: its name in code.
pub(crate) fn variable(
    language: &dyn Language,
    thread: &str,
    name: &str,
    variable: &ThreadVarDef,
) -> Said<String> {
    let def = &variable.var_def;
    let mut options = Vec::new();
    if let Some(default) = &def.default_value {
        language.default_of(&def.type_def.of)?;
        options.push(("with_default", vec![("default_value", language.literal(default)?)]));
    }
    let mut arguments = vec![text(&def.name)];
    let method = match &def.type_def.of {
        Type::Primitive(var_type) => format!("declare_{}", var_type.name().to_lowercase()),
        Type::Struct(id) => {
            arguments.push(text(&id.name));
            arguments.push(id.version.to_string());
            "declare_struct".to_owned()
        }
        Type::Array(element) => {
            arguments.push(language.class(element)?);
            "declare_array".to_owned()
        }
        Type::Map(map) => {
            arguments.extend([language.class(&map.key)?, language.class(&map.value)?]);
            "declare_map".to_owned()
        }
        Type::Unknown => return Err("a variable whose type is not known.".to_owned()),
    };
    let made = invoke_with(language, thread, &method, arguments, options);
    let mut code = made.code + &made.more.concat();
    for (path, part) in &variable.json_indexes {
        let (indexed, called) = language.words().indexed;
        let is_indexed = def.type_def.primitive().is_some_and(|found| indexed.contains(&found));
        if !is_indexed || !path.starts_with("$.") {
            return Err(format!("{} indexes parts of {called} only.", language.words().sdk));
        }
        let arguments = format!("{}, {}", text(path), variable_type(*part));
        code.push_str(&chained(language, "searchable_on", &arguments));
    }
    for (holds, method) in [
        (variable.required, "required"),
        (variable.searchable, "searchable"),
        (def.type_def.masked, "masked"),
        (variable.access_level == AccessLevel::PublicVar, "as_public"),
        (variable.access_level == AccessLevel::InheritedVar, "as_inherited"),
    ] {
        if holds {
            code.push_str(&chained(language, method, ""));
        }
    }
    Ok(format!("{}{name} = {code}{}", language.words().variable, language.words().end))
}

pub(crate) fn retention(language: &dyn Language, thread: &str, seconds: i64) -> String {
    let policy = Message::new("ThreadRetentionPolicy")
        .with("seconds_after_thread_termination", Field::Long(seconds));
    let policy = language.message(&policy);
    invoke(language, thread, "with_retention_policy", vec![policy]) + language.words().end
}

/// The class that the SDK takes for the payload of an event; none if it has none that makes this very type.
pub(crate) fn payload_class(language: &dyn Language, content: &ReturnType) -> Option<&'static str> {
    match &content.type_def {
        Some(content) => language.payload_class(content.primitive()?),
        None => language.words().no_payload,
    }
}

/// A handler of an event; `class`: of the event's payload, if the SDK is to register the event here.
pub(crate) fn interrupt(
    language: &dyn Language,
    thread: &str,
    event: &str,
    function: String,
    class: Option<&str>,
) -> String {
    let handler =
        invoke(language, thread, "register_interrupt_handler", vec![text(event), function]);
    let typed = class.map(|class| chained(language, "with_event_type", class));
    handler + &typed.unwrap_or_default() + language.words().end
}
