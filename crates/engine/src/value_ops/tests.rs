//! Tables of conversions and comparisons.
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod operations;

use base64::Engine as _;
use halter_spec::model::{Comparator, VarType};
use halter_spec::value::{Json, Value};

use super::{BASE64, cast, compares, convert, removes_past_the_end, size_of};

/// A value from how these tables write it: JSON, `'text'`, `b:` and BYTES as Base64, `t:` and a TIMESTAMP in
/// milliseconds, `w:` and a WF_RUN_ID.
fn value(text: &str) -> Value {
    if let Some(text) = text.strip_prefix('\'') {
        return Value::str(text.strip_suffix('\'').unwrap());
    }
    match text.split_at(text.len().min(2)) {
        ("b:", bytes) => Value::Bytes(BASE64.decode(bytes).unwrap().into()),
        ("t:", ms) => Value::Timestamp(ms.parse().unwrap()),
        ("w:", id) => Value::WfRunId(id.into()),
        _ => super::from_json(&Json::parse(&text.replace('\'', "\"")).unwrap()),
    }
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Str(text) => format!("'{text}'"),
        Value::Bytes(bytes) => format!("b:{}", BASE64.encode(bytes)),
        Value::Timestamp(ms) => format!("t:{ms}"),
        Value::WfRunId(id) => format!("w:{id}"),
        Value::Double(number) => format!("{:?}", number.0),
        Value::Int(_)
        | Value::Bool(_)
        | Value::JsonObj(_)
        | Value::JsonArr(_)
        | Value::Struct(_)
        | Value::Array(_)
        | Value::Map(_) => super::to_json(value).to_text(),
    }
}

/// What came of it, an error behind a `!`.
fn said(result: Result<Value, String>) -> String {
    result.map_or_else(|why| format!("!{why}"), |value| show(&value))
}

#[test]
fn conversions_and_casts() {
    const ALL: [&str; 14] = [
        "null", "7", "1.9", "'text'", "'12'", "' 2.5 '", "'True'", "'AQI='", "true", "[1]",
        "{'a':1}", "b:AQI=", "w:id", "t:-1500",
    ];
    // What converts to each type, and what only an assignment converts: a cast does not.
    for (target, both, assigned) in [
        (VarType::JsonObj, "{'a':1}={'a':1}", ""),
        (VarType::JsonArr, "[1]=[1]", ""),
        (VarType::Double, "7=7.0|1.9=1.9|'12'=12.0|' 2.5 '=2.5", ""),
        (VarType::Bool, "'True'=true|true=true", ""),
        (
            VarType::Str,
            "7='7'|1.9='1.9'|'text'='text'|'12'='12'|' 2.5 '=' 2.5 '|'True'='True'|'AQI='='AQI='|true='true'|b:AQI=='AQI='|w:id='id'",
            "[1]='[1]'|{'a':1}='{a=1}'|t:-1500='seconds: -2\nnanos: 500000000\n'",
        ),
        (VarType::Int, "7=7|1.9=1|'12'=12", "t:-1500=-2000"),
        (
            VarType::Bytes,
            "'text'=b:dGV4dA==|'12'=b:MTI=|' 2.5 '=b:IDIuNSA=|'True'=b:VHJ1ZQ==|'AQI='=b:QVFJPQ==|b:AQI==b:AQI=",
            "7=b:Nw==|1.9=b:MS45|true=b:dHJ1ZQ==|[1]=b:WzFd|{'a':1}=b:eyJhIjoxfQ==|w:id=b:aWQ=|t:-1500=b:c2Vjb25kczogLTIKbmFub3M6IDUwMDAwMDAwMAo=",
        ),
        (
            VarType::WfRunId,
            "'text'=w:text|'12'=w:12|' 2.5 '=w: 2.5 |'True'=w:True|'AQI='=w:AQI=|w:id=w:id",
            "7=w:7|1.9=w:1.9",
        ),
        (VarType::Timestamp, "t:-1500=t:-1500", ""),
    ] {
        let wanted = |rows: &str, from: &str| {
            let mut rows = rows.split('|');
            let row = rows.find_map(|row| row.strip_prefix(from)?.strip_prefix('='));
            row.map(
                |row| if row.starts_with('{') { row.replace('\'', "\"") } else { row.to_owned() },
            )
        };
        for from in ALL {
            let converted = wanted(both, from).or_else(|| wanted(assigned, from));
            let found = convert(&value(from), target).ok();
            assert_eq!(found.as_ref().map(show), converted, "{from} to {target:?}");
            let cast_to = if from == "null" { Some("null".to_owned()) } else { wanted(both, from) };
            let found = cast(&value(from), &target.into()).ok();
            assert_eq!(found.as_ref().map(show), cast_to, "cast {from} to {target:?}");
        }
    }
    for (from, target, assigned, cast_to) in [
        ("null", VarType::Int, "!Coercing from NULL not supported.", "null"),
        (
            "'x'",
            VarType::Int,
            "!Couldn't convert STR 'x' to INT",
            "!Failed to cast value to INT: Cannot parse 'x' as INT.",
        ),
        (
            "'x'",
            VarType::Double,
            "!Couldn't convert STR 'x' to DOUBLE",
            "!Failed to cast value to DOUBLE: Cannot parse 'x' as DOUBLE.",
        ),
        (
            "'x'",
            VarType::Bool,
            "!Cannot parse 'x' as BOOL (use 'true'/'false')",
            "!Failed to cast value to BOOL: Cannot parse 'x' as BOOL.",
        ),
        (
            "true",
            VarType::Int,
            "!Cant convert BOOL to INT",
            "!Failed to cast value to INT: Casting from BOOL to INT is not supported. ",
        ),
        (
            "9223372036854775807",
            VarType::Timestamp,
            "!Converting to TIMESTAMP not supported",
            "!Failed to cast value to TIMESTAMP: Casting from INT to TIMESTAMP is not supported. ",
        ),
    ] {
        assert_eq!(said(convert(&value(from), target)), assigned);
        assert_eq!(said(cast(&value(from), &target.into())), cast_to);
    }
}

#[test]
fn doubles_are_written_as_java_does() {
    for (number, wanted) in [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (-2.5, "-2.5"),
        (0.001, "0.001"),
        (0.0009, "9.0E-4"),
        (9_999_999.5, "9999999.5"),
        (1e7, "1.0E7"),
        (-1e7, "-1.0E7"),
        (1.5e10, "1.5E10"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
        (f64::NAN, "NaN"),
    ] {
        assert_eq!(super::java_double(number), wanted);
    }
    assert_eq!(&*super::as_str(&Value::Timestamp(2000)), "seconds: 2\n");
    assert_eq!(&*super::as_str(&Value::Timestamp(0)), "");
}

#[test]
fn comparisons() {
    use Comparator::{Equals, GreaterThan, GreaterThanEq, LessThan, LessThanEq, NotEquals};
    for (left, right, order) in [
        ("1", "2", '<'),
        ("2", "2", '='),
        ("3", "2", '>'),
        ("1.5", "2.5", '<'),
        ("2.5", "2.5", '='),
        ("'a'", "'b'", '<'),
        ("'b'", "'b'", '='),
        ("false", "true", '<'),
        ("null", "null", '='),
        ("null", "1", '<'),
        ("'x'", "null", '>'),
        // As Java compares: by UTF-16, in which this face comes first.
        ("'\u{1F600}'", "'\u{FF41}'", '<'),
    ] {
        for (comparator, holds) in [
            (LessThan, order == '<'),
            (LessThanEq, order != '>'),
            (GreaterThan, order == '>'),
            (GreaterThanEq, order != '<'),
            (Equals, order == '='),
            (NotEquals, order != '='),
        ] {
            let found = compares(&value(left), comparator, &value(right));
            assert_eq!(found, Ok(holds), "{left} {comparator:?} {right}");
        }
    }
    for (left, right) in [("1", "1.0"), ("1", "'1'"), ("[1]", "[1]"), ("true", "1")] {
        let found = compares(&value(left), Equals, &value(right));
        assert_eq!(found, Err("Failed comparing the provided values.".to_owned()));
    }
}

#[test]
fn what_is_in_what() {
    for (part, whole, holds) in [
        ("'b'", "'abc'", Some(true)),
        ("'d'", "'abc'", Some(false)),
        ("1", "'a1'", Some(true)),
        ("2", "[1,2]", Some(true)),
        ("'2'", "[1,2]", Some(false)),
        ("null", "[null]", Some(true)),
        ("'a'", "{'a':1}", Some(true)),
        ("1", "{'1':2}", Some(true)),
        ("'b'", "{'a':1}", Some(false)),
        ("null", "'abc'", None),
        ("null", "{'a':1}", Some(false)),
        ("1", "1", None),
        ("1", "null", None),
    ] {
        let is_in = compares(&value(part), Comparator::In, &value(whole));
        let is_not = compares(&value(part), Comparator::NotIn, &value(whole));
        let wanted = holds.ok_or("Failed evaluating CONTAINS".to_owned());
        assert_eq!(is_in, wanted, "{part} in {whole}");
        assert_eq!(is_not, wanted.map(|holds| !holds), "{part} not in {whole}");
    }
}

#[test]
fn sizes_and_indices() {
    for (whole, wanted) in [
        ("'abc'", "3"),
        ("'\u{1F600}'", "2"),
        ("[1,[2]]", "2"),
        ("[]", "0"),
        ("{'a':1}", "!Cannot resolve size() for var of type JSON_OBJ"),
        ("null", "!Cannot resolve size() for var of type VALUE_NOT_SET"),
        ("t:0", "!Cannot resolve size() for var of type UTC_TIMESTAMP"),
    ] {
        assert_eq!(said(size_of(&value(whole))), wanted);
    }
    for (list, index, past) in [
        ("[1,2]", "0", false),
        ("[1,2]", "1", false),
        ("[1,2]", "2", true),
        ("[1,2]", "-1", true),
        ("[1,2]", "'x'", false),
        ("'ab'", "5", false),
    ] {
        assert_eq!(removes_past_the_end(&value(list), &value(index)), past, "{index} of {list}");
    }
}

#[test]
fn parts_of_json() {
    for (part, wanted) in [
        ("null", "null"),
        ("1.5", "1.5"),
        ("true", "true"),
        ("w:id", "\"id\""),
        ("b:AQI=", "\"AQI=\""),
        ("t:0", "\"1970-01-01T00:00:00Z\""),
        ("[1]", "[1]"),
    ] {
        assert_eq!(super::to_json(&value(part)).to_text(), wanted);
    }
}
