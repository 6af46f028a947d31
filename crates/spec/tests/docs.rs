//! docs/diagnostics.md says what the code says.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use halter_spec::Code;

#[test]
fn every_code_stands_in_the_table() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/diagnostics.md");
    let page = std::fs::read_to_string(page).unwrap();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    let codes: Vec<String> =
        Code::ALL.iter().map(|code| format!("| {code} | {} |", code.text())).collect();
    assert_eq!(rows, codes);
}
