//! Calls of an SDK's methods.

use super::call::Made;
use super::language::{Language, Term};
use super::text::camel_case;

/// What a call may be given besides its arguments: the method that is called on what it gives, and the names that the
/// same values have as arguments.
pub(crate) type CallOption = (&'static str, Vec<(&'static str, String)>);

/// A method's name in a language; `name` in small letters.
pub(crate) fn method(language: &dyn Language, name: &str) -> String {
    if language.words().snake_case { name.to_owned() } else { camel_case(name) }
}

/// A call of a method.
pub(crate) fn invoke(
    language: &dyn Language,
    object: &str,
    name: &str,
    arguments: Vec<String>,
) -> String {
    invoke_with(language, object, name, arguments, Vec::new()).code
}

/// A call of a method with options.
pub(crate) fn invoke_with(
    language: &dyn Language,
    object: &str,
    name: &str,
    mut arguments: Vec<String>,
    options: Vec<CallOption>,
) -> Made {
    let name = method(language, language.adapt(name, &mut arguments).unwrap_or(name));
    let mut more = Vec::new();
    for (setter, values) in options {
        if language.words().keywords {
            arguments.extend(values.iter().map(|(keyword, value)| format!("{keyword}={value}")));
        } else {
            let values: Vec<_> = values.into_iter().map(|(_, value)| value).collect();
            more.push(chained(language, setter, &values.join(", ")));
        }
    }
    Made { code: format!("{object}.{name}({})", arguments.join(", ")), more }
}

/// What is called on what a call gives.
pub(crate) fn chained(language: &dyn Language, name: &str, arguments: &str) -> String {
    format!(".{}({arguments})", method(language, name))
}

/// An argument that a language with names for arguments leaves out if there is none.
pub(crate) fn named(
    language: &dyn Language,
    keyword: &str,
    value: Option<&Term>,
) -> Option<String> {
    match value {
        Some(value) if language.words().keywords => Some(format!("{keyword}={}", value.code)),
        Some(value) => Some(value.code.clone()),
        None if language.words().keywords => None,
        None => Some("null".to_owned()),
    }
}
