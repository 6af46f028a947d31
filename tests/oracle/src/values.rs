//! Random values of a type, small ones.

use halter_session::payload;
use halter_spec::composed::{self, StructDefs};
use halter_spec::model::{Type, VarType};
use halter_spec::value::Value;
use serde_json::json;

use crate::random::Random;

/// A value of this type.
pub(crate) fn of(random: &mut Random, of: &Type, defs: &StructDefs) -> Value {
    let number = random.below(4);
    let word = random.word(&["", "b", "milk", "12"]);
    let text = match of {
        Type::Primitive(VarType::Int) => number.to_string(),
        Type::Primitive(VarType::Str) => return Value::str(word),
        Type::Primitive(VarType::Bool) => return Value::Bool(number > 1),
        Type::Primitive(VarType::Double) => format!("{number}.25"),
        Type::Primitive(VarType::JsonObj) => {
            json!({ "a": number, "w": word, "b": [1, number] }).to_string()
        }
        Type::Primitive(VarType::JsonArr) => json!([number, word]).to_string(),
        Type::Array(_) => json!([word, "y"]).to_string(),
        Type::Map(_) => json!({ "k": number }).to_string(),
        Type::Struct(_) => json!({ "make": word, "year": number }).to_string(),
        Type::Primitive(_) | Type::Unknown => return composed::example(of, defs),
    };
    payload::parse_as(&text, of, defs).unwrap_or_default()
}
