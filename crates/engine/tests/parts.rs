//! `set` of a part changes that part alone, of a struct, a Map, an Array and JSON alike.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use halter_engine::state::Status;

#[path = "support/started.rs"]
mod started;
use started::started;

const HEAD: &str = r#"workflow: parts
structs:
  owner: {name: STR}
  car: {year: INT, owner: Struct<owner>}
threads:
  main:
    variables:
      car: 'Struct<car> = {year: 1999, owner: {name: Ines}}'
      prices: 'Map<STR, INT> = {fiat: 100}'
      tags: Array<STR> = [old, red]
      json: 'JSON_OBJ = {"a": {"b": 1}}'
    do:
      - set: "#;

/// A variable after one `set` that begins with its name, as JSON; or why the set failed.
fn set(written: &str) -> Result<String, String> {
    let source = format!("{HEAD}{written}\n");
    let loaded = halter_spec::load(&source);
    let document = loaded.document.ok_or_else(|| format!("{:?}", loaded.diagnostics))?;
    let (program, state) = started(&document, |_| {});
    let main = state.thread(0).unwrap();
    if main.status != Status::Completed {
        return Err(main.error_message.as_deref().unwrap_or_default().to_owned());
    }
    let name = written.trim_start_matches(['{', '\'']).split(['.', ':']).next().unwrap_or_default();
    let variables = &program.specs[usize::from(program.entrypoint)].variables;
    let index = variables.iter().position(|v| &*v.name == name).unwrap();
    Ok(halter_spec::composed::to_json(&main.variables[index]).to_text())
}

#[test]
fn a_part_is_set_and_the_rest_stays() {
    for (written, wanted) in [
        (r#"{car.get("year"): 2001}"#, r#"{"owner":{"name":"Ines"},"year":2001}"#),
        (r#"{car.get("year"): add 2}"#, r#"{"owner":{"name":"Ines"},"year":2001}"#),
        (r#"{'car.get("owner", "name")': Mia}"#, r#"{"owner":{"name":"Mia"},"year":1999}"#),
        (r#"{prices.get("fiat"): add 1}"#, r#"{"fiat":101}"#),
        (r#"{prices.get("vw"): 7}"#, r#"{"fiat":100,"vw":7}"#),
        (r"{tags.get(1): blue}", r#"["old","blue"]"#),
        (r"{json.a.b: add 1}", r#"{"a":{"b":2}}"#),
        (r#"{'json.get("a", "b")': 5}"#, r#"{"a":{"b":5}}"#),
    ] {
        assert_eq!(set(written).as_deref(), Ok(wanted), "{written}");
    }
}
