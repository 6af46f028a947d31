//! The command line as its user sees it: what it prints, and its exit codes.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs `halter` with these arguments and this standard input: exit code, what it printed, what it complained.
fn halter(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_halter"))
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

const BAD: &str = "\
workflow: x
events:
  a:
threads:
  main:
    do:
      - wait-for-evnt: a
";

#[test]
fn check_shows_the_place_and_the_fix() {
    let (code, printed, _) = halter(&["check", "-"], BAD);
    assert_eq!(code, 1);
    insta::assert_snapshot!(printed);
}

#[test]
fn check_speaks_json() {
    let (code, printed, _) = halter(&["check", "-", "--format", "json"], BAD);
    assert_eq!(code, 1);
    let printed: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let diagnostic = &printed[0]["diagnostics"][0];
    assert_eq!(diagnostic["code"], "UNKNOWN-STATEMENT");
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!(
        (&diagnostic["span"]["line"], &diagnostic["span"]["column"]),
        (&7.into(), &9.into())
    );
}

#[test]
fn check_takes_good_sources_and_says_which_file_is_missing() {
    let (code, printed, _) = halter(&["check", "static/examples/heartbeats.yaml"], "");
    assert_eq!(
        (code, printed.as_str()),
        (0, "static/examples/heartbeats.yaml: 0 errors, 0 warnings\n")
    );
    let (code, _, complained) = halter(&["check", "nowhere.yaml"], "");
    assert_eq!(code, 2);
    assert!(complained.starts_with("nowhere.yaml: "), "{complained}");
}

#[test]
fn run_tells_what_happens_and_why() {
    let (code, printed, _) = halter(&["run", "static/examples/failing-handler.yaml"], "");
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
}

#[test]
fn run_follows_the_semantics_that_are_asked_for() {
    let file = "static/examples/deviations/exit-never-halts.yaml";
    let (_, documented, _) = halter(&["run", file], "");
    let (_, server, _) = halter(&["run", file, "--semantics", "server-1.2"], "");
    assert!(
        documented.contains("ThreadRun 0 (order) RUNNING\n"),
        "{documented}"
    );
    assert!(
        server.contains("ThreadRun 0 (order) HALTING [PENDING_INTERRUPT]\n"),
        "{server}"
    );
}

#[test]
fn run_speaks_json_with_states_as_in_the_traces() {
    let (code, printed, _) = halter(
        &[
            "run",
            "static/examples/update-the-cart.yaml",
            "--format",
            "json",
        ],
        "",
    );
    assert_eq!(code, 0);
    let steps: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let last = steps.as_array().unwrap().last().unwrap();
    assert_eq!(
        last["state"]["variables"]["0"]["email"]["str"],
        "mia@work.example.com"
    );
    assert_eq!(steps[1]["occurrences"][1]["rule"], "R-TRIGGER");
}

#[test]
fn run_says_which_command_of_a_script_is_wrong() {
    let script = std::env::temp_dir().join(format!("halter-script-{}.json", std::process::id()));
    std::fs::write(&script, r#"[{"runWf": {}}, {"dance": {}}]"#).unwrap();
    let file = "static/examples/heartbeats.yaml";
    let (code, printed, complained) =
        halter(&["run", file, "--script", script.to_str().unwrap()], "");
    std::fs::remove_file(&script).unwrap();
    assert_eq!(code, 1);
    assert!(printed.starts_with("1. Ran the workflow"), "{printed}");
    assert!(
        complained.starts_with("command 2 of the script can't be read"),
        "{complained}"
    );
}

#[test]
fn conformance_matches_every_recorded_trace() {
    let (code, printed, _) = halter(&["conformance", "tests/traces"], "");
    assert_eq!(code, 0, "{printed}");
    assert!(printed.ends_with(" matched, 0 differ\n"), "{printed}");
}

#[test]
fn conformance_shows_where_a_trace_differs() {
    let dir = std::env::temp_dir().join(format!("halter-traces-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let trace = std::fs::read_to_string(
        root().join("tests/traces/scenarios/interrupt-waiting-thread.json"),
    )
    .unwrap();
    let (before, after) = trace.split_once("\"status\": \"HALTED\"").unwrap();
    std::fs::write(
        dir.join("t.json"),
        format!("{before}\"status\": \"RUNNING\"{after}"),
    )
    .unwrap();
    let (code, printed, _) = halter(&["conformance", dir.to_str().unwrap()], "");
    std::fs::remove_dir_all(&dir).unwrap();
    assert_eq!(code, 1);
    assert!(
        printed.contains("the server has \"RUNNING\", Halter has \"HALTED\""),
        "{printed}"
    );
    assert!(printed.ends_with("0 matched, 1 differ\n"), "{printed}");
    let (code, _, _) = halter(&["conformance", "docs/decisions"], "");
    assert_eq!(code, 2, "a folder without traces is no success");
}

#[test]
fn completions_and_man_page_know_every_command() {
    for arguments in [
        &["completions", "bash"][..],
        &["completions", "fish"],
        &["man"],
    ] {
        let (code, printed, _) = halter(arguments, "");
        assert_eq!(code, 0);
        for command in ["check", "run", "conformance"] {
            assert!(printed.contains(command), "{arguments:?} knows {command}");
        }
    }
}
