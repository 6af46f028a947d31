//! R-MUTATE: what can be done with values: operations, conversions, comparisons.

use std::cmp::Ordering;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use halter_spec::composed;
use halter_spec::model::{Comparator, MutationType, Type, VarType};
use halter_spec::value::{Array, Double, Json, Map, Value, java_double};

use crate::java_text;
use crate::typed::server_name;

type Result<T> = std::result::Result<T, String>;

/// What `LittleHorse` calls the kind of a value in its messages.
pub(crate) fn case(value: &Value) -> &'static str {
    match value {
        Value::Null => "VALUE_NOT_SET",
        Value::Struct(_) => "STRUCT",
        Value::Array(_) => "ARRAY",
        Value::Map(_) => "MAP",
        Value::Timestamp(_) => "UTC_TIMESTAMP",
        Value::JsonObj(_)
        | Value::JsonArr(_)
        | Value::Double(_)
        | Value::Bool(_)
        | Value::Str(_)
        | Value::Int(_)
        | Value::Bytes(_)
        | Value::WfRunId(_) => value.var_type().map_or("VALUE_NOT_SET", VarType::name),
    }
}

/// The same where the server knows VariableTypes alone: all else is `null`.
pub(crate) fn primitive_name(value: &Value) -> &'static str {
    value.var_type().map_or("null", VarType::name)
}

pub(crate) fn type_name(value: &Value) -> String {
    server_name(&value.type_of())
}

/// Applies an operation: ASSIGN converts to `target`; arithmetic is done in DOUBLE if `target` is DOUBLE.
pub(crate) fn operate(
    lhs: &Value,
    operation: MutationType,
    rhs: &Value,
    target: Option<&Type>,
) -> Result<Value> {
    let in_double = target == Some(&Type::Primitive(VarType::Double));
    if operation != MutationType::Assign && matches!(target, Some(Type::Struct(_))) {
        return Err(format!("Unsupported operation for Structs: {}", operation.name()));
    }
    match operation {
        MutationType::Assign => match (rhs, target) {
            (Value::Null, _) => Ok(Value::Null),
            (value, Some(target)) => coerce(value, target),
            (value, None) => Ok(value.clone()),
        },
        MutationType::Add if in_double => add(&as_double(lhs)?, rhs),
        MutationType::Add => add(lhs, rhs),
        MutationType::Subtract | MutationType::Multiply | MutationType::Divide if in_double => {
            arithmetic(&as_double(lhs)?, operation, rhs)
        }
        MutationType::Subtract | MutationType::Multiply | MutationType::Divide => {
            arithmetic(lhs, operation, rhs)
        }
        MutationType::Extend => extend(lhs, rhs),
        MutationType::RemoveIfPresent => match lhs {
            Value::JsonArr(list) => {
                let gone = to_json(rhs);
                let stays = |item: &&Json| **item != gone || holds_numbers(item);
                Ok(json_arr(items(list).iter().filter(stays).cloned().collect()))
            }
            Value::Array(array) => {
                let gone = element(array, rhs)?;
                Ok(array_with(array, array.items.iter().filter(|i| **i != gone).cloned()))
            }
            _ => Err(format!("Cannot removeIfPresent on var of type {}", case(lhs))),
        },
        MutationType::RemoveIndex => remove_index(lhs, rhs),
        MutationType::RemoveKey => match lhs {
            Value::JsonObj(object) => {
                // Nothing is the key of none.
                let key = if *rhs == Value::Null { return Ok(lhs.clone()) } else { as_str(rhs) };
                let kept = entries(object).iter().filter(|(k, _)| *k != key).cloned().collect();
                Ok(Value::JsonObj(Arc::new(Json::Obj(kept))))
            }
            Value::Map(map) => {
                let kept = map.entries.iter().filter(|(key, _)| key != rhs).cloned().collect();
                Ok(Value::Map(Arc::new(Map { entries: kept, map_type: map.map_type.clone() })))
            }
            _ => Err("Converting to JSON_OBJ not supported.".to_owned()),
        },
        MutationType::And => Ok(Value::Bool(as_bool(lhs)? && as_bool(rhs)?)),
        MutationType::Or => Ok(Value::Bool(as_bool(lhs)? || as_bool(rhs)?)),
        MutationType::Pow => pow(lhs, rhs),
    }
}

fn add(lhs: &Value, rhs: &Value) -> Result<Value> {
    if rhs.var_type().is_none() {
        return Err("Cannot add by null".to_owned());
    }
    match lhs {
        Value::Int(a) => Ok(Value::Int(a.wrapping_add(as_int(rhs)?))),
        Value::Double(a) => Ok(double(a.0 + as_f64(rhs)?)),
        Value::Str(a) => Ok(Value::Str(format!("{a}{}", as_str(rhs)).into())),
        Value::JsonArr(list) => {
            let mut list = items(list).to_vec();
            list.push(appended(rhs));
            Ok(json_arr(list))
        }
        _ => Err(format!("Cannot add to var of type {}", case(lhs))),
    }
}

/// Whether a list or an object has a number in it: Java reads it in two ways, and what it was read in one way equals nothing
/// that was read in the other.
fn holds_numbers(json: &Json) -> bool {
    let has = |json: &Json| matches!(json, Json::Int(_) | Json::Double(_)) || holds_numbers(json);
    match json {
        Json::Arr(items) => items.iter().any(has),
        Json::Obj(entries) => entries.iter().any(|(_, json)| has(json)),
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Double(_) | Json::Str(_) => false,
    }
}

/// A value as the server appends it to a list: of BYTES the numbers, and of a TIMESTAMP what Java keeps of such a message.
fn appended(value: &Value) -> Json {
    let field = |name: &str, json: Json| (Arc::from(name), json);
    match value {
        Value::Bytes(bytes) => {
            Json::Arr(bytes.iter().map(|byte| Json::Int(i64::from(byte.cast_signed()))).collect())
        }
        Value::Timestamp(ms) => {
            let (seconds, nanos) = seconds_and_nanos(*ms);
            let size = [seconds, nanos].map(|n| if n == 0 { 0 } else { 1 + varint_size(n) });
            Json::Obj(vec![
                field("seconds_", Json::Int(seconds)),
                field("nanos_", Json::Int(nanos)),
                field("memoizedIsInitialized", Json::Int(-1)),
                field("unknownFields", Json::Obj(vec![field("fields", Json::Obj(Vec::new()))])),
                field("memoizedSize", Json::Int(size.iter().sum())),
                field("memoizedHashCode", Json::Int(0)),
            ])
        }
        value => to_json(value),
    }
}

/// A value as the server puts it at a JSON path: it asks Java for what a TIMESTAMP shows of itself, and can't write BYTES.
pub(crate) fn put_by_path(value: &Value) -> Result<Json> {
    match value {
        Value::Bytes(_) => Err(
            "class [B cannot be cast to class [Ljava.lang.Object; ([B and [Ljava.lang.Object; are in module java.base of loader 'bootstrap')"
                .to_owned(),
        ),
        Value::Timestamp(_) => {
            Ok(Json::Obj(vec![(Arc::from("unknownFields"), Json::Obj(Vec::new()))]))
        }
        value => Ok(to_json(value)),
    }
}

/// How many bytes a number takes in a message.
fn varint_size(number: i64) -> i64 {
    let bits = i64::from(u64::BITS - number.cast_unsigned().leading_zeros());
    (bits + 6) / 7
}

fn arithmetic(lhs: &Value, operation: MutationType, rhs: &Value) -> Result<Value> {
    let (verb, from) = match operation {
        MutationType::Subtract => ("subtract", "subtract from var"),
        MutationType::Multiply => ("multiply by", "multiply value"),
        _ => ("divide by", "divide var"),
    };
    if rhs.var_type().is_none() {
        return Err(format!("Cannot {verb} null"));
    }
    let divides = operation == MutationType::Divide;
    if divides && as_f64(rhs)? == 0.0 {
        return Err("Cannot divide by zero".to_owned());
    }
    let floating = |a: f64, b: f64| match operation {
        MutationType::Subtract => a - b,
        MutationType::Multiply => a * b,
        _ => a / b,
    };
    match (lhs, rhs) {
        (Value::Int(a), Value::Double(b)) => Ok(Value::Int(floating(*a as f64, b.0) as i64)),
        (Value::Int(a), _) => {
            let b = as_int(rhs)?;
            Ok(Value::Int(match operation {
                MutationType::Subtract => a.wrapping_sub(b),
                MutationType::Multiply => a.wrapping_mul(b),
                // A text such as "0.5" is not zero as a DOUBLE, and not a number as an INT: `as_int` refused it.
                _ => a.checked_div(b).unwrap_or(*a),
            }))
        }
        (Value::Double(a), _) => Ok(double(floating(a.0, as_f64(rhs)?))),
        _ => Err(format!("Cannot {from} of type {}", case(lhs))),
    }
}

fn extend(lhs: &Value, rhs: &Value) -> Result<Value> {
    match (lhs, rhs) {
        (Value::JsonArr(a), Value::JsonArr(b)) => {
            Ok(json_arr(items(a).iter().chain(items(b)).cloned().collect()))
        }
        (Value::JsonArr(_), _) => Err("Converting to JSON_ARR not supported.".to_owned()),
        (Value::Bytes(a), _) => match as_bytes(rhs) {
            Value::Bytes(b) => Ok(Value::Bytes(a.iter().chain(b.iter()).copied().collect())),
            _ => Ok(lhs.clone()),
        },
        (Value::Str(a), _) => Ok(Value::Str(format!("{a}{}", as_str(rhs)).into())),
        (Value::Array(a), Value::Array(b)) if lhs.type_of() == rhs.type_of() => {
            Ok(array_with(a, a.items.iter().chain(&b.items).cloned()))
        }
        (Value::Array(a), _) => {
            let last = element(a, rhs)?;
            Ok(array_with(a, a.items.iter().cloned().chain([last])))
        }
        (Value::Map(a), Value::Map(b)) => Ok(merged(a, b)),
        (Value::Map(_), _) => Err("Cannot extend MAP with non-MAP value".to_owned()),
        _ => Err(format!("Cannot extend var of type {}", case(lhs))),
    }
}

/// Whether REMOVE_INDEX names an index that its list doesn't have.
pub(crate) fn removes_past_the_end(lhs: &Value, rhs: &Value) -> bool {
    let Value::JsonArr(list) = lhs else {
        return false;
    };
    java_index(rhs)
        .is_ok_and(|index| !usize::try_from(index).is_ok_and(|index| index < items(list).len()))
}

/// An index of a list: Java's has 32 bits, and takes the lower ones of a number.
fn java_index(value: &Value) -> Result<i32> {
    as_int(value).map(|number| number as i32)
}

/// A value as an element of an Array, whose type it must have.
fn element(array: &Array, value: &Value) -> Result<Value> {
    match &array.element_type {
        Some(of) => coerce(value, &of.of),
        None => Ok(value.clone()),
    }
}

fn array_with(array: &Array, items: impl Iterator<Item = Value>) -> Value {
    let element_type = array.element_type.clone();
    Value::Array(Arc::new(Array { items: items.collect(), element_type }))
}

/// One Map over another: what both have is the second's, in the order of the first.
fn merged(a: &Map, b: &Map) -> Value {
    let of = |map: &Map, wanted: &Value| {
        map.entries.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.clone())
    };
    let mut entries: Vec<_> = a
        .entries
        .iter()
        .map(|(key, value)| (key.clone(), of(b, key).unwrap_or_else(|| value.clone())))
        .collect();
    entries.extend(b.entries.iter().filter(|(key, _)| of(a, key).is_none()).cloned());
    Value::Map(Arc::new(Map { entries, map_type: a.map_type.clone() }))
}

fn remove_index(lhs: &Value, rhs: &Value) -> Result<Value> {
    if let Value::Array(array) = lhs {
        let index = java_index(rhs)?;
        let at = usize::try_from(index).ok().filter(|at| *at < array.items.len());
        let Some(at) = at else {
            return Err(format!("Index out of bounds: {index}"));
        };
        let kept = array.items.iter().enumerate().filter(|(i, _)| *i != at);
        return Ok(array_with(array, kept.map(|(_, item)| item.clone())));
    }
    let Value::JsonArr(list) = lhs else {
        return Err(format!("Cannot removeIndex on var of type {}", case(lhs)));
    };
    let index = java_index(rhs)?;
    let mut list = items(list).to_vec();
    match usize::try_from(index) {
        Ok(at) if at < list.len() => {
            list.remove(at);
            Ok(json_arr(list))
        }
        _ => Err(format!(
            "Caught unexpected error when mutating variables: Index {index} out of bounds for length {}",
            list.len()
        )),
    }
}

fn pow(lhs: &Value, rhs: &Value) -> Result<Value> {
    let number = |value: &Value| matches!(value, Value::Int(_) | Value::Double(_));
    if !number(lhs) {
        return Err(format!("Cannot exponentiate base value of type {}", type_name(lhs)));
    }
    if !number(rhs) {
        return Err(format!("Cannot exponentiate by type {}", type_name(rhs)));
    }
    let result = as_f64(lhs)?.powf(as_f64(rhs)?);
    let in_double = matches!(lhs, Value::Double(_)) || matches!(rhs, Value::Double(_));
    let shown = |value: &Value| {
        if in_double { as_f64(value).map(java_double) } else { Ok(as_str(value).to_string()) }
    };
    let (base, exponent) = (shown(lhs)?, shown(rhs)?);
    if !result.is_finite() {
        return Err(format!(
            "Exponentiation result is not finite: Base {base}, Exponent {exponent}"
        ));
    }
    if !in_double {
        if result > i64::MAX as f64 || result < i64::MIN as f64 {
            return Err(format!(
                "Exponentiation result is out of range for INT: Base {base}, Exponent {exponent}"
            ));
        }
        return Ok(Value::Int(result as i64));
    }
    Ok(double(result))
}

/// Makes a value one of this type where it is assigned (ASSIGN, and elements of an Array).
pub(crate) fn coerce(value: &Value, target: &Type) -> Result<Value> {
    let from = value.type_of();
    match (&from, target) {
        (Type::Unknown, _) => Err("Coercing from NULL not supported.".to_owned()),
        (Type::Primitive(_), Type::Primitive(to)) => convert(value, *to),
        (_, Type::Unknown) => Err("Coercing to NULL not supported.".to_owned()),
        (Type::Struct(_), Type::Struct(_))
        | (Type::Array(_), Type::Array(_))
        | (Type::Map(_), Type::Map(_)) => {
            if from.can_be(target) && same_version(&from, target) {
                return Ok(value.clone());
            }
            let case = match from {
                Type::Struct(_) => "STRUCT_DEF_ID",
                Type::Array(_) => "INLINE_ARRAY_DEF",
                Type::Map(_) | Type::Unknown | Type::Primitive(_) => "INLINE_MAP_DEF",
            };
            Err(format!("Coercing from {case}to {} not supported.", server_name(target)))
        }
        (Type::Primitive(_) | Type::Struct(_) | Type::Array(_) | Type::Map(_), _) => Err(format!(
            "Coercing from {} to {} or vice versa not supported.",
            server_name(&from),
            server_name(target)
        )),
    }
}

/// Whether two structs are of the same version of their StructDef: a literal of an SDK may name none.
fn same_version(from: &Type, target: &Type) -> bool {
    match (from, target) {
        (Type::Struct(from), Type::Struct(target)) => from.version == target.version,
        _ => true,
    }
}

/// Converts a value for an assignment.
pub(crate) fn convert(value: &Value, target: VarType) -> Result<Value> {
    match (value, target) {
        (Value::Null, _) => Err("Coercing from NULL not supported.".to_owned()),
        (_, VarType::Str) => Ok(Value::Str(as_str(value))),
        (_, VarType::Int) => as_int(value).map(Value::Int),
        (_, VarType::Double) => as_double(value),
        (_, VarType::Bool) => as_bool(value).map(Value::Bool),
        (_, VarType::Bytes) => Ok(as_bytes(value)),
        (Value::Int(n), VarType::WfRunId) => Ok(Value::WfRunId(n.to_string().into())),
        (Value::Str(s), VarType::WfRunId) => Ok(Value::WfRunId(Arc::clone(s))),
        (Value::Double(d), VarType::WfRunId) => Ok(Value::WfRunId(java_double(d.0).into())),
        _ if value.var_type() == Some(target) => Ok(value.clone()),
        (_, VarType::JsonArr | VarType::JsonObj) => {
            Err(format!("Converting to {} not supported.", target.name()))
        }
        (_, VarType::Timestamp) => Err("Converting to TIMESTAMP not supported".to_owned()),
        _ => Err(cant_convert(value, target)),
    }
}

/// Casts a value where a cast is written: to STR from everything simple, between numbers, and from STR.
pub(crate) fn cast(value: &Value, target: &Type) -> Result<Value> {
    // What is composed of others stays what it is.
    let Some(from) = value.var_type() else {
        return Ok(value.clone());
    };
    let Some(target) = target.primitive() else {
        return Err(format!(
            "Failed to cast value to {}: Casting from {} to null is not supported. ",
            server_name(target),
            from.name()
        ));
    };
    let simple = !matches!(from, VarType::JsonObj | VarType::JsonArr | VarType::Timestamp);
    let can = from == target
        || (simple && target == VarType::Str)
        || matches!(
            (from, target),
            (VarType::Int, VarType::Double) | (VarType::Double, VarType::Int)
        )
        || (from == VarType::Str
            && !matches!(target, VarType::JsonObj | VarType::JsonArr | VarType::Timestamp));
    let failed = |why: String| format!("Failed to cast value to {}: {why}", target.name());
    if !can {
        return Err(failed(format!(
            "Casting from {} to {} is not supported. ",
            from.name(),
            target.name()
        )));
    }
    let parse_error = |_| match value {
        Value::Str(text) if matches!(target, VarType::Int | VarType::Double | VarType::Bool) => {
            failed(format!("Cannot parse '{text}' as {}.", target.name()))
        }
        _ => failed(format!("Failed to cast {} to {}", from.name(), target.name())),
    };
    if from == target { Ok(value.clone()) } else { convert(value, target).map_err(parse_error) }
}

fn cant_convert(value: &Value, target: VarType) -> String {
    format!("Cant convert {} to {}", type_name(value), target.name())
}

pub(crate) fn as_int(value: &Value) -> Result<i64> {
    match value {
        Value::Int(n) => Ok(*n),
        Value::Double(d) => Ok(d.0 as i64),
        Value::Str(text) => {
            text.parse().map_err(|_| format!("Couldn't convert STR '{text}' to INT"))
        }
        Value::Timestamp(ms) => Ok(ms.saturating_sub(ms.rem_euclid(1000))),
        _ => Err(cant_convert(value, VarType::Int)),
    }
}

fn as_f64(value: &Value) -> Result<f64> {
    match value {
        Value::Int(n) => Ok(*n as f64),
        Value::Double(d) => Ok(d.0),
        Value::Str(text) => {
            text.trim().parse().map_err(|_| format!("Couldn't convert STR '{text}' to DOUBLE"))
        }
        _ => Err(cant_convert(value, VarType::Double)),
    }
}

fn as_double(value: &Value) -> Result<Value> {
    as_f64(value).map(double)
}

fn as_bool(value: &Value) -> Result<bool> {
    match value {
        Value::Bool(b) => Ok(*b),
        Value::Str(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::Str(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Value::Str(text) => Err(format!("Cannot parse '{text}' as BOOL (use 'true'/'false')")),
        _ => Err(format!("Cannot convert {} to BOOL", type_name(value))),
    }
}

/// BYTES are the bytes of the text: the server decodes no base64 here.
fn as_bytes(value: &Value) -> Value {
    match value {
        Value::Bytes(_) => value.clone(),
        // Here it is JSON.
        Value::JsonObj(json) | Value::JsonArr(json) => {
            Value::Bytes(json.to_text().as_bytes().into())
        }
        other => Value::Bytes(as_str(other).as_bytes().into()),
    }
}

/// A value as text, the way `LittleHorse`'s server writes it.
pub(crate) fn as_str(value: &Value) -> Arc<str> {
    match value {
        // As Java writes it.
        Value::Null => "null".into(),
        Value::Str(text) | Value::WfRunId(text) => Arc::clone(text),
        Value::Int(n) => n.to_string().into(),
        Value::Double(d) => java_double(d.0).into(),
        Value::Bool(b) => b.to_string().into(),
        Value::JsonObj(json) | Value::JsonArr(json) => {
            let mut text = String::new();
            java_text::of_json(json, &mut text);
            text.into()
        }
        Value::Bytes(bytes) => BASE64.encode(bytes).into(),
        Value::Timestamp(ms) => timestamp_text(*ms).into(),
        Value::Struct(_) | Value::Array(_) | Value::Map(_) => java_text::of(value).into(),
    }
}

/// What was read by a JSON path, where a text is made of it: its lists are JSON then.
pub(crate) fn read_as_text(value: Value) -> Value {
    let (Value::JsonObj(json) | Value::JsonArr(json)) = &value else {
        return value;
    };
    let mut text = String::new();
    java_text::of_read(json, &mut text);
    Value::Str(text.into())
}

/// A TIMESTAMP as Protobuf has it.
fn seconds_and_nanos(ms: i64) -> (i64, i64) {
    (ms.div_euclid(1000), ms.rem_euclid(1000) * 1_000_000)
}

/// A TIMESTAMP as the server writes it into a text: Protobuf's text format, without what is zero.
fn timestamp_text(ms: i64) -> String {
    let (seconds, nanos) = seconds_and_nanos(ms);
    let line = |name: &str, number: i64| match number {
        0 => String::new(),
        _ => format!("{name}: {number}\n"),
    };
    line("seconds", seconds) + &line("nanos", nanos)
}

/// Compares as Java does: within one type; `NULL` is smallest.
fn compare(lhs: &Value, rhs: &Value) -> Result<Ordering> {
    match (lhs, rhs) {
        (Value::Null, Value::Null) => Ok(Ordering::Equal),
        (Value::Null, _) => Ok(Ordering::Less),
        (_, Value::Null) => Ok(Ordering::Greater),
        (Value::Int(a), Value::Int(b)) => Ok(a.cmp(b)),
        (Value::Double(a), Value::Double(b)) => Ok(a.0.total_cmp(&b.0)),
        (Value::Str(a), Value::Str(b)) => Ok(a.encode_utf16().cmp(b.encode_utf16())),
        (Value::Bool(a), Value::Bool(b)) => Ok(a.cmp(b)),
        // The server compares their bytes: only whether they are the same can be relied on.
        (Value::Struct(a), Value::Struct(b)) if a == b => Ok(Ordering::Equal),
        (Value::Struct(_), Value::Struct(_)) => Ok(Ordering::Less),
        _ => Err("Failed comparing the provided values.".to_owned()),
    }
}

/// Whether a comparison holds.
pub(crate) fn compares(lhs: &Value, comparator: Comparator, rhs: &Value) -> Result<bool> {
    Ok(match comparator {
        Comparator::LessThan => compare(lhs, rhs)?.is_lt(),
        Comparator::LessThanEq => compare(lhs, rhs)?.is_le(),
        Comparator::GreaterThan => compare(lhs, rhs)?.is_gt(),
        Comparator::GreaterThanEq => compare(lhs, rhs)?.is_ge(),
        Comparator::Equals => compare(lhs, rhs)?.is_eq(),
        Comparator::NotEquals => compare(lhs, rhs)?.is_ne(),
        Comparator::In => contains(rhs, lhs)?,
        Comparator::NotIn => !contains(rhs, lhs)?,
    })
}

fn contains(whole: &Value, part: &Value) -> Result<bool> {
    match whole {
        Value::Str(_) if *part == Value::Null => Err("Failed evaluating CONTAINS".to_owned()),
        Value::Str(text) => Ok(text.contains(&*as_str(part))),
        Value::JsonArr(list) => {
            let part = to_json(part);
            Ok(items(list).iter().any(|item| includes(item, &part)))
        }
        Value::JsonObj(_) if *part == Value::Null => Ok(false),
        Value::JsonObj(object) => {
            let key = as_str(part);
            Ok(entries(object).iter().any(|(k, _)| *k == key))
        }
        Value::Array(array) => Ok(array.items.contains(part)),
        Value::Map(map) => Ok(map.entries.iter().any(|(key, _)| key == part)),
        _ => Err("Failed evaluating CONTAINS".to_owned()),
    }
}

/// Whether an element of a list is what is looked for: an object is, if it has all entries of that one; null has who has none.
fn includes(item: &Json, part: &Json) -> bool {
    let Json::Obj(wanted) = part else {
        return item == part;
    };
    let Json::Obj(entries) = item else {
        return false;
    };
    wanted.iter().all(|(key, value)| {
        let found = entries.iter().find(|(other, _)| other == key);
        found.map_or(*value == Json::Null, |(_, found)| equal(found, value))
    })
}

/// Whether two parts of objects are equal; numbers are, however they are written.
fn equal(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Int(int), Json::Double(double)) | (Json::Double(double), Json::Int(int)) => {
            double.0.total_cmp(&(*int as f64)).is_eq()
        }
        (Json::Arr(a), Json::Arr(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Json::Obj(a), Json::Obj(b)) => {
            let has = |(key, value): &(Arc<str>, Json)| {
                b.iter().any(|(other, found)| other == key && equal(found, value))
            };
            a.len() == b.len() && a.iter().all(has)
        }
        (
            Json::Null
            | Json::Bool(_)
            | Json::Int(_)
            | Json::Double(_)
            | Json::Str(_)
            | Json::Arr(_)
            | Json::Obj(_),
            _,
        ) => a == b,
    }
}

/// The number of characters or elements.
pub(crate) fn size_of(value: &Value) -> Result<Value> {
    match value {
        Value::Str(text) => Ok(Value::Int(text.encode_utf16().count() as i64)),
        Value::JsonArr(list) => Ok(Value::Int(items(list).len() as i64)),
        Value::Array(array) => Ok(Value::Int(array.items.len() as i64)),
        _ => Err(format!("Cannot resolve size() for var of type {}", case(value))),
    }
}

/// A value as a part of a JSON value.
pub(crate) fn to_json(value: &Value) -> Json {
    composed::to_json(value)
}

/// A part of a JSON value as a value.
pub(crate) fn from_json(json: &Json) -> Value {
    composed::from_json(json)
}

fn double(d: f64) -> Value {
    Value::Double(Double(d))
}

pub(crate) fn json_arr(items: Vec<Json>) -> Value {
    Value::JsonArr(Arc::new(Json::Arr(items)))
}

pub(crate) fn items(json: &Json) -> &[Json] {
    if let Json::Arr(items) = json { items } else { &[] }
}

fn entries(json: &Json) -> &[(Arc<str>, Json)] {
    if let Json::Obj(entries) = json { entries } else { &[] }
}

#[cfg(test)]
mod tests;
