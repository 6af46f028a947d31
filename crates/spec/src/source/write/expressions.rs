//! Values that are computed, in the language of expressions. What it can't say stands as LittleHorse's own JSON.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::yaml::{Out, double_text};
use crate::composed;
use crate::model::{
    Comparator, Condition, Expression, InlineStructBuilder, InlineStructFieldValue, MutationRhs,
    MutationType, Operator, Path, Selector, Source, Type, VarType, VariableAssignment,
    VariableMutation,
};
use crate::place::Span;
use crate::proto_json;
use crate::quote::in_quotes;
use crate::source::expression::{OPERATORS, name_length, parse, parse_part, parse_target};
use crate::source::values::OPERATIONS;
use crate::timestamp;
use crate::tree::{Tree, TreeKind};
use crate::value::{Json, Value};

/// How nodes are named where their outputs are used.
pub(super) trait Outputs {
    /// What `$output(…)` says for this node, if it can.
    fn label(&self, node: &str) -> Option<String>;
    /// The node that such a label names.
    fn node(&self, label: &str) -> Option<String>;
}

/// Writes values; `own`: the node whose output is `$output`.
pub(super) struct Values<'o> {
    pub(super) outputs: &'o dyn Outputs,
    pub(super) own: Option<&'o str>,
}

/// How tightly `not` binds.
const NOT: u8 = 3;

impl Values<'_> {
    fn lookup(&self, label: Option<&str>) -> Option<String> {
        match label {
            None => self.own.map(str::to_owned),
            Some(label) => self.outputs.node(label),
        }
    }

    /// A value of a field.
    pub(super) fn assignment(&self, value: &VariableAssignment) -> Out {
        if let VariableAssignment {
            source: Source::Literal(literal),
            path: None,
            target_type: None,
            ..
        } = value
            && !matches!(literal, Value::Array(_) | Value::Map(_) | Value::Struct(_))
            && let Some(out) = self::literal(literal, None)
        {
            return match out {
                Out::Text(text) if crate::grammar::is_expression(&text) => {
                    Out::Tagged("str", Box::new(Out::Text(text)))
                }
                other => other,
            };
        }
        match self.expression(value) {
            Some(text) if crate::grammar::is_expression(&text) => Out::Expression(text),
            Some(text) => Out::Tagged("expr", Box::new(Out::Expression(text))),
            None => Out::proto(&proto_json::write_assignment(value)),
        }
    }

    /// A condition.
    pub(super) fn condition(&self, condition: &Condition) -> Out {
        match condition {
            Condition::Assignment(value) => match self.expression(value) {
                Some(text) if text == "null" => Out::Quoted(text),
                Some(text) => Out::Expression(text),
                None => Out::proto(&proto_json::write_assignment(value)),
            },
            Condition::Legacy(..) => Out::proto(&proto_json::write_condition(condition)),
        }
    }

    /// Changes of variables: a map, or a list if a variable comes twice or needs LittleHorse's own JSON.
    pub(super) fn mutations(&self, mutations: &[VariableMutation]) -> Out {
        let written: Vec<_> =
            mutations.iter().map(|mutation| (mutation, self.mutation(mutation))).collect();
        let mut keys = HashSet::new();
        let one_map = written
            .iter()
            .all(|(_, entry)| entry.as_ref().is_some_and(|(key, _)| keys.insert(key.clone())));
        if one_map {
            let entries = written.into_iter().filter_map(|(_, entry)| entry).collect();
            return Out::Map(entries);
        }
        let items = written.into_iter().map(|(mutation, entry)| match entry {
            Some(entry) => Out::Block(vec![entry]),
            None => Out::proto(&proto_json::write_mutation(mutation)),
        });
        Out::Lines(items.collect())
    }

    fn mutation(&self, mutation: &VariableMutation) -> Option<(String, Out)> {
        let MutationRhs::Assignment(rhs) = &mutation.rhs else {
            return None;
        };
        let target = self.target(mutation)?;
        if mutation.operation != MutationType::Assign {
            let (word, _) = OPERATIONS.iter().find(|(word, operation)| {
                *operation == mutation.operation && word.starts_with(char::is_alphabetic)
            })?;
            let text = format!("{word} {}", self.expression(rhs)?);
            // Quotes would make it a text.
            return super::yaml::stands_plain(&text, false).then_some((target, Out::Plain(text)));
        }
        let value = match self.assignment(rhs) {
            Out::Text(text) if begins_with_operation(&text) => Out::Quoted(text),
            value => value,
        };
        Some((target, value))
    }

    /// What a mutation changes, such as `cart.items[0]`.
    pub(super) fn target(&self, mutation: &VariableMutation) -> Option<String> {
        let value = VariableAssignment {
            path: mutation.lhs_path.clone(),
            ..VariableAssignment::of(Source::Variable(mutation.lhs_name.clone()))
        };
        let mut text = self.operand(&value, 9)?;
        if !text.starts_with("${") {
            text.remove(0);
        }
        let (name, path) = parse_target(&text, Span::default()).ok()?;
        (name == mutation.lhs_name && path == mutation.lhs_path).then_some(text)
    }

    /// An expression that is read as this very value, if there is one.
    pub(super) fn expression(&self, value: &VariableAssignment) -> Option<String> {
        let text = self.operand(value, 0)?;
        let tree = quoted(&text);
        let read = parse(&tree, &|label| self.lookup(label)).ok()?;
        (read == *value).then_some(text)
    }

    /// A part of an expression that binds at least so tightly.
    fn operand(&self, value: &VariableAssignment, loosest: u8) -> Option<String> {
        if value.path.is_none() && value.target_type.is_none() {
            return self.source(&value.source, loosest);
        }
        let mut text = self.source(&value.source, u8::MAX)?;
        if let Some(path) = &value.path {
            text.push_str(&self.path(path)?);
        }
        if let Some(target) = &value.target_type {
            if target.masked {
                return None;
            }
            text.push_str(" as ");
            text.push_str(&target.of.to_string());
        }
        Some(text)
    }

    fn source(&self, source: &Source, loosest: u8) -> Option<String> {
        Some(match source {
            Source::Variable(name) => {
                if name_length(name) == name.len() && !name.is_empty() && name != "output" {
                    format!("${name}")
                } else if name.contains('}') {
                    return None;
                } else {
                    format!("${{{name}}}")
                }
            }
            Source::NodeOutput(node) if self.own == Some(node) => "$output".to_owned(),
            Source::NodeOutput(node) => format!("$output({})", self.outputs.label(node)?),
            Source::SizeOf(operand) => format!("$size({})", self.operand(operand, 0)?),
            Source::FormatString(format, arguments) => {
                let mut parts = vec![self.operand(format, 0)?];
                for argument in arguments {
                    parts.push(self.operand(argument, 0)?);
                }
                format!("$format({})", parts.join(", "))
            }
            Source::Literal(value) => literal_text(value)?,
            Source::Expression(parts) => return self.binary(parts, loosest),
            Source::StructBuilder(id, built) => {
                format!("{}{}", Type::Struct(id.clone()), self.inline_struct(built)?)
            }
            Source::MapBuilder(map_type, entries) => {
                let mut parts = Vec::new();
                for (key, value) in entries {
                    let (key, value) = (self.operand(key, 0)?, self.operand(value, 0)?);
                    parts.push(format!("{key}: {value}"));
                }
                format!("{}{{{}}}", map_type.as_ref()?, parts.join(", "))
            }
        })
    }

    fn inline_struct(&self, built: &InlineStructBuilder) -> Option<String> {
        let mut parts = Vec::new();
        for (name, value) in &built.fields {
            let plain = !name.is_empty() && name_length(name) == name.len();
            let name = if plain { name.clone() } else { string(name) };
            let value = match value {
                InlineStructFieldValue::Simple(value) => self.operand(value, 0)?,
                InlineStructFieldValue::SubStructure(built) => self.inline_struct(built)?,
            };
            parts.push(format!("{name}: {value}"));
        }
        Some(format!("{{{}}}", parts.join(", ")))
    }

    fn binary(&self, parts: &Expression, loosest: u8) -> Option<String> {
        let (text, power) = if let Some(negated) = negated(parts) {
            (format!("not {}", self.operand(negated, NOT)?), NOT)
        } else {
            let (symbol, power) = match parts.operator {
                Operator::Compare(Comparator::NotIn) => ("not in", 4),
                operator => OPERATORS
                    .iter()
                    .find(|(_, _, known)| *known == operator)
                    .map(|(symbol, power, _)| (*symbol, *power))?,
            };
            let right_first = parts.operator == Operator::Mutation(MutationType::Pow);
            let (left, right) = if right_first { (power + 1, power) } else { (power, power + 1) };
            let left = self.operand(&parts.lhs, left)?;
            let right = self.operand(&parts.rhs, right)?;
            (format!("{left} {symbol} {right}"), power)
        };
        Some(if power < loosest { format!("({text})") } else { text })
    }

    fn path(&self, path: &Path) -> Option<String> {
        match path {
            Path::JsonPath(path) => {
                let short = path.strip_prefix('$').filter(|rest| {
                    let text = format!("$x{rest}");
                    let read = parse_part(&text, 0, &quoted(&text), &|_| None);
                    read.is_ok_and(|value| value.path == Some(Path::JsonPath(path.clone())))
                });
                Some(match short {
                    Some(short) => short.to_owned(),
                    None => format!("@{}", string(path)),
                })
            }
            Path::LhPath(selectors) => {
                let mut parts = Vec::new();
                for selector in selectors {
                    parts.push(match selector {
                        Selector::Key(key) => string(key),
                        Selector::Index(index) => index.to_string(),
                        Selector::Dynamic(value) => self.operand(value, 0)?,
                    });
                }
                Some(format!(".get({})", parts.join(", ")))
            }
        }
    }
}

/// What is negated: `not x` is `x == false`, unless x is a comparison of its own.
fn negated(parts: &Expression) -> Option<&VariableAssignment> {
    let is_false = parts.operator == Operator::Compare(Comparator::Equals)
        && parts.rhs == VariableAssignment::of(Source::Literal(Value::Bool(false)));
    let compares = matches!(
        &parts.lhs,
        VariableAssignment { source: Source::Expression(inner), path: None, target_type: None, .. }
            if matches!(inner.operator, Operator::Compare(_))
    );
    (is_false && !compares).then_some(&parts.lhs)
}

fn begins_with_operation(text: &str) -> bool {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    OPERATIONS.iter().any(|(name, _)| *name == word)
}

fn quoted(text: &str) -> Tree {
    Tree { span: Span::default(), tag: None, kind: TreeKind::Quoted(text.to_owned()) }
}

/// A text inside an expression.
fn string(text: &str) -> String {
    in_quotes(text, String::push)
}

/// JSON on one line, with a space behind each comma and colon.
fn spaced(json: &Json) -> String {
    match json {
        Json::Arr(items) => {
            let items: Vec<_> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Obj(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| {
                    format!("{}: {}", Json::Str(key.clone()).to_text(), spaced(value))
                })
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_text(),
    }
}

/// A literal inside an expression.
fn literal_text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(boolean) => boolean.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Double(double) if double.0.is_finite() => double_text(double.0),
        Value::Double(_) | Value::Struct(_) => return None,
        Value::Str(text) => string(text),
        Value::JsonObj(json) | Value::JsonArr(json) => spaced(json),
        Value::Bytes(bytes) => format!("bytes(\"{}\")", STANDARD.encode(bytes)),
        Value::WfRunId(id) => format!("wf-run-id({})", string(id)),
        Value::Timestamp(time) => format!("timestamp(\"{}\")", timestamp::write(*time)),
        // What is read back tells whether the JSON says it all.
        Value::Array(_) | Value::Map(_) => {
            format!("{}{}", value.type_of(), spaced(&composed::to_json(value)))
        }
    })
}

/// A literal where one of this type is expected, or of the type that it looks like; with a tag if that is another.
pub(super) fn literal(value: &Value, expected: Option<&Type>) -> Option<Out> {
    let found = value.var_type();
    if let Some(out) = composed_literal(value, expected) {
        return Some(out);
    }
    let natural = match value {
        Value::Null => return Some(Out::Plain("null".to_owned())),
        Value::Bool(boolean) => Out::number(*boolean),
        Value::Int(number) => Out::number(*number),
        Value::Double(double) => Out::Plain(double_text(double.0)),
        Value::Str(text) => Out::text(text),
        Value::JsonObj(json) if matches!(**json, Json::Obj(_)) => Out::json(json),
        Value::JsonArr(json) if matches!(**json, Json::Arr(_)) => Out::json(json),
        Value::JsonObj(_) | Value::JsonArr(_) => return None,
        Value::Bytes(bytes) => Out::Text(STANDARD.encode(bytes)),
        Value::WfRunId(id) => Out::text(id),
        Value::Timestamp(time) => Out::Text(timestamp::write(*time)),
        Value::Array(_) | Value::Map(_) | Value::Struct(_) => {
            return Some(Out::proto(&proto_json::write_value(value)));
        }
    };
    let by_itself = !matches!(value, Value::Bytes(_) | Value::WfRunId(_) | Value::Timestamp(_));
    if expected.and_then(Type::primitive) == found
        || (matches!(expected, None | Some(Type::Unknown)) && by_itself)
    {
        return Some(natural);
    }
    let tag = match found? {
        VarType::JsonObj => "json-obj",
        VarType::JsonArr => "json-arr",
        VarType::Double => "double",
        VarType::Bool => "bool",
        VarType::Str => "str",
        VarType::Int => "int",
        VarType::Bytes => "bytes",
        VarType::WfRunId => "wf-run-id",
        VarType::Timestamp => "timestamp",
    };
    Some(Out::Tagged(tag, Box::new(natural)))
}

/// A value of a type that is composed of others, where that very type is expected: as a person writes it.
fn composed_literal(value: &Value, expected: Option<&Type>) -> Option<Out> {
    match (value, expected?) {
        (Value::Array(array), Type::Array(element))
            if array.element_type.as_ref() == Some(element) =>
        {
            let items = array.items.iter().map(|item| literal(item, Some(&element.of)));
            Some(Out::List(items.collect::<Option<_>>()?))
        }
        (Value::Map(map), Type::Map(of)) if map.map_type.as_ref() == Some(of) => {
            let mut keys = HashSet::new();
            let entries = map.entries.iter().map(|(key, value)| {
                let text = composed::key_text(key).to_string();
                let again = composed::key_of(&text, &of.key.of).ok()?;
                let says_it = again == *key && keys.insert(text.clone());
                says_it.then_some((text, literal(value, Some(&of.value.of))?))
            });
            Some(Out::Map(entries.collect::<Option<_>>()?))
        }
        _ => None,
    }
}
