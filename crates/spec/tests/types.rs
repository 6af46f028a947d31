//! Which values fit where, of every type at every place: what a real server says of it (`tests/cases/types.json`).

use std::path::Path;

use serde_json::Value as Json;

fn text<'j>(of: &'j Json, key: &str) -> &'j str {
    of[key].as_str().unwrap_or_default()
}

fn list<'j>(of: &'j Json, key: &str) -> &'j [Json] {
    of[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

#[test]
fn a_value_fits_where_a_server_says_so() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/types.json");
    let cases: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let definitions = text(&cases, "definitions");
    let (mut asked, mut wrong) = (0, Vec::new());
    for table in list(&cases, "tables") {
        let values: Vec<&str> = list(table, "values").iter().filter_map(Json::as_str).collect();
        for row in list(table, "rows") {
            let (step, threads) = (text(row, "step"), text(row, "threads"));
            let said = text(row, "accepted");
            assert_eq!(said.len(), values.len(), "{step}");
            for (value, said) in values.iter().zip(said.chars()) {
                // Within quotation marks, or without.
                let step = step.replace('@', value).replace('#', value.trim_matches('\''));
                let accepts = match said {
                    '+' => true,
                    '-' => false,
                    // A source can't say it.
                    _ => continue,
                };
                asked += 1;
                let loaded = halter_spec::load(&format!("{definitions}{step}{threads}"));
                if loaded.document.is_some() != accepts {
                    let why = loaded.diagnostics.iter().find(|d| d.is_error());
                    wrong.push(format!("{said} {step:?} {:?}", why.map(|why| &why.about)));
                }
            }
        }
    }
    assert!(asked > 10_000, "{asked}");
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}
