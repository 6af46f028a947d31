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
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
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

/// The row of the table about a ThreadRun, with single spaces.
fn row(printed: &str, number: usize) -> String {
    let mut table = printed.lines().skip_while(|line| !line.starts_with("  ThreadRun "));
    let row = table.nth(number + 1).unwrap();
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn run_follows_the_semantics_that_are_asked_for() {
    let file = "static/examples/deviations/exit-never-halts.yaml";
    let (_, documented, _) = halter(&["run", file], "");
    let (_, server, _) = halter(&["run", file, "--semantics", "server-1.2"], "");
    assert!(row(&documented, 0).starts_with("0 order RUNNING It waits"), "{documented}");
    assert!(row(&server, 0).starts_with("0 order HALTING PENDING_INTERRUPT"), "{server}");
}

/// What `lhctl` prints of a WfRun on a real server, one after the other.
#[test]
fn a_wf_run_that_was_found_is_told_of_and_explored_from_where_it_stands() {
    let file = "tests/found/halting-for-ever.json";
    let (code, printed, _) = halter(&["run", file], "");
    assert_eq!(code, 0, "{printed}");
    assert!(row(&printed, 0).starts_with("0 entrypoint HALTING PENDING_INTERRUPT"), "{printed}");
    assert!(row(&printed, 1).contains("D-CHILD-WF-NEVER-HALTS"), "{printed}");
    let (code, printed, _) =
        halter(&["explore", file, "--semantics", "server-1.2", "--property", "can-finish"], "");
    assert_eq!(code, 1, "it can't finish any more: {printed}");
    let (code, printed, _) = halter(&["explore", file, "--property", "can-finish"], "");
    assert_eq!(code, 0, "as documented it can: {printed}");
}

#[test]
fn run_speaks_json_with_states_as_in_the_traces() {
    let (code, printed, _) =
        halter(&["run", "static/examples/update-the-cart.yaml", "--format", "json"], "");
    assert_eq!(code, 0);
    let steps: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let last = steps.as_array().unwrap().last().unwrap();
    assert_eq!(last["state"]["variables"]["0"]["email"]["str"], "mia@work.example.com");
    let step = &steps[1];
    assert_eq!(step["command"]["postEvent"]["externalEventDef"], "cart-updated");
    assert!(step["sentence"].as_str().unwrap().starts_with("Posted event cart-updated"));
    assert_eq!(step["refused"], serde_json::Value::Null);
    let interrupted = &step["occurrences"][1];
    assert_eq!(interrupted["rule"], "R-TRIGGER");
    assert_eq!(interrupted["cause"], step["occurrences"][0]["id"]);
    assert!(interrupted["sentence"].as_str().unwrap().contains("interrupts ThreadRun 0"));
}

#[test]
fn run_takes_a_script_in_short_forms_or_as_in_the_traces() {
    let run = ["run", "static/examples/heartbeats.yaml", "--script", "-"];
    let (code, short, _) = halter(&run, "- run\n- post: heartbeat\n- pass: 5\n");
    assert_eq!(code, 0);
    let long = r#"[{"runWf": {}}, {"postEvent": {"externalEventDef": "heartbeat"}}, {"passTime": {"seconds": 5}}]"#;
    assert_eq!(halter(&run, long).1, short);
}

#[test]
fn run_shows_what_is_wrong_in_a_script() {
    let run = ["run", "static/examples/heartbeats.yaml", "--script", "-"];
    let (code, printed, _) = halter(&run, "- run\n- pst: heartbeat\n");
    assert_eq!(code, 1);
    insta::assert_snapshot!(printed);
    let (code, _, complained) = halter(&["run", run[1], "--script", "nowhere.yaml"], "");
    assert_eq!(code, 2);
    assert!(complained.starts_with("nowhere.yaml: "), "{complained}");
}

#[test]
fn run_shows_refusals_and_goes_on() {
    let run = ["run", "static/examples/heartbeats.yaml", "--script", "-"];
    let (code, printed, _) =
        halter(&run, "- post: heartbeat\n- run\n- run\n- stop: 7\n- pass: 1\n");
    assert_eq!(code, 0, "a refusal is a result");
    assert!(printed.contains("refused: ALREADY_EXISTS: "), "{printed}");
    assert!(printed.contains("refused: INVALID_ARGUMENT: "), "{printed}");
    assert!(printed.contains("\n5. 1 s passed\n"), "{printed}");
}

const MASKED: &str = "\
workflow: x
threads:
  main:
    variables: {card: STR masked}
    do: [nop]
";

#[test]
fn run_hands_itself_over_to_other_programs() {
    let example = "static/examples/child-interrupted.yaml";
    let printed = |format: &str| {
        let (code, out, err) = halter(&["run", example, "--format", format], "");
        assert_eq!((code, &*err), (0, ""), "{format}");
        out
    };
    assert!(printed("link").starts_with("#sitting=1."));
    assert!(printed("mermaid-state").starts_with("stateDiagram-v2\n"));
    assert!(printed("mermaid-sequence").starts_with("sequenceDiagram\n"));
    assert!(printed("graphviz").starts_with("digraph \"child-interrupted\" {\n"));

    let dir = std::env::temp_dir().join(format!("halter-recorded-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("run.json"), printed("trace")).unwrap();
    let (code, out, _) = halter(&["conformance", &dir.to_string_lossy()], "");
    std::fs::remove_dir_all(&dir).unwrap();
    assert_eq!((code, &*out), (0, "1 matched, 0 differ\n"));
}

#[test]
fn run_keeps_masked_variables_to_itself() {
    let (code, printed, _) = halter(&["run", "-"], MASKED);
    assert_eq!(code, 0);
    assert!(printed.ends_with("  0          card      STR   masked\n"), "{printed}");
}

#[test]
fn who_closes_the_pipe_has_read_enough() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_halter"))
        .args(["run", "tests/corpus/many-interrupts-at-once.yaml"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

#[test]
fn run_says_which_command_of_a_script_is_wrong() {
    let run = ["run", "static/examples/heartbeats.yaml", "--script", "-"];
    let (code, printed, complained) =
        halter(&run, r#"[{"runWf": {}}, {"claimTask": {"position": -1}}]"#);
    assert_eq!(code, 1);
    assert!(printed.starts_with("1. Ran the workflow"), "{printed}");
    assert!(complained.starts_with("command 2 of the script can't be read"), "{complained}");
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
    std::fs::write(dir.join("t.json"), format!("{before}\"status\": \"RUNNING\"{after}")).unwrap();
    let (code, printed, _) = halter(&["conformance", dir.to_str().unwrap()], "");
    std::fs::remove_dir_all(&dir).unwrap();
    assert_eq!(code, 1);
    assert!(
        printed.contains("status\n      server: \"RUNNING\"\n      Halter: \"HALTED\"\n"),
        "{printed}"
    );
    assert!(printed.ends_with("0 matched, 1 differ\n"), "{printed}");
    let (code, _, _) = halter(&["conformance", "docs/decisions"], "");
    assert_eq!(code, 2, "a folder without traces is no success");
}

#[test]
fn completions_and_man_page_know_every_command() {
    for arguments in [&["completions", "bash"][..], &["completions", "fish"], &["man"]] {
        let (code, printed, _) = halter(arguments, "");
        assert_eq!(code, 0);
        for command in ["check", "run", "conformance"] {
            assert!(printed.contains(command), "{arguments:?} knows {command}");
        }
    }
    let (code, printed, _) = halter(&["man", "run"], "");
    assert_eq!(code, 0);
    assert!(printed.contains("halter\\-run"), "{printed}");
    assert_eq!(halter(&["man", "dance"], "").0, 1);
}

#[test]
fn export_there_and_back_is_the_same() {
    let example = "static/examples/heartbeats.yaml";
    let (code, json, complained) = halter(&["export", "--to", "json", example], "");
    assert_eq!((code, complained.as_str()), (0, ""));
    let (code, source, _) = halter(&["export", "--to", "source", "-"], &json);
    assert_eq!(code, 0);
    assert!(source.contains("- while: $beats > $beats-before"), "{source}");
    let (code, again, _) = halter(&["export", "--to", "json", "-"], &source);
    assert_eq!(code, 0);
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(value(&again), value(&json));
}

#[test]
fn each_workflow_of_a_source_is_exported_by_itself() {
    let example = "static/examples/two-workflows.yaml";
    let name =
        |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap()["name"].clone();
    let (_, own, _) = halter(&["export", "--to", "json", example], "");
    assert_eq!(name(&own), "two-workflows");
    for to in ["json", "java", "python"] {
        let (code, child, complained) =
            halter(&["export", "--to", to, "--workflow", "shipping", example], "");
        assert_eq!((code, complained.as_str()), (0, ""), "{to}");
        assert!(child.contains("shipping") && !child.contains("two-workflows"), "{child}");
    }
    let (code, _, complained) =
        halter(&["export", "--to", "json", "--workflow", "no", example], "");
    assert_eq!(code, 1);
    assert!(complained.contains("there may be: two-workflows, shipping"), "{complained}");
}

#[test]
fn export_writes_a_file_or_says_what_is_wrong() {
    let file = std::env::temp_dir().join(format!("halter-export-{}.yaml", std::process::id()));
    let path = file.to_str().unwrap();
    let example = "static/examples/heartbeats.yaml";
    let (code, printed, _) = halter(&["export", "--to", "source", example, "-o", path], "");
    assert_eq!((code, printed.as_str()), (0, ""));
    let (code, _, _) = halter(&["check", path], "");
    assert_eq!(code, 0);
    std::fs::remove_file(file).unwrap();

    let (code, printed, complained) = halter(&["export", "--to", "source", "-"], BAD);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert!(complained.contains("did you mean"), "{complained}");
    let (code, _, complained) =
        halter(&["export", "--to", "json", example, "-o", "/nowhere/x"], "");
    assert_eq!(code, 2);
    assert!(complained.starts_with("/nowhere/x: "), "{complained}");
}

const STUCK: &str = "static/examples/deviations/sibling-handlers-stuck.yaml";

#[test]
fn explore_finds_the_shortest_way_and_run_plays_it() {
    let script = std::env::temp_dir().join(format!("halter-stuck-{}.yaml", std::process::id()));
    let script = script.to_str().unwrap();
    let budgets = ["--stops", "1", "--budget", "note-added=2", "--threads", "2"];
    let server = ["--semantics", "server-1.2"];
    let asked = [&["explore", STUCK, "--output", script][..], &budgets].concat();
    let (code, printed, complained) = halter(&[&asked[..], &server].concat(), "");
    assert_eq!((code, complained.as_str()), (1, ""));
    let (_, told) = printed.split_once('\n').unwrap();
    insta::assert_snapshot!(told);
    let (code, played, _) =
        halter(&[&["run", STUCK, "--script", script][..], &server].concat(), "");
    std::fs::remove_file(script).unwrap();
    assert_eq!(code, 0);
    assert!(played.contains("It goes on when ThreadRun 1 (order) runs again."), "{played}");
    let (code, printed, _) = halter(&asked, "");
    assert_eq!(code, 0, "{printed}");
    assert!(!Path::new(script).exists(), "there is no counter-example to write");
}

#[test]
fn explore_speaks_json() {
    let (code, printed, _) =
        halter(&["explore", STUCK, "--json", "--property", "no-lost-event"], "");
    assert_eq!(code, 1);
    let printed: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(printed["stoppedAt"], serde_json::Value::Null);
    let property = &printed["properties"][0];
    assert_eq!(property["answer"], "fails");
    assert_eq!(property["counterExample"][1]["postEvent"]["externalEventDef"], "note-read");
}

/// The process itself is measured where the system tells its size.
#[test]
fn explore_keeps_to_its_memory() {
    const MIB: u64 = 48;
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/many-orders.yaml");
    let memory = MIB.to_string();
    let (_, printed, _) = halter(&["explore", file, "--json", "--memory", &memory], "");
    let told: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(told["stoppedAt"], "memory");
    let (bytes, bound) = (told["bytes"].as_u64().unwrap(), MIB << 20);
    assert!(bytes > bound / 2 && bytes < bound * 11 / 10, "{bytes} of {bound}");
}

#[test]
fn explore_says_what_it_did_not_look_at_and_what_it_does_not_know() {
    let (code, printed, _) = halter(&["explore", STUCK, "--states", "4"], "");
    assert_eq!(code, 2);
    assert!(printed.contains("Stopped at the most states"), "{printed}");
    assert!(printed.contains("holds so far"), "{printed}");
    for (wrong, says) in [
        (["--budget", "no=1"], "there is no event no; there are note-added, note-read, paid\n"),
        (["--budget", "paid=x"], "--budget paid=x: a budget is a whole number from 0 to 255\n"),
        (["--budget", "paid"], "--budget paid: write it as --budget event=2\n"),
        (["--fail", "charge"], "there is no task charge; there are none\n"),
        (
            ["--property", "luck"],
            "there is no property luck; there are no-deadlock, can-finish, no-endless-halting, no-lost-event, \
             no-handler-failure, no-internal-error\n",
        ),
    ] {
        let (code, _, complained) = halter(&[&["explore", STUCK][..], &wrong].concat(), "");
        assert_eq!((code, complained.as_str()), (2, says));
    }
}

#[test]
fn export_refuses_what_a_target_cannot_say() {
    let graph = "tests/sdk/sources/refused-graph.yaml";
    let (code, printed, complained) = halter(&["export", "--to", "python", graph], "");
    assert_eq!((code, printed.as_str()), (1, ""));
    insta::assert_snapshot!(complained);
}

#[test]
fn more_threads_than_a_machine_gives_are_refused_or_done_without() {
    let (code, _, complained) = halter(&["explore", "--threads", "100000", STUCK], "");
    assert_eq!(code, 2);
    assert!(complained.contains("at most 1024"), "{complained}");
    let (code, _, complained) = halter(&["explore", "--threads", "1024", STUCK], "");
    assert_eq!((code, complained.as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_to_itself_is_looked_into_once() {
    let dir = std::env::temp_dir().join(format!("halter-loop-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    std::os::unix::fs::symlink(&dir, dir.join("again")).unwrap();
    let trace = root().join("tests/traces/more/handled-child.json");
    std::fs::copy(trace, dir.join("one.json")).unwrap();
    let (code, printed, _) = halter(&["conformance", dir.to_str().unwrap()], "");
    std::fs::remove_dir_all(&dir).unwrap();
    assert_eq!(code, 0);
    assert!(printed.contains("1 matched, 0 differ"), "{printed}");
}

#[test]
fn draw_shows_the_step_that_is_asked_for() {
    let file = "static/examples/running-task.yaml";
    let (code, third, _) = halter(&["draw", file, "--at", "3"], "");
    assert_eq!(code, 0);
    assert!(third.starts_with("<svg ") && third.contains("HALTING"), "{third}");
    let (_, last, _) = halter(&["draw", file], "");
    assert!(last.contains("COMPLETED") && !last.contains("HALTING"), "{last}");
    let (_, both, _) = halter(&["draw", file, "--at", "3", "--what", "both"], "");
    assert!(both.contains("Commands") && !third.contains("Commands"));
}

#[test]
fn draw_says_why_there_is_no_picture() {
    let file = "static/examples/running-task.yaml";
    let (code, picture, why) = halter(&["draw", file, "--at", "99"], "");
    assert_eq!((code, &*picture), (1, ""));
    assert!(why.contains("there is no step 99: the script has 7"), "{why}");
    let (code, picture, why) =
        halter(&["draw", "-"], "workflow: w\nthreads:\n  main: {do: [{slep: 5}]}\n");
    assert_eq!((code, &*picture), (1, ""));
    assert!(why.contains("slep"), "{why}");
}

/// Runs `halter` with these arguments and settings of a cluster, and without those of this machine.
fn on_a_cluster(arguments: &[&str], settings: &[(&str, &str)]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_halter"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LHC_")) {
        command.env_remove(name);
    }
    command.env("HOME", "/not/there").envs(settings.iter().copied());
    let output = command.args(arguments).current_dir(root()).output().unwrap();
    assert!(output.stdout.is_empty());
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn who_gets_no_answer_from_a_cluster_says_why_in_a_sentence() {
    let source = "static/examples/nested.yaml";
    for arguments in [&["deploy", source][..], &["play", source], &["record", "x"]] {
        let no_messages = on_a_cluster(arguments, &[("HALTER_PROTOS", "/not/there")]);
        assert_eq!(no_messages.0, 2, "{arguments:?}");
        let said = "the descriptors of LittleHorse's messages can't be read: /not/there: ";
        assert!(no_messages.1.starts_with(said), "{}", no_messages.1);

        let wrong = on_a_cluster(arguments, &[("LHC_API_PORT", "many")]);
        assert_eq!(wrong, (2, "LHC_API_PORT is a number up to 65535, not \"many\"\n".to_owned()));

        // Nobody listens on a port that was free a moment ago.
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        drop(listener);
        let nobody =
            on_a_cluster(arguments, &[("LHC_API_HOST", "127.0.0.1"), ("LHC_API_PORT", &port)]);
        assert_eq!(nobody.0, 2, "{arguments:?}");
        let unreachable = format!("no LittleHorse server answers at 127.0.0.1:{port} (");
        // A machine that has not been set up does not get so far.
        let no_descriptors = "this halter was built without the descriptors";
        let one_of = [&unreachable, no_descriptors].iter().any(|said| nobody.1.starts_with(*said));
        assert!(one_of && nobody.1.lines().count() == 1, "{}", nobody.1);
    }
}

#[test]
fn what_has_errors_is_not_taken_to_a_cluster() {
    let (code, printed, _) = halter(&["deploy", "-"], BAD);
    assert_eq!(code, 1);
    assert!(printed.contains("wait-for-evnt"), "{printed}");
}
