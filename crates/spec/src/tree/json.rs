//! JSON, strictly, as a tree.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::places::Places;
use super::{Entry, Tree, TreeKind};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::limits::MAX_DEPTH;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a JSON text.
pub(crate) fn parse(text: &str) -> Result<Tree, Box<Diagnostic>> {
    let places = Places::of(text);
    if let Some(offset) = too_deep(text) {
        return Err(Box::new(Diagnostic::error(
            Code::TooDeep,
            places.span(offset, offset + 1),
            format!("More than {MAX_DEPTH} lists and maps inside one another."),
        )));
    }
    let error = |start, end, message| {
        Box::new(Diagnostic::error(Code::Json, places.span(start, end), message))
    };
    match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(result) => match result.value {
            Some(value) => Ok(tree(value, &places)),
            None => Err(error(0, 0, "There is no JSON here.".to_owned())),
        },
        Err(problem) => {
            let range = problem.range();
            let message =
                format!("This is no JSON: {}.", problem.kind().to_string().trim_end_matches('.'));
            Err(error(range.start, range.end, message))
        }
    }
}

/// The first bracket that is deeper than [`MAX_DEPTH`].
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut in_string = false;
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(index);
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn tree(value: Value<'_>, places: &Places<'_>) -> Tree {
    let range = value.range();
    let kind = match value {
        Value::StringLit(string) => TreeKind::Quoted(string.value.into_owned()),
        Value::NumberLit(number) => TreeKind::Plain(number.value.to_owned()),
        Value::BooleanLit(boolean) => TreeKind::Plain(boolean.value.to_string()),
        Value::NullKeyword(_) => TreeKind::Plain("null".to_owned()),
        Value::Array(array) => {
            TreeKind::List(array.elements.into_iter().map(|item| tree(item, places)).collect())
        }
        Value::Object(object) => TreeKind::Map(
            object
                .properties
                .into_iter()
                .map(|property| {
                    let key_range = property.name.range();
                    let key = match property.name {
                        ObjectPropName::String(name) => name.value.into_owned(),
                        ObjectPropName::Word(name) => name.value.to_owned(),
                    };
                    Entry {
                        key,
                        key_span: places.span(key_range.start, key_range.end),
                        value: tree(property.value, places),
                    }
                })
                .collect(),
        ),
    };
    Tree { span: places.span(range.start, range.end), tag: None, kind }
}
