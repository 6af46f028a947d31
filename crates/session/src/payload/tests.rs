use halter_spec::model::VarType;
use halter_spec::value::Value;

use super::{edit, parse, show};

#[test]
fn ints_are_exact_to_64_bits() {
    for text in ["9223372036854775807", "-9223372036854775808", "9007199254740993"] {
        let value = parse(text, VarType::Int).unwrap();
        assert_eq!(show(&value), text);
    }
    let too_large = parse("9223372036854775808", VarType::Int).unwrap_err();
    assert!(too_large.contains("64 bits"), "{too_large}");
    let no_number = parse("many", VarType::Int).unwrap_err();
    assert_eq!(no_number, "“many” is no whole number: write one such as 42.");
}

#[test]
fn ints_within_json_are_exact_and_keys_keep_their_order() {
    let text = r#"{"z": 9223372036854775807, "a": [1, 2.5, "x", null, true], "z2": {"k": 1.0}}"#;
    assert_eq!(show(&parse(text, VarType::JsonObj).unwrap()), text);
}

#[test]
fn json_says_where_it_is_wrong() {
    let error = parse("{\n  \"a\": ,\n}", VarType::JsonObj).unwrap_err();
    assert!(error.starts_with("This is no JSON at line 2, column 8"), "{error}");
    assert!(parse("[1]", VarType::JsonObj).is_err());
    assert!(parse("{}", VarType::JsonArr).is_err());
    assert!(parse(&"[".repeat(100_000), VarType::JsonArr).is_err(), "too deep, but no crash");
}

#[test]
fn nothing_is_no_value_but_for_texts() {
    assert_eq!(parse("", VarType::Int).unwrap(), Value::Null);
    assert_eq!(parse(" ", VarType::JsonObj).unwrap(), Value::Null);
    assert_eq!(parse("", VarType::Str).unwrap(), Value::str(""));
}

#[test]
fn what_is_shown_for_editing_reads_back() {
    for (text, var_type) in [
        ("plain \"quoted\" text", VarType::Str),
        ("2.5", VarType::Double),
        ("3.0", VarType::Double),
        ("true", VarType::Bool),
        ("00ff", VarType::Bytes),
        ("wf-1", VarType::WfRunId),
        ("2024-02-29T23:59:59.123Z", VarType::Timestamp),
        ("1969-12-31T23:59:59.999Z", VarType::Timestamp),
        ("9999-12-31T23:59:59.999Z", VarType::Timestamp),
    ] {
        let value = parse(text, var_type).unwrap();
        assert_eq!(edit(&value), text);
    }
    assert_eq!(parse("0", VarType::Timestamp).unwrap(), Value::Timestamp(0));
    assert!(parse("2023-02-29T00:00:00Z", VarType::Timestamp).is_err());
    assert!(parse("2023-13-01T00:00:00Z", VarType::Timestamp).is_err());
    assert!(parse("253402300800000", VarType::Timestamp).unwrap_err().contains("9999"));
    assert!(parse("NaN", VarType::Double).is_err());
    assert!(parse("0f1", VarType::Bytes).is_err());
    assert!(parse("yes", VarType::Bool).is_err());
}
