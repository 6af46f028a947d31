//! Tables of operations.

use halter_spec::model::{MutationType, VarType};
use halter_spec::value::Value;

use super::{said, value};
use crate::value_ops::operate;

type Rows = &'static [(&'static str, &'static str, &'static str)];

#[test]
fn operations() {
    let all: [(MutationType, Rows); 11] = [
        (
            MutationType::Add,
            &[
                ("1", "2", "3"),
                ("1", "2.9", "3"),
                ("1.5", "2", "3.5"),
                ("1", "'4'", "5"),
                ("1", "'x'", "!Couldn't convert STR 'x' to INT"),
                ("'a'", "1", "'a1'"),
                ("'a'", "1.0", "'a1.0'"),
                ("[1]", "'b'", r#"[1,"b"]"#),
                ("[1]", "[2]", "[1,[2]]"),
                ("true", "1", "!Cannot add to var of type BOOL"),
                ("1", "null", "!Cannot add by null"),
                ("9223372036854775807", "1", "-9223372036854775808"),
            ],
        ),
        (
            MutationType::Subtract,
            &[
                ("5", "2", "3"),
                ("5", "2.5", "2"),
                ("5.5", "2", "3.5"),
                ("5", "'2'", "3"),
                ("5", "null", "!Cannot subtract null"),
                ("'5'", "1", "!Cannot subtract from var of type STR"),
                ("-9223372036854775808", "1", "9223372036854775807"),
            ],
        ),
        (
            MutationType::Multiply,
            &[
                ("5", "3", "15"),
                ("5", "0.5", "2"),
                ("0.5", "5", "2.5"),
                ("5", "null", "!Cannot multiply by null"),
                ("true", "1", "!Cannot multiply value of type BOOL"),
                ("9223372036854775807", "2", "-2"),
            ],
        ),
        (
            MutationType::Divide,
            &[
                ("7", "2", "3"),
                ("-7", "2", "-3"),
                ("7", "0.5", "14"),
                ("7.0", "2", "3.5"),
                ("7", "0", "!Cannot divide by zero"),
                ("7", "0.0", "!Cannot divide by zero"),
                ("7", "'0'", "!Cannot divide by zero"),
                ("7", "'0.5'", "!Couldn't convert STR '0.5' to INT"),
                ("7", "null", "!Cannot divide by null"),
                ("[]", "1", "!Cannot divide var of type JSON_ARR"),
                ("-9223372036854775808", "-1", "-9223372036854775808"),
            ],
        ),
        (
            MutationType::Pow,
            &[
                ("2", "10", "1024"),
                ("2", "-1", "0"),
                ("2", "63", "9223372036854775807"),
                ("-2", "63", "-9223372036854775808"),
                ("2", "0.5", "1.4142135623730951"),
                ("2.0", "3", "8.0"),
                (
                    "10",
                    "19",
                    "!Exponentiation result is out of range for INT: Base 10, Exponent 19",
                ),
                (
                    "-10",
                    "19",
                    "!Exponentiation result is out of range for INT: Base -10, Exponent 19",
                ),
                ("0", "-1", "!Exponentiation result is not finite: Base 0, Exponent -1"),
                ("'2'", "2", "!Cannot exponentiate base value of type STR"),
                ("2", "'2'", "!Cannot exponentiate by type STR"),
                ("null", "2", "!Cannot exponentiate base value of type DEFINEDTYPE_NOT_SET"),
            ],
        ),
        (
            MutationType::Extend,
            &[
                ("[1]", "[2,3]", "[1,2,3]"),
                ("[1]", "2", "!Converting to JSON_ARR not supported."),
                ("'a'", "2", "'a2'"),
                ("b:AQ==", "b:Ag==", "b:AQI="),
                ("b:AQ==", "'Ag=='", "b:AUFnPT0="),
                ("b:AQ==", "1", "b:ATE="),
                ("1", "1", "!Cannot extend var of type INT"),
            ],
        ),
        (
            MutationType::RemoveIfPresent,
            &[
                ("[1,2,1]", "1", "[2]"),
                ("[1,'a']", "'a'", "[1]"),
                ("[1]", "2", "[1]"),
                ("'a'", "'a'", "!Cannot removeIfPresent on var of type STR"),
            ],
        ),
        (
            MutationType::RemoveIndex,
            &[
                ("[1,2]", "0", "[2]"),
                ("[1,2]", "1", "[1]"),
                (
                    "[1,2]",
                    "2",
                    "!Caught unexpected error when mutating variables: Index 2 out of bounds for length 2",
                ),
                (
                    "[1,2]",
                    "-1",
                    "!Caught unexpected error when mutating variables: Index -1 out of bounds for length 2",
                ),
                ("[1,2]", "'1'", "[1]"),
                ("'a'", "0", "!Cannot removeIndex on var of type STR"),
            ],
        ),
        (
            MutationType::RemoveKey,
            &[
                (r#"{"a":1,"b":2}"#, "'a'", r#"{"b":2}"#),
                (r#"{"a":1,"2":2}"#, "2", r#"{"a":1}"#),
                (r#"{"a":1}"#, "'c'", r#"{"a":1}"#),
                ("[1]", "0", "!Converting to JSON_OBJ not supported."),
            ],
        ),
        (
            MutationType::And,
            &[
                ("true", "true", "true"),
                ("true", "false", "false"),
                ("false", "1", "false"),
                ("true", "1", "!Cannot convert INT to BOOL"),
                ("'TRUE'", "'true'", "true"),
            ],
        ),
        (
            MutationType::Or,
            &[
                ("false", "true", "true"),
                ("false", "false", "false"),
                ("true", "1", "true"),
                ("false", "'no'", "!Cannot parse 'no' as BOOL (use 'true'/'false')"),
            ],
        ),
    ];
    for (operation, rows) in all {
        for (left, right, wanted) in rows {
            let found = said(operate(&value(left), operation, &value(right), None));
            assert_eq!(found, *wanted, "{left} {operation:?} {right}");
        }
    }
}

#[test]
fn a_double_is_computed_in_double_and_an_assignment_converts() {
    use MutationType::{Add, Assign, Divide, Multiply, Subtract};
    for (left, operation, right, target, wanted) in [
        ("1", Add, "2.9", VarType::Double, "3.9"),
        ("5", Subtract, "2.5", VarType::Double, "2.5"),
        ("5", Multiply, "0.5", VarType::Double, "2.5"),
        ("7", Divide, "2", VarType::Double, "3.5"),
        ("7", Divide, "2", VarType::Int, "3"),
        ("1", Assign, "2.9", VarType::Int, "2"),
        ("1", Assign, "2", VarType::Str, "'2'"),
        ("1", Assign, "null", VarType::Str, "null"),
        ("1", Assign, "'x'", VarType::Int, "!Couldn't convert STR 'x' to INT"),
    ] {
        let found = said(operate(&value(left), operation, &value(right), Some(&target.into())));
        assert_eq!(found, wanted, "{left} {operation:?} {right} for {target:?}");
    }
    assert_eq!(said(operate(&Value::Null, Assign, &value("2.9"), None)), "2.9");
}
