//! V-STRUCT, V-TYPE: what LittleHorse refuses of Arrays, Maps and structs, and what it takes.
#![allow(missing_docs, reason = "a test")]

use halter_spec::{Code, load, write_source};

/// A source with these variables and one change of them.
fn source(variables: &str, set: &str) -> String {
    format!(
        "workflow: typed
structs:
  owner: {{name: STR, phone: STR nullable}}
  car: {{make: STR, year: INT = 2000, owner: Struct<owner> nullable, plate: STR masked nullable}}
threads:
  main:
    variables:
{}
    do:
      - set:
          {set}
",
        variables.split("; ").map(|line| format!("      {line}")).collect::<Vec<_>>().join("\n")
    )
}

fn errors(text: &str) -> Vec<Code> {
    let loaded = load(text);
    loaded.diagnostics.iter().filter(|found| found.is_error()).map(|found| found.code).collect()
}

#[test]
fn what_is_refused() {
    for (variables, set, code) in [
        ("a: Array<STR>", "a: add \"y\"", Code::VType),
        ("a: Array<STR>; s: STR", "s: $a", Code::VType),
        ("a: Array<STR>; j: JSON_ARR", "a: $j", Code::VType),
        ("a: Array<STR>; b: Array<INT>", "a: $b", Code::VType),
        ("a: Array<STR masked>; b: Array<STR>", "a: extend $b", Code::VType),
        ("a: Array<INT>", "a: remove \"x\"", Code::VType),
        ("a: Array<INT>", "a: remove-index \"x\"", Code::VType),
        ("a: Array<INT>; b: INT", "b: '$a.get(\"x\")'", Code::VType),
        ("m: 'Map<STR, INT>'; i: INT", "i: $size($m)", Code::VType),
        ("m: 'Map<INT, STR>'; s: STR", "s: $m.get(1)", Code::VType),
        ("m: 'Map<STR, INT>'", "m: remove-key $m", Code::VType),
        ("m: 'Map<STR, INT>'", "m: extend 5", Code::VType),
        ("m: 'Map<JSON_OBJ, STR>'", "m: null", Code::VType),
        ("m: 'Map<BYTES, STR>'", "m: null", Code::VType),
        ("c: Struct<car>; s: STR", "s: '$c.get(\"nope\")'", Code::VType),
        ("c: Struct<car>", "c: extend 5", Code::VType),
        ("s: STR; t: STR", "t: '$s.get(\"a\")'", Code::VType),
        ("c: Struct<bike>", "c: null", Code::VStruct),
        ("c: Struct<car>", "c: 'Struct<car>{year: 3}'", Code::VStruct),
        ("c: Struct<car>", "c: 'Struct<car>{make: \"x\", nope: 3}'", Code::VStruct),
        ("c: Struct<car>", "c: 'Struct<car>{make: \"x\", year: \"y\"}'", Code::VStruct),
        ("c: Struct<car>", "c: 'Struct<car>{make: \"x\", owner: {phone: \"1\"}}'", Code::VStruct),
        ("c: Struct<car>", "c: 'Struct<car>{make: \"x\", year: {phone: \"1\"}}'", Code::VStruct),
        ("a: Array<Map<STR>>", "a: null", Code::Type),
        ("a: Array<STR> nullable", "a: null", Code::Type),
        ("a: Array<STR> = x", "a: null", Code::Type),
        ("a: Array<INT> = [x]", "a: null", Code::Type),
        ("c: 'Struct<car> = {nope: 1}'", "c: null", Code::Type),
    ] {
        let text = source(variables, set);
        assert!(errors(&text).contains(&code), "{text}\n{:#?}", load(&text).diagnostics);
    }
}

#[test]
fn what_is_taken_and_written_as_it_is_read() {
    for (variables, set) in [
        ("a: Array<STR> = [x]", "a: extend \"y\""),
        ("a: Array<STR> = [x]", "a: extend Array<STR>[\"y\", \"z\"]"),
        ("a: Array<Array<INT>> = [[1], []]; b: Array<INT>", "b: $a.get(0)"),
        ("a: Array<STR>; b: BOOL", "b: '\"x\" in $a'"),
        ("a: Array<STR>; i: INT", "i: $size($a)"),
        ("m: 'Map<STR, INT> = {a: 1}'; i: INT", "i: '$m.get(\"a\")'"),
        ("m: 'Map<STR, INT>'", "m: 'Map<STR, INT>{\"a\": 1}'"),
        ("m: 'Map<STR, INT>'; i: INT", "m: 'Map<STR, INT>{\"a\": $i}'"),
        ("m: 'Map<INT, BOOL> = {1: true}'", "m: remove-key 1"),
        ("c: Struct<car>; s: STR", "c: 'Struct<car>{make: $s, owner: {name: \"Ines\"}}'"),
        ("c: Struct<car>; s: STR", "s: '$c.get(\"owner\", \"name\")'"),
        ("c: Struct<car>", "c.get(\"year\"): 1999"),
        ("c: 'Struct<car> = {make: x, owner: {name: y, phone: null}}'", "c: null"),
        ("c: Array<Struct<car>>; s: STR", "s: '$c.get(0, \"make\")'"),
    ] {
        let text = source(variables, set);
        let loaded = load(&text);
        assert_eq!(loaded.diagnostics, [], "{text}");
        let document = loaded.document.unwrap_or_default();
        let written = write_source(&document).unwrap_or_default();
        assert_eq!(load(&written).document, Some(document), "{written}");
    }
}

#[test]
fn struct_defs_that_can_not_be_put() {
    for structs in [
        "{a: {make_x: STR}}",
        "{a: {Make: STR}}",
        "{a: {make: JSON_OBJ}}",
        "{a: {make: Array<JSON_ARR>}}",
        "{a: {b: Struct<b>}}",
        "{a: {b: Struct<b>}, b: {a: Array<Struct<a>>}}",
        "{a: {b: Struct<a> nullable}}",
    ] {
        let text = format!("workflow: typed\nstructs: {structs}\nthreads: {{main: [nop]}}\n");
        assert!(errors(&text).contains(&Code::VStruct), "{text}\n{:#?}", load(&text).diagnostics);
    }
    // Of one that was not pasted along only the name is known: then nobody can say what is wrong with it.
    let text = "workflow: typed\nstructs: {a: }\nthreads: {main: {variables: {x: Struct<a>}, do: [{set: {x: 'Struct<a>{b: 1}'}}]}}\n";
    assert_eq!(load(text).diagnostics, []);
}
